"""The history of a row is told in words: who, when, from what to what."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from csdesk.actions.accounts import add_account, edit_account, move_account
from csdesk.actions.contracts import add_contract, edit_contract
from csdesk.actions.kpis import add_kpi, set_kpi_value
from csdesk.actions.people import add_member
from csdesk.actions.plan_items import delete_items, edit_item, shift_item, tick_item
from csdesk.actions.plans import add_plan
from csdesk.actions.rows import delete_row
from csdesk.i18n import Translator
from csdesk.model.items import ItemRef
from csdesk.model.vocabulary import Phase
from csdesk.queries.row_story import FieldStory, Happening, RowStory, account_stories, row_stories
from csdesk.workspace.workspace import Workspace
from tests.actions.outlines import Outline, fill
from tests.queries.apart import pair_after


@pytest.fixture
def account(workspace: Workspace) -> str:
    return workspace.write("Add Fuji", add_account, "Fuji", phase=Phase.ONBOARDING).result


@pytest.fixture
def outline(workspace: Workspace, account: str) -> Outline:
    plan = workspace.write("Plan", add_plan, account, "Plan").result
    workspace.write("Items", fill, ItemRef(None, plan), {"G1": {"A1": {}, "A2": {}}})
    return Outline(workspace, plan)


def stories(workspace: Workspace, entity: str, row_id: str) -> list[RowStory]:
    return workspace.read(row_stories, [(entity, row_id)])


def test_a_change_tells_the_field_before_and_after(workspace: Workspace, account: str) -> None:
    workspace.write("Move", move_account, account, Phase.ADOPTION)
    newest, oldest = stories(workspace, "account", account)
    assert newest.happening is Happening.CHANGED
    assert newest.step == "Move"
    assert newest.name == "Fuji"
    assert newest.fields == (FieldStory("Phase", "Onboarding", "Adoption"),)
    assert oldest.happening is Happening.ADDED
    assert oldest.fields == ()


def test_each_kind_of_value_is_told_as_one_reads_it(workspace: Workspace, account: str) -> None:
    owner = workspace.write("Member", add_member, "Yamada").result
    contract = workspace.write("Contract", add_contract, account, currency="USD").result
    workspace.write("Owner", edit_account, account, owner_id=owner, employees=1200)
    day = dt.date(2027, 3, 31)
    workspace.write("Money", edit_contract, contract, mrr=123450, renewal_on=day, auto_renew=True)
    (first, *_rest) = stories(workspace, "account", account)
    assert {field.label: field.after for field in first.fields} == {
        "Owner": "Yamada",
        "Employees": "1,200",
    }
    (first, *_rest) = stories(workspace, "contract", contract)
    assert {field.label: field.after for field in first.fields} == {
        "MRR": "$1,234.50",
        "Renewal": "Mar 31, 2027",
        "Renews by itself": "yes",
    }


def test_a_tick_tells_the_status_alone_and_a_move_is_a_move(
    workspace: Workspace, outline: Outline
) -> None:
    ref = outline.ref("A1")
    workspace.write("Tick", tick_item, ref, True)
    workspace.write("Shift", shift_item, ref, 1)
    moved, ticked, added = stories(workspace, "action", ref.id)
    assert moved.happening is Happening.MOVED
    assert ticked.fields == (FieldStory("Status", "To do", "Done"),)
    assert added.happening is Happening.ADDED


def test_deletion_and_its_undo_are_told(workspace: Workspace, outline: Outline) -> None:
    ref = outline.ref("A1")
    workspace.write("Delete", delete_items, [ref])
    workspace.undo()
    restored, deleted, _added = stories(workspace, "action", ref.id)
    assert deleted.happening is Happening.DELETED
    assert restored.happening is Happening.RESTORED


def test_a_long_text_is_shortened(workspace: Workspace, outline: Outline) -> None:
    ref = outline.ref("A1")
    workspace.write("Note", edit_item, ref, internal_note="long " * 100)
    (newest, *_rest) = stories(workspace, "action", ref.id)
    (field,) = newest.fields
    assert field.after.endswith("…")
    assert len(field.after) <= 80


def test_the_words_come_in_the_language_asked_for(workspace: Workspace, account: str) -> None:
    workspace.write("Move", move_account, account, Phase.ADOPTION)
    told = workspace.read(row_stories, [("account", account)], translator=Translator("ja"))
    assert told[0].fields[0].after == "アダプション"


def test_an_account_tells_of_all_that_belongs_to_it_and_of_nothing_else(
    workspace: Workspace, outline: Outline, account: str
) -> None:
    other = workspace.write("Other", add_account, "Other").result
    kpi = workspace.write("KPI", add_kpi, "Users").result
    workspace.write("Value", set_kpi_value, account, kpi, dt.date(2026, 11, 1), Decimal(5))
    workspace.write("Rename", edit_item, outline.ref("A1"), title="A9")
    told = workspace.read(account_stories, account)
    assert told[0].fields == (FieldStory("Action item", "A1", "A9"),)
    assert {story.entity for story in told} == {
        *("account", "plan", "goal", "action"),
        "kpi_value",
    }
    assert [story.row_id for story in workspace.read(account_stories, other)] == [other]


def test_many_stories_are_named_with_few_queries(workspace: Workspace, account: str) -> None:
    owners = [workspace.write("Member", add_member, f"Member {n}").result for n in range(12)]
    for owner in owners:
        workspace.write("Owner", edit_account, account, owner_id=owner)
    kpis = [workspace.write("KPI", add_kpi, f"KPI {n}").result for n in range(12)]
    for kpi in kpis:
        workspace.write("Value", set_kpi_value, account, kpi, dt.date(2026, 11, 1), Decimal(5))

    def told_by(session: Session, *, limit: int) -> tuple[list[RowStory], int]:
        statements: list[str] = []
        connection = session.connection()
        event.listen(connection, "before_cursor_execute", lambda *said: statements.append(said[2]))
        return account_stories(session, account, limit=limit), len(statements)

    _few, before = workspace.read(told_by, limit=2)
    told, queries = workspace.read(told_by, limit=100)
    assert [story.name for story in told[:12]] == [
        f"KPI {n} · {Translator('en').month(dt.date(2026, 11, 1))}" for n in reversed(range(12))
    ]
    assert [story.fields[0].after for story in told[12:24]] == [
        f"Member {n}" for n in reversed(range(12))
    ]
    assert queries <= before + 3  # by kind of row, not by row


def test_an_edit_that_lost_is_told_and_marked(tmp_path: Path) -> None:
    def prepare(workspace: Workspace) -> str:
        return workspace.write("Add Fuji", add_account, "Fuji", region="Center").result

    with pair_after(tmp_path, prepare) as (pair, account):
        pair.aiko.write("First", edit_account, account, region="North")
        pair.aiko.write("Second", edit_account, account, region="East")
        pair.pass_by(hours=1)
        pair.ben.write("Third", edit_account, account, region="West")
        pair.meet()
        told = [
            (story.author, story.fields)
            for story in stories(pair.aiko, "account", account)
            if story.fields
        ]
        assert told == [
            ("Ben", (FieldStory("Region", "Center", "West"),)),
            ("Aiko", (FieldStory("Region", "North", "East", is_lost=True),)),
            ("Aiko", (FieldStory("Region", "Center", "North", is_lost=True),)),
        ]
        computers = {story.computer for story in stories(pair.aiko, "account", account)}
        assert "" not in computers


def test_a_deletion_that_did_not_hold_is_told(tmp_path: Path) -> None:
    def prepare(workspace: Workspace) -> str:
        return workspace.write("Add Fuji", add_account, "Fuji").result

    with pair_after(tmp_path, prepare) as (pair, account):
        pair.aiko.write("Delete", delete_row, "account", account)
        pair.ben.write("Delete too", delete_row, "account", account)
        pair.meet()
        told = [story.step for story in stories(pair.ben, "account", account)]
        assert sorted(told) == ["Add Fuji", "Delete", "Delete too"]
