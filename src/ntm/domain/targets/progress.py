"""Tiến độ: a target against what was measured on a day, in a state, three figures and one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from ntm.domain.official.dates import write_date
from ntm.domain.official.numbers import write_number
from ntm.domain.targets.model import Measured, Mode, Target

_HALF, _LAG = Decimal("0.5"), Decimal("0.25")


class State(StrEnum):
    """Tình trạng một chỉ tiêu vào một ngày."""

    REACHED = "reached"
    ON_THE_WAY = "on_the_way"
    BEHIND = "behind"
    NO_DATA = "no_data"


STATE_NAMES = {
    State.REACHED: "đã đạt",
    State.ON_THE_WAY: "đang thực hiện",
    State.BEHIND: "chậm",
    State.NO_DATA: "chưa có số liệu",
}


@dataclass(frozen=True)
class Progress:
    """Tiến độ của một chỉ tiêu. `share`: how much of the way is done, 0..1, where the way can be measured."""

    state: State
    planned: Decimal | None
    actual: Decimal | None
    remaining: Decimal | None
    share: Decimal | None
    sentence: str

    @property
    def name(self) -> str:
        return STATE_NAMES[self.state]


def progress(target: Target, measured: Measured, on: date, since: date | None = None) -> Progress:
    """Tiến độ vào ngày `on`; `since` is the day the plan began.

    Behind: the day is past and the value is not there; something that was to be kept is lost; or more than half of the
    time is gone and the share done lags behind the share of time by more than a quarter. Nothing else is called behind:
    titles come at the year's end.
    """
    actual = measured.actual(target)
    if target.value is None:
        return _named(target, measured, on)
    if actual is None:
        why = measured.why_not or "hồ sơ chưa có số của chỉ tiêu này"
        return Progress(State.NO_DATA, target.value, None, None, None, f"Chưa có số liệu: {why}.")
    if target.reached(actual) and not (target.mode is Mode.KEEP and measured.lost):
        words = f"Đã đạt: {_figure(actual, target)} so với {target.asked}{_notes(measured)}."
        return Progress(State.REACHED, target.value, actual, Decimal(0), Decimal(1), words)
    remaining = _remaining(target, actual)
    share = _share(target, measured, actual)
    state = _state(target, measured, share, on, since)
    return Progress(
        state, target.value, actual, remaining, share, _sentence(target, measured, actual, remaining, state, on)
    )


def _named(target: Target, measured: Measured, on: date) -> Progress:
    """A target that names units and no figure: reached when none of them is left."""
    if not measured.left and not measured.reached:
        why = measured.why_not or "chỉ tiêu không nêu mức và không nêu tên"
        return Progress(State.NO_DATA, None, measured.now, None, None, f"Chưa tính được: {why}.")
    number = len(measured.reached) + len(measured.left)
    planned, actual = Decimal(number), Decimal(len(measured.reached))
    if not measured.left:
        return Progress(State.REACHED, planned, actual, Decimal(0), Decimal(1), f"Đã đạt: đủ {number} đơn vị nêu tên.")
    late = target.due is not None and on > target.due
    words = f"{'Quá hạn' if late else 'Còn lại'}: {', '.join(measured.left)}{_notes(measured)}."
    state = State.BEHIND if late or measured.lost else State.ON_THE_WAY
    return Progress(state, planned, actual, planned - actual, actual / planned, words)


def _remaining(target: Target, actual: Decimal) -> Decimal:
    value = target.value or Decimal(0)
    if target.counted == "down":
        return max(actual - (target.high if target.high is not None else value), Decimal(0))
    return max(value - actual, Decimal(0))


def _share(target: Target, measured: Measured, actual: Decimal) -> Decimal | None:
    """The part of the way that is done; None where nobody knows where it began."""
    value = target.value or Decimal(0)
    begun = Decimal(0) if target.mode is not Mode.TOTAL else measured.start
    if begun is None:
        return None
    way = value - begun
    if way == 0 or (way > 0) != (target.counted == "up"):
        return None
    return min(max((actual - begun) / way, Decimal(0)), Decimal(1))


def _state(target: Target, measured: Measured, share: Decimal | None, on: date, since: date | None) -> State:
    if target.mode is Mode.KEEP or (target.due is not None and on > target.due):
        return State.BEHIND
    if measured.lost:
        return State.BEHIND
    if share is None or target.due is None or since is None or target.due <= since:
        return State.ON_THE_WAY
    elapsed = Decimal((on - since).days) / Decimal((target.due - since).days)
    return State.BEHIND if elapsed > _HALF and share + _LAG < elapsed else State.ON_THE_WAY


def _sentence(target: Target, measured: Measured, actual: Decimal, remaining: Decimal, state: State, on: date) -> str:
    late = target.due is not None and on > target.due
    verb = "còn phải giảm" if target.counted == "down" else "còn thiếu"
    if target.mode is Mode.KEEP:
        verb = "không giữ được"
    if remaining:
        lack = f", {verb} {_figure(remaining, target)}"
    elif target.mode is Mode.KEEP or measured.lost:
        lack = ", có đơn vị không giữ được"
    else:
        lack = ", phải vượt mức này"
    head = {True: "Quá hạn", False: "Chậm" if state is State.BEHIND else "Đang thực hiện"}[late]
    day = f" (hạn {write_date(target.due)})" if target.due is not None else ""
    return f"{head}: {_figure(actual, target)} so với {target.asked}{lack}{day}{_notes(measured)}."


def _figure(value: Decimal, target: Target) -> str:
    return f"{write_number(_plain(value))} {target.measure}".strip().replace(" %", "%")


def _plain(value: Decimal) -> Decimal:
    """At most two decimals: what a plan prints."""
    rounded = value.quantize(Decimal("0.01"))
    return value if value == rounded else rounded


def _notes(measured: Measured) -> str:
    said = []
    if measured.lost:
        said.append(f"đã mất: {', '.join(measured.lost)}")
    if measured.left:
        said.append(f"chưa đạt: {', '.join(measured.left[:12])}{'…' if len(measured.left) > 12 else ''}")
    if measured.partial:
        said.append(f"{measured.partial} đơn vị chưa có số liệu")
    if measured.assumed:
        said.append("có số giả định")
    return f"; {'; '.join(said)}" if said else ""
