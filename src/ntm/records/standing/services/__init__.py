"""Mọi thay đổi của hiện trạng: one function a verb; authority, rule, change, audit, in one transaction."""

from .campaigns import close_campaign, extend_campaign, open_campaign, reopen_campaign
from .carrying import carry_figures, take_back_carried
from .checking import check_value, withdraw_check
from .evidence import attach, detach
from .gaps import close_gap, record_gap
from .recording import record
from .sending import send
from .taking_up import take_up
from .titles import carry_title, grant_title, revoke_title
from .uploading import import_set
from .verifying import appraise, give_back, verify
from .withdrawing import withdraw

__all__ = [
    "appraise",
    "attach",
    "carry_figures",
    "carry_title",
    "check_value",
    "close_campaign",
    "close_gap",
    "detach",
    "extend_campaign",
    "give_back",
    "grant_title",
    "import_set",
    "open_campaign",
    "record",
    "record_gap",
    "reopen_campaign",
    "revoke_title",
    "send",
    "take_back_carried",
    "take_up",
    "verify",
    "withdraw",
    "withdraw_check",
]
