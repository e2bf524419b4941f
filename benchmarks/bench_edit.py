"""How long one edit takes: written, journalled, indexed for search, announced."""

from __future__ import annotations

import itertools

from sqlalchemy.orm import Session

from benchmarks.measure import Result, Target, in_turns, seconds
from benchmarks.workspaces import Bench
from csdesk.model.records import Account

EDITS = 20
"""Edits in one run: a single one is too short to be measured on a busy machine."""


def measure(bench: Bench) -> list[Result]:
    """Change one text of one account after another, and do the same by bare UPDATE."""
    with bench.open() as workspace:
        ids = workspace.read(account_ids)
        touched: list[object] = []
        stop_listening = workspace.subscribe(touched.append)
        bare = bench.bare_database("edit")
        bare.execute("CREATE TABLE account(id TEXT PRIMARY KEY, csm_view_reason TEXT)")
        bare.executemany("INSERT INTO account VALUES (?, NULL)", [(name,) for name in ids])
        turns = itertools.count()

        def ours() -> float:
            turn = next(turns)

            def edit_each() -> None:
                for number in range(EDITS):
                    workspace.write(
                        "Edit account", give_reason, ids[number], f"改善が見込める {turn}"
                    )

            return seconds(edit_each) / EDITS

        def yardstick() -> float:
            turn = next(turns)

            def update_each() -> None:
                for number in range(EDITS):
                    bare.execute(
                        "UPDATE account SET csm_view_reason = ? WHERE id = ?",
                        (f"改善が見込める {turn}", ids[number]),
                    )

            return seconds(update_each) / EDITS

        times, bare_times = in_turns(ours, yardstick, runs=bench.runs)
        stop_listening()
        bare.close()
        if len(touched) < EDITS * len(times):
            raise RuntimeError("an edit was not announced")
    return [
        Result(
            "one edit", bench.size.name, "s", times, bare_times, "bare UPDATE", Target(ratio=3.0)
        )
    ]


def account_ids(session: Session) -> list[str]:
    """Return the ids of all accounts."""
    return [row.id for row in session.query(Account.id)]


def give_reason(session: Session, account_id: str, reason: str) -> None:
    """Write one text of an account as the actions do: through its record."""
    account = session.get(Account, account_id)
    if account is None:
        raise LookupError(account_id)
    account.csm_view_reason = reason
