"""Phát hiện và quy tắc kiểm tra: what a check says, and what every rule must tell of itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from ntm.domain.documents.checking.checkable import Checkable
from ntm.domain.documents.reading.model import Lines

Severity = Literal["high", "medium", "low", "info"]
SEVERITIES: tuple[Severity, ...] = ("high", "medium", "low", "info")
SEVERITY_NAMES: dict[Severity, str] = {
    "high": "nặng: mâu thuẫn chắc chắn, phải sửa trước khi ban hành",
    "medium": "vừa: nhiều khả năng sai hoặc thiếu, cần xem lại",
    "low": "nhẹ: nên làm rõ",
    "info": "để biết",
}


@dataclass(frozen=True)
class Finding:
    """Phát hiện: one sentence for an officer, the two figures that do not agree, and where they stand."""

    rule: str
    severity: Severity
    message: str
    computed: str | None = None
    stated: str | None = None
    lines: Lines = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "lines", tuple(sorted(set(self.lines))))

    def to_json(self) -> dict[str, Any]:
        """The form of `ntm read --json`; `kind` is the code of the rule."""
        return {
            "kind": self.rule,
            "severity": self.severity,
            "message": self.message,
            "computed": self.computed,
            "stated": self.stated,
            "lines": list(self.lines),
        }


@dataclass(frozen=True)
class Described:
    """Quy tắc: code, Vietnamese name, the heaviest weight it gives, what it compares, and its page."""

    code: str
    name: str
    severity: Severity
    compares: str

    @property
    def page(self) -> str:
        return f"docs/method/checks/{self.code}.md"


@dataclass(frozen=True)
class Rule(Described):
    """Quy tắc chạy được trên riêng một kế hoạch."""

    check: Callable[[Checkable], Iterable[Finding]]


def lines_of(*groups: Iterable[int]) -> Lines:
    """The lines of several places, once each, in order."""
    return tuple(sorted({line for group in groups for line in group}))
