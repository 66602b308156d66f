"""Văn bản do cơ quan thêm: one list with the shipped ones, what they do to others, who may add, once only."""

from __future__ import annotations

from datetime import date

import pytest

from ntm.domain import instruments as shipped
from ntm.domain.instruments import InForce, RelationKind
from ntm.records.archive import instruments
from ntm.records.archive.instruments import AddedRelation, InstrumentRefused
from ntm.records.archive.models import RegisteredInstrument
from ntm.records.audit.models import Entry
from ntm.records.people import authority

DAY = date(2023, 6, 1)


@pytest.fixture
def office(area, holder):
    return holder("coordination_office", area.province)


def _add(who, unit, **changed):
    given = {
        "number": "1234/QĐ-UBND",
        "kind": "Quyết định",
        "issuer": "UBND tỉnh Lạng Sơn",
        "signed": date(2022, 8, 1),
        "title": "Ban hành bộ tiêu chí xã nông thôn mới",
        "evidence": "document",
        "source": "bản giấy lưu tại Văn phòng Điều phối",
        "effective_from": date(2022, 8, 15),
        "unit_id": unit,
        "on": DAY,
    }
    return instruments.add_instrument(who, **(given | changed))


def test_an_added_instrument_stands_in_the_list_with_its_validity(area, office, django_assert_num_queries):
    row = _add(office, area.province)
    with django_assert_num_queries(2):
        known = instruments.listing()
    assert len(known.lines) == len(shipped.catalogue()) + 1
    line = next(one for one in known.lines if one.row is not None)
    assert line.row.pk == row.pk and line.instrument.verified
    assert line.judge(date(2022, 8, 10)).reason == "chưa có hiệu lực: có hiệu lực từ 15/08/2022"
    assert line.judge(DAY).state is InForce.UNKNOWN
    assert known.get(line.id) == line and known.numbered("1234/qđ-ubnd") == (line,)
    assert [one.id for one in known.search("tieu chi xa 1234", on=DAY)] == [line.id]
    assert instruments.catalogue().find("1234/QĐ-UBND")[0].title.startswith("Ban hành")
    entry = Entry.objects.order_by("-sequence").first()
    assert (entry.verb, entry.unit_id) == ("instrument.add", area.province)


def test_what_it_replaces_ends_the_day_it_begins(area, office):
    old = next(one for one in shipped.catalogue() if one.effective_to is None and one.date and one.effective_from)
    assert len(shipped.catalogue().find(old.number)) == 1
    begins = date(2026, 9, 1)
    _add(office, area.province, effective_from=begins, relations=[AddedRelation("replaces", old.number)])
    changed = instruments.catalogue().get(old.number, old.issuer, old.date)
    assert changed.effective_to == begins and "1234/QĐ-UBND" in changed.replaced_by
    assert changed.judge(begins).state is InForce.NO and "1234/QĐ-UBND" in changed.judge(begins).reason
    assert changed.relations[-1].kind is RelationKind.REPLACED_BY
    assert shipped.catalogue().get(old.number, old.issuer, old.date).effective_to is None


def test_what_it_amends_or_repeals_in_part_goes_on(area, office):
    old = next(one for one in shipped.catalogue() if one.effective_to is None and one.date and one.effective_from)
    relations = [AddedRelation("amends", old.number), AddedRelation("repeals", old.number, "Điều 3")]
    _add(office, area.province, relations=relations)
    changed = instruments.catalogue().get(old.number, old.issuer, old.date)
    assert changed.effective_to is None
    assert [one.kind for one in changed.relations[-2:]] == [RelationKind.AMENDED_BY, RelationKind.REPEALED_BY]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"number": " "}, "Còn trống: số, ký hiệu"),
        ({"title": "x" * 600}, "dài quá 500"),
        ({"signed": date(2024, 1, 1)}, "sau hôm nay"),
        ({"effective_to": date(2022, 8, 15)}, "phải sau ngày có hiệu lực"),
        ({"evidence": "nghe nói"}, "Chọn căn cứ"),
        ({"relations": [AddedRelation("thay", "1/QĐ")]}, "Mỗi quan hệ"),
        ({"relations": [AddedRelation("repeals", "1234/QĐ-UBND")]}, "chính nó"),
        ({"number": "318/QĐ-TTg", "issuer": "Thủ tướng Chính phủ", "signed": date(2022, 3, 8)}, "danh mục đi kèm"),
    ],
)
def test_what_is_wrong_is_said(area, office, changed, said):
    with pytest.raises(InstrumentRefused, match=said):
        _add(office, area.province, **changed)
    assert not RegisteredInstrument.objects.exists()


def test_the_same_instrument_is_added_once_however_it_is_written(area, office):
    _add(office, area.province)
    with pytest.raises(InstrumentRefused, match="đã có người thêm"):
        _add(office, area.province, number="1234/qđ- ubnd", issuer="ubnd tỉnh lạng sơn")
    _add(office, area.province, signed=date(2022, 8, 2))  # the same number on another day is another instrument


def test_an_instrument_taken_back_leaves_the_list_and_may_be_added_again(area, office):
    row = _add(office, area.province)
    with pytest.raises(InstrumentRefused, match="lý do"):
        instruments.withdraw_instrument(office, row, reason="", on=DAY)
    instruments.withdraw_instrument(office, row, reason="gõ nhầm số", on=DAY)
    assert all(one.row is None for one in instruments.listing().lines)
    with pytest.raises(InstrumentRefused, match="đã rút"):
        instruments.withdraw_instrument(office, row, reason="lần nữa", on=DAY)
    _add(office, area.province)


def test_only_the_area_s_own_offices_add(area, office, holder):
    with pytest.raises(authority.Denied, match="thêm văn bản"):
        _add(office, area.other_province)
    with pytest.raises(authority.Denied):
        _add(holder("commune_officer", area.commune), area.commune)
    row = _add(office, area.province)
    with pytest.raises(authority.Denied):
        instruments.withdraw_instrument(
            holder("coordination_office", area.other_province), row, reason="không phải của tôi", on=DAY
        )
