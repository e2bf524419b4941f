"""Going back to a moment is an edit: of everything, an account or one item."""

from __future__ import annotations

import contextlib
import datetime as dt
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csdesk.actions.accounts import add_account, edit_account
from csdesk.actions.kpis import add_kpi, edit_kpi, set_kpi_value
from csdesk.actions.people import add_contact, edit_contact
from csdesk.actions.plan_items import add_item, edit_item, move_item
from csdesk.actions.plans import add_plan
from csdesk.actions.rows import delete_row
from csdesk.errors import UserError
from csdesk.model.base import entity_records
from csdesk.model.items import ItemKind, ItemRef
from csdesk.workspace.moments import RestorePoint
from csdesk.workspace.workspace import Workspace
from tests.queries.apart import Pair, pair_after
from tests.rounds import SOAKING
from tests.store.desk import Device, SetClock, looked_into, names
from tests.store.laws import broken_laws, rows_in_table


def state_of(workspace: Workspace) -> dict[str, dict[str, Any]]:
    """Return all living rows by entity, as the tables hold them."""
    with looked_into(workspace.replica.database) as connection:
        return {
            entity: {
                row: values
                for row, values in rows_in_table(connection, entity).items()
                if values["deleted_at"] is None
            }
            for entity in entity_records()
        }


def moment_of(clock: SetClock) -> dt.datetime:
    """Return the present moment, and let a second pass, so that what follows is later."""
    now = clock.now
    clock.pass_by(seconds=1)
    return now


@pytest.fixture
def plan(workspace: Workspace) -> dict[str, Any]:
    account = workspace.write("Account", add_account, "North").result
    plan = workspace.write("Plan", add_plan, account, "Onboarding").result
    one = workspace.write("Goal", add_item, ItemKind.GOAL, ItemRef(None, plan), "One").result
    two = workspace.write("Goal", add_item, ItemKind.GOAL, ItemRef(None, plan), "Two").result
    milestone = workspace.write("Milestone", add_item, ItemKind.MILESTONE, one, "Live").result
    return {"account": account, "plan": plan, "one": one, "two": two, "milestone": milestone}


def test_everything_is_as_it_was_and_one_undo_gives_all_back(
    workspace: Workspace, clock: SetClock, plan: dict[str, Any]
) -> None:
    kpi = workspace.write("KPI", add_kpi, "Sales").result
    month = dt.date(2026, 1, 1)
    workspace.write("Value", set_kpi_value, plan["account"], kpi, month, Decimal(5))
    then, before = moment_of(clock), state_of(workspace)
    workspace.write("Edit", edit_account, plan["account"], name="South", region="West")
    workspace.write("Value", set_kpi_value, plan["account"], kpi, month, Decimal(6))
    workspace.write("Value", set_kpi_value, plan["account"], kpi, dt.date(2026, 2, 1), Decimal(7))
    workspace.write("Delete", delete_row, "goal", plan["one"].id)
    workspace.write("Add", add_account, "Later")
    after = state_of(workspace)

    outcome = workspace.restore(RestorePoint(then))
    assert state_of(workspace) == before
    assert outcome.label.startswith("Restore everything as of Nov 22, 2026")
    assert workspace.undo_label == outcome.label
    workspace.undo()
    assert state_of(workspace) == after
    workspace.redo()
    assert state_of(workspace) == before
    assert broken_laws(workspace.replica.database) == []


def test_going_back_to_what_is_there_changes_nothing(
    workspace: Workspace, clock: SetClock, plan: dict[str, Any]
) -> None:
    assert workspace.restore(RestorePoint(moment_of(clock))).change is None


def test_an_account_goes_back_with_all_that_belongs_to_it_and_nothing_else(
    workspace: Workspace, clock: SetClock, plan: dict[str, Any]
) -> None:
    other = workspace.write("Other", add_account, "East").result
    kpi = workspace.write("KPI", add_kpi, "Sales").result
    then, before = moment_of(clock), state_of(workspace)
    workspace.write("Other", edit_account, other, name="Far east")
    workspace.write("Delete", delete_row, "account", plan["account"])
    workspace.write("KPI", edit_kpi, kpi, name="Turnover")

    point = RestorePoint(then, "account", plan["account"], "North")
    assert workspace.restore(point).label.startswith("Restore North as of")
    restored = state_of(workspace)
    assert restored["goal"] == before["goal"]
    assert restored["milestone"] == before["milestone"]
    assert restored["account"][plan["account"]] == before["account"][plan["account"]]
    assert restored["account"][other]["name"] == "Far east"
    assert restored["kpi"][kpi]["name"] == "Turnover"


def test_an_item_takes_back_what_belonged_to_it_then_and_lets_go_of_what_came_since(
    workspace: Workspace, clock: SetClock, plan: dict[str, Any]
) -> None:
    one, two, milestone = plan["one"], plan["two"], plan["milestone"]
    then, before = moment_of(clock), state_of(workspace)
    workspace.write("Move away", move_item, milestone, two)
    workspace.write("Rename", edit_item, milestone, title="Alive")
    late = workspace.write("Late", add_item, ItemKind.MILESTONE, one, "Late").result
    workspace.write("Other", edit_item, two, title="Second")

    workspace.restore(RestorePoint(then, "goal", one.id, "One"))
    restored = state_of(workspace)
    assert restored["milestone"] == before["milestone"]
    assert late.id not in restored["milestone"]
    assert restored["goal"][two.id]["title"] == "Second"


def test_what_was_deleted_then_is_deleted_again_but_keeps_its_fields(
    workspace: Workspace, clock: SetClock
) -> None:
    made = workspace.write("Add", add_account, "North").result
    workspace.write("Delete", delete_row, "account", made)
    then = moment_of(clock)
    workspace.undo()
    workspace.write("Rename", edit_account, made, name="Reborn")
    workspace.restore(RestorePoint(then))
    assert workspace.read(names) == []
    workspace.undo()
    assert workspace.read(names) == ["Reborn"]


def test_what_was_not_there_yet_is_not_restored(
    workspace: Workspace, clock: SetClock, plan: dict[str, Any]
) -> None:
    then = moment_of(clock)
    late = workspace.write("Add", add_account, "Late").result
    with pytest.raises(UserError, match="not there yet"):
        workspace.restore(RestorePoint(then, "account", late, "Late"))
    with pytest.raises(UserError, match="not there yet"):
        workspace.restore(RestorePoint(then - dt.timedelta(days=1)))
    assert workspace.read(names) == ["Late", "North"]


def test_an_item_does_not_come_back_below_something_deleted(
    workspace: Workspace, clock: SetClock, plan: dict[str, Any]
) -> None:
    then = moment_of(clock)
    workspace.write("Delete", delete_row, "plan", plan["plan"])
    with pytest.raises(UserError, match="belongs to was deleted"):
        workspace.restore(RestorePoint(then, "goal", plan["one"].id, "One"))


def test_a_deletion_that_did_not_hold_then_does_not_hold_when_gone_back_to(
    tmp_path: Path,
) -> None:
    with pair_after(tmp_path, lambda w: w.write("Add", add_account, "North").result) as (
        pair,
        made,
    ):
        pair.aiko.write("Delete", delete_row, "account", made)
        pair.ben.write("Rename", edit_account, made, name="Kept")
        pair.meet()
        then = max(device.clock.now for device in pair.devices)
        pair.pass_by(hours=1)
        pair.aiko.write("Rename", edit_account, made, name="Later")
        pair.aiko.restore(RestorePoint(then))
        pair.meet()
        assert pair.aiko.read(names) == pair.ben.read(names) == ["Kept"]


def test_a_reference_that_gave_way_in_a_circle_is_left_to_the_rule(tmp_path: Path) -> None:
    def prepare(workspace: Workspace) -> tuple[str, str]:
        account = workspace.write("Add", add_account, "North").result
        one = workspace.write("Add", add_contact, account, "One").result
        return one, workspace.write("Add", add_contact, account, "Two").result

    with pair_after(tmp_path, prepare) as (pair, (one, two)):
        pair.aiko.write("Boss", edit_contact, one, reports_to_id=two)
        pair.ben.write("Boss", edit_contact, two, reports_to_id=one)
        pair.meet()
        before = state_of(pair.aiko)
        then = max(device.clock.now for device in pair.devices)
        pair.pass_by(hours=1)
        assert pair.aiko.restore(RestorePoint(then)).change is None
        assert state_of(pair.aiko) == before


def test_a_restore_merges_like_any_edit(tmp_path: Path) -> None:
    def prepare(workspace: Workspace) -> str:
        return workspace.write("Add", add_account, "North", region="East").result

    with pair_after(tmp_path, prepare) as (pair, made):
        then = pair.devices[0].clock.now
        pair.pass_by(hours=1)
        pair.aiko.write("Edit", edit_account, made, name="South", region="West")
        pair.meet()
        pair.pass_by(hours=1)
        pair.aiko.restore(RestorePoint(then))
        pair.ben.write("Edit", edit_account, made, employees=7)
        pair.meet()
        (account,) = state_of(pair.ben)["account"].values()
        assert (account["name"], account["region"], account["employees"]) == ("North", "East", 7)
        assert state_of(pair.aiko) == state_of(pair.ben)


MORE = 50 if SOAKING else 1
"""How many times as many examples are tried in `make soak`."""

Edit = tuple[str, int, int]
EDITS = st.lists(
    st.tuples(
        st.sampled_from(["account", "rename", "note", "plan", "goal", "move", "delete", "undo"]),
        st.integers(0, 5),
        st.integers(0, 3),
    ),
    max_size=8,
)


class Player:
    """Makes edits out of small numbers, on whatever is there."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def play(self, edits: list[Edit]) -> None:
        for kind, which, what in edits:
            # What makes no sense here is refused, and changes nothing.
            with contextlib.suppress(UserError):
                self._play(kind, which, what)

    def _play(self, kind: str, which: int, what: int) -> None:
        write = self._workspace.write
        accounts, plans, goals = (self._living(name) for name in ("account", "plan", "goal"))
        if kind == "undo":
            self._workspace.undo()
        elif kind == "account" or not accounts:
            write("Add", add_account, f"Account {what}")
        elif kind == "rename":
            write("Rename", edit_account, accounts[which % len(accounts)], name=f"Name {what}")
        elif kind == "note":
            region = f"Region {what}" if what else None
            write("Note", edit_account, accounts[which % len(accounts)], region=region)
        elif kind == "plan" or not plans:
            write("Plan", add_plan, accounts[which % len(accounts)], f"Plan {what}")
        elif kind == "goal" or not goals:
            parent = ItemRef(None, plans[which % len(plans)])
            write("Goal", add_item, ItemKind.GOAL, parent, f"Goal {what}")
        elif kind == "move":
            goal = ItemRef(ItemKind.GOAL, goals[which % len(goals)])
            write("Move", move_item, goal, ItemRef(None, plans[what % len(plans)]))
        else:
            entity = ("account", "plan", "goal", "goal")[what]
            rows = self._living(entity)
            write("Delete", delete_row, entity, rows[which % len(rows)])

    def _living(self, entity: str) -> list[str]:
        return sorted(state_of(self._workspace)[entity])


@settings(max_examples=8 * MORE)
@given(first=EDITS, second=EDITS)
def test_any_moment_comes_back_as_it_was_and_goes_again(
    first: list[Edit], second: list[Edit]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        device = Device.beside(Path(folder) / "desk")
        with device.create() as workspace:
            workspace.write("Add", add_account, "First")
            player = Player(workspace)
            player.play(first)
            then, before = moment_of(device.clock), state_of(workspace)
            player.play(second)
            after = state_of(workspace)
            restored = workspace.restore(RestorePoint(then))
            assert state_of(workspace) == before
            if restored.change is not None:
                workspace.undo()
            assert state_of(workspace) == after
            assert broken_laws(workspace.replica.database) == []


@settings(max_examples=4 * MORE)
@given(shared=EDITS, mine=EDITS, theirs=EDITS)
def test_after_a_restore_both_copies_still_agree(
    shared: list[Edit], mine: list[Edit], theirs: list[Edit]
) -> None:
    def prepare(workspace: Workspace) -> None:
        workspace.write("Add", add_account, "First")
        Player(workspace).play(shared)

    with (
        tempfile.TemporaryDirectory() as folder,
        pair_after(Path(folder), prepare) as (pair, _none),
    ):
        then = pair.devices[0].clock.now
        pair.pass_by(hours=1)
        Player(pair.aiko).play(mine)
        Player(pair.ben).play(theirs)
        pair.meet()
        pair.pass_by(hours=1)
        pair.ben.restore(RestorePoint(then))
        Player(pair.aiko).play(mine)
        pair.meet()
        assert state_of(pair.aiko) == state_of(pair.ben)
        check_both(pair)


def check_both(pair: Pair) -> None:
    for workspace in (pair.aiko, pair.ben):
        assert broken_laws(workspace.replica.database) == []
