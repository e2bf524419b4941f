"""Living items whose owner is deleted, or never arrived: no page would show them.

One copy deleted an account while another added a plan to it: both edits hold. The search begins
with what was ever deleted, which is little; the tables are large.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from csdesk.model.base import entity_records, entity_table
from csdesk.model.ownership import children_of, parent_field
from csdesk.queries.fields import key_fields
from csdesk.queries.review_items import ReviewKind
from csdesk.queries.settlements import Matters
from csdesk.store.driver import RawConnection

_NEAREST_FIRST = ("milestone_id", "goal_id")

_SEEN_WITH = (("measure", "kpi_id", "kpi"),)
"""What else a row has to have to be seen, though it does not go with it: that is refused."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """Living rows of one entity below one owner that is gone; mostly a single one.

    Rows that are nothing without their owner, such as values and tags, are put together.
    """

    entity: str
    rows: tuple[str, ...]
    field: str
    parent_entity: str
    parent: str
    is_missing: bool = False
    is_disputed: bool = False

    @property
    def row(self) -> str:
        """The first of the rows."""
        return self.rows[0]


@cache
def owning_fields(entity: str) -> tuple[tuple[str, str], ...]:
    """List the fields that refer to what an entity's rows go with, nearest first, and to what."""
    found = [
        (field, parent)
        for parent in entity_records()
        for child, field in children_of(parent)
        if child == entity
    ]
    found += [(field, parent) for child, field, parent in _SEEN_WITH if child == entity]

    def place(pair: tuple[str, str]) -> tuple[int, bool]:
        near = _NEAREST_FIRST.index(pair[0]) if pair[0] in _NEAREST_FIRST else 9
        return near, pair[0] != parent_field(entity)

    return tuple(sorted(found, key=place))


def find_recovered(connection: RawConnection, matters: Matters) -> tuple[Recovered, ...]:
    """Find the living rows whose owner is deleted or unknown; each row once.

    What one person deleted and another brought its owner back for is found too, living or not.
    """
    found = _disputed(connection, matters)
    known = {(one.entity, row) for one in found for row in one.rows}
    for entity in entity_records():
        taken = {row for kind, row in known if kind == entity}
        for field, parent in owning_fields(entity):
            below: dict[tuple[str, bool, str], list[str]] = {}
            for row, owner, is_missing in _orphans(connection, entity, field, parent):
                if row not in taken:
                    taken.add(row)
                    alone = "" if key_fields(entity) else row
                    below.setdefault((owner, is_missing, alone), []).append(row)
            found += (
                Recovered(entity, tuple(sorted(rows)), field, parent, owner, is_missing)
                for (owner, is_missing, _alone), rows in below.items()
            )
    return tuple(sorted(found, key=lambda one: (one.entity, one.rows)))


def _disputed(connection: RawConnection, matters: Matters) -> list[Recovered]:
    found = []
    for (kind, matter), settled in matters.items():
        entity, mark, row = matter.partition(":")
        if kind != ReviewKind.RECOVERED or not settled.is_disputed or not mark:
            continue
        if entity not in entity_records() or not owning_fields(entity):
            continue
        owners = [
            (field, parent, owner[0], owner[1])
            for field, parent in owning_fields(entity)
            if (owner := _owner(connection, entity, row, field, parent)) is not None
        ]
        if owners:
            # Where none is gone any more, the one that every row of its kind has.
            usual = [one for one in owners if (entity, *one[:2]) not in _SEEN_WITH] or owners
            field, parent, owner_id, _gone = next((one for one in owners if one[3]), usual[-1])
            found.append(Recovered(entity, (row,), field, parent, owner_id, is_disputed=True))
    return found


def _owner(
    connection: RawConnection, entity: str, row: str, field: str, parent: str
) -> tuple[str, bool] | None:
    """Return what a field of a row refers to, and whether that is gone; None for nothing."""
    found = connection.execute(
        f'SELECT c."{field}", p.deleted_at IS NOT NULL FROM "{entity}" c'
        f' LEFT JOIN "{parent}" p ON p.id = c."{field}"'
        f' WHERE c.id = ? AND c."{field}" IS NOT NULL',
        (row,),
    ).fetchone()
    return None if found is None else (str(found[0]), bool(found[1]))


_Orphan = tuple[str, str, bool]
"""A row, its owner, and whether that is unknown here rather than deleted."""

_DEAD = """
SELECT DISTINCT p.id FROM journal d INDEXED BY journal_deletion
CROSS JOIN "{parent}" p ON p.id = d.row AND p.deleted_at IS NOT NULL
WHERE d.fld = 'deleted_at' AND d.ent = '{parent}'
"""
_BELOW_DEAD = """
SELECT c.id, c."{field}" FROM "{child}" c
WHERE c."{field}" IN ({dead}) AND c.deleted_at IS NULL
"""
# The ids of values begin with their account and their KPI: their table needs no index for these.
_VALUES_BELOW_DEAD = {
    "account_id": """
SELECT c.id, c.account_id FROM ({dead}) a
CROSS JOIN kpi_value c ON c.id > a.id || ':' AND c.id < a.id || ';'
WHERE c.deleted_at IS NULL
""",
    "kpi_id": """
SELECT c.id, c.kpi_id FROM ({dead}) k CROSS JOIN account a
CROSS JOIN kpi_value c ON c.id > a.id || ':' || k.id || ':' AND c.id < a.id || ':' || k.id || ';'
WHERE c.deleted_at IS NULL
""",
}
# The owners are few, and read from the index; rows are looked at where an owner is unknown only.
_BELOW_UNKNOWN = """
WITH unknown(id) AS MATERIALIZED (
  SELECT o.id FROM (SELECT DISTINCT "{field}" AS id FROM "{child}" WHERE "{field}" IS NOT NULL) o
  WHERE NOT EXISTS (SELECT 1 FROM "{parent}" p WHERE p.id = o.id))
SELECT c.id, c."{field}" FROM unknown u
CROSS JOIN "{child}" c ON c."{field}" = u.id WHERE c.deleted_at IS NULL
"""
# From one account to the next, without looking at the values between.
_VALUES_BELOW_UNKNOWN = """
WITH RECURSIVE owner(id) AS (
  SELECT (SELECT v.account_id FROM kpi_value v ORDER BY v.id LIMIT 1)
  UNION ALL
  SELECT (SELECT v.account_id FROM kpi_value v WHERE v.id >= o.id || ';' ORDER BY v.id LIMIT 1)
  FROM owner o WHERE o.id IS NOT NULL),
unknown(id) AS MATERIALIZED (
  SELECT o.id FROM owner o
  WHERE o.id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM account a WHERE a.id = o.id))
SELECT c.id, c.account_id FROM unknown u
CROSS JOIN kpi_value c ON c.id > u.id || ':' AND c.id < u.id || ';' WHERE c.deleted_at IS NULL
"""


def _orphans(connection: RawConnection, child: str, field: str, parent: str) -> Iterator[_Orphan]:
    names = {"child": child, "field": field, "parent": parent}
    dead = _DEAD.format(**names)
    statement = _BELOW_DEAD
    if child == "kpi_value":
        statement = _VALUES_BELOW_DEAD[field]
    if connection.execute(f"{dead} LIMIT 1").fetchone() is not None:
        for row, owner in connection.execute(statement.format(dead=dead, **names)).fetchall():
            yield row, owner, False
    if field != parent_field(child):
        return
    unknown = _VALUES_BELOW_UNKNOWN if child == "kpi_value" else _BELOW_UNKNOWN
    for row, owner in connection.execute(unknown.format(**names)).fetchall():
        yield row, owner, True


def dead_owners(connection: RawConnection, entity: str, row: str) -> list[tuple[str, str]]:
    """Return all that has to come back for a row to be seen: its deleted owners, and theirs."""
    found: list[tuple[str, str]] = []
    queue = [(entity, row)]
    while queue:
        for owner in owners_of(connection, *queue.pop()):
            if owner not in found:
                table = entity_table(owner[0]).name
                state = connection.execute(
                    f'SELECT deleted_at IS NOT NULL FROM "{table}" WHERE id = ?', (owner[1],)
                ).fetchone()
                if state is not None:
                    queue.append(owner)
                    if state[0]:
                        found.append(owner)
    return found


def owners_of(connection: RawConnection, entity: str, row: str) -> list[tuple[str, str]]:
    """Return the rows that take a row along when they are deleted, living or not."""
    owners = []
    for field, parent in owning_fields(entity):
        found = connection.execute(f'SELECT "{field}" FROM "{entity}" WHERE id = ?', (row,))
        value = found.fetchone()
        if value is not None and value[0] is not None:
            owners.append((parent, str(value[0])))
    return owners
