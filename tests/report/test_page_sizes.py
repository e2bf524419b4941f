"""The customer's documents on A4, Letter and a screen's page."""

from __future__ import annotations

import dataclasses
import io

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from csdesk.model.document_setup import Setup
from csdesk.model.vocabulary import DocumentKind, DocumentSection, PageSize
from tests.report.full_documents import branding, full_document, full_plan, older_plan
from tests.report.page_geometry import collisions, outside, words_of
from tests.report.reading import laid_out, made, outline, page_texts, whole_text
from tests.report.sample_plans import empty_plan, poor_plan, rich_plan
from tests.report.tagged_rules import faults

SIZES = list(PageSize)
LANGUAGES = ["en", "ja"]


def test_words_on_other_words_are_found() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(200, 200))
    canvas.drawString(20, 100, "These words")
    canvas.drawString(40, 103, "and those")
    canvas.drawString(5, 20, "at the edge")
    canvas.save()
    assert [page for page, _, _ in collisions(out.getvalue())] == [1]
    assert outside(out.getvalue(), 10) == [(1, "at the edge")]


@pytest.mark.parametrize("kind", [DocumentKind.CUSTOMER, DocumentKind.EXECUTIVE])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_touch_others_or_leave_the_page(
    language: str, size: PageSize, kind: DocumentKind
) -> None:
    data = full_document(language, size, kind).data
    assert collisions(data) == []
    assert outside(data, 10) == []
    assert faults(data) == []


@pytest.mark.parametrize(
    ("size", "points"),
    [(PageSize.A4, (595, 842)), (PageSize.LETTER, (612, 792)), (PageSize.WIDE, (842, 474))],
)
def test_every_page_has_the_size_that_was_chosen(size: PageSize, points: tuple[int, int]) -> None:
    with pikepdf.open(io.BytesIO(full_document("en", size).data)) as pdf:
        sizes = {tuple(round(float(side)) for side in page.MediaBox[2:]) for page in pdf.pages}
    assert sizes == {points}


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_sizes_tell_the_same_in_the_same_order(language: str) -> None:
    entries = {tuple(outline(full_document(language, size).data)) for size in SIZES}
    assert len(entries) == 1
    view = full_plan(language)
    for size in SIZES:
        text = whole_text(full_document(language, size).data).replace(" ", "")
        for title in [one.title for one in (*view.goals, *view.milestones, *view.actions)]:
            assert title.replace(" ", "") in text


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_is_left_white_by_half_without_a_reason(language: str, size: PageSize) -> None:
    """Only the last page may end early; a section that needs a whole page may leave some room."""
    pages = words_of(full_document(language, size).data)[1:-1]
    for words in pages:
        height = {PageSize.A4: 842.0, PageSize.LETTER: 792.0, PageSize.WIDE: 474.0}[size]
        content = [one for one in words if one.bottom > 46]
        lowest = min(one.bottom for one in content)
        assert lowest < height * 0.5, [one.text for one in content][:3]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("section", list(DocumentSection))
def test_each_section_can_be_left_out(section: DocumentSection, size: PageSize) -> None:
    whole = outline(full_document("en", size).data)
    view = full_plan("en")
    setup = Setup(page_size=size, left_out=frozenset(DocumentSection) - {section})
    alone = outline(made(view, setup=setup, branding=branding(), since=older_plan("en")))
    assert alone[0] == whole[0]
    assert set(alone) <= set(whole)
    assert len(alone) == 2


@pytest.mark.parametrize("size", SIZES)
def test_a_document_without_its_cover_begins_with_the_summary(size: PageSize) -> None:
    data = made(rich_plan("en"), setup=Setup(page_size=size, has_cover=False))
    first = page_texts(data)[0]
    assert "Summary" in first
    assert "1 / " in first
    assert outline(data)[0] == "Summary"


@pytest.mark.parametrize("size", SIZES)
def test_everything_left_out_still_makes_a_page(size: PageSize) -> None:
    setup = Setup(page_size=size, has_cover=False, left_out=frozenset(DocumentSection))
    assert laid_out(rich_plan("en"), setup=setup).pages == 1


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_account_with_figures_alone_has_a_document_in_every_size(
    language: str, size: PageSize
) -> None:
    data = made(poor_plan(language), language, setup=Setup(page_size=size))
    assert collisions(data) == []
    text = whole_text(data)
    assert ("5,120,000円" if language == "ja" else "$5,120,000") in text
    assert len(page_texts(data)) == 2


@pytest.mark.parametrize("size", SIZES)
def test_a_plan_with_nothing_in_it_is_a_cover_in_every_size(size: PageSize) -> None:
    assert laid_out(empty_plan(), setup=Setup(page_size=size)).pages == 1


@pytest.mark.parametrize("size", SIZES)
def test_the_summary_stays_on_one_page_with_texts_of_any_length(size: PageSize) -> None:
    rich = rich_plan("ja")
    goals = tuple(
        dataclasses.replace(goal, title=goal.title * 9, id=f"{goal.id}-{number}")
        for number in range(6)
        for goal in rich.goals
    )
    view = dataclasses.replace(rich, goals=goals, success_statement=rich.background * 30)
    left_out = frozenset(DocumentSection) - {DocumentSection.SUMMARY}
    setup = Setup(page_size=size, has_cover=False, left_out=left_out)
    assert laid_out(view, "ja", setup=setup).pages == 1
    assert laid_out(view, "ja", DocumentKind.EXECUTIVE, setup=setup).pages == 1


@pytest.mark.parametrize("count", [4, 6, 9])
def test_sections_beside_each_other_are_never_torn_apart(count: int) -> None:
    rich = rich_plan("en", actions=0, milestones=count)
    view = dataclasses.replace(rich, goals=rich.goals[:4])
    pages = page_texts(made(view, setup=Setup(page_size=PageSize.WIDE)))
    (both,) = (page for page in pages if "People on both sides" in page)
    assert "Makoto Watanabe" in both
    assert "Meetings and next review" in both
    assert "December 17, 2025" in both
    assert "What we keep an eye on together" in both
