"""Lưu trữ: files by content, legal instruments that offices add, official documents and what was read in them, the
offices' own templates, prints."""

from ntm.records.archive.models.documents import (
    Answer,
    ConfirmedItem,
    Decision,
    DocumentReading,
    DocumentText,
    FindingAnswer,
    ItemDecision,
    OfficialDocument,
    ReadingState,
    ReadItem,
    Section,
)
from ntm.records.archive.models.files import FileKind, FileUse, Purpose, StoredFile
from ntm.records.archive.models.instruments import InstrumentRelation, RegisteredInstrument
from ntm.records.archive.models.printing import PdfPrint, PrintState
from ntm.records.archive.models.templates import OfficeTemplate, TemplateKind, TemplateState

__all__ = [
    "Answer",
    "ConfirmedItem",
    "Decision",
    "DocumentReading",
    "DocumentText",
    "FileKind",
    "FileUse",
    "FindingAnswer",
    "InstrumentRelation",
    "ItemDecision",
    "OfficeTemplate",
    "OfficialDocument",
    "PdfPrint",
    "PrintState",
    "Purpose",
    "ReadItem",
    "ReadingState",
    "RegisteredInstrument",
    "Section",
    "StoredFile",
    "TemplateKind",
    "TemplateState",
]
