"""Bộ của tỉnh nạp vào: whole or refused, by the right office, not replaced once figures rest on it."""

from __future__ import annotations

from datetime import date

import pytest

from ntm.domain.criteria import catalogue
from ntm.domain.criteria.importing import read_any, write_template
from ntm.records.people import authority
from ntm.records.standing import registry, services
from ntm.records.standing.models import Observation
from ntm.records.standing.models.observations import FactKind, Stage, State
from ntm.records.standing.queries import checks
from ntm.records.standing.refusals import Refused

DAY = date(2023, 6, 1)


def filled_template(level: str = "50", code: str = "xa-ntm-lang-son") -> bytes:
    """The template of 2021-2025 as an officer of Lạng Sơn would fill it: one income level of its own."""
    import io

    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(write_template(catalogue().get("xa-ntm-2021-2025"))))
    about = {row[0].value: row[1] for row in book["Thông tin"].iter_rows(min_row=3, max_col=2)}
    for label, value in {
        "Mã bộ": code,
        "Tên bộ tiêu chí": "Bộ tiêu chí xã NTM tỉnh Lạng Sơn (thử)",
        "Mã tỉnh": "20",
        "Số quyết định": "1/QĐ-UBND",
        "Cơ quan ban hành": "UBND tỉnh Lạng Sơn",
        "Ngày ký": "01/8/2022",
    }.items():
        about[label].value = value
    sheet = book["Chỉ tiêu"]
    row = next(row for row in sheet.iter_rows(min_row=4) if row[2].value == "10")
    row[8].value = level
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.fixture
def office(area, holder):
    registry.register_shipped()
    return holder("coordination_office", area.province)


def test_a_filled_template_becomes_the_provinces_set(area, office):
    draft = read_any(filled_template(), "mau.xlsx")
    assert draft.errors == () and draft.criteria_set is not None
    row = services.import_set(office, content=draft.yaml, name="mau.xlsx", on=DAY)
    content = registry.content(row)
    assert (row.source, row.province_code, content.extends) == ("uploaded", "20", "xa-ntm-2021-2025")
    assert content.indicator("10").level_at(DAY, "dbsh").value == 50
    assert checks.counts(row).unchecked > 0
    assert registry.applicable("xa", "ntm", DAY, "20").code == "xa-ntm-lang-son"


def test_only_an_office_of_the_province_takes_it_in(area, holder):
    registry.register_shipped()
    text = read_any(filled_template(), "mau.xlsx").yaml
    for who in (holder("coordination_office", area.other_province), holder("commune_officer", area.commune)):
        with pytest.raises(authority.Denied, match="nạp bộ tiêu chí"):
            services.import_set(who, content=text, name="mau.xlsx", on=DAY)


def test_a_set_on_which_figures_rest_is_not_replaced(area, office):
    row = services.import_set(office, content=read_any(filled_template(), "a.xlsx").yaml, name="a.xlsx", on=DAY)
    other = read_any(filled_template("55"), "b.xlsx").yaml
    newer = services.import_set(office, content=other, name="b.xlsx", on=DAY)  # not used yet: the newer one stands
    row.refresh_from_db()
    assert newer.current and not row.current
    Observation.objects.create(
        unit_id=area.commune,
        set=newer,
        code="10",
        as_of=DAY,
        stage=Stage.SELF,
        state=State.DRAFT,
        kind=FactKind.YES,
        recorded_by_id=office.user_id,
        recorded_at="2023-06-01T08:00:00Z",
        office="thử",
    )
    with pytest.raises(Refused, match="đã có số liệu"):
        services.import_set(office, content=read_any(filled_template("60"), "c.xlsx").yaml, name="c.xlsx", on=DAY)


def test_what_cannot_be_read_is_said_with_its_place():
    draft = read_any(filled_template("năm mươi"), "mau.xlsx")
    assert draft.criteria_set is None
    assert [one.place for one in draft.errors if "ô I" in one.place]
