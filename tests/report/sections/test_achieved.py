"""What was reached, and what became of the customer's words."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from csdesk.model.vocabulary import ActionStatus, GoalStatus, MilestoneStatus
from csdesk.queries.customer_rows import ActionRow, FeedbackRow, GoalRow, MilestoneRow
from tests.report.reading import made, outline, page_texts, whole_text
from tests.report.sample_plans import TODAY, empty_plan


def milestone(number: int, status: MilestoneStatus = MilestoneStatus.ACHIEVED) -> MilestoneRow:
    """Make a milestone of one day."""
    day = TODAY - dt.timedelta(days=number)
    return MilestoneRow(f"Step {number}.", id=f"m{number}", status=status, achieved_on=day)


def section(text: str) -> str:
    """Return the text of the section."""
    return text[text.index("Achieved so far", text.index("Milestones")) :]


def test_goals_milestones_and_actions_that_are_done_are_named_with_their_day() -> None:
    goals = (
        GoalRow("Won", status=GoalStatus.ACHIEVED, closing_note="All sites live."),
        GoalRow("Half won", status=GoalStatus.PARTIALLY),
        GoalRow("Missed it", status=GoalStatus.MISSED, milestones=(milestone(1),)),
    )
    actions = (
        ActionRow("Guide written", "us", status=ActionStatus.DONE, done_on=TODAY),
        ActionRow("Still to do", "us"),
    )
    text = section(
        whole_text(made(dataclasses.replace(empty_plan(), goals=goals, actions=actions)))
    )
    assert "2 of 3 goals" in text
    assert "Won Result: All sites live. Achieved" in text
    assert "Half won Partly achieved" in text
    assert "Milestones reached: 1 of 1 Oct 14, 2025 Step 1." in text
    assert "Action items done: 1 of 2 Oct 15, 2025 Guide written" in text
    assert "Missed it" not in text
    assert "Still to do" not in text


def test_the_newest_come_first_and_the_rest_is_counted() -> None:
    goal = GoalRow("Goal", milestones=tuple(milestone(number) for number in range(13)))
    text = section(whole_text(made(dataclasses.replace(empty_plan(), goals=(goal,)))))
    assert text.index("Step 0.") < text.index("Step 9.")
    assert "Step 10." not in text
    assert "and 3 more" in text


def test_before_anything_is_reached_there_is_no_section() -> None:
    goal = GoalRow("Goal", milestones=(milestone(1, MilestoneStatus.IN_PROGRESS),))
    view = dataclasses.replace(empty_plan(), goals=(goal,), actions=(ActionRow("A", "us"),))
    assert "Achieved so far" not in outline(made(view))


def test_what_was_said_stands_beside_what_was_done() -> None:
    feedback = (
        FeedbackRow("Reports are slow.", "They are three times faster.", "f1"),
        FeedbackRow("We miss a guide.", "Here it is.", "f2"),
    )
    data = made(dataclasses.replace(empty_plan(), feedback=feedback))
    text = whole_text(data)
    assert outline(data)[-1] == "You said, we did"
    assert "Reports are slow. They are three times faster." in text
    assert "We miss a guide. Here it is." in text


def test_without_an_answer_there_is_no_such_section() -> None:
    assert "You said" not in whole_text(made(empty_plan()))


@pytest.mark.parametrize("language", ["en", "ja"])
def test_long_answers_go_on_over_pages(language: str) -> None:
    said = " ".join(f"Word{number}" for number in range(1500))
    view = dataclasses.replace(empty_plan(), feedback=(FeedbackRow(said, "Done."),))
    pages = page_texts(made(view, language))
    assert len(pages) > 2
    assert "Word1499" in pages[-1]
