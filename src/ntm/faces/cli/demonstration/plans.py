"""Các kế hoạch và tài khoản của chúng: what there is, and what of it is in this database. Loads nothing, imports little."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ntm.faces.cli.demonstration.facts import day, facts_of, money_of, note_of, shared
from ntm.records.funding.models import Mobilisation
from ntm.records.people.models import User
from ntm.records.planning.models import Plan as WrittenPlan

__all__ = ["PLANS", "Account", "accounts", "missing", "unposted", "unwritten", "wanting"]


@dataclass(frozen=True, slots=True)
class Plan:
    """Một kế hoạch: its folder, the account whose presence tells that it is in, and whether the folder has `money.yaml`."""

    folder: str
    mark: str
    money: bool = False


PLANS: dict[str, Plan] = {
    "thach-loi": Plan("thach_loi", "xa.thachloi", money=True),
    "van-quan": Plan("van_quan", "vanquan.dieuphoi"),
    "si-ma-cai": Plan("si_ma_cai", "simacai.dieuphoi", money=True),
    "bac-giang": Plan("bac_giang", "bacgiang.dieuphoi"),
    "luong-phong": Plan("luong_phong", "xa.luongphong"),
}


@dataclass(frozen=True, slots=True)
class Account:
    """Một tài khoản minh hoạ: who it is, in which offices, and on which day its pages stand."""

    username: str
    offices: tuple[tuple[str, str], ...]  # title, day
    plan: str


def accounts() -> Iterator[Account]:
    """Every account of the demonstration, as the facts list them; the database is not asked."""
    yield Account(shared()["administrator"]["username"], ((shared()["administrator"]["full_name"], ""),), "")
    for name, plan in PLANS.items():
        facts = facts_of(plan.folder)
        for one in facts["accounts"]:
            held = tuple((office["title"], office.get("day", facts["day"])) for office in one["offices"])
            yield Account(one["username"], held, name)


def missing() -> list[str]:
    """The plans whose accounts are not in this database: one query."""
    marks = [plan.mark for plan in PLANS.values()]
    there = set(User.objects.filter(username__in=marks, demonstration=True).values_list("username", flat=True))
    return [name for name, plan in PLANS.items() if plan.mark not in there]


def unwritten() -> list[str]:
    """The plans whose offices are in this database, but which do not yet stand there as plans: two queries."""
    gone = set(missing())
    years = {plan.mark: day(facts_of(plan.folder)["day"]).year for plan in PLANS.values()}
    rows = WrittenPlan.objects.filter(opened_by__username__in=years, opened_by__demonstration=True)
    written = {
        username for username, year in rows.values_list("opened_by__username", "year") if years[username] == year
    }
    return [name for name, plan in PLANS.items() if name not in gone and plan.mark not in written]


def unposted() -> list[str]:
    """The plans whose offices are in this database, but not their money: an entry posted stays, so its note tells."""
    gone = set(missing())
    marks = {}
    for name, plan in PLANS.items():
        if plan.money and name not in gone:
            first = money_of(plan.folder)["mobilised"][0]
            marks[name] = note_of(str(facts_of(plan.folder)["source"]), first)
    rows = Mobilisation.objects.filter(note__in=marks.values(), recorded_by__demonstration=True)
    there = set(rows.order_by("note").values_list("note", flat=True))
    return [name for name, mark in marks.items() if mark not in there]


def wanting() -> list[str]:
    """Còn phải nạp: offices and figures, the plan alone, or its money alone."""
    left = {*missing(), *unwritten(), *unposted()}
    return [name for name in PLANS if name in left]
