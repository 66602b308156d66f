"""The shipped instruments: key facts, validity with reasons, lookup by number, issuer and date."""

from datetime import date

import pytest

from ntm.domain.instruments import InForce, SourceError, catalogue, load_text

INSTRUMENTS = catalogue()


def one(number: str):
    (found,) = INSTRUMENTS.find(number)
    return found


def test_all_are_there_and_no_two_share_a_key():
    assert len(INSTRUMENTS) == 162
    assert len({instrument.key for instrument in INSTRUMENTS}) == 162


def test_unverified_are_exactly_those_seen_in_code_lists_or_memory():
    assert {instrument.evidence for instrument in INSTRUMENTS if not instrument.verified} == {"repo", "title", "memory"}


def test_decision_318():
    decision = one("318/QĐ-TTg")
    assert (decision.issuer, decision.date) == ("Thủ tướng Chính phủ", date(2022, 3, 8))
    assert decision.effective_from == date(2022, 3, 8)
    assert decision.effective_to is None
    assert decision.amended_by == ("211/QĐ-TTg",)
    assert decision.period == (2021, 2025)


def test_the_end_is_half_open():
    decision = one("491/QĐ-TTg")
    assert decision.effective_to == date(2016, 12, 1)
    assert INSTRUMENTS.in_force(decision, date(2016, 12, 1)) is InForce.NO
    assert "1980/QĐ-TTg" in decision.judge(date(2016, 12, 1)).reason


@pytest.mark.parametrize(
    ("number", "on", "state"),
    [
        ("318/QĐ-TTg", date(2022, 3, 7), InForce.NO),
        ("318/QĐ-TTg", date(2022, 3, 8), InForce.YES),
        ("318/QĐ-TTg", date(2025, 12, 31), InForce.YES),
        ("318/QĐ-TTg", date(2026, 1, 1), InForce.UNKNOWN),  # no source says it ended: not "still in force"
        ("51/2025/QĐ-TTg", date(2026, 2, 14), InForce.NO),
        ("51/2025/QĐ-TTg", date(2026, 2, 15), InForce.YES),
        ("2540/QĐ-TTg", date(2018, 1, 1), InForce.UNKNOWN),  # its first day is not known
        ("2540/QĐ-TTg", date(2022, 8, 2), InForce.NO),
        ("319/QĐ-TTg", date(2023, 1, 1), InForce.UNKNOWN),
    ],
)
def test_in_force(number, on, state):
    judgement = one(number).judge(on)
    assert judgement.state is state
    assert judgement.reason


def test_successors_are_followed_to_the_newest_known():
    assert [found.number for found in INSTRUMENTS.successor(one("491/QĐ-TTg"))] == ["1980/QĐ-TTg"]
    assert INSTRUMENTS.successor(one("1980/QĐ-TTg")) == ()


def test_the_number_alone_is_no_key():
    text = """
instruments:
  - {number: "15/KH-UBND", kind: Kế hoạch, issuer: UBND huyện A, date: "2018-01-10", title: t, evidence: seed,
     source: s, verified: true}
  - {number: "15/KH-UBND", kind: Kế hoạch, issuer: UBND huyện B, date: "2018-01-10", title: t, evidence: seed,
     source: s, verified: true}
"""
    from ntm.domain.instruments import Instruments

    both = Instruments(load_text(text, "x"))
    assert len(both.find("15/KH-UBND")) == 2
    (found,) = both.find("15/kh-ubnd", issuer="Ủy ban nhân dân huyện B")
    assert found.issuer == "UBND huyện B"
    assert both.get("15/KH-UBND", "UBND huyện A", date(2018, 1, 10)) is not None
    assert both.get("15/KH-UBND", "UBND huyện A", date(2019, 1, 10)) is None


def test_a_number_broken_over_a_page_is_found():
    assert one("4072/QĐ- BNN-VPĐP").number == "4072/QĐ-BNN-VPĐP"


def test_another_date_is_another_instrument():
    assert INSTRUMENTS.find("318/QĐ-TTg", date=date(2021, 3, 8)) == ()


def test_the_same_key_twice_is_refused():
    entry = '  - {number: "1/QĐ", kind: k, issuer: i, title: t, evidence: seed, source: s, verified: true}\n'
    with pytest.raises(SourceError) as caught:
        load_text("instruments:\n" + entry + entry, "x.yaml")
    assert caught.value.line == 3


def test_relations_from_memory_are_marked():
    (relation,) = one("39/2019/QH14").relations
    assert relation.number == "58/2024/QH15" and relation.verified is False


def test_every_shipped_criteria_set_cites_a_known_national_instrument():
    from ntm.domain.criteria import catalogue as sets

    for head in sets().heads():
        if head.province is None:
            assert INSTRUMENTS.find(head.decision.instrument), head.code
