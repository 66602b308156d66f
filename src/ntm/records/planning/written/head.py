"""Thể thức của một lần ban hành: its letterhead, its signature, who decides, and its title inside a sentence."""

from __future__ import annotations

from ntm.domain.documents.writing.content import Letterhead, Signature
from ntm.domain.official.dates import PartialDate
from ntm.domain.official.text import fold
from ntm.records.planning.as_document.parts import PlanParts
from ntm.records.planning.models import VersionState

__all__ = ["decider", "letterhead", "run_on", "signature"]


def letterhead(parts: PlanParts) -> Letterhead:
    """Đầu văn bản; of a draft the day is left open."""
    version = parts.version
    issued = version.issued_on or PartialDate(parts.on.year, parts.on.month)
    return Letterhead(
        issuer=version.issuer,
        superior=version.superior,
        number=version.number,
        symbol=version.symbol,
        place=version.place,
        date=issued,
        issuer_words=version.issuer,
        draft=version.state in (VersionState.DRAFT, VersionState.REVIEWED),
    )


def signature(parts: PlanParts) -> Signature:
    """Chữ ký."""
    authority = tuple(line for line in parts.version.signing_authority.split("\n") if line.strip())
    return Signature(parts.version.signer_position, parts.version.signer, authority)


def decider(parts: PlanParts) -> str:
    """Ai quyết định: the body where it is signed for, else its head: "CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN VĂN QUAN"."""
    lines = [line.strip() for line in parts.version.signing_authority.split("\n") if line.strip()]
    if any(fold(line).startswith("tm.") for line in lines):
        return parts.version.issuer.upper()
    deputy = next((line.partition(".")[2].strip() for line in lines if fold(line).startswith("kt.")), "")
    position = deputy or parts.version.signer_position
    return f"{position} {parts.version.issuer}".strip().upper()


def run_on(parts: PlanParts) -> str:
    """The title inside a sentence."""
    return parts.version.title[:1].lower() + parts.version.title[1:]
