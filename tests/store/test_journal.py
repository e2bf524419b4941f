"""What the journal writes for each change, and what it refuses."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from csdesk.errors import UserError
from csdesk.model.base import entity_records
from csdesk.model.identity import kpi_value_id
from csdesk.model.records import Account, KpiValue
from csdesk.store.driver import connect
from csdesk.store.journal import StepKind, birth_field, deletion_time, journalled_fields
from csdesk.store.stamps import LATEST
from csdesk.workspace.workspace import Workspace
from tests.store.desk import (
    NOON,
    Device,
    add,
    add_account,
    looked_into,
    mark_deleted,
    rename,
    set_fields,
)


def journal_of(workspace: Workspace) -> list[tuple[Any, ...]]:
    with looked_into(workspace.replica.database) as connection:
        return connection.execute(
            "SELECT ent, row, fld, val, pseq FROM journal ORDER BY seq"
        ).fetchall()


def test_a_new_row_journals_the_fields_it_has(workspace: Workspace) -> None:
    workspace.write("Add", lambda session: add(session, Account(id="a", name="N", employees=3)))
    rows = {(fld, val) for _ent, _row, fld, val, _p in journal_of(workspace)}
    assert rows == {("name", "N"), ("employees", 3), ("status", "active")}


def test_a_kpi_value_costs_one_row(workspace: Workspace) -> None:
    month = NOON.date().replace(day=1)
    row_id = kpi_value_id("a", "k", month)
    value = KpiValue(id=row_id, account_id="a", kpi_id="k", period=month, value=7)
    workspace.write("Enter", add, value)
    assert journal_of(workspace) == [("kpi_value", row_id, "value", 7, None)]


def test_an_edit_points_at_what_it_replaced(workspace: Workspace) -> None:
    made = workspace.write("Add", add_account, "North").result
    workspace.write("Rename", rename, made, "South")
    rows = journal_of(workspace)
    first = next(seq for seq, row in enumerate(rows, 1) if row[2] == "name")
    assert rows[-1] == ("account", made, "name", "South", first)


def test_a_deletion_says_when_and_what_it_saw(workspace: Workspace) -> None:
    made = workspace.write("Add", add_account, "North").result
    workspace.write("Delete", mark_deleted, Account, made)
    deletion = json.loads(journal_of(workspace)[-1][3])
    assert deletion["at"] == "2026-11-22T12:00:00.000Z"
    assert sorted(field for field, _w, _seq in deletion["saw"]) == ["name", "status"]
    with looked_into(workspace.replica.database) as connection:
        for field, w, seq in deletion["saw"]:
            found = connection.execute(
                "SELECT fld FROM journal WHERE w = ? AND seq = ?", (w, seq)
            ).fetchone()
            assert found == (field,)


def test_a_deletion_in_the_step_of_an_edit_saw_that_edit(workspace: Workspace) -> None:
    made = workspace.write("Add", add_account, "North").result

    def rename_and_delete(session: Session) -> None:
        rename(session, made, "Gone")
        mark_deleted(session, Account, made)

    workspace.write("Rename and delete", rename_and_delete)
    saw = json.loads(journal_of(workspace)[-1][3])["saw"]
    seqs = {field: seq for field, _w, seq in saw}
    assert journal_of(workspace)[seqs["name"] - 1][3] == "Gone"


def test_each_run_writes_as_somebody_new(device: Device) -> None:
    for _turn in range(3):
        with device.create() if not device.document.exists() else device.open() as workspace:
            workspace.write("Add", add_account)
            workspace.write("Add", add_account)
            database = workspace.replica.database
    with looked_into(database) as connection:
        writers = connection.execute("SELECT w, device, last_seq FROM writer").fetchall()
    assert len({w for w, *_rest in writers}) == 3
    assert {(name, seq) for _w, name, seq in writers} == {(writers[0][1], 4)}


def test_rows_are_never_removed(workspace: Workspace) -> None:
    workspace.write("Add", add_account)
    for statement in (
        delete(Account),
        text("INSERT OR REPLACE INTO account SELECT * FROM account"),
    ):
        with pytest.raises(DatabaseError, match="never removed"):
            workspace.write("Remove", lambda session, what=statement: session.execute(what))
    assert len(journal_of(workspace)) == 2


def test_ids_and_keys_never_change(workspace: Workspace) -> None:
    workspace.write("Add", add_account)
    month = NOON.date().replace(day=1)
    row_id = kpi_value_id("a", "k", month)
    workspace.write(
        "Enter", add, KpiValue(id=row_id, account_id="a", kpi_id="k", period=month, value=1)
    )
    for statement in (
        update(Account).values(id="other"),
        update(KpiValue).values(kpi_id="other"),
        update(KpiValue).values(period=NOON.date()),
    ):
        with pytest.raises(DatabaseError, match="never changes"):
            workspace.write("Change", lambda session, what=statement: session.execute(what))


def test_nothing_of_the_journals_machinery_ends_up_in_the_file(workspace: Workspace) -> None:
    workspace.write("Add", add_account)
    workspace.publish()
    for file in (workspace.replica.database, workspace.path):
        with looked_into(file) as connection:
            kinds = {row[0] for row in connection.execute("SELECT type FROM sqlite_schema")}
        assert kinds == {"table", "index"}


@pytest.mark.parametrize(
    "value", ["", "a\x00b", "𠮷野家 髙島屋", "\u202eright", "x" * 10_000, "🎉"]
)
def test_any_text_is_journalled_as_it_is(workspace: Workspace, value: str) -> None:
    made = workspace.write("Add", add_account, value).result
    assert ("account", made, "name", value, None) in journal_of(workspace)
    workspace.undo()
    workspace.redo()
    assert workspace.read(lambda session: session.get_one(Account, made).name) == value


def test_every_entity_has_a_field_that_marks_the_birth_of_its_rows() -> None:
    for entity, record in entity_records().items():
        fields = journalled_fields(entity)
        assert fields[0] == birth_field(entity) != "deleted_at"
        assert fields[-1] == "deleted_at"
        assert not {"id", *record.key_fields} & set(fields)


def test_kinds_of_steps_of_newer_versions_are_just_other() -> None:
    assert StepKind.of("undo") is StepKind.UNDO
    assert StepKind.of("merged by robots") is StepKind.OTHER


def test_a_step_of_a_kind_we_do_not_know_is_shown_and_left_alone(device: Device) -> None:
    with device.create() as workspace:
        workspace.write("Add", add_account)
        database = workspace.replica.database
    connection = connect(database)
    connection.execute("UPDATE txn SET kind = 'robot'")
    connection.close()
    with device.open() as workspace:
        assert workspace.undo_label is None
        assert [entry.kind for entry in workspace.history()] == [StepKind.OTHER]


def test_the_time_of_a_deletion_is_read_from_its_value() -> None:
    assert deletion_time(None) is None
    assert deletion_time('{"at":"2026-11-22T12:00:00.000Z","saw":[]}') == "2026-11-22T12:00:00.000Z"


def test_a_field_with_the_last_stamp_there_is_can_no_longer_be_changed(
    workspace: Workspace,
) -> None:
    """Its next stamp would be one that no copy of the file lets in: nothing would arrive again."""
    made = workspace.write("Add", add_account, "North").result
    connection = connect(workspace.replica.database)
    for table in ("journal", "cell"):
        connection.execute(f"UPDATE {table} SET hlc = ? WHERE fld = 'name'", (LATEST - 1,))
    connection.close()
    before = journal_of(workspace)
    with pytest.raises(UserError, match="clock is wrong"):
        workspace.write("Rename", rename, made, "South")
    assert journal_of(workspace) == before
    workspace.write("Edit", set_fields, Account, made, employees=5)
    assert len(journal_of(workspace)) == len(before) + 1
