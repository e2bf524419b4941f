"""The roadmap: every dated milestone once, today's line, nothing touching."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csdesk.i18n import Translator
from csdesk.model.vocabulary import MilestoneStatus
from csdesk.queries.customer_rows import GoalRow, MilestoneRow
from csdesk.report.blocks import Block
from csdesk.report.fonts import REGULAR, glyphs
from csdesk.report.page_shape import A4, LETTER, WIDE, PageShape
from csdesk.report.pen import Pen
from csdesk.report.tagged_canvas import TaggedCanvas
from csdesk.report.theme import BAD
from csdesk.report.timeline import Legend, Timeline, legend_of, timeline_of
from csdesk.report.typesetting import Typesetter
from csdesk.report.words import Words
from tests.report.drawn_boxes import Box, WatchedPen
from tests.report.reading import page_texts, structure

TODAY = dt.date(2026, 3, 15)
WIDTH = 500.0
WORDS = Words(Translator("en"))


def milestone(title: str, start: dt.date | None, due: dt.date | None) -> MilestoneRow:
    return MilestoneRow(title, start_on=start, due_on=due, status=MilestoneStatus.IN_PROGRESS)


def goal(title: str, *milestones: MilestoneRow) -> GoalRow:
    return GoalRow(title, milestones=milestones)


def timeline(*goals: GoalRow) -> Timeline:
    found = timeline_of(goals, TODAY, (None, None), WORDS)
    assert found is not None
    return found


def drawn(*timelines: Timeline) -> bytes:
    glyphs(REGULAR)
    canvas = TaggedCanvas(None, pagesize=(WIDTH, 800), initialFontName=REGULAR, invariant=1)
    pen = Pen(canvas, Typesetter())
    for one in timelines:
        one.draw(pen, 0, 790, WIDTH)
        canvas.showPage()
    return canvas.finished()


def many(count: int) -> Timeline:
    start = dt.date(2026, 1, 1)
    rows = [
        milestone(f"Milestone {index}", start, start + dt.timedelta(10 * index + 1))
        for index in range(count)
    ]
    return timeline(goal("First goal", *rows[: count // 2]), goal("Second", *rows[count // 2 :]))


def test_goals_milestones_dates_and_today_are_named() -> None:
    data = drawn(
        timeline(goal("Goal", milestone("Go-live", dt.date(2026, 2, 1), dt.date(2026, 4, 20))))
    )
    text = page_texts(data)[0]
    for words in ("Goal", "Go-live", "Apr 20", "Today", "2026", "Feb", "Mar", "Apr"):
        assert words in text


def test_milestones_without_a_date_are_not_on_the_roadmap() -> None:
    assert (
        timeline_of([goal("Goal", milestone("Some day", None, None))], TODAY, (None, None), WORDS)
        is None
    )
    only = timeline(
        goal("Goal", milestone("Some day", None, None), milestone("Soon", None, TODAY)),
        goal("Undated", milestone("Later", None, None)),
    )
    text = page_texts(drawn(only))[0]
    assert "Soon" in text
    assert "Some day" not in text
    assert "Undated" not in text


def test_a_long_roadmap_parts_between_rows_and_names_the_goal_again() -> None:
    parts = []
    rest = many(60)
    while rest.height(WIDTH) > 400:
        split = rest.split(WIDTH, 400)
        assert split is not None
        first, after = split
        assert isinstance(first, Timeline)
        assert isinstance(after, Timeline)
        assert first.height(WIDTH) <= 400
        parts.append(first)
        rest = after
    pages = page_texts(drawn(*parts, rest))
    assert len(pages) > 3
    together = "\n".join(pages)
    for index in range(60):
        assert len(re.findall(rf"Milestone {index}\b", together)) == 1
    assert all("First goal" in page or "Second" in page for page in pages)
    assert all("(continued)" in page for page in pages[1:])
    assert "(continued)" not in pages[0]
    assert all("2026" in page for page in pages)


def test_a_roadmap_over_pages_is_one_figure_to_a_reader() -> None:
    split = many(40).split(WIDTH, 400)
    assert split is not None
    first, rest = split
    assert isinstance(first, Timeline)
    assert isinstance(rest, Timeline)
    figures = [one for one in structure(drawn(first, rest)) if one.role == "Figure"]
    assert len(figures) == 1
    assert "milestones" in figures[0].alternative


def test_years_far_apart_are_named_as_years() -> None:
    far = timeline(goal("Goal", milestone("Ever", dt.date(1, 1, 1), dt.date(9999, 12, 31))))
    assert "Ever" in page_texts(drawn(far))[0]


def test_today_outside_the_roadmap_is_not_drawn() -> None:
    past = timeline(goal("Goal", milestone("Past", None, dt.date(2020, 1, 31))))
    assert "Today" not in page_texts(drawn(past))[0]


def over_pages(whole: Block, page: PageShape) -> list[WatchedPen]:
    """Draw a roadmap over as many pages as it takes, each with a pen of its own."""
    pens = []
    rest: Block | None = whole
    while rest is not None:
        first, rest = rest, None
        if first.height(page.content_width) > page.content_height:
            split = first.split(page.content_width, page.content_height)
            assert split is not None
            first, rest = split
        pens.append(WatchedPen(page))
        first.draw(pens[-1], page.margin, page.top, page.content_width)
    return pens


def touching(pen: WatchedPen) -> list[tuple[Box, Box]]:
    """Return the pairs of texts that touch each other or today's line."""
    texts, today = pen.texts, [line for line in pen.lines if line.what == BAD.strong]
    today = [line for line in today if line.right - line.left < 1]
    found = [
        (one, other)
        for index, one in enumerate(texts)
        for other in texts[index + 1 :]
        if one.touches(other, 0.5)
    ]
    return found + [(one, line) for one in texts for line in today if one.touches(line, 0.5)]


spans = st.sampled_from([1, 6, 20, 70, 120, 400, 800, 3653])
titles = st.sampled_from(
    ["Go", "データ移行", "A very long milestone " * 5, "長い名前" * 20, "x" * 90]
)


@st.composite
def goals(draw: st.DrawFn) -> list[GoalRow]:
    span = draw(spans)
    day = st.integers(0, span).map(lambda days: TODAY + dt.timedelta(days - span // 2))
    one = st.builds(
        MilestoneRow,
        titles,
        start_on=st.none() | day,
        due_on=st.none() | day,
        achieved_on=st.none() | st.none() | day,
        status=st.sampled_from(MilestoneStatus),
        is_overdue=st.booleans(),
        after=st.lists(titles, max_size=3).map(tuple),
    )
    goal_of = st.builds(GoalRow, titles, milestones=st.lists(one, max_size=9).map(tuple))
    return draw(st.lists(goal_of, min_size=1, max_size=7))


@settings(max_examples=50)
@given(
    plan=goals(),
    page=st.sampled_from([A4, LETTER, WIDE]),
    language=st.sampled_from(["en", "ja"]),
    shift=st.integers(-30, 30),
    whole_year=st.booleans(),
)
def test_labels_touch_neither_each_other_nor_todays_line(
    plan: list[GoalRow], page: PageShape, language: str, shift: int, whole_year: bool
) -> None:
    words = Words(Translator(language))
    today = TODAY + dt.timedelta(shift)
    span = (dt.date(2025, 10, 1), dt.date(2026, 9, 30)) if whole_year else (None, None)
    whole = timeline_of(plan, today, span, words)
    if whole is None:
        assert not any(one.due_on or one.start_on for goal in plan for one in goal.milestones)
        return
    for pen in over_pages(whole, page):
        assert touching(pen) == []
        for text in pen.texts:
            assert page.margin - 0.01 <= text.left
            assert text.right <= page.right + 0.01


def test_a_bar_over_the_whole_roadmap_leaves_room_for_its_date() -> None:
    long = milestone("Long", dt.date(2025, 10, 1), dt.date(2026, 9, 30))
    span = (dt.date(2025, 10, 1), dt.date(2026, 9, 30))
    whole = timeline_of([goal("Goal", long)], TODAY, span, WORDS)
    assert whole is not None
    (pen,) = over_pages(whole, A4)
    (date,) = [text for text in pen.texts if text.what == "Sep 30"]
    assert date.right <= A4.right
    assert date.left > A4.margin + A4.content_width * 0.36


def test_todays_line_leaves_out_the_date_it_would_cross() -> None:
    long = milestone("Long", dt.date(2025, 10, 1), dt.date(2026, 3, 1))
    whole = timeline_of([goal("Goal", long)], TODAY, (None, dt.date(2026, 9, 1)), WORDS)
    assert whole is not None
    (pen,) = over_pages(whole, A4)
    assert touching(pen) == []
    pieces = [line for line in pen.lines if line.what == BAD.strong]
    assert len(pieces) == 2


@pytest.mark.parametrize(
    ("days", "named"),
    [
        (0, ["Mar 2", "Mar 16"]),
        (20, ["Mar 16", "Mar 23"]),
        (200, ["Apr", "Jul"]),
        (700, ["2026", "2027"]),
        (3653, ["2026", "2031", "2035"]),
    ],
)
def test_the_scale_is_as_fine_as_its_names_can_stand(days: int, named: list[str]) -> None:
    whole = timeline(goal("G", milestone("M", TODAY, TODAY + dt.timedelta(days))))
    for page in (A4, LETTER, WIDE):
        (pen,) = over_pages(whole, page)
        shown = {text.what for text in pen.texts}
        assert set(named) <= shown


def test_a_milestone_stands_below_what_it_waits_for_and_names_its_number() -> None:
    first = MilestoneRow("Test", due_on=TODAY, after=("Build",))
    second = MilestoneRow("Build", due_on=TODAY, after=("Circle",))
    third = MilestoneRow("Circle", due_on=TODAY, after=("Circle",))
    whole = timeline(goal("One", first, second, third), goal("Two", first))
    (pen,) = over_pages(whole, A4)
    texts = [text.what for text in pen.texts]
    names = [text for text in texts if text in ("Test", "Build", "Circle")]
    assert names == ["Circle", "Build", "Test", "Test"]
    assert texts.count("after 1.2") == 2
    assert {"1.1", "1.2", "1.3", "2.1"} <= set(texts)


def test_milestones_that_wait_for_each_other_are_all_shown() -> None:
    ring = [
        MilestoneRow(f"M{index}", due_on=TODAY, after=(f"M{(index + 1) % 4}",))
        for index in range(4)
    ]
    (pen,) = over_pages(timeline(goal("G", *ring)), A4)
    assert {"M0", "M1", "M2", "M3"} <= {text.what for text in pen.texts}


def test_a_milestone_with_a_beginning_only_says_so() -> None:
    (pen,) = over_pages(timeline(goal("G", milestone("M", TODAY, None))), A4)
    assert "From Mar 15" in [text.what for text in pen.texts]


def test_a_roadmap_is_not_parted_for_a_row_or_two() -> None:
    whole = many(12)
    split = whole.split(WIDTH, whole.height(WIDTH) - 5)
    assert split is not None
    assert split[1].height(WIDTH) >= 30 + 12 + 4 * 17.5


def test_the_legend_names_every_state_that_occurs_once() -> None:
    states = [*MilestoneStatus, MilestoneStatus.ACHIEVED]
    rows = [MilestoneRow(one.value, due_on=TODAY, status=one) for one in states]
    for page in (A4, LETTER, WIDE):
        for language in ("en", "ja"):
            pen = WatchedPen(page)
            legend: Legend = legend_of([goal("G", *rows)], Words(Translator(language)))
            legend.draw(pen, page.margin, page.top, page.content_width)
            assert touching(pen) == []
            assert all(text.right <= page.right for text in pen.texts)
            assert len(pen.texts) == 5
