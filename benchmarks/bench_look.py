"""What it costs to find that nothing is new in a shared folder with the files of eleven people."""

from __future__ import annotations

import os
import random
from pathlib import Path

from benchmarks.measure import Result, Target, in_turns, seconds
from benchmarks.workspaces import Bench, add_rows
from csdesk.settings import Home
from csdesk.store.document import SEAL_BYTES
from csdesk.team.files import DiskFiles
from csdesk.workspace.sharing import Means
from csdesk.workspace.workspace import Workspace

PEOPLE = 11
"""Their outboxes and the document are twelve files."""

LOOKS = 200
"""Looks in one run: a single one is too short to be measured on a busy machine."""


class CountingFiles(DiskFiles):
    """A disk that counts the bytes that are read of files in the folder."""

    def __init__(self) -> None:
        self.read = 0

    def tail(self, path: Path) -> bytes:
        """Read the last 48 bytes."""
        found = super().tail(path)
        self.read += len(found)
        return found


def measure(bench: Bench) -> list[Result]:
    """Look again and again, in turns with listing the folders and reading the tails alone."""
    document = bench.folder / "looked" / "North.csdesk"
    fill_folder(bench, document)
    files = CountingFiles()
    means = Means(files, random.Random(1))
    size = f"{PEOPLE + 1} files"
    with Workspace.open(
        document, home=home_of(bench, 0), author="Person 0", means=means
    ) as workspace:
        workspace.team.sync()

        def ours() -> float:
            taken = seconds(lambda: [workspace.team.look() for _look in range(LOOKS)])
            if workspace.team.look():
                raise RuntimeError("a look found something new")
            return taken / LOOKS

        def yardstick() -> float:
            return seconds(lambda: [bare_look(document) for _look in range(LOOKS)]) / LOOKS

        times, bare_times = in_turns(ours, yardstick, runs=bench.runs)
        files.read = 0
        workspace.team.look()
    return [
        Result(
            "look: nothing new", size, "s", times, bare_times, "scandir + 48 bytes each",
            Target(limit=0.001),
        ),
        Result(
            "… read of the folder", size, "B", (float(files.read),), (), "",
            Target(limit=float(SEAL_BYTES * (PEOPLE + 1))),
        ),
    ]  # fmt: skip


def fill_folder(bench: Bench, document: Path) -> None:
    """Share a workspace among people who each did something; all know all in the end."""
    document.parent.mkdir()
    with Workspace.create(document, home=home_of(bench, 0), author="Person 0") as workspace:
        workspace.team.share()
    for number in range(PEOPLE):
        home, name = home_of(bench, number), f"Person {number}"
        with Workspace.open(document, home=home, author=name) as workspace:
            member = {"id": f"member-{number}", "name": name}
            workspace.write("Add member", add_rows, "member", [member])
            workspace.team.sync()
    found = [*document.parent.glob("*.csdesk"), *document.parent.glob("*/*.csdx")]
    if len(found) != PEOPLE + 1:
        raise RuntimeError(f"{len(found)} files lie in the folder")


def home_of(bench: Bench, number: int) -> Home:
    """Name the home of a person."""
    return Home.at(bench.folder / f"look-home{number}")


def bare_look(document: Path) -> None:
    """List both folders and read the last 48 bytes of each file: the least a look can do."""
    for folder in (document.parent, document.with_suffix(".csdesk-sync")):
        with os.scandir(folder) as listing:
            for item in listing:
                if item.is_file():
                    with open(item.path, "rb", buffering=0) as stream:
                        stream.seek(-SEAL_BYTES, os.SEEK_END)
                        stream.read(SEAL_BYTES)
