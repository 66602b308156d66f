"""Nạp dữ liệu minh hoạ: which plans there are, which are in already, and each one in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import transaction

from ntm.faces.cli.demonstration import bac_giang, luong_phong, si_ma_cai, thach_loi, van_quan
from ntm.faces.cli.demonstration.scene import NotReady, Scene, day, facts_of, shared
from ntm.records.audit import services as audit
from ntm.records.people import services as people
from ntm.records.people.authority import Actor, actor_of
from ntm.records.people.models import Holding, User
from ntm.records.standing import registry
from ntm.records.units.models import Unit

__all__ = ["DATASETS", "Account", "NotReady", "accounts", "load", "missing", "shared"]


@dataclass(frozen=True, slots=True)
class Dataset:
    """Một kế hoạch: its folder, its loader, and the account whose presence tells that it is in."""

    folder: str
    load: Callable[[Scene], None]
    mark: str


DATASETS: dict[str, Dataset] = {
    "thach-loi": Dataset("thach_loi", thach_loi.load, "xa.thachloi"),
    "van-quan": Dataset("van_quan", van_quan.load, "vanquan.dieuphoi"),
    "si-ma-cai": Dataset("si_ma_cai", si_ma_cai.load, "simacai.dieuphoi"),
    "bac-giang": Dataset("bac_giang", bac_giang.load, "bacgiang.dieuphoi"),
    "luong-phong": Dataset("luong_phong", luong_phong.load, "xa.luongphong"),
}


@dataclass(frozen=True, slots=True)
class Account:
    """Một tài khoản minh hoạ: who it is, in which offices, and on which day its pages stand."""

    username: str
    offices: tuple[tuple[str, str], ...]  # title, day
    dataset: str


def accounts() -> Iterator[Account]:
    """Every account of the demonstration, as the facts list them; the database is not asked."""
    yield Account(shared()["administrator"]["username"], ((shared()["administrator"]["full_name"], ""),), "")
    for name, kept in DATASETS.items():
        facts = facts_of(kept.folder)
        for one in facts["accounts"]:
            held = tuple((office["title"], office.get("day", facts["day"])) for office in one["offices"])
            yield Account(one["username"], held, name)


def missing() -> list[str]:
    """The plans whose accounts are not in this database: one query."""
    marks = [kept.mark for kept in DATASETS.values()]
    there = set(User.objects.filter(username__in=marks, demonstration=True).values_list("username", flat=True))
    return [name for name, kept in DATASETS.items() if kept.mark not in there]


def load(names: list[str], progress: Callable[[str], None] | None = None) -> None:
    """Nạp các kế hoạch này; one that fails leaves nothing of itself behind."""
    if not Unit.objects.exists():
        raise NotReady("chưa có danh mục đơn vị hành chính: chạy `ntm setup` trước.")
    registry.register_shipped()
    for name in names:
        kept = DATASETS[name]
        if progress:
            progress(name)
        with transaction.atomic():  # the first administrator too
            facts = facts_of(kept.folder)
            scene = Scene(facts, administrator(), day(facts["units_on"]))
            kept.load(scene)
            audit.record(
                actor=scene.admin.stamp(),
                verb="demo.load",
                subject="demonstration",
                unit_id=None,
                on=scene.on,
                detail={"scenario": name},
            )


def administrator() -> Actor:
    """Người quản trị minh hoạ, made when the first plan is loaded. Refused by the services in a database of work."""
    told, start = shared()["administrator"], day(shared()["from"])
    if not User.objects.filter(username=told["username"], demonstration=True).exists():
        people.create_admin(
            username=told["username"],
            full_name=told["full_name"],
            password=shared()["password"],
            on=start,
            demonstration=True,
        )
    held = Holding.objects.select_related("user", "office").get(user__username=told["username"])
    return actor_of(held)
