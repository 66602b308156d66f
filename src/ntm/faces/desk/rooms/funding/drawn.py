"""Hình của phòng tiền: sources to uses (Sankey) and works on a map, drawn on the server; each has its table.

Positions are whole tenths of a point; widths are rounded, the table beside them never is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from ntm.domain.official.money import write_amount
from ntm.faces.desk.charts import Picture
from ntm.faces.desk.rooms.funding.amounts import said

__all__ = ["Point", "sankey", "works_map"]

_TALL, _LEFT, _RIGHT, _BOX, _GAP, _MOST = Decimal(360), 230, 560, 12, Decimal(6), 9
_COLOURS = 8  # flow-1 ... flow-8 in funding.css


@dataclass(frozen=True, slots=True)
class Point:
    """Công trình trên bản đồ: its place in the list, and where it is, in millionths of a degree."""

    place: int
    latitude: int
    longitude: int
    css: str = ""  # owing, done


def _at(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.1')):f}"


def _few(totals: Mapping[str, int]) -> dict[str, str]:
    """Name -> name drawn: the greatest ones, the others as one."""
    ordered = sorted(totals, key=lambda name: (-totals[name], name))
    if len(ordered) <= _MOST:
        return {name: name for name in ordered}
    rest = gettext("các mục khác")
    return {name: name if place < _MOST - 1 else rest for place, name in enumerate(ordered)}


def _merged(flows: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    sources: dict[str, int] = defaultdict(int)
    uses: dict[str, int] = defaultdict(int)
    for (source, use), amount in flows.items():
        sources[source] += amount
        uses[use] += amount
    left, right = _few(sources), _few(uses)
    found: dict[tuple[str, str], int] = defaultdict(int)
    for (source, use), amount in flows.items():
        found[left[source], right[use]] += amount
    return dict(found)


def sankey(title: str, flows: Mapping[tuple[str, str], int], heads: tuple[str, str]) -> Picture | None:
    """Nguồn sang sử dụng: bands as wide as their money. None where there is nothing above zero to draw."""
    drawn = _merged({key: amount for key, amount in flows.items() if amount > 0})
    if not drawn:
        return None
    sources, uses = _stacked(drawn, 0), _stacked(drawn, 1)
    scale = _scale(drawn, max(len(sources), len(uses)))
    tops = [_tops(stack, scale) for stack in (sources, uses)]
    pens = [dict(one) for one in tops]
    colours = {name: place % _COLOURS + 1 for place, name in enumerate(sources)}
    order = {name: place for place, name in enumerate(uses)}
    bands = []
    for (source, use), amount in sorted(drawn.items(), key=lambda one: (colours[one[0][0]], order[one[0][1]])):
        wide = max(amount * scale, Decimal("0.6"))
        start, end = pens[0][source], pens[1][use]
        pens[0][source], pens[1][use] = start + amount * scale, end + amount * scale
        bands.append(_band(start, end, wide, colours[source], f"{source} → {use}: {said(amount)}"))
    boxes = [_box(name, _LEFT - _BOX, tops[0][name], sources[name] * scale, sources[name], "end") for name in sources]
    boxes += [_box(name, _RIGHT, tops[1][name], uses[name] * scale, uses[name], "start") for name in uses]
    rows = tuple((s, u, write_amount(amount, "triệu")) for (s, u), amount in sorted(flows.items()) if amount)
    tall = max(tops[0][name] + sources[name] * scale for name in sources)
    tall = max(tall, *(tops[1][name] + uses[name] * scale for name in uses))
    svg = _svg(title, 800, int(tall) + 24, [*bands, *boxes])
    return Picture(title, svg, (*heads, gettext("Triệu đồng")), rows)


def _stacked(flows: Mapping[tuple[str, str], int], side: int) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for key, amount in flows.items():
        found[key[side]] += amount
    return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))


def _scale(flows: Mapping[tuple[str, str], int], nodes: int) -> Decimal:
    return (_TALL - _GAP * nodes) / sum(flows.values())


def _tops(stack: Mapping[str, int], scale: Decimal) -> dict[str, Decimal]:
    """Where each node begins; never nearer than a line of its words."""
    found, y = {}, Decimal(12)
    for name, amount in stack.items():
        found[name] = y
        y += max(amount * scale + _GAP, Decimal(32))
    return found


def _band(start: Decimal, end: Decimal, wide: Decimal, colour: int, words: str) -> SafeString:
    half = wide / 2
    middle = (_LEFT + _RIGHT) // 2
    path = f"M{_LEFT} {_at(start + half)}C{middle} {_at(start + half)} {middle} {_at(end + half)} {_RIGHT} {_at(end + half)}"
    shape = '<path class="flow flow-{}" d="{}" stroke-width="{}"><title>{}</title></path>'
    return format_html(shape, colour, path, _at(wide), words)


def _box(name: str, x: int, top: Decimal, tall: Decimal, amount: int, anchor: str) -> SafeString:
    words_x = x - 8 if anchor == "end" else x + _BOX + 8
    short = name if len(name) <= 30 else name[:29].rstrip() + "…"
    middle = top + max(tall, Decimal(2)) / 2
    return format_html(
        '<rect class="flow-box" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>'
        '<text class="chart-text" x="{}" y="{}" text-anchor="{}">{}</text>'
        '<text class="ax-text" x="{}" y="{}" text-anchor="{}">{}</text>',
        x, _at(top), _BOX, _at(max(tall, Decimal(2))), name,
        words_x, _at(middle), anchor, short, words_x, _at(middle + 14), anchor, said(amount),
    )  # fmt: skip


# --- map --------------------------------------------------------------------------------------------------------------

_WIDE, _EDGE, _CELLS, _HIGH = 640, 24, 20, 420
_MICRO = 10**6


def works_map(
    title: str, points: Sequence[Point], name: Callable[[int], tuple[str, str]], several: Callable[[int], str]
) -> SafeString | None:
    """Công trình theo toạ độ, north above; those near each other as one circle that tells how many. The list is its table.

    Thousands of points: whole numbers of millionths of a degree; `name` gives the words and the address of one point.
    """
    if not points:
        return None
    south, north = min(p.latitude for p in points), max(p.latitude for p in points)
    west, east = min(p.longitude for p in points), max(p.longitude for p in points)
    south, north = _spread(south, north)
    west, east = _spread(west, east)
    tall_span, wide_span = north - south, east - west
    room = _WIDE - 2 * _EDGE
    span = max(wide_span, tall_span * room // _HIGH)  # one scale for both ways: so many millionths fill the room
    step = max(span // _CELLS, 1)
    bins: dict[tuple[int, int], list[Point]] = defaultdict(list)
    for point in points:
        bins[(point.longitude - west) // step, (north - point.latitude) // step].append(point)
    tall = tall_span * room // span + 2 * _EDGE
    shift = (_WIDE - wide_span * room // span) // 2
    drawn = []
    for here in bins.values():
        x = sum(p.longitude - west for p in here) * room // (span * len(here)) + shift
        y = sum(north - p.latitude for p in here) * room // (span * len(here)) + _EDGE
        drawn.append(_dot(here, x, y, name, several))
    frame = format_html('<rect class="map-frame" x="1" y="1" width="638" height="{}" rx="6"/>', tall - 2)
    edges = (("start", 8, tall - 8, south, west), ("end", 632, 16, north, east))
    words = [
        format_html(
            '<text class="ax-text" x="{}" y="{}" text-anchor="{}">{}° B, {}° Đ</text>',
            x, y, anchor, _degrees(latitude), _degrees(longitude),
        )
        for anchor, x, y, latitude, longitude in edges
    ]  # fmt: skip
    return _svg(title, _WIDE, tall, [frame, *words, *drawn], role="group")


def _spread(low: int, high: int) -> tuple[int, int]:
    """At least a hundredth of a degree, around the middle: one works alone stands in the middle of its map."""
    lacking = max(0, _MICRO // 100 - (high - low))
    return low - lacking // 2, high + lacking - lacking // 2


def _degrees(value: int) -> str:
    return f"{Decimal(value) / _MICRO:.3f}".replace(".", ",")


def _dot(
    here: list[Point], x: int, y: int, name: Callable[[int], tuple[str, str]], several: Callable[[int], str]
) -> SafeString:
    css = next((css for css in ("owing", "", "done") if any(p.css == css for p in here)), "")
    if len(here) == 1:
        words, url = name(here[0].place)
        shape = '<a href="{}"><circle class="map-dot {}" cx="{}" cy="{}" r="7"/><title>{}</title></a>'
        return format_html(shape, url, css, x, y, words)
    radius = min(8 + len(here).bit_length() * 2, 22)
    shape = (
        '<g><circle class="map-dot {}" cx="{}" cy="{}" r="{}"/><title>{}</title>'
        '<text class="map-count" x="{}" y="{}" text-anchor="middle">{}</text></g>'
    )
    return format_html(shape, css, x, y, radius, several(len(here)), x, y + 4, len(here))


def _svg(title: str, width: int, height: int, drawn: Sequence[SafeString], role: str = "img") -> SafeString:
    inside = format_html_join("", "{}", ((part,) for part in drawn))
    shape = '<svg viewBox="0 0 {} {}" width="{}" role="{}" aria-label="{}">{}</svg>'
    return format_html(shape, width, height, width, role, title, inside)
