"""Reads: by day, by index, in few queries; intervals that cannot overlap."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from units_world import DECISION, FOUNDED, NEXT, TODAY, Office, World, make

from ntm.records.units import queries, services
from ntm.records.units.models import Position, Unit, UnitCode, UnitName, UnitStatus
from ntm.records.units.queries import UnitNotFound
from ntm.records.units.services import Rename, Transfer


def test_places(world: World) -> None:
    assert queries.get(world.a.pk) == world.a
    assert queries.by_codes(["98101", "98102", "00000"], TODAY) == {"98101": world.a.pk, "98102": world.b.pk}
    assert [u.title for u in queries.ancestors(world.village.pk, TODAY)] == ["xã Hoà An", "huyện Đông Thử", "tỉnh Thử"]
    assert queries.ancestor_ids(world.a.pk, TODAY) == (world.district.pk, world.province.pk)
    assert queries.province_code(world.village.pk, TODAY) == "98"
    assert queries.descendant_ids(world.province.pk, TODAY, "huyen") == [world.district.pk, world.other.pk]
    assert len(queries.descendant_ids(world.province.pk, TODAY)) == 8
    assert len(queries.descendant_ids(None, TODAY, "xa")) == 4
    assert queries.descendant_ids(world.village.pk, TODAY) == []
    assert queries.lower_spans(world.district.pk, "xa")[0] == (world.a.pk, FOUNDED, None)
    assert queries.lower_spans(world.a.pk, "huyen") == []


def test_nothing_stands_before_it_was_founded(world: World) -> None:
    early = FOUNDED - timedelta(days=1)
    assert queries.by_code("98101", early) is None
    assert queries.children(world.district.pk, early) == []
    assert queries.ancestors(world.a.pk, early) == ()
    assert queries.ancestor_ids(world.a.pk, early) == ()
    assert queries.find("Hoà An", early) == []
    assert queries.label(world.a.pk, early).title == "xã Hoà An"  # the words of its nearest day, and marked so
    assert not queries.label(world.a.pk, early).living


def test_an_unknown_unit_is_refused_with_a_sentence(db: None) -> None:
    for ask in (queries.get, lambda n: queries.label(n, TODAY), lambda n: queries.descendant_ids(n, TODAY)):
        with pytest.raises(UnitNotFound, match="Không có đơn vị số 404"):
            ask(404)


def test_a_tree_for_a_page(world: World) -> None:
    top = queries.tree(world.province.pk, TODAY)
    assert [node.label.name for node in top.children] == ["Đông Thử", "Tây Thử"]
    assert [node.label.name for node in top.children[0].children] == ["Hoà An", "Bình Yên", "Đông Thử"]
    assert {node.label.name for node in top.children[0].children[0].children} == {"Nà Bung", "Pác Lùng"}
    assert queries.tree(world.province.pk, TODAY, down_to="huyen").children[0].children == []


def test_search_forgives(world: World) -> None:
    for typed in ("Hoà An", "Hòa An", "hoa an", "xã Hoà An", "X. Hoà An", "Hoà An, huyện Đông Thử", "98101"):
        assert [u.id for u in queries.find(typed, TODAY)] == [world.a.pk], typed
    assert [u.id for u in queries.find("thôn Nà Bung", TODAY)] == [world.village.pk]
    assert [u.id for u in queries.find("na bung", TODAY, level="thon", within=world.a.pk)] == [world.village.pk]
    assert queries.find("Nà Bung", TODAY, within=world.b.pk) == []
    assert [u.level for u in queries.find("Đông Thử", TODAY)] == ["huyen", "xa"]
    assert [u.level for u in queries.find("thị trấn Đông Thử", TODAY)] == ["xa"]
    assert queries.find("Đông Thử", TODAY, limit=1)[0].level == "huyen"


@pytest.mark.parametrize(
    ("name", "limit"),
    [("by_code", 1), ("ancestor_ids", 1), ("ancestors", 4), ("children", 4), ("descendant_ids", 2), ("label", 3),
     ("labels", 3), ("find", 5), ("tree", 9), ("region", 2), ("geography", 2), ("province_code", 1)],
)  # fmt: skip
def test_reads_take_few_queries_however_many_units(world: World, name: str, limit: int) -> None:
    asks = {
        "by_code": lambda: queries.by_code("98101", TODAY),
        "ancestor_ids": lambda: queries.ancestor_ids(world.village.pk, TODAY),
        "ancestors": lambda: queries.ancestors(world.village.pk, TODAY),
        "children": lambda: queries.children(world.district.pk, TODAY),
        "descendant_ids": lambda: queries.descendant_ids(world.province.pk, TODAY, "xa"),
        "label": lambda: queries.label(world.village.pk, TODAY),
        "labels": lambda: queries.labels(Unit.objects.values_list("pk", flat=True), TODAY),
        "find": lambda: queries.find("xã Hoà An, huyện Đông Thử", TODAY),
        "tree": lambda: queries.tree(world.province.pk, TODAY),
        "region": lambda: queries.region(world.a.pk, TODAY),
        "geography": lambda: queries.geography(world.a.pk),
        "province_code": lambda: queries.province_code(world.village.pk, TODAY),
    }
    with CaptureQueriesContext(
        connection,
    ) as few:
        asks[name]()
    for number in range(20):
        make("xa", "Xã", f"Mới {number}", f"97{number:03}", world.district)
    with CaptureQueriesContext(connection) as many:
        asks[name]()
    assert len(few) <= limit + (name == "labels") and len(many) == len(few)


def test_the_roll_up_goes_by_an_index(world: World) -> None:
    rows = queries.positions_within(world.province.pk, TODAY, "xa").values("district_id")
    if connection.vendor == "postgresql":  # a table of ten rows is read whole unless that is forbidden
        connection.cursor().execute("SET LOCAL enable_seqscan = off")
    wanted = (
        "Index" if connection.vendor == "postgresql" else "units_position_by_province"
    )  # which one, ten rows do not tell
    assert wanted in rows.explain()


def test_statuses_are_dated(world: World, office: Office) -> None:
    services.set_status(office, world.province.pk, "region", value="dbsh", start=FOUNDED, reference="thử", today=TODAY)
    services.set_status(office, world.a.pk, "dac_biet_kho_khan", start=TODAY, reference="12/QĐ", today=TODAY)
    services.set_status(
        office, world.a.pk, "group", value="nhom_3", scheme="51/2025/QĐ-TTg", start=NEXT, reference="13/QĐ", today=TODAY
    )
    assert queries.region(world.village.pk, TODAY) == "dbsh"
    assert queries.statuses(world.a.pk, TODAY) == {"dac_biet_kho_khan"} and not queries.statuses(world.a.pk, FOUNDED)
    assert queries.group(world.a.pk, NEXT) == "nhom_3" and queries.group(world.a.pk, TODAY) is None
    assert queries.group(world.a.pk, NEXT, scheme="khác") is None
    assert queries.geography(world.a.pk) == [
        (FOUNDED, "dbsh", None, frozenset()),
        (TODAY, "dbsh", None, frozenset({"dac_biet_kho_khan"})),
        (NEXT, "dbsh", "nhom_3", frozenset({"dac_biet_kho_khan"})),
    ]
    assert [(line.kind, line.reference) for line in queries.status_lines(world.a.pk, TODAY)] == [
        ("dac_biet_kho_khan", "12/QĐ"), ("region", "thử"),
    ]  # fmt: skip


def test_a_region_follows_the_unit_to_another_province(world: World, office: Office) -> None:
    elsewhere = make("tinh", "Tỉnh", "Khác", "99", None)
    district = make("huyen", "Huyện", "Khác", "991", elsewhere)
    services.set_status(office, world.province.pk, "region", value="dbsh", start=FOUNDED, reference="thử", today=TODAY)
    services.set_status(office, elsewhere.pk, "region", value="tay_nguyen", start=FOUNDED, reference="thử", today=TODAY)
    services.transfer(office, Transfer((world.a.pk,), NEXT, DECISION, district.pk), today=TODAY)
    assert [(day, region) for day, region, *_ in queries.geography(world.village.pk)] == [
        (FOUNDED, "dbsh"), (NEXT, "tay_nguyen"),
    ]  # fmt: skip


DAYS = st.dates(date(2016, 1, 1), date(2030, 1, 1))
SPANS = st.tuples(DAYS, DAYS | st.none()).filter(lambda span: span[1] is None or span[0] < span[1])


@pytest.mark.django_db
@given(first=SPANS, second=SPANS)
def test_two_intervals_of_one_unit_never_overlap(
    first: tuple[date, date | None], second: tuple[date, date | None]
) -> None:
    overlap = (second[1] is None or first[0] < second[1]) and (first[1] is None or second[0] < first[1])
    with transaction.atomic():
        unit = Unit.objects.create(level="xa", start=date(2016, 1, 1))
        UnitName.objects.create(unit=unit, kind="Xã", name="Một", key="mot", sound="mot", start=first[0], end=first[1])
        words = {"unit": unit, "kind": "Xã", "name": "Hai", "key": "hai", "sound": "hai"}
        refused = False
        try:
            with transaction.atomic():
                UnitName.objects.create(start=second[0], end=second[1], **words)
        except IntegrityError:
            refused = True
        assert refused == overlap
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(max_examples=15)
@given(days=st.lists(st.dates(date(2016, 1, 1), date(2029, 1, 1)), min_size=1, max_size=6, unique=True), ask=DAYS)
def test_on_every_day_a_unit_has_one_name_and_one_place(days: list[date], ask: date) -> None:
    with transaction.atomic():
        province = make("tinh", "Tỉnh", "Thử", "98", None)
        districts = [make("huyen", "Huyện", f"H{n}", f"98{n}", province) for n in range(2)]
        commune = make("xa", "Xã", "Tên 0", "98101", districts[0])
        office = Office()
        for number, day in enumerate(sorted(days), start=1):
            services.rename(office, Rename(commune.pk, day, DECISION, name=f"Tên {number}"), today=TODAY)
            if number % 2:
                target = districts[(number // 2 + 1) % 2]
                later = Transfer((commune.pk,), day + timedelta(days=1), DECISION, target.pk)
                if sorted(days)[number : number + 1] != [day + timedelta(days=1)]:
                    services.transfer(office, later, today=TODAY)
                else:
                    break
        passed = sum(day <= ask for day in sorted(days)[: UnitName.objects.filter(unit=commune).count() - 1])
        assert queries.label(commune.pk, ask).name == f"Tên {passed}"
        assert Position.objects.on(ask).filter(unit=commune).count() == 1
        assert UnitName.objects.on(ask).filter(unit=commune).count() == 1
        assert services.check() == []
        transaction.set_rollback(True)


def test_tables_refuse_what_cannot_be(world: World) -> None:
    day = date(2020, 1, 1)
    wrong = [
        lambda: UnitCode.objects.create(unit=world.b, code="98101", start=day, end=NEXT),  # a taken code
        lambda: UnitName.objects.create(unit=world.a, kind="Xã", name="", key="", sound="", start=day),
        lambda: UnitStatus.objects.create(unit=world.a, kind="region", value="dbsh", start=day, end=day),
        lambda: Position.objects.create(unit=world.a, level="xa", start=day, end=NEXT),
        lambda: Unit.objects.create(level="xa", start=day, end=day),
    ]
    for attempt in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
