"""What a file from outside says: an immutable fact of its SHA-256, once it was found whole.

Kept in the database beside the replica, so that a file is read in full only once. Nothing here
tells what this replica knows: that is asked of its own journal, in one and the same place.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from csdesk.model.base import instant_text
from csdesk.store.driver import RawConnection, connect
from csdesk.store.versions import Versions, contains
from csdesk.team.guard import Admitted
from csdesk.team.outbox import KIND


@dataclass(frozen=True, slots=True)
class Content:
    """What a whole file says: of whom it has which rows, and who wrote it.

    `last` is how far it has each writer; `first` where it begins, for those whose beginning it
    lacks.
    """

    workspace: str
    is_outbox: bool
    last: Versions
    first: Versions
    device: str = ""
    author: str = ""

    def begins(self, writer: int) -> int:
        """Tell the number of the first row it has of a writer."""
        return self.first.get(writer, 1)

    def adds_to(self, known: Versions) -> bool:
        """Tell whether it has rows that follow what is known without a gap."""
        return any(
            seq > known.get(writer, 0) >= self.begins(writer) - 1
            for writer, seq in self.last.items()
        )

    def is_within(self, known: Versions) -> bool:
        """Tell whether all it has is known."""
        return contains(known, self.last)

    def rows(self) -> int:
        """Count its rows."""
        return sum(seq - self.begins(writer) + 1 for writer, seq in self.last.items())

    def rows_beyond(self, known: Versions) -> int:
        """Count its rows that lie beyond what is known."""
        return sum(
            max(0, seq - max(known.get(writer, 0), self.begins(writer) - 1))
            for writer, seq in self.last.items()
        )


def content_of(admitted: Admitted, database: Path) -> Content:
    """Read what a guarded database says."""
    with contextlib.closing(connect(database, immutable=True)) as connection:
        run = connection.execute
        meta = dict(run("SELECT k, v FROM meta WHERE k IN ('device', 'author')").fetchall())
        wrote = run("SELECT device, author FROM writer ORDER BY started DESC, w LIMIT 1").fetchone()
    device, author = wrote or ("", "")
    return Content(
        admitted.workspace,
        admitted.kind == KIND,
        dict(admitted.versions),
        {writer: seq for writer, seq in admitted.first.items() if seq != 1},
        str(meta.get("device", device)),
        str(meta.get("author", author)),
    )


def covered_by(contents: Iterable[Content]) -> Versions:
    """Tell how far each writer's rows lie in some files together, without a gap."""
    known: Versions = {}
    left = list(contents)
    while True:
        adding = [content for content in left if content.adds_to(known)]
        if not adding:
            return known
        for content in adding:
            for writer, seq in content.last.items():
                if seq > known.get(writer, 0) >= content.begins(writer) - 1:
                    known[writer] = seq


class Notes:
    """Small facts about files, in the database beside the replica: lost with no harm done."""

    def __init__(self, connection: RawConnection) -> None:
        self._run = connection.execute

    def content(self, sha256: str) -> Content | None:
        """Read what the file with this SHA-256 says; None where it was never read."""
        kept = self._read(f"team content {sha256}")
        if kept is None:
            return None
        return Content(
            kept["workspace"],
            kept["outbox"],
            {int(writer): seq for writer, seq in kept["last"]},
            {int(writer): seq for writer, seq in kept["first"]},
            kept["device"],
            kept["author"],
        )

    def keep_content(self, sha256: str, content: Content) -> None:
        """Keep what the file with this SHA-256 says."""
        self._write(
            f"team content {sha256}",
            {
                "workspace": content.workspace,
                "outbox": content.is_outbox,
                "last": sorted(content.last.items()),
                "first": sorted(content.first.items()),
                "device": content.device,
                "author": content.author,
            },
        )

    def is_proven(self, name: str, sign: str) -> bool:
        """Tell whether a file was read in full since it was last written, as its sign tells."""
        return bool(self._read(f"team proven {name}") == sign)

    def keep_proven(self, name: str, sign: str) -> None:
        """Keep that a file with this sign was read in full, or written, and is whole."""
        self._write(f"team proven {name}", sign)

    def since(self, what: str, now: dt.datetime) -> dt.datetime:
        """Tell since when something is so; since now where it was not noted before.

        A note from the future is one of a clock that was put right since: it starts again.
        """
        kept = self._read(f"team since {what}")
        at = dt.datetime.fromisoformat(kept) if isinstance(kept, str) else None
        if at is None or at > now:
            self._write(f"team since {what}", instant_text(now))
            return now
        return at

    def no_longer(self, what: str) -> None:
        """Note that something is not so any more."""
        self._run("DELETE FROM local.note WHERE k = ?", (f"team since {what}",))

    def fact(self, what: str) -> str | None:
        """Read a small fact; None where it was never kept."""
        kept = self._read(f"team fact {what}")
        return None if kept is None else str(kept)

    def keep_fact(self, what: str, value: str) -> None:
        """Keep a small fact."""
        self._write(f"team fact {what}", value)

    def forget_files(self, kept: Iterable[str]) -> None:
        """Forget all contents and times but those of these SHA-256s and names."""
        left = set(kept)
        keys = self._run("SELECT k FROM local.note WHERE k >= 'team ' AND k < 'team!'").fetchall()
        for (key,) in keys:
            _team, kind, what = key.split(" ", 2)
            if kind != "fact" and what.partition(" ")[2] not in left and what not in left:
                self._run("DELETE FROM local.note WHERE k = ?", (key,))

    def _read(self, key: str) -> Any:
        row = self._run("SELECT v FROM local.note WHERE k = ?", (key,)).fetchone()
        return None if row is None else json.loads(row[0])

    def _write(self, key: str, value: Any) -> None:
        self._run(
            "INSERT INTO local.note VALUES (?, ?) ON CONFLICT(k) DO UPDATE SET v = excluded.v",
            (key, json.dumps(value)),
        )
