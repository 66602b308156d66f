"""Hình của phòng Địa bàn: lineage in layers, small strips."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext

from ntm.domain.assessment import Outcome
from ntm.domain.official.dates import write_date
from ntm.faces.desk import charts
from ntm.faces.desk.rooms.units import words
from ntm.faces.desk.rooms.units.sight import Sight, link
from ntm.records.standing import drawing
from ntm.records.standing.queries.matrix import Matrix, MatrixRow
from ntm.records.units.models import FROM_THE_BEGINNING
from ntm.records.units.queries import LineageGraph
from ntm.records.units.queries.history import LineageEdge, LineageNode

__all__ = ["SmallCell", "lineage_pictures", "small_cells"]


@dataclass(frozen=True, slots=True)
class SmallCell:
    """Một ô của dải nhỏ."""

    no: int
    name: str
    outcome: Outcome


def small_cells(table: Matrix, row: MatrixRow) -> tuple[SmallCell, ...]:
    """A row of the matrix as a strip."""
    return tuple(
        SmallCell(no, name, drawing.OUTCOME_OF[cell.outcome])
        for no, name, cell in zip(table.numbers, table.names, row.cells, strict=True)
    )


def lineage_pictures(graph: LineageGraph, here: Sight) -> list[charts.Picture]:
    """One picture a step of time: what was, left; what became of it, right."""
    nodes = {node.unit_id: node for node in graph.nodes}
    layers: dict[int, list[LineageEdge]] = {}
    for edge in graph.edges:
        if edge.before in nodes and edge.after in nodes:
            layers.setdefault(nodes[edge.before].step, []).append(edge)
    return [_picture(edges, nodes, here) for _step, edges in sorted(layers.items())]


def _picture(edges: list[LineageEdge], nodes: dict[int, LineageNode], here: Sight) -> charts.Picture:
    befores = list(dict.fromkeys(edge.before for edge in edges))
    afters = list(dict.fromkeys(edge.after for edge in edges))
    moments = list(dict.fromkeys(edge.when for edge in edges))
    when = moments[0] if len(moments) == 1 else gettext("nhiều lần sắp xếp")
    return charts.lineage(
        gettext("Sắp xếp đơn vị: %(when)s") % {"when": when},
        [_node(nodes[one], here) for one in befores],
        [_node(nodes[one], here) for one in afters],
        [charts.Tie(str(edge.before), str(edge.after), _words(edge), edge.certain) for edge in edges],
        (gettext("Đơn vị trước"), gettext("Đơn vị sau"), gettext("Căn cứ")),
    )


def _words(edge: LineageEdge) -> str:
    part = "" if edge.main else gettext("một phần; ")
    return f"{part}{edge.when}; {edge.certainty}"


def _node(node: LineageNode, here: Sight) -> charts.Node:
    last = node.end - timedelta(days=1) if node.end else None
    query = f"?ngay={last.isoformat()}" if last else ""
    return charts.Node(
        key=str(node.unit_id),
        name=words.capital(node.label.title),
        under=" · ".join(part for part in (node.label.code or "", _lived(node)) if part),
        url=link("unit", query, node.unit_id),
        ended=node.end is not None and node.end <= here.on,
        asked=node.unit_id == here.label.id,
    )


def _lived(node: LineageNode) -> str:
    if node.end is not None:
        return gettext("đến trước %(day)s") % {"day": write_date(node.end)}
    if node.start > FROM_THE_BEGINNING:
        return gettext("từ %(day)s") % {"day": write_date(node.start)}
    return ""
