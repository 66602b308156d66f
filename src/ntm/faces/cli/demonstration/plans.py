"""Các kế hoạch và tài khoản của chúng: what there is, and what of it is in this database. Loads nothing, imports little."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ntm.faces.cli.demonstration.facts import day, facts_of, shared
from ntm.records.people.models import User
from ntm.records.planning.models import Plan as WrittenPlan

__all__ = ["PLANS", "Account", "accounts", "missing", "unwritten", "wanting"]


@dataclass(frozen=True, slots=True)
class Plan:
    """Một kế hoạch: its folder, and the account whose presence tells that it is in."""

    folder: str
    mark: str


PLANS: dict[str, Plan] = {
    "thach-loi": Plan("thach_loi", "xa.thachloi"),
    "van-quan": Plan("van_quan", "vanquan.dieuphoi"),
    "si-ma-cai": Plan("si_ma_cai", "simacai.dieuphoi"),
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


def wanting() -> list[str]:
    """Còn phải nạp: offices and figures, or the plan alone."""
    left = {*missing(), *unwritten()}
    return [name for name in PLANS if name in left]
