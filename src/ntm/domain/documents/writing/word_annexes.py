"""Phụ lục sau một mẫu: annexes set behind the last page of a filled template, each on pages of its own."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from . import word_parts as parts
from . import wordml
from .content import Annex
from .layout import layout


def append_annexes(file: Document, annexes: Sequence[Annex], attached: str) -> None:
    """Ghép phụ lục: in the decree's layout, under the page heads of the template; `attached` is their "(Kèm theo …)"."""
    if not annexes:
        return
    body = file.element.body
    last = body.find(qn("w:sectPr"))
    before = parse_xml(f"<w:body {nsdecls('w', 'r')}>{wordml.end_mark()}</w:body>")[0]
    if last is not None:
        body.remove(last)
        before.find(qn("w:pPr")).append(deepcopy(last))
    body.append(before)
    page = wordml.sheet(layout())
    for at, annex in enumerate(annexes, start=1):
        text = parts.annex(annex, annex.attached_to or attached)
        end = wordml.page_break_section(landscape=annex.turned, page=page)
        text += wordml.end_mark() + end if at == len(annexes) else wordml.end_mark(end)
        for element in list(parse_xml(f"<w:body {nsdecls('w', 'r')}>{text}</w:body>")):
            body.append(_lettered(element))


def _lettered(element: Any) -> Any:
    """The letters of the decree, whatever the template's own are."""
    face = layout().font
    for run in element.iter(qn("w:r")):
        properties = run.find(qn("w:rPr"))
        if properties is not None:
            fonts = f'<w:rFonts {nsdecls("w")} w:ascii="{face}" w:hAnsi="{face}" w:cs="{face}" w:eastAsia="{face}"/>'
            properties.insert(0, parse_xml(fonts))
    return element
