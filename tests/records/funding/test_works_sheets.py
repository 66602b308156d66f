"""Bảng công trình: taken out and brought back unchanged; what was changed is told, then written; wrong lines go back."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook, load_workbook

from ntm.records.archive.kinds import FileRefused
from ntm.records.audit import services as audit
from ntm.records.audit.models import Entry
from ntm.records.funding.models import Works, WorksAmendment, WorksFund, WorksUpload
from ntm.records.funding.queries import projects, works_sheets
from ntm.records.funding.queries.works import found, lines
from ntm.records.funding.refusals import Refused
from ntm.records.funding.services import amending, building, works_importing
from ntm.records.funding.services.building import NewWorks
from ntm.records.funding.workbook import columns
from ntm.records.people.authority import Denied
from ntm.records.standing import registry
from ntm.records.units import queries as units

ON, TODAY = date(2023, 3, 1), date(2023, 6, 1)
SET = "xa-ntm-2021-2025"


@pytest.fixture
def officer(area, holder):
    registry.register_shipped()
    return holder("commune_officer", area.commune)


@pytest.fixture
def works(area, officer) -> Works:
    new = NewWorks(
        area.commune, "CT-01", "Đường trục xã", "contracted", 5_000_000_000, village_id=area.village, set_code=SET,
        criterion_no=2, indicator_code="2.1", decision="12/QĐ-UBND", decision_on=ON, contractor="Công ty A",
        start_planned=ON, end_planned=date(2023, 12, 1), latitude=Decimal("21.851"), longitude=Decimal("106.5412"),
        funds=(("central.investment", "investment", 3_000_000_000), ("commune", "investment", 2_000_000_000)),
    )  # fmt: skip
    building.add_works(officer, NewWorks(area.commune, "02", "Kênh mương", "community", 400_000_000), on=ON)
    return building.add_works(officer, new, on=ON)


class Sheet:
    """Một bảng mở ra để sửa: cells by head and line."""

    def __init__(self, content: bytes) -> None:
        self.book = load_workbook(io.BytesIO(content))
        self.sheet: Any = self.book[columns.SHEET]
        self.heads = {cell.value: cell.column for cell in self.sheet[4]}

    def row_of(self, code: str) -> int:
        at = self.heads[columns.CODE]
        return next(row for row in range(5, self.sheet.max_row + 1) if str(self.sheet.cell(row, at).value) == code)

    def put(self, row: int, **cells: Any) -> Sheet:
        for name, value in cells.items():
            head = name if name in self.heads else columns.of_field(name).head
            self.sheet.cell(row, self.heads[head]).value = value
        return self

    def fund(self, row: int, key: columns.FundKey, amount: Any) -> Sheet:
        self.sheet.cell(row, self.heads[columns.fund_head(key)]).value = amount
        return self

    def saved(self) -> bytes:
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()


def exported(area, on=TODAY) -> Sheet:
    return Sheet(works_sheets.exported(lines(found(area.commune, on), on), area.commune, "Xã Văn An", on))


def blank(area, on=TODAY) -> Sheet:
    return Sheet(works_sheets.template(units.label(area.commune, on), on))


def brought(officer, area, content: bytes | Sheet, unit: int | None = None, on=TODAY) -> WorksUpload:
    content = content.saved() if isinstance(content, Sheet) else content
    return works_importing.upload(officer, content=content, name="ct.xlsx", unit_id=unit or area.commune, on=on)


def taken(officer, made: WorksUpload, reason: str = "điều chỉnh") -> works_importing.WorksTaken:
    return works_importing.take(officer, made.pk, seen=made.found["mark"], reason=reason)


def why(made: WorksUpload) -> list[tuple[int, str, str]]:
    return [(one["line"], head, said) for one in made.found["refused"] for head, _, said in one["errors"]]


NEW = {"code": "CT-09", "name": "Nhà văn hoá thôn", "total_cost": "1,2 tỷ", "execution": "cộng đồng"}


def test_taken_out_and_brought_back_says_unchanged(area, officer, works) -> None:
    made = brought(officer, area, exported(area))
    assert (made.found["unchanged"], made.found["new"], made.found["changed"], made.found["refused"]) == (2, [], [], [])
    assert made.found["emptied"] == 0 and made.found["unread"] == []
    with pytest.raises(Refused, match="Không có dòng nào nhận được"):
        taken(officer, made)


def test_what_was_changed_is_told_then_written(area, officer, works) -> None:
    sheet = exported(area)
    row = sheet.row_of("CT-01")
    sheet.put(row, name="Đường trục xã, giai đoạn 1", total_cost=5_500_000_000, decision="45/QĐ-UBND", contractor="xoá")
    sheet.put(row, end_planned="31/12/2023", latitude="21,9", village_id=None)
    sheet.fund(row, ("commune", "investment"), "2,5 tỷ")
    made = brought(officer, area, sheet)
    (told,) = made.found["changed"]
    assert why(made) == [] and made.found["emptied"] == 1  # the village's cell is empty now: it stays
    assert {head: (before, after) for head, before, after in told["changes"]} == {
        "Tên công trình": ("Đường trục xã", "Đường trục xã, giai đoạn 1"),
        "Tổng mức đầu tư (đồng)": ("5.000.000.000", "5.500.000.000"),
        "Quyết định phê duyệt": ("12/QĐ-UBND", "45/QĐ-UBND"),
        "Nhà thầu, cộng đồng thực hiện": ("Công ty A", ""),
        "Dự kiến hoàn thành": ("01/12/2023", "31/12/2023"),
        "Vĩ độ": ("21,851", "21,9"),
        columns.fund_head(("commune", "investment")): ("2.000.000.000", "2.500.000.000"),
    }
    works.refresh_from_db()
    assert works.name == "Đường trục xã"  # nothing is written by showing
    with pytest.raises(Refused, match="Ghi lý do sửa"):
        taken(officer, made, " ")
    assert taken(officer, made).changed == 1
    works.refresh_from_db()
    assert (works.name, works.total_cost, works.contractor) == ("Đường trục xã, giai đoạn 1", 5_500_000_000, "")
    assert works.village_id == area.village and works.key == "ct-01 duong truc xa, giai doan 1"
    assert [one.amount for one in projects.structure(works.pk)] == [3_000_000_000, 2_500_000_000]
    assert WorksFund.objects.filter(works=works, replaced_at__isnull=False).count() == 2
    kept = WorksAmendment.objects.get()
    assert (kept.reason, kept.on, kept.upload, kept.changes) == ("điều chỉnh", TODAY, made, told["changes"])
    entry = Entry.objects.get(verb="works.import")
    assert (entry.detail["changed"], entry.detail["new"], entry.detail["count"]) == (1, 0, 1) and audit.verify().ok
    with pytest.raises(Refused, match="đã nhận rồi"):
        taken(officer, made)


def test_new_works_by_the_rules_of_one(area, officer) -> None:
    sheet = blank(area)
    sheet.put(
        5, **NEW, village_id="khon lang", set_code=SET, indicator_code="2.1", decision_on="01/5/2023", decision="7/QĐ"
    )
    sheet.fund(5, ("people.cash", "own"), 200_000_000).fund(5, ("commune", "investment"), 1_000_000_000)
    sheet.put(6, code="CT-10", name="Cống", total_cost=90_000_000, execution="nhà thầu thực hiện", unit="06280")
    made = brought(officer, area, sheet)
    assert why(made) == []
    assert [one["code"] for one in made.found["new"]] == ["CT-09", "CT-10"]
    assert Works.objects.count() == 0
    done = taken(officer, made, "")
    assert (done.taken, done.new, done.changed) == (True, 2, 0)
    hall, drain = Works.objects.order_by("code")
    assert (hall.total_cost, hall.execution, hall.village_id, hall.criterion_no) == (
        1_200_000_000,
        "community",
        area.village,
        2,
    )
    assert (hall.state, drain.state, hall.on, hall.in_public_plan) == ("approved", "planned", TODAY, True)
    assert {(one.source, one.amount) for one in projects.structure(hall.pk)} == {
        ("people.cash", 200_000_000), ("commune", 1_000_000_000),
    }  # fmt: skip
    again = brought(officer, area, sheet)
    assert (again.found["unchanged"], again.found["new"]) == (2, [])


BAD: dict[str, tuple[dict[str, Any], str, str]] = {
    "no name": ({"name": None}, "Tên công trình", "Ghi tên công trình"),
    "no code": ({"code": None}, columns.CODE, "Ghi mã công trình"),
    "no cost": ({"total_cost": None}, "Tổng mức đầu tư (đồng)", "Ghi tổng mức"),
    "no way": ({"execution": None}, "Cách làm", "Chọn cách làm"),
    "odd way": ({"execution": "tự làm"}, "Cách làm", "không phải cách làm"),
    "foreign": ({"unit": "06316"}, columns.UNIT, "không thuộc địa bàn"),
    "nowhere": ({"unit": "99999"}, columns.UNIT, "không có đơn vị mã “99999”"),
    "village": ({"village_id": "Bản Nầng"}, "Thôn", "không có thôn tên “Bản Nầng”"),
    "set": ({"set_code": "bo-la", "criterion_no": 2}, "Bộ tiêu chí", "Không có bộ tiêu chí mã “bo-la”"),
    "criterion": ({"set_code": SET, "criterion_no": 44}, "Tiêu chí", "không có tiêu chí số 44"),
    "indicator": ({"set_code": SET, "criterion_no": 2, "indicator_code": "9.9"}, "Chỉ tiêu", "không có chỉ tiêu “9.9”"),
    "day": ({"decision_on": "31/02/2023"}, "Ngày phê duyệt", "31/02/2023"),
    "backwards": ({"start_planned": "01/5/2023", "end_planned": "01/4/2023"}, "Dự kiến hoàn thành", "trước ngày khởi công"),
    "half a place": ({"latitude": 21.5}, "Kinh độ", "cả vĩ độ"),
    "far away": ({"latitude": 210, "longitude": 106}, "Vĩ độ", "khoảng -90 đến 90"),
    "minus": ({"total_cost": -5}, "Tổng mức đầu tư (đồng)", "lớn hơn 0"),
    "half a dong": ({"total_cost": 5.5}, "Tổng mức đầu tư (đồng)", "lẻ dưới một đồng"),
    "formula": ({"total_cost": "=1+1"}, "Tổng mức đầu tư (đồng)", "công thức"),
    "a day as a name": ({"name": date(2023, 5, 1)}, "Tên công trình", "đã đổi thành ngày"),
    "emptied need": ({"name": "xoá"}, "Tên công trình", "không bỏ trống được"),
    "flag": ({"in_public_plan": "chắc là có"}, "Trong kế hoạch đầu tư công", "ghi có hoặc không"),
    "long code": ({"code": "M" * 41}, columns.CODE, "nhiều nhất 40"),
    "beyond": ({"total_cost": "5,1 tỷ"}, "Tổng mức đầu tư (đồng)", "không quá 5 tỷ"),
    "capital": ({columns.fund_head(("commune", "investment")): 7}, "Tổng mức đầu tư (đồng)", "khác tổng mức"),
    "other unit's name": ({columns.UNIT_NAME: "Xã Tràng Phái", "unit": "06280"}, columns.UNIT, "xáo trộn"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_wrong_line_is_told_with_its_place(area, officer, name: str) -> None:
    changed, head, words = BAD[name]
    sheet = blank(area).put(5, **{**NEW, "decision_on": "01/5/2023", **changed})
    sheet.put(6, **NEW | {"code": "CT-11", "total_cost": 4 * 10**8})
    made = brought(officer, area, sheet)
    ((line, column, said),) = why(made)
    assert (line, column) == (5, head) and words in said, why(made)
    assert [one["code"] for one in made.found["new"]] == ["CT-11"]  # the right line can be taken without it


def test_wrong_lines_go_back_with_their_reasons_and_can_be_mended(area, officer, works) -> None:
    sheet = exported(area)
    sheet.put(sheet.row_of("CT-01"), end_planned="32/13/2023", name="Đường mới")
    sheet.put(7, **NEW | {"total_cost": "năm tỷ"})
    made = brought(officer, area, sheet)
    assert len(made.found["refused"]) == 2
    name, content = works_importing.returned(officer, made.pk)
    back = Sheet(content)
    assert name == "tra-lai-ct.xlsx" and list(back.heads)[-1] == columns.WHY
    reasons = [back.sheet.cell(row, back.heads[columns.WHY]).value for row in (5, 6)]
    assert "32/13/2023" in reasons[0] and reasons[0].startswith("Dự kiến hoàn thành: ") and "năm tỷ" in reasons[1]
    back.put(5, end_planned="20/12/2023").put(6, total_cost=300_000_000)
    again = brought(officer, area, back)
    assert why(again) == [] and [one["code"] for one in again.found["new"]] == ["CT-09"]
    assert [head for head, *_ in again.found["changed"][0]["changes"]] == ["Tên công trình", "Dự kiến hoàn thành"]


def test_a_works_that_was_changed_since_is_not_written_over(area, officer, works) -> None:
    sheet = exported(area)
    amending.amend_works(officer, works.pk, changes={"name": "Đường liên xã"}, reason="đổi tên", on=TODAY)
    untouched = brought(officer, area, sheet)
    assert (untouched.found["unchanged"], why(untouched)) == (2, [])  # who changed nothing takes nothing back
    made = brought(officer, area, sheet.put(sheet.row_of("CT-01"), contractor="Công ty B"))
    ((_, head, said),) = why(made)
    assert head == "" and "lúc tải “Đường trục xã”, nay “Đường liên xã”" in said and "Nhà thầu" in said
    sheet = exported(area).put(exported(area).row_of("CT-01"), contractor="Công ty B")
    shown = brought(officer, area, sheet)
    amending.amend_works(officer, works.pk, changes={"name": "Đường khác"}, reason="đổi tên", on=TODAY)
    done = taken(officer, shown)  # between the showing and the taking: it is shown again
    assert not done.taken and why(done.upload)[0][0] == sheet.row_of("CT-01")
    works.refresh_from_db()
    assert works.contractor == "Công ty A"


def test_an_old_works_keeps_its_code_and_a_copied_line_is_a_new_one(area, officer, works) -> None:
    sheet = exported(area)
    made = brought(officer, area, sheet.put(sheet.row_of("CT-01"), code="CT-1"))
    assert why(made)[0][1] == columns.CODE and "không đổi được" in why(made)[0][2]
    sheet = exported(area)
    row = sheet.row_of("CT-01")
    for at in range(1, sheet.sheet.max_column + 1):
        sheet.sheet.cell(7, at).value = sheet.sheet.cell(row, at).value
    made = brought(officer, area, sheet.put(7, code="CT-03", name="Đường ngõ"))
    assert why(made) == [] and [one["code"] for one in made.found["new"]] == ["CT-03"]
    sheet.put(7, code="ct-01")
    assert "khác cách viết" in why(brought(officer, area, sheet))[0][2]
    sheet.put(7, code="CT-01")
    assert "Trùng mã với dòng" in why(brought(officer, area, sheet))[0][2]


def test_debt_money_and_state_rule_over_a_file_too(area, officer, works) -> None:
    building.advance_works(officer, works.pk, on=ON, state="building", percent=10, text="khởi công")
    building.accept_volume(officer, works.pk, amount=4_000_000_000, on=date(2023, 4, 1), record="BB1")
    made = brought(officer, area, blank(area).put(5, **NEW))
    assert why(made)[0][1] == "Lý do làm mới khi còn nợ" and "còn nợ đọng 4.000.000.000" in why(made)[0][2]
    made = brought(officer, area, blank(area).put(5, **NEW, debt_reason="cầu sập sau lũ"))
    taken(officer, made)
    assert Works.objects.get(code="CT-09").debt_reason == "cầu sập sau lũ"
    sheet = exported(area)
    row = sheet.row_of("CT-01")
    low = brought(officer, area, sheet.put(row, total_cost=3_000_000_000).fund(row, ("commune", "investment"), 0))
    assert "đã nghiệm thu 4.000.000.000 đồng" in why(low)[0][2]
    sheet = exported(area)
    apart = brought(officer, area, sheet.put(row, total_cost=6_000_000_000).fund(row, ("commune", "investment"), None))
    assert "khác tổng mức 6.000.000.000" in why(apart)[0][2]
    assert "phải có quyết định" in why(brought(officer, area, exported(area).put(row, decision="xoá")))[0][2]
    late = brought(officer, area, exported(area).put(sheet.row_of("CT-09"), debt_reason="khác"))
    assert "không sửa sau" in why(late)[0][2]
    early = brought(officer, area, exported(area).put(row, name="Đường"), on=date(2023, 2, 1))
    assert "sửa từ ngày đó trở đi" in why(early)[0][2]


def test_strangers_and_other_peoples_criteria(area, holder, officer, works) -> None:
    sheet = blank(area).put(5, **NEW, criterion_no=2)
    for role, unit in (("commune_officer", area.neighbour), ("leader", area.commune), ("village_board", area.village)):
        with pytest.raises(Denied):
            brought(holder(role, unit), area, sheet)
    schools = holder("sector_officer", area.district, ("5",))
    made = brought(schools, area, sheet, area.district)
    assert why(made)[0][1] in ("Tiêu chí", columns.UNIT)
    sheet.put(5, unit="06280", criterion_no=5).put(6, **NEW | {"code": "CT-12"}, unit="06280", criterion_no=2)
    made = brought(schools, area, sheet, area.district)
    assert [(line, head) for line, head, _ in why(made)] == [(6, "Tiêu chí")] and len(made.found["new"]) == 1
    taking = Sheet(works_sheets.exported(lines(found(area.district, TODAY), TODAY), area.district, "x", TODAY))
    moved = brought(
        schools,
        area,
        taking.put(taking.row_of("CT-01"), criterion_no=5, set_code="xoá", indicator_code="xoá"),
        area.district,
    )
    assert why(moved)[0][1] == "Tiêu chí"  # not his yet, so not to be taken to him
    with pytest.raises(Denied):
        works_importing.take(holder("commune_officer", area.neighbour), made.pk, seen=made.found["mark"])


def test_one_works_is_amended_with_its_reason(area, holder, officer, works) -> None:
    planned = Works.objects.get(code="02")
    made = amending.amend_works(
        officer, planned.pk, changes={"decision": "9/QĐ", "decision_on": TODAY, "village_id": area.village},
        funds=[("commune", "investment", 400_000_000)], reason="phê duyệt", on=TODAY,
    )  # fmt: skip
    planned.refresh_from_db()
    assert (planned.state, planned.decision) == ("approved", "9/QĐ")
    assert [line[0] for line in made.changes][:2] == ["Quyết định phê duyệt", "Ngày phê duyệt"]
    told = {line.works.code: line.state for line in lines(found(area.commune, ON), ON)}
    assert told["02"] == "planned"  # as it was on that day
    assert Entry.objects.filter(verb="works.amend").count() == 1 and audit.verify().ok
    wrong = {
        "không có gì thay đổi": ({"decision": "9/QĐ"}, "x"),
        "Ghi lý do sửa": ({"name": "Kênh"}, " "),
        "Thôn này không thuộc": ({"village_id": area.its_village}, "x"),
        "cơ cấu vốn phải đổi theo": ({"total_cost": 450_000_000}, "x"),
        "phải có quyết định": ({"decision": ""}, "x"),
    }
    for words, (changes, reason) in wrong.items():
        with pytest.raises(Refused, match=words):
            amending.amend_works(officer, planned.pk, changes=changes, reason=reason, on=TODAY)
    with pytest.raises(Denied):
        amending.amend_works(holder("leader", area.commune), planned.pk, changes={"name": "K"}, reason="x", on=TODAY)
    with pytest.raises(Refused, match="Không tìm thấy"):
        amending.amend_works(officer, planned.pk + 99, changes={"name": "K"}, reason="x", on=TODAY)


def _package(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def _book(*heads: str) -> bytes:
    book, out = Workbook(), io.BytesIO()
    book.active.append(heads)
    book.active.append(["x"] * len(heads))
    book.save(out)
    return out.getvalue()


def _macro() -> bytes:
    out = io.BytesIO(_book("a"))
    with zipfile.ZipFile(out, "a") as made:
        made.writestr("xl/vbaProject.bin", b"x")
    return out.getvalue()


def _bomb() -> bytes:
    given, out = io.BytesIO(_book("a")), io.BytesIO()
    with zipfile.ZipFile(given) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in package.namelist():
            big = b" " * 80_000_000 if name == "xl/worksheets/sheet1.xml" else package.read(name)
            made.writestr(name, big)
    return out.getvalue()


HOSTILE = {
    "no workbook": (lambda: b"%PDF-1.7 x", "không phải bảng tính"),
    "old": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Excel"),
    "locked": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, "Excel"),
    "empty": (lambda: b"", "trống"),
    "macro": (_macro, "macro"),
    "bomb": (_bomb, "quá lớn"),
    "zip": (lambda: _package(a=b"b"), "nén"),
    "other sheet": (lambda: _book("Đơn vị", "Số tiền"), "không có trang nào mang các cột"),
    "odd source": (lambda: _book("Mã công trình", "Tên công trình", "Vốn: quỹ đen (đồng)"), "không phải nguồn vốn nào"),
    "head twice": (lambda: _book("Mã công trình", "Tên công trình", "Tên công trình"), "có hai lần"),
    "too heavy": (lambda: b"PK\x03\x04" + b"0" * (16 * 1024 * 1024), "nặng hơn"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_told_and_kept_out(area, officer, name: str) -> None:
    make, words = HOSTILE[name]
    with pytest.raises((Refused, FileRefused), match=words):
        brought(officer, area, make())
    assert not WorksUpload.objects.exists()


def test_what_means_nothing_here_is_told_and_a_spoiled_stamp_is_refused(area, officer, works) -> None:
    sheet = exported(area)
    sheet.sheet.cell(4, sheet.sheet.max_column + 1).value = "Người theo dõi"
    sheet.book.create_sheet("Ghi chép")
    assert brought(officer, area, sheet).found["unread"] == ["cột Người theo dõi", "trang Ghi chép"]
    sheet.book[columns.STAMP]["A1"].value = "{}"
    with pytest.raises(Refused, match="Trang khoá của tệp đã bị sửa"):
        brought(officer, area, sheet)
    with pytest.raises(Refused, match="không có công trình nào"):
        brought(officer, area, blank(area))


def test_five_hundred_works_in_few_questions(area, officer) -> None:
    """Reading, comparing and writing ask no more of the database for many lines than for few."""

    def asked(first: int, many: int) -> int:
        sheet = blank(area)
        for number in range(many):
            sheet.put(5 + number, **NEW | {"code": f"M{first + number}", "total_cost": 10**8}, village_id="Khòn Làng")
            sheet.fund(5 + number, ("commune", "investment"), 10**8)
        with CaptureQueriesContext(connection) as queries:
            made = brought(officer, area, sheet)
            assert taken(officer, made).new == many
        return len(queries)

    few = asked(0, 3)
    assert asked(100, 500) <= few + 30  # rows are written in as many statements as the database wants for them
    sheet = exported(area)
    for row in range(5, 505):
        sheet.put(row, name=f"Nhà số {row}", contractor="Tổ thợ")
    assert taken(officer, brought(officer, area, sheet)).changed == 500
    assert WorksAmendment.objects.count() == 500
