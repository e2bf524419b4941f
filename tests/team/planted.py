"""Known-wrong versions of merging: each must break a law, or the laws are not done.

A bug is planted by replacing one function or one piece of SQL of the real program.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from csdesk.store import circles, deletions, disagreements, document, journal, replica, stamps
from csdesk.store.driver import RawConnection
from csdesk.team import merge

Plant = Callable[[pytest.MonkeyPatch], None]
NOTHING = "SELECT 1"
PREVIOUS_PLUS_ONE = "max(:hlc, coalesce(c.hlc, 0) + 1)"


def sql(module: ModuleType, name: str, old: str, new: str) -> Plant:
    """Replace a part of a piece of SQL; it must be there, so that no plant withers unseen."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        present = getattr(module, name)
        assert old in present, f"{name} has changed: plant this bug anew"
        patch.setattr(module, name, present.replace(old, new))

    return plant


def function(owner: Any, name: str, wrong: Any) -> Plant:
    """Replace a function or a whole piece of SQL."""
    return lambda patch: patch.setattr(owner, name, wrong)


def both(*plants: Plant) -> Plant:
    def plant(patch: pytest.MonkeyPatch) -> None:
        for one in plants:
            one(patch)

    return plant


def resumed_writer(patch: pytest.MonkeyPatch) -> None:
    """A run goes on as the writer that its device was the last time."""
    fresh = journal.Journal.__init__

    def resume(self: journal.Journal, connection: RawConnection, **named: Any) -> None:
        fresh(self, connection, **named)
        last = connection.execute(
            "SELECT w FROM writer WHERE device = ? ORDER BY started DESC, w LIMIT 1",
            (named["device"],),
        ).fetchone()
        if last is not None:
            self._writer = last[0]

    patch.setattr(journal.Journal, "__init__", resume)


def seen_outside(patch: pytest.MonkeyPatch) -> None:
    """What was merged is remembered beside the replica: an older replica then believes it, too."""
    seen: set[tuple[str, str]] = set()

    def note(connection: RawConnection, file: merge.SeenFile) -> None:
        folder = Path(connection.execute("PRAGMA database_list").fetchone()[2]).parent.name
        seen.add((folder, file.sha256))

    def contains(self: replica.Replica, seal: document.Seal | None) -> bool:
        return seal is not None and (self.folder.name, seal.sha256.hex()) in seen

    patch.setattr(merge, "note_seen", note)
    patch.setattr(replica.Replica, "contains_document", contains)


def seen_though_it_waits(patch: pytest.MonkeyPatch) -> None:
    """A file of which something had to wait is never looked into again."""
    right = merge.merge

    def wrong(
        connection: RawConnection, source: Path, seen: merge.SeenFile | None = None
    ) -> merge.Merged:
        merged = right(connection, source, seen)
        if seen is not None:
            merge.note_seen(connection, seen)
        return merged

    patch.setattr(merge, "merge", wrong)


def no_seal_check(path: Path, target: Path) -> document.Seal:
    seal = document.read_seal(path)
    if seal is None:
        raise document.damaged(path)
    target.write_bytes(path.read_bytes()[: seal.length])
    return seal


def by_arrival(patch: pytest.MonkeyPatch) -> None:
    """The reference that this copy heard of last gives way, whenever it was made."""
    right = circles._winning_references

    def wrong(connection: RawConnection) -> dict[str, circles._Reference]:
        arrived = "SELECT n FROM txn WHERE w = ? AND ? BETWEEN seq0 AND seq1"
        return {
            row: circles._Reference(
                (connection.execute(arrived, one.stamp[1:]).fetchone()[0], *one.stamp[1:]), one.to
            )
            for row, one in right(connection).items()
        }

    patch.setattr(circles, "_winning_references", wrong)


def never_freed(patch: pytest.MonkeyPatch) -> None:
    """What once gave way stays so when the others of its circle let go."""
    right = circles._forget

    def wrong(connection: RawConnection, entity: str) -> set[str]:
        right(connection, entity)
        return set()

    patch.setattr(circles, "_forget", wrong)


GREATER = "WHERE (excluded.hlc, excluded.w, excluded.seq) > (hlc, w, seq)"

BUGS: dict[str, Plant] = {
    "no stamp greater than the one replaced": both(
        sql(journal, "_APPEND", PREVIOUS_PLUS_ONE, ":hlc"),
        sql(journal, "_APPEND_DELETIONS", PREVIOUS_PLUS_ONE, ":hlc"),
    ),
    "the wall clock only": both(
        sql(journal, "_APPEND", PREVIOUS_PLUS_ONE, ":hlc"),
        sql(journal, "_APPEND_DELETIONS", PREVIOUS_PLUS_ONE, ":hlc"),
        function(stamps.Stamps, "next", lambda self: stamps.stamp_of(self._clock())),
    ),
    "only the winning deletion counts": sql(
        deletions,
        "_FIND",
        "d.fld = 'deleted_at' AND d.val",
        "d.w = c.w AND d.seq = c.seq AND d.fld = 'deleted_at' AND d.val",
    ),
    "gaps are accepted": function(
        merge, "_WITH_GAPS", "SELECT n.w FROM temp.new_rows n WHERE false"
    ),
    "what was seen is kept outside the replica": seen_outside,
    "a writer is resumed": resumed_writer,
    "the lower stamp wins": sql(merge, "_WIN", GREATER, GREATER.replace(">", "<")),
    "equal times are a tie": sql(merge, "_WIN", GREATER, "WHERE excluded.hlc > hlc"),
    "the last to arrive wins": sql(merge, "_WIN", GREATER, "WHERE true"),
    "rows that were touched are not derived": sql(merge, "_TOUCH", "j.row", "j.row || '?'"),
    "steps are not taken": function(merge, "_APPEND_STEPS", NOTHING),
    "a writer stays as long as he was": sql(
        merge, "_EXTEND_WRITERS", "DO UPDATE SET last_seq = excluded.last_seq", "DO NOTHING"
    ),
    "rows of the future are refused": sql(
        merge,
        "_FIND_NEW",
        "WHERE ",
        "WHERE NOT EXISTS (SELECT 1 FROM other.journal f WHERE f.w = t.w"
        " AND f.hlc > (SELECT max(hlc) + (86400000 << 16) FROM main.txn)) AND ",
    ),
    "a file is seen though some of it waits": seen_though_it_waits,
    "no seal is checked": function(document, "unseal", no_seal_check),
    "what is beaten when it arrives is not noted": function(
        merge, "_NOTE_BEATEN_NEWCOMERS", NOTHING
    ),
    "what is beaten by an arrival is not noted": function(merge, "_NOTE_OLD_WINNERS", NOTHING),
    "what was replaced meanwhile stays in review": function(
        disagreements, "_FORGET_REPLACED", NOTHING
    ),
    "a deletion hides an edit it did not know": sql(
        deletions, "_FIND", "CASE WHEN NOT EXISTS", "CASE WHEN true OR NOT EXISTS"
    ),
    "a deletion hides all that is older": sql(
        deletions,
        "_FIND",
        "AND s.value ->> 0 = o.fld AND s.value ->> 1 = o.w AND s.value ->> 2 = o.seq",
        "AND (o.hlc, o.w, o.seq) < (d.hlc, d.w, d.seq)",
    ),
    "a deletion does not say what it saw": sql(
        journal, "_APPEND_DELETIONS", "s.fld <> 'deleted_at'", "false"
    ),
    "a deletion that was taken back still holds": both(
        sql(deletions, "_FIND", "THEN j.val ->> '$.at'", "THEN coalesce(j.val ->> '$.at', 'ever')"),
        sql(deletions, "_FIND", "WHERE j.val IS NOT NULL", "WHERE true"),
    ),
    "deletions that held meanwhile stay in review": function(
        disagreements, "_FORGET_DELETIONS", NOTHING
    ),
    "deleting again does not settle": function(
        disagreements, "forget_deletions_of", lambda _connection: None
    ),
    "the reference that arrived last gives way": by_arrival,
    "the earliest reference gives way": function(
        circles, "_latest", lambda circle, winners: min(circle, key=lambda one: winners[one].stamp)
    ),
    "what gave way shows nobody": function(circles, "_earlier_reference", lambda *_all: None),
    "what gave way is never freed": never_freed,
    "circles of one's own making stay": function(
        circles, "may_close_a_circle", lambda _entity, _field: False
    ),
    "the dependency with the greatest name gives way": function(
        circles, "_latest_stamp", lambda _connection, row: (0, 0, int(row[:8], 16))
    ),
}
