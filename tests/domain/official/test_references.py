"""Viện dẫn: every form in which offices cite; what is not said stays None; spans lead back to the words."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm.domain.official.dates import PartialDate
from ntm.domain.official.document_numbers import (
    DocumentNumber,
    DocumentNumberError,
    find_document_numbers,
    kind_named,
    parse_document_number,
)
from ntm.domain.official.references import LegalReference, find_references, write_reference
from ntm.domain.official.text import nfc, nfd


@pytest.mark.parametrize(
    ("text", "full", "kind"),
    [
        ("15/KH-UBND", "15/KH-UBND", "kế hoạch"),
        ("Số: 15/KH-UBND", "15/KH-UBND", "kế hoạch"),
        ("51-KH/ĐU", "51-KH/ĐU", "kế hoạch"),
        ("36/NQ-ĐU", "36/NQ-ĐU", "nghị quyết"),
        ("12/QĐ – UBND", "12/QĐ-UBND", "quyết định"),
        ("40/2014/ TT - BNNPTNT", "40/2014/TT-BNNPTNT", "thông tư"),
        ("số25/2021/QH15", "25/2021/QH15", None),
        ("25/2021", "25/2021", None),
        ("4072/QĐ-\n\nBNN-VPĐP", "4072/QĐ-BNN-VPĐP", "quyết định"),
        ("552 /KH-BCĐ", "552/KH-BCĐ", "kế hoạch"),
        ("Số: /KH-UBND", "/KH-UBND", "kế hoạch"),
        ("số: …../QĐ-UBND", "/QĐ-UBND", "quyết định"),
        ("4836/BNN-VPĐP", "4836/BNN-VPĐP", "công văn"),
        ("39/2021/TTLT-BNNPTNT-BKHĐT-BTC", "39/2021/TTLT-BNNPTNT-BKHĐT-BTC", "thông tư liên tịch"),
    ],
)
def test_numbers_of_documents(text, full, kind):
    number = parse_document_number(text)
    assert (number.full, number.kind) == (full, kind)


@pytest.mark.parametrize("bad", ["08/09", "abc", "", "5 km/h", "30/11/2018 và", "x" * 999])
def test_what_is_no_number(bad):
    with pytest.raises(DocumentNumberError, match="không phải số, ký hiệu"):
        parse_document_number(bad)


def test_ratios_roads_and_speeds_are_no_numbers():
    assert not list(find_document_numbers("đạt 124/184 xã, 08/09 xã, 24 km/h, 5/KM, đường 394C, ngày 30/11/2018"))


def test_a_symbol_may_prove_its_issuer():
    assert parse_document_number("1980/QĐ-TTg").issuer_by_symbol == "Thủ tướng Chính phủ"
    assert parse_document_number("25/2021/QH15").issuer_by_symbol == "Quốc hội"
    assert parse_document_number("15/KH-UBND").issuer_by_symbol is None
    assert kind_named("QUYET DINH") == kind_named("Quyết định") == "quyết định"


def only(text):
    found = find_references(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "number", "kind", "day", "issuer", "title"),
    [
        (
            "Căn cứ Kế hoạch số 120/KH-UBND ngày 20 tháng 12 năm 2016 của Ủy ban nhân dân huyện Bình An "
            "về thực hiện Chương trình A.",
            "120/KH-UBND", "kế hoạch", date(2016, 12, 20), "Ủy ban nhân dân huyện Bình An", "thực hiện Chương trình A",
        ),
        (
            "theo Quyết định 4072/QĐ-\n\nBNN-VPĐP ngày 05/10/2016 của Bộ Nông nghiệp và "
            "Phát triển nông thôn (01 lớp tại huyện)",
            "4072/QĐ-BNN-VPĐP", "quyết định", date(2016, 10, 5), "Bộ Nông nghiệp và Phát triển nông thôn", None,
        ),
        (
            "Thực hiện Nghị quyết số 36/NQ-ĐU, ngày 29/12/2022 của Đảng Ủy xã An Bình về việc tập trung lãnh đạo;",
            "36/NQ-ĐU", "nghị quyết", date(2022, 12, 29), "Đảng Ủy xã An Bình", "tập trung lãnh đạo",
        ),
        (
            "Căn cứ Thông tư số 40/2014/ TT - BNNPTNT ngày 13/11/2014 của "
            "Bộ trưởng Bộ Nông nghiệp và Phát triển nông thôn hướng dẫn tiêu chí;",
            "40/2014/TT-BNNPTNT", "thông tư", date(2014, 11, 13),
            "Bộ trưởng Bộ Nông nghiệp và Phát triển nông thôn", "hướng dẫn tiêu chí",
        ),
        ("Nghị quyết số25/2021/QH15", "25/2021/QH15", "nghị quyết", None, None, None),
        (
            "Căn cứ Luật Đầu tư công số 39/2019/QH14 ngày 13/6/2019;",
            "39/2019/QH14", "luật", date(2019, 6, 13), None, "Luật Đầu tư công",
        ),
        (
            "Ngày 26/7/2022, UBND tỉnh An Giang đã ban hành Quyết định số 741/QĐ-UBND về việc quy định tiêu chí.",
            "741/QĐ-UBND", "quyết định", date(2022, 7, 26), "UBND tỉnh An Giang", "quy định tiêu chí",
        ),
        (
            "Thông tư liên tịch số 15/2015/TTLT-BVHTTDL-BNV ngày 01/02/2015 của "
            "Bộ Văn hóa, Thể thao và Du lịch và Bộ Nội vụ về việc thi đua;",
            "15/2015/TTLT-BVHTTDL-BNV", "thông tư liên tịch", date(2015, 2, 1),
            "Bộ Văn hóa, Thể thao và Du lịch và Bộ Nội vụ", "thi đua",
        ),
        (
            "theo Quyết định số 1980 ngày 17/10/2016 của Thủ tướng Chính phủ;",
            "1980", "quyết định", date(2016, 10, 17), "Thủ tướng Chính phủ", None,
        ),
    ],
)  # fmt: skip
def test_one_reference(text, number, kind, day, issuer, title):
    got = only(text)
    assert (got.number, got.kind, got.date, got.issuer, got.title) == (number, kind, day, issuer, title)
    assert text[slice(*got.span)] == got.text
    decomposed = only(nfd(text))
    assert (decomposed.number, decomposed.title) == (number, title)
    assert nfc(nfd(text)[slice(*decomposed.span)]) == got.text


def test_a_month_stays_a_month():
    got = only("Quyết định 12/QĐ – UBND, tháng 5/2020 của UBND huyện")
    assert (got.when, got.date, got.issuer) == (PartialDate(2020, 5), None, "UBND huyện")


def test_a_blank_number_is_none():
    got = only("Căn cứ Quyết định số …/QĐ-UBND ngày … tháng 02 năm 2023 của Chủ tịch UBND xã;")
    assert (got.number, got.kind, got.when, got.issuer) == (
        None,
        "quyết định",
        PartialDate(2023, 2),
        "Chủ tịch UBND xã",
    )
    assert got.document_number.full == "/QĐ-UBND"


def test_lists_name_the_issuer_once():
    before = find_references(
        "Căn cứ các Quyết định của Thủ tướng Chính phủ: số 318/QĐ-TTg ngày 08/3/2022 ban hành Bộ tiêu chí; "
        "số 319/QĐ-TTg ngày 08/3/2022 quy định xã kiểu mẫu;"
    )
    assert [(r.number, r.issuer, r.kind) for r in before] == [
        ("318/QĐ-TTg", "Thủ tướng Chính phủ", "quyết định"),
        ("319/QĐ-TTg", "Thủ tướng Chính phủ", "quyết định"),
    ]
    after = find_references(
        "Căn cứ các Quyết định số 318/QĐ-TTg, số 319/QĐ-TTg và số 320/QĐ-TTg ngày 08/3/2022 của Thủ tướng Chính phủ;"
    )
    assert [r.issuer for r in after] == ["Thủ tướng Chính phủ"] * 3
    assert [r.role for r in after] == ["base"] * 3


def test_an_amendment_knows_what_it_amends():
    outer, inner = find_references(
        "Căn cứ Nghị định số 38/2023/NĐ-CP ngày 24/6/2023 của Chính phủ sửa đổi, bổ sung một số điều của "
        "Nghị định số 27/2022/NĐ-CP ngày 19/4/2022 của Chính phủ;"
    )
    assert outer.amends == ("27/2022/NĐ-CP",)
    assert outer.title.startswith("sửa đổi, bổ sung một số điều của Nghị định số 27/2022/NĐ-CP")
    assert (inner.embedded_in, inner.role, inner.amends) == ("38/2023/NĐ-CP", "citation", ())


def test_what_only_carries_out_amends_nothing():
    outer, inner = find_references(
        "Căn cứ Quyết định số 1689/QĐ-TTg ngày 11/10/2021 ban hành kế hoạch triển khai Nghị quyết số 25/2021/QH15;"
    )
    assert (outer.amends, inner.embedded_in) == ((), "1689/QĐ-TTg")


def test_proposals_and_bases_without_a_number():
    text = (
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015; "
        "Căn cứ Nghị quyết Đại hội Đảng bộ xã, nhiệm kỳ 2020 - 2025;\n"
        "Xét đề nghị của Giám đốc Sở Nông nghiệp và PTNT tại Tờ trình số 123/TTr-SNN ngày 15/3/2023,\n"
        "Theo đề nghị của Trưởng phòng Nội vụ.\n"
        "I. MỤC TIÊU\n"
        "Thực hiện Kế hoạch số 5/KH-UBND của UBND xã, tập trung làm đường.\n"
    )
    law, congress, proposal, person, body = find_references(text)
    assert (law.number, law.kind, law.date) == (None, "luật", date(2015, 6, 19))
    assert law.title == "Luật Tổ chức chính quyền địa phương"
    assert (congress.kind, congress.title) == ("nghị quyết", "Đại hội Đảng bộ xã, nhiệm kỳ 2020 - 2025")
    assert (proposal.role, proposal.number, proposal.issuer) == (
        "proposal",
        "123/TTr-SNN",
        "Giám đốc Sở Nông nghiệp và PTNT",
    )
    assert (person.role, person.number, person.issuer) == ("proposal", None, "Trưởng phòng Nội vụ")
    assert (body.role, body.number) == ("citation", "5/KH-UBND")


def test_a_numbered_list_of_bases():
    text = "Căn cứ:\n1. Luật Ngân sách nhà nước năm 2015;\n"
    text += "2. Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ;\nĐiều 1. Nội dung"
    assert [(r.role, r.kind, r.number) for r in find_references(text)] == [
        ("base", "luật", None),
        ("base", "nghị định", "30/2020/NĐ-CP"),
    ]


def test_the_documents_own_number_is_no_citation():
    own, citation = find_references(
        "UBND XÃ\nSố: 15/KH-UBND\n(Kèm theo Kế hoạch số: 15/KH-UBND ngày 30/01/2018 của UBND huyện)"
    )
    assert (own.role, citation.role, citation.date) == ("own", "citation", date(2018, 1, 30))
    assert find_references("Số:      /KH-UBND\n")[0].role == "own"


def test_the_phase_of_the_title():
    got = only("Quyết định số 263/QĐ-TTg ngày 22/02/2022 phê duyệt Chương trình giai đoạn 2021-2025;")
    assert str(got.period) == "giai đoạn 2021 - 2025"


REFERENCES = st.builds(
    LegalReference,
    number=st.builds(
        lambda n, s: f"{n}/{s}", st.integers(1, 9999), st.sampled_from(["QĐ-UBND", "KH-UBND", "NQ-HĐND", "CT-TTg"])
    ),
    kind=st.none(),
    issuer=st.none() | st.sampled_from(["Thủ tướng Chính phủ", "UBND tỉnh An Giang", "HĐND huyện", "Bộ Xây dựng"]),
    when=st.none() | st.builds(PartialDate, st.integers(1950, 2099), st.integers(1, 12), st.integers(1, 28)),
    title=st.none() | st.sampled_from(["phê duyệt đề án", "giao chỉ tiêu năm 2020", "thi đua, khen thưởng"]),
)


@given(REFERENCES)
def test_written_then_found_is_the_same(reference):
    number = parse_document_number(reference.number)
    reference = replace(reference, kind=number.kind)
    again = only(write_reference(reference) + ";")
    for part in ("number", "kind", "issuer", "when", "title"):
        assert getattr(again, part) == getattr(reference, part)


@given(st.text(max_size=120))
def test_any_text_can_be_searched(text):
    for reference in find_references(text):
        assert text[slice(*reference.span)] == reference.text


@pytest.mark.parametrize(
    "junk",
    [
        "1/",
        "số ",
        "1/QĐ-",
        "căn cứ quyết định của ",
        "1 ",
        "-",
        " ",
        "\n",
        "(",
        "1/QĐ-UBND ngày 1/1/2020 của UBND về sửa đổi ",
        "Căn cứ a; ",
    ],
)
def test_hostile_text_is_read_to_its_end_and_every_place_lies_in_it(junk):
    text = junk * (200_000 // len(junk))
    assert all(0 <= one.span[0] < one.span[1] <= len(text) for one in find_references(text))


def test_a_number_is_rebuilt_as_printed():
    assert DocumentNumber("27", "NĐ-CP", 2022).full == "27/2022/NĐ-CP"
    assert str(DocumentNumber("51", "KH/ĐU", party=True)) == "51-KH/ĐU"
