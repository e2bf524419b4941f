"""How far each writer's rows are known: the version vector of a journal."""

from __future__ import annotations

from csdesk.store.driver import RawConnection

Versions = dict[int, int]
"""Writer to the number of its last row known; its rows are known from the first without a gap."""


def versions(connection: RawConnection, schema_name: str = "main") -> Versions:
    """Read the version vector of a database."""
    return dict(connection.execute(f"SELECT w, last_seq FROM {schema_name}.writer").fetchall())


def contains(mine: Versions, theirs: Versions) -> bool:
    """Tell whether everything in `theirs` is known in `mine`."""
    return all(mine.get(writer, 0) >= seq for writer, seq in theirs.items())


def gaps(connection: RawConnection, schema_name: str = "main") -> list[int]:
    """Return the writers whose rows are not all there, from 1 to the last."""
    found = connection.execute(
        f"SELECT w.w FROM {schema_name}.writer w WHERE (w.last_seq, w.last_seq) IS NOT"
        f" (SELECT count(*), max(seq) FROM {schema_name}.journal j WHERE j.w = w.w)"
        f" UNION SELECT j.w FROM {schema_name}.journal j"
        f" WHERE j.w NOT IN (SELECT w FROM {schema_name}.writer)"
    ).fetchall()
    return [row[0] for row in found]
