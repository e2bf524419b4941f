"""The latest of what waits for review, chosen before any of it is put into words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from csdesk.queries.duplicates import DuplicateGroup, births_of
from csdesk.queries.review_finding import Findings
from csdesk.queries.review_items import JournalKey
from csdesk.store.driver import RawConnection

Finding = TypeVar("Finding")


def latest(connection: RawConnection, findings: Findings, limit: int | None) -> Findings:
    """Keep at most `limit` findings of each kind, those that came about last; all for None."""
    if limit is None or len(findings) <= limit:
        return findings

    def keys(*found: JournalKey) -> int:
        return _latest_of_keys(connection, found)

    def rows(*found: tuple[str, str]) -> int:
        return _latest_of_rows(connection, found)

    def born(group: DuplicateGroup) -> int:
        births = births_of(connection, group.entity, group.rows)
        return max((birth.hlc for birth in births.values()), default=0)

    return replace(
        findings,
        edits=_last(
            findings.edits, limit, lambda one: keys(one.winner, *one.losers, *one.disputed)
        ),
        deletions=_last(findings.deletions, limit, lambda one: rows((one.entity, one.row))),
        recovered=_last(
            findings.recovered,
            limit,
            lambda one: rows((one.entity, one.row), (one.parent_entity, one.parent)),
        ),
        circles=_last(findings.circles, limit, lambda one: keys(one.reference)),
        duplicates=_last(findings.duplicates, limit, born),
        clashes=_last(
            findings.clashes, limit, lambda one: keys(one.mark, *(edit.key for edit in one.edits))
        ),
    )


def _last(
    findings: tuple[Finding, ...], limit: int, moment: Callable[[Finding], int]
) -> tuple[Finding, ...]:
    if len(findings) <= limit:
        return findings
    return tuple(sorted(findings, key=moment, reverse=True)[:limit])


def _latest_of_keys(connection: RawConnection, keys: Iterable[JournalKey]) -> int:
    found = connection.execute(
        "SELECT max(j.hlc) FROM json_each(?) a CROSS JOIN journal j"
        " ON j.w = a.value ->> 0 AND j.seq = a.value ->> 1",
        (json.dumps(list(keys)),),
    ).fetchone()
    return int(found[0] or 0)


def _latest_of_rows(connection: RawConnection, rows: Iterable[tuple[str, str]]) -> int:
    found = connection.execute(
        "SELECT max(c.hlc) FROM json_each(?) a CROSS JOIN cell c"
        " ON c.ent = a.value ->> 0 AND c.row = a.value ->> 1",
        (json.dumps(list(rows)),),
    ).fetchone()
    return int(found[0] or 0)
