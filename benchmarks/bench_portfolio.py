"""How long the portfolio's rows take: ready ones, as nearly always, and worked out anew."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable
from typing import Any

from benchmarks.measure import Result, Target, in_turns, seconds
from benchmarks.workspaces import Bench
from csdesk.queries.portfolio import AccountRow, portfolio_rows, ready_summaries
from csdesk.queries.summaries import keep_summaries
from csdesk.store.driver import RawConnection, connect
from csdesk.workspace.workspace import Workspace

TODAY = dt.date(2026, 11, 22)


def measure(bench: Bench) -> list[Result]:
    """Read all accounts with and without ready summaries, and as many values by plain SQL."""
    with bench.open() as workspace:
        bare = connect(workspace.replica.database, read_only=True)
        worked_out, bare_times = in_turns(
            lambda: seconds(lambda: read_all(workspace, bench)),
            plain_select(bare, bench),
            runs=bench.runs,
        )
        results = [result("portfolio rows, worked out", bench, worked_out, bare_times, Target())]
        keep(workspace, TODAY)
        ready, bare_times = in_turns(
            lambda: seconds(lambda: read_all(workspace, bench)),
            plain_select(bare, bench),
            runs=bench.runs,
        )
        results.insert(0, result("portfolio rows", bench, ready, bare_times, Target(ratio=3.0)))
        bare.close()
    return results


def result(
    what: str, bench: Bench, ours: tuple[float, ...], bare: tuple[float, ...], target: Target
) -> Result:
    """Put a line of the table together."""
    return Result(what, bench.size.name, "s", ours, bare, "plain SELECT, as many values", target)


def read_all(workspace: Workspace, bench: Bench) -> None:
    """Read the rows as the accounts page does."""
    rows = workspace.read(portfolio_rows, today=TODAY)
    if len(rows) != bench.size.accounts:
        raise RuntimeError(f"{len(rows)} rows")


def keep(workspace: Workspace, today: dt.date) -> None:
    """Keep the summaries ready, as the program does when it is idle."""
    as_of, step, bodies = workspace.read(ready_summaries, today=today)
    workspace.derive(keep_summaries, as_of, step, bodies)


def plain_select(database: RawConnection, bench: Bench) -> Callable[[], float]:
    """Time one query for as many values: as many columns as a row has fields, of all accounts."""
    names = itertools.cycle(["name", "external_id", "industry", "phase", "employees", "go_live_on"])
    columns = ", ".join(itertools.islice(names, len(AccountRow._fields)))
    statement = f"SELECT {columns} FROM account WHERE deleted_at IS NULL"

    def fetch() -> Any:
        rows = database.execute(statement).fetchall()
        if len(rows) != bench.size.accounts:
            raise RuntimeError(f"{len(rows)} rows")

    return lambda: seconds(fetch)
