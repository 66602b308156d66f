"""Mẫu của cơ quan: fields offered, faults named with their place, hostile templates refused, what is filled is read back."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from plan_samples import full_plan, letterhead

from ntm.domain.documents.reading.reader import read
from ntm.domain.documents.reading.sources import read_source
from ntm.domain.documents.writing import templates
from ntm.domain.documents.writing.content import (
    AnyDocument,
    Article,
    Column,
    Decision,
    Minutes,
    OfficialLetter,
    Para,
    ReportSkeleton,
    Row,
    Section,
    Signature,
    Table,
)
from ntm.domain.documents.writing.template_fields import OFFERS, TemplateKind
from ntm.domain.documents.writing.template_starter import fields_guide, starter
from ntm.domain.documents.writing.template_values import kind_of, values
from ntm.domain.documents.writing.templates import TemplateFault, check_template, fill_template


def template(*lines: str, header: str = "", title: str = "") -> bytes:
    file = docx.Document()
    for line in lines:
        file.add_paragraph(line)
    if header:
        file.sections[0].header.paragraphs[0].text = header
    file.core_properties.title = title
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


GOOD = (
    "Số: {{ so_ky_hieu }}",
    "{{ ten_loai }} {{ trich_yeu | upper }}",
    "{%p for dong in can_cu %}",
    "{{ dong }}",
    "{%p endfor %}",
    "{%p for m in muc %}",
    "{{ m.so }} {{ m.ten }}",
    "{%p for d in m.doan %}",
    "{{ loop.index }}. {{ d }}",
    "{%p endfor %}",
    "{%p endfor %}",
    "{%p for v in nhiem_vu %}",
    "{{ v.noi_dung }} | {{ v.chu_tri }} | {% if v.thoi_gian %}{{ v.thoi_gian }}{% endif %}",
    "{%p endfor %}",
    "{{ nguoi_ky | default('') }}",
)


def test_a_good_template_is_filled() -> None:
    content = template(*GOOD, header="{{ co_quan }}")
    assert set(check_template(content)) == {
        "so_ky_hieu", "ten_loai", "trich_yeu", "can_cu", "muc", "nhiem_vu", "nguoi_ky", "co_quan",
    }  # fmt: skip
    filled = fill_template(content, full_plan())
    file = docx.Document(io.BytesIO(filled))
    lines = [p.text for p in file.paragraphs]
    assert lines[0] == "Số: 15/KH-UBND" and lines[1].startswith("KẾ HOẠCH THỰC HIỆN CHƯƠNG TRÌNH")
    assert any(line.startswith("Căn cứ Quyết định số 1600/QĐ-TTg") for line in lines)
    assert "I. Mục đích, yêu cầu" in lines
    assert sum("đợt" in line and line.count("|") == 2 for line in lines) == 27
    assert "Nguyễn Đình Đại" in lines
    assert "HUYỆN VĂN QUAN" in file.sections[0].header.paragraphs[0].text
    assert fill_template(content, full_plan()) == filled


CHAIR, CLERK = Signature("Chủ tịch", "Nguyễn Đình Đại"), Signature("Thư ký", "Người ghi")
FIGURES = Table(
    (Column("Chỉ tiêu", 30), Column("Thực hiện", 10, "number")), (Row(("Số xã đạt chuẩn", 4)),), caption="Kết quả"
)
PAPERS: dict[TemplateKind, AnyDocument] = {
    "plan": full_plan(),
    "decision": Decision(
        letterhead(), "Về việc ban hành Kế hoạch", CHAIR, bases=("Căn cứ Luật",), decider="Chủ tịch",
        articles=(Article("Ban hành Kế hoạch.", ("1. Giao các phòng.",)),), recipients=("Lưu: VT",),
    ),
    "letter": OfficialLetter(
        letterhead(), "góp ý dự thảo", ("UBND các xã",), (Para("Đề nghị góp ý."), FIGURES), CHAIR, ("Lưu: VT",)
    ),
    "minutes": Minutes(
        letterhead(), "Họp giao ban", "14 giờ 00", "Hội trường", ("Bà A",), CHAIR, CLERK,
        sections=(Section("Việc quá hạn", "1.", 2, (Para("Việc một.", "-"),)),), conclusions=("Làm ngay.",),
    ),
    "report": ReportSkeleton(
        letterhead(), "Kết quả thực hiện", CHAIR, addressee=("UBND tỉnh",), recipients=("Lưu: VT",),
        sections=(Section("Kết quả", "I.", 1, (Para("Như sau:"), FIGURES)),),
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", list(PAPERS))
def test_every_field_offered_has_a_value_and_every_list_its_parts(kind: TemplateKind) -> None:
    assert kind_of(PAPERS[kind]) == kind
    filled = values(PAPERS[kind])
    assert list(filled) == list(OFFERS[kind].by_name) and set(OFFERS[kind].needed) <= set(filled)
    for field in templates.offered(kind):
        assert isinstance(filled[field.name], list) == field.is_list
        for item in filled[field.name] if field.parts else ():
            assert set(item) == {part.name for part in field.parts}


@pytest.mark.parametrize("kind", list(PAPERS))
def test_the_starter_of_a_kind_prints_the_whole_paper(kind: TemplateKind) -> None:
    used = check_template(starter(kind), kind=kind)
    assert OFFERS[kind].unused(used) == () and set(OFFERS[kind].by_name) - set(used) <= {"so", "ky_hieu"}
    said = _words(fill_template(starter(kind), PAPERS[kind]))
    assert "{{" not in said and "{%" not in said
    told = {
        "plan": ("I. Mục đích, yêu cầu", "Phòng Nông nghiệp và Phát triển nông thôn:", "Biểu 01", "Nguyễn Đình Đại"),
        "decision": ("QUYẾT ĐỊNH:", "Điều 1. ", "Ban hành Kế hoạch.", "1. Giao các phòng.", "CHỦ TỊCH"),
        "letter": ("V/v góp ý dự thảo", "UBND các xã", "(Bảng 1 kèm theo)", "Bảng 1", "Số xã đạt chuẩn", "- Như trên;"),
        "minutes": ("Họp giao ban", "- Bà A", "- Làm ngay.", "1. Việc quá hạn", "- Việc một.", "Người ghi"),
        "report": ("UBND tỉnh", "I. Kết quả", "(Bảng 1 kèm theo)", "KẾT QUẢ", "Số xã đạt chuẩn"),
    }[kind]
    assert [words for words in told if words not in said] == []
    guide = _words(fields_guide(kind))
    assert all(field.name in guide and field.what in guide for field in templates.offered(kind))


def _words(content: bytes) -> str:
    file = docx.Document(io.BytesIO(content))
    return "\n".join(text.text or "" for text in file.element.body.iter() if text.tag.endswith("}t"))


def test_annexes_follow_the_template_turned_where_they_are_wide() -> None:
    filled = docx.Document(io.BytesIO(fill_template(template("{{ trich_yeu }}"), full_plan())))
    annexes = full_plan().annexes
    assert len(filled.sections) == 1 + len(annexes) and len(filled.tables) == len(annexes)
    assert [s.page_width > s.page_height for s in filled.sections[1:]] == [annex.turned for annex in annexes]
    own = docx.Document(io.BytesIO(fill_template(template(*GOOD), full_plan())))
    assert len(own.tables) == len(annexes) - 1  # the tasks stand in the template itself


def test_a_field_of_another_kind_is_told() -> None:
    with pytest.raises(TemplateFault, match="Không có trường “phan_cong”"):
        check_template(template("{% for p in phan_cong %}{{ p.co_quan }}{% endfor %}"), kind="letter")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            "Số {{ so_kyhieu }}",
            r"đoạn 2 \(“Số {{ so_kyhieu }}”\): Không có trường “so_kyhieu”; có phải “so_ky_hieu” không",
        ),
        ("{{ abcxyz }}", "Không có trường “abcxyz”; các trường dùng được ở đây"),
        ("{{ muc }}", "“muc” là danh sách"),
        ("{% for m in muc %}{{ m.tenn }}{% endfor %}", "Không có trường “tenn”; có phải “ten” không"),
        ("{% for m in muc %}{{ m }}{% endfor %}", "cần ghi rõ trường của mục"),
        ("{% for c in can_cu %}{{ c.ten }}{% endfor %}", "không có trường con “ten”"),
        ("{% for m in muc %}{% for n in muc %}x{% endfor %}{% endfor %}", "không lặp bên trong"),
        ("{% for m in muc %}{{ m.ten }}", "vòng lặp chưa đóng"),
        ("{{ so | attr('x') }}", "Bộ lọc “attr” không được dùng"),
        ("{{ so.__class__ }}", "không phải trường nào"),
        ("{{ ''.join(so) }}", "không dùng lệnh khác|không phải trường nào"),
        ("{{ cycler.__init__ }}", "không phải trường nào"),
        ("{{ 'a' * 99999999 }}", "không dùng lệnh khác"),
        ("{{ range(9) }}", "không dùng lệnh khác"),
        ("{% set x = 1 %}", "không dùng lệnh khác"),
        ("{% include 'x' %}", "không dùng lệnh khác"),
        ("{% macro x() %}{% endmacro %}", "không dùng lệnh khác"),
        ("{% for so in muc %}x{% endfor %}", "trùng tên trường"),
        ("Không có trường nào", "Mẫu chưa có trường nào"),
    ],
)
def test_faults_are_told_with_their_place(line: str, words: str) -> None:
    with pytest.raises(TemplateFault, match=words):
        check_template(template("Mở đầu", line))


def _with(content: bytes, **parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename not in parts:
                new.writestr(info.filename, old.read(info))
        for name, data in parts.items():
            new.writestr(name, data)
    return out.getvalue()


RELATION = (
    b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r1" Type="http://x/attachedTemplate" Target="http://x.test/a.dotx" TargetMode="External"/>'
    b"</Relationships>"
)


@pytest.mark.parametrize(
    ("spoiled", "words"),
    [
        (lambda good: b"PK\x03\x04 not a zip", "hỏng"),
        (lambda good: b"%PDF-1.4", "hỏng"),
        (lambda good: _with(good, **{"word/vbaProject.bin": b"x"}), "macro"),
        (lambda good: _with(good, **{"word/embeddings/o.bin": b"x"}), "đối tượng nhúng"),
        (lambda good: _with(good, **{"word/_rels/settings.xml.rels": RELATION}), "liên kết tới tệp ở nơi khác"),
        (lambda good: _with(good, **{"word/x.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "thực thể"),
        (lambda good: _with(good, **{"word/x.xml": b"\0" * 9_000_000}), "giải nén"),
        (lambda good: _with(good, **{"word/notes.xml": b"<a>{{ so }}</a>"}), "chỗ không điền được"),
        (lambda good: template("{{ so }}", title="{{ so }}"), "chỗ không điền được"),
        (lambda good: good + b"\0" * (templates.MAX_BYTES + 1), "nặng hơn 5 MB"),
    ],
)
def test_hostile_files_are_refused(spoiled, words: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(TemplateFault, match=words):
        check_template(spoiled(template("{{ so }}")))


def test_marks_in_the_document_are_words_in_the_filled_template() -> None:
    plan = full_plan()
    hostile = replace(plan, title="<w:br/> & {{ so }} {% for %}")
    filled = fill_template(template("{{ trich_yeu }}"), hostile)
    assert docx.Document(io.BytesIO(filled)).paragraphs[0].text == "<w:br/> & {{ so }} {% for %}"


def test_a_template_that_would_grow_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templates, "MAX_WRITTEN", 50_000)
    body = template("{%p for v in nhiem_vu %}", "{{ v.noi_dung }}" + "x" * 5000, "{%p endfor %}")
    with pytest.raises(TemplateFault, match="quá lớn"):
        fill_template(body, full_plan())


def test_the_starting_template_is_a_good_one_and_what_it_gives_is_read_as_the_plan() -> None:
    content = starter()
    assert set(check_template(content)) == set(OFFERS["plan"].by_name) - {"so", "ky_hieu"}
    plan = full_plan()
    seen = read(read_source(fill_template(content, plan), "kế hoạch.docx"))
    assert (seen.header.full_number, seen.header.place) == ("15/KH-UBND", "Văn Quan")
    assert seen.header.date is not None and seen.header.date.date == plan.header.date
    assert seen.header.signer is not None and seen.header.signer.name == "Nguyễn Đình Đại"
    assert [basis.number for basis in seen.bases] == ["1600/QĐ-TTg", "120/KH-UBND"]
    assert len(seen.tasks) == 27 and len(seen.recipients) == len(plan.recipients)
