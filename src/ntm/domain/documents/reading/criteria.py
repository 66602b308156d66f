"""Tiêu chí trong câu: by number ("tiêu chí số 2"), by mark ("TC2") or by name alone, under the set in force."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from ntm.domain.documents.reading.criterion_names import OTHER_NAMES, SHORT_WORDS
from ntm.domain.documents.reading.marks import plain

_TOKEN = re.compile(r"[a-z0-9]+(?:&[a-z0-9]+)*")
_GAP = re.compile(r"\s*(?:[-,&+/]\s*)?$")
_LEAD = re.compile(
    r"(?<![a-z])tieu chi\s(?:xa\s)?(?:nong thon moi|ntm)?(?P<more>\s?nang cao)?"
    r"(?:\s?(?:da|hien|chua|con lai)(?:\s(?:dat|hoan thanh))?)?(?:\s(?:gom|la))?\s?[:(]\s?(?:so\s)?(?=[a-z0-9])"
    r"|(?<![a-z])tieu chi(?:\s?(?:so|sau|ve|la|gom|con lai|chua dat|da dat)\b)*\s?[:(]\s?(?:so\s)?(?=[a-z0-9])"
    r"|(?<![a-z])tieu chi(?: con lai| chua dat| da dat)?,?\s(?:bao gom|gom|do la|cu the|trong do)(?:\sco)?\s?:?\s(?=[a-z0-9])"
    r"|(?<![a-z])(?:tieu chi|tieu chuan|tieu so|tc)(?:\s(?:xa|thon)(?=\sso\b))?(?:\s?(?:so\b|thu(?=\s\d)))?"
    r"\s?[:.]?\s{0,2}(?=[a-z0-9\"])"
)
_NUMBER = re.compile(
    r"0?(\d{1,2})(?:\.\d{1,2}){0,2}(?![\d%/]|[.,]\d{3}|\s?(?:xa(?!\s(?:nong thon moi|ntm|nang cao|kieu mau))"
    r"|thon|huyen|ho(?! ngheo)|%|tieu chi|chi tieu|trieu|ty)\b)"
)
_RANGE = re.compile(r"\s?(?:-|den)\s?0?(\d{1,2})(?![\d.,/%])")
_BETWEEN = re.compile(
    r"\s{0,2}(?:,|;|\+|&|va\b)\s{0,2}(?:va\s)?(?:(?:cac\s|so\s|tieu chi\s|tieu so\s|chi tieu\s|tc\s?)+)?\s?"
)
_STATED = re.compile(r"\s{0,2}\(\s?(?:(?:tc|tieu chi)\s?)?(?:so\s?)?0?(\d{1,2})\s?\)")
_NAMED_ASIDE = re.compile(  # "tiêu chí 2 (Vườn hộ)": a name that the set does not have
    r"\s{0,2}\((?!(?:cac\s)?(?:xa|thon|ban|huyen|gom|trong do)\b)(?P<name>[a-z][^()\d;:]{1,90})\)"
)
_ABOUT = re.compile(r"\s{0,2}(?:(?:ve|-|la)\s{1,2}|:\s{0,2}|\(\s?)?(?:tieu chi\s|linh vuc\s)?")
_OWN_NAME = re.compile(r"\s?(?:[-:]|ve\b|\()\s?[a-z][^\d;]{1,90}$")  # "Tiêu chí 2 - Vườn hộ", of a set not known here
_FILLER = re.compile(r"\s(?:nong thon|o xa|cua xa)(?=\s?(?:[,;.:()]|va\b|$))")
_HEAD_WORDS = re.compile(r"(?:(?:doi voi|ve)\s)?(?:(?:cac\s)?(?:tieu chi|tc)\s?)?(?:(?:so|thu(?=\s\d))\s)?")


@dataclass(frozen=True)
class Ref:
    """Chỗ nêu tiêu chí: `no` is what it means; `stated` the number written, `named` the words of the name written."""

    start: int
    end: int
    no: int | None
    stated: int | None = None
    named: str | None = None
    resolved: int | None = None
    group: int = 0


class CriteriaWords:
    """Bộ tiêu chí khi đọc: numbers and names of one set, and the ways to write them."""

    def __init__(
        self,
        code: str | None,
        names: Mapping[int, str],
        level: str = "xa",
        size: int = 20,
        also: Iterable[tuple[int, str]] = (),
    ) -> None:
        self.code = code
        self.also = tuple(also)  # the nation's names beside a province's own
        self.names = dict(names)
        self.level = level
        self.size = max([*names, 0]) or size
        self.advanced: CriteriaWords | None = (
            None  # "tiêu chí NTM nâng cao (…)" in a plan that goes by the lower title's set
        )
        self.places: dict[str, list[str]] = {}  # first word -> names of units that begin like a criterion

    def among(self, places: Iterable[str]) -> CriteriaWords:
        """The same words in an area whose units bear these names: "Điền Hương" there is a commune, not "Điện"."""
        known = CriteriaWords(self.code, self.names, self.level, self.size, self.also)
        known.advanced = self.advanced
        for place in places:
            flat = plain(place)
            known.places.setdefault(flat.split(" ")[0], []).append(flat)
        return known

    def _is_place(self, flat: str, start: int, end: int) -> bool:
        """Does a unit's name that is longer than the criterion's stand there?"""
        return any(
            len(name) > end - start and re.match(rf"{re.escape(name)}(?![a-z0-9])", flat[start : start + len(name) + 1])
            for name in self.places.get(flat[start:end].split(" ")[0], ())
        )

    def _names_place(self, flat: str, start: int) -> bool:
        """Does a unit's name begin there?"""
        return any(
            flat.startswith(name, start) for name in self.places.get(flat[start:].split(" ", 1)[0].rstrip(",)"), ())
        )

    @cached_property
    def _exact(self) -> dict[str, int]:
        return {_normal(_TOKEN.findall(plain(name))): no for no, name in self.names.items()}

    @cached_property
    def _phrases(self) -> dict[str, int]:
        """Exact names, then the beginnings that are of one criterion only, then other words for them."""
        found = dict(self._exact)
        for no, name in self.also:
            found.setdefault(_normal(_TOKEN.findall(plain(name))), no)
        heads: dict[str, set[int]] = {}
        for name, no in self._exact.items():
            tokens = name.split()
            for size in range(1, len(tokens)):
                if size > 1 or len(tokens[0]) > 5:
                    heads.setdefault(" ".join(tokens[:size]), set()).add(no)
        for head, numbers in heads.items():
            if len(numbers) == 1 and head not in found:
                found[head] = next(iter(numbers))
        for words, name in OTHER_NAMES:
            target = found.get(_normal(name.split()))
            if target is not None:
                found.setdefault(_normal(words.split()), target)
        return found

    @cached_property
    def _longest(self) -> int:
        return max((len(p.split()) for p in self._phrases), default=0) + 3

    def resolve(self, words: str) -> int | None:
        """The number of the criterion of that name; None when it is not one of this set."""
        match = self.name_at(plain(words).strip(), 0)
        return match[0] if match and not plain(words)[match[1] :].strip(" .:;") else None

    def name_at(self, flat: str, start: int) -> tuple[int, int] | None:
        """The longest name that begins there: (number, end)."""
        tokens: list[str] = []
        ends: list[int] = []
        at = start
        while len(tokens) < self._longest:
            token = _TOKEN.match(flat, at)
            if token is None:
                break
            tokens.append(token[0])
            ends.append(token.end())
            following = _TOKEN.search(flat, token.end(), token.end() + 12)
            if following is None or not _GAP.match(flat[token.end() : following.start()]):
                break
            at = following.start()
        for size in range(len(tokens), 0, -1):
            if tokens[size - 1] == "va":
                continue
            no = self._phrases.get(_normal(tokens[:size]))
            if no is not None:
                filler = _FILLER.match(flat, ends[size - 1])
                return no, filler.end() if filler else ends[size - 1]
        return None

    def label(self, flat: str) -> tuple[Ref, ...]:
        """The criteria that a heading or the words before a colon name, when they name nothing else."""
        head = flat.strip(' .:-"')
        if not head or len(head) > 160:
            return ()
        shift = flat.find(head)
        lead = _HEAD_WORDS.match(head)
        refs: list[Ref] = []
        at = lead.end() if lead else 0
        while at <= len(head):
            ref = self._item(head, at)
            if ref is None:
                return ()
            refs.append(replace(ref, start=ref.start + shift, end=ref.end + shift))
            rest = head[ref.end :].strip(" .:;)")
            if not rest or rest in ("nong thon", "xa", "nong thon moi"):
                return tuple(refs)
            if len(refs) == 1 and ref.stated and ref.named is None and lead and _OWN_NAME.match(head, ref.end):
                return tuple(refs)
            between = _BETWEEN.match(head, ref.end)
            if between is None:
                return ()
            at = between.end()
        return ()

    def _item(self, flat: str, at: int) -> Ref | None:
        """One criterion at that place: a number with or without its name, or a name with or without its mark."""
        number = _NUMBER.match(flat, at)
        if number is not None:
            no = int(number[1])
            if not 0 < no <= self.size:
                return None
            about = _ABOUT.match(flat, number.end())
            begin = about.end() if about else number.end()
            named = self.name_at(flat, begin) if self.names else None
            if named is None:
                aside = _NAMED_ASIDE.match(flat, number.end())
                if aside is not None and not self._names_place(flat, aside.start("name")):
                    return Ref(at, aside.end(), no, no)
                return Ref(at, number.end(), no, no)
            opened = "(" in flat[number.end() : begin] and flat[named[1] : named[1] + 1] == ")"
            return Ref(at, named[1] + opened, no, no, flat[begin : named[1]], named[0])
        named = self.name_at(flat, at)
        if named is None or self._is_place(flat, at, named[1]):
            return None
        mark = _STATED.match(flat, named[1])
        stated = int(mark[1]) if mark else None
        return Ref(at, mark.end() if mark else named[1], stated or named[0], stated, flat[at : named[1]], named[0])

    def mentions(self, flat: str, start: int = 0, end: int | None = None) -> tuple[Ref, ...]:
        """All criteria that the text names after "tiêu chí", "TC"; lists are followed to their end."""
        end = len(flat) if end is None else end
        found: list[Ref] = []
        group, done = 0, start
        for lead in _LEAD.finditer(flat, start, end):
            if lead.start() < done:
                continue
            words = self.advanced if lead["more"] and self.advanced is not None else self
            refs = words.listed(flat, lead.end(), end)
            if refs:
                group += 1
                found += [replace(ref, group=group) for ref in refs]
                done = refs[-1].end
        return tuple(found)

    def listed(self, flat: str, at: int, end: int) -> list[Ref]:
        """The list of criteria that begins there: "2,3,5 và 6", "Thu nhập, Nghèo đa chiều, Lao động"."""
        refs: list[Ref] = []
        while at < end:
            ref = self._item(flat[:end], at)
            if ref is None:
                break
            refs.append(ref)
            span = _RANGE.match(flat, ref.end)
            if span and ref.stated and ref.named is None and ref.stated < int(span[1]) <= self.size:
                refs += [Ref(span.start(), span.end(), n, n) for n in range(ref.stated + 1, int(span[1]) + 1)]
            following = _BETWEEN.match(flat, refs[-1].end)
            if following is None or following.end() >= end:
                break
            at = following.end()
        return refs


def _normal(tokens: Iterable[str]) -> str:
    """One form of the words of a name: no "và", short words in full."""
    return " ".join(SHORT_WORDS.get(t, t) for t in tokens if t not in ("va", "&"))
