"""Measuring a goal by a KPI that is made in the same step."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy.orm import Session

from csdesk.actions.kpis import add_kpi
from csdesk.actions.plans import add_measure
from csdesk.model.vocabulary import KpiKind

_WITH_UNIT = re.compile(r"^(?P<name>.*\S)\s*[(（](?P<unit>[^()（）]{1,20})[)）]$")


def measure_by_new_kpi(session: Session, goal_id: str, typed: str, **fields: Any) -> str:
    """Add a KPI to the catalogue, measure a goal by it, and return the measure's id.

    A unit may stand in brackets behind the name, as in "Churn (%)". Raises UserError where a KPI
    has the name already, or the goal is gone.
    """
    found = _WITH_UNIT.match(typed.strip())
    given: dict[str, Any] = {}
    name = typed
    if found is not None:
        name, given["unit"] = found["name"], found["unit"].strip()
        if given["unit"] in ("%", "％"):
            given["kind"] = KpiKind.PERCENT
    kpi_id = add_kpi(session, name, **given)
    return add_measure(session, goal_id, kpi_id, **fields)
