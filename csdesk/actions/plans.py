"""What can be done with success plans, their goals and success measures."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.actions.editing import clean, delete, edit, get
from csdesk.actions.ordering import place_last
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model.records import Account, Goal, Kpi, Measure, Plan


def add_plan(session: Session, account_id: str, title: str, **fields: Any) -> str:
    """Add a success plan to an account and return its id."""
    get(session, Account, account_id)
    values = {field: clean(field, value) for field, value in fields.items()}
    plan = Plan(account_id=account_id, title=clean("title", title), **values)
    _check_span(plan)
    session.add(plan)
    session.flush()
    return plan.id


def edit_plan(session: Session, plan_id: str, **fields: Any) -> None:
    """Set fields of a plan; raises UserError where it would end before it starts."""
    _check_span(edit(session, Plan, plan_id, fields))


def delete_plan(session: Session, plan_id: str) -> None:
    """Delete a plan with all its items."""
    delete(session, "plan", [plan_id])


def add_measure(session: Session, goal_id: str, kpi_id: str, **fields: Any) -> str:
    """Measure a goal by a KPI and return the measure's id."""
    get(session, Goal, goal_id)
    kpi = get(session, Kpi, kpi_id)
    siblings = select(Measure.position).where(
        Measure.goal_id == goal_id, Measure.deleted_at.is_(None)
    )
    values = {field: clean(field, value) for field, value in fields.items()}
    values.setdefault("direction", kpi.direction)
    values.setdefault("position", place_last(session.scalars(siblings)))
    measure = Measure(goal_id=goal_id, kpi_id=kpi_id, **values)
    session.add(measure)
    session.flush()
    return measure.id


def edit_measure(session: Session, measure_id: str, **fields: Any) -> None:
    """Set fields of a success measure."""
    edit(session, Measure, measure_id, fields)


def delete_measure(session: Session, measure_id: str) -> None:
    """Take a success measure off its goal."""
    delete(session, "measure", [measure_id])


def _check_span(plan: Plan) -> None:
    if plan.start_on is not None and plan.end_on is not None and plan.end_on < plan.start_on:
        raise UserError(
            _("The plan would end before it starts."), _("Correct one of the two dates.")
        )
