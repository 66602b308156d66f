"""Văn bản Word (.docx): a document of `content` written in the layout of decree 30/2020."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from . import word_parts as parts
from . import wordml, words
from .content import (
    Annex,
    AnyDocument,
    Decision,
    Document,
    Letterhead,
    Minutes,
    OfficialLetter,
    PlanDocument,
    ReportSkeleton,
    Section,
    Signature,
)
from .layout import layout
from .package import steady
from .wordml import run


def write_docx(document: AnyDocument) -> bytes:
    """Viết văn bản ra tệp .docx."""
    if isinstance(document, OfficialLetter):
        return assemble(document.header, document.about, "Công văn", _letter(document), document.annexes)
    if isinstance(document, Minutes):
        return assemble(document.header, document.title, document.kind, _minutes(document), document.annexes)
    return assemble(document.header, document.title, document.kind, _document(document), document.annexes)


def _room() -> Decimal:
    return layout().text_width()


def _sections(items: tuple[Section, ...]) -> str:
    return "".join(parts.section(item, _room()) for item in items)


def _document(document: Document) -> str:
    body = [parts.letterhead(document.header), parts.title_block(document.kind, document.title, _room())]
    above: list[str] = []
    if isinstance(document, ReportSkeleton) and document.addressee:
        body.append(_addressee(document.addressee))
        above = ["Như trên"]
    if isinstance(document, Decision) and document.decider:
        body.append(parts.centred(document.decider.upper(), "heading", bold=True))
    if document.bases:
        body.append(parts.bases(document.bases))
    if document.preamble:
        body.append(parts.plain(document.preamble))
    if isinstance(document, Decision):
        body.append(_articles(document))
    body.append(_sections(document.sections))
    if isinstance(document, PlanDocument) and document.duties:
        body.append(_duties(document))
    if document.closing:
        body.append(parts.plain(_ended(document.closing), keep_next=True))
    recipients = [r for r in document.recipients if not (above and r.strip(" ;.-") == above[0])]
    body.append(parts.closing(recipients, document.signature, above))
    return "".join(body)


def _ended(text: str) -> str:
    """Hết phần nội dung: "./." after the last word."""
    text = text.strip()
    return text if text.endswith("./.") else f"{text.rstrip('.;/')}./."


def _duties(document: PlanDocument) -> str:
    place = sum(section.depth == 1 for section in document.sections) + 1
    duties = tuple(
        duty if duty.label else type(duty)(duty.body, duty.duties, f"{at}.")
        for at, duty in enumerate(document.duties, start=1)
    )
    return parts.section(Section(document.duties_heading, words.next_label(1, place), 1, duties), _room())


def _articles(document: Decision) -> str:
    size = layout().size("body")
    body = [parts.centred("QUYẾT ĐỊNH:", "heading", bold=True)]
    for at, article in enumerate(document.articles, start=1):
        body.append(parts.body_paragraph(run(f"Điều {at}. ", size, bold=True) + run(article.text.strip(), size)))
        body += [parts.body_paragraph(run(clause.strip(), size)) for clause in article.clauses]
    return "".join(body)


def _addressee(names: tuple[str, ...]) -> str:
    """Kính gửi: one on the line, several below it with a dash each."""
    size = layout().size("addressee")
    if len(names) == 1:
        return wordml.paragraph(run(f"Kính gửi: {names[0].strip()}", size), align="center", before=12, after=12)
    lines = words.list_with_stops(names)
    head = wordml.paragraph(run("Kính gửi:", size), left_mm=45, before=12)
    return head + "".join(
        wordml.paragraph(run(f"- {line}", size), left_mm=55, after=12 if line is lines[-1] else 0) for line in lines
    )


def _letter(document: OfficialLetter) -> str:
    return "".join(
        [
            parts.letterhead(document.header, document.about),
            _addressee(document.addressee),
            parts.blocks(document.paragraphs, _room(), keep_last=not document.sections),
            _sections(document.sections),
            parts.closing(
                [r for r in document.recipients if r.strip(" ;.-") != "Như trên"], document.signature, ["Như trên"]
            ),
        ]
    )


def _minutes(document: Minutes) -> str:
    body = [parts.letterhead(document.header), parts.title_block(document.kind, document.title, _room())]
    body.append(_told(("Thời gian bắt đầu", document.opened), ("Địa điểm", document.place)))
    body.append(_named("Thành phần tham dự:", document.present))
    body.append(_named("Vắng mặt:", document.absent))
    led = (("Chủ trì", document.chair), ("Thư ký", document.secretary))
    body.append(_told(*((what, _person(who, what)) for what, who in led)))
    body.append(_sections(document.sections))
    if document.conclusions:
        body.append(_named("Kết luận của người chủ trì:", document.conclusions))
    body.append(parts.plain(document.closed or "Cuộc họp kết thúc cùng ngày; biên bản đã được thông qua./."))
    body.append(parts.two_signatures(document.secretary, document.chair))
    body.append(parts.recipients_alone(document.recipients))
    return "".join(body)


def _told(*lines: tuple[str, str]) -> str:
    """ "Địa điểm: ...": a line that nobody filled in is left out."""
    told = [f"{what}: {words.strip()}." for what, words in lines if words.strip()]
    return parts.plain("\n".join(told)) if told else ""


def _person(who: Signature, as_what: str) -> str:
    """Name and position; the part in the meeting is no position."""
    position = who.position.strip()
    return ", ".join(part for part in (who.name.strip(), "" if position == as_what else position) if part)


def _named(lead: str, items: tuple[str, ...]) -> str:
    if not items:
        return ""
    size = layout().size("body")
    head = parts.body_paragraph(run(lead, size, bold=True), keep_next=True)
    return head + "".join(parts.body_paragraph(run(f"- {line}", size)) for line in words.list_with_stops(items))


def assemble(header: Letterhead, title: str, kind: str, main: str, annexes: tuple[Annex, ...] = ()) -> bytes:
    """Gói văn bản: the parts put into a package, one section of pages for the document, one for each annex."""
    file = docx.Document()
    _styles(file)
    _properties(file, header, title)
    header_id = _page_number(file)
    page = wordml.sheet(layout())
    attached = words.attached_sentence(kind, header)
    turned = [False, *(annex.turned for annex in annexes)]
    texts = [main, *(parts.annex(annex, annex.attached_to or attached) for annex in annexes)]
    ends = [wordml.page_break_section(landscape=landscape, page=page, header_id=header_id) for landscape in turned]
    body = "".join(
        text + (wordml.end_mark(end) if at < len(texts) - 1 else wordml.end_mark() + end)
        for at, (text, end) in enumerate(zip(texts, ends, strict=True))
    )
    whole = parse_xml(f"<w:body {nsdecls('w', 'r')}>{body}</w:body>")
    root = file.element
    root.replace(root.body, whole)
    out = io.BytesIO()
    file.save(out)
    return steady(out.getvalue())


def _styles(file: docx.document.Document) -> None:
    rules = layout()
    normal = file.styles["Normal"]
    normal.font.name = rules.font
    normal.font.size = Pt(float(rules.size("body")))
    properties = normal.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), rules.font)
    properties.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="vi-VN" w:eastAsia="vi-VN"/>'))
    normal.paragraph_format.space_after = Pt(0)


def _properties(file: docx.document.Document, header: Letterhead, title: str) -> None:
    known = file.core_properties
    known.title = words.clean(" ".join(title.split()))[:255]
    known.author = words.clean(header.issuer)[:255]
    known.comments = ""
    known.language = "vi-VN"
    day = header.date if isinstance(header.date, date) else None
    stamp = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else datetime(2020, 3, 5, tzinfo=UTC)
    known.created = known.modified = stamp.replace(tzinfo=None)


def _page_number(file: docx.document.Document) -> str:
    """Số trang: Arabic, in the middle above, on a header that every section points to; the first page shows none."""
    section = file.sections[0]
    section.header.is_linked_to_previous = False
    size = int(layout().size("page_number") * 2)
    field = (
        f'<w:p {nsdecls("w")}><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:sz w:val="{size}"/></w:rPr>'
        '<w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:rPr><w:sz w:val="{size}"/></w:rPr><w:t>2</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    element = section.header._element
    for old in list(element):
        element.remove(old)
    element.append(parse_xml(field))
    reference = section._sectPr.find(qn("w:headerReference"))
    return str(reference.get(qn("r:id")))
