"""Two journals of one workspace make one, the same whichever way they meet."""

from __future__ import annotations

import contextlib
import datetime as dt
from pathlib import Path

import pytest

from csdesk.model.identity import kpi_value_id
from csdesk.model.records import Account, KpiValue
from csdesk.store.deriving import rebuild
from csdesk.store.driver import connect, connect_live, transaction
from csdesk.store.replica import Replica
from csdesk.store.versions import contains, gaps, versions
from csdesk.team.guard import admit
from csdesk.team.merge import merge, take_in
from csdesk.workspace.workspace import Workspace
from tests.store.desk import (
    Device,
    account,
    add_account,
    looked_into,
    mark_deleted,
    names,
    rename,
    set_fields,
    values,
)
from tests.store.laws import broken_laws, rows_in_table
from tests.workspace.test_undo import met


@pytest.fixture
def three(tmp_path: Path) -> tuple[list[Device], str]:
    """Return three devices that have the same account, and its id."""
    first = Device.beside(tmp_path / "one")
    with first.create() as workspace:
        made = workspace.write("Add", add_account, "North").result
    devices = [first, *(Device.beside(tmp_path / name, first.document) for name in ("two", "six"))]
    for number, device in enumerate(devices):
        device.clock.pass_by(minutes=10 * (number + 1))
    return devices, made


def taken_in(folder: Path, documents: list[Path]) -> dict[str, dict[str, object]]:
    """Return the accounts of a fresh replica that took in the documents in this order."""
    folder.mkdir()
    replica = Replica(folder)
    for number, document in enumerate(documents):
        copy = folder / f"{number}.db"
        admit(document, copy)
        take_in(replica, copy)
    assert broken_laws(replica.database) == []
    with looked_into(replica.database) as connection:
        return rows_in_table(connection, "account")


def test_the_order_in_which_files_meet_does_not_matter(
    three: tuple[list[Device], str], tmp_path: Path
) -> None:
    devices, made = three
    for number, device in enumerate(devices):
        with device.open() as workspace:
            workspace.write("Rename", rename, made, f"Name {number}")
            workspace.write("Edit", set_fields, Account, made, employees=number)
            workspace.write("Add", add_account, f"New {number}")
    files = [device.document for device in devices]
    results = [
        taken_in(tmp_path / f"order{number}", order)
        for number, order in enumerate([files, files[::-1], [files[1], *files, files[2]]])
    ]
    assert results[0] == results[1] == results[2]
    assert results[0][made]["name"] == "Name 2", "the latest edit shows"
    assert len(results[0]) == 4


def test_two_people_who_enter_the_same_month_meet_in_one_row(
    three: tuple[list[Device], str],
) -> None:
    (mine, theirs, _third), made = three
    month = dt.date(2026, 1, 1)
    row_id = kpi_value_id(made, "k", month)
    for device, number in ((mine, 1), (theirs, 2)):
        with device.open() as workspace:
            value = KpiValue(id=row_id, account_id=made, kpi_id="k", period=month, value=number)
            workspace.write("Enter", lambda session, row=value: session.add(row))
    with met(mine, theirs) as workspace:
        assert workspace.read(values) == {row_id: 2}


def test_an_edit_unknown_to_a_deletion_beats_it(three: tuple[list[Device], str]) -> None:
    (mine, theirs, _third), made = three
    with mine.open() as workspace:
        workspace.write("Rename", rename, made, "Renamed")
    with theirs.open() as workspace:
        workspace.write("Delete", mark_deleted, Account, made)
    with met(mine, theirs) as workspace:
        assert workspace.read(names) == ["Renamed"]
        assert workspace.read(account, made)["deleted_at"] is None


def test_a_deletion_of_what_was_known_holds(three: tuple[list[Device], str]) -> None:
    (mine, theirs, _third), made = three
    with mine.open() as workspace:
        workspace.write("Add", add_account, "Mine")
    with theirs.open() as workspace:
        workspace.write("Delete", mark_deleted, Account, made)
    with met(mine, theirs) as workspace:
        assert workspace.read(names) == ["Mine"]


def test_versions_tell_who_knows_more() -> None:
    assert contains({1: 5, 2: 3}, {1: 5})
    assert contains({1: 5}, {})
    assert not contains({1: 5}, {1: 6})
    assert not contains({1: 5}, {2: 1})


def test_gaps_are_found_wherever_they_are(workspace: Workspace) -> None:
    workspace.write("Add", add_account)
    workspace.write("Add", add_account)
    connection = connect(workspace.replica.database)
    writer = next(iter(versions(connection)))
    assert gaps(connection) == []
    for change in (
        "DELETE FROM journal WHERE seq = 1",
        "DELETE FROM journal WHERE seq = 2",
        "DELETE FROM journal WHERE seq = 4",
        "DELETE FROM journal",
        "DELETE FROM writer",
        "UPDATE journal SET seq = 9 WHERE seq = 4",
    ):
        connection.execute("BEGIN")
        connection.execute(change)
        assert gaps(connection) == [writer], change
        connection.execute("ROLLBACK")
    connection.close()


def test_a_step_that_is_known_by_half_is_completed(workspace: Workspace, tmp_path: Path) -> None:
    """As after a repair, that saved the beginning of a step: no row may be without one."""
    for name in ("North", "South"):
        workspace.write("Add", add_account, name)
    workspace.publish()
    whole, part = tmp_path / "whole.db", tmp_path / "part.db"
    admit(workspace.path, whole)
    part.write_bytes(whole.read_bytes())
    with contextlib.closing(connect_live(part)) as mine:
        for statement in (
            "DELETE FROM journal WHERE seq > 3",
            "UPDATE writer SET last_seq = 3",
            "UPDATE txn SET seq1 = 3 WHERE seq1 > 3",
        ):
            mine.execute(statement)
        with transaction(mine):
            rebuild(mine)
        assert merge(mine, whole).added == 1
    assert broken_laws(part) == []
    with looked_into(part) as connection:
        steps = connection.execute("SELECT seq0, seq1 FROM txn ORDER BY seq0").fetchall()
    assert steps == [(1, 2), (3, 3), (4, 4)]
