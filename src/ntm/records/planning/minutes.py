"""Biên bản giao ban: what the minutes of a meeting say, as plain words; domain.documents.writing makes the paper of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ntm.domain.documents.writing import content as writing
from ntm.domain.official.dates import write_date
from ntm.records.planning.models import Conclusion, Meeting, TaskBody
from ntm.records.planning.queries.meetings import Agenda, AgendaTask, Answered, Gained, agenda, conclusions
from ntm.records.units import queries as units

__all__ = ["Concluded", "MinutesContent", "MinutesPart", "minutes", "paper"]


@dataclass(frozen=True, slots=True)
class MinutesPart:
    """Một mục của biên bản: its heading and its lines, each a sentence."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Concluded:
    """Một kết luận: what, who leads, who coordinates, by when; `about` is the task it came from."""

    no: int
    text: str
    lead: str
    coordinating: str
    deadline: str
    about: str

    @property
    def sentence(self) -> str:
        """As a line of the minutes."""
        parts = [self.text.rstrip(".")]
        parts += [f"chủ trì: {self.lead}"] if self.lead else []
        parts += [f"phối hợp: {self.coordinating}"] if self.coordinating else []
        parts += [f"thời hạn: {self.deadline}"] if self.deadline else []
        return "; ".join(parts) + "."


@dataclass(frozen=True, slots=True)
class MinutesContent:
    """Nội dung biên bản of one meeting."""

    title: str
    unit: str  # "huyện Văn Quan"
    name: str  # "Văn Quan"
    province: str
    body: str
    on: date
    since: date
    place: str
    chair: str
    secretary: str
    present: tuple[str, ...]
    parts: tuple[MinutesPart, ...]
    conclusions: tuple[Concluded, ...]
    held: bool


def minutes(meeting: Meeting, on: date | None = None) -> MinutesContent:
    """Lập nội dung biên bản; of a meeting not yet held, as its agenda stands on `on` (its own day by default)."""
    label = units.label(meeting.unit_id, meeting.on)
    top = label.ancestors[-1] if label.ancestors else label
    return MinutesContent(
        title=meeting.title,
        unit=label.title,
        name=label.name,
        province=top.name if top.level == "tinh" else "",
        body=meeting.body.name if meeting.body else "",
        on=meeting.on,
        since=meeting.since,
        place=meeting.place,
        chair=meeting.chair,
        secretary=meeting.secretary,
        present=tuple(line.strip() for line in meeting.attendees.splitlines() if line.strip()),
        parts=_parts(agenda(meeting, on or meeting.on)),
        conclusions=tuple(_concluded(at, one) for at, one in enumerate(conclusions(meeting), start=1)),
        held=meeting.state == Meeting.State.HELD,
    )


def paper(told: MinutesContent) -> writing.Minutes:
    """Biên bản để viết ra docx, without a number; closed by the conclusions."""
    issuer = told.body or f"Ủy ban nhân dân {told.unit}"
    sections = tuple(
        writing.Section(part.heading, f"{at}.", 1, tuple(writing.Para(line, bullet="-") for line in part.lines))
        for at, part in enumerate(told.parts, start=1)
    )
    return writing.Minutes(
        header=writing.Letterhead(
            issuer=issuer, place=told.name, symbol="BB", date=told.on, issuer_words=issuer, draft=not told.held
        ),
        title=told.title,
        opened=write_date(told.on, words=True),
        place=told.place,
        present=told.present,
        chair=writing.Signature("Chủ trì", told.chair),
        secretary=writing.Signature("Thư ký", told.secretary),
        sections=sections,
        conclusions=tuple(one.sentence for one in told.conclusions),
    )


def _parts(told: Agenda) -> tuple[MinutesPart, ...]:
    since, until = write_date(told.since), write_date(told.until)
    parts = (
        MinutesPart("Kết luận cuộc họp trước", tuple(_line(one) for one in told.concluded)),
        MinutesPart(f"Việc đã xong từ ngày {since}", tuple(_line(one) for one in told.done)),
        MinutesPart(f"Việc đã có tiến độ từ ngày {since}", tuple(_line(one) for one in told.changed)),
        MinutesPart("Việc quá hạn", tuple(_line(one) for one in told.overdue)),
        MinutesPart(f"Việc đến hạn đến ngày {until}", tuple(_line(one) for one in told.due)),
        MinutesPart("Tiêu chí được thẩm tra", tuple(_gain(one) for one in told.gained)),
        MinutesPart("Trả lời phần giao chỉ tiêu", tuple(_answer(one) for one in told.answered)),
    )
    return tuple(part for part in parts if part.lines)


def _line(one: AgendaTask) -> str:
    facts = [one.what.rstrip(".")]
    facts += [f"chủ trì {one.lead}"] if one.lead else []
    if one.due is not None:
        late = f", quá {-one.days} ngày" if one.days is not None and one.days < 0 else ""
        facts.append(f"hạn {write_date(one.due)}{late}")
    facts += [f"đã làm {one.percent}%"] if one.percent is not None else []
    facts += [one.units] if one.units else []
    said = f" {one.said.strip().rstrip('.')}." if one.said.strip() else ""
    return f"{'; '.join(facts)}.{said}"


def _gain(one: Gained) -> str:
    verb = "đạt" if one.met else "không còn đạt"
    return f"{one.unit[:1].upper()}{one.unit[1:]} {verb} tiêu chí {one.criterion_no} từ ngày {write_date(one.on)}."


def _answer(one: Answered) -> str:
    verb = "nhận phần giao" if one.accepted else "đề nghị điều chỉnh phần giao"
    reason = f": {one.reason.strip().rstrip('.')}" if one.reason.strip() else ""
    return f"{one.unit[:1].upper()}{one.unit[1:]} {verb} “{one.target}”{reason}."


def _concluded(no: int, row: Conclusion) -> Concluded:
    bodies = list(row.task.bodies.all()) if row.task else []

    def said(part: str) -> str:
        return ", ".join(body.words for body in bodies if body.part == part)

    return Concluded(
        no,
        row.text,
        said(TaskBody.Part.LEAD),
        said(TaskBody.Part.COORDINATING),
        row.task.deadline_words if row.task else "",
        row.about.task.what if row.about else "",
    )
