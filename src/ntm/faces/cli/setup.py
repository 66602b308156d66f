"""Chuẩn bị: database, unit lists, law and static files; with --demo the demonstration. What is done is not done again."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from ntm.faces.cli import main as cli


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("setup", help="chuẩn bị cơ sở dữ liệu, nạp danh mục, bộ tiêu chí, tệp tĩnh")
    parser.add_argument("--demo", action="store_true", help="nạp thêm dữ liệu minh hoạ và tài khoản minh hoạ")
    parser.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    cli.django()
    from django.conf import settings

    Path(settings.DATA).mkdir(parents=True, exist_ok=True)
    _step("cơ sở dữ liệu", _migrate)
    _step("danh mục đơn vị hành chính", _units)
    _step("bộ tiêu chí", _criteria)
    if arguments.demo:
        from ntm.faces.cli import demo

        _step("dữ liệu minh hoạ", demo.load_once)
    _step("nhắc việc mỗi sáng", _reminders)
    _step("tệp tĩnh", _static)
    if arguments.demo:
        from ntm.faces.cli import demo

        demo.print_accounts()
    return 0


def _step(name: str, work: Callable[[], str | None]) -> None:
    began = time.monotonic()
    print(f"== {name} ", end="", flush=True)
    said = work()
    print(f"{said or 'xong'} ({time.monotonic() - began:.1f} s)", flush=True)


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def _units() -> str | None:
    from django.utils import timezone

    from ntm.records.units import services
    from ntm.records.units.models import Unit
    from ntm.records.units.services.acting import SystemActor

    if Unit.objects.exists():
        return "đã có"
    loaded = services.load_gazetteer(SystemActor("chuẩn bị hệ thống"), on=timezone.localdate(), progress=_dots)
    return f" {loaded.units} đơn vị"


def _dots(*_: object) -> None:
    sys.stdout.write(".")
    sys.stdout.flush()


def _criteria() -> str:
    from ntm.records.standing import registry

    return f"{len(registry.register_shipped())} bộ"


def _reminders() -> str:
    """The background worker then reminds by itself: what waits in the queue is kept in the database."""
    from django.utils import timezone

    from ntm.records.planning import daily

    at = daily.schedule(timezone.now())
    return f"lần tới {timezone.localtime(at):%H:%M %d/%m/%Y}" if at else "không có hàng đợi"


def _static() -> str | None:
    """Collected again only when the program's own files are newer than the last collection."""
    from django.conf import settings
    from django.core.management import call_command

    stamp = Path(settings.STATIC_ROOT) / ".collected"
    sources = Path(settings.PACKAGE) / "faces"
    newest = max((file.stat().st_mtime for file in sources.rglob("static/**/*") if file.is_file()), default=0.0)
    if stamp.exists() and stamp.stat().st_mtime >= newest:
        return "đã có"
    settings.STORAGES["staticfiles"]["BACKEND"] = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.touch()
    return None
