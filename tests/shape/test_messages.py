"""Lời trên màn hình: every marked string has its English, none of it guessed; the compiled catalogue is of these words."""

from __future__ import annotations

import ast
import gettext
import re
from pathlib import Path

from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "ntm"
ENGLISH = PACKAGE / "site" / "locale" / "en" / "LC_MESSAGES"
AGAIN = "run `make messages`, write the English into django.po, run it again"
_FUNCTIONS = {"gettext", "gettext_lazy", "_", "ngettext", "ngettext_lazy"}
_LITERAL = r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_IN_TEMPLATE = re.compile(rf"(?:\bn?gettext|(?<![\w])_)\(\s?u?({_LITERAL})")
_ENTRY = re.compile(r'^(msgid|msgid_plural|msgstr(?:\[\d\])?) "(.*)"$|^"(.*)"$')


def _entries() -> list[dict[str, str]]:
    """The entries of the .po as their fields; one dict each."""
    found = []
    for block in (ENGLISH / "django.po").read_text(encoding="utf-8").split("\n\n"):
        entry: dict[str, str] = {"flags": " ".join(re.findall(r"^#, (.*)$", block, re.MULTILINE))}
        name = ""
        for line in block.splitlines():
            match = _ENTRY.match(line)
            if match and match[1]:
                name, entry[match[1]] = match[1], match[2]
            elif match and name:
                entry[name] += match[3]
        if entry.get("msgid"):
            found.append(entry)
    return found


def _said(literal: str) -> str:
    return str(ast.literal_eval(literal))


def _in_python(path: Path) -> set[str]:
    calls = (one for one in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(one, ast.Call))
    return {
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id in _FUNCTIONS and call.args
        if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    }


def _in_template(path: Path) -> set[str]:
    return {_said(found) for found in _IN_TEMPLATE.findall(templatize(path.read_text(encoding="utf-8")))}


def _marked() -> dict[str, Path]:
    """Every marked string, and one place where it is."""
    found: dict[str, Path] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        if "gettext" in path.read_text(encoding="utf-8"):
            found |= dict.fromkeys(_in_python(path), path)
    for path in sorted(PACKAGE.rglob("templates/**/*.html")):
        found |= dict.fromkeys(_in_template(path), path)
    return found


def test_nothing_is_untranslated_or_guessed() -> None:
    entries = _entries()
    assert len(entries) > 1000
    guessed = [one["msgid"] for one in entries if "fuzzy" in one["flags"]]
    empty = [one["msgid"] for one in entries if not all(text for key, text in one.items() if key.startswith("msgstr"))]
    assert not guessed and not empty, (AGAIN, guessed, empty)


def test_every_marked_string_is_in_the_catalogue() -> None:
    known = {ast.literal_eval(f'"{one["msgid"]}"') for one in _entries()}
    missing = {text: str(path.relative_to(PACKAGE)) for text, path in _marked().items() if text not in known}
    assert not missing, (AGAIN, missing)


def test_the_compiled_catalogue_is_of_the_words() -> None:
    with (ENGLISH / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for entry in _entries():
        source = _said(f'"{entry["msgid"]}"')
        words = _said(f'"{entry.get("msgstr", entry.get("msgstr[0]", ""))}"')
        said = compiled.ngettext(source, source, 1) if "msgid_plural" in entry else compiled.gettext(source)
        assert said == (words or source), AGAIN


def test_words_keep_what_is_filled_in() -> None:
    """The same names in both languages."""
    names = re.compile(r"%\(\w+\)[sd]")
    wrong = {
        one["msgid"]: words
        for one in _entries()
        for key, words in one.items()
        if key.startswith("msgstr") and words and sorted(names.findall(words)) != sorted(names.findall(one["msgid"]))
    }
    assert not wrong, wrong
