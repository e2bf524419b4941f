"""From a path to a workspace: what is opened, what is refused, and in which words."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from csdesk.errors import UserError
from csdesk.settings import Home
from csdesk.store.document import SEAL_BYTES, seal_file
from csdesk.workspace.workspace import Workspace
from tests.rounds import SOAKING, some
from tests.store.desk import Device, add_account, looked_into, names, resealed
from tests.store.laws import broken_laws


def nothing(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5000])


def short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:30])


def text(path: Path) -> None:
    path.write_text("Dear customer,\n" * 50, encoding="utf-8")


def picture(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(5000))


def foreign_database(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE photos(id)")
    connection.commit()
    connection.close()


def sealed_foreign_database(path: Path) -> None:
    foreign_database(path)
    seal_file(path)


def damaged_page(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[3 * 4096 : 3 * 4096 + 100] = os.urandom(100)
    path.write_bytes(content)


def damaged_before_it_was_sealed(path: Path) -> None:
    content = bytearray(path.read_bytes()[:-SEAL_BYTES])
    for page in range(1, len(content) // 4096):
        content[page * 4096 : page * 4096 + 60] = os.urandom(60)
    path.write_bytes(content)
    seal_file(path)


def newer_major(path: Path) -> None:
    resealed(path, "PRAGMA user_version = 2000")


def a_view(path: Path) -> None:
    resealed(path, "CREATE VIEW spy AS SELECT * FROM account")


def a_trigger(path: Path) -> None:
    resealed(path, "CREATE TRIGGER spy AFTER UPDATE ON account BEGIN DELETE FROM goal; END")


def a_computed_column(path: Path) -> None:
    resealed(path, "CREATE TABLE spy(a, b AS (a || 'x'))")


def a_virtual_table(path: Path) -> None:
    resealed(path, "CREATE VIRTUAL TABLE spy USING fts5(a)")


def another_journal(path: Path) -> None:
    resealed(path, "DROP TABLE journal", "CREATE TABLE journal(w, seq, val)")


def no_id(path: Path) -> None:
    resealed(path, "DELETE FROM meta")


def an_id_that_is_a_path(path: Path) -> None:
    resealed(path, "UPDATE meta SET v = '../../evil' WHERE k = 'workspace_id'")


def a_missing_table(path: Path) -> None:
    resealed(path, "DROP TABLE goal")


def a_missing_column(path: Path) -> None:
    resealed(path, "ALTER TABLE goal DROP COLUMN why")


REFUSED: list[tuple[Callable[[Path], None], str]] = [
    (nothing, "was not found"),
    (empty, "is empty"),
    (cut_off, "damaged or not completely copied"),
    (short, "damaged or not completely copied"),
    (text, "is not a CSDesk file"),
    (picture, "is not a CSDesk file"),
    (foreign_database, "damaged or not completely copied"),
    (sealed_foreign_database, "not a CSDesk file"),
    (damaged_page, "damaged or not completely copied"),
    (damaged_before_it_was_sealed, "damaged inside"),
    (newer_major, "newer version of CSDesk"),
    (a_view, "contains program code"),
    (a_trigger, "contains program code"),
    (a_computed_column, "contains program code"),
    (a_virtual_table, "contains program code"),
    (another_journal, "tables are not ours"),
    (no_id, "entries that no version of CSDesk writes"),
    (an_id_that_is_a_path, "entries that no version of CSDesk writes"),
    (a_missing_table, "tables are not ours"),
    (a_missing_column, "tables are not ours"),
]


HARMLESS_WHERE_KNOWN = {damaged_page}
"""Its seal is known: a replica that has all its steps needs nothing from such a document."""


@pytest.mark.parametrize("spoil", sorted(HARMLESS_WHERE_KNOWN, key=lambda spoil: spoil.__name__))
def test_a_spoilt_document_whose_steps_are_all_known_is_mended_by_the_next_step(
    device: Device, spoil: Callable[[Path], None]
) -> None:
    with device.create() as workspace:
        workspace.write("Add", add_account, "North")
    spoil(device.document)
    with device.open() as workspace:
        assert workspace.read(names) == ["North"]
        workspace.write("Add", add_account, "South")
    assert broken_laws(device.document) == []
    with Workspace.open(device.document, home=Home.at(device.document.parent / "new")) as fresh:
        assert fresh.read(names) == ["North", "South"]


@pytest.mark.parametrize(
    ("spoil", "said", "known"),
    [
        pytest.param(spoil, said, known, id=f"{spoil.__name__} {(known and 'known') or 'new'}")
        for number, (spoil, said) in enumerate(REFUSED)
        for known in ((False, True) if SOAKING else (number % 2 == 1,))
        if not (known and spoil in HARMLESS_WHERE_KNOWN)
    ],
)
def test_what_is_no_whole_document_is_refused_and_left_alone(
    device: Device, spoil: Callable[[Path], None], said: str, known: bool
) -> None:
    with device.create() as workspace:
        for number in range(40):
            workspace.write("Add", add_account, f"Account {number}")
    spoil(device.document)
    before = device.document.read_bytes() if device.document.exists() else None
    home = device.home if known else Home.at(device.document.parent / "elsewhere")
    for _turn in range(2):
        with pytest.raises(UserError, match=said) as told:
            Workspace.open(device.document, home=home)
        assert told.value.advice
    assert (device.document.read_bytes() if device.document.exists() else None) == before
    assert list((home.data / "stage").glob("*")) == []
    assert not any("evil" in path.name for path in home.data.parent.rglob("*"))


def test_a_refused_document_does_not_keep_its_replica_locked(device: Device) -> None:
    device.create().close()
    good = device.document.read_bytes()
    cut_off(device.document)
    with pytest.raises(UserError):
        device.open()
    device.document.write_bytes(good)
    with device.open() as workspace:
        assert not workspace.read_only


@pytest.mark.parametrize("path", ["/", ".", "missing/North.csdesk", "North.csdesk/x.csdesk"])
def test_what_is_no_file_is_said_plainly(device: Device, path: str) -> None:
    device.create().close()
    with pytest.raises(UserError):
        Workspace.open(device.document.parent / path, home=device.home)
    with pytest.raises(UserError):
        Workspace.create(device.document.parent / path, home=device.home)


def test_making_a_file_overwrites_none(device: Device) -> None:
    device.document.write_bytes(b"precious")
    with pytest.raises(UserError, match="exists already"):
        device.create()
    assert device.document.read_bytes() == b"precious"


def test_a_link_in_a_circle_is_said_plainly(device: Device) -> None:
    device.document.symlink_to(device.document)
    with pytest.raises(UserError):
        device.open()


NAMES = (
    "a b.csdesk",
    'it\'s "quoted".csdesk',
    "what?.csdesk",
    "no #1.csdesk",
    "100%25 done.csdesk",
    "e\u0301te\u0301.csdesk",
    "\u00e9t\u00e9.csdesk",
    "髙島屋 計画書.csdesk",
    "🎉.csdesk",
    "n" * 240 + ".csdesk",
    "計" * 80 + ".csdesk",
    "no extension",
    "-rf.csdesk",
    "file:x?mode=memory.csdesk",
)


@pytest.mark.parametrize("name", some(NAMES, every=3))
def test_documents_and_folders_may_have_any_name(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    home = Home.at(folder / "home")
    with Workspace.create(folder / name, home=home) as workspace:
        workspace.write("Add", add_account, "North")
        copy = folder / "copy.csdesk"
        workspace.save_copy_as(copy)
    with Workspace.open(folder / name, home=home) as workspace:
        assert workspace.read(names) == ["North"]
        assert workspace.undo_label == "Add"
        other = Device.beside(folder / "other", folder / name)
        with other.open() as theirs:
            theirs.write("Add", add_account, "Theirs")
        workspace.write("Add", add_account, "South")
        (folder / name).write_bytes(other.document.read_bytes())
        workspace.publish()
        assert workspace.read(names) == ["North", "South", "Theirs"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_that_is_no_text_is_a_name_too(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.csdesk"))
    home = Home.at(tmp_path / "home")
    with Workspace.create(path, home=home) as workspace:
        workspace.write("Add", add_account, "North")
    with Workspace.open(path, home=home) as workspace:
        assert workspace.read(names) == ["North"]


def test_the_documents_own_folder_may_be_the_home(tmp_path: Path) -> None:
    document = tmp_path / "North.csdesk"
    with Workspace.create(document, home=Home.at(tmp_path)) as workspace:
        workspace.write("Add", add_account, "North")
    with Workspace.open(document, home=Home.at(tmp_path)) as workspace:
        assert workspace.read(names) == ["North"]


def test_a_relative_path_is_the_same_file(device: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    with device.create() as workspace:
        monkeypatch.chdir(device.document.parent)
        with Workspace.open(Path("North.csdesk"), home=device.home) as second:
            assert second.read_only
            assert second.replica == workspace.replica


def test_what_a_newer_minor_version_added_comes_back_unchanged(device: Device) -> None:
    """Its rows of the journal do, byte by byte; its tables are made of them by who knows them."""
    with device.create() as workspace:
        made = workspace.write("Add", add_account, "North").result
    with looked_into(device.document) as connection:
        writer = connection.execute("SELECT w FROM writer").fetchone()[0]
    resealed(
        device.document,
        "PRAGMA user_version = 1007",
        "ALTER TABLE account ADD COLUMN mood TEXT",
        "CREATE TABLE robot(id TEXT PRIMARY KEY, deleted_at, title TEXT)",
        "UPDATE account SET mood = 'sunny'",
        "INSERT INTO robot VALUES ('r', NULL, 'Robby')",
        f"INSERT INTO journal VALUES ({writer}, 3, 9, 'account', '{made}', 'mood', 'sunny', NULL,"
        f" NULL), ({writer}, 4, 9, 'robot', 'r', 'title', 'Robby', NULL, NULL)",
        f"INSERT INTO cell VALUES ('account', '{made}', 'mood', 9, {writer}, 3),"
        f" ('robot', 'r', 'title', 9, {writer}, 4)",
        f"UPDATE writer SET last_seq = 4 WHERE w = {writer}",
        "INSERT INTO txn(w, seq0, seq1, hlc, label, kind)"
        f" VALUES ({writer}, 3, 4, 9, 'R', 'robot')",
    )
    unknown = unknown_rows(device.document)
    assert len(unknown) == 2
    fresh = Device.beside(device.document.parent / "fresh", device.document)
    for known in (device, fresh):
        with known.open() as workspace:
            workspace.write("Add", add_account, "South")
            workspace.undo()
            workspace.write("Add", add_account, "East")
            assert workspace.history(limit=9)[-1].label == "R"
        assert unknown_rows(known.document) == unknown
        assert broken_laws(known.document) == []
    device.document.write_bytes(fresh.document.read_bytes())
    with device.open() as workspace:
        assert workspace.read(names) == ["East", "East", "North"]
        workspace.write("Add", add_account, "Here")
    assert unknown_rows(device.document) == unknown


def unknown_rows(document: Path) -> list[tuple[object, ...]]:
    with looked_into(document) as connection:
        rows: list[tuple[object, ...]] = connection.execute(
            "SELECT w, seq, hlc, ent, row, fld, quote(val), typeof(val), pw, pseq FROM journal"
            " WHERE fld = 'mood' OR ent = 'robot' ORDER BY w, seq"
        ).fetchall()
        return rows


def test_an_empty_replica_is_filled_again(device: Device) -> None:
    with device.create() as workspace:
        workspace.write("Add", add_account, "North")
        database = workspace.replica.database
    database.write_bytes(b"")
    with device.open() as workspace:
        assert workspace.read(names) == ["North"]


def test_a_damaged_replica_is_said_plainly(device: Device) -> None:
    with device.create() as workspace:
        workspace.write("Add", add_account, "North")
        database = workspace.replica.database
    for content in (b"rubbish" * 1000, os.urandom(9000)):
        database.write_bytes(content)
        with pytest.raises(UserError, match="local copy of this file is damaged") as told:
            device.open()
        assert "--repair" in told.value.advice


def test_a_lost_or_damaged_index_is_simply_made_again(device: Device) -> None:
    with device.create() as workspace:
        workspace.write("Add", add_account, "North")
        local = workspace.replica.local
    for spoil in (empty, text, nothing, damaged_page):
        spoil(local)
        with device.open() as workspace:
            assert workspace.read(names) == ["North"]
            workspace.write("Add", add_account, "South")
            workspace.undo()
