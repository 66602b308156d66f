"""Đi khắp nhà: from given addresses along the links of the pages, an address of each page; then a browser looks at it."""

from __future__ import annotations

import html
import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from faces.conftest import LAPTOP, PHONE, axe_findings

MOST_TRIED = 4  # addresses of one name that are opened in search of a page
LEADS_OUT = {"account_logout", "desk:language"}
_LINK = re.compile(r"""<a\s[^>]*?href="([^"]+)\"""")
_OVERHANG = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def names(below: Any = None, spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Every named address of the site with its view; the REST interface is no page."""
    for one in (below or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from names(one, (*spaces, one.namespace) if one.namespace else spaces)
        elif isinstance(one, URLPattern) and one.name and spaces[:1] != ("api",):
            yield ":".join((*spaces, one.name)), one.callback


def name_of(address: str) -> str | None:
    """The name of an address of this site; None for another's."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return None


def pages(client: Client, addresses: Iterable[str], wanted: Iterable[str]) -> dict[str, str]:
    """An address of each wanted page: the given addresses first, then what they link to, until all are found."""
    waiting = deque((address, True) for address in addresses)
    left, found, tried = set(wanted), dict[str, str](), dict[str, int]()
    while waiting and (left or waiting[0][1]):
        address, given = waiting.popleft()
        name = name_of(address)
        if name is None or name in LEADS_OUT or (not given and tried.get(name, 0) >= MOST_TRIED):
            continue
        tried[name] = tried.get(name, 0) + (MOST_TRIED if name in found else 1)
        answer = client.get(address)
        assert answer.status_code == 200 or not given, (address, answer.status_code, answer.get("Location"))
        if answer.status_code != 200 or not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        text = answer.content.decode()
        if "<html" not in text:
            continue
        if name in left:
            left.discard(name)
            found[name] = address
            tried[name] = MOST_TRIED
        links = (urljoin(address, html.unescape(link)) for link in _LINK.findall(text))
        waiting.extend((link, False) for link in links if not urlsplit(link).netloc)
    assert not left, f"nothing leads there any more, or the fixture lacks what the page shows: {sorted(left)}"
    return found


def wrong_on(page: Any, addresses: Iterable[str]) -> list[str]:
    """What is wrong with these pages: what axe finds, and what hangs out of a laptop's window or a phone's."""
    wrong = []
    for address in addresses:
        page.set_viewport_size(LAPTOP)
        page.goto(address)
        wrong.extend(f"{address}: {found}" for found in axe_findings(page))
        for size in (LAPTOP, PHONE):
            page.set_viewport_size(size)
            if (wide := page.evaluate(_OVERHANG)) > 0:
                wrong.append(f"{address}: {wide} px wider than {size['width']}")
    return wrong
