"""Sách hướng dẫn: links and pictures lead somewhere, commands exist, every page can be reached from an index."""

from __future__ import annotations

import argparse
import re
import unicodedata
from pathlib import Path
from urllib.parse import unquote

import pytest
from PIL import Image

from ntm.faces.cli import main as cli

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md")] + sorted((ROOT / "docs").rglob("*.md"))
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
COMMAND = re.compile(r"(?<![\w/])(?:\.venv/bin/)?ntm((?: [a-z][a-z-]+)+)")
TARGET = re.compile(r"(?<!\w)make ([a-z][a-z-]*)")
MOST_BYTES = 150_000


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def links(page: Path) -> list[str]:
    """The addresses of a page that stay inside the project."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return [link for link in LINK.findall(text) if not re.match(r"[a-z]+:", link)]


def anchors(page: Path) -> set[str]:
    """The places in a page to which a link may lead: its headings, as GitHub writes them."""
    found = set()
    for line in page.read_text(encoding="utf-8").splitlines():
        if heading := re.match(r"#+ (.+)", line):
            words = unicodedata.normalize("NFC", re.sub(r"[`*]", "", heading[1])).lower()
            found.add(re.sub(r"[^\w\- ]", "", words).strip().replace(" ", "-"))
    return found


def code(page: Path) -> str:
    return "\n".join(CODE.findall(page.read_text(encoding="utf-8")))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_and_pictures_lead_somewhere(page: Path) -> None:
    broken = []
    for link in links(page):
        address, _, place = unquote(link).partition("#")
        target = (page.parent / address).resolve() if address else page
        if not target.exists():
            broken.append(link)
        elif place and target.suffix == ".md" and place not in anchors(target):
            broken.append(f"{link}: no such heading")
    assert not broken, broken


def commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The next words that a parser knows."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def unknown_word(words: list[str], parser: argparse.ArgumentParser) -> str | None:
    """The first word that is no command, where a command is expected."""
    known = commands(parser)
    if not words or not known:
        return None
    return unknown_word(words[1:], known[words[0]]) if words[0] in known else words[0]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_commands_and_make_targets_exist(page: Path) -> None:
    told = code(page)
    parser = cli._parser(list(cli.GROUPS))
    wrong = [
        f"ntm{words}: {word}"
        for words in COMMAND.findall(told)
        if (word := unknown_word(words.split(), parser)) is not None
    ]
    targets = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    wrong += [f"make {target}" for target in TARGET.findall(told) if target not in targets]
    assert not wrong, wrong


def test_the_test_of_commands_knows_a_wrong_one() -> None:
    parser = cli._parser(list(cli.GROUPS))
    assert unknown_word(["units", "find"], parser) is None
    assert unknown_word(["units", "fnd"], parser) == "fnd"
    assert unknown_word(["run"], parser) == "run"


@pytest.mark.parametrize("index", ["docs/method/README.md", "docs/method/checks/README.md", "docs/vi/README.md"])
def test_every_page_is_linked_from_its_index(index: str) -> None:
    page = ROOT / index
    linked = {(page.parent / unquote(link).partition("#")[0]).resolve() for link in links(page)}
    beside = {other.resolve() for other in page.parent.glob("*.md")} - {page.resolve()}
    rooms = {below.resolve() for below in page.parent.glob("*/README.md")}
    lost = sorted(name_of(other) for other in (beside | rooms) - linked)
    assert not lost, lost


def test_pictures_are_used_and_light() -> None:
    used = {
        (page.parent / unquote(link)).resolve() for page in PAGES for link in links(page) if "/pictures/" in f"/{link}"
    }
    pictures = sorted((ROOT / "docs/pictures").glob("*.*"))
    unused = [name_of(picture) for picture in pictures if picture.resolve() not in used]
    heavy = [name_of(picture) for picture in pictures if picture.stat().st_size > MOST_BYTES]
    assert not unused and not heavy, (unused, heavy)


def test_pictures_show_a_laptop_or_a_phone() -> None:
    """1366 x 768, or a telephone of 360 points at twice the fineness."""
    sizes = {Image.open(picture).size for picture in (ROOT / "docs/pictures").glob("*.png")}
    assert sizes <= {(1366, 768), (720, 1480)}, sizes


def test_guides_are_in_the_officers_language() -> None:
    """NFC, and the words that the programme does not use stay out."""
    strange = re.compile(r"\b(upload|download|click|submit|user|admin panel|dashboard|deadline)\b", re.IGNORECASE)
    for page in (ROOT / "docs/vi").glob("*.md"):
        text = page.read_text(encoding="utf-8")
        assert text == unicodedata.normalize("NFC", text), page
        plain = CODE.sub("", text)
        assert not strange.search(plain), (page.name, strange.search(plain))
