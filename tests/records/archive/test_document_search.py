"""Tìm văn bản: by unit, year, kind, number and words without marks, with lines and items; on both databases."""

from __future__ import annotations

import pytest

from document_world import ON, PLAN, RICH, SHORT, sample, uploaded
from ntm.records.archive.documents import queries, search
from ntm.records.archive.documents.queries import Asked
from ntm.records.archive.models import DocumentText

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(area, holder):
    """Three documents: two of one commune, one of its neighbour; and the office above."""
    own, next_door = holder("commune_officer", area.commune), holder("commune_officer", area.neighbour)
    one = uploaded(own, area.commune, sample(PLAN))
    two = uploaded(own, area.commune, sample(SHORT), "thon.txt")
    three = uploaded(next_door, area.neighbour, sample(RICH), "khac.txt")
    return holder("coordination_office", area.district), own, (one, two, three)


def found(actor, **asked) -> list[int]:
    return [document.pk for document in queries.searched(actor, Asked(**asked), ON)]


def test_words_are_found_without_marks_capitals_or_order(shelf) -> None:
    above, _own, documents = shelf
    one = documents[0]
    line = next(line for line in sample(PLAN).decode().split("\n") if len(search.words_of(line)) > 6)
    words = search.words_of(line)
    assert one.pk in found(above, words=" ".join(words))
    assert one.pk in found(above, words=" ".join(reversed(words)).upper())
    assert one.pk in found(above, words=line)
    assert found(above, words="chữ không có trong kho xyzt") == []


@pytest.mark.parametrize("hostile", ['" OR 1', "words:x", "a AND NOT b", "'); DROP", "*", "(", "^", "-", "%", "nong*"])
def test_no_words_are_taken_for_a_language(shelf, hostile) -> None:
    above, _own, _documents = shelf
    assert isinstance(found(above, words=hostile), list)
    assert found(above, words="xyz" + hostile + "zyx") == []


def test_unit_year_kind_and_number_narrow(shelf, area) -> None:
    above, own, (one, two, three) = shelf
    assert set(found(above)) == {one.pk, two.pk, three.pk} and set(found(own)) == {one.pk, two.pk}
    assert found(above, unit_id=area.neighbour) == [three.pk]
    of_year = {document.pk for document in (one, two, three) if document.year == one.year}
    assert set(found(above, year=one.year)) == of_year and found(above, year=1999) == []
    assert set(found(above, kind=one.kind)) >= {one.pk}
    for document in (one, two, three):
        if document.number:
            assert document.pk in found(above, number=document.number.lower())
    assert found(above, number="999/QQ") == []
    units, kinds, years = queries.choices(above, ON)
    assert units == sorted([area.commune, area.neighbour]) and one.kind in kinds and one.year in years


def test_a_result_shows_its_lines_and_items(shelf) -> None:
    above, _own, (one, _two, _three) = shelf
    target = one.current.items.filter(section="targets").first()
    words = " ".join(search.words_of(target.label)[:4])
    documents = list(queries.searched(above, Asked(words=words), ON))
    shown = {result.document.pk: result for result in queries.with_matches(documents, words)}[one.pk]
    assert target.pk in [item.pk for item in shown.items] or len(shown.items) == queries.MATCHES
    assert all(set(words.split()) <= set(search.words_of(line)) for _no, line in shown.lines)
    assert shown.lines and len(shown.lines) <= queries.MATCHES
    assert [result.lines for result in queries.with_matches(documents, "")] == [[]] * len(documents)


def test_a_page_of_results_asks_a_fixed_number_of_questions(shelf, django_assert_num_queries) -> None:
    above, _own, _documents = shelf
    queries.searched(above, Asked(words="nông thôn"), ON)
    with django_assert_num_queries(5):  # reach (2), documents, texts, items
        documents = list(queries.searched(above, Asked(words="nông thôn mới"), ON))
        assert len(documents) == 3
        queries.with_matches(documents, "nông thôn mới")


def test_the_index_follows_the_words_however_they_are_written(shelf) -> None:
    above, _own, (one, two, _three) = shelf
    DocumentText.objects.filter(document=one).update(words="tu duy nhat abcxyz")
    assert found(above, words="abcxyz") == [one.pk] and one.pk not in found(above, words="nông thôn")
    text = DocumentText.objects.get(document=two)
    DocumentText.objects.filter(document=two).delete()
    assert two.pk not in found(above, words="nông thôn")
    DocumentText.objects.bulk_create([text])  # as a restore does
    assert two.pk in found(above, words="nông thôn")


def test_a_day_before_the_upload_does_not_know_the_document(shelf) -> None:
    above, _own, _documents = shelf
    assert not queries.searched(above, Asked(), ON.replace(year=2022))
