"""How long the import of 100,000 KPI values from a CSV file takes, and the undo of it."""

from __future__ import annotations

import csv
import datetime as dt
import itertools
from pathlib import Path

from sqlalchemy.orm import Session

from benchmarks.measure import Result, Target, in_turns, seconds
from benchmarks.sample_rows import months
from benchmarks.workspaces import Bench
from csdesk.exchange.importer import apply_import, open_source
from csdesk.model.records import Account, Kpi, KpiValue
from csdesk.workspace.workspace import Workspace

VALUES = 100_000
FIRST_MONTH = dt.date(2027, 1, 1)


def measure(bench: Bench) -> list[Result]:
    """Import new months each time and undo them, in turns with csv and executemany alone."""
    table = bench.folder / "values.csv"
    undo_times: list[float] = []
    batches = itertools.count()
    with bench.open() as workspace:
        names = workspace.read(account_names)
        kpis = workspace.read(kpi_names)

        def ours() -> float:
            write_table(table, names, kpis, next(batches))
            before = workspace.read(count_values)
            taken = seconds(lambda: import_table(workspace, table))
            if workspace.read(count_values) != before + VALUES:
                raise RuntimeError("not every value was imported")
            undo_times.append(seconds(workspace.undo))
            if workspace.read(count_values) != before:
                raise RuntimeError("not every value was undone")
            return taken

        def yardstick() -> float:
            return seconds(lambda: import_bare(bench, table))

        times, bare_times = in_turns(ours, yardstick, runs=bench.runs)
    undone = tuple(undo_times[1:])  # the first was the warm-up
    size = bench.size.name
    return [
        Result(
            "import 100,000 KPI values",
            size,
            "s",
            times,
            bare_times,
            "csv + executemany",
            Target(ratio=4.0),
        ),
        Result("undo of that import", size, "s", undone, times, "the import", Target(ratio=1.5)),
    ]


def import_table(workspace: Workspace, table: Path) -> None:
    """Import the file as the program does: from reading it to the committed step."""
    source = open_source(table)
    workspace.write("Import values.csv", apply_import, [source])


def import_bare(bench: Bench, table: Path) -> None:
    """Read the same file and insert it into a table of its own, equally durable."""
    bare = bench.bare_database("import")
    bare.execute(
        "CREATE TABLE kpi_value(account TEXT, kpi TEXT, period TEXT, value,"
        " PRIMARY KEY(account, kpi, period)) WITHOUT ROWID"
    )
    with table.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))[1:]
    bare.execute("BEGIN")
    bare.executemany("INSERT INTO kpi_value VALUES (?, ?, ?, ?)", rows)
    bare.execute("COMMIT")
    bare.close()


def write_table(path: Path, accounts: list[str], kpis: list[str], batch: int) -> None:
    """Write 100,000 values in the long form, of months that no batch before had."""
    wanted = itertools.product(months(FIRST_MONTH, 12 * 40), accounts, kpis)
    chosen = itertools.islice(wanted, batch * VALUES, (batch + 1) * VALUES)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["Account", "KPI", "Period", "Value"])
        for number, (month, account, kpi) in enumerate(chosen):
            writer.writerow([account, kpi, month.isoformat(), number % 5_000 / 10])


def account_names(session: Session) -> list[str]:
    """Return the names of all accounts."""
    return [row.name for row in session.query(Account.name).order_by(Account.id)]


def kpi_names(session: Session) -> list[str]:
    """Return the names of all KPIs."""
    return [row.name for row in session.query(Kpi.name).order_by(Kpi.position)]


def count_values(session: Session) -> int:
    """Count the KPI values that are there."""
    return session.query(KpiValue).filter(KpiValue.deleted_at.is_(None)).count()
