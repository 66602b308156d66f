"""Đọc thời hạn từng chữ: the tokens of a deadline and the reader that puts them together."""

import re
from dataclasses import replace

from ntm.domain.official.dates import DateError, parse_date
from ntm.domain.official.deadline_model import Bound, Moment, Part, Repeat, Stretch, TimeUnit
from ntm.domain.official.numbers import parse_roman

__all__ = ["DeadlineError", "TokenReader", "read_tokens"]

_TOKEN = re.compile(
    r"(?P<dmy>\b[0-9]{1,2}\s?(?P<sign>[/.-])\s?[0-9]{1,2}\s?(?P=sign)\s?[0-9]{4}\b)"
    r"|(?P<my>\b[0-9]{1,2}\s?/\s?[0-9]{4}\b)"
    r"|(?P<dm>\b[0-9]{1,2}\s?/\s?[0-9]{1,2}\b(?!\s?/))"
    r"|(?P<half>(?<!ngay )\b(?:0?[69]|sau|chin) thang (?:dau|cuoi)(?: nam)?\b)"
    r"|(?P<times>\b[0-9]{1,2} lan\s?/\s?nam\b|\b(?:moi )?nam [0-9]{1,2} lan\b)"
    r"|(?P<each>\b[0-9]{1,2} thang(?:\s?/\s?lan| mot lan| 1 lan| 01 lan| lan)\b)"
    r"|(?P<every>\b(?:h[ao]ng|moi) (?:thang|quy|nam|tuan|ngay)\b(?: (?:1|01|mot) lan\b)?)"
    r"|(?P<days>\b[0-9]{1,3} ngay(?: lam viec)?\b)"
    r"|(?P<months>(?<!ngay )\b[0-9]{1,2} thang\b(?! [0-9]))"
    r"|(?P<endmonth>\bthang (?:(?:dau|cuoi)(?: tien| cung)?|bao cao|sau|ke tiep|tiep theo|lien ke)(?: cua)?(?: moi)?"
    r"(?: quy| ky)?(?: sau| ke tiep| tiep theo| bao cao)?\b)"
    r"|(?P<next>\bnam (?:sau|ke tiep|tiep theo|lien ke)\b)"
    r"|(?P<phase>\b(?:19|20)[0-9]{2}\s?-\s?(?:19|20)[0-9]{2}\b)"
    r"|(?P<slash>/\s?(?:19|20)[0-9]{2}\b)|(?P<year>\b(?:nam )?(?:19|20)[0-9]{2}\b)"
    r"|(?P<before>\btruoc\b)|(?P<by>\b(?:cham nhat|muon nhat|khong muon hon|khong qua|den het|het|han chot|den)\b)"
    r"|(?P<within>\b(?:trong|vao)\b)|(?P<after>\b(?:tu|sau)\b)|(?P<part>\b(?:dau|giua|cuoi)\b)"
    r"|(?P<unit>\b(?:thang|quy|qui|nam|ngay)\b)|(?P<num>\b[0-9]{1,2}\b)|(?P<roman>\b(?:iv|i{1,3})\b)"
    r"|(?P<dash>-)|(?P<sep>[,;+&]|\bva\b|\bhoac\b)|(?P<weekday>\b(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)\b)"
    r"|(?P<word>[a-z]{1,30})|(?P<other>\S)"
)
_FILLER_WORDS = (
    "hoan thanh xong thuc hien du kien bao cao gui nop dinh ky cua cho ngay thoi gian han tai khoang nhiem vu va la phai "
    "thuong xuyen lien tuc quanh suot ca nam giai doan tien do quy lan ve theo"
)
_FILLER = frozenset(re.findall("[a-z]+", _FILLER_WORDS))
_UNITS: dict[str, TimeUnit] = {"thang": "month", "quy": "quarter", "qui": "quarter", "nam": "year", "ngay": "day"}
_PARTS: dict[str, Part] = {"dau": "đầu", "giua": "giữa", "cuoi": "cuối"}
_MONTHS_OF = {"thang": 1, "quy": 3, "nam": 12, "tuan": 0, "ngay": -1}
_WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5, "2": 0, "3": 1, "4": 2, "5": 3, "6": 4, "7": 5}


class DeadlineError(ValueError):
    """Thời hạn không dùng được: says what is wrong (an impossible day, an endless text)."""


class TokenReader:
    """Reads the tokens of one deadline, left to right."""

    def __init__(self, periodic: bool) -> None:
        self.periodic = periodic
        self.moments: list[tuple[Moment, Bound, bool]] = []  # the moment, its bound, joined to the one before
        self.repeats: list[Repeat] = []
        self.unread: list[str] = []
        self.unit: TimeUnit | None = None
        self.part: Part = ""
        self.bound: Bound = "in"
        self.joined = False
        self.days: list[int] = []
        self.duration = False
        self.weekday: int | None = None

    def add(self, moment: Moment) -> None:
        if moment.unit == "month" and self.days:
            for day in self.days:
                self._append(replace(moment, unit="day", month=moment.number, number=day, part=""))
            self.days = []
        else:
            self._append(moment)
        self.part = ""

    def _append(self, moment: Moment) -> None:
        self.moments.append((moment, self.bound, self.joined and bool(self.moments)))
        self.joined = False

    def state_year(self, year: int, later: int = 0) -> None:
        """A year that follows its moment; alone it is a moment itself."""
        if self.moments and self.moments[-1][0].year is None and not self.part:
            moment, bound, joined = self.moments[-1]
            if later:
                self.moments[-1] = (replace(moment, later=later), bound, joined)
            else:
                self.moments[-1] = (replace(moment, year=year), bound, joined)
        elif not later:
            self.add(Moment("year", 1, 0, year, 0, self.part))

    def settle_days(self, repeat: Repeat) -> None:
        if not self.days:
            self.repeats.append(repeat)
        for day in self.days:
            self.repeats.append(replace(repeat, day=day, before=self.bound == "before"))
        self.days = []

    # one method a kind of token
    def token(self, kind: str, words: str) -> None:
        handler = getattr(self, f"on_{kind}", None)
        if handler is not None:
            handler(words)

    def on_dmy(self, words: str) -> None:
        day, month, year = (int(n) for n in re.findall(r"[0-9]+", words))
        _check(day, month, year, words)
        self.add(Moment("day", day, month, year))

    def on_my(self, words: str) -> None:
        number, year = (int(n) for n in re.findall(r"[0-9]+", words))
        unit: TimeUnit = "quarter" if self.unit == "quarter" else "month"
        _number_in(unit, number, words)
        self.add(Moment(unit, number, 0, year, 0, self.part))

    def on_dm(self, words: str) -> None:
        day, month = (int(n) for n in re.findall(r"[0-9]+", words))
        _check(day, month, 2000, words)
        self.add(Moment("day", day, month))

    def on_half(self, words: str) -> None:
        if words.startswith(("0", "6", "sau")) and not words.startswith("09"):
            self.add(Moment("half", 1 if "dau" in words else 2))
        else:
            self.add(Moment("nine_months"))
        self.unit = None

    def on_times(self, words: str) -> None:
        times = int(re.findall(r"[0-9]+", words)[0])
        if times and 12 % times == 0:
            self.settle_days(Repeat(12 // times))

    def on_each(self, words: str) -> None:
        months = int(re.findall(r"[0-9]+", words)[0])
        if months in (1, 2, 3, 4, 6, 12):
            self.settle_days(Repeat(months))

    def on_every(self, words: str) -> None:
        self.settle_days(Repeat(_MONTHS_OF[words.split()[1]]))
        self.unit = None

    def on_days(self, words: str) -> None:
        self.duration = True

    def on_months(self, words: str) -> None:
        months = int(words.split()[0])
        if self.periodic and months in (1, 2, 3, 4, 6, 12):
            self.repeats.append(Repeat(months))
        else:
            self.duration = True

    def on_endmonth(self, words: str) -> None:
        quarterly = "quy" in words
        following = words.endswith(("sau", "tiep", "ke", "tiep theo"))
        if quarterly or self.days:
            first = words.startswith("thang dau")
            self.settle_days(Repeat(3 if quarterly else 1, last_month=not first, following=following))
        else:
            self.unread.append(words)

    def on_next(self, words: str) -> None:
        self.state_year(0, later=1)

    def on_phase(self, words: str) -> None:
        first, last = (int(n) for n in re.findall(r"[0-9]+", words))
        if last < first:
            raise DeadlineError(f"“{words}”: năm sau nhỏ hơn năm trước; hãy kiểm tra lại giai đoạn.")
        self.add(Moment("year", year=first))
        self.joined = True
        self.add(Moment("year", year=last))

    def on_slash(self, words: str) -> None:
        self.state_year(int(words[-4:]))

    def on_year(self, words: str) -> None:
        self.state_year(int(words[-4:]))
        self.unit = None

    def on_before(self, words: str) -> None:
        self.bound = "before"

    def on_by(self, words: str) -> None:
        if words == "den" and self.moments and self.bound in ("in", "from"):
            moment, _, joined = self.moments[-1]
            self.moments[-1] = (moment, "in", joined)
            self.joined, self.bound = True, "in"
        else:
            self.bound = "by"

    def on_within(self, words: str) -> None:
        self.bound = "in"

    def on_after(self, words: str) -> None:
        self.bound = "from" if words == "tu" else "after"

    def on_part(self, words: str) -> None:
        self.part = _PARTS[words]

    def on_unit(self, words: str) -> None:
        self.unit = _UNITS[words]
        if self.unit == "year" and self.part:
            self.add(Moment("year", part=self.part))
        elif self.unit == "year" and self.periodic and self.repeats:
            self.settle_days(Repeat(12))
        elif self.unit == "year" and self.bound in ("in", "by") and not self.moments:
            self.add(Moment("year"))
        elif self.unit == "quarter" and self.periodic and self.repeats:
            self.settle_days(Repeat(3))

    def on_num(self, words: str) -> None:
        number = int(words)
        if self.unit == "day":
            self.days.append(_number_in("day", number, words))
        elif self.unit in ("month", "quarter"):
            self.add(Moment(self.unit, _number_in(self.unit, number, words), part=self.part))
        else:
            self.unread.append(words)

    def on_roman(self, words: str) -> None:
        if self.unit == "quarter":
            if self.periodic and self.repeats and self.repeats[-1] == Repeat(3):
                self.repeats.pop()
            self.add(Moment("quarter", parse_roman(words), part=self.part))
        else:
            self.unread.append(words)

    def on_dash(self, words: str) -> None:
        self.joined = bool(self.moments)

    def on_weekday(self, words: str) -> None:
        self.weekday = 6 if words == "chu nhat" else _WEEKDAYS[words.split()[1]]

    def on_word(self, words: str) -> None:
        if words not in _FILLER:
            self.unread.append(words)

    def stretches(self) -> tuple[Stretch, ...]:
        moments = _share_years(self.moments)
        out: list[Stretch] = []
        for moment, bound, joined in moments:
            if joined and out:
                out[-1] = replace(out[-1], last=moment)
            else:
                out.append(Stretch(moment, moment, bound))
        return tuple(out)


def _share_years(moments: list[tuple[Moment, Bound, bool]]) -> list[tuple[Moment, Bound, bool]]:
    """ "Tháng 5, 6/2023": the year said once serves those before it; later ones without a year follow on."""
    out = list(moments)
    year: int | None = None
    for at in range(len(out) - 1, -1, -1):
        moment, bound, joined = out[at]
        if moment.year is not None:
            year = moment.year
        elif year is not None and moment.later == 0:
            out[at] = (replace(moment, year=year), bound, joined)
    for at in range(1, len(out)):
        before, (moment, bound, joined) = out[at - 1][0], out[at]
        if moment.year is None and moment.later == 0 and before.year is not None:
            same = replace(moment, year=before.year)
            if same.bounds(0).start < before.bounds(0).start:
                same = replace(moment, year=before.year + 1)
            out[at] = (same, bound, joined)
    return out


def _check(day: int, month: int, year: int, words: str) -> None:
    try:
        parse_date(f"{day}/{month}/{year}")
    except DateError as error:
        raise DeadlineError(f"Thời hạn “{words}” không đúng lịch. {error}") from error


def _number_in(unit: str, number: int, words: str) -> int:
    highest = {"day": 31, "month": 12, "quarter": 4}[unit]
    name = {"day": "ngày", "month": "tháng", "quarter": "quý"}[unit]
    if not 1 <= number <= highest:
        raise DeadlineError(f"Thời hạn “{words}”: không có {name} {number}; {name} chỉ từ 1 đến {highest}.")
    return number


def read_tokens(words: str, *, periodic: bool) -> TokenReader:
    """Read folded words; `periodic` when they speak of "định kỳ", "hằng tháng" …"""
    reader = TokenReader(periodic)
    for found in _TOKEN.finditer(words):
        reader.token(found.lastgroup or "", found.group())
    return reader
