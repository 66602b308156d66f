"""Nạp dữ liệu minh hoạ: each plan in a transaction of its own, by its own loader."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from ntm.faces.cli.demonstration import bac_giang, luong_phong, money, planned, si_ma_cai, thach_loi, van_quan
from ntm.faces.cli.demonstration.facts import day, facts_of, shared
from ntm.faces.cli.demonstration.plans import PLANS, missing, unposted, unwritten
from ntm.faces.cli.demonstration.scene import NotReady, Scene
from ntm.records.audit import services as audit
from ntm.records.people import services as people
from ntm.records.people.authority import Actor, actor_of
from ntm.records.people.models import Holding, User
from ntm.records.standing import registry
from ntm.records.units import statistics
from ntm.records.units.models import Unit

__all__ = ["LOADERS", "NotReady", "load"]


LOADERS: dict[str, Callable[[Scene], None]] = {
    "thach-loi": thach_loi.load,
    "van-quan": van_quan.load,
    "si-ma-cai": si_ma_cai.load,
    "bac-giang": bac_giang.load,
    "luong-phong": luong_phong.load,
}


def load(names: list[str], progress: Callable[[str], None] | None = None) -> None:
    """Nạp các kế hoạch này; one that fails leaves nothing of itself behind; one whose offices are there gets what it lacks."""
    if not Unit.objects.exists():
        raise NotReady("chưa có danh mục đơn vị hành chính: chạy `ntm setup` trước.")
    registry.register_shipped()
    gone, no_plan, no_money = set(missing()), set(unwritten()), set(unposted())
    for name in names:
        if progress:
            progress(name)
        with transaction.atomic():  # the first administrator too
            folder, new = PLANS[name].folder, name in gone
            facts = facts_of(folder)
            scene = Scene(facts, administrator(), day(facts["units_on"]))
            if new:
                LOADERS[name](scene)
            if new or name in no_plan:
                planned.write(scene, folder)
            if name in no_money or (new and PLANS[name].money):
                money.post(scene, folder)
            audit.record(
                actor=scene.admin.stamp(),
                verb="demo.load",
                subject="demonstration",
                unit_id=None,
                on=scene.on,
                detail={"scenario": name},
            )
    statistics.count_again()


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
