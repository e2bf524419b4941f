"""The palette's names: what is there, whose it is, and what is past ranks behind."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from csdesk.actions.accounts import (
    add_account,
    archive_accounts,
    delete_accounts,
    edit_account,
    tag_account,
)
from csdesk.actions.people import add_contact, add_member
from csdesk.actions.plan_items import add_item, edit_item
from csdesk.actions.plans import add_plan
from csdesk.insight.name_index import Name
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.records import SavedView
from csdesk.model.vocabulary import CLOSED_ACTIONS, CLOSED_GOALS
from csdesk.queries.palette import (
    KINDS,
    OWN,
    PASSED,
    PUT_AWAY,
    USUAL,
    palette_names,
    tagged_accounts,
)
from csdesk.workspace.workspace import Workspace


@dataclass(frozen=True)
class Ids:
    """What the tests name."""

    me: str
    fuji: str
    blue: str
    sato: str
    plan: str
    goal: str
    action: str


@pytest.fixture
def ids(workspace: Workspace) -> Ids:
    """Return two accounts, the first of them mine, with a plan."""

    def fill(session: Session) -> Ids:
        me = add_member(session, "山田 恵")
        fuji = add_account(
            session, "富士リテール", name_kana="フジリテール", name_en="Fuji Retail", owner_id=me
        )
        blue = add_account(session, "Blue Harbor")
        sato = add_contact(session, fuji, "佐藤 陽子", name_kana="サトウ ヨウコ")
        plan = add_plan(session, fuji, "Plan 2026")
        goal = add_item(session, ItemKind.GOAL, ItemRef(None, plan), "Fewer returns")
        action = add_item(session, ItemKind.ACTION, goal, "Train the stores")
        for account, tag in ((fuji, "VIP"), (fuji, "vine"), (blue, "Pilot")):
            tag_account(session, account, tag)
        return Ids(me, fuji, blue, sato, plan, goal.id, action.id)

    return workspace.write("Fill", fill).result


def names(workspace: Workspace, entity: str, me: str | None = None) -> dict[str, Name]:
    """Return the names of an entity by their ids."""
    return {name.id: name for name in workspace.read(palette_names, entity, me)}


def test_an_account_is_known_by_each_of_its_names(workspace: Workspace, ids: Ids) -> None:
    found = names(workspace, "account", ids.me)[ids.fuji]
    assert found == Name(
        "account", ids.fuji, "富士リテール", ("フジリテール", "Fuji Retail"), OWN, ""
    )
    assert names(workspace, "account")[ids.fuji].rank == USUAL, "nobody said who sits here"


def test_what_belongs_to_an_account_says_so_and_ranks_with_it(
    workspace: Workspace, ids: Ids
) -> None:
    for entity, item in (("contact", ids.sato), ("goal", ids.goal), ("action", ids.action)):
        found = names(workspace, entity, ids.me)[item]
        assert (found.about, found.rank) == (ids.fuji, OWN), entity
    assert names(workspace, "plan", ids.me)[ids.plan].about == ids.fuji


def test_what_is_done_or_archived_ranks_behind(workspace: Workspace, ids: Ids) -> None:
    action, goal = ItemRef(ItemKind.ACTION, ids.action), ItemRef(ItemKind.GOAL, ids.goal)
    for ref, statuses in ((action, CLOSED_ACTIONS), (goal, CLOSED_GOALS)):
        for status in statuses:
            workspace.write("Over", edit_item, ref, status=status)
            assert names(workspace, str(ref.kind), ids.me)[ref.id].rank == PASSED, status
    workspace.write("Archive", archive_accounts, [ids.fuji], dt.date(2026, 11, 22))
    for entity in ("account", "contact", "plan", "goal", "action"):
        assert {one.rank for one in names(workspace, entity, ids.me).values()} & {PUT_AWAY}, entity


def test_a_deleted_account_takes_all_its_names_along(workspace: Workspace, ids: Ids) -> None:
    workspace.write("Delete", delete_accounts, [ids.fuji])
    for entity in ("contact", "plan", "goal", "action"):
        assert names(workspace, entity) == {}, entity
    workspace.undo()
    assert ids.goal in names(workspace, "goal")


def test_names_of_single_rows_are_read_as_they_are_now(workspace: Workspace, ids: Ids) -> None:
    workspace.write("Rename", edit_account, ids.blue, name="Green Harbor")
    found = workspace.read(palette_names, "account", None, [ids.blue, "gone"])
    assert [name.title for name in found] == ["Green Harbor"]


def test_views_are_mine_or_everybodys(workspace: Workspace, ids: Ids) -> None:
    def add(session: Session) -> None:
        other = add_member(session, "Tom Sato")
        for name, owner in (("Mine", ids.me), ("Everybody's", None), ("Tom's", other)):
            session.add(SavedView(name=name, page="accounts", owner_id=owner))

    workspace.write("Add views", add)
    found = {name.title for name in names(workspace, "saved_view", ids.me).values()}
    assert found == {"Mine", "Everybody's"}


def test_templates_that_come_with_the_program_are_known_in_the_language_spoken(
    workspace: Workspace,
) -> None:
    english = names(workspace, "template")
    assert len(english) >= 10
    some = next(iter(english))
    assert [one.id for one in workspace.read(palette_names, "template", None, [some])] == [some]
    assert workspace.read(palette_names, "template", None, ["gone"]) == []


def test_every_entity_of_every_kind_can_be_read(workspace: Workspace, ids: Ids) -> None:
    for kind in KINDS:
        for entity in kind.entities:
            assert all(name.entity == entity for name in names(workspace, entity).values())


@pytest.mark.parametrize(
    ("asked", "tags"),
    [("vi", {"VIP"}), ("VIN", {"vine"}), ("p", {"Pilot"}), ("", {"VIP", "Pilot"}), ("%", set())],
)
def test_accounts_are_found_by_the_beginning_of_a_tag(
    workspace: Workspace, ids: Ids, asked: str, tags: set[str]
) -> None:
    assert set(workspace.read(tagged_accounts, asked).values()) == tags
