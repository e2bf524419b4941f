"""How long the search takes while somebody types: Japanese and English, one letter or a word."""

from __future__ import annotations

from benchmarks.measure import Result, Target, in_turns, seconds
from benchmarks.workspaces import Bench
from csdesk.queries.search import search
from csdesk.store.driver import RawConnection, connect
from csdesk.store.words import match_expression
from csdesk.workspace.workspace import Workspace

ASKED = ("在", "在庫 研修", "weekly", "札幌商事", "t")
SHOWN = 50


def measure(bench: Bench) -> list[Result]:
    """Search each word, and ask the index the same question bare: newest first, as many."""
    with bench.open() as workspace:
        bare = connect(workspace.replica.local, read_only=True)
        results = [measure_word(bench, workspace, bare, asked) for asked in ASKED]
        bare.close()
    return results


def measure_word(bench: Bench, workspace: Workspace, bare: RawConnection, asked: str) -> Result:
    """Measure one search."""
    expression = match_expression(asked)

    def ask_index() -> None:
        bare.execute(
            "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ?",
            (expression, SHOWN),
        ).fetchall()

    def ask_us() -> None:
        if not workspace.read(search, asked, limit=SHOWN):
            raise RuntimeError(f"nothing found for {asked}")

    times, bare_times = in_turns(
        lambda: seconds(ask_us), lambda: seconds(ask_index), runs=bench.runs
    )
    return Result(
        f"search “{asked}”",
        bench.size.name,
        "s",
        times,
        bare_times,
        "bare FTS5 query",
        Target(ratio=1.5, limit=0.05),
    )
