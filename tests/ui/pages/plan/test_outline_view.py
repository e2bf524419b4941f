"""The outline is edited from the keyboard, each edit one step that can be undone."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from csdesk.actions.plan_items import ItemKind, edit_item
from csdesk.model.vocabulary import ActionStatus, Visibility
from csdesk.workspace.workspace import Workspace
from tests.actions.outlines import Outline
from tests.ui.pages.fuji import SHAPE, Fuji, settle, undone
from tests.ui.pages.plan.hands import CONTROL, Hands, Key, shown
from ui.desk import Desk
from ui.pages.account.page import AccountPage
from ui.pages.plan.find_bar import FindBar
from ui.pages.plan.outline_cells import tick_box
from ui.pages.plan.outline_commands import fill_menu, menu_commands
from ui.pages.plan.outline_tree import DUE, OWNER, PRIORITY, VISIBILITY
from ui.pages.plan.plan_section import PlanSection
from ui.widgets.cells import PADDING


def test_the_outline_shows_what_is_stored(plan: PlanSection) -> None:
    assert shown(plan) == SHAPE


def test_typing_replaces_a_title_and_enter_begins_the_next_row(
    hands: Hands, outline: Outline, desk: Desk, qtbot: QtBot
) -> None:
    hands.at("A1")
    hands.type("A9")
    hands.press(Key.Key_Return)
    assert list(outline.tree()["G1"]["M1"]) == ["A9", "A2"]
    hands.type("A8")
    hands.press(Key.Key_Return)
    hands.type("A7")
    hands.press(Key.Key_Return)
    hands.press(Key.Key_Return)
    assert list(outline.tree()["G1"]["M1"]) == ["A9", "A8", "A7", "A2"]
    assert shown(hands.plan) == outline.tree()
    assert hands.plan.model.draft is None
    for _step in range(3):
        undone(desk, qtbot)
    assert outline.tree() == SHAPE
    assert shown(hands.plan) == SHAPE


def test_escape_leaves_no_row_behind(hands: Hands, outline: Outline) -> None:
    hands.at("A2")
    hands.press(Key.Key_Insert)
    hands.type("A5")
    hands.press(Key.Key_Escape)
    settle()
    assert outline.tree() == SHAPE
    assert shown(hands.plan) == SHAPE
    assert hands.plan.view.current_item == outline.item("A2")


def test_a_row_being_typed_changes_its_level_with_tab(hands: Hands, outline: Outline) -> None:
    hands.at("G2")
    hands.plan.view.collapse(hands.plan.view.currentIndex())
    hands.press(Key.Key_Insert)
    hands.type("G3")
    hands.press(Key.Key_Return)
    hands.type("M3")
    hands.press(Key.Key_Tab)
    assert hands.editor.text() == "M3"
    hands.press(Key.Key_Return)
    hands.type("A4")
    hands.press(Key.Key_Tab, Key.Key_Return)
    hands.type("G4")
    hands.press(Key.Key_Backtab, Key.Key_Backtab, Key.Key_Return)
    hands.press(Key.Key_Escape)
    assert outline.tree() == SHAPE | {"G3": {"M3": {"A4": {}}}, "G4": {}}
    assert shown(hands.plan) == outline.tree()


def test_tab_and_shift_tab_move_a_stored_row_in_and_out(hands: Hands, outline: Outline) -> None:
    hands.at("M2")
    hands.press(Key.Key_Tab)
    assert outline.tree()["G1"] == {"M1": {"A1": {}, "A2": {}, "M2": {}}}
    assert hands.plan.view.current_item == outline.item("M2")
    hands.press(Key.Key_Backtab)
    assert list(outline.tree()["G1"]) == ["M1", "M2"]
    assert shown(hands.plan) == outline.tree()


def test_tab_within_a_title_keeps_what_is_typed(hands: Hands, outline: Outline) -> None:
    hands.at("A2")
    hands.press(Key.Key_F2)
    hands.type("A2 and more")
    hands.press(Key.Key_Backtab)
    assert "A2 and more" in outline.tree()["G1"]
    assert hands.editor.text() == "A2 and more"


def test_control_and_arrows_move_a_row(hands: Hands, outline: Outline) -> None:
    hands.at("A2")
    hands.press(Key.Key_Up, modifier=CONTROL)
    assert list(outline.tree()["G1"]["M1"]) == ["A2", "A1"]
    assert hands.plan.view.current_item == outline.item("A2")
    hands.press(Key.Key_Down, modifier=CONTROL)
    assert list(outline.tree()["G1"]["M1"]) == ["A1", "A2"]
    assert shown(hands.plan) == SHAPE


def test_space_ticks_off_and_again_reopens(hands: Hands, outline: Outline) -> None:
    hands.at("A1")
    hands.press(Key.Key_Space)
    assert outline.item("A1").status is ActionStatus.DONE
    hands.press(Key.Key_Space)
    assert outline.item("A1").status is ActionStatus.OPEN


def test_delete_takes_all_below_and_the_message_undoes_it(
    hands: Hands, outline: Outline, desk: Desk, qtbot: QtBot
) -> None:
    hands.at("G1")
    with qtbot.waitSignal(desk.messages.said) as said:
        hands.press(Key.Key_Delete)
    assert list(outline.tree()) == ["G2"]
    message = said.args[0]
    assert "G1" in message.text
    with qtbot.waitSignal(desk.changed):
        undone(desk, qtbot, message.act)
    assert outline.tree() == SHAPE
    assert shown(hands.plan) == SHAPE


def test_deleting_a_row_and_one_below_it_is_one_deletion(hands: Hands, outline: Outline) -> None:
    hands.at("M1")
    hands.press(Key.Key_Down, modifier=Qt.KeyboardModifier.ShiftModifier)
    assert len(hands.plan.view.selectionModel().selectedRows()) == 2
    hands.press(Key.Key_Delete)
    assert outline.tree()["G1"] == {"M2": {}}
    outline.workspace.undo()
    assert outline.tree() == SHAPE


def test_after_a_deletion_the_cursor_is_beside_what_was_deleted(hands: Hands) -> None:
    hands.at("A1")
    for _copy in range(3):
        hands.press(Key.Key_D, modifier=CONTROL)
    hands.press(Key.Key_Up)
    hands.press(Key.Key_Delete)
    view = hands.plan.view
    assert view.current_item is not None
    assert (view.currentIndex().row(), view.current_item.title) == (2, "A1")
    hands.press(Key.Key_Delete)
    assert (view.currentIndex().row(), view.current_item.title) == (2, "A2")
    hands.press(Key.Key_Delete)
    assert (view.currentIndex().row(), view.current_item.title) == (1, "A1")


def test_control_d_copies_a_row_with_what_is_below(hands: Hands, outline: Outline) -> None:
    hands.at("M1")
    hands.press(Key.Key_D, modifier=CONTROL)
    goal = next(item for item in outline.read().items if item.title == "G1")
    assert [item.title for item in goal.children] == ["M1", "M1", "M2"]
    assert [item.title for item in goal.children[1].children] == ["A1", "A2"]


def test_a_date_is_typed_in_words(hands: Hands, outline: Outline) -> None:
    hands.at("A1", DUE)
    hands.press(Key.Key_Return)
    hands.type("2027年1月31日")
    hands.press(Key.Key_Return)
    assert outline.item("A1").due_on == dt.date(2027, 1, 31)


def test_japanese_from_an_input_method_begins_an_edit(hands: Hands, outline: Outline) -> None:
    hands.at("A1")
    hands.type("研修")
    hands.press(Key.Key_Return, Key.Key_Escape)
    assert "研修" in outline.tree()["G1"]["M1"]


def test_a_date_that_is_none_is_told_in_its_cell_and_stays_to_be_corrected(
    hands: Hands, outline: Outline
) -> None:
    hands.at("A1", DUE)
    hands.type("12/45")
    hands.press(Key.Key_Return)
    assert hands.editor.text() == "12/45"
    assert "12/45" in hands.editor.accessibleDescription()
    assert outline.item("A1").due_on is None
    hands.press(Key.Key_Backspace)
    assert hands.editor.accessibleDescription() == ""
    hands.press(Key.Key_Return)
    found = outline.item("A1").due_on
    assert found is not None
    assert (found.month, found.day) == (12, 4)


def test_a_date_that_is_none_is_told_where_one_leaves_it(
    hands: Hands, outline: Outline, plan: PlanSection, desk: Desk, qtbot: QtBot
) -> None:
    hands.at("A1", DUE)
    hands.type("soon")
    with qtbot.waitSignal(desk.messages.said) as said:
        plan.panel.first_field.setFocus()
    assert "soon" in said.args[0].text
    assert outline.item("A1").due_on is None


def test_visibility_changes_with_a_key(hands: Hands, outline: Outline) -> None:
    hands.at("A1", VISIBILITY)
    hands.press(Key.Key_Space)
    assert outline.item("A1").visibility is Visibility.INTERNAL
    assert outline.item("A1").status is ActionStatus.OPEN


def test_arrows_lead_through_the_cells_and_fold(hands: Hands) -> None:
    view = hands.plan.view
    hands.at("M1")
    hands.press(Key.Key_Left)
    assert not view.isExpanded(view.currentIndex())
    hands.press(Key.Key_Right)
    assert view.isExpanded(view.currentIndex())
    hands.press(Key.Key_Right, Key.Key_Right)
    assert view.currentIndex().column() == DUE


def test_what_is_typed_survives_a_change_by_somebody_else(
    hands: Hands, outline: Outline, workspace: Workspace
) -> None:
    hands.at("A1")
    hands.press(Key.Key_F2)
    hands.type("half a wo")
    workspace.write("Elsewhere", edit_item, outline.ref("A2"), title="A2 elsewhere")
    workspace.write("Elsewhere", edit_item, outline.ref("A1"), internal_note="Note")
    settle()
    assert "A2 elsewhere" in shown(hands.plan)["G1"]["M1"]
    assert hands.editor.text() == "half a wo"
    hands.type("rd")
    hands.press(Key.Key_Return)
    assert "half a word" in outline.tree()["G1"]["M1"]


def test_a_row_being_typed_survives_a_change_by_somebody_else(
    hands: Hands, outline: Outline, workspace: Workspace
) -> None:
    hands.at("A1")
    hands.press(Key.Key_Return)
    hands.type("A5 new")
    workspace.write("Elsewhere", edit_item, outline.ref("A2"), title="A2 elsewhere")
    settle()
    assert hands.editor.text() == "A5 new"
    hands.press(Key.Key_Return)
    assert list(outline.tree()["G1"]["M1"]) == ["A1", "A5 new", "A2 elsewhere"]


def test_two_pages_stay_in_step(
    hands: Hands, outline: Outline, desk: Desk, fuji: Fuji, qtbot: QtBot
) -> None:
    other = AccountPage(desk)
    qtbot.addWidget(other)
    other.show_item("plan", fuji.plan)
    section = other.section("plan")
    assert isinstance(section, PlanSection)
    section.view.choose(outline.ref("A3").id)
    section.view.collapse(section.model.index_of(outline.ref("M1").id))
    hands.at("M2")
    hands.press(Key.Key_Backtab)
    settle()
    assert shown(section) == outline.tree()
    current = section.view.current_item
    assert current is not None
    assert current.title == "A3"
    assert not section.view.isExpanded(section.model.index_of(outline.ref("M1").id))


def test_f6_leads_to_the_panel_the_timeline_and_back(
    hands: Hands, plan: PlanSection, qtbot: QtBot
) -> None:
    hands.at("A1")
    hands.press(Key.Key_F6)
    assert plan.panel.isAncestorOf(plan.window().focusWidget())
    qtbot.keyClick(plan.window().focusWidget(), Key.Key_F6)
    assert plan.window().focusWidget() is plan.timeline.view
    qtbot.keyClick(plan.window().focusWidget(), Key.Key_F6)
    assert plan.window().focusWidget() is plan.view


def drop(plan: PlanSection, moved: QModelIndex, row: int, holder: QModelIndex) -> None:
    """Drop a dragged row, as Qt does when the mouse is let go."""
    data = plan.model.mimeData([moved])
    action = Qt.DropAction.MoveAction
    if plan.model.canDropMimeData(data, action, row, 0, holder):
        plan.model.dropMimeData(data, action, row, 0, holder)
    settle()


def test_a_row_is_dragged_to_another_place(plan: PlanSection, outline: Outline) -> None:
    model = plan.model
    second = model.index_of(outline.ref("M2").id)
    drop(plan, model.index_of(outline.ref("A3").id), -1, second)
    assert outline.tree() == {"G1": {"M1": {"A1": {}, "A2": {}}, "M2": {"A3": {}}}, "G2": {}}
    drop(plan, model.index_of(outline.ref("G2").id), 0, QModelIndex())
    assert list(outline.tree()) == ["G2", "G1"]
    assert shown(plan) == outline.tree()


@pytest.mark.parametrize(
    ("moved", "holder"), [("G2", "G1"), ("M1", "M2"), ("A1", "A2"), ("M1", "")]
)
def test_a_row_is_not_dropped_where_its_kind_cannot_stand(
    plan: PlanSection, outline: Outline, moved: str, holder: str
) -> None:
    below = plan.model.index_of(outline.ref(holder).id) if holder else QModelIndex()
    drop(plan, plan.model.index_of(outline.ref(moved).id), -1, below)
    assert outline.tree() == SHAPE


def test_a_click_on_the_box_ticks_and_one_on_the_dot_hides(
    plan: PlanSection, outline: Outline, qtbot: QtBot
) -> None:
    view = plan.view
    index = plan.model.index_of(outline.ref("A1").id)
    box = tick_box(view.visualRect(index).adjusted(PADDING, 0, 0, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert outline.item("A1").status is ActionStatus.DONE
    dot = view.visualRect(index.siblingAtColumn(VISIBILITY)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=dot)
    assert outline.item("A1").visibility is Visibility.INTERNAL


def test_columns_are_as_they_were_when_the_tab_is_built_anew(plan: PlanSection) -> None:
    view = plan.view
    view.columns.show_column(PRIORITY, True)
    view.columns.show_column(DUE, False)
    view.setColumnWidth(OWNER, 217)
    state = plan.state()
    for column in (PRIORITY, DUE):
        view.columns.toggle(column)
    view.setColumnWidth(OWNER, 120)
    plan.restore(state)
    assert not view.isColumnHidden(PRIORITY)
    assert view.isColumnHidden(DUE)
    assert view.columnWidth(OWNER) == 217
    plan.restore(state | {"columns": {"due": "wide", "owner": None}})
    assert view.columnWidth(OWNER) == 217


def test_every_command_of_the_outline_runs_and_its_menu_names_the_keys(
    hands: Hands, plan: PlanSection
) -> None:
    hands.at("A1")
    assert [item.title for item in plan.view.doings.chosen] == ["A1"]
    commands = {one.id: one for one in plan.commands() if one.id.startswith("outline.")}
    menu = QMenu(plan)
    fill_menu(menu, menu_commands(plan.view, plan.findChild(FindBar)))
    inside = [part for one in menu.actions() if one.menu() for part in one.menu().actions()]
    able = {one.text() for one in (*menu.actions(), *inside) if one.isEnabled()}
    assert "Duplicate\tCtrl+D" in able
    assert "Move down\tCtrl+Down" in able
    assert "Move up\tCtrl+Up" not in able, "it is the first already"
    for name in ("tick", "tick", "down", "up", "visibility", "visibility", "fold", "unfold"):
        command = commands[f"outline.{name}"]
        assert command.can_run
        command.run()
        settle()
    assert shown(plan) == SHAPE


@pytest.mark.parametrize("key", [Key.Key_Insert, Key.Key_F2])
def test_a_title_being_typed_is_stored_when_another_row_is_begun(
    hands: Hands, outline: Outline, key: Qt.Key
) -> None:
    hands.at("A2")
    hands.press(key)
    hands.type("A5")
    hands.plan.view.add(ItemKind.GOAL)  # as the menu does while the editor is open
    hands.type("G3")
    hands.press(Key.Key_Return, Key.Key_Escape)
    assert "A5" in str(outline.tree()["G1"])
    assert "G3" in outline.tree()
