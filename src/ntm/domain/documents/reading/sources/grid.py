"""Bảng kẻ ô: rules -> cells. The same for the drawn lines of a PDF and for lines found in a picture."""

from __future__ import annotations

from dataclasses import dataclass, field

from .ink import Horizontal, Vertical

REACH = 4.0  # points by which rules may miss each other and still meet
SAME = 3.0  # points within which two rules are one
SHORTEST = 6.0
MOST_RULES = 3000
MOST_PLACES = 40_000


@dataclass
class GridCell:
    """Ô của bảng kẻ: a rectangle of the grid, possibly merged."""

    row: int
    col: int
    rowspan: int
    colspan: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass
class Grid:
    """Một bảng kẻ."""

    xs: list[float]
    ys: list[float]
    cells: list[GridCell] = field(default_factory=list)

    @property
    def box(self) -> tuple[float, float, float, float]:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def holds(self, x: float, y: float) -> bool:
        x0, y0, x1, y1 = self.box
        return x0 - 1 <= x <= x1 + 1 and y0 - 1 <= y <= y1 + 1


def find_grids(horizontals: list[Horizontal], verticals: list[Vertical]) -> list[Grid]:
    """Tables with at least two cells, from the top; a grid inside a cell of another is left to that cell."""
    across = join_horizontals(horizontals)
    down = join_verticals(verticals)
    if len(across) + len(down) > MOST_RULES:
        return []
    grids = []
    for some_across, some_down in connected(across, down):
        grid = make_grid(some_across, some_down)
        if grid and len(grid.cells) >= 2:
            grids.append(grid)
    outer = [g for g in grids if not any(o is not g and inside(g, o) for o in grids)]
    return sorted(outer, key=lambda g: (g.ys[0], g.xs[0]))


def inside(small: Grid, large: Grid) -> bool:
    a, b = small.box, large.box
    return a[0] >= b[0] - SAME and a[1] >= b[1] - SAME and a[2] <= b[2] + SAME and a[3] <= b[3] + SAME


def join_horizontals(rules: list[Horizontal]) -> list[Horizontal]:
    """Pieces of one line drawn cell by cell become one line."""
    joined: list[Horizontal] = []
    for rule in sorted(rules, key=lambda r: (round(r.y / SAME), r.x0)):
        for place in range(len(joined) - 1, max(len(joined) - 40, -1), -1):
            old = joined[place]
            if abs(old.y - rule.y) <= SAME / 2 and rule.x0 <= old.x1 + REACH and rule.x1 >= old.x0 - REACH:
                joined[place] = Horizontal(min(old.x0, rule.x0), max(old.x1, rule.x1), old.y)
                break
        else:
            joined.append(rule)
    return [rule for rule in joined if rule.x1 - rule.x0 >= SHORTEST]


def join_verticals(rules: list[Vertical]) -> list[Vertical]:
    flat = join_horizontals([Horizontal(rule.y0, rule.y1, rule.x) for rule in rules])
    return [Vertical(rule.y, rule.x0, rule.x1) for rule in flat]


def meet(across: Horizontal, down: Vertical) -> bool:
    return across.x0 - REACH <= down.x <= across.x1 + REACH and down.y0 - REACH <= across.y <= down.y1 + REACH


def connected(across: list[Horizontal], down: list[Vertical]) -> list[tuple[list[Horizontal], list[Vertical]]]:
    """Groups of rules that touch one another."""
    parent = list(range(len(across) + len(down)))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for i, rule in enumerate(across):
        for j, other in enumerate(down):
            if meet(rule, other):
                parent[root(i)] = root(len(across) + j)
    groups: dict[int, tuple[list[Horizontal], list[Vertical]]] = {}
    for i, rule in enumerate(across):
        groups.setdefault(root(i), ([], []))[0].append(rule)
    for j, other in enumerate(down):
        groups.setdefault(root(len(across) + j), ([], []))[1].append(other)
    return [group for group in groups.values() if len(group[0]) >= 2 and len(group[1]) >= 1]


def places(values: list[float]) -> list[float]:
    """Sorted, those within SAME of each other as one."""
    found: list[list[float]] = []
    for value in sorted(values):
        if found and value - found[-1][-1] <= SAME:
            found[-1].append(value)
        else:
            found.append([value])
    return [sum(group) / len(group) for group in found]


def make_grid(across: list[Horizontal], down: list[Vertical]) -> Grid | None:
    """The cells that the rules enclose; a missing inner line merges its two sides."""
    left, right = min(r.x0 for r in across), max(r.x1 for r in across)
    xs = places([v.x for v in down])
    # tables without lines at their left and right edge: the horizontal lines tell how far they go
    if xs[0] - left > 3 * REACH and sum(r.x0 < xs[0] - 3 * REACH for r in across) >= 2:
        xs.insert(0, left)
    if right - xs[-1] > 3 * REACH and sum(r.x1 > xs[-1] + 3 * REACH for r in across) >= 2:
        xs.append(right)
    ys = places([h.y for h in across])
    if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > MOST_PLACES:
        return None
    columns, rows = len(xs) - 1, len(ys) - 1
    # wall_right[r][c]: a line between column c and c + 1 along row r; floor[r][c]: a line under row r in column c
    wall = [[covers_down(down, xs[c + 1], ys[r], ys[r + 1]) for c in range(columns)] for r in range(rows)]
    floor = [[covers_across(across, ys[r + 1], xs[c], xs[c + 1]) for c in range(columns)] for r in range(rows)]
    grid = Grid(xs, ys)
    taken = [[False] * columns for _ in range(rows)]
    for r in range(rows):
        for c in range(columns):
            if taken[r][c]:
                continue
            width = 1
            while c + width < columns and not wall[r][c + width - 1] and not taken[r][c + width]:
                width += 1
            height = 1
            while (
                r + height < rows
                and not any(floor[r + height - 1][c : c + width])
                and _same_walls(wall[r + height], c, width, columns)
            ):
                height += 1
            for i in range(r, r + height):
                for j in range(c, c + width):
                    taken[i][j] = True
            grid.cells.append(GridCell(r, c, height, width, xs[c], ys[r], xs[c + width], ys[r + height]))
    return grid


def _same_walls(walls: list[bool], col: int, width: int, columns: int) -> bool:
    """The row below has no line inside the width, and one at its right edge."""
    last = col + width - 1
    return not any(walls[col:last]) and (walls[last] or last == columns - 1)


def covers_down(rules: list[Vertical], x: float, y0: float, y1: float) -> bool:
    middle = (y0 + y1) / 2
    return any(abs(r.x - x) <= SAME + 1 and r.y0 - REACH <= middle <= r.y1 + REACH for r in rules)


def covers_across(rules: list[Horizontal], y: float, x0: float, x1: float) -> bool:
    middle = (x0 + x1) / 2
    return any(abs(r.y - y) <= SAME + 1 and r.x0 - REACH <= middle <= r.x1 + REACH for r in rules)
