"""Bảng thẩm quyền, cell by cell, from authority.csv itself, in a country of six units that needs no database."""

from __future__ import annotations

import csv
from datetime import date
from types import SimpleNamespace

import pytest

from ntm.records.audit.verbs import VERBS
from ntm.records.people import authority, authority_refusals
from ntm.records.people.authority_table import ACTIONS, PATH, Scope, TableError, read, roles_with, table
from ntm.records.people.models import Role

ON = date(2023, 6, 1)
UPPERS = {1: (), 2: (1,), 3: (2, 1), 4: (3, 2, 1), 5: (2, 1), 9: ()}  # 1 > 2 > 3 > 4; 5 beside 3; 9 a stranger
OWN, BELOW, BESIDE, ABOVE, STRANGER, NOWHERE = 3, 4, 5, 2, 9, None
CELLS = [(row["role"], row["action"], row["scope"]) for row in csv.DictReader(PATH.open(encoding="utf-8"))]

# What each word of scope lets an office at unit 3, in charge of criterion 10, do: (unit, criterion).
EVERY = {(unit, code) for unit in (OWN, BELOW, BESIDE, ABOVE, STRANGER, NOWHERE) for code in ("10", "10.1", "11", None)}
MAY = {
    Scope.NONE: set(),
    Scope.SYSTEM: EVERY,
    Scope.OWN_UNIT: {pair for pair in EVERY if pair[0] == OWN},
    Scope.SUBTREE: {pair for pair in EVERY if pair[0] in (OWN, BELOW)},
    Scope.BELOW: {pair for pair in EVERY if pair[0] == BELOW},
    Scope.OWN_CRITERIA: {pair for pair in EVERY if pair[1] in ("10", "10.1")},
    Scope.OWN_CRITERIA_IN_UNIT: {(OWN, "10"), (OWN, "10.1")},
    Scope.OWN_CRITERIA_IN_SUBTREE: {(unit, code) for unit in (OWN, BELOW) for code in ("10", "10.1")},
}


@pytest.fixture(autouse=True)
def country(monkeypatch: pytest.MonkeyPatch) -> None:
    """Units without a database."""

    def label(unit_id: int, on: date) -> SimpleNamespace:
        return SimpleNamespace(title=f"xã số {unit_id}")

    def below(unit_id: int, on: date) -> list[int]:
        return [unit for unit, uppers in UPPERS.items() if unit_id in uppers]

    monkeypatch.setattr(authority.units, "ancestor_ids", lambda unit_id, on: UPPERS[unit_id])
    monkeypatch.setattr(authority.units, "descendant_ids", below)
    monkeypatch.setattr(authority_refusals.units, "label", label)


def actor(role: str, unit_id: int | None = OWN, criteria: tuple[str, ...] = ("10",)) -> authority.Actor:
    return authority.Actor(1, 1, role, unit_id, criteria, "Người thử", f"Chức danh {role}")


@pytest.mark.parametrize(("role", "action", "scope"), CELLS)
def test_a_cell_allows_what_its_scope_says_and_nothing_else(role: str, action: str, scope: str) -> None:
    someone = actor(role)
    allowed = set()
    for unit_id, criterion in EVERY:
        try:
            someone.require(action, unit_id, on=ON, criterion=criterion)
        except authority.Denied as denial:
            assert ACTIONS[action] in str(denial) and str(denial).endswith(".") and "%(" not in str(denial)
            assert not someone.allows(action, unit_id, on=ON, criterion=criterion)
        else:
            assert someone.allows(action, unit_id, on=ON, criterion=criterion)
            allowed.add((unit_id, criterion))
    assert allowed == MAY[Scope(scope)]


@pytest.mark.parametrize(("role", "action", "scope"), CELLS)
def test_the_reach_of_a_cell_is_the_same_as_asking_unit_by_unit(role: str, action: str, scope: str) -> None:
    someone = actor(role)
    reach = authority.reach(someone, action, on=ON)
    for unit_id in UPPERS:
        for criterion in ("10", "10.1", "11", None):
            asked = someone.allows(action, unit_id, on=ON, criterion=criterion)
            assert reach.covers(unit_id, criterion) == asked, (unit_id, criterion, scope)
        some = authority.allows_some(someone, action, unit_id, on=ON)
        assert some == any(someone.allows(action, unit_id, on=ON, criterion=code) for code in ("10", "11", None))


def test_the_table_is_whole() -> None:
    assert len(CELLS) == len(Role.values) * len(ACTIONS) == len(table())


def test_every_action_can_be_done_by_somebody() -> None:
    assert [action for action in ACTIONS if not roles_with(action)] == []


def test_actions_that_are_also_verbs_are_named_alike() -> None:
    things = {verb.partition(".")[0] for verb in VERBS}
    assert {action.partition(".")[0] for action in ACTIONS} - things == {"draft", "people", "audit"}


@pytest.mark.parametrize(
    ("role", "action", "scope"),
    [
        ("commune_officer", "observation.record", "subtree"),  # own commune and its villages
        ("village_board", "observation.record", "own_unit"),
        ("commune_officer", "observation.verify", "below"),  # never his own commune
        ("sector_officer", "observation.verify", "own_criteria_in_subtree"),
        ("coordination_office", "draft.read", "own_unit"),  # nobody sees drafts of others
        ("sector_officer", "draft.read", "own_criteria_in_unit"),
        ("leader", "draft.read", "none"),
        ("administrator", "observation.record", "none"),
        ("administrator", "people.manage", "system"),
        ("administrator", "backup.run", "system"),
        ("coordination_office", "campaign.open", "subtree"),
        ("council_member", "observation.appraise", "below"),
        ("leader", "title.decide", "below"),  # nobody decides on his own unit
        ("viewer", "observation.record", "none"),
        ("viewer", "standing.read", "subtree"),
    ],
)
def test_what_the_programme_rests_on(role: str, action: str, scope: str) -> None:
    assert table()[role, action].scope == scope


def test_viewers_change_nothing() -> None:
    changing = [cell for cell in CELLS if cell[0] == "viewer" and cell[2] != "none"]
    assert {action for _role, action, _scope in changing} == {
        "standing.read", "evidence.read", "workbook.download", "document.read", "plan.read", "task.read",
        "register.read",
    }  # fmt: skip


def test_only_administrators_have_the_whole_system_beside_reading_the_law_again() -> None:
    common = ("standing.read", "plan.read")  # what was sent and what was issued is the offices' common knowledge
    whole = {(role, action) for role, action, scope in CELLS if scope == "system" and action not in common}
    others = {(role, action) for role, action in whole if role != "administrator"}
    assert others == {("coordination_office", "criteria.check")}


def test_a_central_office_reaches_the_country() -> None:
    central = actor("coordination_office", None, ())
    assert central.allows("campaign.open", STRANGER, on=ON)
    assert central.allows("criteria.import", None, on=ON)
    assert not central.allows("backup.run", None, on=ON)
    assert authority.reach(central, "campaign.open", on=ON).covers(STRANGER)
    sector = actor("sector_officer", None, ("13",))
    assert sector.allows("observation.verify", BELOW, on=ON, criterion="13.1")
    assert not sector.allows("observation.verify", BELOW, on=ON, criterion="10")


@pytest.mark.parametrize(
    ("charge", "asked", "answer"),
    [
        (["10"], "10", True),
        (["10"], "10.1", True),
        (["1"], "10", False),
        (["1"], "1.10", True),
        (["10"], "A:10", True),
        (["A:10"], "A:10.2", True),
        (["A:10"], "B:10", False),
        (["A:10"], "10", False),
        (["*"], "19.1", True),
        (["A:*"], "A:3", True),
        (["A:*"], "B:3", False),
        (["10", "17"], "17.4", True),
        ([], "10", False),
    ],
)
def test_in_charge_of(charge: list[str], asked: str, answer: bool) -> None:
    assert authority.in_charge_of(charge, asked) is answer


def test_a_refusal_says_why_and_who_could() -> None:
    with pytest.raises(authority.Denied) as wrong_place:
        actor("commune_officer").require("observation.record", STRANGER, on=ON)
    assert str(wrong_place.value) == (
        "Chưa được ghi số liệu cho xã số 9: chức danh «Chức danh commune_officer» ngày 1/6/2023 chỉ làm việc này ở "
        "xã số 3 và các đơn vị cấp dưới; người làm được, trong địa bàn của mình: công chức phụ trách NTM cấp xã, "
        "Ban phát triển thôn, cơ quan phụ trách tiêu chí, Văn phòng Điều phối."
    )
    with pytest.raises(authority.Denied) as wrong_role:
        actor("leader").require("observation.record", OWN, on=ON)
    assert str(wrong_role.value).startswith(
        "Chưa được ghi số liệu: với chức danh «Chức danh leader» thì không (lãnh đạo duyệt và đọc"
    )
    with pytest.raises(authority.Denied, match=r"cho tiêu chí 11: .* đang phụ trách: 10; hãy chuyển"):
        actor("sector_officer").require("observation.verify", BELOW, on=ON, criterion="11")
    with pytest.raises(authority.Denied, match="hãy nêu tiêu chí"):
        actor("sector_officer").require("observation.verify", BELOW, on=ON)


HEAD = "role,action,scope,reason\n"
WHOLE = PATH.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("role,action\n", "first line"),
        (HEAD + "leader,draft.read,none,\n", "line 2: four columns"),
        (HEAD + "leader,draft.read,everywhere,vì\n", "unknown role, action or scope"),
        (HEAD + "king,draft.read,none,vì\n", "unknown role"),
        (HEAD + "leader,draft.read,none,vì\n" * 2, "line 3: leader, draft.read stands twice"),
        (HEAD + "leader,draft.read,none,vì\n", "lacks: "),
    ],
)
def test_a_table_that_is_not_whole_is_refused_with_its_line(text: str, words: str) -> None:
    with pytest.raises(TableError, match=words):
        read(text)


def test_the_shipped_table_is_read_as_written() -> None:
    assert read(WHOLE) == table()
