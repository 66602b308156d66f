"""Mẫu của cơ quan: offered with all checks, in force from a day, replaced and retired, refused to strangers, audited."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from functools import cache
from types import SimpleNamespace

import docx
import pytest

from ntm.domain.documents.writing.content import Letterhead, OfficialLetter, Para, PlanDocument, Signature
from ntm.domain.documents.writing.template_starter import starter
from ntm.records.archive.models import OfficeTemplate, TemplateState
from ntm.records.archive.templates import queries, services
from ntm.records.archive.templates.refusals import FaultyTemplate, NoTemplate, TemplateRefused
from ntm.records.audit.models import Entry
from ntm.records.people.authority import Denied
from ntm.records.people.models import Body, BodyKind

pytestmark = pytest.mark.django_db
ON = date(2023, 6, 1)
LATER = ON + timedelta(days=30)
PLAN = PlanDocument(
    Letterhead("UBND huyện Văn Quan", "Văn Quan", symbol="KH-UBND"), "Thực hiện năm 2023", Signature("")
)


def word(*lines: str) -> bytes:
    file = docx.Document()
    for line in lines:
        file.add_paragraph(line)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


@pytest.fixture
def offices(area, holder) -> SimpleNamespace:
    return SimpleNamespace(
        unit=area.district,
        writer=holder("coordination_office", area.district),
        viewer=holder("viewer", area.other_province),
        stranger=holder("coordination_office", area.other_district),
    )


@cache
def _bytes(*lines: str) -> bytes:
    """The same lines are the same file: Word's package holds the second it was made."""
    return word(*lines)


def offered(offices, *lines: str, kind: str = "plan", **more) -> OfficeTemplate:
    content = _bytes(*(lines or ("{{ trich_yeu }}",)))
    return services.offer(
        offices.writer, unit_id=offices.unit, kind=kind, content=content, file_name="mẫu.docx", on=ON, **more
    )


def test_a_template_is_offered_and_used_from_its_day(offices) -> None:
    made = offered(offices, "{{ so_ky_hieu }} {{ trich_yeu }}", name="  Mẫu  của huyện ")
    assert (made.version, made.name, made.fields) == (1, "Mẫu của huyện", ["so_ky_hieu", "trich_yeu"])
    assert made.state_on(ON) is TemplateState.OFFERED and queries.applying("plan", offices.unit, ON) is None
    assert [field.name for field in queries.printed_fields(made)[1]] == [
        "can_cu", "muc", "phan_cong", "nguoi_ky", "noi_nhan",
    ]  # fmt: skip
    services.put_in_force(offices.writer, made.pk, since=ON, on=ON)
    assert queries.applying("plan", offices.unit, ON) == made and queries.applying("letter", offices.unit, ON) is None
    filled = docx.Document(io.BytesIO(queries.write(PLAN, queries.applying("plan", offices.unit, ON))))
    assert "Thực hiện năm 2023" in filled.paragraphs[0].text
    assert queries.write(PLAN, None) != queries.write(PLAN, queries.applying("plan", offices.unit, ON))
    told = list(Entry.objects.filter(verb__startswith="template.").order_by("pk").values_list("verb", flat=True))
    assert told == ["template.offer", "template.use"]


def test_the_next_one_closes_the_one_before_and_nothing_is_overwritten(offices) -> None:
    first = services.put_in_force(offices.writer, offered(offices).pk, since=ON, on=ON)
    second = offered(offices, "{{ ten_loai }} {{ trich_yeu }}")
    services.put_in_force(offices.writer, second.pk, since=LATER, on=ON)
    first.refresh_from_db()
    assert (first.until, first.version, second.version) == (LATER, 1, 2) and "bản 2" in first.ended_reason
    days = (ON, LATER - timedelta(days=1), LATER)
    assert [queries.applying("plan", offices.unit, day).version for day in days] == [1, 1, 2]
    shelf = queries.of_unit(offices.unit, ON)["plan"]
    assert ([one.version for one in shelf.in_force], [one.version for one in shelf.waiting]) == ([1], [2])
    services.retire(offices.writer, second.pk, until=LATER, reason="Dùng mẫu chung", on=ON)
    assert queries.applying("plan", offices.unit, LATER) is None
    assert [one.version for one in queries.of_unit(offices.unit, LATER)["plan"].earlier] == [2, 1]
    assert queries.get(offices.stranger, first.pk, ON).use.file.sha256 == first.use.file.sha256


def test_a_body_of_its_own_comes_first(offices) -> None:
    body = Body.objects.create(
        unit_id=offices.unit,
        kind=BodyKind.STEERING_COMMITTEE,
        name="Ban Chỉ đạo huyện Văn Quan",
        start=date(2020, 1, 1),
    )
    services.put_in_force(offices.writer, offered(offices).pk, since=ON, on=ON)
    own = offered(offices, "{{ trich_yeu | upper }}", body_id=body.pk)
    services.put_in_force(offices.writer, own.pk, since=ON, on=ON)
    assert queries.applying("plan", offices.unit, ON, "BAN CHỈ ĐẠO HUYỆN VĂN QUAN") == own
    assert queries.applying("plan", offices.unit, ON, "Ủy ban nhân dân huyện").body_id is None
    with pytest.raises(TemplateRefused, match="không thuộc đơn vị"):
        offered(offices, body_id=body.pk + 99)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (lambda: word("Số {{ so_kyhieu }}"), "Phần thân, đoạn 1 .*Không có trường “so_kyhieu”"),
        (lambda: word("không có gì"), "chưa có trường nào"),
        (lambda: b"%PDF-1.4", "hỏng"),
        (lambda: starter("minutes"), "Không có trường “bat_dau”"),
    ],
)
def test_a_faulty_template_tells_every_fault(offices, content, words: str) -> None:
    with pytest.raises(FaultyTemplate) as told:
        services.offer(
            offices.writer, unit_id=offices.unit, kind="plan", content=content(), file_name="mẫu.docx", on=ON
        )
    assert any(re.search(words, fault) for fault in told.value.faults)
    assert not OfficeTemplate.objects.exists()


def test_strangers_are_refused(offices) -> None:
    made = offered(offices)
    for who in (offices.stranger, offices.viewer):
        for act in (
            lambda who=who: services.offer(
                who, unit_id=offices.unit, kind="plan", content=word("{{ so }}"), file_name="a.docx", on=ON
            ),
            lambda who=who: services.put_in_force(who, made.pk, since=ON, on=ON),
            lambda who=who: services.retire(who, made.pk, until=ON, reason="x", on=ON),
            lambda who=who: services.withdraw(who, made.pk, reason="x", on=ON),
        ):
            with pytest.raises(Denied, match="mẫu văn bản"):
                act()


def test_the_wrong_state_is_refused_in_words(offices) -> None:
    made = offered(offices)
    with pytest.raises(TemplateRefused, match="đã là mẫu bản 1"):
        offered(offices)
    with pytest.raises(TemplateRefused, match="không đang dùng"):
        services.retire(offices.writer, made.pk, until=ON, reason="x", on=ON)
    with pytest.raises(TemplateRefused, match="đã qua"):
        services.put_in_force(offices.writer, made.pk, since=ON - timedelta(days=1), on=ON)
    services.put_in_force(offices.writer, made.pk, since=LATER, on=ON)
    with pytest.raises(TemplateRefused, match="đã đưa vào dùng"):
        services.put_in_force(offices.writer, made.pk, since=LATER, on=ON)
    with pytest.raises(TemplateRefused, match="Chỉ bỏ được mẫu chưa"):
        services.withdraw(offices.writer, made.pk, reason="", on=ON)
    with pytest.raises(TemplateRefused, match="không trước ngày bắt đầu"):
        services.retire(offices.writer, made.pk, until=ON, reason="x", on=ON)
    with pytest.raises(TemplateRefused, match="lý do"):
        services.retire(offices.writer, made.pk, until=LATER, reason=" ", on=ON)
    other = offered(offices, "{{ so }}")
    with pytest.raises(TemplateRefused, match="Bản 1 đã định dùng"):
        services.put_in_force(offices.writer, other.pk, since=ON, on=ON)
    services.withdraw(offices.writer, other.pk, reason="", on=ON)
    with pytest.raises(TemplateRefused, match="đã bỏ"):
        services.put_in_force(offices.writer, other.pk, since=LATER, on=ON)
    with pytest.raises(TemplateRefused, match="Chọn loại"):
        offered(offices, "{{ ten_loai }}", kind="tho")
    with pytest.raises(NoTemplate):
        services.withdraw(offices.writer, made.pk + 999, reason="", on=ON)


def test_a_template_is_for_its_kind_only(offices) -> None:
    made = offered(offices, "{{ ve_viec }}", kind="letter")
    letter = OfficialLetter(PLAN.header, "góp ý", ("UBND các xã",), (Para("Đề nghị."),), Signature(""))
    assert "góp ý" in docx.Document(io.BytesIO(queries.write(letter, made))).paragraphs[0].text
    with pytest.raises(ValueError, match="letter"):
        queries.write(PLAN, made)
