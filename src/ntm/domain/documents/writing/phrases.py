"""Câu của kế hoạch: targets, criteria, money and deadlines in the sentences that plans use and `reading` reads back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ntm.domain.official.money import Measure
from ntm.domain.official.numbers import write_number

from . import words
from .content import Para

Mode = Literal["gain", "keep", "total"]
Title = Literal["ntm", "nang_cao", "kieu_mau"]
TITLE_WORDS: dict[Title, str] = {
    "ntm": "đạt chuẩn nông thôn mới",
    "nang_cao": "đạt chuẩn nông thôn mới nâng cao",
    "kieu_mau": "đạt chuẩn nông thôn mới kiểu mẫu",
}


def unit_target(
    unit: str, gain: Sequence[int] = (), keep: Sequence[int] = (), deadline: str = "", title: Title | None = None
) -> Para:
    """Chỉ tiêu của một xã: "- Xã Vân Mộng: Phấn đấu chậm nhất 30/11/2018 đạt thêm các tiêu chí 2, 3; duy trì các tiêu chí 1."
    `unit` with its kind: "Xã Vân Mộng"."""
    parts = []
    if gain:
        when = f"{deadline.strip()} " if deadline.strip() else ""
        parts.append(f"Phấn đấu {when}đạt thêm {_criteria(gain)}")
    if keep:
        verb = "duy trì và nâng cao chất lượng" if parts else "Duy trì và nâng cao chất lượng"
        parts.append(f"{verb} {_criteria(keep)}")
    if title is not None:
        parts.append(f"{'để được công nhận' if parts else 'Phấn đấu được công nhận'} xã {TITLE_WORDS[title]}")
    return Para(f"{unit.strip()}: " + "; ".join(parts[:2]) + (f" {parts[2]}" if len(parts) > 2 else "") + ".", "-")


def _criteria(numbers: Sequence[int]) -> str:
    ordered = [str(no) for no in sorted(numbers)]
    return f"tiêu chí số {ordered[0]}" if len(ordered) == 1 else "các tiêu chí số " + ", ".join(ordered)


def criterion_target(
    no: int, name: str, *, gain: Sequence[str] = (), keep: Sequence[str] = (), work: str = "", unit_word: str = "xã"
) -> Para:
    """Chỉ tiêu của một tiêu chí: "- Tiêu chí số 02 Giao thông: … Phấn đấu thêm 02 xã đạt tiêu chí (Vân Mộng, Việt Yên)."
    Units without their kind."""
    said = [work.strip().rstrip(".") + "." if work.strip() else ""]
    if gain:
        said.append(f"Phấn đấu thêm {words.count(len(gain))} {unit_word} đạt tiêu chí ({', '.join(gain)}).")
    if keep:
        said.append(f"Duy trì {words.count(len(keep))} {unit_word} giữ vững tiêu chí ({', '.join(keep)}).")
    return Para(f"Tiêu chí số {no:02d} {name.strip()}: " + " ".join(part for part in said if part), "-")


def average_target(gain: Decimal | None, total: Decimal | None, unit_word: str = "xã") -> Para:
    """Bình quân: "Phấn đấu tăng bình quân 1,5 tiêu chí/xã, lũy kế đạt 9,5 tiêu chí/xã."."""
    parts = []
    if gain is not None:
        parts.append(f"phấn đấu tăng bình quân {write_number(gain)} tiêu chí/{unit_word}")
    if total is not None:
        parts.append(f"lũy kế đạt {write_number(total)} tiêu chí/{unit_word}")
    text = ", ".join(parts)
    return Para(text[:1].upper() + text[1:] + ".", "-")


def title_target(
    count: int, title: Title, units: Sequence[str] = (), total: int | None = None, of: int | None = None
) -> Para:
    """Danh hiệu: "Phấn đấu có thêm 02 xã đạt chuẩn nông thôn mới (Vân Mộng, Văn An), lũy kế 04/23 xã."."""
    named = f" ({', '.join(units)})" if units else ""
    whole = f"/{of}" if of else ""
    reached = f", lũy kế {words.count(total)}{whole} xã" if total is not None else ""
    return Para(f"Phấn đấu có thêm {words.count(count)} xã {TITLE_WORDS[title]}{named}{reached}.", "-")


def metric_target(what: str, value: Decimal, measure: str, *, at_least: bool = True, deadline: str = "") -> Para:
    """Chỉ tiêu có tên: "Thu nhập bình quân đầu người đạt từ 40 triệu đồng/người/năm trở lên."."""
    figure = write_number(value) + ("" if measure.startswith("%") else " ") + measure
    end = f" {deadline.strip()}" if deadline.strip() else ""
    if at_least:
        return Para(f"{what.strip()} đạt từ {figure} trở lên{end}.", "-")
    return Para(f"{what.strip()} giảm còn {figure}{end}.", "-")


@dataclass(frozen=True)
class MoneyText:
    """Khoản tiền của kế hoạch, đồng; a total is the sum of its parts where it has some."""

    what: str
    amount: int = 0
    parts: tuple[MoneyText, ...] = ()
    condition: str = ""

    @property
    def total(self) -> int:
        return sum(part.total for part in self.parts) if self.parts else self.amount


def money_paragraphs(whole: MoneyText, measure: Measure = "triệu") -> tuple[Para, ...]:
    """Nguồn lực: the total, then a line for each source and each part of it."""
    head = f"{whole.what.strip()}: {words.money_words(whole.total, measure)}"
    if not whole.parts:
        return (Para(f"{head}."),)
    lines = [Para(f"{head}, trong đó:")]
    last = len(whole.parts) - 1
    for at, part in enumerate(whole.parts):
        lines += _money_part(part, measure, "." if at == last else ";")
    return tuple(lines)


def _money_part(part: MoneyText, measure: Measure, stop: str) -> list[Para]:
    condition = f" ({part.condition.strip()})" if part.condition.strip() else ""
    text = f"{part.what.strip()}{condition}: {words.money_words(part.total, measure)}"
    if not part.parts:
        return [Para(text + stop, "-")]
    below = [f"{sub.what.strip()}: {words.money_words(sub.total, measure)}" for sub in part.parts]
    last = len(below) - 1
    return [
        Para(f"{text}, gồm:", "-"),
        *(Para(line + (stop if at == last else ";"), "+") for at, line in enumerate(below)),
    ]


def basis(kind: str, number: str, day: str, issuer: str, title: str, role: str = "Căn cứ") -> str:
    """Lời dẫn căn cứ: "Căn cứ Quyết định số 1600/QĐ-TTg ngày 16/8/2016 của Thủ tướng Chính phủ về …"."""
    about = title.strip()
    about = (
        about if not about or about.lower().startswith(("về ", "phê duyệt", "ban hành", "quy định")) else f"về {about}"
    )
    return f"{role} {kind} số {number} ngày {day} của {issuer} {about}".strip()


def annex_promise(labels: Sequence[str]) -> Para:
    """ "(Chi tiết tại Phụ lục 1; Biểu 02 kèm theo)"."""
    return Para(f"(Chi tiết tại {'; '.join(labels)} kèm theo)", italic=True)
