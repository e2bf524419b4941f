"""Ready lines of the accounts table, kept beside the replica and made anew where they are stale.

A summary is fresh when it was made today and no step since then touched its account. Which
accounts were touched is read from the journal, so writes, undo, imports and merges all count.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from csdesk.model.ownership import account_sql
from csdesk.store.driver import RawConnection

VERSION = 4
"""Raised when the lines change their shape: older summaries are then not read."""

_SHARED = frozenset({"member", "segment", "kpi"})
"""Entities that many accounts show: a change to one of them makes all summaries stale."""

_MANY = 20_000
"""More touched rows than this make all summaries stale: looking them up would take longer."""

_TABLE = (
    "CREATE TABLE IF NOT EXISTS account_summary(account_id TEXT PRIMARY KEY,"
    " version INTEGER NOT NULL, as_of TEXT NOT NULL, body TEXT NOT NULL) WITHOUT ROWID"
)
_MARK = (
    "CREATE TABLE IF NOT EXISTS account_summary_mark(one INTEGER PRIMARY KEY CHECK (one = 1),"
    " step INTEGER NOT NULL)"
)
_TOUCHED = """
SELECT DISTINCT j.ent, j.row FROM txn t
JOIN journal j ON j.w = t.w AND j.seq BETWEEN t.seq0 AND t.seq1
WHERE t.n > :step LIMIT :many
"""


def newest_step(session: Session) -> int:
    """Return the number of the newest step this replica knows."""
    return int(session.execute(text("SELECT coalesce(max(n), 0) FROM txn")).scalar_one())


def fresh_summaries(session: Session, today: dt.date) -> dict[str, list[Any]]:
    """Return the bodies of the summaries that still hold, by account."""
    there = "SELECT count(*) FROM local.sqlite_schema WHERE name LIKE 'account_summary%'"
    if session.execute(text(there)).scalar_one() < 2:
        return {}
    step = session.execute(text("SELECT step FROM local.account_summary_mark")).scalar()
    stale = None if step is None else _stale_accounts(session, step)
    if stale is None:
        return {}
    rows = session.execute(
        text(
            "SELECT account_id, body FROM local.account_summary"
            " WHERE version = :version AND as_of = :today"
        ),
        {"version": VERSION, "today": today.isoformat()},
    ).all()
    bodies = json.loads(f"[{','.join(body for _account, body in rows)}]")
    return {
        account: body
        for (account, _text), body in zip(rows, bodies, strict=True)
        if account not in stale
    }


def keep_summaries(
    local: RawConnection, today: dt.date, step: int, bodies: Iterable[tuple[str, list[Any]]]
) -> None:
    """Keep the summaries of all accounts as of `step`, in the database of this computer.

    Runs through `Workspace.derive`: what it writes is never part of the file.
    """
    local.execute(_TABLE)
    local.execute(_MARK)
    local.execute("DELETE FROM account_summary")
    local.executemany(
        "INSERT INTO account_summary VALUES (?, ?, ?, ?)",
        [
            (account, VERSION, today.isoformat(), json.dumps(body, ensure_ascii=False))
            for account, body in bodies
        ],
    )
    local.execute("INSERT OR REPLACE INTO account_summary_mark VALUES (1, ?)", (step,))


def _stale_accounts(session: Session, step: int) -> set[str] | None:
    """Return the accounts that steps after `step` touched; None where it may be all of them."""
    touched = session.execute(text(_TOUCHED), {"step": step, "many": _MANY}).all()
    if len(touched) == _MANY:
        return None
    by_entity: dict[str, list[str]] = {}
    for entity, row in touched:
        by_entity.setdefault(entity, []).append(row)
    if _SHARED & by_entity.keys():
        return None
    accounts: set[str] = set()
    for entity, rows in by_entity.items():
        try:
            owners = account_sql(entity)
        except KeyError:
            continue
        if owners is not None:
            found = session.execute(
                text(
                    f"SELECT DISTINCT o.account_id FROM ({owners}) o"
                    " WHERE o.id IN (SELECT value FROM json_each(:rows))"
                ),
                {"rows": json.dumps(rows)},
            )
            accounts.update(account for (account,) in found if account is not None)
    return accounts
