"""How long two files of 200,000 journal rows take to become one: half of them new, or few."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable
from pathlib import Path

from benchmarks.measure import Result, Target, in_turns, seconds
from benchmarks.parted import FEW_ROWS, LARGE, parted_files
from benchmarks.workspaces import Bench
from csdesk.settings import Home
from csdesk.store import local
from csdesk.store.document import remove_database, unseal
from csdesk.store.driver import RawConnection, connect_live, database_uri
from csdesk.store.replica import Replica
from csdesk.store.schema import JOURNAL_TABLES
from csdesk.team import guard
from csdesk.team.merge import merge
from csdesk.workspace.workspace import Workspace

SIZE = "200,000 rows"
_JOURNAL = next(table for table in JOURNAL_TABLES if table.startswith("CREATE TABLE journal"))


def measure(bench: Bench) -> list[Result]:
    """Merge many rows and few, with and without the guard, in turns with a bare INSERT … SELECT."""
    files = parted_files(LARGE)
    replica = replica_of(bench, files.mine)
    known = _journal_alone(bench, files.mine)
    many, few = bench.folder / "many.db", bench.folder / "few.db"
    unseal(files.theirs, many)
    unseal(files.later, few)
    takers = (
        lambda: timed_merge(bench, replica, many, LARGE.new_rows),
        lambda: timed_guarded(bench, replica, files.theirs, LARGE.new_rows),
        lambda: timed_merge(bench, replica, few, FEW_ROWS),
        lambda: timed_guarded(bench, replica, files.later, FEW_ROWS),
        lambda: timed_floor(bench, known, many),
    )
    *ours, floor = in_turns(*takers, runs=bench.runs)
    named = (
        ("merge 100,000 new rows", Target(ratio=5.0)),
        ("… with the guard", Target()),
        ("merge 200 new rows", Target(ratio=0.4)),
        ("… with the guard", Target()),
    )
    bare = "bare INSERT … SELECT of the journal"
    return [
        Result(what, SIZE, "s", times, floor, bare, target)
        for (what, target), times in zip(named, ours, strict=True)
    ]


def replica_of(bench: Bench, document: Path) -> Replica:
    """Return a closed replica of a document, to be copied for each run."""
    home = Home.at(bench.folder / "merging")
    here = Path(shutil.copyfile(document, bench.folder / "merging.csdesk"))
    with Workspace.open(here, home=home, author="benchmark") as workspace:
        return workspace.replica


def _journal_alone(bench: Bench, document: Path) -> Path:
    """Make a database with the journal of a document and nothing else."""
    whole = bench.folder / "whole.db"
    unseal(document, whole)
    bare = bench.bare_database("journal-alone")
    bare.execute(_JOURNAL)
    bare.execute("ATTACH ? AS other", (database_uri(whole, "mode=ro&immutable=1"),))
    bare.execute("INSERT INTO journal SELECT * FROM other.journal")
    bare.execute("DETACH other")
    bare.close()
    remove_database(whole)
    return bench.folder / "journal-alone.db"


def timed_merge(bench: Bench, replica: Replica, source: Path, expected: int) -> float:
    """Time the merge itself, of a database that was guarded before."""
    return _on_a_copy(bench, replica, lambda connection: merge(connection, source), expected)


def timed_guarded(bench: Bench, replica: Replica, document: Path, expected: int) -> float:
    """Time guard and merge together, as the exchange does for a file that it finds."""
    copy = bench.folder / "guarded.db"

    def whole_way(connection: RawConnection) -> object:
        guard.admit(document, copy)
        return merge(connection, copy)

    try:
        return _on_a_copy(bench, replica, whole_way, expected)
    finally:
        remove_database(copy)


def _on_a_copy(
    bench: Bench, replica: Replica, action: Callable[[RawConnection], object], expected: int
) -> float:
    """Time an action on a fresh copy of a replica, and see that it brought what it should."""
    folder = bench.folder / "copy"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(replica.folder, folder, ignore=shutil.ignore_patterns("backups", "stage"))
    with contextlib.closing(local.connect_with(Replica(folder))) as connection:
        before = _rows(connection)
        taken = seconds(lambda: action(connection))
        if _rows(connection) != before + expected:
            raise RuntimeError(f"{_rows(connection) - before} rows came, not {expected}")
    return taken


def timed_floor(bench: Bench, known: Path, source: Path) -> float:
    """Time the bare union of two journals: one statement into one table, as durable as ours."""
    path = bench.folder / "floor.db"
    remove_database(path)
    shutil.copyfile(known, path)
    with contextlib.closing(connect_live(path)) as bare:
        before = _rows(bare)

        def insert() -> None:
            bare.execute("ATTACH ? AS other", (database_uri(source, "mode=ro&immutable=1"),))
            bare.execute("INSERT OR IGNORE INTO main.journal SELECT * FROM other.journal")
            bare.execute("DETACH other")

        taken = seconds(insert)
        if _rows(bare) != before + LARGE.new_rows:
            raise RuntimeError("the yardstick inserted something else")
    return taken


def _rows(connection: RawConnection) -> int:
    return int(connection.execute("SELECT count(*) FROM main.journal").fetchone()[0])
