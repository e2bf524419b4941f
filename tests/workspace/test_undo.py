"""Undo gives back what a step replaced, across restarts, and leaves alone what came since."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from csdesk.errors import UserError
from csdesk.model.identity import kpi_value_id
from csdesk.model.records import Account, Goal, KpiValue, Member, Plan, WorkspaceSetting
from csdesk.store.undo import Skipped
from csdesk.workspace.workspace import Workspace
from tests.store.desk import (
    NOON,
    Device,
    account,
    add,
    add_account,
    add_goal,
    add_kpi,
    add_plan,
    mark_deleted,
    names,
    rename,
    row_of,
    set_fields,
    values,
)
from tests.store.laws import broken_laws


def test_steps_are_taken_back_one_by_one_and_done_again(workspace: Workspace) -> None:
    first = workspace.write("Add North", add_account, "North").result
    workspace.write("Rename", rename, first, "South")
    workspace.write("Delete", mark_deleted, Account, first)
    assert workspace.undo().label == "Delete"
    assert workspace.read(names) == ["South"]
    workspace.undo()
    assert workspace.read(names) == ["North"]
    workspace.undo()
    assert workspace.read(names) == []
    assert workspace.undo_label is None
    with pytest.raises(UserError, match="nothing to undo"):
        workspace.undo()
    assert [workspace.redo().label for _turn in range(3)] == ["Add North", "Rename", "Delete"]
    assert workspace.read(names) == []
    with pytest.raises(UserError, match="nothing to redo"):
        workspace.redo()
    assert broken_laws(workspace.replica.database) == []


def test_a_new_step_forgets_what_was_taken_back(workspace: Workspace) -> None:
    workspace.write("Add North", add_account, "North")
    workspace.undo()
    assert workspace.redo_label == "Add North"
    workspace.write("Add South", add_account, "South")
    assert workspace.redo_label is None
    assert workspace.undo_label == "Add South"


def test_undo_and_redo_go_on_after_restarts(device: Device) -> None:
    with device.create() as workspace:
        first = workspace.write("Add", add_account, "North").result
        workspace.write("Rename", rename, first, "South")
    with device.open() as workspace:
        assert workspace.undo_label == "Rename"
        workspace.undo()
    with device.open() as workspace:
        assert (workspace.undo_label, workspace.redo_label) == ("Add", "Rename")
        workspace.redo()
        assert workspace.read(names) == ["South"]
    with device.open() as workspace:
        workspace.undo()
        workspace.undo()
        assert workspace.read(names) == []
        assert broken_laws(workspace.replica.database) == []


def test_long_back_and_forth_ends_where_it_began(workspace: Workspace) -> None:
    first = workspace.write("Add", add_account, "0").result
    for number in range(1, 6):
        workspace.write(f"Rename {number}", rename, first, str(number))
    for _round in range(4):
        for _turn in range(5):
            workspace.undo()
        assert workspace.read(names) == ["0"]
        for _turn in range(5):
            workspace.redo()
        assert workspace.read(names) == ["5"]
    assert workspace.undo_label == "Rename 5"
    assert broken_laws(workspace.replica.database) == []


def test_a_large_step_is_taken_back_whole_and_untouched_rows_stay(workspace: Workspace) -> None:
    kept = workspace.write("Add", add_account, "Kept").result

    def bulk(session: Session) -> None:
        kpi = add_kpi(session)
        rows = [{"id": f"a{n}", "name": f"Account {n}"} for n in range(2000)]
        session.execute(insert(Account), rows)
        months = [NOON.date().replace(day=1, month=month) for month in range(1, 13)]
        session.execute(
            insert(KpiValue),
            [
                {
                    "id": kpi_value_id(f"a{n}", kpi, month),
                    "account_id": f"a{n}",
                    "kpi_id": kpi,
                    "period": month,
                    "value": n,
                }
                for n in range(200)
                for month in months
            ],
        )
        session.execute(update(Account).where(Account.id == kept).values(region="East"))

    step = workspace.write("Import", bulk)
    assert step.change is not None
    assert len(step.change.rows["kpi_value"]) == 2400
    outcome = workspace.undo()
    assert outcome.skipped == ()
    assert workspace.read(names) == ["Kept"]
    assert workspace.read(values) == {}
    assert workspace.read(account, kept)["region"] is None
    workspace.redo()
    assert len(workspace.read(values)) == 2400
    assert len(workspace.read(names)) == 2001
    assert broken_laws(workspace.replica.database) == []


def met(mine: Device, theirs: Device) -> Workspace:
    """Open my document after another device's copy of it was put in its place."""
    mine.document.write_bytes(theirs.document.read_bytes())
    return mine.open()


@pytest.fixture
def two(tmp_path: Path) -> tuple[Device, Device, dict[str, str]]:
    """Return two devices with one plan on both; the second has not edited anything yet."""
    mine = Device.beside(tmp_path / "mine")
    with mine.create() as workspace:
        ids = {"account": workspace.write("Add account", add_account).result}
        ids["plan"] = workspace.write("Add plan", add_plan, ids["account"]).result
        ids["goal"] = workspace.write("Add goal", add_goal, ids["plan"]).result
    theirs = Device.beside(tmp_path / "theirs", mine.document)
    theirs.clock.pass_by(hours=1)
    return mine, theirs, ids


def test_another_devices_steps_are_not_mine_to_undo(
    two: tuple[Device, Device, dict[str, str]],
) -> None:
    _mine, theirs, _ids = two
    with theirs.open() as workspace:
        assert workspace.undo_label is None
        workspace.write("Add account", add_account, "East")
        workspace.undo()
        assert workspace.undo_label is None


def test_a_field_somebody_changed_since_stays_and_the_outcome_says_so(
    two: tuple[Device, Device, dict[str, str]],
) -> None:
    mine, theirs, ids = two
    with mine.open() as workspace:
        workspace.write("Edit goal", set_fields, Goal, ids["goal"], title="Mine", why="Because")
    theirs.document.write_bytes(mine.document.read_bytes())
    with theirs.open() as workspace:
        workspace.write("Edit goal", set_fields, Goal, ids["goal"], title="Theirs")
    with met(mine, theirs) as workspace:
        assert workspace.undo_label == "Edit goal"
        outcome = workspace.undo()
        assert outcome.skipped == (Skipped("goal", ids["goal"], "title"),)
        goal = workspace.read(row_of, Goal, ids["goal"])
        assert (goal["title"], goal["why"]) == ("Theirs", None)
        assert broken_laws(workspace.replica.database) == []


def test_a_row_somebody_worked_on_since_is_not_taken_away(
    two: tuple[Device, Device, dict[str, str]],
) -> None:
    mine, theirs, ids = two
    with theirs.open() as workspace:
        workspace.write("Edit goal", set_fields, Goal, ids["goal"], why="We promised")
    with met(mine, theirs) as workspace:
        outcome = workspace.undo()
        assert outcome.change is None
        assert outcome.skipped == (Skipped("goal", ids["goal"], "why"),)
        assert workspace.read(row_of, Goal, ids["goal"])["deleted_at"] is None
        assert workspace.undo_label == "Add plan"  # what came to nothing is not in the way


def test_a_row_that_others_put_something_under_is_not_taken_away(
    two: tuple[Device, Device, dict[str, str]],
) -> None:
    mine, theirs, ids = two
    with theirs.open() as workspace:
        workspace.write("Add goal", add_goal, ids["plan"], "Their goal")
    with met(mine, theirs) as workspace:
        workspace.undo()
        outcome = workspace.undo()
        assert outcome.label == "Add plan"
        assert outcome.skipped == (Skipped("plan", ids["plan"], "deleted_at"),)
        assert workspace.read(row_of, Plan, ids["plan"])["deleted_at"] is None
        outcome = workspace.undo()
        assert outcome.skipped == (Skipped("account", ids["account"], "deleted_at"),)
        assert broken_laws(workspace.replica.database) == []


def test_what_is_kept_keeps_what_it_stands_in(tmp_path: Path) -> None:
    mine = Device.beside(tmp_path / "mine")

    def import_plan(session: Session) -> dict[str, str]:
        owner = add_account(session)
        plan = add_plan(session, owner)
        goals = [add_goal(session, plan, f"Goal {n}") for n in range(3)]
        return {"account": owner, "plan": plan, "goal": goals[1]}

    with mine.create() as workspace:
        ids = workspace.write("Import", import_plan).result
    theirs = Device.beside(tmp_path / "theirs", mine.document)
    with theirs.open() as workspace:
        workspace.write("Edit goal", set_fields, Goal, ids["goal"], why="We promised")
    with met(mine, theirs) as workspace:
        outcome = workspace.undo()
        assert {(item.entity, item.row) for item in outcome.skipped} == set(ids.items())
        living = workspace.read(
            lambda session: [row.title for row in session.query(Goal).filter_by(deleted_at=None)]
        )
        assert living == ["Goal 1"]
        assert workspace.read(names) == ["North"]


def test_something_used_elsewhere_since_is_not_taken_away(workspace: Workspace) -> None:
    def hire_and_assign(session: Session) -> tuple[str, str]:
        member = add(session, Member(name="Aiko"))
        return member, add_account(session, owner_id=member)

    member, owned = workspace.write("Import", hire_and_assign).result
    assert workspace.undo().skipped == ()
    workspace.redo()
    assert workspace.read(account, owned)["owner_id"] == member
    assert workspace.undo().skipped == ()


def test_a_row_done_again_and_then_changed_elsewhere_is_not_taken_away(
    two: tuple[Device, Device, dict[str, str]],
) -> None:
    mine, theirs, ids = two
    with mine.open() as workspace:
        workspace.undo()
        workspace.redo()
    theirs.document.write_bytes(mine.document.read_bytes())
    with theirs.open() as workspace:
        workspace.write("Edit goal", set_fields, Goal, ids["goal"], why="We promised")
    with met(mine, theirs) as workspace:
        outcome = workspace.undo()
        assert outcome.skipped == (Skipped("goal", ids["goal"], "why"),)
        assert workspace.read(row_of, Goal, ids["goal"])["deleted_at"] is None


def test_an_undo_does_not_bring_back_what_somebody_deleted(
    two: tuple[Device, Device, dict[str, str]],
) -> None:
    mine, theirs, ids = two
    with mine.open() as workspace:
        workspace.write("Edit goal", set_fields, Goal, ids["goal"], why="Mine")
    theirs.document.write_bytes(mine.document.read_bytes())
    with theirs.open() as workspace:
        workspace.write("Delete goal", mark_deleted, Goal, ids["goal"])
    with met(mine, theirs) as workspace:
        outcome = workspace.undo()
        assert outcome.skipped == (Skipped("goal", ids["goal"], "why"),)
        assert workspace.read(row_of, Goal, ids["goal"])["deleted_at"] is not None


def test_a_row_that_an_edit_kept_alive_can_be_worked_on(
    two: tuple[Device, Device, dict[str, str]],
) -> None:
    """An edit unknown to a deletion beats it; the row then is like any other."""
    mine, theirs, ids = two
    with theirs.open() as workspace:
        workspace.write("Edit goal", set_fields, Goal, ids["goal"], why="We promised")
    with mine.open() as workspace:
        workspace.write("Delete goal", mark_deleted, Goal, ids["goal"])
    with met(mine, theirs) as workspace:
        assert workspace.read(row_of, Goal, ids["goal"])["deleted_at"] is None
        workspace.write("Edit goal", set_fields, Goal, ids["goal"], title="Alive")
        workspace.undo()
        assert workspace.read(row_of, Goal, ids["goal"])["title"] == "Less waiting"
        workspace.redo()
        workspace.write("Delete goal", mark_deleted, Goal, ids["goal"])
        assert workspace.read(row_of, Goal, ids["goal"])["deleted_at"] is not None
        assert broken_laws(workspace.replica.database) == []


def test_rows_without_any_value_are_undone_too(workspace: Workspace) -> None:
    def empty_rows(session: Session) -> None:
        session.add(WorkspaceSetting(id="company", value=None))
        session.add(Goal(id="g", plan_id=None, title=None))
        month = NOON.date().replace(day=1)
        session.add(
            KpiValue(
                id=kpi_value_id("a", "k", month),
                account_id="a",
                kpi_id="k",
                period=month,
                note="asked for",
            )
        )

    step = workspace.write("Add", empty_rows)
    assert step.change is not None
    assert set(step.change.rows) == {"workspace_setting", "goal", "kpi_value"}
    assert broken_laws(workspace.replica.database) == []
    workspace.undo()
    assert workspace.read(values) == {}
    assert workspace.read(row_of, WorkspaceSetting, "company")["deleted_at"] is not None
    assert broken_laws(workspace.replica.database) == []


def test_a_value_entered_again_after_its_undo_is_alive(workspace: Workspace) -> None:
    month = NOON.date().replace(day=1)
    row_id = kpi_value_id("a", "k", month)

    def enter(session: Session, value: int) -> None:
        row = session.get(KpiValue, row_id)
        if row is None:
            row = KpiValue(id=row_id, account_id="a", kpi_id="k", period=month)
            session.add(row)
        row.value, row.deleted_at = value, None

    workspace.write("Enter", enter, 7)
    workspace.undo()
    workspace.write("Enter", enter, 8)
    assert workspace.read(values) == {row_id: 8}
    workspace.undo()
    assert workspace.read(values) == {}
    assert broken_laws(workspace.replica.database) == []


def test_an_undo_of_a_move_puts_the_row_back_where_it_was(workspace: Workspace) -> None:
    owner = workspace.write("Add account", add_account).result
    old = workspace.write("Add plan", add_plan, owner, "Old").result
    goal = workspace.write("Add goal", add_goal, old).result

    def move_to_new_plan(session: Session) -> str:
        new = add_plan(session, owner, "New")
        set_fields(session, Goal, goal, plan_id=new)
        return new

    new = workspace.write("Move to a new plan", move_to_new_plan).result
    assert workspace.undo().skipped == ()
    assert workspace.read(row_of, Goal, goal)["plan_id"] == old
    assert workspace.read(row_of, Plan, new)["deleted_at"] is not None


def test_undoing_a_deletion_brings_back_what_an_earlier_deletion_did_not_take(
    tmp_path: Path,
) -> None:
    mine = Device.beside(tmp_path / "mine")
    with mine.create() as workspace:
        made = workspace.write("Add", add_account, "North").result
    theirs = Device.beside(tmp_path / "theirs", mine.document)
    with theirs.open() as workspace:
        workspace.write("Delete", mark_deleted, Account, made)
    with mine.open() as workspace:
        workspace.write("Rename", rename, made, "South")
    with met(mine, theirs) as workspace:
        assert workspace.read(names) == ["South"], "the edit was unknown to the deletion"
        workspace.write("Delete after all", mark_deleted, Account, made)
        assert workspace.read(names) == []
        workspace.undo()
        assert workspace.read(names) == ["South"]
        workspace.redo()
        assert workspace.read(names) == []
        assert broken_laws(workspace.replica.database) == []
