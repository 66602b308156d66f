"""Viết ra tệp: Biểu số 03, 3.1, 3.2 as docx and xlsx, and the letter that asks for what is short."""

from __future__ import annotations

from collections import defaultdict

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from ntm.domain import funds
from ntm.domain.documents.writing import content
from ntm.domain.documents.writing.money_tables import (
    MoneyLine,
    money_table,
    source_kind_table,
    source_table,
    unit_money_table,
)
from ntm.domain.documents.writing.word import write_docx
from ntm.domain.documents.writing.xlsx import Sheet, write_xlsx
from ntm.domain.funds import FundKind, SourceGroup
from ntm.domain.official.money import write_money
from ntm.faces.desk.attached import DOCX, XLSX, attached
from ntm.faces.desk.rooms.funding.amounts import said
from ntm.faces.desk.rooms.funding.place import Place, funding_page, place_of
from ntm.faces.desk.rooms.funding.wording import criterion_words, own_words
from ntm.faces.desk.rooms.plans.forms import COMMON
from ntm.faces.desk.rooms.units import words
from ntm.records.archive.models import OfficeTemplate
from ntm.records.archive.templates import queries as templates
from ntm.records.funding.queries import balances, spread
from ntm.records.funding.queries.balances import Balance, SourceRow

__all__ = ["forms_file", "letter", "letter_template"]


def _of_unit(request: HttpRequest) -> Place:
    place = place_of(request)
    if place.label is None:
        raise ValueError(gettext("Văn bản là của một đơn vị: chọn tỉnh, xã hoặc thôn."))
    return place


@require_GET
@funding_page
def forms_file(request: HttpRequest, form: str) -> HttpResponse:
    """Biểu số 03; 3.1; 3.2."""
    place = _of_unit(request)
    assert place.label is not None and place.unit_id is not None
    found = balances.balance(place.unit_id, place.year, place.on, scope=place.scope)
    annexes = _annexes(place, found)
    name = f"Bieu-03-nguon-luc-{place.year}"
    if form == "xlsx":
        sheets = [Sheet(one.label, one.title, one.table, one.label) for one in annexes if one.table is not None]
        return attached(write_xlsx(sheets), f"{name}.xlsx", XLSX)
    if form != "docx":
        raise ValueError(gettext("Chỉ viết được docx hoặc xlsx."))
    document = content.Document(
        header=_letterhead(place, "BC-UBND"),
        title=gettext("Nguồn lực thực hiện chương trình nông thôn mới năm %(year)s") % {"year": place.year},
        signature=content.Signature(_position(place), authority=(f"TM. ỦY BAN NHÂN DÂN {place.label.kind.upper()}",)),
        kind="Báo cáo",
        preamble=_preamble(found),
        recipients=("Như trên", "Lưu: VT"),
        annexes=annexes,
    )
    return attached(write_docx(document), f"{name}.docx", DOCX)


def _preamble(found: Balance) -> str:
    return gettext(
        "Tổng nguồn lực huy động năm %(year)s là %(mobilised)s, đã phân bổ %(allocated)s, đã giải ngân %(disbursed)s. "
        "Chi tiết tại Biểu số 03; 3.1; 3.2 kèm theo."
    ) % {
        "year": found.first,
        "mobilised": write_money(found.mobilised, "triệu"),
        "allocated": write_money(found.total.allocated, "triệu"),
        "disbursed": write_money(found.total.disbursed, "triệu"),
    }


def _annexes(place: Place, found: Balance) -> tuple[content.Annex, ...]:
    return (
        content.Annex(
            "Biểu số 03", f"Tổng hợp nguồn lực huy động năm {place.year}",
            source_table(_by_group(found.sources), year=place.year),
        ),
        content.Annex(
            "Biểu số 3.1", f"Vốn ngân sách được giao năm {place.year} theo loại vốn",
            source_kind_table(_by_kind(found.sources)),
        ),
        content.Annex("Biểu số 3.2", f"Vốn được giao năm {place.year} theo đơn vị", _by_unit(place)),
    )  # fmt: skip


def _by_group(sources: tuple[SourceRow, ...]) -> list[MoneyLine]:
    """Nhóm nguồn > nguồn; what comes on a condition is named in the last column."""
    groups: dict[SourceGroup, list[MoneyLine]] = defaultdict(list)
    amounts: dict[tuple[SourceGroup, str], list[int]] = defaultdict(lambda: [0, 0])
    for one in sources:
        if one.amounts.mobilised or one.amounts.conditional:
            amounts[one.group, one.name][0] += one.amounts.mobilised + one.amounts.conditional
            amounts[one.group, one.name][1] += one.amounts.conditional
    for (group, name), (whole, conditional) in amounts.items():
        note = gettext("có điều kiện: %(amount)s") % {"amount": said(conditional)} if conditional else ""
        groups[group].append(MoneyLine(name, (whole,), note=note))
    return [
        MoneyLine(group.label, parts=tuple(lines)) if len(lines) > 1 or lines[0].name != group.label else lines[0]
        for group, lines in groups.items()
    ]


def _by_kind(sources: tuple[SourceRow, ...]) -> list[MoneyLine]:
    """Vốn đã giao: investment beside recurrent."""
    amounts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for one in sources:
        if one.amounts.allocated and one.kind in (FundKind.INVESTMENT, FundKind.RECURRENT):
            amounts[one.name][one.kind is FundKind.RECURRENT] += one.amounts.allocated
    return [MoneyLine(name, tuple(two)) for name, two in amounts.items()]


def _by_unit(place: Place) -> content.Table:
    sources, rows = spread.of_units(place.unit_id, place.year, place.on)
    codes = list(dict.fromkeys(source for source, _kind in sources))
    lines = []
    for label, held in rows:
        name = words.capital(label.title) if label else own_words(place)
        sums = tuple(sum(amount for key, amount in held.items() if key[0] == code) for code in codes)
        lines.append(MoneyLine(name, sums))
    return unit_money_table(lines, [funds.catalogue().name(code) for code in codes] or [gettext("Nguồn vốn")])


def _letterhead(place: Place, symbol: str) -> content.Letterhead:
    label = place.label
    assert label is not None
    upper = label.ancestors[0] if label.ancestors else None
    issuer = f"ỦY BAN NHÂN DÂN {label.title.upper()}"
    return content.Letterhead(
        issuer=issuer,
        place=label.name,
        superior=f"ỦY BAN NHÂN DÂN {upper.title.upper()}" if upper and label.level in ("xa", "huyen") else "",
        symbol=symbol,
        date=None,
        issuer_words=f"UBND {label.title}",
        draft=True,
    )


def _position(place: Place) -> str:
    return "CHỦ TỊCH"


@require_GET
@funding_page
def letter(request: HttpRequest) -> HttpResponse:
    """Công văn đề nghị hỗ trợ phần còn thiếu: how much, for which criteria, of whom."""
    place = _of_unit(request)
    assert place.label is not None and place.unit_id is not None
    found = balances.balance(place.unit_id, place.year, place.on, until_year=place.last, scope=place.scope)
    if found.firm_shortfall <= 0:
        raise ValueError(gettext("Không thiếu vốn: %(years)s huy động đã đủ nhu cầu.") % {"years": place.years})
    if place.label.level == "thon":
        raise ValueError(gettext("Thôn đề nghị qua xã: mở trang của xã để viết công văn."))
    template = None if request.GET.get("mau") == COMMON else letter_template(place)
    return attached(
        templates.write(_letter(place, found), template), f"Cong-van-de-nghi-ho-tro-von-{place.year}.docx", DOCX
    )


def letter_template(place: Place) -> OfficeTemplate | None:
    """Mẫu công văn của đơn vị vào ngày đang xem; None: mẫu chung."""
    return templates.applying("letter", place.unit_id, place.on) if place.unit_id is not None else None


def _asked(place: Place) -> str:
    label = place.label
    assert label is not None
    if not label.ancestors:
        return "Thủ tướng Chính phủ"
    return f"Ủy ban nhân dân {label.ancestors[0].title}"


def _letter(place: Place, found: Balance) -> content.OfficialLetter:
    label = place.label
    assert label is not None
    asked = _asked(place)
    short = found.shortfall if found.shortfall > 0 else found.firm_shortfall
    para = content.Para
    paragraphs: list[content.Block] = [
        para(
            f"Thực hiện chương trình mục tiêu quốc gia xây dựng nông thôn mới, {place.years} {label.title} cần "
            f"{said(found.need)}, huy động được {said(found.mobilised)}, còn thiếu {said(short)}."
        )
    ]
    if found.conditional:
        paragraphs.append(
            para(
                f"Trong số huy động có {said(found.conditional)} chỉ có khi đạt điều kiện; "
                f"không tính số này thì còn thiếu {said(found.firm_shortfall)}."
            )
        )
    lacking = _lacking(place, found)
    if lacking:
        paragraphs += [para("Nhu cầu chưa có nguồn theo tiêu chí:"), lacking]
    paragraphs += [
        para(
            f"Ủy ban nhân dân {label.title} đề nghị {asked} xem xét, hỗ trợ {write_money(short)} để {label.kind} "
            f"hoàn thành các tiêu chí nêu trên."
        ),
        para("Trân trọng đề nghị./."),
    ]
    return content.OfficialLetter(
        header=_letterhead(place, "UBND"),
        about=f"đề nghị hỗ trợ vốn xây dựng nông thôn mới {place.years}",
        addressee=(asked,),
        paragraphs=tuple(paragraphs),
        signature=content.Signature(_position(place), authority=(f"TM. ỦY BAN NHÂN DÂN {label.kind.upper()}",)),
        recipients=("Như trên", "Lưu: VT"),
    )


def _lacking(place: Place, found: Balance) -> content.Table | None:
    """Tiêu chí, nhu cầu, huy động ghi cho tiêu chí, còn thiếu; money not given to one criterion stands in its own row."""
    names = criterion_words(place.label, place.on)
    rows = [
        MoneyLine(
            names.get(one.criterion_no, gettext("Không theo tiêu chí nào")),
            (
                one.amounts.need,
                one.amounts.mobilised + one.amounts.conditional,
                one.amounts.need - one.amounts.mobilised - one.amounts.conditional,
            ),
        )
        for one in found.criteria
        if one.amounts.need or one.amounts.mobilised or one.amounts.conditional
    ]
    if not rows:
        return None
    return money_table(rows, ("Nhu cầu", "Đã huy động", "Còn thiếu"), "triệu", "Tiêu chí")
