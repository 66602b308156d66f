"""Strict reading of data files: what is doubtful is refused, with file, line and key."""

import pytest

from ntm.domain.instruments.source_file import SourceError, read


def refused(text: str, take) -> SourceError:
    with pytest.raises(SourceError) as caught:
        take(read(text, "tep.yaml"))
    return caught.value


def test_it_refuses_a_key_written_twice():
    error = refused('a: "1"\nb: "2"\na: "3"\n', lambda entry: entry)
    assert (error.file, error.line, error.key) == ("tep.yaml", 3, "a")
    assert "hai lần" in error.message
    assert str(error).startswith("tep.yaml, dòng 3, khóa a: ")


def test_it_refuses_an_unknown_key():
    def take(entry):
        entry.need("a").text()
        entry.close()

    error = refused('a: "x"\nmuc: "y"\n', take)
    assert (error.line, error.key) == (2, "muc")


def test_it_refuses_a_float():
    error = refused("value: 6.5\n", lambda entry: entry.need("value").decimal())
    assert error.line == 1 and '"6.5"' in error.message


@pytest.mark.parametrize("word", ["yes", "No", "on", "true"])
def test_it_refuses_a_bare_boolean_where_words_are_wanted(word):
    error = refused(f"x: 1\nvalue: {word}\n", lambda entry: entry.need("value").text())
    assert error.line == 2 and f'"{word}"' in error.message


@pytest.mark.parametrize(
    ("written", "take"),
    [
        ("1.1", "text"),  # a code: YAML reads a float
        ("01", "text"),  # a code: YAML reads the number 1
        ("2022-03-08", "day"),
        ("2022-03-08", "text"),
    ],
)
def test_codes_and_days_must_be_quoted(written, take):
    error = refused(f"x: {written}\n", lambda entry: getattr(entry.need("x"), take)())
    assert f'"{written}"' in error.message


@pytest.mark.parametrize("written", ['"2022-02-30"', '"08/03/2022"', '"2022-3-8"'])
def test_a_day_must_be_in_the_calendar(written):
    refused(f"x: {written}\n", lambda entry: entry.need("x").day())


@pytest.mark.parametrize("written", ["010", "1_000", "0x10", "1e3", '"6,5"', '".5"', '"5."', '"NaN"', '"１"'])
def test_a_number_has_one_form(written):
    refused(f"x: {written}\n", lambda entry: entry.need("x").decimal())


def test_a_comma_is_refused_with_the_right_form():
    error = refused('x: "6,5"\n', lambda entry: entry.need("x").decimal())
    assert '"6.5"' in error.message


@pytest.mark.parametrize("written", ["yes", "True", "1", '"true"'])
def test_a_flag_is_true_or_false(written):
    refused(f"x: {written}\n", lambda entry: entry.need("x").flag())


def test_it_refuses_an_empty_value():
    error = refused("x:\n", lambda entry: entry.need("x").text())
    assert "để trống" in error.message


def test_it_refuses_anchors():
    error = refused("a: &goc [1, 2]\nb: *goc\n", lambda entry: [list(entry.need(name).items()) for name in "ab"])
    assert "neo" in error.message


def test_it_refuses_broken_yaml_with_the_line():
    error = refused("a: 1\nb: [1, 2\nc: 3\n", lambda entry: entry)
    assert error.line is not None and error.line >= 2


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "chỉ là chữ\n"])
def test_a_file_is_one_mapping(text):
    refused(text, lambda entry: entry)


def test_missing_key_names_the_group():
    error = refused('a:\n  b: "x"\n', lambda entry: entry.need("a").entry().need("c"))
    assert error.key == "a" and '"c"' in error.message
