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
from csdesk.workspace.checking import check
from csdesk.workspace.workspace import Workspace
from tests.store.desk import Device, looked_into
from tests.store.laws import broken_laws

pytestmark = pytest.mark.soak

PROGRAM = """
import random, sys
from pathlib import Path
from sqlalchemy import update
from csdesk.model.records import Account
from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace
from tests.store.desk import add_account, mark_deleted, rename

document, home, run, publishing = sys.argv[1:]
workspace = Workspace.open(Path(document), home=Home.at(Path(home)), author="killed")
chance = random.Random(int(run))
made = []
number = 0
print("ready", flush=True)
while True:
    number += 1
    name = f"{run}-{number}"
    kind = chance.randrange(5)
    if made and kind == 0:
        workspace.write("Rename", rename, chance.choice(made), name)
    elif kind == 1 and workspace.undo_label:
        workspace.undo()
        made = []
    else:
        def add_some(session):
            return [add_account(session, name) for _one in range(chance.randrange(1, 30))]
        made = workspace.write("Add", add_some).result
    if publishing == "yes":
        workspace.publish()
        print("published", flush=True)
    print("step", workspace.history(limit=1)[0].key.w, workspace.history(limit=1)[0].key.seq1,
          flush=True)
"""


def killed_run(device: Device, run: int, chance: random.Random, *, publishing: bool) -> list[str]:
    """Let a program edit until it is killed at a random moment; return what it acknowledged."""
    arguments = [str(device.document), str(device.home.data.parent), str(run)]
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments, "yes" if publishing else "no"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert program.stdout is not None
    assert program.stdout.readline() == "ready\n"
    with pytest.raises(subprocess.TimeoutExpired):
        program.wait(timeout=chance.random() * 0.4)
    program.send_signal(signal.SIGKILL)
    said = program.stdout.read()
    program.wait(timeout=30)
    program.stdout.close()
    # A last line that was cut off was never acknowledged.
    return said.split("\n")[:-1]


@pytest.mark.parametrize("publishing", [False, True], ids=["editing", "publishing"])
def test_a_program_killed_at_random_moments_loses_nothing_it_acknowledged(
    device: Device, tmp_path: Path, soaking: bool, publishing: bool
) -> None:
    device.create().close()
    chance = random.Random(20261122)
    acknowledged: dict[int, int] = {}
    for run in range(100 if soaking else 15):
        for line in killed_run(device, run, chance, publishing=publishing):
            if line.startswith("step "):
                _step, writer, seq = line.split()
                acknowledged[int(writer)] = int(seq)
        unseal(device.document, tmp_path / "verified.db")
        with Workspace.open(device.document, home=device.home) as workspace:
            database = workspace.replica.database
            assert not workspace.read_only
            assert broken_laws(database) == []
            with looked_into(database) as connection:
                kept = dict(connection.execute("SELECT w, last_seq FROM writer").fetchall())
            missing = {w: seq for w, seq in acknowledged.items() if kept.get(w, 0) < seq}
            assert missing == {}
            if run % 5 == 0 and workspace.undo_label:
                before = workspace.history(limit=1)[0].key
                workspace.undo()
                assert workspace.history(limit=1)[0].key != before
                workspace.redo()
    assert acknowledged
    assert check(device.document, device.home).is_whole
    elsewhere = Home.at(tmp_path / "elsewhere")
    with Workspace.open(device.document, home=elsewhere) as workspace:
        assert broken_laws(workspace.replica.database) == []
    leftovers = [path.name for path in device.document.parent.glob("*") if path.suffix == ".db"]
    assert leftovers == []
