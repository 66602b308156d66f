"""Sổ theo dõi: recorded, corrected, withdrawn; refused to strangers and where it cannot be true; told in the log."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ntm.records.audit.models import Entry as LogEntry
from ntm.records.people.authority import Denied
from ntm.records.registers import catalogue
from ntm.records.registers.models import OcopProduct, OcopRating, TrainingClass
from ntm.records.registers.queries import entries
from ntm.records.registers.refusals import NoSuchEntry, Refused
from ntm.records.registers.services import recording

ON = date(2023, 12, 20)
CLASS = {"title": "Tập huấn cán bộ xã, thôn", "start": date(2023, 5, 10), "classes": 2, "participants": 80, "women": 31}
PRODUCT = {"title": "Hồi Văn An", "owner": "HTX Hồi Văn An", "owner_kind": "cooperative", "start": date(2023, 3, 1)}
STARS = {"year": 2023, "stars": 3, "number": "15/QĐ-UBND", "start": date(2023, 7, 1)}


@pytest.fixture
def officer(area, holder):
    return holder("commune_officer", area.commune)


def _record(officer, area, code="training", values=CLASS, **more):
    return recording.record(officer, code, unit_id=area.commune, values=values, on=ON, **more)


def test_an_entry_is_recorded_and_told_in_the_log(officer, area):
    made = _record(officer, area, source_place="Báo cáo số 12, trang 3")
    assert (made.classes, made.participants, made.kind, made.office) == (2, 80, "officials", officer.office_label)
    log = LogEntry.objects.order_by("-sequence").first()
    assert log.verb == "register.record" and log.detail["what"] == CLASS["title"]


@pytest.mark.parametrize("role", ["leader", "council_member", "viewer", "administrator"])
def test_offices_that_only_read_record_nothing(area, holder, role):
    with pytest.raises(Denied):
        _record(holder(role, area.commune), area)
    assert not TrainingClass.objects.exists()


def test_a_stranger_records_corrects_and_withdraws_nothing(officer, area, holder):
    made, stranger = _record(officer, area), holder("commune_officer", area.stranger)
    with pytest.raises(Denied):
        _record(stranger, area)
    with pytest.raises(Denied):
        recording.correct(stranger, "training", made.pk, values={"classes": 9}, reason="nhầm", on=ON)
    with pytest.raises(Denied):
        recording.withdraw(stranger, "training", made.pk, reason="nhầm", on=ON)
    made.refresh_from_db()
    assert made.current and made.classes == 2


@pytest.mark.parametrize(
    ("code", "changed", "said"),
    [
        ("training", {"title": ""}, "Chưa ghi nội dung"),
        ("training", {"start": date(2024, 1, 1)}, "sau ngày ghi"),
        ("training", {"end": date(2023, 5, 1)}, "phải sau"),
        ("training", {"women": 81}, "lớn hơn số người tham gia"),
        ("training", {"classes": 0}, "lớn hơn 0"),
        ("training", {"cost": -1}, "số âm"),
        ("training", {"kind": "party"}, "lựa chọn"),
        ("training", {"stars": 3}, "không có cột"),
        ("training", {"start": date(1999, 1, 1)}, "chưa có hoặc không còn"),
    ],
)
def test_what_cannot_be_true_is_refused_with_its_sentence(officer, area, code, changed, said):
    with pytest.raises(Refused, match=said):
        _record(officer, area, code, CLASS | changed)
    assert not TrainingClass.objects.exists()


def test_the_same_entry_is_not_recorded_twice(officer, area):
    _record(officer, area)
    with pytest.raises(Refused, match="đã có"):
        _record(officer, area, values=CLASS | {"title": "tập huấn cán bộ xã,  thôn"})
    assert _record(officer, area, values=CLASS | {"start": date(2023, 6, 1)}).pk


def test_a_correction_stands_in_the_older_one_s_place_and_keeps_it(officer, area):
    older = _record(officer, area)
    newer = recording.correct(officer, "training", older.pk, values={"participants": 85}, reason="đếm lại", on=ON)
    assert (newer.participants, newer.classes, newer.key, newer.replaces_id) == (85, 2, older.pk, older.pk)
    assert [one.pk for one in entries.listed(catalogue.of("training"), area.commune, ON)] == [newer.pk]
    assert [one.pk for one in entries.whole("training", older.pk).history] == [newer.pk, older.pk]
    log = LogEntry.objects.order_by("-sequence").first()
    assert log.verb == "register.correct" and log.detail["changed"] == ["số người tham gia"]
    with pytest.raises(Refused, match="đã được sửa"):
        recording.correct(officer, "training", older.pk, values={"participants": 90}, reason="nữa", on=ON)
    with pytest.raises(Refused, match="Chưa sửa gì"):
        recording.correct(officer, "training", newer.pk, values={"participants": 85}, reason="nữa", on=ON)
    with pytest.raises(Refused, match="lý do"):
        recording.correct(officer, "training", newer.pk, values={"participants": 90}, reason=" ", on=ON)


def test_a_withdrawn_entry_stays_and_counts_no_more(officer, area):
    made = _record(officer, area)
    with pytest.raises(Refused, match="lý do"):
        recording.withdraw(officer, "training", made.pk, reason="", on=ON)
    recording.withdraw(officer, "training", made.pk, reason="ghi nhầm xã", on=ON)
    assert not entries.listed(catalogue.of("training"), area.commune, ON).exists()
    kept = entries.whole("training", made.pk)
    assert kept.entry.withdrawn_reason == "ghi nhầm xã" and kept.entry.withdrawn_on == ON
    with pytest.raises(Refused, match="đã rút"):
        recording.withdraw(officer, "training", made.pk, reason="nữa", on=ON)
    assert _record(officer, area).pk != made.pk  # and it may be recorded rightly


def test_nothing_is_deleted(officer, area):
    made = _record(officer, area)
    for attempt in (made.delete, TrainingClass.objects.all().delete):
        with pytest.raises(TypeError, match="không xoá"):
            attempt()


def test_stars_hold_for_the_cycle_of_the_day_s_rules(officer, area):
    product = _record(officer, area, "ocop", PRODUCT)
    made = _record(officer, area, "stars", STARS, parent_id=product.pk)
    assert (made.valid_until, made.issuer) == (date(2026, 7, 1), "UBND cấp huyện")
    assert (made.scoring_set, made.unchecked) == ("qd-148-2023", False)
    corrected = recording.correct(
        officer, "stars", made.pk, values={"start": date(2023, 8, 2)}, reason="nhầm ngày", on=ON
    )
    assert corrected.valid_until == date(2026, 8, 2) and corrected.product_id == product.pk
    typed = {name: getattr(corrected, name) for name in catalogue.of("stars").names} | {
        "stars": 4
    }  # as a form gives it
    higher = recording.correct(officer, "stars", corrected.pk, values=typed, reason="nhầm số sao", on=ON)
    assert (higher.issuer, higher.valid_until) == ("UBND cấp tỉnh", date(2026, 8, 2))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"stars": 6}, "từ 1 đến 5"),
        ({"year": 2019}, "không hợp"),
        ({"start": date(2023, 2, 1)}, "trước tham gia"),
        ({"valid_until": date(2023, 7, 1)}, "phải sau"),
        ({"revoked_on": date(2027, 1, 1)}, "thu hồi"),
        ({"points": Decimal("72.123")}, "hai số lẻ"),
    ],
)
def test_wrong_stars_are_refused(officer, area, changed, said):
    product = _record(officer, area, "ocop", PRODUCT)
    with pytest.raises(Refused, match=said):
        _record(officer, area, "stars", STARS | changed, parent_id=product.pk)


def test_points_are_held_against_limits_that_were_read(officer, area):
    values = PRODUCT | {"start": date(2020, 1, 5)}
    product = _record(officer, area, "ocop", values)
    given = STARS | {"year": 2020, "start": date(2020, 6, 1), "points": Decimal(72)}
    with pytest.raises(Refused, match="72 điểm là 4 sao theo 1048/QĐ-TTg"):
        _record(officer, area, "stars", given, parent_id=product.pk)
    assert _record(officer, area, "stars", given | {"stars": 4}, parent_id=product.pk).issuer == "UBND cấp tỉnh"


def test_before_the_first_rules_the_end_has_to_be_told(officer, area):
    product = _record(officer, area, "ocop", PRODUCT | {"start": date(2018, 1, 5)})
    given = STARS | {"year": 2018, "start": date(2018, 6, 1), "issuer": "UBND tỉnh"}
    with pytest.raises(Refused, match="Ghi ngày hết hạn"):
        _record(officer, area, "stars", given, parent_id=product.pk)
    made = _record(officer, area, "stars", given | {"valid_until": date(2020, 6, 1)}, parent_id=product.pk)
    assert made.unchecked and made.scoring_set == ""


def test_lines_inside_follow_their_entry(officer, area):
    product = _record(officer, area, "ocop", PRODUCT)
    made = _record(officer, area, "stars", STARS, parent_id=product.pk)
    with pytest.raises(Refused, match="rút các dòng đó trước"):
        recording.withdraw(officer, "ocop", product.pk, reason="nhầm", on=ON)
    with pytest.raises(Refused, match="Chọn mục"):
        _record(officer, area, "stars", STARS | {"start": date(2023, 8, 1)}, parent_id=None)
    with pytest.raises(Refused, match="sửa dòng đó trước"):
        recording.correct(officer, "ocop", product.pk, values={"start": date(2023, 8, 1)}, reason="nhầm", on=ON)
    renamed = recording.correct(officer, "ocop", product.pk, values={"title": "Hồi khô"}, reason="đổi tên", on=ON)
    assert [one.pk for one in entries.whole("ocop", renamed.pk).inside[0][1]] == [made.pk]
    recording.withdraw(officer, "stars", made.pk, reason="nhầm", on=ON)
    recording.withdraw(officer, "ocop", renamed.pk, reason="nhầm", on=ON)
    assert not OcopProduct.objects.current().exists() and OcopRating.objects.count() == 1


def test_a_cooperative_is_dissolved_and_takes_no_more_figures(officer, area):
    given = {"title": "HTX Hồi Văn An", "start": date(2022, 2, 1), "number": "01/GCN"}
    made = _record(officer, area, "cooperatives", given)
    closed = recording.correct(
        officer,
        "cooperatives",
        made.pk,
        values={"end": date(2023, 6, 1), "end_number": "9/QĐ"},
        reason="giải thể",
        on=ON,
    )
    with pytest.raises(Refused, match="giải thể từ"):
        _record(officer, area, "members", {"start": date(2023, 12, 1), "members": 9}, parent_id=closed.key)
    assert (
        _record(officer, area, "members", {"start": date(2022, 12, 1), "members": 9}, parent_id=closed.key).members == 9
    )


def test_an_entry_serves_only_plans_of_its_unit_or_above(officer, area):
    with pytest.raises(Refused, match="Chỉ tiêu được chọn"):
        _record(officer, area, target_id=999)
    with pytest.raises(Refused, match="Nhiệm vụ được chọn"):
        _record(officer, area, occurrence_id=999)


def test_unknown_registers_and_entries_are_told():
    with pytest.raises(NoSuchEntry, match="Không có sổ"):
        catalogue.of("unicorns")


@pytest.mark.django_db
def test_an_unknown_entry_is_told():
    with pytest.raises(NoSuchEntry, match="Không có mục"):
        entries.get("ocop", 999)
