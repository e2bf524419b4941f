"""One way in, one way out: writes are steps, reads are snapshots, changes are announced."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from csdesk import i18n
from csdesk.errors import CancelledError, UserError
from csdesk.i18n import _
from csdesk.model.records import Account, Goal, Plan
from csdesk.store.touching import Change
from csdesk.workspace.workspace import Workspace
from tests.store.desk import (
    Device,
    account,
    add_account,
    add_goal,
    add_plan,
    names,
    rename,
)
from tests.store.laws import broken_laws


def test_what_is_written_is_read(workspace: Workspace) -> None:
    step = workspace.write("Add account", add_account, "東京精密", employees=1200)
    read = workspace.read(account, step.result)
    assert (read["name"], read["employees"]) == ("東京精密", 1200)


def test_what_is_written_is_there_after_a_restart(device: Device) -> None:
    with device.create() as workspace:
        workspace.write("Add account", add_account, "North")
    with device.open() as workspace:
        assert workspace.read(names) == ["North"]


def test_an_action_that_fails_leaves_everything_as_it_was(workspace: Workspace) -> None:
    kept = workspace.write("Add account", add_account, "North").result

    def fail_late(session: Session) -> None:
        rename(session, kept, "South")
        add_account(session, "East")
        session.flush()
        raise UserError(_("No."))

    heard: list[Change] = []
    workspace.subscribe(heard.append)
    with pytest.raises(UserError):
        workspace.write("Fail", fail_late)
    assert workspace.read(names) == ["North"]
    assert heard == []
    assert len(workspace.history()) == 1
    workspace.write("Add account", add_account, "West")
    assert broken_laws(workspace.replica.database) == []


@pytest.mark.parametrize("raised", [KeyboardInterrupt(), CancelledError(), ZeroDivisionError()])
def test_whatever_an_action_raises_comes_out_and_keeps_nothing(
    workspace: Workspace, raised: BaseException
) -> None:
    def stop(session: Session) -> None:
        add_account(session)
        raise raised

    with pytest.raises(type(raised)):
        workspace.write("Stop", stop)
    assert workspace.read(names) == []


def test_a_fault_that_only_the_commit_finds_keeps_nothing(workspace: Workspace) -> None:
    kept = workspace.write("Add account", add_account, "North").result
    workspace.write("Delete", lambda session: session.execute(_delete(kept)))
    with pytest.raises(UserError, match="deleted meanwhile"):
        workspace.write("Rename", rename, kept, "South")
    assert workspace.read(account, kept)["name"] == "North"
    workspace.write("Add account", add_account, "West")
    assert broken_laws(workspace.replica.database) == []


def _delete(row_id: str):  # type: ignore[no-untyped-def]
    return update(Account).where(Account.id == row_id).values(deleted_at=text("'2026-11-22'"))


def test_a_write_that_changes_nothing_is_no_step(workspace: Workspace) -> None:
    kept = workspace.write("Add account", add_account, "North").result
    heard: list[Change] = []
    workspace.subscribe(heard.append)
    assert workspace.write("Rename", rename, kept, "North").change is None

    def there_and_back(session: Session) -> None:
        rename(session, kept, "South")
        session.flush()
        rename(session, kept, "North")

    assert workspace.write("Rename twice", there_and_back).change is None
    assert heard == []
    assert workspace.undo_label == "Add account"
    assert len(workspace.history()) == 1


def test_a_step_says_which_rows_and_accounts_it_touched(workspace: Workspace) -> None:
    heard: list[Change] = []
    stop = workspace.subscribe(heard.append)
    first = workspace.write("Add account", add_account).result
    plan = workspace.write("Add plan", add_plan, first).result
    goal = workspace.write("Add goal", add_goal, plan)
    assert goal.change == heard[-1]
    assert heard[-1].rows == {"goal": frozenset({goal.result})}
    assert heard[-1].accounts == {first}
    assert heard[-1].touches("goal")
    assert not heard[-1].touches("plan")
    workspace.undo()
    assert heard[-1].rows == {"goal": frozenset({goal.result})}
    stop()
    workspace.undo()
    assert len(heard) == 4


def test_a_listener_may_stop_listening_while_it_is_told(workspace: Workspace) -> None:
    heard: list[str] = []

    def once(change: Change) -> None:
        heard.append(change.label)
        stop()

    stop = workspace.subscribe(once)
    workspace.subscribe(lambda change: heard.append("second"))
    workspace.write("Add account", add_account)
    workspace.write("Add account", add_account)
    assert heard == ["Add account", "second", "second"]


def test_steps_are_called_in_the_language_of_who_made_them(workspace: Workspace) -> None:
    i18n.use_language("ja")
    workspace.write("顧客を追加", add_account)
    i18n.use_language("en")
    assert workspace.undo_label == "顧客を追加"


def test_a_read_sees_one_moment(workspace: Workspace) -> None:
    workspace.write("Add account", add_account, "North")

    def look_twice(session: Session) -> tuple[list[str], list[str]]:
        before = names(session)
        thread = threading.Thread(target=workspace.write, args=("Add", add_account, "South"))
        thread.start()
        thread.join()
        return before, names(session)

    assert workspace.read(look_twice) == (["North"], ["North"])
    assert workspace.read(names) == ["North", "South"]


def test_a_query_cannot_write_and_that_is_no_trouble_of_the_disk(workspace: Workspace) -> None:
    with pytest.raises(OperationalError, match="readonly"):
        workspace.read(lambda session: session.execute(insert(Account).values(id="a", name="A")))


def test_our_own_mistakes_in_sql_are_not_explained_away(workspace: Workspace) -> None:
    with pytest.raises(OperationalError, match="no such table"):
        workspace.read(lambda session: session.execute(text("SELECT * FROM locked_disk_full")))

    def look_for_a_file(session: Session) -> None:
        raise FileNotFoundError(2, "gone", "resources/template.json")

    with pytest.raises(FileNotFoundError):
        workspace.write("Use template", look_for_a_file)


def test_many_threads_write_and_read_at_once(workspace: Workspace) -> None:
    kept = workspace.write("Add account", add_account, "0", employees=0).result
    torn: list[object] = []

    def count_up(session: Session) -> None:
        row = session.get_one(Account, kept)
        row.employees = (row.employees or 0) + 1
        row.name = str(row.employees)

    def write_often() -> None:
        for _turn in range(25):
            workspace.write("Count", count_up)

    def read_often() -> None:
        for _turn in range(50):
            read = workspace.read(account, kept)
            if read["name"] != str(read["employees"]):
                torn.append(read)

    threads = [threading.Thread(target=work) for work in [write_often] * 4 + [read_often] * 6]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert torn == []
    assert workspace.read(account, kept)["employees"] == 100
    assert broken_laws(workspace.replica.database) == []


def test_a_workspace_opened_on_one_thread_can_be_closed_on_another(device: Device) -> None:
    device.create().close()
    opened: list[Workspace] = []
    thread = threading.Thread(target=lambda: opened.append(device.open()))
    thread.start()
    thread.join()
    opened[0].write("Add account", add_account)
    opened[0].close()
    with device.open() as again:
        assert not again.read_only


SECOND_PROGRAM = """
import sys
from pathlib import Path
from sqlalchemy import select
from csdesk.errors import UserError
from csdesk.model.records import Account
from csdesk.workspace.workspace import Workspace

with Workspace.open(Path(sys.argv[1])) as workspace:
    print(workspace.read_only, workspace.undo_label)
    print(workspace.read(lambda session: list(session.scalars(select(Account.name)))))
    for change in (workspace.undo, workspace.redo, workspace.publish,
                   lambda: workspace.write("Add", lambda session: session.add(Account(name="X")))):
        try:
            change()
        except UserError as error:
            print(error)
    workspace.save_copy_as(Path(sys.argv[1]).with_name("copy.csdesk"))
"""


def test_a_second_program_may_read_and_is_told_why_it_cannot_write(
    device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSDESK_HOME", str(device.home.data.parent))
    with device.create() as workspace:
        workspace.write("Add account", add_account, "North")
        ended = subprocess.run(
            [sys.executable, "-c", SECOND_PROGRAM, str(device.document)],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        lines = ended.stdout.splitlines()
        assert lines[:2] == ["True None", "['North']"]
        assert len(lines) == 6
        assert all("“North.csdesk” is open in another CSDesk" in line for line in lines[2:])
        assert workspace.read(names) == ["North"]
    copy = device.document.with_name("copy.csdesk")
    with Workspace.open(copy, home=device.home) as opened:
        assert opened.read(names) == ["North"]


def test_a_killed_program_leaves_nothing_locked(device: Device) -> None:
    device.create().close()
    program = (
        "import os, signal, sys; from pathlib import Path;"
        "from csdesk.settings import Home; from csdesk.workspace.workspace import Workspace;"
        "Workspace.open(Path(sys.argv[1]), home=Home.at(Path(sys.argv[2])));"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run(
        [sys.executable, "-c", program, str(device.document), str(device.home.data.parent)],
        check=False,
        timeout=60,
    )
    with device.open() as workspace:
        assert not workspace.read_only


def test_closing_twice_does_no_harm(device: Device) -> None:
    workspace = device.create()
    workspace.write("Add account", add_account)
    workspace.close()
    workspace.close()


def test_a_copy_of_its_own_never_meets_the_original_again(
    workspace: Workspace, device: Device
) -> None:
    workspace.write("Add account", add_account, "North")
    copy = device.document.with_name("Copy.csdesk")
    workspace.save_copy_as(copy)
    with Workspace.open(copy, home=device.home) as other:
        assert other.id != workspace.id
        other.write("Add account", add_account, "South")
        assert other.undo_label == "Add account"
    assert workspace.read(names) == ["North"]


def test_a_copy_overwrites_nothing_unasked_and_never_the_open_file(
    workspace: Workspace, device: Device
) -> None:
    other = device.document.with_name("Other.csdesk")
    other.write_bytes(b"precious")
    with pytest.raises(UserError, match="exists already"):
        workspace.save_copy_as(other)
    assert other.read_bytes() == b"precious"
    workspace.save_copy_as(other, replace=True)
    before = device.document.read_bytes()
    link = device.document.with_name("Link.csdesk")
    link.symlink_to(device.document)
    for same in (device.document, link):
        with pytest.raises(UserError, match="exists already"):
            workspace.save_copy_as(same, replace=True)
    assert device.document.read_bytes() == before


def test_orm_core_and_plain_sql_are_journalled_alike(workspace: Workspace) -> None:
    def every_way(session: Session) -> None:
        session.add(Account(id="orm", name="A"))
        session.flush()
        session.execute(insert(Account).values(id="core", name="B"))
        session.execute(insert(Account), [{"id": f"bulk{n}", "name": f"C{n}"} for n in range(50)])
        session.execute(text("INSERT INTO account(id, name) VALUES ('sql', 'D')"))
        session.execute(update(Account).values(region="East"))
        session.execute(text("UPDATE account SET region = 'West' WHERE id = 'sql'"))

    step = workspace.write("Every way", every_way)
    assert step.change is not None
    assert len(step.change.rows["account"]) == 53
    assert broken_laws(workspace.replica.database) == []
    workspace.undo()
    assert workspace.read(names) == []
    workspace.redo()
    assert workspace.read(account, "sql")["region"] == "West"
    assert workspace.read(account, "bulk7")["region"] == "East"
    assert broken_laws(workspace.replica.database) == []


def test_derived_figures_lie_beside_the_file(workspace: Workspace) -> None:
    workspace.derive(lambda connection: connection.execute("CREATE TABLE sums(n INTEGER)"))
    workspace.derive(lambda connection: connection.execute("INSERT INTO sums VALUES (7)"))
    assert workspace.read(lambda session: session.scalar(text("SELECT n FROM local.sums"))) == 7
    assert workspace.history() == []


def test_deep_rows_are_told_by_the_account_they_belong_to(workspace: Workspace) -> None:
    def grow(session: Session) -> tuple[str, str]:
        owner = add_account(session)
        goal = add_goal(session, add_plan(session, owner))
        return owner, goal

    step = workspace.write("Grow", grow)
    assert step.change is not None
    assert step.change.accounts == {step.result[0]}
    assert set(step.change.rows) == {"account", "plan", "goal"}
    goals = workspace.read(lambda session: session.scalars(select(Goal.plan_id)).all())
    plans = workspace.read(lambda session: session.scalars(select(Plan.id)).all())
    assert goals == plans


def test_a_closed_workspace_takes_no_more_writes(device: Device) -> None:
    workspace = device.create()
    workspace.close()
    with pytest.raises(RuntimeError, match="closed"):
        workspace.write("Add account", add_account, "Late")
    with pytest.raises(RuntimeError, match="closed"):
        workspace.undo()
    with device.open() as again:
        assert again.read(names) == []
