"""What `check --repair` saves from damaged files, and what it says of the rest."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from csdesk.errors import UserError
from csdesk.settings import Home
from csdesk.store.driver import connect
from csdesk.workspace.checking import check
from csdesk.workspace.repairing import RepairReport, repair
from csdesk.workspace.workspace import Workspace
from tests.moulds import Mould
from tests.rounds import some
from tests.store.damage import overwrite_page, pages_of
from tests.store.desk import Device, add_account, names
from tests.store.laws import broken_laws
from tests.workspace.test_opening import resealed


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Mould[Device]:
    """Fill a document in 30 steps of 10 accounts, for copies of it."""
    device = Device.beside(tmp_path_factory.mktemp("many") / "desk")
    with device.create() as workspace:
        for step in range(30):
            workspace.write(f"Import {step}", add_ten, step)
    return Mould(device.document, device.home, device)


@pytest.fixture
def filled(many: Mould[Device], device: Device) -> tuple[Device, Path]:
    """Return a device with a closed document of 30 steps of 10 accounts, and its replica."""
    device.clock.now = many.made.clock.now
    return device, many.lay(device.document, device.home)


def add_ten(session, step: int) -> None:  # type: ignore[no-untyped-def]
    for number in range(10):
        add_account(session, f"{step:03} {number}", business_summary="Machines. " * 5)


def mended(device: Device) -> RepairReport:
    report = repair(device.document, device.home, device.clock)
    assert report.lines()
    assert check(report.path, device.home).is_whole
    assert broken_laws(report.path) == []
    return report


def everything(device: Device) -> list[str]:
    with device.open() as workspace:
        assert not workspace.read_only
        return workspace.read(names)


ALL = sorted(f"{step:03} {number}" for step in range(30) for number in range(10))


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def zeroed(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def deleted(path: Path) -> None:
    path.unlink()


def rubbish_in_the_journal(path: Path) -> None:
    overwrite_page(path, pages_of(path, "journal")[5])


def rubbish_in_a_table(path: Path) -> None:
    overwrite_page(path, pages_of(path, "account")[2])


def rubbish_at_the_beginning(path: Path) -> None:
    overwrite_page(path, 1)


SPOILS = [
    cut_off,
    zeroed,
    emptied,
    deleted,
    rubbish_in_the_journal,
    rubbish_in_a_table,
    rubbish_at_the_beginning,
]


def test_a_whole_file_needs_no_mending(filled: tuple[Device, Path]) -> None:
    device, _database = filled
    before = device.document.read_bytes()
    report = mended(device)
    assert report.done == ("Nothing had to be mended.",)
    assert device.document.read_bytes() == before


@pytest.mark.parametrize("spoil", some(SPOILS, every=3))
def test_a_whole_replica_writes_a_damaged_document_again(
    filled: tuple[Device, Path], spoil: Callable[[Path], None]
) -> None:
    device, database = filled
    spoil(device.document)
    damaged = device.document.read_bytes() if device.document.exists() else None
    report = mended(device)
    assert "The document was written again." in report.done or report.path != device.document
    assert (report.saved, report.lost) == (0, 0)
    if damaged is not None and report.path == device.document:
        kept = list((database.parent / "archive").rglob("document.csdesk"))
        assert [path.read_bytes() for path in kept] == [damaged]
    device.document = report.path
    assert everything(device) == ALL


@pytest.mark.parametrize("spoil", some(SPOILS, every=3, first=1))
def test_a_damaged_replica_is_made_again_from_a_whole_document(
    filled: tuple[Device, Path], spoil: Callable[[Path], None]
) -> None:
    device, database = filled
    spoil(database)
    report = mended(device)
    assert (report.saved, report.lost) == (0, 0)
    assert everything(device) == ALL
    with device.open() as workspace:
        assert workspace.undo_label == "Import 29"


@pytest.mark.parametrize("spoil", [rubbish_in_a_table, rubbish_at_the_beginning])
def test_unpublished_steps_are_read_from_a_damaged_replica(
    filled: tuple[Device, Path], spoil: Callable[[Path], None]
) -> None:
    device, database = filled
    old = device.document.read_bytes()
    with device.open() as workspace:
        for step in range(30, 40):
            workspace.write(f"Import {step}", add_ten, step)
    device.document.write_bytes(old)
    for kept in (database.parent / "backups").glob("*"):
        kept.unlink()
    spoil(database)
    report = mended(device)
    assert (report.saved, report.lost) == (300, 0)
    assert "300 changes were saved" in report.lines()[-1]
    assert len(everything(device)) == 400
    with device.open() as workspace:
        assert workspace.undo_label == "Import 39"


def test_what_cannot_be_read_any_more_is_counted(filled: tuple[Device, Path]) -> None:
    device, database = filled
    old = device.document.read_bytes()
    with device.open() as workspace:
        for step in range(30, 60):
            workspace.write(f"Import {step}", add_ten, step)
    device.document.write_bytes(old)
    for kept in (database.parent / "backups").glob("*"):
        kept.unlink()
    newest_writer = newest_pages(database)
    overwrite_page(database, newest_writer[len(newest_writer) // 2])
    report = mended(device)
    assert report.lost > 0
    assert report.saved + report.lost == 900
    assert report.saved % 30 == 0  # whole steps only
    assert "lost here" in report.lines()[-1]
    found = everything(device)
    assert len(found) == 300 + report.saved // 3
    assert set(ALL) <= set(found)
    archived = list((database.parent / "archive").rglob("replica.db"))
    assert len(archived) == 1


def newest_pages(database: Path) -> list[int]:
    """Return the leaf pages that hold rows of the writer who wrote last."""
    connection = connect(database, read_only=True)
    newest = connection.execute("SELECT w FROM txn ORDER BY n DESC LIMIT 1").fetchone()[0]
    writers = [row[0] for row in connection.execute("SELECT DISTINCT w FROM journal ORDER BY w")]
    connection.close()
    pages = pages_of(database, "journal")[1:]
    half = len(pages) // 2
    return pages[half + 2 : -2] if writers.index(newest) == 1 else pages[3:half]


def test_a_backup_gives_back_what_document_and_replica_lost(filled: tuple[Device, Path]) -> None:
    device, database = filled
    device.document.unlink()
    zeroed(database)
    report = mended(device)
    assert report.path == device.document
    assert any(line.startswith("Taken in: 2026-11-22T") for line in report.done)
    found = everything(device)
    assert set(found) <= set(ALL)
    assert found


def test_a_damaged_document_alone_gives_what_can_be_read(filled: tuple[Device, Path]) -> None:
    device, _database = filled
    rubbish_in_a_table(device.document)
    device.home = Home.at(device.document.parent / "elsewhere")
    report = mended(device)
    assert (report.saved, report.lost) == (900, 0)
    assert everything(device) == ALL


def test_a_document_cut_off_alone_gives_its_first_steps(filled: tuple[Device, Path]) -> None:
    device, _database = filled
    content = device.document.read_bytes()
    device.document.write_bytes(content[: int(len(content) * 0.9)])
    device.home = Home.at(device.document.parent / "elsewhere")
    report = mended(device)
    assert report.saved > 0
    assert report.saved + report.lost == 900
    assert set(everything(device)) <= set(ALL)


@pytest.mark.parametrize("content", [b"", b"Dear customer", bytes(10_000)])
def test_where_nothing_is_left_nothing_is_done(device: Device, content: bytes) -> None:
    device.document.write_bytes(content)
    with pytest.raises(UserError):
        repair(device.document, device.home)
    assert device.document.read_bytes() == content


def test_a_foreign_file_in_the_place_of_the_document_is_left_alone(
    filled: tuple[Device, Path],
) -> None:
    device, _database = filled
    device.document.write_bytes(b"my thesis")
    report = mended(device)
    assert device.document.read_bytes() == b"my thesis"
    assert report.path != device.document
    device.document = report.path
    assert everything(device) == ALL


def test_a_file_of_a_newer_version_is_left_alone(filled: tuple[Device, Path]) -> None:
    device, _database = filled
    resealed(device.document, "PRAGMA user_version = 2000")
    before = device.document.read_bytes()
    with pytest.raises(UserError, match="newer version"):
        repair(device.document, device.home)
    assert device.document.read_bytes() == before


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM cell WHERE fld = 'name'",
        "UPDATE account SET name = 'Forged'",
        "DELETE FROM account",
    ],
)
def test_what_is_derived_is_made_anew(filled: tuple[Device, Path], change: str) -> None:
    device, database = filled
    connection = connect(database)
    connection.execute(change)
    connection.close()
    mended(device)
    assert everything(device) == ALL
    resealed(device.document, change)
    device.home = Home.at(device.document.parent / "elsewhere")
    mended(device)
    assert everything(device) == ALL


def test_gaps_in_a_journal_are_filled_from_the_document(filled: tuple[Device, Path]) -> None:
    device, database = filled
    connection = connect(database)
    connection.execute("DELETE FROM journal WHERE seq BETWEEN 700 AND 800")
    connection.close()
    mended(device)
    assert everything(device) == ALL


def test_an_open_file_is_not_mended_under_the_feet_of_who_works_on_it(
    workspace: Workspace, device: Device
) -> None:
    workspace.write("Add", add_account)
    device.document.write_bytes(os.urandom(5000))
    with pytest.raises(UserError, match="is open in another CSDesk"):
        repair(device.document, device.home)
    assert workspace.read(names) == ["North"]


def test_a_damaged_index_is_made_again(filled: tuple[Device, Path]) -> None:
    device, database = filled
    local = database.with_name("local.db")
    overwrite_page(local, 5)
    (database.with_name("index-damaged")).touch()
    mended(device)
    assert everything(device) == ALL
