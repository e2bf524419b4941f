"""References that run in a circle once two copies have met: the latest of them gives way.

Each copy for itself made no circle: one said that A reports to B, another that B reports to A.
Which one gives way follows from the journal alone, so all copies open the circle at the same
place; the loser is noted in `review`, and counts again when the others let go.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from csdesk.model.base import instant_text
from csdesk.store import deletions
from csdesk.store.driver import RawConnection
from csdesk.store.stamps import instant_of

Stamp = tuple[int, int, int]
"""What orders journal rows: `(hlc, w, seq)`."""
Item = tuple[str, str]
"""A row of a table: its entity and its id."""

_BOSS = ("contact", "reports_to_id")
_WAITS = "milestone_dependency"
_MARK = (_WAITS, "deleted_at")


def open_circles(connection: RawConnection, entities: Collection[str]) -> set[Item]:
    """Open every circle of references, where rows of these entities were changed.

    Contacts that report to each other: the latest reference shows what it replaced, or nobody.
    Milestones that wait for each other: the latest dependency counts as deleted. Returns the rows
    that show something else now, by entity and id.
    """
    changed: set[Item] = set()
    if _BOSS[0] in entities:
        changed |= _open_reporting(connection)
    if _WAITS in entities:
        changed |= _open_waiting(connection)
    return changed


def may_close_a_circle(entity: str, field: str) -> bool:
    """Tell whether a change of this field can make or open a circle."""
    return entity == _WAITS or (entity, field) == _BOSS


@dataclass(frozen=True, slots=True)
class _Reference:
    """The winner of one reference: which row it points to, and which journal row says so."""

    stamp: Stamp
    to: str | None


def _open_reporting(connection: RawConnection) -> set[Item]:
    winners = _winning_references(connection)
    noted = _forget(connection, _BOSS[0])
    points = {row: winner.to for row, winner in winners.items()}
    losers = [_latest(circle, winners) for circle in _circles(points)]
    losers.sort(key=lambda row: winners[row].stamp)
    for row in losers:
        points[row] = None
    for row in losers:
        points[row] = _earlier_reference(connection, points, row, winners[row].stamp)
        _note(connection, *_BOSS, row, winners[row].stamp)
    changed: set[Item] = set()
    for row in noted | set(losers):
        if _show(connection, _BOSS, row, points.get(row)):
            changed.add((_BOSS[0], row))
    return changed


def _latest(circle: list[str], winners: dict[str, _Reference]) -> str:
    """Choose which reference of a circle gives way: not the one that arrived last."""
    return max(circle, key=lambda row: winners[row].stamp)


def _show(connection: RawConnection, cell: tuple[str, str], row: str, value: str | None) -> bool:
    """Let a field of a row show a value; tell whether it showed another one."""
    entity, field = cell
    shown = connection.execute(
        f'UPDATE main."{entity}" SET "{field}" = :value'
        f' WHERE id = :row AND "{field}" IS NOT :value',
        {"value": value, "row": row},
    )
    return bool(shown.rowcount)


def _winning_references(connection: RawConnection) -> dict[str, _Reference]:
    """Read the winners of all references that are set; those that gave way look unset."""
    entity, field = _BOSS
    found = connection.execute(
        f'WITH asked(row) AS (SELECT id FROM main."{entity}" WHERE "{field}" IS NOT NULL'
        "  UNION SELECT row FROM main.review WHERE kind = 'circle' AND ent = :ent)"
        " SELECT a.row, c.hlc, c.w, c.seq, j.val FROM asked a"
        " CROSS JOIN main.cell c ON c.ent = :ent AND c.row = a.row AND c.fld = :fld"
        " CROSS JOIN main.journal j ON j.w = c.w AND j.seq = c.seq",
        {"ent": entity, "fld": field},
    )
    return {row: _Reference((hlc, w, seq), to) for row, hlc, w, seq, to in found}


def _circles(points: dict[str, str | None]) -> list[list[str]]:
    """Find the circles of a graph in which every node points to one other at most."""
    circles: list[list[str]] = []
    done: set[str] = set()
    for start in points:
        path: list[str] = []
        node: str | None = start
        while node is not None and node in points and node not in done:
            done.add(node)
            path.append(node)
            node = points[node]
        if node in path:
            circles.append(path[path.index(node) :])
    return circles


def _earlier_reference(
    connection: RawConnection, points: dict[str, str | None], row: str, stamp: Stamp
) -> str | None:
    """Follow what a reference replaced back to one that makes no circle."""
    _hlc, w, seq = stamp
    while True:
        found = connection.execute(
            "SELECT p.w, p.seq, p.val FROM main.journal j"
            " JOIN main.journal p ON p.w = j.pw AND p.seq = j.pseq"
            "  AND p.ent = j.ent AND p.row = j.row AND p.fld = j.fld"
            " WHERE j.w = ? AND j.seq = ? AND (p.hlc, p.w, p.seq) < (j.hlc, j.w, j.seq)",
            (w, seq),
        ).fetchone()
        if found is None or found[2] is None:
            return None
        w, seq, to = found
        if not _leads_to(points, to, row):
            return str(to)


def _leads_to(points: dict[str, str | None], start: str, goal: str) -> bool:
    node: str | None = start
    seen: set[str] = set()
    while node is not None and node not in seen:
        if node == goal:
            return True
        seen.add(node)
        node = points.get(node)
    return False


def _open_waiting(connection: RawConnection) -> set[Item]:
    # What gave way bears a time of deletion that no deletion in the journal gave it.
    times = {
        row: deletions.deleted_at(connection, _WAITS, row) for row in _forget(connection, _WAITS)
    }
    for row, at in times.items():
        _show(connection, _MARK, row, at)
    found = connection.execute(
        f'SELECT id, milestone_id, after_id FROM main."{_WAITS}" WHERE deleted_at IS NULL'
        " AND milestone_id IS NOT NULL AND after_id IS NOT NULL"
    ).fetchall()
    knotted = _knotted(found)
    stamps = {row: _latest_stamp(connection, row) for row, _from, _to in knotted}
    waits: dict[str, set[str]] = {}
    changed = {(_WAITS, row) for row in times}
    for row, milestone, after in sorted(knotted, key=lambda edge: stamps[edge[0]]):
        if _reaches(waits, after, milestone):
            _note(connection, _WAITS, "after_id", row, stamps[row])
            _show(connection, _MARK, row, instant_text(instant_of(stamps[row][0])))
            changed ^= {(_WAITS, row)}
        else:
            waits.setdefault(milestone, set()).add(after)
    return changed


Edge = tuple[str, str, str]


def _knotted(edges: Iterable[Edge]) -> list[Edge]:
    """Keep the edges that may lie on a circle: ends that nothing enters or leaves fall away."""
    left = list(edges)
    while True:
        sources = {edge[1] for edge in left}
        targets = {edge[2] for edge in left}
        kept = [edge for edge in left if edge[1] in targets and edge[2] in sources]
        if len(kept) == len(left):
            return kept
        left = kept


def _reaches(waits: dict[str, set[str]], start: str, goal: str) -> bool:
    open_ends, seen = [start], {start}
    while open_ends:
        node = open_ends.pop()
        if node == goal:
            return True
        for after in waits.get(node, set()) - seen:
            seen.add(after)
            open_ends.append(after)
    return False


def _latest_stamp(connection: RawConnection, row: str) -> Stamp:
    found = connection.execute(
        "SELECT hlc, w, seq FROM main.cell WHERE ent = ? AND row = ?"
        " ORDER BY hlc DESC, w DESC, seq DESC LIMIT 1",
        (_WAITS, row),
    ).fetchone()
    return (found[0], found[1], found[2])


def _forget(connection: RawConnection, entity: str) -> set[str]:
    """Forget the circles of an entity; return the rows that had given way."""
    found = connection.execute(
        "SELECT row FROM main.review WHERE kind = 'circle' AND ent = ?", (entity,)
    ).fetchall()
    connection.execute("DELETE FROM main.review WHERE kind = 'circle' AND ent = ?", (entity,))
    return {row[0] for row in found}


def _note(connection: RawConnection, entity: str, field: str, row: str, stamp: Stamp) -> None:
    _hlc, w, seq = stamp
    connection.execute(
        "INSERT OR REPLACE INTO main.review(id, kind, ent, row, fld, w, seq, state)"
        " VALUES (?, 'circle', ?, ?, ?, ?, ?, 'open')",
        (f"circle:{w}:{seq}", entity, row, field, w, seq),
    )
