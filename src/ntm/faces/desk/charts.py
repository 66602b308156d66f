"""Hình nhỏ: bars, lines and the lineage of units, drawn on the server as SVG, each with its table.

Positions are Decimal rounded to a tenth of a point: a picture may round, a table beside it never does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ntm.domain.official.numbers import write_number

Figure = Decimal | int
_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


@dataclass(frozen=True)
class Picture:
    """Hình: the drawing, its title, and the table that says the same."""

    title: str
    svg: SafeString
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    narrow: SafeString | None = None  # drawn again for a phone, where there is one


@dataclass(frozen=True)
class Bar:
    """Cột: one value, maybe a plan beside it, maybe an outcome class."""

    label: str
    value: Figure | None
    plan: Figure | None = None
    css: str = ""


@dataclass(frozen=True)
class Line:
    """Đường: a value for each label of the axis; None where there is no figure."""

    name: str
    values: tuple[Figure | None, ...]


@dataclass(frozen=True)
class Node:
    """Đơn vị trong hình biến động."""

    key: str
    name: str
    under: str = ""  # code, dates
    url: str = ""
    ended: bool = False
    asked: bool = False


@dataclass(frozen=True)
class Tie:
    """Nối đơn vị cũ với đơn vị mới, có quyết định hoặc nguồn chưa chắc."""

    before: str
    after: str
    words: str
    sure: bool = True


def bars(title: str, items: Sequence[Bar], *, measure: str = "", value_head: str = "", plan_head: str = "") -> Picture:
    """Biểu đồ cột ngang: labels left, values right, the plan as a second, lighter bar."""
    top = _top(value for item in items for value in (item.value, item.plan))
    with_plan = any(item.plan is not None for item in items)
    step = 52 if with_plan else 30
    left = 10 + 13 * min(max((len(item.label) for item in items), default=0), 38) // 2  # as wide as the words
    drawn = []
    for place, item in enumerate(items):
        y = place * step + 6
        drawn.append(_text("chart-text", left, y + 14, _short(item.label, 38), "end"))
        drawn.append(_bar(item.value, top, left + 10, y, f"bar {item.css}".strip(), measure))
        if item.plan is not None:
            drawn.append(_bar(item.plan, top, left + 10, y + 20, "bar-2", measure))
    heads = ("", value_head or measure, *((plan_head,) if with_plan else ()))
    rows = tuple((item.label, _say(item.value), *((_say(item.plan),) if with_plan else ())) for item in items)
    return Picture(
        title, _svg(title, 640, len(items) * step + 10, drawn), heads, rows, _narrow(title, items, top, measure)
    )


def _narrow(title: str, items: Sequence[Bar], top: Decimal, measure: str) -> SafeString:
    """The same for a phone: the label above its bar, nothing to scroll sideways."""
    drawn, y = [], 4
    for item in items:
        drawn.append(_text("chart-text", 0, y + 14, _short(item.label, 42)))
        y += 20
        for value, css in ((item.value, f"bar {item.css}".strip()), (item.plan, "bar-2")):
            if css == "bar-2" and value is None:
                continue
            if value is None:
                drawn.append(_text("ax-text", 0, y + 13, "·"))
            else:
                width = Decimal(value) / top * 200
                shape = '<rect class="{}" x="0" y="{}" width="{}" height="16" rx="2"/>'
                drawn.append(format_html(shape, css, y, _at(width)))
                drawn.append(_text("chart-text", width + 8, y + 13, f"{_say(value)} {measure}".strip()))
            y += 20
        y += 4
    return _svg(title, 300, y + 4, drawn)


def _bar(value: Figure | None, top: Decimal, x: int, y: int, css: str, measure: str) -> SafeString:
    if value is None:
        return _text("ax-text", x, y + 14, "·")
    width = Decimal(value) / top * (540 - x)
    rect = format_html('<rect class="{}" x="{}" y="{}" width="{}" height="18" rx="2"/>', css, x, y, _at(width))
    return rect + _text("chart-text", x + width + 8, y + 14, f"{_say(value)} {measure}".strip())


def lines(title: str, labels: Sequence[str], series: Sequence[Line], *, measure: str = "") -> Picture:
    """Biểu đồ đường: the axis begins at zero; a gap in the figures is a gap in the line."""
    pace = _pace(_top(value for line in series for value in line.values))
    left, width, height, under = 46, 570, 190, 36
    step = Decimal(width) / max(1, len(labels) - 1)
    drawn = []
    for part in range(5):
        y = Decimal(height) * (4 - part) / 4 + under
        drawn.append(format_html('<path class="ax" d="M{} {}H{}"/>', left, _at(y), left + width))
        drawn.append(_text("ax-text", left - 6, y + 4, _say((pace * part).normalize()), "end"))
    every = max(1, (len(labels) + 11) // 12)
    for place, label in enumerate(labels):
        if place % every == 0:
            drawn.append(_text("ax-text", left + step * place, height + under + 20, label, "middle"))
    for order, line in enumerate(series):
        css = "plot" if order == 0 else f"plot plot-{order + 1}"
        points = [
            None if value is None else (left + step * place, height + under - Decimal(value) / (pace * 4) * height)
            for place, value in enumerate(line.values)
        ]
        drawn.extend(_line(points, css))
        drawn.append(format_html('<path class="{}" d="M{} 12h30"/>', css, left + order * 180))
        drawn.append(_text("chart-text", left + order * 180 + 38, 16, _short(line.name, 18)))
    rows = tuple((label, *(_say(line.values[place]) for line in series)) for place, label in enumerate(labels))
    heads = ("", *(f"{line.name} ({measure})" if measure else line.name for line in series))
    return Picture(title, _svg(title, 640, height + under + 30, drawn), heads, rows)


def _line(points: Sequence[tuple[Decimal, Decimal] | None], css: str) -> list[SafeString]:
    path, pen, last = [], "M", None
    for point in points:
        if point is None:
            pen = "M"
            continue
        path.append(f"{pen}{_at(point[0])} {_at(point[1])}")
        pen, last = "L", point
    if last is None:
        return []
    end = format_html('<circle class="dot" cx="{}" cy="{}" r="4"/>', _at(last[0]), _at(last[1]))
    return [format_html('<path class="{}" d="{}"/>', css, "".join(path)), end]


def _pace(top: Decimal) -> Decimal:
    """A round step, four of which hold the greatest figure: 1, 2, 2,5 or 5 of some power of ten."""
    power = Decimal(1).scaleb((top / 4).adjusted())
    return next(power * step for step in _STEPS if power * step * 4 >= top)


def lineage(
    title: str,
    before: Sequence[Node],
    after: Sequence[Node],
    ties: Sequence[Tie],
    heads: tuple[str, str, str],
) -> Picture:
    """Biến động đơn vị: what was, left; what became of it, right; broken lines where the source is unsure."""
    tall = max(len(before), len(after), 1) * 58 + 12
    left, right = _spread(before, tall), _spread(after, tall)
    drawn = []
    for tie in ties:
        start, end = left[tie.before], right[tie.after]
        curve = f"M240 {_at(start)}C320 {_at(start)} 320 {_at(end)} 400 {_at(end)}"
        css = "tie" if tie.sure else "tie unsure"
        drawn.append(format_html('<path class="{}" d="{}"><title>{}</title></path>', css, curve, tie.words))
    drawn.extend(_node(node, 0, left[node.key]) for node in before)
    drawn.extend(_node(node, 400, right[node.key]) for node in after)
    was, became = {node.key: node.name for node in before}, {node.key: node.name for node in after}
    rows = tuple((was[tie.before], became[tie.after], tie.words) for tie in ties)
    opens = any(node.url for node in (*before, *after))
    return Picture(title, _svg(title, 642, tall, drawn, role="group" if opens else "img"), heads, rows)


def _spread(nodes: Sequence[Node], tall: int) -> dict[str, Decimal]:
    """The height at which each node stands, evenly."""
    step = Decimal(tall) / max(1, len(nodes))
    return {node.key: step * place + step / 2 for place, node in enumerate(nodes)}


def _node(node: Node, x: int, y: Decimal) -> SafeString:
    css = "unit-box" + (" ended" if node.ended else "") + (" asked" if node.asked else "")
    box = format_html(
        '<rect class="{}" x="{}" y="{}" width="240" height="46" rx="5"/>{}{}',
        css,
        x + 1,
        _at(y - 23),
        _text("chart-text", x + 12, y - 3, _short(node.name, 30)),
        _text("ax-text", x + 12, y + 14, _short(node.under, 36)),
    )
    return format_html('<a href="{}">{}</a>', node.url, box) if node.url else box


def _svg(title: str, width: int, height: int, drawn: list[SafeString], role: str = "img") -> SafeString:
    """`role`: a group where parts of the picture open, else one picture."""
    inside = format_html_join("", "{}", ((part,) for part in drawn))
    shape = '<svg viewBox="0 0 {} {}" width="{}" role="{}" aria-label="{}">{}</svg>'
    return format_html(shape, width, height, width, role, title, inside)


def _text(css: str, x: Decimal | int, y: Decimal | int, words: str, anchor: str = "start") -> SafeString:
    shape = '<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>'
    return format_html(shape, css, _at(x), _at(y), anchor, words)


def _top(values: Iterable[Figure | None]) -> Decimal:
    """The greatest figure, which fills the picture; one where there is none."""
    return max((Decimal(value) for value in values if value is not None), default=Decimal(0)) or Decimal(1)


def _at(value: Decimal | int) -> str:
    return str(_round(Decimal(value)))


def _round(value: Decimal) -> Decimal:
    rounded = value.quantize(Decimal("0.1"))
    return rounded.to_integral_value() if rounded == rounded.to_integral_value() else rounded


def _say(value: Figure | None) -> str:
    return "" if value is None else write_number(Decimal(value))


def _short(text: str, letters: int) -> str:
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"
