"""Pages are filled, never empty, and end with no heading, whatever a plan holds."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csdesk.model.document_setup import Setup
from csdesk.model.vocabulary import DocumentKind, PageSize
from csdesk.progress import SILENT, Progress
from csdesk.queries.customer_document import CustomerDocument
from csdesk.queries.customer_rows import CustomerPlan
from csdesk.report.blocks import TOLERANCE, Block, over_pages
from csdesk.report.customer_document import sheet_of
from csdesk.report.page_shape import shape_of
from csdesk.report.pages import Pages, RunningWords
from csdesk.report.success_plan import lay_out_success_plan
from tests.report.drawn_boxes import WatchedPen
from tests.report.reading import made, page_texts
from tests.report.sample_plans import rich_plan

SENTENCES = {
    "en": "Each site keeps its progress in a spreadsheet of its own. ",
    "ja": "拠点ごとに異なる表計算で進捗を管理しており、月次の集計に約40時間かかっています。",
}


class KeptStories(Pages):
    """Keeps what is to be set instead of setting it."""

    def __init__(self, pen: WatchedPen) -> None:
        super().__init__(pen, RunningWords("", "", ""))
        self.stories: list[Block] = []

    def flow(self, story: Block, progress: Progress) -> None:
        """Keep the story."""
        self.stories.append(story)


def pages_of(view: CustomerPlan, language: str, size: PageSize) -> list[Block]:
    """Lay out a plan and return what stands on each page."""
    setup = Setup(page_size=size, has_cover=False)
    document = CustomerDocument(DocumentKind.CUSTOMER, language, view, setup=setup)
    page = shape_of(size)
    pen = WatchedPen(page)
    kept = KeptStories(pen)
    lay_out_success_plan(sheet_of(document), pen, kept, SILENT)
    return [
        block
        for story in kept.stories
        for block in over_pages(story, page.content_width, page.content_height)
    ]


@st.composite
def plans(draw: st.DrawFn) -> tuple[CustomerPlan, str]:
    language = draw(st.sampled_from(["en", "ja"]))
    actions = draw(st.integers(0, 40))
    view = rich_plan(language, actions=actions, milestones=draw(st.integers(0, 30)))
    paragraphs = st.lists(st.integers(1, 20).map(lambda count: SENTENCES[language] * count))
    goals = draw(st.integers(0, 8))
    kept = tuple(
        dataclasses.replace(
            goal,
            why=SENTENCES[language] * draw(st.sampled_from([0, 1, 4, 30])),
            title=goal.title * draw(st.sampled_from([1, 1, 1, 5])),
        )
        for goal in view.goals[:goals]
    )
    return (
        dataclasses.replace(
            view,
            goals=kept,
            background="\n".join(draw(paragraphs)),
            to_be="\n".join(draw(paragraphs)),
            success_statement=SENTENCES[language] * draw(st.integers(0, 6)),
            risks=view.risks * draw(st.integers(0, 12)),
            customer_people=view.customer_people * draw(st.integers(0, 9)),
            our_people=view.our_people * draw(st.integers(0, 4)),
            next_review_on=draw(st.sampled_from([None, dt.date(2025, 12, 17)])),
        ),
        language,
    )


@settings(max_examples=15)
@given(plan=plans(), size=st.sampled_from(PageSize))
def test_no_page_is_empty_overfull_or_half_white_without_a_reason(
    plan: tuple[CustomerPlan, str], size: PageSize
) -> None:
    page = shape_of(size)
    width, room = page.content_width, page.content_height
    blocks = pages_of(*plan, size)
    for block, after in zip(blocks, [*blocks[1:], None], strict=True):
        height = block.height(width)
        assert 10 < height <= room + TOLERANCE
        if after is not None and height < room / 2:
            assert after.least(width) > room - height - 30


@pytest.mark.parametrize("size", PageSize)
def test_pages_of_ordinary_plans_are_half_full_at_least(size: PageSize) -> None:
    """But for the last; a screen's page may miss a little where signatures stay together."""
    page = shape_of(size)
    for actions, milestones in ((0, 0), (15, 12), (39, 18)):
        for language in ("en", "ja"):
            view = rich_plan(language, actions=actions, milestones=milestones)
            for block in pages_of(view, language, size)[:-1]:
                share = block.height(page.content_width) / page.content_height
                assert share > (0.45 if page.is_wide else 0.6)


HEADINGS = {
    *("Summary", "Background and aims", "Goals", "Success measures", "Roadmap", "Milestones"),
    *("Action items", "Background", "Where you want to be", "Goals and progress", "State"),
    *("What we keep an eye on together", "People on both sides", "Meetings and next review"),
    *("Achieved so far", "Agreement", "To be done together", "To be done by Success Plan Inc."),
    "To be done by Acme Manufacturing, Inc.",
}


@pytest.mark.parametrize("size", PageSize)
def test_no_heading_is_the_last_thing_on_a_page(size: PageSize) -> None:
    for actions in (9, 22):
        view = rich_plan("en", actions=actions, milestones=actions % 13)
        for page in page_texts(made(view, setup=Setup(page_size=size)))[1:]:
            last = [line.strip() for line in page.strip().splitlines()][-1]
            assert last not in HEADINGS


def test_what_no_page_can_hold_together_is_parted_and_nothing_is_lost() -> None:
    people = rich_plan("en").customer_people * 40
    view = dataclasses.replace(rich_plan("en", actions=0, milestones=0), customer_people=people)
    for size in PageSize:
        page = shape_of(size)
        blocks = pages_of(view, "en", size)
        room = page.content_height + TOLERANCE
        assert all(block.height(page.content_width) <= room for block in blocks)
        text = " ".join(page_texts(made(view, setup=Setup(page_size=size))))
        assert text.count(people[0].email) == 40
        assert "Agreement" in text
