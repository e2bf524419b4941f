"""How long writing the whole document takes, against copying and hashing as many bytes."""

from __future__ import annotations

import hashlib
import itertools
import os
import shutil
from pathlib import Path

from benchmarks.bench_edit import account_ids, give_reason
from benchmarks.measure import Result, Target, in_turns, seconds
from benchmarks.workspaces import Bench


def measure(bench: Bench) -> list[Result]:
    """Publish after one edit, in turns with copy, fsync and SHA-256 of the same document."""
    turns = itertools.count()
    with bench.open() as workspace:
        account = workspace.read(account_ids)[0]

        def ours() -> float:
            workspace.write("Edit account", give_reason, account, f"改善が見込める {next(turns)}")
            taken = seconds(workspace.publish)
            if workspace.publish().written is not None:
                raise RuntimeError("the document was not up to date")
            return taken

        def yardstick() -> float:
            return seconds(lambda: copy_and_hash(bench.document, bench.folder / "copied"))

        times, bare_times = in_turns(ours, yardstick, runs=bench.runs)
    return [
        Result(
            "publish the document",
            bench.size.name,
            "s",
            times,
            bare_times,
            "copy + fsync + SHA-256",
            Target(ratio=3.0),
        )
    ]


def copy_and_hash(source: Path, target: Path) -> None:
    """Copy a file durably, then read the copy for its SHA-256: two passes, as sealing needs."""
    with source.open("rb") as stream, target.open("wb") as copy:
        shutil.copyfileobj(stream, copy, 1 << 20)
        copy.flush()
        os.fsync(copy.fileno())
    with target.open("rb") as stream:
        hashlib.file_digest(stream, "sha256")
