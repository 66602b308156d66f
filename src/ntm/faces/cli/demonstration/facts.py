"""Dữ kiện của các kế hoạch: the YAML files, read once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

import yaml

__all__ = ["day", "facts_of", "money_of", "note_of", "read", "shared"]


def day(text: str) -> date:
    """2020-02-17, as the facts write days."""
    return date.fromisoformat(text)


@cache
def shared() -> Mapping[str, Any]:
    """What all plans share: password, administrator, since when offices are held."""
    return read("accounts.yaml")


@cache
def facts_of(folder: str) -> Mapping[str, Any]:
    """The facts of one plan."""
    return read(folder, "facts.yaml")


@cache
def money_of(folder: str) -> Mapping[str, Any]:
    """The money of one plan, as its `money.yaml` lists it."""
    return read(folder, "money.yaml")


def note_of(source: str, row: Mapping[str, Any]) -> str:
    """Where the paper says this row: the note that its entry carries."""
    return f"Theo {source}, {row['place']}"


def read(*place: str) -> Mapping[str, Any]:
    """One YAML file below this folder."""
    text = resources.files("ntm.faces.cli.demonstration").joinpath(*place).read_text(encoding="utf-8")
    return yaml.safe_load(text)  # type: ignore[no-any-return]
