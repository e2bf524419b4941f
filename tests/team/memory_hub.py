"""A hub as a server would be one: a single table of rows, in memory, that never forgets.

It shows that nothing of a folder leaks through the interface: no file, no seal, no service.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from csdesk.store.document import SEAL_BYTES
from csdesk.store.driver import RawConnection, connect
from csdesk.store.versions import Versions, versions
from csdesk.team.hub import Parcel
from csdesk.team.outbox import Sender, count, write_outbox


@dataclass
class MemoryHub:
    """What everybody gave, held in a database in memory."""

    stage: Path
    rows: RawConnection = None
    known: Versions = field(default_factory=dict)
    _given: int = 0

    def versions(self) -> Versions:
        return dict(self.known)

    def parcels(self, known: Versions) -> Iterator[Parcel]:
        if not any(seq > known.get(writer, 0) for writer, seq in self.known.items()):
            return
        ranges = {
            writer: (known.get(writer, 0) + 1, seq)
            for writer, seq in self.known.items()
            if seq > known.get(writer, 0)
        }
        self._given += 1
        path = self.stage / f"parcel{self._given}.db"
        write_outbox(self.rows, path, ranges, Sender("server", ""))
        path.write_bytes(path.read_bytes()[:-SEAL_BYTES])
        yield Parcel("server", path, self.versions())
        path.unlink()

    def take(self, replica: RawConnection) -> int:
        have = versions(replica)
        ranges = {
            writer: (self.known.get(writer, 0) + 1, seq)
            for writer, seq in have.items()
            if seq > self.known.get(writer, 0)
        }
        self._given += 1
        path = self.stage / f"taken{self._given}.db"
        write_outbox(replica, path, ranges, Sender("someone", ""))
        path.write_bytes(path.read_bytes()[:-SEAL_BYTES])
        if self.rows is None:
            self.rows = connect(self.stage / "server.db")
            with contextlib.closing(connect(path, immutable=True)) as given:
                given.backup(self.rows)
        else:
            self._add(path)
        delivered = count(ranges, self.known)
        self.known.update({writer: seq for writer, (_first, seq) in ranges.items()})
        path.unlink()
        return delivered

    def _add(self, path: Path) -> None:
        run = self.rows.execute
        run("ATTACH ? AS given", (str(path),))
        run("INSERT INTO main.journal SELECT * FROM given.journal")
        run(
            "INSERT INTO main.txn(w, seq0, seq1, hlc, label, kind, of_w, of_seq)"
            " SELECT w, seq0, seq1, hlc, label, kind, of_w, of_seq FROM given.txn"
        )
        run(
            "INSERT INTO main.writer SELECT * FROM given.writer WHERE true"
            " ON CONFLICT(w) DO UPDATE SET last_seq = excluded.last_seq"
        )
        run("DETACH given")
