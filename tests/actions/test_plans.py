"""Success plans and the measures of their goals."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from csdesk.actions.kpis import add_kpi, delete_kpi
from csdesk.actions.plan_items import delete_items
from csdesk.actions.plans import (
    add_measure,
    add_plan,
    delete_measure,
    delete_plan,
    edit_measure,
    edit_plan,
)
from csdesk.errors import UserError
from csdesk.model.vocabulary import Direction, PlanStatus, TargetMode
from csdesk.queries.accounts import plans_of
from csdesk.queries.outline import MeasureLine
from csdesk.workspace.workspace import Workspace
from tests.actions.outlines import Outline

APRIL = dt.date(2026, 4, 1)
MARCH = dt.date(2027, 3, 31)


def measures(outline: Outline, goal: str = "G") -> tuple[MeasureLine, ...]:
    """Return the measures of a goal in their order."""
    return outline.item(goal).measures


def test_a_plan_begins_as_a_draft(workspace: Workspace, account: str) -> None:
    workspace.write("Add", add_plan, account, "導入", start_on=APRIL, end_on=MARCH)
    (row,) = workspace.read(plans_of, account)
    assert (row.title, row.status, row.end_on) == ("導入", PlanStatus.DRAFT, MARCH)


def test_a_plan_that_ends_before_it_starts_is_refused(
    workspace: Workspace, account: str, plan: str
) -> None:
    with pytest.raises(UserError, match="end before it starts"):
        workspace.write("Add", add_plan, account, "P", start_on=MARCH, end_on=APRIL)
    workspace.write("Edit", edit_plan, plan, start_on=APRIL, end_on=APRIL)
    with pytest.raises(UserError, match="end before it starts"):
        workspace.write("Edit", edit_plan, plan, end_on=dt.date(2026, 3, 1))


def test_a_plan_keeps_its_paragraphs(outline: Outline) -> None:
    outline.workspace.write(
        "Edit", edit_plan, outline.plan.id, to_be="一行目\r\n二行目", background=""
    )
    assert (outline.read().to_be, outline.read().background) == ("一行目\n二行目", "")


def test_a_deleted_plan_takes_its_items_along_and_undo_brings_them_back(
    outline: Outline, account: str
) -> None:
    outline.goal("G")
    outline.milestone("M", "G")
    outline.action("A", "M")
    kpi = outline.workspace.write("KPI", add_kpi, "Logins").result
    outline.workspace.write("Measure", add_measure, outline.ref("G").id, kpi)
    before = outline.read()
    step = outline.workspace.write("Delete", delete_plan, outline.plan.id)
    assert step.change is not None
    assert set(step.change.rows) == {"plan", "goal", "milestone", "action", "measure"}
    assert outline.workspace.read(plans_of, account) == []
    outline.workspace.undo()
    assert outline.read() == before


def test_a_measure_takes_the_direction_of_its_kpi_unless_told(outline: Outline) -> None:
    goal = outline.goal("G").id
    write = outline.workspace.write
    kpi = write("KPI", add_kpi, "Open tickets", direction=Direction.LOWER).result
    write("Measure", add_measure, goal, kpi)
    write("Measure", add_measure, goal, kpi, direction=Direction.KEEP)
    assert [line.direction for line in measures(outline)] == [Direction.LOWER, Direction.KEEP]


def test_the_numbers_of_a_measure_are_exact(outline: Outline) -> None:
    goal = outline.goal("G").id
    write = outline.workspace.write
    kpi = write("KPI", add_kpi, "Rate").result
    measure = write(
        "Measure",
        add_measure,
        goal,
        kpi,
        baseline=Decimal("0.1"),
        target=Decimal(120),
        target_mode=TargetMode.PERCENT_OF_BASELINE,
    ).result
    (line,) = measures(outline)
    assert (line.baseline, line.target_number) == (Decimal("0.1"), Decimal("0.12"))
    write("Edit", edit_measure, measure, baseline=Decimal(80))
    assert measures(outline)[0].target_number == Decimal(96)


def test_measures_keep_the_order_they_were_added_in(outline: Outline) -> None:
    goal = outline.goal("G").id
    write = outline.workspace.write
    names = [f"KPI {number}" for number in range(12)]
    for name in names:
        write("Measure", add_measure, goal, write("KPI", add_kpi, name).result)
    assert [line.kpi_name for line in measures(outline)] == names


def test_a_measure_is_taken_off_and_its_kpi_can_then_be_deleted(outline: Outline) -> None:
    goal = outline.goal("G").id
    write = outline.workspace.write
    kpi = write("KPI", add_kpi, "Logins").result
    measure = write("Measure", add_measure, goal, kpi).result
    with pytest.raises(UserError, match="measured by this KPI"):
        write("Delete", delete_kpi, kpi)
    write("Delete", delete_measure, measure)
    assert measures(outline) == ()
    write("Delete", delete_kpi, kpi)
    with pytest.raises(UserError, match="deleted"):
        write("Measure", add_measure, goal, kpi)


def test_a_deleted_goal_cannot_be_measured(outline: Outline) -> None:
    goal = outline.goal("G")
    kpi = outline.workspace.write("KPI", add_kpi, "Logins").result
    outline.workspace.write("Delete", delete_items, [goal])
    with pytest.raises(UserError, match="deleted"):
        outline.workspace.write("Measure", add_measure, goal.id, kpi)
