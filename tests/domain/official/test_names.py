"""Tên gọi: bodies, abbreviations (common and defined by the document), persons, positions, blocks of signature."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm.domain.official.abbreviations import COMMON, Abbreviations, abbreviation_key
from ntm.domain.official.names import (
    Signature,
    begins_as_body,
    expand,
    find_signatures,
    is_person_name,
    is_position,
    learn_abbreviations,
    parse_person,
    split_bodies,
    write_signature,
)
from ntm.domain.official.text import nfc, nfd


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("BCĐ huyện", "Ban Chỉ đạo huyện"),
        ("BCD xã", "Ban Chỉ đạo xã"),
        ("VPĐP", "Văn phòng Điều phối"),
        ("Phòng TC - KH", "Phòng Tài chính - Kế hoạch"),
        ("Phòng LĐ-TB&XH", "Phòng Lao động - Thương binh và Xã hội"),
        ("Sở VH,TT-DL", "Sở Văn hóa, Thể thao và Du lịch"),
        ("MTTQ huyện", "Mặt trận Tổ quốc huyện"),
        ("TT HĐND huyện", "Thường trực Hội đồng nhân dân huyện"),
        ("Sở TC", "Sở Tài chính"),
        ("TP Huế", "thành phố Huế"),
        ("VP.UBND tỉnh", "Văn phòng Ủy ban nhân dân tỉnh"),
        ("TC 5, XYZ", "TC 5, XYZ"),
        ("Xã có nước", "Xã có nước"),
    ],
)
def test_abbreviations_are_written_out(text, full):
    assert expand(text) == full


@pytest.mark.parametrize(
    ("text", "learned"),
    [
        ("Ban Chỉ đạo (sau đây gọi tắt là BCĐ) họp", {"BCĐ": "Ban Chỉ đạo"}),
        ("Chương trình mục tiêu quốc gia (MTQG) xây dựng", {"MTQG": "mục tiêu quốc gia"}),
        ("Phòng Nông nghiệp và Phát triển nông thôn (NN&PTNT)", {"NN&PTNT": "Nông nghiệp và Phát triển nông thôn"}),
        (
            "thực hiện Chương trình mục tiêu quốc gia giai đoạn 2021-2025 (sau đây gọi tắt là Chương trình)",
            {"Chương trình": "Chương trình mục tiêu quốc gia giai đoạn 2021-2025"},
        ),
        (
            "Ban Chỉ đạo các Chương trình của tỉnh, sau đây gọi là “Ban Chỉ đạo tỉnh”.",
            {"Ban Chỉ đạo tỉnh": "Ban Chỉ đạo các Chương trình của tỉnh"},
        ),
        ("- SX: sản xuất\n- QHT = quỹ hỗ trợ", {"SX": "sản xuất", "QHT": "quỹ hỗ trợ"}),
        ("đường liên xã (ABC) và thôn (Vân An)", {}),
    ],
)
def test_a_document_defines_its_own(text, learned):
    assert learn_abbreviations(text) == learned
    assert learn_abbreviations(nfd(text)) == learned


def test_what_is_learned_comes_first():
    table = Abbreviations().learn("Ban quản lý chợ (sau đây gọi tắt là BQL)")
    assert table.expand("BQL, BCĐ") == "Ban quản lý chợ, Ban Chỉ đạo"
    assert expand("BQL", {"BQL": "Ban quản lý rừng"}) == "Ban quản lý rừng"


def test_the_table_is_keyed_by_letters():
    assert abbreviation_key("TC - KH") == abbreviation_key("TC&KH") == "TCKH"
    assert all(key == abbreviation_key(key) for key in COMMON)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("BCĐ huyện, BCD, BQL xã", ["BCĐ huyện", "BCD", "BQL xã"]),
        ("Phòng TC - KH, VPĐP", ["Phòng TC - KH", "VPĐP"]),
        ("Phòng NN&PTNT, KT&HT, Y tế, BCĐ xã", ["Phòng NN&PTNT", "Phòng KT&HT", "Phòng Y tế", "BCĐ xã"]),
        (
            "Các phòng, ban, ngành, đoàn thể huyện, VPĐP, UBND xã",
            ["Các phòng, ban, ngành, đoàn thể huyện", "VPĐP", "UBND xã"],
        ),
        ("Sở NN&PTNT, VPĐP, Sở, ngành, các xã", ["Sở NN&PTNT", "VPĐP", "Sở, ngành", "các xã"]),
        ("Ban CHQS, Công an huyện; BCĐ xã", ["Ban CHQS", "Công an huyện", "BCĐ xã"]),
        ("Sở VH,TT-DL", ["Sở VH,TT-DL"]),
        ("Bộ Văn hóa, Thể thao và Du lịch và các bộ", ["Bộ Văn hóa, Thể thao và Du lịch", "các bộ"]),
        ("Phòng Nông nghiệp và PTNT, Văn phòng Điều phối", ["Phòng Nông nghiệp và PTNT", "Văn phòng Điều phối"]),
        ("Phòng Dân tộc, phòng Y tế", ["Phòng Dân tộc", "phòng Y tế"]),
        ("UBND huyện A, B", ["UBND huyện A", "UBND huyện B"]),
        ("", []),
    ],
)
def test_lists_of_bodies(text, parts):
    assert [body.whole for body in split_bodies(text)] == parts
    assert [nfc(body.whole) for body in split_bodies(nfd(text))] == parts
    for body in split_bodies(text):
        assert text[body.start : body.end] == body.text


def test_a_body_written_out():
    assert [body.full() for body in split_bodies("Phòng GD&ĐT, TN&MT")] == [
        "Phòng Giáo dục và Đào tạo",
        "Phòng Tài nguyên và Môi trường",
    ]
    assert begins_as_body("UBND xã")
    assert not begins_as_body("Đường trục xã")


@pytest.mark.parametrize("name", ["Nguyễn Trãi", "Vừ A Dính", "N'Trang Lơng", "NGUYỄN THỊ MINH KHAI"])
def test_names_of_persons(name):
    assert is_person_name(name)


@pytest.mark.parametrize(
    "text",
    ["Nơi nhận", "CHỦ TỊCH", "PHỤ LỤC MỘT", "xã An Bình", "Nguyễn", "ngày 30 tháng 1", "Trần 5", "UBND các xã", ""],
)
def test_what_is_no_name(text):
    assert not is_person_name(text)


def test_a_title_is_not_the_name():
    person = parse_person("ThS. Nguyễn Trãi")
    assert (person.name, person.honorific) == ("Nguyễn Trãi", "ThS.")
    assert is_position("PHÓ CHỦ TỊCH")
    assert not is_position("Nguyễn Trãi")
    assert is_position("TRƯỞNG BAN")
    assert not is_position("Trương Hán Siêu")
    assert is_person_name("Trương Hán Siêu")


@pytest.mark.parametrize(
    ("text", "name", "position", "authority", "behalf", "mark"),
    [
        ("CHỦ TỊCH\n\n(Đã ký)\n\nNguyễn Trãi", "Nguyễn Trãi", "CHỦ TỊCH", None, None, "(Đã ký)"),
        ("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n", None, "PHÓ CHỦ TỊCH", "KT.", "ỦY BAN NHÂN DÂN", None),
        (
            "**TM. ỦY BAN NHÂN DÂN XÃ\nCHỦ TỊCH**\n\n\n\nNguyễn Trãi",
            "Nguyễn Trãi", "CHỦ TỊCH", "TM.", "ỦY BAN NHÂN DÂN XÃ", None,
        ),
        ("TRƯỞNG BAN\n\nCHỦ TỊCH UBND TỈNH\nNguyễn Trãi", "Nguyễn Trãi", "CHỦ TỊCH UBND TỈNH", None, None, None),
        ("TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\n\nThS. Nguyễn Trãi", "Nguyễn Trãi", "CHÁNH VĂN PHÒNG", "TL.", None, None),
        (
            "Nơi nhận:|TM. ỦY BAN NHÂN DÂN\n- Như trên;|KT. CHỦ TỊCH\n- Lưu: VT.|PHÓ CHỦ TỊCH\n|\n|Nguyễn Trãi",
            "Nguyễn Trãi", "PHÓ CHỦ TỊCH", "KT.", "ỦY BAN NHÂN DÂN", None,
        ),
    ],
)  # fmt: skip
def test_blocks_of_signature(text, name, position, authority, behalf, mark):
    (found,) = find_signatures("Nội dung kế hoạch.\n\n" + text)
    assert (found.name, found.position, found.authority) == (name, position, authority)
    assert (found.on_behalf_of, found.signed_mark) == (behalf, mark)
    (decomposed,) = find_signatures(nfd(text))
    assert decomposed.position == position
    assert nfc(nfd(text)[decomposed.start :]).startswith(nfc(text)[find_signatures(text)[0].start :][:5])


def test_a_heading_is_no_signature():
    assert find_signatures("CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN\n\nCăn cứ Luật Tổ chức chính quyền địa phương") == []


SIGNATURES = st.builds(
    lambda name, behalf, form, mark: Signature(
        name, "PHÓ CHỦ TỊCH" if form else "CHỦ TỊCH", form or ("TM." if behalf else None), behalf,
        ("CHỦ TỊCH", "PHÓ CHỦ TỊCH") if form else ("CHỦ TỊCH",), mark,
    ),
    st.sampled_from(["Nguyễn Trãi", "Vừ A Dính", "Nguyễn Thị Minh Khai"]),
    st.none() | st.just("ỦY BAN NHÂN DÂN"),
    st.none() | st.sampled_from(["KT.", "TL.", "TUQ."]),
    st.none() | st.just("(Đã ký)"),
)  # fmt: skip


@given(SIGNATURES)
def test_written_then_found_is_the_same(signature):
    (found,) = find_signatures(write_signature(signature))
    for part in ("name", "position", "authority", "on_behalf_of", "positions", "signed_mark"):
        assert getattr(found, part) == getattr(signature, part)


@pytest.mark.parametrize(
    "junk",
    ["TM. ", "A-", "ABC,", "CHỦ TỊCH\n", "(ABC) ", "gọi tắt là ", "a, ", "và ban ", "ngành, ", "TM. A\n", "|", "\t"],
)
def test_hostile_text_is_read_to_its_end(junk):
    text = junk * (200_000 // len(junk))
    for read in (learn_abbreviations, split_bodies, find_signatures, expand):
        assert read(text) is not None
