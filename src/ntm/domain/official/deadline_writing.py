"""Viết thời hạn: a deadline made in the program, in the words of documents; parse_deadline reads it back."""

from dataclasses import replace

from ntm.domain.official.deadline_model import Deadline, DeadlineKind, Moment, Repeat, Stretch
from ntm.domain.official.numbers import write_roman

__all__ = ["write_deadline"]

_PREFIX = {"in": "trong", "before": "trước", "by": "chậm nhất", "from": "từ", "after": "sau"}
_PERIOD = {-1: "hằng ngày", 0: "hằng tuần", 1: "hằng tháng", 3: "hằng quý", 12: "hằng năm"}
_WEEKDAY = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")


def write_deadline(deadline: Deadline) -> str:
    """The meaning in standard words; the original words are `str(deadline)`."""
    words = ", ".join(part for part in (_repeats(deadline), _stretches(deadline)) if part)
    match deadline.kind:
        case DeadlineKind.CONTINUOUS:
            words = f"thường xuyên {words}".strip()
        case DeadlineKind.RECURRING if not deadline.repeats and deadline.stretches:
            words = f"{words} hằng năm"
        case DeadlineKind.RECURRING if not words:
            words = "định kỳ theo quy định"
        case DeadlineKind.ON_REQUEST | DeadlineKind.UNKNOWN:
            return deadline.original
    if deadline.also_on_request:
        words += " và đột xuất"
    return words[:1].upper() + words[1:]


def _stretches(deadline: Deadline) -> str:
    out: list[str] = []
    bound = "in"
    for stretch in deadline.stretches:
        words = _stretch(stretch)
        if stretch.bound != "in" or (out and bound != "in") or words.startswith("năm"):
            words = f"{_PREFIX[stretch.bound]} {words}"
        bound = stretch.bound
        out.append(words)
    return "; ".join(out)


def _stretch(stretch: Stretch) -> str:
    first, last = stretch.first, stretch.last
    if first == last:
        return _moment(first)
    if (
        first.unit == last.unit == "month"
        and not (first.part or last.part)
        and first.year == last.year
        and not last.later
    ):
        return f"tháng {first.number} - {_moment(last).removeprefix('tháng ')}"
    return f"{_moment(replace(first, year=None) if first.year == last.year else first)} đến {_moment(last)}"


def _moment(moment: Moment) -> str:
    part = f"{moment.part} " if moment.part else ""
    slash = f"/{moment.year}" if moment.year is not None else ""
    later = " năm sau" if moment.later else ""
    match moment.unit:
        case "day":
            return f"ngày {moment.number}/{moment.month}{slash}{later}"
        case "month":
            return f"{part}tháng {moment.number}{slash}{later}"
        case "quarter":
            return f"{part}quý {write_roman(moment.number)}{slash}{later}"
        case "half" | "nine_months":
            half = "6 tháng cuối năm" if moment.number == 2 else "6 tháng đầu năm"
            name = half if moment.unit == "half" else "9 tháng đầu năm"
            return name + (f" {moment.year}" if moment.year is not None else "") + later
    return f"{part}năm" + (f" {moment.year}" if moment.year is not None else "") + later


def _repeats(deadline: Deadline) -> str:
    return ", ".join(_repeat(repeat) for repeat in deadline.repeats)


def _repeat(repeat: Repeat) -> str:
    if repeat.weekday is not None:
        return f"{_WEEKDAY[repeat.weekday]} hằng tuần"
    period = _PERIOD.get(repeat.months, f"{repeat.months} tháng một lần")
    if repeat.day is None:
        return period
    bound = "trước ngày" if repeat.before else "ngày"
    if repeat.months == 3:
        place = "cuối" if repeat.last_month else "đầu"
        return f"{bound} {repeat.day} tháng {place} của quý" + (" sau" if repeat.following else "")
    if repeat.following:
        return f"{bound} {repeat.day} tháng sau"
    return f"{bound} {repeat.day} {period}"
