"""Văn bản: the legal instruments that everything else cites, with what is known of their validity."""

from ntm.domain.instruments.loader import load_text
from ntm.domain.instruments.model import EVIDENCE, InForce, Instrument, Judgement, Relation, RelationKind
from ntm.domain.instruments.shipped import Instruments, catalogue
from ntm.domain.instruments.source_file import SourceError

__all__ = [
    "EVIDENCE",
    "InForce",
    "Instrument",
    "Instruments",
    "Judgement",
    "Relation",
    "RelationKind",
    "SourceError",
    "catalogue",
    "load_text",
]
