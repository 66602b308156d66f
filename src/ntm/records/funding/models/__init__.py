"""Bảng của phòng tiền: needs, allocations, vouchers, works, contributions. Entries are only ever added."""

from ntm.records.funding.models.allocations import Act, AllocationDecision, AllocationEntry
from ntm.records.funding.models.amending import WorksAmendment, WorksUpload, WorksUploadState
from ntm.records.funding.models.contributions import Contribution, Form, PriceDecision
from ntm.records.funding.models.plans import Mobilisation, Need, Stated, StatedTotal
from ntm.records.funding.models.posted import KindChoice, Posted, PostedOnly, Signed, UseChoice
from ntm.records.funding.models.proposals import AllocationProposal, ProposalState, RulePricing
from ntm.records.funding.models.serving import TaskWorks
from ntm.records.funding.models.vouchers import Disbursement, PeriodLock
from ntm.records.funding.models.works import (
    AcceptedVolume,
    DebtPlan,
    Execution,
    Works,
    WorksFund,
    WorksNote,
    WorksState,
)

__all__ = [
    "AcceptedVolume",
    "Act",
    "AllocationDecision",
    "AllocationEntry",
    "AllocationProposal",
    "Contribution",
    "DebtPlan",
    "Disbursement",
    "Execution",
    "Form",
    "KindChoice",
    "Mobilisation",
    "Need",
    "PeriodLock",
    "Posted",
    "PostedOnly",
    "PriceDecision",
    "ProposalState",
    "RulePricing",
    "Signed",
    "Stated",
    "StatedTotal",
    "TaskWorks",
    "UseChoice",
    "Works",
    "WorksAmendment",
    "WorksFund",
    "WorksNote",
    "WorksState",
    "WorksUpload",
    "WorksUploadState",
]
