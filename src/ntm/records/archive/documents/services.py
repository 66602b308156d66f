"""Văn bản: tải lên, cho máy đọc, quyết định từng mục, trả lời phát hiện, xác nhận, rút. One function a verb."""

from ntm.records.archive.documents.access import decider, may_decide_some
from ntm.records.archive.documents.deciding import answer_finding, confirm, correct_item, decide_items
from ntm.records.archive.documents.refusals import AlreadyThere, DocumentRefused
from ntm.records.archive.documents.uploading import read_document, redraw, upload_document, withdraw_document

__all__ = [
    "AlreadyThere",
    "DocumentRefused",
    "answer_finding",
    "confirm",
    "correct_item",
    "decide_items",
    "decider",
    "may_decide_some",
    "read_document",
    "redraw",
    "upload_document",
    "withdraw_document",
]
