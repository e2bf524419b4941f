"""Who hears a document, follows its links or leafs by its outline is told it in its order."""

from __future__ import annotations

import io
from functools import cache
from itertools import pairwise

import pikepdf
import pypdfium2 as pdfium
import pytest

from csdesk.model.vocabulary import DocumentKind, PageSize
from tests.report.every_document import EVERY, document
from tests.report.full_documents import full_plan
from tests.report.reading import outline, page_texts
from tests.report.tagged_text import Spoken, decoration, spoken

LANGUAGES = ("ja", "en")


@cache
def told(language: str, page_size: PageSize = PageSize.A4) -> list[Spoken]:
    return spoken(document(DocumentKind.CUSTOMER, language, page_size))


def squeezed(text: str) -> str:
    """Drop what a line's end may put in or leave out."""
    return "".join(text.split())


@pytest.mark.parametrize(("language", "page_size"), [("ja", PageSize.A4), ("en", PageSize.WIDE)])
def test_all_words_of_the_plan_are_read_out_in_the_plans_order(
    language: str, page_size: PageSize
) -> None:
    said = squeezed("".join(one.text for one in told(language, page_size)))
    plan = full_plan(language)
    for texts in (
        [goal.title for goal in plan.goals],
        [plan.background, plan.to_be],
        [one.said for one in plan.feedback],
        [person.email for person in (*plan.customer_people, *plan.our_people)],
    ):
        places = [said.rfind(squeezed(text.replace("\n", ""))) for text in texts]
        assert -1 not in places
    order = [said.index(squeezed(goal.title + goal.why)) for goal in plan.goals if goal.why]
    assert order == sorted(order)


@pytest.mark.parametrize("page_size", list(PageSize))
def test_words_stay_apart_where_a_line_ends_and_where_a_label_does(page_size: PageSize) -> None:
    """A viewer shows the gap; who hears the words, or copies them, needs a space."""
    said = " ".join("".join(f"{one.text}\n" for one in told("en", page_size)).split())
    plan = full_plan("en")
    whole = [*plan.background.splitlines(), plan.to_be, *(goal.why for goal in plan.goals)]
    whole += [goal.title for goal in plan.goals] + [one.did for one in plan.feedback]
    assert [text for text in whole if text not in said] == []
    assert "Prepared on October 15, 2025" in said
    assert "Progress overall" in said
    cells = [" ".join(one.text.split()) for one in told("en", page_size) if one.role == "TD"]
    action = plan.actions[0]
    assert any(cell.startswith(f"{action.title} {action.goal}") for cell in cells) or any(
        cell == action.title for cell in cells
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_letter_is_lost_between_the_page_and_who_hears_it(language: str) -> None:
    assert not [one for one in told(language) if "\ufffd" in one.text]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_at_every_pages_edge_is_not_read_out(language: str) -> None:
    data = document(DocumentKind.CUSTOMER, language, PageSize.A4)
    plan = full_plan(language)
    edges = decoration(data)
    assert all(squeezed(plan.title) in squeezed(edge) for edge in edges[1:])
    assert not any("1 / " in one.text for one in told(language))
    heads = [one.text for one in told(language) if one.role == "TH"]
    tables = sum(one.role == "Table" for one in told(language))
    rows = sum(one.role == "THead" for one in told(language))
    assert heads
    assert tables == rows, "a header repeated on the next page is read once"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tables_rows_are_read_from_left_to_right(language: str) -> None:
    said = told(language)
    heads = [at for at, one in enumerate(said) if one.role == "THead"]
    for at in heads:
        columns = [one.text for one in said[at + 2 : at + 9] if one.parents[1:2] == ("THead",)]
        assert len(columns) >= 2
        assert all(columns)
    cells = [one for one in said if one.role == "TD"]
    assert all(one.parents[:3] == ("TR", "TBody", "Table") for one in cells)
    plan = full_plan(language)
    for title in {squeezed(action.title) for action in plan.actions}:
        assert any(title in squeezed(cell.text) for cell in cells)


@pytest.mark.parametrize(("kind", "language", "page_size"), EVERY)
def test_the_outline_names_the_headings_and_leads_to_their_pages(
    kind: DocumentKind, language: str, page_size: PageSize
) -> None:
    data = document(kind, language, page_size)
    headings = [
        (squeezed(one.text), one.page) for one in spoken(data) if one.role in ("H1", "Title")
    ]
    with pdfium.PdfDocument(data) as opened:
        entries = [
            (squeezed(entry.get_title()), entry.get_dest().get_index())
            for entry in opened.get_toc()
        ]
        heights = [entry.get_dest().get_view()[1] for entry in opened.get_toc()]
        sizes = [page.get_height() for page in opened]
    assert entries
    for before, after in pairwise(entries):
        assert before[1] <= after[1]
    titles = {title for title, _ in headings}
    for (title, page), view in zip(entries, heights, strict=True):
        assert (title, page) in headings or title not in titles
        assert all(0 <= height <= sizes[page] + 1 for height in view if height is not None)
    assert len(titles & {title for title, _ in entries}) >= len(entries) - 1


@pytest.mark.parametrize(("kind", "language", "page_size"), EVERY)
def test_a_pages_label_is_the_number_at_its_foot(
    kind: DocumentKind, language: str, page_size: PageSize
) -> None:
    data = document(kind, language, page_size)
    texts = page_texts(data)
    with pdfium.PdfDocument(data) as opened:
        labels = [opened.get_page_label(number) for number in range(len(opened))]
    assert labels == [str(number) for number in range(1, len(texts) + 1)]
    for label, text in list(zip(labels, texts, strict=True))[1:]:
        assert f"{label} / {len(texts)}" in " ".join(text.split())


@pytest.mark.parametrize("page_size", list(PageSize))
def test_links_lead_to_people_and_to_goals_and_stand_on_their_words(page_size: PageSize) -> None:
    data = document(DocumentKind.CUSTOMER, "en", page_size)
    plan = full_plan("en")
    mails, goals = set(), set()
    with pikepdf.open(io.BytesIO(data)) as pdf, pdfium.PdfDocument(data) as opened:
        texts = [opened[number].get_textpage() for number in range(len(opened))]
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        for number, page in enumerate(pdf.pages):
            for link in page.obj.get("/Annots", []):
                box = [float(part) for part in link.Rect]
                words = squeezed(texts[number].get_text_bounded(*box))
                says = str(link.Contents)
                assert box[0] < box[2] <= float(page.MediaBox[2])
                assert box[1] < box[3] <= float(page.MediaBox[3])
                if "/A" in link:
                    assert str(link.A.URI) == f"mailto:{says}"
                    assert says in words
                    mails.add(says)
                else:
                    assert words.rstrip("….")[:20] in squeezed(says)
                    there = pages[link.Dest[0].objgen]
                    assert squeezed(says) in squeezed(texts[there].get_text_range())
                    goals.add(says)
    assert mails == {one.email for one in (*plan.our_people, *plan.customer_people)}
    assert goals == {goal.title for goal in plan.goals}


def test_the_outline_is_the_same_in_a_viewer() -> None:
    data = document(DocumentKind.CUSTOMER, "en", PageSize.A4)
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as opened:
        assert [entry.title for entry in opened.root] == outline(data)
