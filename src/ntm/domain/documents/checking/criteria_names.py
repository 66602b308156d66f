"""Số và tên tiêu chí: a criterion's number that is not the number of the name beside it."""

from __future__ import annotations

from collections.abc import Iterator

from ntm.domain.documents.checking.checkable import Checkable
from ntm.domain.documents.checking.model import Finding, Rule
from ntm.domain.documents.checking.prose import criterion_names
from ntm.domain.documents.reading.model import CriterionMention


def number_and_name(plan: Checkable) -> Iterator[Finding]:
    """Chỉ báo khi phần lớn các chỗ khác đều khớp: nếu không, văn bản theo một bộ tiêu chí khác."""
    stated = [m for m in plan.criterion_mentions if m.no is not None and m.resolved is not None and m.name]
    wrong = [m for m in stated if m.no != m.resolved]
    if not wrong or len(wrong) * 4 > len(stated):
        return
    names = criterion_names(plan)
    for mention in wrong:
        yield _finding(mention, names)


def _finding(mention: CriterionMention, names: dict[int, str]) -> Finding:
    no, resolved = mention.no or 0, mention.resolved or 0
    really = f"; tiêu chí {no} là “{names[no]}”" if no in names else ""
    return Finding(
        "criterion-name",
        "medium",
        f"Ghi tiêu chí {no} là “{mention.name}”, nhưng “{mention.name}” là tiêu chí {resolved}{really}.",
        f"tiêu chí {resolved}",
        f"tiêu chí {no}",
        mention.lines,
    )


RULES = (
    Rule(
        "criterion-name",
        "Số không khớp tên tiêu chí",
        "medium",
        "số ghi cạnh tên với số của tên đó trong bộ tiêu chí đang áp dụng",
        number_and_name,
    ),
)
