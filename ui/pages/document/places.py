"""Where the window shows what a document tells of: not every row has a page of its own."""

from __future__ import annotations

from csdesk.queries.customer_rows import CustomerPlan

SHOWN = frozenset({"account", "plan", "goal", "milestone", "action", "contact"})
"""Entities whose items a page brings into view."""


def place_of(view: CustomerPlan, entity: str, item_id: str) -> tuple[str, str] | None:
    """Return the entity and id to ask the window for; None where no page shows such an item.

    A measure is shown with its goal; what nobody can be led to in particular leads to the plan
    or the account it belongs to.
    """
    if entity in SHOWN:
        return entity, item_id
    if entity in ("measure", "kpi", "kpi_value"):
        goal = next(
            (
                goal.id
                for goal in view.goals
                for measure in goal.measures
                if item_id in (measure.id, measure.kpi.id)
            ),
            "",
        )
        return ("goal", goal) if goal else _account(view)
    if entity == "milestone_dependency" and view.plan_id:
        return "plan", view.plan_id
    return None if entity in ("feedback", "risk", "member") else _account(view)


def _account(view: CustomerPlan) -> tuple[str, str] | None:
    return ("account", view.account_id) if view.account_id else None
