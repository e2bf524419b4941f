"""How long a merge takes beside KeePassXC's, which merges as many records: when it is installed.

Its `keepassxc-cli merge` is the nearest thing that people use: a local file, kept in synced
folders by several devices, merged record by record. Its key derivation is set to the shortest.
"""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

from benchmarks.bench_merge import replica_of, timed_guarded
from benchmarks.measure import Result, Target, in_turns, seconds
from benchmarks.parted import SMALL, parted_files
from benchmarks.workspaces import Bench
from csdesk.model.base import entity_records
from csdesk.store.driver import connect

COMMAND = "keepassxc-cli"
_PASSWORD = "benchmark"
_TIMES = (
    "<Times><LastModificationTime>{at}</LastModificationTime><CreationTime>{at}</CreationTime>"
    "<LastAccessTime>{at}</LastAccessTime><ExpiryTime>{at}</ExpiryTime><Expires>False</Expires>"
    "<UsageCount>0</UsageCount><LocationChanged>{at}</LocationChanged></Times>"
)
_BEFORE, _SINCE = "2026-11-20T09:00:00Z", "2026-11-21T09:00:00Z"


def measure(bench: Bench) -> list[Result]:
    """Merge ours with the guard, in turns with KeePassXC's merge of as many records."""
    if shutil.which(COMMAND) is None:
        print(f"{COMMAND} is not installed: left out", file=sys.stderr)
        return []
    files = parted_files(SMALL)
    replica = replica_of(bench, files.mine)
    with connect(replica.database, read_only=True) as connection:
        counts = [
            connection.execute(f'SELECT count(*) FROM "{entity}"').fetchone()[0]
            for entity in entity_records()
        ]
    records = sum(counts)
    mine, theirs = (bench.folder / f"{name}.kdbx" for name in ("mine", "theirs"))
    make_database(mine, records // 2, range(records // 2, records))
    make_database(theirs, records // 2, range(records, records + records // 2))
    times, peer_times = in_turns(
        lambda: timed_guarded(bench, replica, files.theirs, SMALL.new_rows),
        lambda: timed_peer(mine, theirs, bench.folder / "merged.kdbx"),
        runs=bench.runs,
    )
    size = f"{records:,} records"
    return [Result("merge, half of it new", size, "s", times, peer_times, COMMAND, Target())]


def timed_peer(mine: Path, theirs: Path, merged: Path) -> float:
    """Time KeePassXC merging one database into a fresh copy of another."""
    shutil.copyfile(mine, merged)
    taken = seconds(lambda: run("merge", "--same-credentials", str(merged), str(theirs)))
    if merged.stat().st_size < mine.stat().st_size * 1.2:
        raise RuntimeError("KeePassXC merged nothing")
    return taken


def make_database(path: Path, common: int, own: range) -> None:
    """Make a KeePass database of entries all have and entries only this one has.

    A tenth of the common ones was changed in it since.
    """
    xml = path.with_suffix(".xml")
    with xml.open("w", encoding="utf-8") as stream:
        stream.write("<KeePassFile><Meta><Generator>benchmark</Generator></Meta><Root><Group>")
        stream.write(f"<UUID>{_uuid(0)}</UUID><Name>Root</Name>{_TIMES.format(at=_BEFORE)}")
        for number in range(common):
            is_edited = number % 10 == own.start % 10
            stream.write(_entry(number, _SINCE if is_edited else _BEFORE, path.stem))
        stream.writelines(_own_entries(own, path.stem))
        stream.write("</Group><DeletedObjects/></Root></KeePassFile>")
    path.unlink(missing_ok=True)
    run("import", "--set-password", "--decryption-time", "100", str(xml), str(path))
    xml.unlink()


def _own_entries(own: range, name: str) -> Iterator[str]:
    for number in own:
        yield _entry(number, _SINCE, name)


def _entry(number: int, at: str, name: str) -> str:
    title = f"Weekly review {number}" if at == _BEFORE else f"{name} {number}"
    return (
        f"<Entry><UUID>{_uuid(number + 1)}</UUID>{_TIMES.format(at=at)}"
        f"<String><Key>Title</Key><Value>{title}</Value></String>"
        f"<String><Key>Notes</Key><Value>{number * 7 % 5000}</Value></String></Entry>"
    )


def _uuid(number: int) -> str:
    return base64.b64encode(uuid.UUID(int=(1 << 120) + number).bytes).decode("ascii")


def run(*arguments: str) -> None:
    """Run KeePassXC's command; raises RuntimeError with what it said where it fails."""
    done = subprocess.run(
        [COMMAND, *arguments],
        input=f"{_PASSWORD}\n{_PASSWORD}\n",
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{COMMAND} {arguments[0]}: {done.stderr.strip() or done.stdout}")
