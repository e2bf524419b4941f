"""Cells and rows are made anew from the journal alone, whatever was in them."""

from __future__ import annotations

import datetime as dt
import json

from csdesk.model.identity import kpi_value_id
from csdesk.model.records import Account, KpiValue
from csdesk.store.deriving import DERIVED_BY, derived_by_older, rebuild
from csdesk.store.driver import RawConnection, connect, transaction
from csdesk.store.rewriting import known_cells
from csdesk.store.schema import FORMAT
from csdesk.workspace.workspace import Workspace
from tests.store.desk import Device, add, add_account, mark_deleted, rename, set_fields
from tests.store.laws import broken_laws, rows_in_table


def worked_on(device: Device) -> RawConnection:
    """Return a replica in which rows of several kinds were made, edited, deleted, brought back."""
    with device.create() as workspace:
        first = workspace.write("Add", add_account, "North", employees=7).result
        second = workspace.write("Add", add_account, "South").result
        workspace.write("Rename", rename, first, "N")
        workspace.write("Delete", mark_deleted, Account, second)
        workspace.undo()
        workspace.write("Delete", mark_deleted, Account, first)
        month = dt.date(2026, 1, 1)
        row_id = kpi_value_id("a", "k", month)
        value = KpiValue(id=row_id, account_id="a", kpi_id="k", period=month, value=7)
        workspace.write("Enter", add, value)
        return connect(workspace.replica.database)


def test_everything_derived_can_be_lost(device: Device) -> None:
    connection = worked_on(device)
    before = {entity: rows_in_table(connection, entity) for entity in ("account", "kpi_value")}
    cells = connection.execute("SELECT * FROM cell").fetchall()
    connection.execute("DELETE FROM cell")
    connection.execute("UPDATE account SET name = 'Forged', deleted_at = NULL")
    connection.execute("DELETE FROM kpi_value")
    connection.execute("INSERT INTO goal(id, title) VALUES ('g', 'From nowhere')")
    with transaction(connection):
        rebuild(connection)
    after = {entity: rows_in_table(connection, entity) for entity in ("account", "kpi_value")}
    assert after == before
    assert connection.execute("SELECT * FROM cell").fetchall() == cells
    assert rows_in_table(connection, "goal") == {}
    connection.close()


def journal(connection: RawConnection, w: int, seq: int, hlc: int, fld: str, val: object) -> None:
    connection.execute(
        "INSERT INTO journal VALUES (?, ?, ?, 'account', 'a', ?, ?, NULL, NULL)",
        (w, seq, hlc, fld, val),
    )


def deletion(at: str, *saw: tuple[str, int, int]) -> str:
    return json.dumps({"at": at, "saw": saw})


def deleted_at(connection: RawConnection) -> str | None:
    with transaction(connection):
        rebuild(connection)
    return connection.execute("SELECT deleted_at FROM account WHERE id = 'a'").fetchone()[0]


def test_a_row_is_dead_only_if_all_its_winners_were_seen(workspace: Workspace) -> None:
    connection = connect(workspace.replica.database)
    journal(connection, 1, 1, 10, "name", "North")
    journal(connection, 1, 2, 20, "deleted_at", deletion("noon", ("name", 1, 1)))
    assert deleted_at(connection) == "noon"
    journal(connection, 2, 1, 15, "region", "East")
    assert deleted_at(connection) is None, "an edit the deletion did not know of keeps the row"
    journal(connection, 3, 1, 30, "deleted_at", deletion("evening", ("region", 2, 1)))
    assert deleted_at(connection) == "evening", "two deletions together saw everything"
    journal(connection, 3, 2, 40, "deleted_at", None)
    assert deleted_at(connection) is None, "a deletion that was undone holds no more"
    connection.close()


def test_the_greatest_stamp_wins_then_the_greatest_writer(workspace: Workspace) -> None:
    connection = connect(workspace.replica.database)
    journal(connection, 5, 1, 10, "name", "early")
    journal(connection, 1, 1, 20, "name", "late")
    journal(connection, 2, 1, 20, "name", "late, greater writer")
    with transaction(connection):
        rebuild(connection)
    shown = connection.execute("SELECT name FROM account").fetchall()
    assert shown == [("late, greater writer",)]
    connection.close()


def test_only_known_names_ever_reach_sql() -> None:
    pairs = [
        ("account", "name"),
        ("account", "name\" = 'x', \"region"),
        ("sqlite_schema", "sql"),
        ("account; DROP TABLE account", "name"),
        ("account", "id"),
        ("kpi_value", "period"),
    ]
    assert known_cells(pairs) == [("account", "name")]


def test_a_file_derived_by_an_older_program_says_so(workspace: Workspace) -> None:
    workspace.write("Add", add_account)
    connection = connect(workspace.replica.database)
    connection.execute(f"PRAGMA user_version = {FORMAT + 3}")
    with transaction(connection):
        rebuild(connection)
    noted = connection.execute("SELECT v FROM meta WHERE k = ?", (DERIVED_BY,)).fetchone()
    assert noted == (FORMAT,)
    assert not derived_by_older(connection)
    connection.execute("UPDATE meta SET v = ? WHERE k = ?", (FORMAT - 1, DERIVED_BY))
    assert derived_by_older(connection)
    connection.execute(f"PRAGMA user_version = {FORMAT}")
    with transaction(connection):
        rebuild(connection)
    assert not derived_by_older(connection)
    connection.close()


def test_undo_writes_only_what_differs(workspace: Workspace) -> None:
    made = workspace.write("Add", add_account, "North").result
    workspace.write("Edit", set_fields, Account, made, name="South", region="East")
    outcome = workspace.undo()
    assert outcome.change is not None
    newest = workspace.history(limit=1)[0]
    assert {(change.field, change.after) for change in newest.changes} == {
        ("name", "North"),
        ("region", None),
    }
    assert broken_laws(workspace.replica.database) == []
