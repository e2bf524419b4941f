"""What `check` finds in whole and in damaged files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from csdesk import i18n
from csdesk.errors import UserError
from csdesk.settings import Home
from csdesk.store.driver import connect
from csdesk.workspace.checking import CheckReport, Fault, check
from tests.moulds import Mould
from tests.store.damage import overwrite_page, pages_of
from tests.store.desk import Device, add_account, crash_after, names, resealed


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Mould[Device]:
    """Fill a document with 500 accounts, for copies of it."""

    def add_many(session) -> None:  # type: ignore[no-untyped-def]
        for number in range(500):
            add_account(session, f"Account {number}", business_summary="Machines. " * 5)

    device = Device.beside(tmp_path_factory.mktemp("many") / "desk")
    with device.create() as workspace:
        workspace.write("Import", add_many)
    return Mould(device.document, device.home, device)


@pytest.fixture
def filled(many: Mould[Device], device: Device) -> tuple[Device, Path]:
    """Return a device with 500 accounts in a closed document, and where its replica lies."""
    device.clock.now = many.made.clock.now
    return device, many.lay(device.document, device.home)


def checked(device: Device) -> CheckReport:
    return check(device.document, device.home)


def faults(report: CheckReport) -> tuple[set[Fault], set[Fault]]:
    document = {finding.fault for finding in report.document}
    return document, {finding.fault for finding in report.replica}


def test_a_whole_file_is_found_whole_and_nothing_is_changed(filled: tuple[Device, Path]) -> None:
    device, database = filled
    before = device.document.read_bytes(), database.read_bytes()
    report = checked(device)
    assert report.is_whole
    assert report.lines() == ["Everything is in order: 1,500 changes were checked."] or (
        report.lines() == ["Everything is in order: 1500 changes were checked."]
    )
    assert (device.document.read_bytes(), database.read_bytes()) == before
    assert list((device.home.data / "stage").glob("*")) == []


def test_a_file_that_is_open_can_be_checked(device: Device) -> None:
    with device.create() as workspace:
        workspace.write("Add", add_account, "North")
        report = checked(device)
        assert report.is_whole
        assert report.unpublished == 2
        assert "2 changes are not in the document yet" in report.lines()[1]
        assert workspace.read(names) == ["North"]


def test_what_only_a_killed_program_knew_is_no_fault(device: Device) -> None:
    crash_after(device, "North", "South")
    report = checked(device)
    assert report.is_whole
    assert report.unpublished == 2


def test_a_document_from_elsewhere_is_checked_alone(filled: tuple[Device, Path]) -> None:
    device, _database = filled
    report = check(device.document, Home.at(device.document.parent / "elsewhere"))
    assert report.is_whole
    assert report.checked == 1500


def test_nothing_at_all_cannot_be_checked(device: Device) -> None:
    with pytest.raises(UserError, match="was not found"):
        checked(device)


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5000])


def deleted(path: Path) -> None:
    path.unlink()


def zeroed(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def one_page_of_rubbish(path: Path) -> None:
    overwrite_page(path, pages_of(path, "journal")[3])


@pytest.mark.parametrize("spoil", [cut_off, deleted, zeroed, one_page_of_rubbish])
def test_a_damaged_document_is_found_though_the_replica_is_whole(
    filled: tuple[Device, Path], spoil: Callable[[Path], None]
) -> None:
    device, _database = filled
    spoil(device.document)
    report = checked(device)
    assert not report.is_whole
    assert report.replica == ()
    assert len(report.document) == 1
    i18n.use_language("ja")
    assert report.lines()


@pytest.mark.parametrize("spoil", [cut_off, zeroed, one_page_of_rubbish])
def test_a_damaged_replica_is_found_though_the_document_is_whole(
    filled: tuple[Device, Path], spoil: Callable[[Path], None]
) -> None:
    device, database = filled
    spoil(database)
    report = checked(device)
    assert report.document == ()
    assert len(report.replica) == 1
    assert "The copy on this computer" in report.lines()[0]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("DELETE FROM journal WHERE seq = 700", Fault.GAPS),
        ("DELETE FROM journal WHERE seq > 1400", Fault.GAPS),
        ("UPDATE writer SET last_seq = last_seq + 1", Fault.GAPS),
        ("DELETE FROM writer", Fault.GAPS),
        ("DELETE FROM cell WHERE fld = 'name'", Fault.DERIVED),
        ("UPDATE cell SET hlc = hlc + 1 WHERE fld = 'name'", Fault.DERIVED),
        ("UPDATE account SET name = 'Forged' WHERE name = 'Account 7'", Fault.DERIVED),
        ("UPDATE account SET deleted_at = '2026-11-22T00:00:00.000Z'", Fault.DERIVED),
        ("DELETE FROM account WHERE name = 'Account 7'", Fault.DERIVED),
        ("INSERT INTO goal(id, title) VALUES ('g', 'From nowhere')", Fault.DERIVED),
        ("DROP TABLE goal", Fault.FOREIGN),
        ("DROP TABLE cell", Fault.FOREIGN),
    ],
)
def test_what_does_not_follow_from_the_journal_is_found(
    filled: tuple[Device, Path], change: str, fault: Fault
) -> None:
    device, database = filled
    connection = connect(database)
    connection.execute(change)
    connection.close()
    assert faults(checked(device)) == (set(), {fault})
    resealed(device.document, change)
    fresh = check(device.document, Home.at(device.document.parent / "elsewhere"))
    assert faults(fresh) == ({fault}, set())


def test_a_file_that_is_none_of_ours_is_said_to_be_so(device: Device) -> None:
    device.document.write_text("Dear customer")
    assert "is not a CSDesk file" in checked(device).lines()[0]


def test_a_document_that_no_other_copy_would_take_in_is_found(device: Device) -> None:
    with device.create() as workspace:
        workspace.write("Add", add_account, "North")
    resealed(device.document, "UPDATE journal SET val = 7 WHERE fld = 'name'")
    (found,) = check(device.document, device.home).document
    assert found.fault is Fault.FOREIGN
    assert "value of account.name" in found.message
