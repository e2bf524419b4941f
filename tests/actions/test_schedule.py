"""Items get new dates alone or together, and why is kept."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.actions.plan_items import delete_items, edit_item, item, tick_item
from csdesk.actions.plans import edit_plan
from csdesk.actions.schedule import ItemDates, set_dates, shift_items
from csdesk.errors import UserError
from csdesk.model.records import Milestone, ScheduleShift
from csdesk.workspace.workspace import Workspace
from tests.actions.outlines import Outline

JAN, FEB = dt.date(2027, 1, 15), dt.date(2027, 2, 1)
WEEK = dt.timedelta(days=7)


def shifts(workspace: Workspace) -> list[tuple[str, str | None, int | None, str | None]]:
    """Return plan, cause, days and reason of the living notes of shifts."""

    def found(session: Session) -> list[tuple[str, str | None, int | None, str | None]]:
        rows = session.scalars(select(ScheduleShift).where(ScheduleShift.deleted_at.is_(None)))
        return [(row.plan_id, row.cause, row.days, row.reason) for row in rows]

    return workspace.read(found)


def original(workspace: Workspace, milestone_id: str) -> dt.date | None:
    """Return the date a milestone was due at first."""

    def found(session: Session) -> dt.date | None:
        row = session.get(Milestone, milestone_id)
        return row.original_due_on if row else None

    return workspace.read(found)


def later(outline: Outline, *titles: str) -> list[ItemDates]:
    """Return the dates of items a week later."""
    items = [outline.item(title) for title in titles]
    return [
        ItemDates(one.ref, one.start_on and one.start_on + WEEK, one.due_on and one.due_on + WEEK)
        for one in items
    ]


@pytest.fixture
def filled(outline: Outline) -> Outline:
    """Return a plan with a goal, a milestone and two actions that have dates."""
    outline.goal("G", start_on=JAN, due_on=FEB)
    outline.milestone("M", "G", due_on=FEB)
    outline.action("A", "M", start_on=JAN, due_on=FEB)
    outline.action("B", "M", due_on=JAN)
    return outline


def test_a_shift_is_one_step_with_a_note_of_why(filled: Outline, workspace: Workspace) -> None:
    moves = later(filled, "M", "A", "B")
    step = workspace.write(
        "Shift", shift_items, moves, days=7, reason=" The customer asked ", cause="G"
    )
    assert step.result == 3
    assert filled.item("M").due_on == FEB + WEEK
    assert (filled.item("A").start_on, filled.item("A").due_on) == (JAN + WEEK, FEB + WEEK)
    assert shifts(workspace) == [(filled.plan.id, "G", 7, "The customer asked")]
    workspace.undo()
    assert [filled.item(title).due_on for title in "MAB"] == [FEB, FEB, JAN]
    assert shifts(workspace) == []
    workspace.redo()
    assert filled.item("B").due_on == JAN + WEEK
    assert len(shifts(workspace)) == 1


def test_what_was_done_or_deleted_meanwhile_stays(filled: Outline, workspace: Workspace) -> None:
    moves = later(filled, "M", "A", "B")
    filled.do(tick_item, "A", True)
    workspace.write("Delete", delete_items, [filled.ref("B")])
    assert workspace.write("Shift", shift_items, moves, days=7).result == 1
    assert filled.item("A").due_on == FEB
    assert filled.item("M").due_on == FEB + WEEK


def test_with_nothing_left_to_move_nothing_is_noted(filled: Outline, workspace: Workspace) -> None:
    moves = later(filled, "A")
    filled.do(tick_item, "A", True)
    with pytest.raises(UserError, match="nothing to shift"):
        workspace.write("Shift", shift_items, moves, days=7)
    assert shifts(workspace) == []


def test_the_first_due_date_of_a_milestone_stays_known(
    filled: Outline, workspace: Workspace
) -> None:
    for _round in range(2):
        workspace.write("Shift", shift_items, later(filled, "M"), days=7)
    assert filled.item("M").due_on == FEB + 2 * WEEK
    assert original(workspace, filled.ref("M").id) == FEB
    undated = filled.milestone("N", "G")
    workspace.write("Move", set_dates, ItemDates(undated, None, JAN))
    workspace.write("Move", set_dates, ItemDates(undated, None, FEB))
    assert original(workspace, undated.id) == JAN


def test_an_item_cannot_be_due_before_it_starts(filled: Outline, workspace: Workspace) -> None:
    with pytest.raises(UserError, match="before it starts"):
        workspace.write("Move", set_dates, ItemDates(filled.ref("A"), FEB, JAN))
    assert filled.item("A").due_on == FEB
    workspace.write("Move", set_dates, ItemDates(filled.ref("A"), FEB, FEB))
    assert filled.item("A").start_on == FEB


def test_dates_that_a_merge_left_in_disorder_can_move_and_be_put_right(
    filled: Outline, workspace: Workspace
) -> None:
    ref = filled.ref("A")

    def disorder(session: Session) -> None:
        item(session, ref).start_on = FEB + WEEK

    workspace.write("Merge", disorder)
    workspace.write("Shift", shift_items, later(filled, "A"), days=7)
    assert filled.item("A").start_on == FEB + 2 * WEEK
    with pytest.raises(UserError, match="before it starts"):
        workspace.write("Edit", edit_item, ref, due_on=FEB)
    workspace.write("Move", set_dates, ItemDates(ref, JAN, FEB))
    assert filled.item("A").start_on == JAN


def test_the_plans_end_moves_in_the_same_step(filled: Outline, workspace: Workspace) -> None:
    workspace.write("End", edit_plan, filled.plan.id, start_on=JAN, end_on=FEB)
    moves = later(filled, "M")
    workspace.write("Shift", shift_items, moves, days=7, plan_end=FEB + WEEK)
    assert (filled.read().end_on, filled.item("M").due_on) == (FEB + WEEK, FEB + WEEK)
    workspace.undo()
    assert (filled.read().end_on, filled.item("M").due_on) == (FEB, FEB)
    with pytest.raises(UserError):
        workspace.write("Shift", shift_items, moves, days=7, plan_end=JAN - WEEK)
    assert filled.item("M").due_on == FEB
