"""Khoá API: one person's office, for a time, shown once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from ntm.records.audit.models import Entry
from ntm.records.people import queries, services
from ntm.records.people.authority import Denied
from ntm.records.people.models import Holding, Token
from ntm.records.people.services import NotPossible

pytestmark = pytest.mark.django_db
ON = date(2023, 6, 1)
NOON = datetime(2023, 6, 1, 5, 0, tzinfo=UTC)


@pytest.fixture
def officer(area, holder):
    return holder("commune_officer", area.commune)


def issue(actor, **changed):
    given = {"name": "Phần mềm của xã", "expires": date(2023, 12, 31), "on": ON}
    return services.issue_token(actor, **(given | changed))


def test_a_key_acts_as_its_office_and_is_kept_only_as_a_hash(officer) -> None:
    issued = issue(officer)
    assert issued.secret.startswith(f"ntm_{issued.token.prefix}_")
    stored = Token.objects.get()
    assert issued.secret not in (stored.hash, stored.name) and len(stored.hash) == 64
    assert services.authenticate(issued.secret, at=NOON) == officer
    assert services.authenticate(f" {issued.secret}\n", at=NOON) == officer
    entry = Entry.objects.latest("sequence")
    assert (entry.verb, entry.unit_id) == ("token.issue", officer.unit_id)
    assert issued.secret not in str(entry.detail)


def test_the_last_use_is_noted_now_and_then(officer) -> None:
    secret = issue(officer).secret
    services.authenticate(secret, at=NOON)
    services.authenticate(secret, at=NOON + timedelta(minutes=5))
    assert Token.objects.get().last_used == NOON
    services.authenticate(secret, at=NOON + timedelta(minutes=11))
    assert Token.objects.get().last_used == NOON + timedelta(minutes=11)


@pytest.mark.parametrize("wrong", ["", "ntm", "ntm_abc_def", "x" * 500, "ntm_{prefix}_", "ntm_{prefix}_wrong"])
def test_a_wrong_key_is_refused(officer, wrong) -> None:
    prefix = issue(officer).token.prefix
    with pytest.raises(Denied, match="không đúng"):
        services.authenticate(wrong.format(prefix=prefix), at=NOON)


def test_a_key_dies_on_its_day_in_vietnam(officer) -> None:
    secret = issue(officer, expires=date(2023, 6, 2)).secret
    assert services.authenticate(secret, at=datetime(2023, 6, 1, 16, 59, tzinfo=UTC)) == officer
    with pytest.raises(Denied, match="hết hạn từ ngày 2/6/2023"):
        services.authenticate(secret, at=datetime(2023, 6, 1, 17, 0, tzinfo=UTC))


def test_a_key_dies_with_its_office_and_with_its_account(officer) -> None:
    secret = issue(officer).secret
    held = Holding.objects.select_related("user").get(pk=officer.holding_id)
    held.user.is_active = False
    held.user.save()
    with pytest.raises(Denied, match="đã khoá"):
        services.authenticate(secret, at=NOON)
    held.user.is_active = True
    held.user.save()
    Holding.objects.filter(pk=held.pk).update(end=ON)
    with pytest.raises(Denied, match="không giữ chức danh"):
        services.authenticate(secret, at=NOON)


def test_revoking(area, officer, holder) -> None:
    issued = issue(officer)
    for stranger in (holder("coordination_office", area.other_district), holder("commune_officer", area.neighbour)):
        with pytest.raises(Denied):
            services.revoke_token(stranger, issued.token, on=ON)
    services.revoke_token(holder("coordination_office", area.district), issued.token, on=ON)
    assert Entry.objects.latest("sequence").verb == "token.revoke"
    with pytest.raises(Denied, match="đã bị thu hồi"):
        services.authenticate(issued.secret, at=NOON)
    with pytest.raises(NotPossible, match="đã thu hồi rồi"):
        services.revoke_token(officer, issued.token, on=ON)
    own = issue(officer)
    services.revoke_token(officer, own.token, on=ON)


@pytest.mark.parametrize("expires", [ON, date(2023, 5, 31), date(2024, 6, 2)])
def test_a_key_ends_within_a_year(officer, expires) -> None:
    with pytest.raises(NotPossible, match="không quá ngày 1/6/2024"):
        issue(officer, expires=expires)
    assert not Token.objects.exists()


def test_a_key_needs_a_name(officer) -> None:
    with pytest.raises(NotPossible, match="Dùng cho"):
        issue(officer, name=" ")


@pytest.mark.parametrize("role", ["village_board", "leader", "viewer"])
def test_some_offices_have_no_keys(area, holder, role) -> None:
    with pytest.raises(Denied, match="khoá API"):
        issue(holder(role, area.village))


def test_keys_that_still_work(officer) -> None:
    soon = issue(officer, expires=date(2023, 6, 5)).token
    long = issue(officer).token
    services.revoke_token(officer, issue(officer).token, on=ON)
    assert set(queries.tokens([officer.holding_id], ON)) == {soon, long}
    assert list(queries.tokens([officer.holding_id], ON, ending_within=timedelta(days=14))) == [soon]
    assert list(queries.tokens([officer.holding_id], date(2023, 6, 5))) == [long]
