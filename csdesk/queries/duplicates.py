"""Rows of one name that different computers made: the same thing entered twice while apart.

Two rows that one computer made with one name are meant as they are; but nobody is let give two
KPIs one name, so wherever there are two, people came to it apart. What differs in width, case or
blanks only is one name. A customer who left once has one churn, unless somebody knew of the other.
Which of them is the oldest is the same in every copy: so two people who make the same rows one
keep the same one.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, takewhile

from csdesk.model.vocabulary import AccountStatus
from csdesk.queries.review_items import JournalKey, ReviewKind
from csdesk.queries.settlements import STILL_TWO, UNSETTLED, Matters, pair_matter
from csdesk.queries.ways_back import step_kind, way_back
from csdesk.store.driver import RawConnection
from csdesk.store.journal import birth_field
from csdesk.store.touching import Change

_ALIKE: dict[str, tuple[tuple[str, ...], str | None]] = {
    "account": (("name",), None),
    "contact": (("name", "email"), "account_id"),
    "kpi": (("name",), None),
    "member": (("name",), None),
    "segment": (("name",), None),
    "plan": (("title",), "account_id"),
    "churn_event": (("account_id",), None),
}
"""The fields by which rows of an entity are alike, and what they must have in common besides."""


@dataclass(frozen=True, slots=True)
class Birth:
    """The journal row with which a row began, and the device that wrote it."""

    key: JournalKey
    hlc: int
    device: str


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Rows that may be the same, oldest first, and the field in which they are alike.

    `is_disputed` where somebody made them one and somebody else says that they are two.
    """

    entity: str
    field: str
    rows: tuple[str, ...]
    is_disputed: bool = False


def find_duplicates(connection: RawConnection, matters: Matters) -> tuple[DuplicateGroup, ...]:
    """Find the rows that may be the same and were not said to be two."""
    groups: list[DuplicateGroup] = []
    for entity in _ALIKE:
        alike = list(_alike(connection, entity))
        births = births_of(connection, entity, {row for _field, rows in alike for row in rows})
        open_pairs: dict[tuple[str, str], str] = {}
        for field, rows in alike:
            for pair in combinations(sorted(rows), 2):
                if _settled(matters, entity, pair):
                    continue
                if _may_be_one(connection, entity, births, pair):
                    open_pairs.setdefault(pair, field)
        disputed = _disputed(connection, entity, matters)
        open_pairs |= dict.fromkeys(disputed - open_pairs.keys(), _ALIKE[entity][0][0])
        groups += _grouped(connection, entity, open_pairs, disputed)
    return tuple(groups)


def may_differ(connection: RawConnection, changes: Iterable[Change]) -> bool:
    """Tell whether other rows may be alike after some changes than before them.

    Most steps change neither a name nor what lives, and comparing all names takes its time.
    """
    return any(_may_differ(connection, change) for change in changes)


def _may_differ(connection: RawConnection, change: Change) -> bool:
    if change.everything:
        return True
    settled = connection.execute(
        "SELECT 1 FROM json_each(?) a CROSS JOIN settlement s ON s.id = a.value"
        " WHERE s.kind = ? LIMIT 1",
        (json.dumps(sorted(change.rows.get("settlement", ()))), ReviewKind.DUPLICATE),
    ).fetchone()
    if settled is not None:
        return True
    if change.step is None:
        return change.touches(*_ALIKE)
    found = connection.execute(
        "SELECT DISTINCT ent, fld FROM journal WHERE w = ? AND seq BETWEEN ? AND ?",
        (change.step.w, change.step.seq0, change.step.seq1),
    )
    return any(
        entity in _ALIKE and field in (*_ALIKE[entity][0], _ALIKE[entity][1], "deleted_at")
        for entity, field in found
    )


@lru_cache(maxsize=100_000)
def folded(text: str) -> str:
    """Make names alike that differ in width, case and blanks only."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _alike(connection: RawConnection, entity: str) -> Iterable[tuple[str, list[str]]]:
    fields, scope = _ALIKE[entity]
    columns = ", ".join(f'"{field}"' for field in fields)
    owner = f"' ' || {scope}" if scope else "''"  # no blank is in a folded text
    first: list[dict[str, str]] = [{} for _field in fields]
    alike: list[dict[str, list[str]]] = [{} for _field in fields]
    # Row by row, and by keys that are text: thousands of tuples would have Python collect garbage.
    for row in connection.execute(
        f'SELECT id, {owner}, {columns} FROM "{entity}" WHERE deleted_at IS NULL'
    ):
        for place, value in enumerate(row[2:]):
            text = folded(value) if value else ""
            if text:
                key = text + row[1] if row[1] is not None else text
                known = first[place].setdefault(key, row[0])
                if known != row[0]:  # few: nearly every name is there once
                    alike[place].setdefault(key, [known]).append(row[0])
    for field, groups in zip(fields, alike, strict=True):
        yield from ((field, rows) for rows in groups.values())


# A row of a foreign file may claim to replace anything: only older rows of the same cell count.
_BIRTHS = """
WITH RECURSIVE back(row, w, seq) AS (
  SELECT c.row, c.w, c.seq FROM json_each(:rows) a
  CROSS JOIN cell c ON c.ent = :ent AND c.row = a.value AND c.fld = :fld
  UNION
  SELECT b.row, p.w, p.seq FROM back b
  CROSS JOIN journal j ON j.w = b.w AND j.seq = b.seq
  CROSS JOIN journal p ON p.w = j.pw AND p.seq = j.pseq
    AND p.ent = j.ent AND p.row = j.row AND p.fld = j.fld
    AND (p.hlc, p.w, p.seq) < (j.hlc, j.w, j.seq))
SELECT b.row, j.w, j.seq, j.hlc, w.device FROM back b
CROSS JOIN journal j ON j.w = b.w AND j.seq = b.seq
CROSS JOIN writer w ON w.w = j.w
ORDER BY j.hlc DESC, j.w DESC, j.seq DESC
"""


def births_of(connection: RawConnection, entity: str, rows: Iterable[str]) -> dict[str, Birth]:
    """Find how rows of an entity began, by their id."""
    found = connection.execute(
        _BIRTHS, {"rows": json.dumps(sorted(rows)), "ent": entity, "fld": birth_field(entity)}
    )
    return {row: Birth((w, seq), hlc, device) for row, w, seq, hlc, device in found}


def _may_be_one(
    connection: RawConnection, entity: str, births: dict[str, Birth], pair: tuple[str, str]
) -> bool:
    """Tell whether two rows that are alike came about while their makers were apart."""
    if entity == "churn_event":
        return _left_once(connection, births, pair)
    if entity == "kpi" and not _are_apart(births, pair):
        names = connection.execute("SELECT name FROM kpi WHERE id IN (?, ?)", pair).fetchall()
        return len(births) > 1 and len(set(names)) == 1
    return _are_apart(births, pair)


_CHURNED = """
SELECT j.w, j.seq FROM txn t
CROSS JOIN journal j ON j.w = t.w AND j.seq BETWEEN t.seq0 AND t.seq1
WHERE t.w = :w AND t.seq0 <= :seq AND t.seq1 >= :seq
  AND j.ent = 'account' AND j.fld = 'status' AND j.val = 'churned'
"""


def _left_once(connection: RawConnection, births: dict[str, Birth], pair: tuple[str, str]) -> bool:
    """Tell whether two churns are of one departure, noted by people who did not know of each other.

    Neither mark replaced the other one, and nobody won the customer back on the way to either.
    """
    if not _are_apart(births, pair):
        return False
    marks = []
    for row in pair:
        w, seq = births[row].key
        marks += connection.execute(_CHURNED, {"w": w, "seq": seq}).fetchall()[:1]
    if len(marks) < 2:
        return False
    keys = [{step.key for step in way_back(connection, mark)} for mark in marks]
    return not any(
        marks[1 - at] in keys[at] or _was_ours_between(connection, mark, keys[1 - at])
        for at, mark in enumerate(marks)
    )


def _was_ours_between(
    connection: RawConnection, mark: JournalKey, common: Container[JournalKey]
) -> bool:
    """Tell whether a customer was won back on the way from `common` rows to a churn."""
    since = takewhile(lambda step: step.key not in common, way_back(connection, mark))
    return any(
        step.value != AccountStatus.CHURNED and step_kind(connection, step.key) != "undo"
        for step in since
    )


def _are_apart(births: dict[str, Birth], pair: tuple[str, str]) -> bool:
    one, other = (births.get(row) for row in pair)
    return one is not None and other is not None and one.device != other.device


def _settled(matters: Matters, entity: str, pair: tuple[str, str]) -> bool:
    known = matters.get((ReviewKind.DUPLICATE, pair_matter(entity, pair)), UNSETTLED)
    return known.is_just(STILL_TWO)


def _disputed(connection: RawConnection, entity: str, matters: Matters) -> set[tuple[str, str]]:
    pairs = set()
    for (kind, matter), settled in matters.items():
        parts = matter.split(":")
        if kind == ReviewKind.DUPLICATE and settled.is_disputed and len(parts) == 3:
            known, one, other = parts
            if known == entity and len(births_of(connection, entity, parts[1:])) == 2:
                pairs.add((one, other))
    return pairs


def _grouped(
    connection: RawConnection,
    entity: str,
    pairs: dict[tuple[str, str], str],
    disputed: set[tuple[str, str]],
) -> list[DuplicateGroup]:
    """Put pairs together that share a row."""
    group_of: dict[str, set[str]] = {}
    for one, other in pairs:
        whole = group_of.get(one, {one}) | group_of.get(other, {other})
        for row in whole:
            group_of[row] = whole
    births = births_of(connection, entity, group_of)
    groups = []
    for rows in {tuple(sorted(group)) for group in group_of.values()}:
        within = [pair for pair in sorted(pairs) if pair[0] in rows]
        in_order = sorted(rows, key=lambda row: (births[row].hlc, *births[row].key))
        groups.append(
            DuplicateGroup(
                entity, pairs[within[0]], tuple(in_order), any(p in disputed for p in within)
            )
        )
    return sorted(groups, key=lambda group: group.rows)
