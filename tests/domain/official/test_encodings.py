"""Bảng mã cũ: whole tables both ways; an old code is named only when it is one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm.domain.official.encodings import EncodingError, detect, from_tcvn3, from_vni, to_tcvn3, to_unicode, to_vni
from ntm.domain.official.text import nfc, nfd

TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
LOWER = [nfc(vowel + tone) for vowel in "aăâeêioôơuưy" for tone in TONES] + ["đ"]
LETTERS = "".join(LOWER + [letter.upper() for letter in LOWER])
WORDS = "phấn đấu xây dựng nông thôn mới kiểu mẫu Ủy ban nhân dân huyện quyết định về việc hành kế hoạch"


def test_all_134_letters_go_both_ways():
    assert len(set(LETTERS)) == 146
    marked = [letter for letter in LETTERS if not letter.isascii()]
    assert len(marked) == 134
    for letter in marked:
        assert from_tcvn3(to_tcvn3(letter)) == letter
        assert from_vni(to_vni(letter)) == letter
    assert len({to_tcvn3(letter) for letter in marked}) == len({to_vni(letter) for letter in marked}) == 134


@given(st.text(alphabet=LETTERS + "bcdghklmnpqrstvxBCDGHKLMNPQRSTVX 0123456789.,;:()/-\n", max_size=200))
def test_written_then_read_is_the_same(text):
    assert from_tcvn3(to_tcvn3(text)) == text
    assert from_vni(to_vni(text)) == text
    assert to_tcvn3(nfd(text)) == to_tcvn3(text)


@pytest.mark.parametrize(
    ("old", "encoding", "text"),
    [
        ("KÕ HO¹CH", "tcvn3", "KẾ HOẠCH"),
        ("Uû ban nh©n d©n x·", "tcvn3", "Uỷ ban nhân dân xã"),
        ("ViÖt Nam", "tcvn3", "Việt Nam"),
        ("- Tiªu chÝ m«i tr\xadêng", "tcvn3", "- Tiêu chí môi trường"),
        ("Hµ Néi, ngµy 30 th¸ng 01", "tcvn3", "Hà Nội, ngày 30 tháng 01"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "vni", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("ÑAÛNG UÛY XAÕ", "vni", "ĐẢNG ỦY XÃ"),
        ("Tieâu chí moâi tröôøng", "vni", "Tiêu chí môi trường"),
    ],
)
def test_old_texts_are_known_and_converted(old, encoding, text):
    done = to_unicode(old)
    assert (done.encoding, done.text, done.original) == (encoding, text, old)
    assert done.sureness > 0.7


@pytest.mark.parametrize(
    "text",
    [
        "café naïve résumé",
        "This is § 5 of the Act © 2020, 5 µm ± 3",
        "Le gouvernement français a été où il à déjà",
        "Straße über München",
        "Hà Giang",
        "Hoà Bình - Hà Nam",
        "à",
        "São Paulo é bom",
        "plain English only",
        "Ủy ban nhân dân",
        "",
        "«Nông thôn» ½ ¾ ® ©",
        nfd("Phấn đấu đạt chuẩn"),
    ],
)
def test_unicode_and_foreign_texts_are_left_alone(text):
    done = to_unicode(text)
    assert (done.encoding, done.text) == ("unicode", nfc(text))


@given(st.lists(st.sampled_from(WORDS.split(" ")), min_size=6, max_size=18, unique=True).map(" ".join))
def test_sentences_are_told_apart(sentence):
    assert detect(sentence)[0] == "unicode"
    assert to_unicode(to_tcvn3(sentence)).text == sentence
    assert to_unicode(to_vni(sentence)).text == sentence


@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=100))
def test_ascii_is_never_an_old_code(text):
    assert detect(text)[0] == "unicode"


def test_case_is_mended_only_when_asked():
    assert from_tcvn3("KÕ HO¹CH") == "Kế HOạCH"
    assert from_tcvn3("KÕ HO¹CH\nHµ Néi", mend_case=True) == "KẾ HOẠCH\nHà Nội"


@pytest.mark.parametrize("write", [to_tcvn3, to_vni])
def test_a_letter_outside_the_table_is_refused(write):
    with pytest.raises(EncodingError, match="không có chữ “中”"):
        write("中")


@pytest.mark.parametrize("junk", ["µ", "aø", "KÕ HO¹CH ", "Ñ", "\xad", "é "])
def test_hostile_text_is_converted_to_its_end_and_kept(junk):
    text = junk * (200_000 // len(junk))
    assert to_unicode(text).original == text
