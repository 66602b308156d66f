"""Merge, split, rename, transfer, abolish: what moves, who may, what is refused, what is written down, and undo."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from units_world import DECISION, FOUNDED, NEXT, TODAY, Office, Refused, World

from ntm.records.audit.models import Entry
from ntm.records.units import queries, services
from ntm.records.units.models import Change, Succession, Unit, UnitName, UnitParent
from ntm.records.units.services import Abolish, Decision, Merge, NewUnit, Rename, Split, Transfer, UnitError

EVE = NEXT - timedelta(days=1)


def _merge(world: World, **more: object) -> Merge:
    return Merge((world.a.pk, world.b.pk), NEXT, DECISION, new=NewUnit("Xã", "An Yên", "98104"), **more)  # type: ignore[arg-type]


def test_a_merger_ends_two_and_forms_one(world: World, office: Office) -> None:
    change = services.merge(office, _merge(world), today=TODAY)
    new = queries.by_code("98104", NEXT)
    assert new is not None
    assert queries.label(new.pk, NEXT).full_title == "xã An Yên, huyện Đông Thử, tỉnh Thử"
    assert [u.id for u in queries.children(world.district.pk, EVE)] == [world.a.pk, world.b.pk, world.c.pk]
    assert [u.id for u in queries.children(world.district.pk, NEXT)] == [world.c.pk, new.pk]
    assert {u.id for u in queries.children(new.pk, NEXT)} == {world.village.pk, world.hamlet.pk}
    assert {u.id for u in queries.children(world.a.pk, EVE)} == {world.village.pk, world.hamlet.pk}
    (step,) = queries.lineage(world.a.pk, TODAY, NEXT)
    assert step.decision == DECISION.number and step.certain and step.when == "ngày 01/01/2025"
    assert [u.id for u in queries.became(world.b.pk, TODAY, NEXT)] == [new.pk]
    assert change.kind == "merge" and services.check() == []


def test_a_merger_into_one_of_them_keeps_its_identity(world: World, office: Office) -> None:
    services.merge(office, Merge((world.a.pk, world.b.pk), NEXT, DECISION, into=world.b.pk), today=TODAY)
    assert queries.lives(world.b.pk, NEXT) and not queries.lives(world.a.pk, NEXT)
    assert {u.id for u in queries.children(world.b.pk, NEXT)} == {world.village.pk, world.hamlet.pk}
    assert queries.lineage(world.b.pk, TODAY, NEXT) == ()
    assert [line.what for line in queries.history(world.b.pk)] == ["nhận địa bàn của xã Hoà An"]


def test_a_new_unit_may_take_the_code_of_one_that_ends(world: World, office: Office) -> None:
    request = Merge((world.a.pk, world.b.pk), NEXT, DECISION, new=NewUnit("Xã", "Hoà An", "98101"))
    services.merge(office, request, today=TODAY)
    before, after = queries.by_code("98101", EVE), queries.by_code("98101", NEXT)
    assert before is not None and after is not None and before.pk == world.a.pk != after.pk


def test_the_preview_tells_what_moves_and_changes_nothing(world: World) -> None:
    seen = services.preview(_merge(world))
    assert (seen.ending, seen.forming, seen.moving) == (2, 1, 2)
    assert "Lập xã An Yên, thuộc huyện Đông Thử, tỉnh Thử, mã 98104 từ ngày 01/01/2025." in seen.lines
    assert "Thôn Nà Bung chuyển sang xã An Yên từ ngày 01/01/2025." in seen.lines
    assert any("Số liệu" in line and "ở lại" in line for line in seen.lines)
    assert Change.objects.count() == 0 and queries.lives(world.a.pk, NEXT)


def test_a_split_shares_out_all_that_lies_below(world: World, office: Office) -> None:
    parts = (
        NewUnit("Xã", "Hoà Thượng", children=(world.village.pk,), main=True),
        NewUnit("Xã", "Hoà Hạ", children=(world.hamlet.pk,)),
    )
    services.split(office, Split(world.a.pk, NEXT, DECISION, parts), today=TODAY)
    first, second = queries.became(world.a.pk, TODAY, NEXT)
    assert (first.name, second.name) == ("Hoà Thượng", "Hoà Hạ")
    assert [u.id for u in queries.children(first.id, NEXT)] == [world.village.pk]
    assert not queries.lives(world.a.pk, NEXT) and services.check() == []


def test_a_split_may_leave_the_old_unit_standing(world: World, office: Office) -> None:
    parts = (NewUnit("Xã", "Hoà Hạ", children=(world.hamlet.pk,)),)
    services.split(office, Split(world.a.pk, NEXT, DECISION, parts, keeps=True), today=TODAY)
    assert queries.lives(world.a.pk, NEXT)
    assert [u.id for u in queries.children(world.a.pk, NEXT)] == [world.village.pk]


def test_a_split_refuses_villages_left_out_or_given_twice(world: World, office: Office) -> None:
    one = NewUnit("Xã", "Hoà Thượng", children=(world.village.pk,))
    with pytest.raises(UnitError, match="Chưa ghi phần nào nhận: bản Pác Lùng"):
        services.split(office, Split(world.a.pk, NEXT, DECISION, (one, NewUnit("Xã", "Hoà Hạ"))), today=TODAY)
    twice = NewUnit("Xã", "Hoà Hạ", children=(world.village.pk, world.hamlet.pk))
    with pytest.raises(UnitError, match="đúng một phần"):
        services.split(office, Split(world.a.pk, NEXT, DECISION, (one, twice)), today=TODAY)
    with pytest.raises(UnitError, match="ít nhất hai phần"):
        services.split(office, Split(world.a.pk, NEXT, DECISION, (one,)), today=TODAY)
    with pytest.raises(UnitError, match="Hai đơn vị mới cùng tên"):
        same = NewUnit("Xã", "Hoà Thượng", children=(world.hamlet.pk,))
        services.split(office, Split(world.a.pk, NEXT, DECISION, (one, same)), today=TODAY)


def test_a_new_name_and_kind_from_a_day(world: World, office: Office) -> None:
    services.rename(office, Rename(world.a.pk, NEXT, DECISION, name="Hoà Bình", kind="Thị trấn"), today=TODAY)
    assert queries.label(world.a.pk, EVE).title == "xã Hoà An"
    assert queries.label(world.a.pk, NEXT).title == "thị trấn Hoà Bình"
    assert [u.id for u in queries.find("Hoà An", EVE)] == [world.a.pk]
    assert queries.find("Hoà An", NEXT) == []
    assert [u.id for u in queries.find("Hòa Bình", NEXT)] == [world.a.pk]
    assert [line.what for line in queries.history(world.a.pk)] == ["tên gọi: Thị trấn Hoà Bình"]


def test_a_new_code_from_a_day(world: World, office: Office) -> None:
    services.rename(office, Rename(world.a.pk, NEXT, DECISION, code="98105"), today=TODAY)
    assert queries.by_code("98105", NEXT) == world.a and queries.by_code("98101", EVE) == world.a
    assert queries.by_code("98101", NEXT) is None


def test_a_rename_refuses_what_is_not_a_name(world: World, office: Office) -> None:
    for words, said in (
        ({"name": "Hoà An"}, "không đổi"),
        ({"name": "Bình Yên"}, "đã có xã Bình Yên"),
        ({"name": "Bình  yên".title()}, "đã có xã Bình Yên"),
        ({"name": "x" * 200}, "dài quá"),
        ({"kind": "Huyện"}, "không phải loại đơn vị cấp xã"),
        ({"code": "12"}, "có 5 chữ số"),
        ({"code": "98102"}, "đang là mã của xã Bình Yên"),
    ):
        with pytest.raises(UnitError, match=said):
            services.rename(office, Rename(world.a.pk, NEXT, DECISION, **words), today=TODAY)


def test_a_transfer_takes_the_villages_along(world: World, office: Office) -> None:
    services.transfer(office, Transfer((world.a.pk,), NEXT, DECISION, world.other.pk), today=TODAY)
    assert queries.label(world.village.pk, NEXT).full_title == "thôn Nà Bung, xã Hoà An, huyện Tây Thử, tỉnh Thử"
    assert queries.label(world.village.pk, EVE).full_title == "thôn Nà Bung, xã Hoà An, huyện Đông Thử, tỉnh Thử"
    assert queries.descendant_ids(world.other.pk, NEXT, "thon") == [world.village.pk, world.hamlet.pk]
    assert services.check() == []


def test_a_transfer_refuses_the_same_or_an_unfit_upper_unit(world: World, office: Office) -> None:
    for units, parent, said in (
        ((world.a.pk,), world.district.pk, "đã thuộc huyện Đông Thử"),
        ((world.a.pk,), world.b.pk, "không trực thuộc được"),
        ((world.village.pk,), world.district.pk, "không trực thuộc được"),
        ((world.a.pk, world.village.pk), world.other.pk, "cùng cấp"),
        ((), world.other.pk, "Chưa chọn"),
    ):
        with pytest.raises(UnitError, match=said):
            services.transfer(office, Transfer(units, NEXT, DECISION, parent), today=TODAY)


def test_an_abolished_unit_gives_its_land_to_others(world: World, office: Office) -> None:
    services.abolish(office, Abolish(world.a.pk, NEXT, DECISION, (world.c.pk, world.b.pk)), today=TODAY)
    assert [u.id for u in queries.became(world.a.pk, TODAY, NEXT)] == [world.c.pk, world.b.pk]
    assert {u.id for u in queries.children(world.c.pk, NEXT)} == {world.village.pk, world.hamlet.pk}


def test_a_unit_with_villages_is_not_abolished_into_nothing(world: World, office: Office) -> None:
    with pytest.raises(UnitError, match="hãy ghi đơn vị nhận địa bàn"):
        services.abolish(office, Abolish(world.a.pk, NEXT, DECISION), today=TODAY)
    services.abolish(office, Abolish(world.hamlet.pk, NEXT, DECISION), today=TODAY)
    (step,) = queries.lineage(world.hamlet.pk, TODAY, NEXT)
    assert step.after is None and step.decision == DECISION.number


REQUESTS = {
    "unit.merge": lambda w: (services.merge, _merge(w)),
    "unit.split": lambda w: (
        services.split,
        Split(w.b.pk, NEXT, DECISION, (NewUnit("Xã", "Bình Thượng"), NewUnit("Xã", "Bình Hạ"))),
    ),
    "unit.rename": lambda w: (services.rename, Rename(w.a.pk, NEXT, DECISION, name="Hoà Bình")),
    "unit.transfer": lambda w: (services.transfer, Transfer((w.a.pk,), NEXT, DECISION, w.other.pk)),
    "unit.abolish": lambda w: (services.abolish, Abolish(w.a.pk, NEXT, DECISION, (w.b.pk,))),
}


@pytest.mark.parametrize("verb", REQUESTS)
def test_every_change_is_audited(world: World, office: Office, verb: str) -> None:
    do, request = REQUESTS[verb](world)
    change = do(office, request, today=TODAY)
    entry = Entry.objects.get(verb=verb)
    assert entry.subject == f"units.change:{change.pk}" and entry.on == TODAY
    assert entry.detail["decision"] == DECISION.number and entry.detail["name"]
    assert entry.unit_id in {world.a.pk, world.b.pk}


@pytest.mark.parametrize("verb", REQUESTS)
def test_a_stranger_changes_nothing(world: World, stranger: Office, verb: str) -> None:
    do, request = REQUESTS[verb](world)
    with pytest.raises(Refused):
        do(stranger, request, today=TODAY)
    assert Change.objects.count() == 0 and Entry.objects.count() == 0


@pytest.mark.parametrize("verb", REQUESTS)
def test_the_right_is_asked_for_every_unit_that_changes(world: World, verb: str) -> None:
    do, request = REQUESTS[verb](world)
    with pytest.raises(Refused):
        do(
            Office(units={world.a.pk} if verb != "unit.split" and verb != "unit.rename" else set()),
            request,
            today=TODAY,
        )


@pytest.mark.parametrize("verb", REQUESTS)
def test_no_change_without_a_decision_or_before_the_unit_was_there(world: World, office: Office, verb: str) -> None:
    do, request = REQUESTS[verb](world)
    changed = type(request)(**{**{f: getattr(request, f) for f in request.__slots__}, "decision": Decision("")})
    with pytest.raises(UnitError, match="Chưa ghi số của quyết định"):
        do(office, changed, today=TODAY)
    early = type(request)(**{**{f: getattr(request, f) for f in request.__slots__}, "on": FOUNDED})
    with pytest.raises(UnitError, match="chỉ có từ ngày 01/01/2015"):
        do(office, early, today=TODAY)


@pytest.mark.parametrize("verb", REQUESTS)
def test_undone_before_it_takes_force_it_is_as_if_it_had_not_been(world: World, office: Office, verb: str) -> None:
    before = _all_rows()
    do, request = REQUESTS[verb](world)
    change = do(office, request, today=TODAY)
    assert _all_rows() != before
    services.undo(office, change.pk, today=EVE, reason="nhập nhầm")
    assert _all_rows() == before and services.check() == []
    change.refresh_from_db()
    assert change.undone_on == EVE
    assert Entry.objects.get(verb="unit.undo").detail["reason"] == "nhập nhầm"
    with pytest.raises(UnitError, match="đã được huỷ"):
        services.undo(office, change.pk, today=EVE, reason="lần nữa")


def _all_rows() -> set[tuple[object, ...]]:
    rows: set[tuple[object, ...]] = set()
    for table in (Unit, UnitName, UnitParent, Succession):
        rows |= {(table.__name__, *values) for values in table.objects.values_list()}
    return rows


def test_what_has_taken_force_is_not_undone(world: World, office: Office) -> None:
    change = services.merge(office, _merge(world), today=TODAY)
    with pytest.raises(UnitError, match="đã có hiệu lực từ ngày 01/01/2025"):
        services.undo(office, change.pk, today=NEXT, reason="muộn")
    with pytest.raises(UnitError, match="lý do"):
        services.undo(office, change.pk, today=TODAY, reason=" ")


def test_a_stranger_undoes_nothing(world: World, office: Office, stranger: Office) -> None:
    change = services.merge(office, _merge(world), today=TODAY)
    with pytest.raises(Refused):
        services.undo(stranger, change.pk, today=TODAY, reason="phá")
    assert queries.by_code("98104", NEXT) is not None


def test_a_change_that_others_rest_on_is_not_undone_first(world: World, office: Office) -> None:
    first = services.merge(office, _merge(world), today=TODAY)
    new = queries.by_code("98104", NEXT)
    assert new is not None
    later = Rename(new.pk, NEXT + timedelta(days=30), DECISION, name="An Yên Mới")
    second = services.rename(office, later, today=TODAY)
    with pytest.raises(UnitError, match="huỷ thay đổi sau trước"):
        services.undo(office, first.pk, today=TODAY, reason="thử")
    services.undo(office, second.pk, today=TODAY, reason="thử")
    services.undo(office, first.pk, today=TODAY, reason="thử")
    assert queries.by_code("98104", NEXT) is None


def test_a_village_added_to_the_new_unit_holds_it(world: World, office: Office) -> None:
    change = services.merge(office, _merge(world), today=TODAY)
    new = queries.by_code("98104", NEXT)
    assert new is not None
    services.create_village(office, commune_id=new.pk, name="Mới", start=NEXT, today=TODAY)
    with pytest.raises(UnitError, match="đơn vị cấp dưới thuộc đơn vị lập mới"):
        services.undo(office, change.pk, today=TODAY, reason="thử")


def test_changes_are_entered_in_order_of_time(world: World, office: Office) -> None:
    services.rename(office, Rename(world.a.pk, NEXT, DECISION, name="Hoà Bình"), today=TODAY)
    with pytest.raises(UnitError, match="đã có thay đổi ghi từ ngày 01/01/2025"):
        services.rename(office, Rename(world.a.pk, EVE, DECISION, name="Hoà Mỹ"), today=TODAY)
    services.merge(office, Merge((world.b.pk, world.c.pk), NEXT, DECISION, into=world.c.pk), today=TODAY)
    with pytest.raises(UnitError, match="đã ghi kết thúc từ ngày 01/01/2025"):
        services.rename(office, Rename(world.b.pk, NEXT + timedelta(days=9), DECISION, name="Khác"), today=TODAY)


def test_a_merger_asks_for_exactly_one_way(world: World, office: Office) -> None:
    with pytest.raises(UnitError, match="đúng một cách"):
        services.merge(office, Merge((world.a.pk, world.b.pk), NEXT, DECISION), today=TODAY)
    with pytest.raises(UnitError, match="ít nhất hai"):
        services.merge(office, Merge((world.a.pk,), NEXT, DECISION, new=NewUnit("Xã", "Một")), today=TODAY)
    with pytest.raises(UnitError, match="khác nhau"):
        request = Merge((world.a.pk, world.far.pk), NEXT, DECISION, new=NewUnit("Xã", "Hai Huyện"))
        services.merge(office, request, today=TODAY)


def test_no_district_is_formed_after_districts_ended(world: World, office: Office) -> None:
    new = NewUnit("Huyện", "Thử")
    request = Merge((world.district.pk, world.other.pk), date(2025, 7, 1), DECISION, new=new)
    with pytest.raises(UnitError, match="Cấp huyện đã kết thúc"):
        services.merge(office, request, today=TODAY)


def test_an_upper_unit_that_holds_them_already_is_not_asked(world: World) -> None:
    """A province's office moves a commune straight under its province: the right over the province itself is not asked."""
    office = Office(units={world.a.pk})
    services.transfer(office, Transfer((world.a.pk,), NEXT, DECISION, world.province.pk), today=TODAY)
    assert queries.ancestor_ids(world.a.pk, NEXT) == (world.province.pk,)


def test_the_picture_has_nodes_and_arrows(world: World, office: Office) -> None:
    services.merge(office, _merge(world), today=TODAY)
    new = queries.by_code("98104", NEXT)
    assert new is not None
    picture = queries.lineage_graph(world.a.pk, TODAY, NEXT)
    assert [(node.unit_id, node.step) for node in picture.nodes] == [(world.a.pk, 0), (new.pk, 1)]
    assert [(edge.before, edge.after, edge.certain) for edge in picture.edges] == [(world.a.pk, new.pk, True)]
    back = queries.lineage_graph(new.pk, TODAY, NEXT)
    assert {(node.label.name, node.step) for node in back.nodes} == {("Hoà An", -1), ("Bình Yên", -1), ("An Yên", 0)}
