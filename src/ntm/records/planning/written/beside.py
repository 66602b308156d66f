"""Văn bản đi kèm kế hoạch: the decision that issues it, and the letter that asks for opinions on its draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ntm.domain.documents.writing.content import Article, Decision, Letterhead, OfficialLetter, Para
from ntm.domain.official.dates import PartialDate
from ntm.domain.official.text import fold
from ntm.records.planning.as_document.parts import PlanParts, load
from ntm.records.planning.models import Plan
from ntm.records.planning.written.head import decider, letterhead, run_on, signature

__all__ = ["below", "issuing_decision", "opinion_letter"]

_MOST_NAMED = 12  # bodies told by name; more are told together
_BLANK = "…………"
_BELOW = {"huyen": "Ủy ban nhân dân các xã, thị trấn", "xa": "Trưởng các thôn", "thon": "Các hộ dân trong thôn"}
_TWO_LEVELS = date(2025, 7, 1)  # districts ended


def below(parts: PlanParts) -> str:
    """Các đơn vị cấp dưới, as they are addressed together."""
    if parts.plan.level == "tinh":
        lower = "các xã, phường, đặc khu" if parts.on >= _TWO_LEVELS else "các huyện, thị xã, thành phố"
        return f"Ủy ban nhân dân {lower}"
    return _BELOW.get(parts.plan.level, "Các đơn vị cấp dưới")


def issuing_decision(plan: Plan, no: int, on: date | None = None) -> Decision:
    """Quyết định ban hành kế hoạch: its bases are those of the plan; number and day are left for the hand."""
    parts = load(plan, no, on)
    bases = [basis.words.strip().rstrip(";.,") for basis in parts.bases]
    named = _bodies(parts)
    few = 0 < len(named) <= _MOST_NAMED
    told = named if few else ["Thủ trưởng các cơ quan, đơn vị có liên quan"]
    told += [] if few and any(map(_are_lower, named)) else [below(parts)]
    return Decision(
        header=_head(parts, "QĐ"),
        title=f"Về việc ban hành Kế hoạch {run_on(parts)}",
        signature=replace(signature(parts), name=""),
        bases=(*bases, f"Theo đề nghị của {_BLANK}"),
        decider=decider(parts),
        articles=(
            Article(f"Ban hành kèm theo Quyết định này Kế hoạch {run_on(parts)}."),
            Article("Quyết định này có hiệu lực kể từ ngày ký."),
            Article(f"{'; '.join(told)} chịu trách nhiệm thi hành Quyết định này."),
        ),
        recipients=("Như Điều 3", *_recipients(parts, "Như Điều 3")),
    )


def opinion_letter(plan: Plan, no: int, on: date | None = None) -> OfficialLetter:
    """Công văn xin ý kiến về dự thảo: to the bodies that the plan gives duties to, and to the units below."""
    parts = load(plan, no, on)
    issuer = _sentence(parts.version.issuer)
    named = _bodies(parts)
    bodies = named if len(named) <= _MOST_NAMED else ["Các cơ quan, đơn vị được giao nhiệm vụ trong dự thảo"]
    to_lower = [] if any(map(_are_lower, bodies)) else [below(parts)]
    paragraphs = (
        Para(f"{issuer} đang xây dựng Kế hoạch {run_on(parts)} (dự thảo gửi kèm). {_told(parts)}".strip()),
        Para(f"Để hoàn thiện dự thảo, {issuer} đề nghị các cơ quan, đơn vị nghiên cứu, góp ý, tập trung vào:"),
        Para("chỉ tiêu phấn đấu và phần giao cho từng đơn vị;", "-"),
        Para("nhiệm vụ, cơ quan chủ trì, cơ quan phối hợp, thời gian hoàn thành;", "-"),
        Para("nhu cầu và nguồn lực thực hiện;", "-"),
        Para("những nội dung khác cần bổ sung, điều chỉnh.", "-"),
        Para(
            f"Ý kiến bằng văn bản gửi về {_BLANK} trước ngày … tháng … năm {parts.on.year} để tổng hợp, trình ban hành."
        ),
        Para("Trân trọng đề nghị./."),
    )
    return OfficialLetter(
        header=_head(parts, ""),
        about=f"góp ý dự thảo Kế hoạch {run_on(parts)}",
        addressee=(*bodies, *to_lower),
        paragraphs=paragraphs,
        signature=replace(signature(parts), name=""),
        recipients=("Như trên", *(one for one in _recipients(parts, "Như trên") if fold(one).startswith("luu"))),
    )


def _head(parts: PlanParts, kind: str) -> Letterhead:
    """The plan's own head with another symbol; a paper of its own bears its own number and day."""
    body = parts.version.symbol.partition("-")[2] or "UBND"
    month = PartialDate(parts.on.year, parts.on.month)
    return replace(
        letterhead(parts), number="", symbol="-".join(one for one in (kind, body) if one), date=month, draft=True
    )


def _told(parts: PlanParts) -> str:
    """Dự thảo nêu gì, counted."""
    units = len({cell.unit_id for cell in parts.cells})
    counted = (
        (len(parts.targets), "chỉ tiêu phấn đấu"),
        (len(parts.cells), f"lượt tiêu chí giao cho {units} đơn vị"),
        (len(parts.tasks), "nhiệm vụ"),
    )
    said = [f"{number} {what}" for number, what in counted if number]
    return f"Dự thảo nêu {', '.join(said)}." if said else ""


def _bodies(parts: PlanParts) -> list[str]:
    """The bodies that the plan gives duties to, each once."""
    names = [row.body_words.strip().rstrip(":") for row in parts.duties]
    return list({fold(one): one for one in names if one}.values())


def _are_lower(name: str) -> bool:
    """Are these the committees of all units below, told together already?"""
    words = fold(name)
    return "cac " in words and ("ubnd" in words or "uy ban nhan dan" in words)


def _recipients(parts: PlanParts, but: str) -> list[str]:
    return [row.words for row in parts.recipients if fold(row.words).rstrip(" ;.") != fold(but)]


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
