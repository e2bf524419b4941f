"""How long the outline of a plan of 30 items takes to be there when its account is opened."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import text
from sqlalchemy.orm import Session

from benchmarks.measure import Result, Target, in_turns, seconds
from benchmarks.workspaces import Bench
from csdesk.queries.outline import plan_outline
from csdesk.store.driver import connect

TODAY = dt.date(2026, 11, 22)
ROWS = (
    "SELECT * FROM plan WHERE id = ?",
    "SELECT * FROM goal WHERE plan_id = ?",
    "SELECT m.* FROM measure m JOIN goal g ON g.id = m.goal_id WHERE g.plan_id = ?",
    "SELECT m.* FROM milestone m JOIN goal g ON g.id = m.goal_id WHERE g.plan_id = ?",
    "SELECT * FROM action WHERE plan_id = ?",
)


def measure(bench: Bench) -> list[Result]:
    """Read the outline as the page does, and its rows by plain SQL."""
    with bench.open() as workspace:
        plan_id = workspace.read(first_plan)
        bare = connect(workspace.replica.database, read_only=True)

        def read_rows() -> None:
            for statement in ROWS:
                bare.execute(statement, (plan_id,)).fetchall()

        times, bare_times = in_turns(
            lambda: seconds(lambda: workspace.read(plan_outline, plan_id, today=TODAY)),
            lambda: seconds(read_rows),
            runs=bench.runs,
        )
        bare.close()
    return [
        Result(
            "open a plan of 30 items",
            bench.size.name,
            "s",
            times,
            bare_times,
            "its rows by plain SQL",
            Target(limit=0.05),
        )
    ]


def first_plan(session: Session) -> str:
    """Return a plan of the usual size."""
    return str(
        session.execute(
            text("SELECT id FROM plan WHERE deleted_at IS NULL ORDER BY id LIMIT 1")
        ).scalar_one()
    )
