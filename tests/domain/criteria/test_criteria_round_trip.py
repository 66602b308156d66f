"""Whatever set is written is read back the same."""

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from ntm.domain.criteria import load_text, write_yaml
from ntm.domain.criteria.canonical import content_hash
from ntm.domain.criteria.model import (
    Check,
    Comparator,
    CriteriaSet,
    Criterion,
    Indicator,
    Kind,
    Reference,
    Scoring,
    SpecialRule,
    Threshold,
    TitleCondition,
    TitleRule,
    Wording,
)

REGIONS = (("bac", "Vùng Bắc"), ("nam", "Vùng Nam"))
GROUPS = (("g1", "Nhóm 1"),)
TRICKY = [
    "no",
    "Đạt",
    "1.1",
    "2022-03-08",
    "null",
    "a: b",
    "#",
    "- x",
    "  hai  khoảng trắng",
    "dòng\nmới",
    "~",
    "'\"",
    "01",
]

texts = st.one_of(
    st.sampled_from(TRICKY),
    st.text(st.characters(blacklist_categories=("Cs", "Cc", "Co", "Cn", "Zl", "Zp")), min_size=1, max_size=30),
).filter(lambda text: bool(text.strip()))
maybe = st.one_of(st.none(), texts)
days = st.dates(date(2010, 1, 1), date(2040, 1, 1))
percents = st.decimals(0, 100, places=2).map(lambda number: Decimal(str(number)))
numbers = st.one_of(st.integers(-1000, 10000).map(Decimal), st.decimals(-1000, 10000, places=3))
references = st.builds(Reference, texts, maybe)
checks = st.one_of(
    st.builds(Check, st.just(True), texts, st.one_of(st.none(), days), maybe),
    st.builds(Check, st.just(False), maybe, st.none(), maybe),
)
words = st.one_of(st.none(), texts.filter(lambda text: text != "Đạt" and text.strip("-0123456789.") != ""))


@st.composite
def level_lists(draw, kind):
    found = []
    for region in draw(st.lists(st.sampled_from([None, "bac", "nam"]), unique=True)):
        for group in draw(st.sampled_from([(None,), ("g1",), (None, "g1")])):
            cut = draw(st.one_of(st.none(), days))
            spans = [(None, None)] if cut is None else [(None, cut), (cut, None)]
            for start, end in spans:
                judged = kind in (Kind.YES_NO, Kind.QUALITATIVE)
                value = True if judged else draw(percents if kind is Kind.PERCENT else numbers)
                found.append(
                    Threshold(
                        value,
                        draw(references),
                        draw(checks),
                        region,
                        group,
                        start,
                        end,
                        draw(words) if judged else None,
                    )
                )
    order = {None: 0, "bac": 1, "nam": 2, "g1": 1}
    return tuple(sorted(found, key=lambda one: (order[one.region], order[one.group], one.start or date.min)))


@st.composite
def indicators(draw, code, depth=1):
    kinds = [Kind.NUMBER, Kind.PERCENT, Kind.YES_NO, Kind.QUALITATIVE, Kind.RATIO, Kind.POINTS, Kind.TITLE_SHARE]
    kind = draw(st.sampled_from([*kinds, Kind.ALL_OF, Kind.ANY_OF] if depth else kinds))
    composed, judged = kind in (Kind.ALL_OF, Kind.ANY_OF), kind in (Kind.YES_NO, Kind.QUALITATIVE)
    levels = () if composed else draw(level_lists(Kind.PERCENT if kind is Kind.TITLE_SHARE else kind))
    given_regions = {level.region or "chung" for level in levels}
    comparator = None if composed or judged else draw(st.sampled_from(list(Comparator)))
    when = draw(maybe)
    return Indicator(
        code=code,
        text=draw(texts),
        kind=kind,
        comparator=Comparator.EQ if kind is Kind.YES_NO else comparator,
        measure=None if composed or judged else draw(texts),
        thresholds=levels,
        reference=draw(references),
        check=draw(checks),
        threshold_missing=draw(st.booleans()) or not (levels or composed),
        missing_regions=frozenset(draw(st.sets(st.sampled_from(["chung", "bac", "nam"]))) - given_regions),
        delegated_to=draw(maybe),
        parts=tuple(draw(indicators(f"{code}{letter}", 0)) for letter in "ab") if composed else (),
        relative_to=(draw(texts), draw(texts)) if kind is Kind.RATIO else None,
        of_title=draw(texts) if kind is Kind.TITLE_SHARE else None,
        of_level=draw(st.sampled_from(["xa", "huyen"])) if kind is Kind.TITLE_SHARE else None,
        not_considered_when=when,
        evidence=tuple(draw(st.lists(texts, unique=True, max_size=2))),
        max_points=draw(st.one_of(st.none(), percents)),
        sex_disaggregated=draw(st.booleans()),
        start=draw(st.one_of(st.none(), st.just(date(2020, 1, 1)))),
        end=draw(st.one_of(st.none(), st.just(date(2025, 1, 1)))),
        note=draw(maybe),
        not_considered_check=draw(checks) if when else None,
        amendments=tuple(draw(st.lists(st.builds(Wording, texts, days, references, checks), max_size=1))),
    )


@st.composite
def conditions(draw, code):
    kind = draw(st.sampled_from([Kind.YES_NO, Kind.PERCENT, Kind.TITLE_SHARE]))
    judged = kind is Kind.YES_NO
    value = draw(st.one_of(st.just(True), texts)) if judged else draw(st.one_of(st.none(), percents))
    return TitleCondition(
        code, draw(texts), kind, None if judged else Comparator.GE, value, draw(maybe), draw(references), draw(checks),
        draw(texts) if kind is Kind.TITLE_SHARE else None, "xa" if kind is Kind.TITLE_SHARE else None, draw(maybe),
    )  # fmt: skip


@st.composite
def criteria_sets(draw):
    criteria = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        count = draw(st.integers(0, 2))
        criteria.append(
            Criterion(
                number,
                draw(texts),
                tuple(draw(indicators(f"{number}.{one}")) for one in range(1, count + 1)),
                draw(checks),
                draw(st.sampled_from(["all", "any", "at_least:2"])),
                draw(maybe),
            )
        )
    start, end = (
        draw(st.one_of(st.none(), st.just(date(2021, 1, 1)))),
        draw(st.one_of(st.none(), st.just(date(2026, 1, 1)))),
    )
    complete = draw(st.booleans())
    basis = draw(st.sampled_from(["stated", "derived"]))
    return CriteriaSet(
        code=draw(texts), name=draw(texts), level="xa", title=draw(texts), title_kind="ntm",
        decision=draw(references), decision_issuer=draw(texts), decision_date=draw(st.one_of(st.none(), days)),
        decision_check=draw(checks), start=start, end=end, criteria=tuple(criteria),
        title_rule=TitleRule(
            draw(st.sampled_from(["all", "at_least:9"])),
            tuple(draw(conditions(f"c{one}")) for one in range(draw(st.integers(0, 2)))),
            draw(st.one_of(st.none(), percents)),
            draw(maybe),
        ),
        regions=REGIONS, groups=GROUPS,
        special_rules=tuple(
            SpecialRule(frozenset({"kho_khan"}), "bac", draw(texts), draw(references), draw(checks))
            for _ in range(draw(st.integers(0, 1)))
        ),
        province=draw(maybe),
        scoring=Scoring(Decimal(100), Decimal("98.5"), draw(references), draw(checks)) if draw(st.booleans()) else None,
        complete=complete, completeness_note=draw(maybe if complete else texts),
        stated_totals=(draw(st.one_of(st.none(), st.integers(0, 99))), None),
        notes=tuple(draw(st.lists(texts, unique=True, max_size=2))),
        start_basis=basis if start else "unknown", end_basis=basis if end else "unknown",
        start_note=draw(texts) if start else None, end_note=draw(texts) if end else None,
        years=draw(st.one_of(st.none(), st.just((2021, 2025)))),
    )  # fmt: skip


@settings(max_examples=30)
@given(criteria_sets())
def test_written_and_read_again_is_the_same_set(one):
    text = write_yaml(one)
    again = load_text(text, "sinh.yaml")
    assert again.hash == content_hash(one)
    assert write_yaml(again) == text
