"""Where items stand, for a click in the preview."""

from __future__ import annotations

import dataclasses

import pypdfium2 as pdfium
import pytest

from csdesk.model.vocabulary import DocumentKind, PageSize
from csdesk.queries.customer_rows import GoalRow
from csdesk.report.places import Place, Places
from tests.report.full_documents import full_document, full_plan
from tests.report.reading import laid_out
from tests.report.sample_plans import empty_plan, rich_plan


@pytest.mark.parametrize("size", list(PageSize))
def test_the_words_of_every_item_stand_in_its_places(size: PageSize) -> None:
    document = full_document("en", size)
    view = full_plan("en")
    titles = {
        **{("goal", one.id): one.title for one in view.goals},
        **{("milestone", one.id): one.title for one in view.milestones},
        **{("action", one.id): one.title for one in view.actions},
        **{("measure", one.id): one.kpi.name for one in view.measures},
        **{("feedback", one.id): one.said for one in view.feedback},
    }
    found = set()
    with pdfium.PdfDocument(document.data) as pdf:
        pages = [page.get_textpage() for page in pdf]
        for place in document.places:
            text = pages[place.page].get_text_bounded(place.x0, place.y0, place.x1, place.y1)
            assert text.strip()
            if titles.get((place.entity, place.id), "-") in " ".join(text.split()):
                found.add((place.entity, place.id))
    assert found == set(titles)


@pytest.mark.parametrize("size", list(PageSize))
def test_every_place_is_on_its_page(size: PageSize) -> None:
    document = full_document("en", size)
    with pdfium.PdfDocument(document.data) as pdf:
        for place in document.places:
            width, height = pdf[place.page].get_size()
            assert 0 <= place.x0 < place.x1 <= width
            assert 0 <= place.y0 < place.y1 <= height


def test_a_row_of_a_table_is_one_place_as_wide_as_the_table() -> None:
    places = laid_out(rich_plan("en", actions=3, milestones=3)).places
    rows = [place for place in places if place.entity == "milestone"][-6:-3]
    assert {round(place.x1 - place.x0) for place in rows} == {499}
    assert [place.id for place in rows] == ["milestone-0", "milestone-1", "milestone-2"]


def test_places_come_in_the_order_of_the_pages_and_are_the_same_each_time() -> None:
    view = rich_plan("ja", actions=20)
    places = laid_out(view, "ja").places
    assert [place.page for place in places] == sorted(place.page for place in places)
    assert places == laid_out(view, "ja").places


def test_the_one_page_summary_has_places_too() -> None:
    document = full_document("en", kind=DocumentKind.EXECUTIVE)
    kinds = {place.entity for place in document.places}
    assert kinds >= {"goal", "action"}


def test_what_has_no_id_has_no_place() -> None:
    assert laid_out(empty_plan()).places == ()
    places = Places()
    places.add(Place(0, 1, 1, 2, 2, "goal", ""))
    assert places.all() == ()


def test_parts_of_an_item_on_one_page_are_one_place_until_another_part_begins() -> None:
    places = Places()
    places.add(Place(0, 10, 10, 20, 30, "goal", "g"))
    places.add(Place(0, 25, 5, 40, 30, "goal", "g"))
    places.add(Place(1, 10, 10, 20, 30, "goal", "g"))
    places.begin_part()
    places.add(Place(0, 10, 50, 20, 60, "goal", "g"))
    boxes = [(one.page, one.x0, one.y0, one.x1, one.y1) for one in places.all()]
    assert boxes == [(0, 10, 5, 40, 30), (0, 10, 50, 20, 60), (1, 10, 10, 20, 30)]


def test_an_item_in_two_sections_on_one_page_has_two_places() -> None:
    view = dataclasses.replace(empty_plan(), goals=(GoalRow("Win", id="g"),))
    places = laid_out(view).places
    assert [(place.page, place.id) for place in places] == [(1, "g"), (1, "g")]
    assert places[0].y0 > places[1].y1
