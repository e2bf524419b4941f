"""A program killed at any moment: the document verifies, no acknowledged step is missing."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from csdesk.settings import Home
from csdesk.store.document import unseal
from csdesk.store.stamps import utc_now
from csdesk.store.versions import Versions, contains, versions
from csdesk.workspace.checking import check
from csdesk.workspace.workspace import Workspace
from tests.store.desk import Device, looked_into
from tests.store.laws import broken_laws

pytestmark = pytest.mark.soak

PROGRAM = """
import random, sys
from pathlib import Path
from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace
from tests.store.desk import add_account, rename

document, run, doing, *homes = sys.argv[1:]
desks = [Workspace.open(Path(document), home=Home.at(Path(home)), author=home) for home in homes]
chance = random.Random(int(run))
made = {id(desk): [] for desk in desks}
number = 0
print("ready", flush=True)
while True:
    number += 1
    name = f"{run}-{number}"
    workspace = desks[number % len(desks)]
    known = made[id(workspace)]
    kind = chance.randrange(5)
    if known and kind == 0:
        workspace.write("Rename", rename, chance.choice(known), name)
    elif kind == 1 and workspace.undo_label:
        workspace.undo()
        known.clear()
    else:
        def add_some(session):
            return [add_account(session, name) for _one in range(chance.randrange(1, 30))]
        known[:] = workspace.write("Add", add_some).result
    key = workspace.history(limit=1)[0].key
    print("step", key.w, key.seq1, flush=True)
    if doing == "publishing":
        workspace.publish()
        print("published", key.w, key.seq1, flush=True)
    if doing == "syncing":
        workspace.team.sync()
        print("published", key.w, key.seq1, flush=True)
"""


def killed_run(
    document: Path, homes: list[Home], run: int, chance: random.Random, doing: str, within: float
) -> list[list[str]]:
    """Let a program edit until it is killed at a random moment; return what it acknowledged."""
    arguments = [str(document), str(run), doing, *(str(home.data.parent) for home in homes)]
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments], stdout=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    assert program.stdout.readline() == "ready\n"
    with pytest.raises(subprocess.TimeoutExpired):
        program.wait(timeout=chance.random() * within)
    program.send_signal(signal.SIGKILL)
    said = program.stdout.read()
    program.wait(timeout=30)
    program.stdout.close()
    # A last line that was cut off was never acknowledged.
    return [line.split() for line in said.split("\n")[:-1]]


def noted(said: list[list[str]], what: str) -> Versions:
    """Return how far each writer got with what the program said it did."""
    return {int(writer): int(seq) for word, writer, seq in said if word == what}


def versions_in(file: Path, scratch: Path) -> Versions:
    """Read how far a sealed file knows each writer; raises UserError where it is not whole."""
    unseal(file, scratch)
    with looked_into(scratch) as connection:
        return versions(connection)


def opened_now(device: Device) -> Workspace:
    """Open with the time of the killed program: history is in the order of time."""
    device.clock.now = utc_now()
    return device.open()


def check_after_a_kill(device: Device, acknowledged: Versions) -> None:
    with opened_now(device) as workspace:
        assert not workspace.read_only
        assert broken_laws(workspace.replica.database) == []
        with looked_into(workspace.replica.database) as connection:
            assert contains(versions(connection), acknowledged)


@pytest.mark.parametrize("doing", ["editing", "publishing"])
def test_a_program_killed_at_random_moments_loses_nothing_it_acknowledged(
    device: Device, tmp_path: Path, soaking: bool, doing: str
) -> None:
    device.create().close()
    chance = random.Random(20261122)
    acknowledged: Versions = {}
    before: Versions = {}
    for run in range(300 if soaking else 2):
        said = killed_run(device.document, [device.home], run, chance, doing, 0.4)
        acknowledged |= noted(said, "step")
        known = versions_in(device.document, tmp_path / "verified.db")
        assert contains(known, before), "the document never goes back"
        assert contains(known, noted(said, "published")), "what was published stands in it"
        check_after_a_kill(device, acknowledged)
        before = versions_in(device.document, tmp_path / "verified.db")
        assert contains(before, acknowledged), "closing brings all of it into the document"
        if run % 5 == 0:
            undo_and_redo(device)
    assert acknowledged
    assert check(device.document, device.home).is_whole
    elsewhere = Device(Home.at(tmp_path / "elsewhere"), device.document)
    check_after_a_kill(elsewhere, acknowledged)
    leftovers = [path.name for path in device.document.parent.glob("*") if path.suffix == ".db"]
    assert leftovers == []


@pytest.mark.long
def test_programs_killed_while_they_exchange_lose_nothing_they_acknowledged(
    device: Device, tmp_path: Path
) -> None:
    """Two computers on one folder in one process: either may be merging when it is killed."""
    with device.create() as workspace:
        workspace.team.share()
    other = Device(Home.at(tmp_path / "other"), device.document)
    desks = [device, other]
    chance = random.Random(20261123)
    acknowledged: Versions = {}
    delivered: Versions = {}
    for run in range(300):
        said = killed_run(
            device.document, [desk.home for desk in desks], run, chance, "syncing", 3.0
        )
        acknowledged |= noted(said, "step")
        delivered |= noted(said, "published")
        assert contains(known_in_folder(device.document, tmp_path / "verified.db"), delivered)
        for desk in desks:
            with opened_now(desk) as workspace:
                assert broken_laws(workspace.replica.database) == []
                workspace.team.sync()
        for desk in desks:
            with opened_now(desk) as workspace:
                workspace.team.sync()
                assert broken_laws(workspace.replica.database) == []
                with looked_into(workspace.replica.database) as connection:
                    assert contains(versions(connection), acknowledged)
    assert acknowledged
    assert delivered
    third = Device(Home.at(tmp_path / "third"), device.document)
    with opened_now(third) as workspace:
        workspace.team.sync()
        assert broken_laws(workspace.replica.database) == []
        with looked_into(workspace.replica.database) as connection:
            assert contains(versions(connection), acknowledged)


def known_in_folder(document: Path, scratch: Path) -> Versions:
    """Join what the whole files of a shared folder know; none may be cut off."""
    known = versions_in(document, scratch)
    for outbox in document.with_suffix(".csdesk-sync").glob("*.csdx"):
        for writer, seq in versions_in(outbox, scratch).items():
            known[writer] = max(known.get(writer, 0), seq)
    return known


def undo_and_redo(device: Device) -> None:
    with opened_now(device) as workspace:
        if workspace.undo_label is None:
            return
        before = workspace.history(limit=1)[0].key
        workspace.undo()
        assert workspace.history(limit=1)[0].key != before
        workspace.redo()
