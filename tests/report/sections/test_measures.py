"""Success measures in rows of cards."""

from __future__ import annotations

import dataclasses

import pytest

from csdesk.model.document_setup import Setup
from csdesk.model.vocabulary import DocumentKind, DocumentSection, PageSize
from csdesk.queries.customer_rows import CustomerPlan, GoalRow, MeasureRow
from tests.report.page_geometry import collisions
from tests.report.reading import laid_out, made, page_texts, whole_text
from tests.report.sample_plans import empty_plan, kpi_line, rich_plan

NOTICE = "registered trademarks"


def plan(count: int) -> CustomerPlan:
    """Make a plan of one goal with so many measures."""
    measures = tuple(
        MeasureRow(kpi_line(f"Figure {number}.", "%", "percent"), "higher", id=f"m{number}")
        for number in range(count)
    )
    return dataclasses.replace(empty_plan(), goals=(GoalRow("Goal", measures=measures),))


@pytest.mark.parametrize("size", list(PageSize))
@pytest.mark.parametrize("count", range(1, 9))
def test_any_number_of_measures_is_shown_without_a_lonely_card(count: int, size: PageSize) -> None:
    left_out = frozenset(DocumentSection) - {DocumentSection.MEASURES}
    document = laid_out(plan(count), setup=Setup(page_size=size, left_out=left_out))
    places = [place for place in document.places if place.entity == "measure"]
    assert [place.id for place in places] == [f"m{number}" for number in range(count)]
    rows: dict[tuple[int, float], int] = {}
    for place in places:
        rows[place.page, place.y1] = rows.get((place.page, place.y1), 0) + 1
    assert collisions(document.data) == []
    if size == PageSize.WIDE and count != 1:
        assert set(rows.values()) <= {2, 3}
    else:
        assert max(rows.values()) <= 2


def test_the_owners_of_nps_are_named_once_on_the_page_of_the_figure() -> None:
    pages = page_texts(made(rich_plan("en")))
    with_notice = [page for page in pages if NOTICE in page]
    assert len(with_notice) == 1
    assert "NPS®" in with_notice[0].replace(NOTICE, "")
    assert NOTICE not in whole_text(made(plan(2)))


@pytest.mark.parametrize("lines", range(9, 16))
def test_the_notice_never_stands_on_a_page_without_its_figure(lines: int) -> None:
    rich = rich_plan("en")
    text = "\n".join("A line of text." for _ in range(lines))
    view = dataclasses.replace(rich, background=text, to_be="", goals=rich.goals[1:5])
    view = dataclasses.replace(view, success_statement="")
    kept = {DocumentSection.BACKGROUND, DocumentSection.MEASURES}
    setup = Setup(left_out=frozenset(DocumentSection) - kept, has_cover=False)
    (page,) = (page for page in page_texts(made(view, setup=setup)) if NOTICE in page)
    assert "NPS®" in page[: page.index("Net Promoter®")]


@pytest.mark.parametrize("kind", [DocumentKind.CUSTOMER, DocumentKind.EXECUTIVE])
def test_the_notice_stands_under_any_nps_of_an_account_without_a_plan(kind: DocumentKind) -> None:
    for names in (["NPS®"], ["NPS®", "Usage", "Costs"]):
        view = dataclasses.replace(empty_plan(), kpis=tuple(kpi_line(name) for name in names))
        assert NOTICE in whole_text(made(view, kind=kind))


@pytest.mark.parametrize("size", list(PageSize))
def test_three_rows_of_two_fill_a_page_of_paper(size: PageSize) -> None:
    left_out = frozenset(DocumentSection) - {DocumentSection.MEASURES}
    setup = Setup(page_size=size, left_out=left_out, has_cover=False)
    assert laid_out(rich_plan("en"), setup=setup).pages == (2 if size == PageSize.WIDE else 1)
