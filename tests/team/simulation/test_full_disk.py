"""A disk that is really full, under the shared folder or under the home: said, and made up for."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from csdesk.settings import Home
from csdesk.store.document import whole_seal
from csdesk.workspace.workspace import Workspace
from tests.store.desk import names
from tests.store.laws import broken_laws

# Runs in a process of its own, which alone the disk is full for.
PROGRAM = """
import json, resource, sys, uuid
from pathlib import Path
from csdesk.errors import UserError
from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace
from tests.store.desk import add_account

shared, home, other, full, means = sys.argv[1:]
document = Path(shared) / "North.csdesk"
kept, told = [], []

def fill(session, name):
    add_account(session, name, business_summary=uuid.uuid4().hex * 2000)

def add(workspace, number):
    name = f"Account {number:02}"
    try:
        workspace.write("Add", fill, name)
        kept.append(name)
    except UserError as error:
        told.append(error.message)

def tried(do):
    try:
        report = do()
        told.extend(getattr(report, "notices", ()))
    except UserError as error:
        told.append(error.message)

workspace = Workspace.create(document, home=Home.at(Path(home)), author="Aiko")
add(workspace, 0)
workspace.team.share()
ballast = Path(full) / "ballast"
if means == "limit":
    soft = 600_000 if full == shared else workspace.replica.database.stat().st_size + 400_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, resource.RLIM_INFINITY))
else:
    with ballast.open("wb", buffering=0) as stream:
        try:
            while stream.write(bytes(8192)) == 8192:
                pass
        except OSError:
            pass
for number in range(1, 25):
    add(workspace, number)
    tried(workspace.team.sync)
state = workspace.team.state.kind.value
tried(workspace.close)
if means == "limit":
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
ballast.unlink(missing_ok=True)
# There is room again: one round, and another computer has all.
with Workspace.open(document, home=Home.at(Path(home)), author="Aiko") as workspace:
    workspace.team.sync()
    healed = workspace.team.state.kind.value
with Workspace.open(document, home=Home.at(Path(other)), author="Ben") as workspace:
    workspace.team.sync()
print(json.dumps({"kept": kept, "told": sorted(set(told)), "state": state, "healed": healed}))
"""


def runs_where_disks_can_be_made() -> bool:
    """Tell whether this process may mount a small disk of its own."""
    unshare = ["unshare", "--map-root-user", "--mount", "true"]
    try:
        return subprocess.run(unshare, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


MEANS = ["limit", *(["disk"] if runs_where_disks_can_be_made() else [])]
"""A limit on the size of files works on every POSIX system, a really full disk on most."""


@pytest.mark.parametrize("means", MEANS)
@pytest.mark.parametrize("full", ["shared", "home"])
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_a_full_disk_is_said_and_made_up_for(tmp_path: Path, full: str, means: str) -> None:
    folders = {name: tmp_path / name for name in ("shared", "home", "other")}
    for folder in folders.values():
        folder.mkdir()
    arguments = [*map(str, folders.values()), str(folders[full]), means]
    command = [sys.executable, "-c", PROGRAM, *arguments]
    if means == "disk":
        # The full folder is a disk of 3 MB while the program runs; what it holds then is kept.
        script = (
            'mount -t tmpfs -o size=3m none "$1" && shift && "$@"; status=$?;'
            ' mkdir "$0"; cp -a "$FULL/." "$0/"; umount "$FULL"; cp -a "$0/." "$FULL/";'
            " exit $status"
        )
        inner = ["env", f"FULL={folders[full]}", "sh", "-c", script, str(tmp_path / "carried")]
        command = [
            *("unshare", "--map-root-user", "--mount"),
            *inner,
            str(folders[full]),
            *command,
        ]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=180)
    assert ended.returncode == 0, ended.stderr
    said = json.loads(ended.stdout)
    assert said["told"], "the user hears of it"
    wanted = ("The disk is full", "The disk reported an error")
    assert [text for text in said["told"] if not text.startswith(wanted)] == []
    if (full, means) == ("shared", "disk"):
        # Everywhere else the replica is full as well, so that there is nothing to share.
        assert said["state"] == "trouble"
    assert said["healed"] == "shared"
    for name in ("home", "other"):
        with Workspace.open(
            folders["shared"] / "North.csdesk", home=Home.at(folders[name])
        ) as workspace:
            assert workspace.read(names) == said["kept"]
            assert broken_laws(workspace.replica.database) == []
    sealed = list(folders["shared"].rglob("*.csd*"))
    assert [path.name for path in sealed if path.is_file() and whole_seal(path) is None] == []
    assert list(folders["shared"].rglob("~$*")) == []
