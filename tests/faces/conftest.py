"""Trình duyệt cho kiểm thử: Debian's chromium on a live server, people to sign in, and axe."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.servers.basehttp import ThreadedWSGIServer
from django.test import Client
from django.test.testcases import LiveServerThread
from django.utils import translation
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

# Playwright keeps a loop in this thread; the tests' own queries are synchronous and alone.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

LAPTOP = {"width": 1366, "height": 768}
PHONE = {"width": 360, "height": 740}
CHROMIUM = os.environ.get("NTM_CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PASSWORD = "mat-khau-thu-2026"
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def _vietnamese_again() -> Iterator[None]:
    """A request leaves its language behind in the thread; the next test begins in Vietnamese."""
    yield
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Desk:
    """Bàn làm việc trong trình duyệt: pages on the live server, as a visitor or as a person."""

    url: str
    browser: Browser
    contexts: list[BrowserContext] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)  # what the browser's console held against the pages

    def visit(self, *, size: dict[str, int] = LAPTOP, script: bool = True) -> Page:
        """A page of nobody."""
        context = self.browser.new_context(
            viewport=size, base_url=self.url, locale="vi-VN", java_script_enabled=script, has_touch=size is PHONE
        )
        context.set_default_timeout(30_000)  # a busy machine is slow, not wrong
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        return page

    def sign_in(self, user: Any, *, size: dict[str, int] = LAPTOP, script: bool = True) -> Page:
        """A page of this person."""
        client = Client()
        client.force_login(user, backend=BACKEND)
        page = self.visit(size=size, script=script)
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.session.session_key, "url": self.url}
        page.context.add_cookies([cookie])
        return page

    def picture(self, page: Page, name: str, *, whole: bool = False) -> None:
        """Ảnh màn hình, kept only where NTM_PICTURES names a folder."""
        folder = os.environ.get("NTM_PICTURES")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.evaluate("document.fonts.ready")
            page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=whole)


class WatchedServer(ThreadedWSGIServer):
    """A live server that can say when it has answered everything."""

    daemon_threads = False  # those are the threads that are kept in a list

    def quiet(self) -> None:
        """Wait for every answer begun: a test database must not be emptied under a request."""
        with socket.create_connection(self.server_address[:2]) as last:  # what came before it has been taken up
            last.shutdown(socket.SHUT_WR)
            last.recv(1)
        for answering in list(self._threads):
            answering.join(timeout=30)


LiveServerThread.server_class = WatchedServer


@pytest.fixture
def desk(live_server: Any, chromium: Browser) -> Iterator[Desk]:
    """The desk in a browser; every page must load without a complaint of the console."""
    opened = Desk(live_server.url, chromium)
    yield opened
    for context in opened.contexts:
        context.close()
    live_server.thread.httpd.quiet()
    assert opened.complaints == []


@pytest.fixture
def officer(db: Any) -> Callable[..., Any]:
    """Người giữ chức danh: makes an account that holds an office since 2015; without a unit the office is central."""
    from ntm.records.people.models import Holding, Office, User

    def make(
        username: str = "quan.tri",
        role: str = "administrator",
        *,
        unit: Any = None,
        title: str = "Quản trị hệ thống",
        criteria: tuple[str, ...] = (),
    ) -> Any:
        user, made = User.objects.get_or_create(username=username, defaults={"full_name": f"Người thử {username}"})
        if made:
            user.set_password(PASSWORD)
            user.save()
        held = Office.objects.create(role=role, title=title, unit=unit, criteria=list(criteria))
        Holding.objects.create(user=user, office=held, start=date(2015, 1, 1))
        return user

    return make


def axe_findings(page: Page) -> list[str]:
    """Lỗi tiếp cận: what axe finds on the page, one line each."""
    results = Axe().run(page)
    return [
        f"{found['id']}: {found['help']} — {node['html'][:200]}"
        for found in results.response["violations"]
        for node in found["nodes"]
    ]


@pytest.fixture
def assert_accessible() -> Callable[[Page], None]:
    """axe: 0, on the page as it stands."""

    def check(page: Page) -> None:
        assert axe_findings(page) == []

    return check
