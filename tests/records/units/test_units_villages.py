"""Villages and statuses: entered by offices, by form and by sheet; refused with sentences; audited."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook
from units_world import DECISION, FOUNDED, NEXT, TODAY, Office, Refused, World

from ntm.records.audit.models import Entry
from ntm.records.units import queries, services, village_sheet
from ntm.records.units.models import Unit
from ntm.records.units.services import Merge, NewUnit, UnitError
from ntm.records.units.village_sheet import SheetError

MANY = 15 * 1024 * 1024


def test_a_village_is_added(world: World, office: Office) -> None:
    made = services.create_village(office, commune_id=world.b.pk, name=" Nà  Lạn ", start=TODAY, today=TODAY)
    assert queries.label(made.pk, TODAY).full_title == "thôn Nà Lạn, xã Bình Yên, huyện Đông Thử, tỉnh Thử"
    assert office.asked == [("unit.village_create", world.b.pk, TODAY)]
    entry = Entry.objects.get(verb="unit.village_create")
    assert entry.unit_id == world.b.pk and entry.detail["name"].startswith("thôn Nà Lạn")


def test_a_kind_typed_into_the_name_is_taken_off(world: World, office: Office) -> None:
    made = services.create_village(office, commune_id=world.b.pk, name="thôn Nà Lạn", start=TODAY, today=TODAY)
    assert queries.label(made.pk, TODAY).title == "thôn Nà Lạn"
    other = services.create_village(
        office, commune_id=world.b.pk, kind="tổ dân phố", name="Số 1", start=TODAY, today=TODAY
    )
    assert queries.label(other.pk, TODAY).title == "tổ dân phố Số 1"


def test_a_village_is_refused_with_a_sentence(world: World, office: Office) -> None:
    for commune, name, start, said in (
        (world.a.pk, "Nà Bung", TODAY, "đã có thôn Nà Bung"),
        (world.a.pk, "nà bung", TODAY, "đã có thôn Nà Bung"),
        (world.a.pk, "  ", TODAY, "Chưa ghi tên"),
        (world.district.pk, "Mới", TODAY, "không phải đơn vị cấp xã"),
        (world.a.pk, "Mới", date(2010, 1, 1), "không có trong ngày 01/01/2010"),
        (404, "Mới", TODAY, "Không có đơn vị số 404"),
    ):
        with pytest.raises(UnitError, match=said):
            services.create_village(office, commune_id=commune, name=name, start=start, today=TODAY)
    with pytest.raises(UnitError, match="không phải loại đơn vị thôn"):
        services.create_village(office, commune_id=world.a.pk, kind="Xã", name="Mới", start=TODAY, today=TODAY)
    assert Entry.objects.count() == 0


def test_a_stranger_adds_no_village(world: World, stranger: Office) -> None:
    with pytest.raises(Refused):
        services.create_village(stranger, commune_id=world.a.pk, name="Mới", start=TODAY, today=TODAY)
    assert Unit.objects.filter(level="thon").count() == 2


def test_a_village_of_a_past_day_follows_its_commune_into_the_successor(world: World, office: Office) -> None:
    request = Merge((world.a.pk, world.b.pk), NEXT, DECISION, new=NewUnit("Xã", "An Yên", "98104"))
    services.merge(office, request, today=TODAY)
    made = services.create_village(office, commune_id=world.b.pk, name="Nà Lạn", start=FOUNDED, today=NEXT)
    assert queries.label(made.pk, TODAY).ancestors[0].name == "Bình Yên"
    assert queries.label(made.pk, NEXT).ancestors[0].name == "An Yên"
    assert services.check() == []


def book(*lines: tuple[object, ...], title: str = "Danh sách thôn") -> bytes:
    workbook = Workbook()
    page = workbook.active
    assert page is not None
    page.title = title
    for line in lines:
        page.append(list(line))
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


HEAD = ("TT", "Tên thôn", "Loại", "Xã", "Từ ngày")


def read(content: bytes) -> village_sheet.SheetRead:
    return village_sheet.read(content, default_start=TODAY, most_bytes=MANY)


def test_good_rows_are_taken_and_bad_ones_stay_with_their_reason(world: World, office: Office) -> None:
    content = book(
        ("DANH SÁCH THÔN",),
        HEAD,
        (1, "Nà Lạn", "Thôn", "Bình Yên", "01/02/2024"),
        (2, "Nà Bung", None, "Hoà An", None),
        (3, None, "Thôn", "Hoà An", None),
        (4, "Khau Cải", "Bản", "98102", date(2024, 3, 1)),
        (5, "Xa", "Thôn", "Không Có", None),
        (6, "Muộn", "Thôn", "Hoà An", "31/02/2024"),
        (None, None, None, None, None),
    )
    found = read(content)
    assert [(row.line, row.name, row.start) for row in found.rows] == [
        (3, "Nà Lạn", date(2024, 2, 1)), (4, "Nà Bung", TODAY), (6, "Khau Cải", date(2024, 3, 1)), (7, "Xa", TODAY),
    ]  # fmt: skip
    assert [str(error) for error in found.errors] == [
        "Trang «Danh sách thôn», dòng 5, cột Tên thôn: Chưa ghi tên thôn.",
        "Trang «Danh sách thôn», dòng 8, cột Từ ngày: «31/02/2024» không phải ngày; ghi dạng 30/9/2026.",
    ]
    tried = services.import_villages(office, found.rows, within=world.district.pk, today=TODAY, dry_run=True)
    assert len(tried.created) == 2 and not queries.find("Nà Lạn", TODAY)
    done = services.import_villages(office, found.rows, within=world.district.pk, today=TODAY)
    assert [queries.label(unit, TODAY).title for unit in done.created] == ["thôn Nà Lạn", "bản Khau Cải"]
    assert [(error.line, error.message.split(";")[0]) for error in done.errors] == [
        (4, "Xã Hoà An đã có thôn Nà Bung trong ngày 01/06/2024."),
        (
            7,
            "Không tìm thấy xã «Không Có» trong huyện Đông Thử ngày 01/06/2024.",
        ),
    ]
    entry = Entry.objects.get(verb="unit.village_import")
    assert entry.detail["count"] == 2 and entry.detail["refused"] == 2
    assert services.check() == []


def test_a_commune_needs_no_column_for_itself(world: World, office: Office) -> None:
    found = read(book(("Tên thôn", "Loại"), ("Nà Lạn", "Thôn")))
    done = services.import_villages(office, found.rows, within=world.b.pk, today=TODAY)
    assert queries.label(done.created[0], TODAY).ancestors[0].id == world.b.pk
    with_none = services.import_villages(office, found.rows, within=world.district.pk, today=TODAY)
    assert with_none.created == () and "Chưa ghi xã" in with_none.errors[0].message


def test_an_office_imports_only_within_its_area(world: World, stranger: Office, office: Office) -> None:
    found = read(book(HEAD, (1, "Mới", "Thôn", "Xa Lắc", None)))
    with pytest.raises(Refused):
        services.import_villages(stranger, found.rows, within=world.district.pk, today=TODAY)
    elsewhere = services.import_villages(office, found.rows, within=world.district.pk, today=TODAY)
    assert elsewhere.created == () and "Không tìm thấy xã «Xa Lắc»" in elsewhere.errors[0].message


def test_a_file_that_is_no_list_gets_one_sentence() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (village_sheet.MOST_UNPACKED + 1))
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("a.txt", b"x")
    for content, said in (
        (b"", "Tệp rỗng"),
        (b"khong phai", "không phải bảng tính"),
        (packed.getvalue(), "macro"),
        (bomb.getvalue(), "quá lớn"),
        (empty.getvalue(), "Không mở được"),
        (book(("A", "B"), (1, 2)), "Tên thôn"),
    ):
        with pytest.raises(SheetError, match=said):
            read(content)
    with pytest.raises(SheetError, match="lớn quá 0 MB"):
        village_sheet.read(b"x" * 100, default_start=TODAY, most_bytes=10)


def test_the_template_is_read_back(world: World) -> None:
    assert read(village_sheet.template()).rows == ()


def test_a_status_ends_the_one_before(world: World, office: Office) -> None:
    kind, scheme = "group", "51/2025/QĐ-TTg"
    words = {"scheme": scheme, "reference": "1/QĐ", "today": TODAY}
    first = services.set_status(office, world.a.pk, kind, value="nhom_3", start=TODAY, **words)
    services.set_status(office, world.a.pk, kind, value="nhom_2", start=NEXT, **words)
    first.refresh_from_db()
    assert first.end == NEXT
    assert (queries.group(world.a.pk, TODAY), queries.group(world.a.pk, NEXT)) == ("nhom_3", "nhom_2")
    assert Entry.objects.filter(verb="unit.status").count() == 2
    other = services.set_status(office, world.a.pk, kind, value="nhom_1", start=TODAY, **{**words, "scheme": "dự thảo"})
    assert other.end is None and queries.group(world.a.pk, NEXT, scheme="dự thảo") == "nhom_1"


def test_a_status_ends_with_a_reference(world: World, office: Office, stranger: Office) -> None:
    row = services.set_status(office, world.a.pk, "an_toan_khu", start=FOUNDED, reference="1/QĐ", today=TODAY)
    for end, reference, said in ((NEXT, " ", "căn cứ"), (FOUNDED, "2/QĐ", "phải sau")):
        with pytest.raises(UnitError, match=said):
            services.end_status(office, row.pk, end=end, reference=reference, today=TODAY)
    with pytest.raises(Refused):
        services.end_status(stranger, row.pk, end=NEXT, reference="2/QĐ", today=TODAY)
    services.end_status(office, row.pk, end=NEXT, reference="2/QĐ", today=TODAY)
    assert queries.statuses(world.a.pk, TODAY) and not queries.statuses(world.a.pk, NEXT)
    with pytest.raises(UnitError, match="đã kết thúc"):
        services.end_status(office, row.pk, end=NEXT, reference="2/QĐ", today=TODAY)


def test_a_status_is_refused_with_a_sentence(world: World, office: Office, stranger: Office) -> None:
    good = {"start": TODAY, "reference": "1/QĐ", "today": TODAY}
    for kind, words, said in (
        ("giau", {}, "Không có loại diện"),
        ("bien_gioi", {"reference": ""}, "Chưa ghi căn cứ"),
        ("bien_gioi", {"start": date(2000, 1, 1)}, "không có trong ngày"),
        ("bien_gioi", {"end": TODAY}, "phải sau ngày bắt đầu"),
        ("bien_gioi", {"value": "nhom_1"}, "chỉ có hoặc không"),
        ("region", {"value": "mien_nao"}, "Không có vùng"),
        ("group", {"value": "nhom_9", "scheme": "x"}, "Không có nhóm xã"),
        ("group", {"value": "nhom_1"}, "văn bản quy định nhóm"),
    ):
        with pytest.raises(UnitError, match=said):
            services.set_status(office, world.a.pk, kind, **{**good, **words})
    with pytest.raises(UnitError, match="Chỉ đơn vị cấp xã"):
        services.set_status(office, world.village.pk, "group", value="nhom_1", scheme="x", **good)
    with pytest.raises(Refused):
        services.set_status(stranger, world.a.pk, "bien_gioi", **good)
    services.set_status(office, world.a.pk, "bien_gioi", **good)
    with pytest.raises(UnitError, match="đã thuộc diện biên giới"):
        services.set_status(office, world.a.pk, "bien_gioi", **{**good, "start": NEXT})
    with pytest.raises(UnitError, match="không ghi chồng"):
        services.set_status(office, world.a.pk, "bien_gioi", **{**good, "start": date(2023, 1, 1)})
