"""Quyết định về mục đọc được, trả lời phát hiện, xác nhận: by whom it may be, kept in full, never overwritten."""

from __future__ import annotations

import io
import json

import pytest
from docx import Document

from document_world import ON, SHORT, sample, uploaded
from ntm.records.archive.documents import corrections, note, queries, services, source
from ntm.records.archive.documents.corrections import Unreadable
from ntm.records.archive.documents.services import DocumentRefused
from ntm.records.archive.documents.shape import fields_of
from ntm.records.archive.models import ConfirmedItem, FindingAnswer, ItemDecision, ReadItem
from ntm.records.audit.models import Entry
from ntm.records.people.authority import Denied

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(area, holder):
    return holder("commune_officer", area.commune)


@pytest.fixture
def document(area, officer):
    return uploaded(officer, area.commune)


def pks(document, section: str) -> list[int]:
    return list(document.current.items.filter(section=section).values_list("pk", flat=True))


def state(document) -> dict[int, str]:
    return {
        one.item_id: one.decision
        for one in ItemDecision.objects.filter(item__reading=document.current, replaced_at=None)
    }


def test_items_are_taken_left_out_and_freed_again_and_all_of_it_is_kept(document, officer) -> None:
    targets = pks(document, "targets")
    assert len(services.decide_items(officer, document, targets, "accepted", on=ON)) == len(targets)
    assert services.decide_items(officer, document, targets, "accepted", on=ON) == []
    services.decide_items(officer, document, targets[:1], "rejected", on=ON)
    services.decide_items(officer, document, targets[1:2], "", on=ON)
    assert state(document) == {targets[0]: "rejected"} | dict.fromkeys(targets[2:], "accepted")
    assert ItemDecision.objects.count() == len(targets) + 1
    entry = Entry.objects.latest("sequence")
    assert (entry.verb, entry.detail["count"], entry.detail["decision"]) == ("document.decide", 1, "để lại")
    assert queries.counts(document) == {
        "accepted": len(targets) - 2, "rejected": 1, "confirmed": 0, "all": document.current.items.count(),
    }  # fmt: skip


def test_a_correction_keeps_only_what_differs(document, officer) -> None:
    money = document.current.items.filter(section="money").first()
    fields = fields_of("money", money.key)
    typed = {field.name: corrections.written(field, money.value.get(field.name)) for field in fields}
    services.correct_item(officer, document, money.pk, typed, on=ON)
    assert state(document) == {money.pk: "accepted"}
    services.correct_item(officer, document, money.pk, typed | {"amount": "1,25 tỷ đồng"}, on=ON)
    standing = ItemDecision.objects.get(item=money, replaced_at=None)
    assert (standing.decision, standing.value) == ("corrected", {"amount": 1_250_000_000})
    assert corrections.current(money, standing.value)["what"] == money.value["what"]
    assert services.decide_items(officer, document, [money.pk], "accepted", on=ON) == []  # the correction stays
    assert state(document) == {money.pk: "corrected"}
    assert ItemDecision.objects.filter(item=money).count() == 2


@pytest.mark.parametrize(
    ("section", "typed", "said"),
    [
        ("money", {"amount": "mười đồng"}, "không phải số tiền"),
        ("money", {"amount": "5"}, "thiếu đơn vị"),
        ("money", {"amount": "9999999999 tỷ"}, "quá lớn"),
        ("targets", {"value": "08/09"}, "ngày tháng"),
        ("targets", {"mode": "nhiều"}, "chọn một"),
        ("targets", {"criteria": "2, ba"}, "Các tiêu chí"),
        ("bases", {"date": "31/2/2020"}, "Ngày"),
        ("duties", {"body": "x" * 5000}, "dài quá"),
    ],
)
def test_what_cannot_be_read_is_told_by_field_and_nothing_is_kept(document, officer, section, typed, said) -> None:
    with pytest.raises(Unreadable, match=said):
        services.correct_item(officer, document, pks(document, section)[0], typed, on=ON)
    assert not ItemDecision.objects.exists()


def test_every_field_of_every_item_is_written_and_read_back_as_it_was(document) -> None:
    for item in document.current.items.all():
        fields = fields_of(item.section, item.key)
        typed = {field.name: corrections.written(field, item.value.get(field.name)) for field in fields}
        assert corrections.corrected(item, typed) == {}, (item.key, typed)


def test_lists_and_figures_are_read_as_people_write_them(document) -> None:
    target = document.current.items.filter(section="targets").first()
    typed = {"units": "Xã A; xã B", "criteria": "2, 3", "value": "1.234,5", "op": ">="}
    found = corrections.corrected(target, typed)
    assert found["units"] == ["Xã A", "xã B"] and found["criteria"] == [2, 3] and found["value"] == "1234.5"


def test_confirmed_items_carry_where_they_came_from(document, officer, area) -> None:
    targets, money = pks(document, "targets"), pks(document, "money")
    services.decide_items(officer, document, targets, "accepted", on=ON)
    services.correct_item(officer, document, money[0], {"amount": "2 tỷ đồng"}, on=ON)
    services.decide_items(officer, document, money[1:2], "rejected", on=ON)
    assert services.confirm(officer, document, on=ON) == (len(targets) + 1, 0)
    assert services.confirm(officer, document, on=ON) == (0, 0)
    found = list(queries.confirmed([area.commune], on=ON))
    assert len(found) == len(targets) + 1 and not list(queries.confirmed([area.neighbour], on=ON))
    first = found[0]
    assert (first.document, first.lines, first.page) == (document, first.item.lines, first.item.page)
    assert first.value == first.item.value and first.set_code == document.current.set_code
    (paid,) = queries.confirmed([area.commune], on=ON, section="money")
    assert paid.corrected and paid.value["amount"] == 2_000_000_000 and paid.document.use.file.sha256
    entry = Entry.objects.latest("sequence")
    assert (entry.verb, entry.detail["digest"]) == ("document.confirm", document.current.digest)
    with pytest.raises(DocumentRefused, match="bỏ các mục đó trước"):
        services.read_document(officer, document, on=ON)
    with pytest.raises(DocumentRefused, match="bỏ các mục đó trước"):
        services.withdraw_document(officer, document, reason="nhầm", on=ON)


def test_a_later_confirmation_withdraws_and_never_overwrites(document, officer) -> None:
    first, second, third = pks(document, "targets")[:3]
    services.decide_items(officer, document, [first, second, third], "accepted", on=ON)
    services.confirm(officer, document, on=ON)
    services.decide_items(officer, document, [first], "rejected", on=ON)
    services.decide_items(officer, document, [second], "", on=ON)
    services.correct_item(officer, document, third, {"measure": "hộ"}, on=ON)
    assert services.confirm(officer, document, on=ON) == (1, 2)
    assert ConfirmedItem.objects.count() == 4
    (standing,) = queries.confirmed_of(document)
    assert (standing.item_id, standing.value["measure"], standing.corrected) == (third, "hộ", True)


def test_a_sector_officer_decides_only_about_criteria_in_charge(area, holder, document, officer) -> None:
    about = {item.pk: item.criteria for item in document.current.items.filter(section="targets")}
    some = next(no for criteria in about.values() for no in criteria)
    sector = holder("sector_officer", area.commune, criteria=(str(some),))
    mine = [pk for pk, criteria in about.items() if criteria == [some]]
    others = [pk for pk, criteria in about.items() if some not in criteria]
    assert len(services.decide_items(sector, document, mine, "accepted", on=ON)) == len(mine)
    with pytest.raises(Denied):
        services.decide_items(sector, document, others[:1], "accepted", on=ON)
    with pytest.raises(Denied):
        services.correct_item(sector, document, mine[0], {"criteria": "99"}, on=ON)
    services.decide_items(officer, document, others, "accepted", on=ON)
    made, _gone = services.confirm(sector, document, on=ON)
    assert made == len(mine)  # others' decisions are confirmed by those in charge of them


@pytest.mark.parametrize("role", ["viewer", "leader", "council_member"])
def test_who_only_reads_decides_nothing(area, holder, document, role) -> None:
    reader = holder(role, area.district)
    assert not services.may_decide_some(reader, document, on=ON)
    for deed in (
        lambda: services.decide_items(reader, document, pks(document, "targets"), "accepted", on=ON),
        lambda: services.correct_item(reader, document, pks(document, "money")[0], {}, on=ON),
        lambda: services.confirm(reader, document, on=ON),
        lambda: services.answer_finding(reader, document, 0, "mend", "", on=ON),
    ):
        with pytest.raises(Denied):
            deed()
    assert not ItemDecision.objects.exists() and not FindingAnswer.objects.exists()


def test_items_of_another_reading_or_none_are_refused(document, officer, area, holder) -> None:
    neighbour = holder("commune_officer", area.neighbour)
    other = uploaded(neighbour, area.neighbour, sample(SHORT))
    with pytest.raises(DocumentRefused, match="tải lại trang"):
        services.decide_items(officer, document, pks(other, "targets")[:1] or [10**6], "accepted", on=ON)
    with pytest.raises(DocumentRefused, match="Chưa chọn"):
        services.decide_items(officer, document, [], "accepted", on=ON)
    with pytest.raises(DocumentRefused, match="nhận hoặc bỏ"):
        services.decide_items(officer, document, pks(document, "targets"), "corrected", on=ON)


def test_a_finding_is_answered_answered_again_and_the_answer_taken_back(document, officer) -> None:
    assert document.current.findings
    services.answer_finding(officer, document, 0, "mend", "", on=ON)
    with pytest.raises(DocumentRefused, match="ghi lý do"):
        services.answer_finding(officer, document, 0, "keep", "  ", on=ON)
    with pytest.raises(DocumentRefused, match="Chọn cách trả lời"):
        services.answer_finding(officer, document, 0, "", "vì", on=ON)
    with pytest.raises(DocumentRefused, match="Chọn một cách"):
        services.answer_finding(officer, document, 0, "khac", "", on=ON)
    with pytest.raises(DocumentRefused, match="Không có phát hiện"):
        services.answer_finding(officer, document, 999, "mend", "", on=ON)
    services.answer_finding(officer, document, 0, "keep", "đã có nguồn khác", on=ON)
    services.answer_finding(officer, document, 0, "keep", "đã có nguồn khác", on=ON)
    assert queries.answers(document)[0].text == "đã có nguồn khác"
    assert FindingAnswer.objects.count() == 2
    assert services.answer_finding(officer, document, 0, "", "", on=ON) is None
    assert queries.answers(document) == {} and FindingAnswer.objects.count() == 2


def test_the_note_for_the_author_is_written_and_read_again(document, officer) -> None:
    services.answer_finding(officer, document, 0, "keep", "kinh phí ở đề án khác", on=ON)
    lines = source.from_rows(document.current.source)
    written = note.write(
        note.Note(
            document, "xã Văn An", document.current.findings, queries.answers(document), lines, {}, ON, "VP", "0.1"
        )
    )
    again = Document(io.BytesIO(written))
    text = "\n".join(paragraph.text for paragraph in again.paragraphs)
    assert (
        "PHIẾU PHÁT HIỆN KHI KIỂM TRA VĂN BẢN" in text
        and f"Tổng số phát hiện: {len(document.current.findings)}" in text
    )
    rows = [[cell.text for cell in row.cells] for table in again.tables for row in table.rows[1:]]
    assert len(rows) == len(document.current.findings)
    finding = document.current.findings[0]
    row = next(row for row in rows if row[2] == finding["message"])
    assert row[3:5] == [finding["computed"] or "", finding["stated"] or ""]
    assert row[5] == "Không sai, giữ nguyên: kinh phí ở đề án khác"
    quoted = lines[finding["lines"][0] - 1].text
    assert f"Dòng {finding['lines'][0]}" in row[1] and quoted[:40] in row[1]


def test_a_note_without_findings_says_so(document) -> None:
    written = note.write(note.Note(document, "", [], {}, [], {}, ON, "VP", "0.1"))
    assert "không thấy chỗ nào mâu thuẫn" in "\n".join(p.text for p in Document(io.BytesIO(written)).paragraphs)


def test_items_are_json_and_their_keys_lead_back_into_the_reading(document) -> None:
    for item in ReadItem.objects.filter(reading=document.current):
        json.dumps(item.value)
        part, _dot, place = item.key.partition(".")
        assert place in document.current.content[part] or place.isdigit() or place == "signer_position"
