"""Căn cứ: for another period, issued after the document, no longer in force, or cited two ways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from ntm.domain.documents.checking.checkable import Checkable
from ntm.domain.documents.checking.model import Finding, Rule, lines_of
from ntm.domain.documents.checking.prose import text_of
from ntm.domain.documents.reading.model import Citation, LegalBasis
from ntm.domain.instruments import InForce, Instrument, catalogue
from ntm.domain.official.text import fold

_STILL = re.compile(r"tong ket|keo dai|chuyen tiep|tam nhin")
_CENTRAL = re.compile(r"ttg|qh\d|nd-cp|tt-b|qd-b|nq-cp|ct-ttg")
_YEARED = re.compile(r"^(\d+)/((?:19|20)\d\d)/(.+)$")
_ATTACHED = re.compile(
    r"kem (?:theo )?(?:ke hoach|quyet dinh|cong van|nghi quyet|bao cao|to trinh)"
)  # annex-attached asks
_EARLY = 3  # years before the period that it is said to be of
Cited = LegalBasis | Citation


def _all(plan: Checkable) -> list[Cited]:
    inner = [c for b in plan.bases for c in b.within]
    return [*plan.bases, *inner, *plan.citations]


def _known(cited: Cited) -> Instrument | None:
    """The instrument of the catalogue, where number and day leave one."""
    if not cited.number or cited.date is None or cited.date.date is None:
        return None
    found = catalogue().find(cited.number, cited.date.date)
    return found[0] if len(found) == 1 and found[0].date == cited.date.date else None


def period(plan: Checkable) -> Iterator[Finding]:
    """Giai đoạn của căn cứ không có năm của kế hoạch."""
    year = plan.header.year
    if year is None or plan.header.period is None:
        return
    years = {year, *(int(y) for y in re.findall(r"\b20\d\d\b", plan.header.title or ""))}
    for basis in plan.bases:
        if basis.role == "xét đề nghị" or _STILL.search(fold(basis.title or "")):
            continue
        span = basis.period
        if span is None or span[0] > span[1] or any(span[0] <= one <= span[1] for one in years):
            continue
        name = f"{basis.kind or 'văn bản'} {basis.number or ''}".strip()
        yield Finding(
            "basis-period",
            "medium",
            f"Căn cứ {name} là của giai đoạn {span[0]}-{span[1]}, không có năm {year} của kế hoạch.",
            f"năm {year}",
            f"giai đoạn {span[0]}-{span[1]}",
            basis.lines,
        )


def title_period(plan: Checkable) -> Iterator[Finding]:
    """Giai đoạn ghi khi dẫn khác giai đoạn ở tên văn bản; hoặc văn bản ký nhiều năm trước giai đoạn ghi cho nó."""
    seen: set[str] = set()
    for cited in _all(plan):
        if (
            cited.period is None
            or not cited.number
            or cited.date is None
            or cited.date.year is None
            or cited.number in seen
        ):
            continue
        instrument = _known(cited)
        same = [c for c in _all(plan) if c.number == cited.number and c.period == cited.period]
        lines = lines_of(*(c.lines for c in same), *(_title_lines(plan, c) for c in same))
        if instrument is not None and instrument.period is not None and instrument.period != cited.period:
            seen.add(cited.number)
            own, told = "-".join(map(str, instrument.period)), "-".join(map(str, cited.period))
            yield Finding(
                "basis-title",
                "medium",
                f"{cited.number} được dẫn là của giai đoạn {told}, nhưng tên văn bản này ghi giai đoạn {own}.",
                f"giai đoạn {own}",
                f"giai đoạn {told}",
                lines,
            )
        elif (instrument is None or instrument.period is None) and cited.period[0] - cited.date.year >= _EARLY:
            seen.add(cited.number)
            yield Finding(
                "basis-title",
                "medium",
                f"{cited.number} ký năm {cited.date.year} nhưng được dẫn là của giai đoạn "
                f"{cited.period[0]}-{cited.period[1]}; cần xem lại tên hoặc ngày.",
                f"ký năm {cited.date.year}",
                f"giai đoạn {cited.period[0]}-{cited.period[1]}",
                lines,
            )


def _title_lines(plan: Checkable, cited: Cited) -> tuple[int, ...]:
    """The line on which the period of a citation stands, where a page or a line ended before it."""
    if cited.period is None or not cited.lines:
        return ()
    told = re.compile(rf"{cited.period[0]}\s?[-–]\s?{cited.period[1]}")
    last = cited.lines[-1]
    begin = cited.span[1] if cited.span is not None and len(cited.lines) == 1 else 0
    for no in range(last, min(last + 3, len(plan.lines)) + 1):
        if told.search(plan.lines[no - 1], begin if no == last else 0):
            return (no,)
    return ()


def after_issue(plan: Checkable) -> Iterator[Finding]:
    """Căn cứ, viện dẫn ký sau ngày ban hành văn bản; ngày để trống thì so với ngày cuối tháng."""
    issued = _last_day(plan)
    if issued is None:
        return
    said: set[tuple[str, date]] = set()
    for cited in _all(plan):
        day = cited.date.date if cited.date is not None else None
        name = f"{cited.number or cited.kind or ''}"
        if day is None or day <= issued or (name, day) in said or _ATTACHED.search(text_of(plan, cited.lines)):
            continue
        said.add((name, day))
        basis = isinstance(cited, LegalBasis)
        when = plan.header.date
        whole = when is not None and when.date is not None
        told = f"ngày ban hành {issued:%d/%m/%Y}" if whole else f"tháng ban hành {issued:%m/%Y}"
        yield Finding(
            "basis-later",
            "high" if basis and whole else "medium",
            f"{'Căn cứ' if basis else 'Văn bản được dẫn'} {name} ký ngày {day:%d/%m/%Y}, sau {told}.",
            f"ban hành {issued:%d/%m/%Y}" if whole else f"ban hành tháng {issued:%m/%Y}",
            f"ký {day:%d/%m/%Y}",
            lines_of(cited.lines, when.lines if when else ()),
        )


def _last_day(plan: Checkable) -> date | None:
    """The day of issue, or the last day of the month where the day is blank."""
    first = _day(plan)
    when = plan.header.date
    if first is None or when is None or when.date is not None:
        return first
    return date(first.year + first.month // 12, first.month % 12 + 1, 1) - timedelta(days=1)


def in_force(plan: Checkable) -> Iterator[Finding]:
    """Căn cứ đã hết hiệu lực vào ngày ban hành, theo danh mục văn bản có nguồn."""
    on = _day(plan)
    if on is None:
        return
    for basis in plan.bases:
        instrument = _known(basis)
        if instrument is None or instrument.effective_to is None:
            continue
        judged = instrument.judge(on)
        if judged.state is InForce.NO and on >= instrument.effective_to:
            yield Finding(
                "basis-not-in-force",
                "medium",
                f"Căn cứ {basis.number} {judged.reason}; văn bản ban hành ngày {on:%d/%m/%Y}.",
                judged.reason,
                f"căn cứ vào ngày {on:%d/%m/%Y}",
                basis.lines,
            )


def _day(plan: Checkable) -> date | None:
    when = plan.header.date
    if when is None or when.year is None:
        return None
    if when.date is not None:
        return when.date
    return date(when.year, when.month, 1) if when.month and 0 < when.month < 13 and 0 < when.year < 9999 else None


def two_ways(plan: Checkable) -> Iterator[Finding]:
    """Một văn bản dẫn với hai ngày, hoặc chỗ có năm chỗ không có năm trong số."""
    first: dict[str, Cited] = {}
    said: set[tuple[str, str]] = set()
    for cited in _all(plan):
        if not cited.number or cited.date is None or cited.date.date is None:
            continue
        key = fold(cited.number).replace(" ", "")
        other = first.setdefault(key, cited)
        day, before = cited.date.date, other.date.date if other.date is not None else None
        if before is None or day == before or not _one(key, cited, other, day, before):
            continue
        pair = key, f"{day}"
        if pair not in said:
            said.add(pair)
            yield Finding(
                "basis-two-ways",
                "medium",
                f"{cited.number} được dẫn với hai ngày khác nhau: {before:%d/%m/%Y} và {day:%d/%m/%Y}.",
                f"{day:%d/%m/%Y}",
                f"{before:%d/%m/%Y}",
                lines_of(other.lines, cited.lines),
            )
    yield from _without_year(plan)


def _one(key: str, cited: Cited, other: Cited, day: date, before: date) -> bool:
    """Numbers begin anew each year and at each office: the same only where the issuer is and the day nearly is."""
    same_issuer = bool(_CENTRAL.search(key)) or (
        bool(cited.issuer) and fold(cited.issuer or "") == fold(other.issuer or "")
    )
    near = day.year == before.year or (day.day, day.month) == (before.day, before.month)
    return same_issuer and near


def _without_year(plan: Checkable) -> Iterator[Finding]:
    full = {}
    for cited in _all(plan):
        match = _YEARED.match(cited.number or "")
        if match and cited.date is not None and cited.date.date is not None:
            full[(f"{match[1]}/{match[3]}".upper(), cited.date.date)] = cited
    done: set[str] = set()
    for cited in _all(plan):
        if not cited.number or cited.date is None or cited.date.date is None or cited.number in done:
            continue
        whole = full.get((cited.number.upper(), cited.date.date))
        if whole is not None:
            done.add(cited.number)
            yield Finding(
                "basis-two-ways",
                "low",
                f"Một văn bản được dẫn bằng hai số: {whole.number} và {cited.number} (cùng ngày "
                f"{cited.date.date:%d/%m/%Y}).",
                whole.number,
                cited.number,
                lines_of(whole.lines, cited.lines),
            )


RULES = (
    Rule("basis-period", "Căn cứ của giai đoạn khác", "medium", "giai đoạn ghi ở căn cứ với năm của kế hoạch", period),
    Rule(
        "basis-title",
        "Giai đoạn dẫn sai",
        "medium",
        "giai đoạn ghi khi dẫn với tên của văn bản trong danh mục và với năm ký",
        title_period,
    ),
    Rule("basis-later", "Căn cứ ký sau văn bản", "high", "ngày ký của căn cứ với ngày ban hành", after_issue),
    Rule("basis-not-in-force", "Căn cứ đã hết hiệu lực", "medium", "hiệu lực của căn cứ với ngày ban hành", in_force),
    Rule("basis-two-ways", "Một văn bản dẫn hai cách", "medium", "các lần dẫn cùng một văn bản", two_ways),
)
