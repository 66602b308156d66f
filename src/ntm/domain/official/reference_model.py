"""Viện dẫn văn bản: what a text says of an instrument, and how it is written back."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from ntm.domain.official.dates import PartialDate, write_date, write_partial_date
from ntm.domain.official.document_numbers import DocumentNumber
from ntm.domain.official.periods import Period
from ntm.domain.official.reference_parts import title_after
from ntm.domain.official.text import flat

__all__ = ["LegalReference", "Role", "write_reference"]

Role = Literal["base", "proposal", "citation", "own"]


@dataclass(frozen=True)
class LegalReference:
    """Viện dẫn: what the text says of an instrument, nothing more; None where it is silent. `span` is its place."""

    number: str | None
    kind: str | None
    issuer: str | None = None
    when: PartialDate | None = None
    title: str | None = None
    period: Period | None = None
    amends: tuple[str, ...] = ()
    role: Role = "citation"
    embedded_in: str | None = None
    text: str = ""
    span: tuple[int, int] = (0, 0)
    document_number: DocumentNumber | None = None

    @property
    def date(self) -> date | None:
        """Ngày ban hành, when the whole date is said (a month alone stays in `when`)."""
        return self.when.full if self.when else None

    @property
    def issuer_by_symbol(self) -> str | None:
        """The issuer that the symbol proves, for a reference that names none."""
        return self.document_number.issuer_by_symbol if self.document_number else None

    def __str__(self) -> str:
        return self.text or write_reference(self)


def write_reference(reference: LegalReference) -> str:
    """Viết viện dẫn: "Quyết định số 741/QĐ-UBND ngày 26/7/2022 của UBND tỉnh về việc …"."""
    kind = reference.kind or "văn bản"
    parts = [kind[0].upper() + kind[1:]]
    if reference.number:
        parts.append(f"số {reference.number}")
    if reference.when:
        full = reference.when.full
        parts.append(f"ngày {write_date(full)}" if full else write_partial_date(reference.when))
    if reference.issuer:
        parts.append(f"của {reference.issuer}")
    if reference.title:
        parts.append(reference.title if _starts_as_title(reference.title) else f"về việc {reference.title}")
    return " ".join(parts)


def _starts_as_title(title: str) -> bool:
    return title_after(" " + title, " " + flat(title), 0) is not None
