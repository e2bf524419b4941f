"""A full or failing disk, read-only folders: a plain sentence, nothing changed, nothing lost."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from csdesk.errors import UserError
from csdesk.store.driver import Trouble, connect, told_plainly, trouble_of
from csdesk.workspace.workspace import Workspace
from tests.store.desk import Device, add_account, names
from tests.store.laws import broken_laws

# Runs in a process of its own, which alone the disk is full for.
PROGRAM = """
import json, resource, sys, uuid
from pathlib import Path
from csdesk.errors import UserError
from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace
from tests.store.desk import add_account, names

document, home, means = sys.argv[1:]
workspace = Workspace.open(Path(document), home=Home.at(Path(home)))
if means == "limit":
    size = workspace.replica.database.stat().st_size + 150_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
kept, told = [], []
def fill(session, name):
    add_account(session, name, business_summary=uuid.uuid4().hex * 3000)
for number in range(60):
    name = f"Account {number:02}"
    try:
        workspace.write("Add", fill, name)
        kept.append(name)
    except UserError as error:
        told.append(str(error))
shown = workspace.read(names)
for work in (workspace.publish, workspace.back_up,
             lambda: workspace.save_copy_as(Path(document).with_name("copy.csdesk"))):
    try:
        work()
    except UserError as error:
        told.append(str(error))
try:
    workspace.close()
except UserError as error:
    told.append(str(error))
print(json.dumps({"kept": kept, "shown": shown, "told": sorted(set(told))}))
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
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_a_full_disk_changes_nothing_and_loses_nothing(
    device: Device, tmp_path: Path, means: str
) -> None:
    with device.create() as workspace:
        workspace.write("Add", add_account, "A first account")
    home = device.home.data.parent
    command = [sys.executable, "-c", PROGRAM, str(device.document), str(home), means]
    if means == "disk":
        small = tmp_path / "small"
        small.mkdir()
        # The whole home and the document lie on a disk of 4 MB, and come back from it at the end.
        script = (
            'mount -t tmpfs -o size=4m none "$1" && cp -a "$2" "$1/home" && cp -a "$3" "$1/doc"'
            ' && "$4" -c "$5" "$1/doc/North.csdesk" "$1/home" disk; status=$?;'
            ' cp -a "$1/home/." "$2/"; cp -a "$1/doc/." "$3/"; exit $status'
        )
        folders = [str(small), str(home), str(device.document.parent)]
        inner = ["sh", "-c", script, "sh", *folders, sys.executable, PROGRAM]
        command = ["unshare", "--map-root-user", "--mount", *inner]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert ended.returncode == 0, ended.stderr
    said = json.loads(ended.stdout)
    assert 0 < len(said["kept"]) < 60
    assert said["shown"] == ["A first account", *said["kept"]]
    assert said["told"]
    wanted = ("The disk is full", "The disk reported an error")
    assert [text for text in said["told"] if not text.startswith(wanted)] == []
    drafts = [path.name for path in device.document.parent.glob("~$*")]
    assert drafts == []
    if means == "limit":
        # There is room again: what was done is all there, and the document is written.
        with device.open() as workspace:
            assert workspace.read(names) == ["A first account", *said["kept"]]
            assert broken_laws(workspace.replica.database) == []
            workspace.write("Add", add_account, "B after")
            workspace.undo()
        assert broken_laws(device.document) == []


def test_a_locked_database_is_said_plainly_and_writing_goes_on(workspace: Workspace) -> None:
    workspace.write("Add", add_account, "North")
    workspace._writing.raw().execute("PRAGMA busy_timeout = 20")
    other = connect(workspace.replica.database)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(UserError, match="Another program is using"):
        workspace.write("Add", add_account, "South")
    other.execute("ROLLBACK")
    other.close()
    workspace.write("Add", add_account, "East")
    assert workspace.read(names) == ["East", "North"]
    assert broken_laws(workspace.replica.database) == []


def test_an_index_that_fails_later_does_not_fail_the_step(workspace: Workspace) -> None:
    """The step is in the journal; the index is brought up to date when it can be."""
    workspace.write("Add", add_account, "North")
    other = connect(workspace.replica.local)
    other.execute("DROP TABLE words")
    other.execute("CREATE TABLE words(kind, title, body)")
    other.close()
    workspace.write("Add", add_account, "South")
    assert workspace.read(names) == ["North", "South"]


READ_ONLY = """
import os, sys
from pathlib import Path
from csdesk.errors import UserError
from csdesk.i18n import use_language
from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace
from tests.store.desk import add_account

use_language("en")  # loaded now: nobody may not read where the program lies
document, home, folder = sys.argv[1:]
workspace = Workspace.open(Path(document), home=Home.at(Path(home)))
workspace.write("Add", add_account, "South")
if os.geteuid() == 0:
    os.setegid(65534)
    os.seteuid(65534)
for work in (workspace.publish, workspace.close,
             lambda: Workspace.create(Path(folder, "new.csdesk"), home=Home.at(Path(home))),
             lambda: Workspace.open(Path(document), home=Home.at(Path(folder) / "home")),
             lambda: Workspace.open(Path(document), home=Home.at(Path(home) / "other"))):
    try:
        work()
        print("done")
    except UserError as error:
        print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows folders have no such permissions")
def test_a_read_only_folder_is_said_plainly_and_loses_nothing(device: Device) -> None:
    """Root may write anywhere, so the program goes on as nobody where the tests run as root."""
    with device.create() as workspace:
        workspace.write("Add", add_account, "North")
    before = device.document.read_bytes()
    folder = device.document.parent
    home = device.home.data.parent
    if os.geteuid() == 0:
        give_away(home)
        for way in folder.parents:  # the tests' own folders, which nobody may enter else
            if way == Path(tempfile.gettempdir()):
                break
            way.chmod(way.stat().st_mode | 0o055)
    folder.chmod(0o555)
    try:
        ended = subprocess.run(
            [sys.executable, "-c", READ_ONLY, str(device.document), str(home), str(folder)],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    finally:
        folder.chmod(0o755)
    assert ended.returncode == 0, ended.stderr
    lines = ended.stdout.splitlines()
    assert "North.csdesk” cannot be written to" in lines[0]
    assert "North.csdesk” cannot be written to" in lines[1]
    assert "new.csdesk” cannot be written to" in lines[2]
    assert "could not be kept" in lines[3]
    assert lines[4] == "done"  # a document in a read-only folder can be read
    assert device.document.read_bytes() == before
    assert not list(folder.glob("~$*"))
    with device.open() as workspace:
        assert workspace.read(names) == ["North", "South"]
    assert device.document.read_bytes() != before


def give_away(folder: Path) -> None:
    """Let everybody write below a folder."""
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o777 if path.is_dir() else 0o666)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "The disk is full"),
        (errno.EDQUOT, "The disk is full"),
        (errno.EFBIG, "The disk is full"),
        (errno.EACCES, "cannot be written to"),
        (errno.EROFS, "cannot be written to"),
        (errno.EIO, "The disk reported an error"),
        (errno.ENOENT, "was not found"),
        (errno.EISDIR, "is not a file"),
        (errno.ENOTDIR, "is not a file"),
        (errno.ENAMETOOLONG, "name is too long"),
    ],
)
def test_what_the_disk_complains_about_is_said_plainly(number: int, said: str) -> None:
    with pytest.raises(UserError, match=said), told_plainly():
        raise OSError(number, os.strerror(number), "/x/North.csdesk")


@pytest.mark.parametrize("error", [ValueError("disk is full"), OSError(errno.EINVAL, "odd")])
def test_what_is_our_own_mistake_is_not_explained_away(error: Exception) -> None:
    with pytest.raises(type(error)), told_plainly():
        raise error


def test_mistakes_in_sql_are_no_trouble_of_the_disk(tmp_path: Path) -> None:
    connection = connect(tmp_path / "x.db")
    with pytest.raises(Exception, match="no such table") as raised:
        connection.execute("SELECT * FROM disk_full_readonly_locked")
    assert trouble_of(raised.value) is None
    connection.close()
    (tmp_path / "x.db").write_bytes(b"rubbish" * 1000)
    with pytest.raises(Exception, match="not a database") as raised:
        connect(tmp_path / "x.db").execute("SELECT * FROM sqlite_schema")
    assert trouble_of(raised.value) is Trouble.DAMAGED
