"""Mẫu văn bản của cơ quan: a Word file with fields `{{ trich_yeu }}`, checked when it is uploaded, filled when it is used.

An uploaded template is hostile until shown otherwise: its size is bounded, it may hold no macros, no links outside, no
objects, and its fields speak a closed language (names offered, loops over lists offered, conditions, three filters), which
runs in a sandbox besides.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree  # type: ignore[import-untyped]

from ntm.domain.documents.reading.blocks import SourceError
from ntm.domain.documents.reading.sources.archives import Package, open_package, refuse_macros
from ntm.domain.documents.reading.sources.limits import MEGABYTE, Limits

from .content import AnyDocument, OfficialLetter, WritingError
from .package import steady
from .template_fields import OFFERS, Field, TemplateKind
from .template_language import TAG, Checker, Fault
from .template_values import following, kind_of, values
from .word_annexes import append_annexes
from .words import attached_sentence

MAX_BYTES = 5 * MEGABYTE
LIMITS = Limits(max_bytes=MAX_BYTES, max_unpacked=30 * MEGABYTE, max_part=2 * MEGABYTE, max_ratio=200, max_parts=400)
MAX_WRITTEN = 40 * MEGABYTE  # what a filled template may become, before it is packed
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACES = {"document": "phần thân", "header": "đầu trang", "footer": "chân trang"}


class TemplateFault(WritingError):
    """Mẫu không dùng được: `faults` are all that was found."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(" ".join(str(fault) for fault in faults[:5]))
        self.faults = faults


def offered(kind: TemplateKind = "plan") -> tuple[Field, ...]:
    """Các trường mà mẫu của một loại văn bản được dùng."""
    return OFFERS[kind].fields


def check_template(content: bytes, name: str = "mẫu.docx", kind: TemplateKind = "plan") -> tuple[str, ...]:
    """Kiểm tra mẫu: gives the fields that it uses; raises TemplateFault that names every fault with its place."""
    _opened(content, name)
    used: list[str] = []
    faults: list[Fault] = []
    for part, source, paragraphs in _sources(content):
        checker = Checker(paragraphs, _PLACES[part], OFFERS[kind])
        checker.read(source)
        used += checker.used
        faults += checker.faults
    if faults:
        raise TemplateFault(tuple(dict.fromkeys(faults)))
    if not used:
        raise _fault("Mẫu chưa có trường nào; hãy đặt ít nhất một trường, ví dụ {{ trich_yeu }}, vào chỗ cần điền.")
    return tuple(dict.fromkeys(used))


def fill_template(content: bytes, document: AnyDocument, name: str = "mẫu.docx") -> bytes:
    """Điền mẫu bằng nội dung của văn bản, ra tệp .docx, its tables and annexes after it. The template is checked again: it
    may come from anywhere."""
    used = check_template(content, name, kind_of(document))
    filled = values(document)
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    for _, source, _ in _sources(content):
        if _written(environment.parse(source), filled) > MAX_WRITTEN:
            raise _fault("Mẫu điền ra tệp quá lớn; hãy bớt phần lặp lại quanh các danh sách.")
    template = DocxTemplate(io.BytesIO(content))
    try:
        template.render(filled, environment, autoescape=True)
        annexes = following(document, used)
        append_annexes(template.docx, annexes, attached_sentence(_called(document), document.header))
        out = io.BytesIO()
        template.save(out)
    except (TemplateError, ValueError, KeyError, TypeError, SyntaxError) as error:
        raise _fault("Mẫu không điền được; hãy mở mẫu bằng Word, xoá các trường rồi gõ lại từng trường một.") from error
    return steady(out.getvalue())


def _called(document: AnyDocument) -> str:
    return "Công văn" if isinstance(document, OfficialLetter) else document.kind


def _opened(content: bytes, name: str) -> Package:
    """The package, after everything that does not belong in a template was refused."""
    if len(content) > MAX_BYTES:
        raise _fault(f"Mẫu nặng hơn {MAX_BYTES // MEGABYTE} MB; hãy bỏ bớt ảnh rồi nạp lại.")
    try:
        package = open_package(content, name, LIMITS)
        refuse_macros(package)
        if not package.has("word/document.xml"):
            raise _fault(f"Tệp “{name}” không phải văn bản Word .docx; hãy lưu mẫu thành .docx rồi nạp lại.")
        for part in package.names:
            if part.endswith((".xml", ".rels")):
                package.tree(part)
        _refuse_foreign(package)
    except SourceError as error:
        raise _fault(str(error)) from error
    return package


def _refuse_foreign(package: Package) -> None:
    """No objects, no links to other places but hyperlinks, no fields where they would not be checked."""
    for part in package.names:
        if re.search(r"(?:^|/)(?:embeddings|activex|vbaproject)", part):
            raise _fault("Mẫu có đối tượng nhúng (OLE, ActiveX); hãy xoá đối tượng đó rồi nạp lại.")
        if part.endswith(".rels"):
            for item in package.tree(part):
                outside = isinstance(item.tag, str) and item.get("TargetMode") == "External"
                if outside and not (item.get("Type") or "").endswith("/hyperlink"):
                    raise _fault("Mẫu có liên kết tới tệp ở nơi khác; hãy chèn hẳn ảnh vào tệp rồi nạp lại.")
        elif part.endswith(".xml") and not re.fullmatch(r"word/(?:document|(?:header|footer)\d*)\.xml", part):
            text = etree.tostring(parse_xml(package.read(part)), encoding="unicode")
            if TAG.search(text) or TAG.search(re.sub(r"<[^>]*>", "", text)):
                raise _fault(
                    f"Trường đặt ở chỗ không điền được ({part}); hãy chuyển trường vào thân văn bản, đầu trang hoặc chân "
                    "trang."
                )


def _fault(message: str) -> TemplateFault:
    return TemplateFault((Fault(message),))


def _sources(content: bytes) -> Iterator[tuple[str, str, list[str]]]:
    """(which part, its text as the engine will see it with fields that Word cut into runs joined, its paragraphs)."""
    template = DocxTemplate(io.BytesIO(content))
    try:
        template.init_docx()
        body = template.docx.element.body
    except (KeyError, ValueError, AttributeError, IndexError, TypeError, PackageNotFoundError) as error:
        raise _fault("Mẫu bị hỏng hoặc không phải văn bản Word; hãy mở bằng Word, lưu lại rồi nạp lại.") from error
    yield "document", str(template.patch_xml(template.get_xml())), _paragraphs(body)
    for kind, uri in (("header", template.HEADER_URI), ("footer", template.FOOTER_URI)):
        for _, part in template.get_headers_footers(uri):
            tree = parse_xml(part.blob)
            yield kind, str(template.patch_xml(template.xml_to_string(tree))), _paragraphs(tree)


def _paragraphs(tree: Any) -> list[str]:
    return ["".join(t.text or "" for t in p.iter(_W + "t")) for p in tree.iter(_W + "p")]


def _written(node: nodes.Node, filled: dict[str, Any]) -> int:
    """At most how many letters of the template itself come out."""
    if isinstance(node, nodes.TemplateData):
        return len(node.data)
    times = 1
    if isinstance(node, nodes.For):
        times = _longest(node.iter, filled)
    return times * sum(_written(child, filled) for child in node.iter_child_nodes())


def _longest(over: nodes.Node, filled: dict[str, Any]) -> int:
    if isinstance(over, nodes.Name):
        return len(filled.get(over.name, ()))
    name = over.attr if isinstance(over, nodes.Getattr) else ""
    lists = [
        item.get(name)
        for known in filled.values()
        if isinstance(known, list)
        for item in known
        if isinstance(item, dict)
    ]
    return max((len(found) for found in lists if isinstance(found, list)), default=0)
