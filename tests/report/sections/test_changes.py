"""What changed since the version the customer has."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from csdesk.model.document_setup import Setup
from csdesk.model.vocabulary import DocumentSection, MilestoneStatus, PageSize
from csdesk.queries.customer_rows import ActionRow, CustomerPlan, GoalRow, MilestoneRow
from tests.report.full_documents import full_document, full_plan, older_plan
from tests.report.reading import made, outline, page_texts, whole_text
from tests.report.sample_plans import TODAY, empty_plan

TITLE = "Changes since the version you have"


def plan(version: int, **fields: object) -> CustomerPlan:
    """Make a small plan of one version."""
    goal = GoalRow(
        "Reach every site",
        id="g",
        due_on=dt.date(2026, 1, 15),
        milestones=(MilestoneRow("Pilot", id="m", due_on=dt.date(2025, 11, 3)),),
    )
    view = dataclasses.replace(
        empty_plan(),
        account_name="Acme",
        version=version,
        goals=(goal,),
        actions=(ActionRow("Write the guide", "us", id="a", goal=goal.title),),
    )
    return dataclasses.replace(view, **fields)


def told(before: CustomerPlan, after: CustomerPlan) -> str:
    """Return the text from the section on."""
    text = whole_text(made(after, since=before))
    return text[text.index(TITLE) :]


def test_what_happened_is_told_in_sentences_by_kind() -> None:
    before = plan(1)
    goal = before.goals[0]
    reached = dataclasses.replace(
        goal.milestones[0],
        status=MilestoneStatus.ACHIEVED,
        achieved_on=dt.date(2025, 10, 9),
    )
    new = MilestoneRow("Roll-out", id="m2", due_on=dt.date(2025, 12, 1))
    after = plan(
        2,
        goals=(dataclasses.replace(goal, due_on=dt.date(2026, 1, 31), milestones=(reached, new)),),
        actions=(),
    )
    text = told(before, after)
    order = [
        *("Finished (1)", "Pilot", "on Oct 9, 2025"),
        *("Added (1)", "Roll-out", "due Dec 1, 2025"),
        *("Moved (1)", "Reach every site", "Due date moved from Jan 15 to Jan 31"),
        *("Taken out (1)", "Write the guide"),
    ]
    end = 0
    for words in order:
        end = text.index(words, end)
    assert "4 changes" in text


def test_it_says_which_version_the_reader_has() -> None:
    before = plan(4, today=dt.date(2025, 9, 1))
    text = told(before, plan(5, goals=()))
    assert "You have version 4 of September 1, 2025." in text


def test_several_changes_of_one_item_stand_together() -> None:
    before = plan(1)
    goal = dataclasses.replace(before.goals[0], title="Reach all sites", why="Because.")
    text = told(before, plan(2, goals=(goal,)))
    assert "Changed (1)" in text
    assert "Renamed from “Reach every site” to “Reach all sites”" in text


@pytest.mark.parametrize("since", [None, plan(1)], ids=["first version", "nothing changed"])
def test_without_an_older_version_or_a_change_there_is_no_section(
    since: CustomerPlan | None,
) -> None:
    assert TITLE not in outline(made(plan(2), since=since))


def test_it_stands_right_after_the_summary() -> None:
    assert outline(full_document("en").data)[1:3] == ["Summary", TITLE]


def test_it_can_be_left_out() -> None:
    setup = Setup(left_out=frozenset({DocumentSection.CHANGES}))
    data = made(full_plan("en"), since=older_plan("en"), setup=setup)
    assert TITLE not in whole_text(data)


@pytest.mark.parametrize("size", list(PageSize))
def test_every_changed_item_is_named_in_every_size(size: PageSize) -> None:
    pages = page_texts(full_document("en", size).data)
    first = next(number for number, page in enumerate(pages) if TITLE in page)
    told_there = " ".join(" ".join(pages[first : first + 3]).split())
    view = full_plan("en")
    for title in (view.goals[0].title, view.goals[1].title, view.goals[7].title):
        assert title in told_there
    assert "Target changed from 75% to 80%" in told_there


def test_changes_are_read_goal_by_goal() -> None:
    first, second = (
        GoalRow(
            name, id=name, due_on=TODAY, milestones=(MilestoneRow(f"Step of {name}", id=name * 2),)
        )
        for name in ("One", "Two")
    )
    before = plan(1, goals=(first, second), actions=())
    actions = (
        ActionRow("Task of Two", "us", id="a2", goal="Two"),
        ActionRow("Task of One", "us", id="a1", goal="One"),
    )
    after = plan(
        2,
        goals=tuple(
            dataclasses.replace(
                goal,
                milestones=(
                    *goal.milestones,
                    MilestoneRow(f"More of {goal.title}", id=f"n{goal.id}"),
                ),
            )
            for goal in (first, second)
        ),
        actions=actions,
    )
    text = told(before, after)
    names = ["More of One", "Task of One", "More of Two", "Task of Two"]
    places = [text.index(name) for name in names]
    assert places == sorted(places)
