"""The outline is searched: what was found stands with what holds it, all by keyboard."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QModelIndex
from pytestqt.qtbot import QtBot

from csdesk.actions.plan_items import edit_item
from csdesk.model.vocabulary import ActionStatus, Side
from csdesk.queries.outline_filter import Want
from csdesk.workspace.workspace import Workspace
from tests.actions.outlines import Outline
from tests.ui.pages.fuji import SHAPE, Fuji, settle, undone
from tests.ui.pages.plan.hands import Hands, Key
from ui.desk import Desk
from ui.pages.plan.find_bar import FindBar
from ui.pages.plan.outline_tree import TITLE
from ui.pages.plan.plan_section import PlanSection


@pytest.fixture
def bar(plan: PlanSection) -> FindBar:
    """Return the line to look for something, open."""
    command = next(one for one in plan.commands() if one.id == "outline.find")
    assert command.keys == "Ctrl+F"
    command.run()
    found = plan.findChild(FindBar)
    assert found is not None
    assert found.field.hasFocus()
    return found


def seen(plan: PlanSection, holder: QModelIndex | None = None) -> dict[str, object]:
    """Return the titles that can be seen, each with those below it that can."""
    model, view = plan.model, plan.view
    at = holder or QModelIndex()
    rows = [row for row in range(model.rowCount(at)) if not view.isRowHidden(row, at)]
    if at.isValid() and not view.isExpanded(at):
        return {}
    return {
        str(index.data()): seen(plan, index)
        for index in (model.index(row, TITLE, at) for row in rows)
    }


def dim(plan: PlanSection, outline: Outline) -> set[str]:
    return {item.title for item in outline.all() if plan.view.is_dim(item.ref.id)}


def test_words_are_found_with_what_holds_them(
    plan: PlanSection, outline: Outline, bar: FindBar, qtbot: QtBot
) -> None:
    qtbot.keyClicks(bar.field, "a2")
    assert seen(plan) == {"G1": {"M1": {"A2": {}}}}
    assert dim(plan, outline) == {"G1", "M1"}
    assert bar.words == "1 of 7"
    qtbot.keyClick(bar.field, Key.Key_Return)
    assert plan.view.hasFocus()
    assert plan.view.current_item == outline.item("A2")
    qtbot.keyClick(plan.view, Key.Key_Escape)
    assert seen(plan) == SHAPE
    assert not bar.isVisible()
    assert dim(plan, outline) == set()


def test_nothing_found_is_said(plan: PlanSection, bar: FindBar, qtbot: QtBot) -> None:
    qtbot.keyClicks(bar.field, "nowhere")
    assert seen(plan) == {}
    assert bar.words == "Nothing found"
    qtbot.keyClick(bar.field, Key.Key_Escape)
    assert seen(plan) == SHAPE
    assert plan.view.hasFocus()


def test_each_chip_finds_what_it_says(
    plan: PlanSection,
    outline: Outline,
    bar: FindBar,
    workspace: Workspace,
    desk: Desk,
    fuji: Fuji,
    today: dt.date,
) -> None:
    desk.preferences.choose_me(workspace.id, fuji.yamada)
    late = today - dt.timedelta(days=2)
    for title, fields in {
        "A1": {"owner_id": fuji.yamada, "due_on": late},
        "A2": {"status": ActionStatus.WAITING_CUSTOMER},
        "A3": {"customer_owner_id": fuji.sato, "side": Side.CUSTOMER},
        "M2": {"due_on": late},
    }.items():
        workspace.write("Edit", edit_item, outline.ref(title), **fields)
    workspace.write("Done", edit_item, outline.ref("A3"), status=ActionStatus.DONE)
    settle()
    expected = {
        Want.MINE: {"G1": {"M1": {"A1": {}}}},
        Want.LATE: {"G1": {"M1": {"A1": {}}, "M2": {}}},
        Want.CUSTOMERS: {"G2": {"A3": {}}},
        Want.WAITING: {"G1": {"M1": {"A2": {}}}},
        Want.DONE: {"G2": {"A3": {}}},
        Want.OPEN: {"G1": SHAPE["G1"], "G2": {}},
    }
    for want, found in expected.items():
        bar.chip(want).click()
        assert seen(plan) == found, want
        assert bar.chip(want).text().startswith("✓")
        bar.chip(want).click()
    bar.chip(Want.LATE).click()
    bar.chip(Want.MINE).click()
    assert seen(plan) == {"G1": {"M1": {"A1": {}}}}


def test_what_is_ticked_off_stays_until_something_else_is_sought(
    hands: Hands, plan: PlanSection, outline: Outline, bar: FindBar
) -> None:
    bar.chip(Want.OPEN).click()
    hands.at("A3")
    plan.view.setFocus()
    hands.press(Key.Key_Space)
    assert outline.item("A3").is_done
    assert seen(plan) == SHAPE
    bar.field.setText("a")
    assert "A3" not in seen(plan).get("G2", {})  # type: ignore[operator]


def test_rows_are_added_while_something_is_sought(
    hands: Hands, plan: PlanSection, outline: Outline, bar: FindBar, qtbot: QtBot
) -> None:
    qtbot.keyClicks(bar.field, "A2")
    qtbot.keyClick(bar.field, Key.Key_Down)
    hands.press(Key.Key_Return)
    hands.type("Else")
    hands.press(Key.Key_Return, Key.Key_Escape)
    assert outline.tree()["G1"]["M1"] == {"A1": {}, "A2": {}, "Else": {}}  # type: ignore[index]
    assert seen(plan) == {"G1": {"M1": {"A2": {}, "Else": {}}}}


def test_what_a_colleague_adds_shows_while_something_is_sought(
    plan: PlanSection, outline: Outline, bar: FindBar, qtbot: QtBot
) -> None:
    qtbot.keyClicks(bar.field, "A2")
    outline.action("A9", "M2")
    settle()
    assert seen(plan) == {"G1": {"M1": {"A2": {}}, "M2": {"A9": {}}}}


def test_folded_rows_open_while_something_below_is_found_and_fold_again(
    hands: Hands, plan: PlanSection, outline: Outline, qtbot: QtBot
) -> None:
    view = plan.view
    hands.at("M1")
    hands.press(Key.Key_Left)
    folded = outline.ref("M1").id
    plan.findChild(FindBar).start()
    qtbot.keyClicks(plan.findChild(FindBar).field, "A2")
    assert seen(plan) == {"G1": {"M1": {"A2": {}}}}
    plan.findChild(FindBar).close_bar()
    assert not view.isExpanded(plan.model.index_of(folded))
    assert view.folded == [folded]


def test_an_undo_while_something_is_sought_shows_what_comes_back(
    hands: Hands, plan: PlanSection, outline: Outline, bar: FindBar, desk: Desk, qtbot: QtBot
) -> None:
    qtbot.keyClicks(bar.field, "A2")
    qtbot.keyClick(bar.field, Key.Key_Return)
    hands.press(Key.Key_Delete)
    assert seen(plan) == {}
    undone(desk, qtbot)
    assert seen(plan) == {"G1": {"M1": {"A2": {}}}}


def test_an_item_asked_for_shows_although_something_else_is_sought(
    plan: PlanSection, outline: Outline, bar: FindBar, qtbot: QtBot
) -> None:
    qtbot.keyClicks(bar.field, "A2")
    plan.show_item("action", outline.ref("A3").id)
    assert plan.view.current_item == outline.item("A3")
    assert seen(plan) == SHAPE
