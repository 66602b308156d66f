"""Kế hoạch viết ra giấy: a version of a plan, and the papers beside it, as `domain.documents.writing` writes them."""

from ntm.records.planning.written.annexes import annexes_of, sheets_of
from ntm.records.planning.written.beside import issuing_decision, opinion_letter
from ntm.records.planning.written.document import plan_document
from ntm.records.planning.written.report import report_skeleton

__all__ = ["annexes_of", "issuing_decision", "opinion_letter", "plan_document", "report_skeleton", "sheets_of"]
