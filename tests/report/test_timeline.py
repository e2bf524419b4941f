"""The roadmap: every dated milestone once, today's line, nothing touching."""

from __future__ import annotations

import datetime as dt
import re

from csdesk.i18n import Translator
from csdesk.model.vocabulary import MilestoneStatus
from csdesk.queries.customer_rows import GoalRow, MilestoneRow
from csdesk.report.fonts import REGULAR, glyphs
from csdesk.report.pen import Pen
from csdesk.report.tagged_canvas import TaggedCanvas
from csdesk.report.timeline import Timeline, timeline_of
from csdesk.report.typesetting import Typesetter
from csdesk.report.words import Words
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
