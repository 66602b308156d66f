"""Tìm đúng chỗ trong luật: a set by its code, an indicator by its code, an instrument's page by its number."""

from __future__ import annotations

from datetime import date

from django.http import Http404
from django.urls import reverse

from ntm.domain.criteria.model import Criterion, Indicator
from ntm.records.archive.instruments import identity, listing
from ntm.records.standing.queries.checks import Path, leaves
from ntm.records.standing.queries.listed_sets import OpenedSet, opened
from ntm.records.standing.refusals import Refused

__all__ = ["criterion_or_404", "found_or_404", "indicator_or_404", "instrument_url"]


def found_or_404(code: str, on: date) -> OpenedSet:
    """A set; an unknown code is a page that is not there."""
    try:
        return opened(code, on)
    except Refused as refusal:
        raise Http404(str(refusal)) from refusal


def criterion_or_404(one: OpenedSet, no: int) -> Criterion:
    try:
        return one.content.criterion(no)
    except KeyError:
        raise Http404 from None


def indicator_or_404(one: OpenedSet, code: str) -> tuple[Criterion, Path, Indicator]:
    """An indicator or a part of one, with the codes that lead to it."""
    for criterion in one.content.criteria:
        for path, indicator in leaves(criterion.indicators):
            if indicator.code == code:
                return criterion, path, indicator
    raise Http404


def instrument_url(number: str, query: str = "") -> str | None:
    """The page of an instrument, where the list has exactly one of that number."""
    found = listing().instruments.find(number)
    return reverse("desk:instrument", args=[identity(found[0])]) + query if len(found) == 1 else None
