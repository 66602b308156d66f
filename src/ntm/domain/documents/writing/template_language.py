"""Ngôn ngữ của mẫu: names that are offered, loops over lists that are offered, conditions, three filters; nothing else.

Everything else is a fault, told in a sentence with the place where it stands.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, replace

from jinja2 import Environment, TemplateSyntaxError, nodes

from .template_fields import CHECKED_LOOP, Field, Offer

TAG = re.compile(r"\{[{%#]")
_FILTERS = frozenset({"upper", "lower", "default"})
_PLAIN: tuple[type[nodes.Node], ...] = (
    nodes.Output, nodes.TemplateData, nodes.Const, nodes.Compare, nodes.Operand, nodes.Not, nodes.And, nodes.Or, nodes.If,
)  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """Lỗi của mẫu: what is wrong, the words where it stands, and what to do."""

    message: str
    place: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


@dataclass
class _Scope:
    """Biến của vòng lặp -> fields of its item; None for plain texts."""

    variables: dict[str, tuple[Field, ...] | None]

    def inside(self, name: str, parts: tuple[Field, ...] | None) -> _Scope:
        return replace(self, variables={**self.variables, name: parts, "loop": None})


class Checker:
    """Walks the syntax of one part; knows the closed language and the fields offered, and nothing else."""

    def __init__(self, paragraphs: list[str], where: str, offer: Offer) -> None:
        self.paragraphs, self.where, self.offer = paragraphs, where, offer
        self.faults: list[Fault] = []
        self.used: list[str] = []

    def read(self, source: str) -> None:
        """Reads the syntax; a fault of syntax ends it."""
        try:
            tree = Environment(autoescape=True).parse(source)
        except (TemplateSyntaxError, RecursionError):
            at = next((i for i, text in enumerate(self.paragraphs) if _unbalanced(text)), None)
            self.faults.append(
                Fault("Cú pháp trường sai hoặc vòng lặp chưa đóng; mỗi {% for %} cần một {% endfor %}, "
                "mỗi {% if %} cần một {% endif %}.", self._place(at))
            )  # fmt: skip
            return
        for node in tree.body:
            self._node(node, _Scope({}))

    def _node(self, node: nodes.Node, scope: _Scope) -> None:
        if isinstance(node, nodes.For):
            self._loop(node, scope)
        elif isinstance(node, nodes.If) and isinstance(node.test, nodes.Name):
            self._name(node.test.name, scope, asked=True)
            for child in [*node.body, *node.elif_, *node.else_]:
                self._node(child, scope)
        elif isinstance(node, nodes.Name):
            self._name(node.name, scope)
        elif isinstance(node, nodes.Getattr):
            self._part(node, scope)
        elif isinstance(node, nodes.Filter):
            if node.name not in _FILTERS:
                self._fault(f"Bộ lọc “{node.name}” không được dùng; chỉ dùng upper, lower, default", node.name)
            for child in node.iter_child_nodes():
                self._node(child, scope)
        elif isinstance(node, _PLAIN):
            for child in node.iter_child_nodes():
                self._node(child, scope)
        else:
            self._fault("Mẫu chỉ dùng trường, vòng lặp qua danh sách và điều kiện; không dùng lệnh khác", "{%")

    def _name(self, name: str, scope: _Scope, *, asked: bool = False) -> None:
        """`asked`: whether there is anything in it, which may be asked of a list too."""
        if name in scope.variables:
            if scope.variables[name] is not None or name == "loop":
                self._fault(f"“{name}” là một mục của danh sách, cần ghi rõ trường của mục, ví dụ “{name}.ten”", name)
            return
        known = self.offer.by_name.get(name)
        if known is None:
            self._unknown(name, list(self.offer.by_name))
        elif known.is_list and not known.items and not asked:
            self._fault(f"“{name}” là danh sách, cần đặt trong {{% for … in {name} %}}", name)
        elif not asked:
            self.used.append(name)

    def _part(self, node: nodes.Getattr, scope: _Scope) -> None:
        parts = self._parts_of(node, scope)
        if parts is None:
            return
        names = [part.name for part in parts]
        if node.attr not in names:
            self._unknown(node.attr, names)

    def _parts_of(self, node: nodes.Getattr, scope: _Scope) -> tuple[Field, ...] | None:
        """The fields of the item that stands before the dot; None when the fault was told, or nothing is to be checked."""
        before = node.node
        if not isinstance(before, nodes.Name) or before.name not in scope.variables:
            name = before.name if isinstance(before, nodes.Name) else node.attr
            self._fault(
                f"“{name}.{node.attr}” không phải trường nào; dấu chấm chỉ dùng sau biến của vòng lặp", node.attr
            )
            return None
        if before.name == "loop":
            if node.attr not in CHECKED_LOOP:
                self._fault(
                    f"“loop.{node.attr}” không được dùng; chỉ dùng loop.index, loop.first, loop.last", node.attr
                )
            return None
        found = scope.variables[before.name]
        if found is None:
            self._fault(f"“{before.name}” là một dòng chữ, không có trường con “{node.attr}”", node.attr)
        return found

    def _loop(self, node: nodes.For, scope: _Scope) -> None:
        known = self._iterated(node.iter, scope)
        if not isinstance(node.target, nodes.Name) or node.recursive or known is None:
            if known is not None:
                self._fault("Vòng lặp viết như {% for x in danh_sach %}", "for")
            return
        if node.target.name in self.offer.by_name or node.target.name == "loop":
            self._fault(
                f"Tên biến của vòng lặp trùng tên trường “{node.target.name}”; hãy đặt tên khác", node.target.name
            )
            return
        inside = scope.inside(node.target.name, known.parts or None)
        for child in [*node.body, *node.else_, *([node.test] if node.test is not None else [])]:
            self._node(child, inside)

    def _iterated(self, over: nodes.Node, scope: _Scope) -> Field | None:
        """The list that a loop goes through: one that is offered (not within another loop), or one of the item's."""
        if isinstance(over, nodes.Name) and over.name in self.offer.by_name and self.offer.by_name[over.name].is_list:
            if scope.variables:
                self._fault(
                    f"Danh sách “{over.name}” không lặp bên trong một vòng lặp khác; hãy đặt ra ngoài", over.name
                )
                return None
            self.used.append(over.name)
            return self.offer.by_name[over.name]
        if isinstance(over, nodes.Getattr) and isinstance(over.node, nodes.Name):
            parts = scope.variables.get(over.node.name) or ()
            known = next((part for part in parts if part.name == over.attr and part.is_list), None)
            if known is not None:
                return known
        name = over.name if isinstance(over, nodes.Name) else getattr(over, "attr", "for")
        self._unknown(str(name), [item.name for item in self.offer.fields if item.is_list])
        return None

    def _unknown(self, name: str, names: list[str]) -> None:
        near = difflib.get_close_matches(name, names, 1, 0.6)
        hint = f"; có phải “{near[0]}” không?" if near else f"; các trường dùng được ở đây: {', '.join(names)}."
        self._fault(f"Không có trường “{name}”{hint}", name, stop="")

    def _fault(self, message: str, word: str, stop: str = ".") -> None:
        wanted = re.compile(rf"\{{[{{%][^}}]*{re.escape(word)}") if word != "{%" else TAG
        at = next((i for i, text in enumerate(self.paragraphs) if wanted.search(text)), None)
        self.faults.append(Fault(message + stop, self._place(at)))

    def _place(self, at: int | None) -> str:
        if at is None:
            return self.where.capitalize()
        text = " ".join(self.paragraphs[at].split())
        return f"{self.where.capitalize()}, đoạn {at + 1} (“{text[:80]}{'…' if len(text) > 80 else ''}”)"


def _unbalanced(text: str) -> bool:
    return text.count("{{") != text.count("}}") or text.count("{%") != text.count("%}")
