"""Ready lines of the accounts table, kept beside the replica and made anew where they are stale.

A line is fresh when it was made today and no step since then touched its account. Which accounts
were touched is read from the journal, so writes, undo, imports and merges all count.

The lines are kept as one text, column by column, and of a column with few different values each
value stands once: to read two thousand lines of their own takes several times as long.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from csdesk.model.ownership import account_sql
from csdesk.store.driver import RawConnection

VERSION = 5
"""Raised when the lines change their shape: older ones are then not read."""

_SHARED = frozenset({"member", "segment", "kpi"})
"""Entities that many accounts show: a change to one of them makes all lines stale."""

_MANY = 20_000
"""More touched rows than this make all lines stale: looking them up would take longer."""

_TABLE = (
    "CREATE TABLE IF NOT EXISTS account_lines(one INTEGER PRIMARY KEY CHECK (one = 1),"
    " version INTEGER NOT NULL, as_of TEXT NOT NULL, step INTEGER NOT NULL, body TEXT NOT NULL)"
)
_OLDER_TABLES = ("account_summary", "account_summary_mark")
_TOUCHED = """
SELECT DISTINCT j.ent, j.row FROM txn t
JOIN journal j ON j.w = t.w AND j.seq BETWEEN t.seq0 AND t.seq1
WHERE t.n > :step LIMIT :many
"""


def newest_step(session: Session) -> int:
    """Return the number of the newest step this replica knows."""
    return int(session.execute(text("SELECT coalesce(max(n), 0) FROM txn")).scalar_one())


@dataclass(frozen=True, slots=True)
class KeptColumn:
    """One field of all lines: either a value for each, or the different ones and their places."""

    values: list[Any]
    places: list[int] | None

    def of_all(self, values: Sequence[Any]) -> Sequence[Any]:
        """Return a value for each line, where `values` stands for this column's own."""
        return values if self.places is None else list(map(values.__getitem__, self.places))


@dataclass(frozen=True, slots=True)
class Summaries:
    """What was kept of all accounts, and which of them were touched since."""

    columns: list[KeptColumn]
    stale: frozenset[str]


def kept_summaries(session: Session, today: dt.date) -> Summaries | None:
    """Return what was kept and may still hold; None where nothing of it does."""
    kept = _kept(session, today, "body")
    if kept is None:
        return None
    body, stale = kept
    columns = [KeptColumn(values, places) for values, places in json.loads(body)]
    return Summaries(columns, frozenset(stale))


def are_kept(session: Session, today: dt.date) -> bool:
    """Tell whether what was kept still holds for every account."""
    kept = _kept(session, today, "one")
    return kept is not None and not kept[1]


def keep_summaries(
    local: RawConnection, today: dt.date, step: int, columns: Iterable[Sequence[Any]]
) -> None:
    """Keep the lines of all accounts as of `step`, in the database of this computer.

    `columns` are their fields, each as plain values of all accounts in their order. Runs through
    `Workspace.derive`: what it writes is never part of the file.
    """
    for table in _OLDER_TABLES:
        local.execute(f"DROP TABLE IF EXISTS {table}")
    local.execute(_TABLE)
    body = json.dumps(
        [_packed(column) for column in columns], ensure_ascii=False, separators=(",", ":")
    )
    local.execute(
        "INSERT OR REPLACE INTO account_lines VALUES (1, ?, ?, ?, ?)",
        (VERSION, today.isoformat(), step, body),
    )


def _packed(column: Sequence[Any]) -> tuple[list[Any], list[int] | None]:
    # As text, for 1, 1.0 and True are the same key, and lists are none.
    written = [json.dumps(value) for value in column]
    places = {key: place for place, key in enumerate(dict.fromkeys(written))}
    if len(places) > len(column) // 2:
        return list(column), None
    return [json.loads(key) for key in places], [places[key] for key in written]


def _kept(session: Session, today: dt.date, column: str) -> tuple[Any, set[str]] | None:
    """Return a column of what was kept, and the accounts touched since; None: it does not hold."""
    there = "SELECT count(*) FROM local.sqlite_schema WHERE name = 'account_lines'"
    if not session.execute(text(there)).scalar_one():
        return None
    kept = session.execute(
        text(
            f"SELECT step, {column} FROM local.account_lines"
            " WHERE version = :version AND as_of = :today"
        ),
        {"version": VERSION, "today": today.isoformat()},
    ).one_or_none()
    if kept is None:
        return None
    stale = _stale_accounts(session, kept[0])
    return None if stale is None else (kept[1], stale)


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
    accounts = set(by_entity.get("account", ()))  # one may be gone altogether
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
