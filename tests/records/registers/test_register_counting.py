"""Số đếm từ sổ: by unit and day, in a constant number of questions; nothing recorded is no figure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ntm.domain.targets import State, ocop
from ntm.domain.targets.metrics import METRICS
from ntm.records.planning.models import PlanTarget
from ntm.records.planning.queries.progress import plan_progress
from ntm.records.planning.services import plans
from ntm.records.registers.models import TrainingClass
from ntm.records.registers.queries import counting, entries
from ntm.records.registers.services import recording

ON = date(2023, 12, 20)


@pytest.fixture
def filled(area, holder):
    """Two communes of one district with classes, cooperatives, products, models."""
    office = holder("coordination_office", area.district)

    def add(code, unit, **values):
        parent = values.pop("parent_id", None)
        return recording.record(office, code, unit_id=unit, values=values, on=ON, parent_id=parent)

    add("training", area.commune, title="Lớp 1", start=date(2023, 3, 1), classes=2, participants=70)
    add("training", area.neighbour, title="Lớp 2", start=date(2023, 9, 1), participants=40)
    add("training", area.neighbour, title="Lớp cũ", start=date(2022, 9, 1), participants=40)
    add("cooperatives", area.commune, title="HTX A", start=date(2023, 4, 1))
    add("cooperatives", area.commune, title="HTX B", start=date(2019, 4, 1), end=date(2023, 5, 1))
    add("cooperatives", area.commune, title="Tổ C", start=date(2023, 4, 1), kind="group")
    add("models", area.village, title="Trồng hồi", start=date(2023, 2, 1), households=12, poor=5)
    for number, (stars, decided) in enumerate([(3, date(2023, 5, 1)), (2, date(2023, 5, 1)), (4, date(2019, 12, 1))]):
        made = add(
            "ocop", area.commune, title=f"Sản phẩm {number}", owner="HTX A", owner_kind="cooperative", start=decided
        )
        given = {"year": decided.year, "stars": stars, "number": "1/QĐ", "start": decided, "issuer": "Hội đồng OCOP"}
        add("stars", area.commune, parent_id=made.pk, **given)
    return add


def test_what_the_registers_count_for_plans(area, filled):
    found = counting.counted(area.district, 2023, ON)
    assert found == {
        "training": Decimal(3), "trainees": Decimal(110), "models": Decimal(1), "cooperatives": Decimal(1), "ocop": Decimal(1),
    }  # fmt: skip
    assert set(found) <= set(METRICS)
    assert counting.counted(area.neighbour, 2023, ON) == {"training": Decimal(1), "trainees": Decimal(40)}
    assert counting.counted(area.other_province, 2023, ON) == {}  # nothing recorded is no figure
    assert counting.counted(area.commune, 2023, date(2023, 3, 15))["training"] == 2
    assert counting.counted(area.district, 2022, ON, year_to=2023)["training"] == 4


def test_stars_and_cooperatives_on_a_day(area, filled):
    held = counting.products_with_stars(area.province, ON)
    assert [one.title for one in held] == ["Sản phẩm 0"]
    assert [one.title for one in counting.products_with_stars(area.province, date(2021, 1, 1))] == ["Sản phẩm 2"]
    assert [one.title for one in counting.cooperatives_living(area.commune, date(2023, 4, 20))] == [
        "HTX A",
        "HTX B",
        "Tổ C",
    ]
    assert [one.title for one in counting.cooperatives_living(area.commune, date(2023, 5, 1))] == ["HTX A", "Tổ C"]
    assert counting.classes_held(area.commune, 2023, ON).get().classes == 2


def test_the_latest_stars_count_and_revoked_ones_do_not(area, holder, filled):
    office = holder("coordination_office", area.district)
    product = counting.products_with_stars(area.commune, ON).get()
    rating = product.ratings.get()
    recording.correct(office, "stars", rating.pk, values={"revoked_on": date(2023, 10, 1)}, reason="thu hồi", on=ON)
    assert not counting.products_with_stars(area.commune, ON).exists()
    assert counting.products_with_stars(area.commune, date(2023, 9, 30)).exists()
    assert counting.counted(area.commune, 2023, ON)["ocop"] == 0


def test_entries_stay_with_the_upper_unit_of_their_day(area, filled):
    """The district ended in 2025; its communes' entries of 2023 are still the province's, and its own."""
    after = date(2026, 1, 1)
    assert counting.cooperatives_living(area.province, after).count() == 2
    assert counting.cooperatives_living(area.district, after).count() == 2


def test_the_number_of_questions_does_not_grow(area, filled):
    with CaptureQueriesContext(connection) as before:
        counting.counted(area.district, 2023, ON)
    for number in range(20):
        filled("training", area.village, title=f"Lớp thêm {number}", start=date(2023, 6, 1))
    with CaptureQueriesContext(connection) as after:
        counting.counted(area.district, 2023, ON)
    assert len(before) == len(after) <= 6
    assert TrainingClass.objects.count() == 23


def test_tallies_of_every_register(area, filled):
    found = entries.tallies(area.district, ON)
    assert found["training"] == (3, 2) and found["ocop"] == (3, 2) and found["rewards"] == (0, 0)


@pytest.mark.parametrize(
    ("decided", "stars", "who", "expires"),
    [
        (date(2020, 2, 29), 3, "UBND cấp tỉnh", date(2023, 2, 28)),
        (date(2025, 6, 30), 3, "UBND cấp huyện", date(2028, 6, 30)),
        (date(2025, 7, 3), 3, "", date(2028, 7, 3)),  # not clear who, in these days
        (date(2025, 7, 6), 5, "Bộ Nông nghiệp và Môi trường", date(2028, 7, 6)),
    ],
)
def test_the_rules_of_the_day(decided, stars, who, expires):
    found = ocop.set_on(decided)
    assert found.recognises.get(stars, "") == who and found.expires(decided) == expires


def test_the_sets_follow_one_another_and_say_what_was_not_read():
    sets = ocop.sets()
    assert all(one.end == after.start for one, after in pairwise(sets))
    assert ocop.set_on(date(2019, 8, 20)) is None and not sets[-1].checked
    assert sets[0].stars_of(Decimal("69.5")) == 3 and sets[1].stars_of(Decimal(95)) is None


def test_a_plan_s_progress_takes_what_the_registers_count(area, holder, filled):
    office = holder("coordination_office", area.district)
    made = plans.open_plan(office, unit_id=area.district, kind="ntm", year=2023, on=date(2023, 1, 10))
    for metric, value, measure in (("training", 10, "lớp"), ("ocop", 1, "sản phẩm"), ("roads", 5, "km")):
        PlanTarget.objects.create(
            plan=made, subject="metric", mode="gain", what=metric, metric=metric, value=value, measure=measure
        )
    served = PlanTarget.objects.get(metric="training")
    found = plan_progress(made.pk, ON, counted=counting.counted_for_plan(made, ON))
    seen = {row.row.metric: (row.progress.actual, row.state) for row in found.rows}
    assert seen["training"][0] == 3 and seen["ocop"] == (1, State.REACHED) and seen["roads"][1] is State.NO_DATA
    assert counting.counted_for_unit(area.district, ON) == {}  # a draft is nobody's plan yet
    made.state = "issued"
    made.save()
    made.versions.update(state="issued", issued_on=date(2023, 1, 20))
    assert counting.counted_for_unit(area.district, ON) == {made.pk: counting.counted(area.district, 2023, ON)}
    serves = recording.record(
        holder("commune_officer", area.commune),
        "training",
        unit_id=area.commune,
        values={"title": "Lớp của kế hoạch", "start": ON},
        on=ON,
        target_id=served.pk,
    )
    assert serves.target_id == served.pk
