"""Nhà có ba tầng: the house rules that a machine can see."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
OURS = [path for path in SOURCES if "migrations" not in path.parts]
MOST_LINES = 500
MOST_TEST_LINES = 600
NO_SUBJECT = {"utils", "util", "helpers", "helper", "common", "core", "misc"}
# rooms of the records from the ground up: a relation points to its own room or a lower one
FLOORS = [
    "audit",
    "units",
    "people",
    "archive",
    "standing",
    "planning",
    "registers",
    "funding",
    "recognition",
    "reporting",
]


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


def test_imports_go_one_way_down() -> None:
    command = [str(ROOT / ".venv" / "bin" / "lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]


def test_relations_between_rooms_point_down_and_are_protected() -> None:
    wrong = []
    for model in apps.get_models():
        room = model._meta.app_label
        if room not in FLOORS:
            continue
        for field in model._meta.get_fields():
            target = getattr(getattr(field, "related_model", None), "_meta", None)
            if not field.concrete or not field.is_relation or target is None or target.app_label not in FLOORS:
                continue
            if FLOORS.index(target.app_label) > FLOORS.index(room):
                wrong.append(f"{model._meta.label}.{field.name} points up to {target.label}")
            cascades = getattr(field.remote_field.on_delete, "__name__", "") == "CASCADE"  # None: many to many
            if target.app_label != room and cascades:
                wrong.append(f"{model._meta.label}.{field.name} would be deleted with {target.label}")
    assert not wrong, wrong


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_one_subject(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= MOST_LINES, f"{lines} lines: two subjects; split it"
    assert path.stem not in NO_SUBJECT, "named after nothing: what is it about?"


def test_test_files_stay_readable() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / "tests").rglob("*.py")
        if (lines := path.read_text(encoding="utf-8").count("\n")) > MOST_TEST_LINES
    }
    assert not long, long


def test_every_module_says_what_it_is() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in OURS
        if path.name != "apps.py"
        and path.stat().st_size
        and not path.read_text(encoding="utf-8").lstrip().startswith('"""')
    ]
    assert not silent, silent


def test_no_float_decides_in_the_domain() -> None:
    """Judgements and money are Decimal and int; a float() or a float literal there is a mistake."""
    rooms = ("criteria", "assessment", "targets", "procedure")
    likeness = {"matching.py", "names.py"}  # how alike two wordings are is a guess, and is shown as one
    found = []
    for room in rooms:
        for path in (ROOT / "src/ntm/domain" / room).rglob("*.py"):
            if path.name in likeness:
                continue
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                code = line.split("#")[0]
                if re.search(r"\bfloat\(|(?<![\w.\"'])\d+\.\d+(?![\w.\"'])", code) and '"""' not in code:
                    found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()}")
    assert not found, found


def test_no_signals_and_no_effects_in_save() -> None:
    found = []
    for path in OURS:
        text = path.read_text(encoding="utf-8")
        if re.search(r"\b(post_save|pre_save|m2m_changed|post_delete|pre_delete)\b", text):
            found.append(f"{path.relative_to(ROOT)}: a signal")
    assert not found, found


def test_the_tree_names_no_package_host_no_machine_and_no_secret() -> None:
    hosts = r"py[p]i\.org|python[h]osted|npm[j]s\.(org|com)|deb\.debia[n]"
    places = r"/(work|farm|root)/[A-Za-z.]"
    keys = r"-----BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}"
    found = []
    for path in _tracked():
        if path.suffix in {".woff2", ".gz", ".mo", ".png", ".jpg", ".docx", ".xlsx", ".pdf"} or ".min." in path.name:
            continue
        text = path.read_text(encoding="utf-8", errors="ignore")
        for rule in (hosts, places, keys):
            match = re.search(rule, text)
            if match:
                found.append(f"{path.relative_to(ROOT)}: {match.group(0)}")
    assert not found, found


def test_nothing_is_left_unfinished() -> None:
    words = re.compile(r"#\s*(TODO|FIXME|XXX)\b|raise NotImplementedError")
    found = [str(path.relative_to(ROOT)) for path in OURS if words.search(path.read_text(encoding="utf-8"))]
    assert not found, found


def test_migrations_are_complete(db: None) -> None:
    from django.core.management import call_command

    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_test_files_have_names_of_their_own() -> None:
    """The tree of tests has no packages, so two files of one name would hide each other."""
    names = [path.name for path in (ROOT / "tests").rglob("*.py") if path.name != "conftest.py"]
    twice = sorted({name for name in names if names.count(name) > 1})
    assert not twice, twice
