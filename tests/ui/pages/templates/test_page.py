"""The library of templates: read, copied, edited in place, used for an account; all by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from csdesk.actions.accounts import add_account
from csdesk.actions.templates import duplicate_template, edit_template
from csdesk.model.vocabulary import PlanType, Side, TouchModel, Visibility
from csdesk.queries.templates import TemplateRow, templates
from csdesk.workspace.workspace import Workspace
from tests.ui.colleague import settle
from tests.ui.front import bring_to_front
from tests.ui.pages.fuji import undone
from ui.desk import Desk
from ui.pages.templates.page import TemplatesPage

Key = Qt.Key
SHIPPED = "shipped:en/10_recovery_low"


@pytest.fixture
def own(workspace: Workspace) -> str:
    """Return the id of a template the team saved."""
    return workspace.write("Copy", duplicate_template, SHIPPED, "Back to use, our way").result


@pytest.fixture
def library(qtbot: QtBot, desk: Desk, own: str) -> TemplatesPage:
    """Return the page, shown, the team's template chosen."""
    page = TemplatesPage(desk)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    bring_to_front(qtbot, page)
    page.table.choose(own)
    return page


def saved(workspace: Workspace) -> list[TemplateRow]:
    return [row for row in workspace.read(templates) if not row.is_shipped]


def titles(row: TemplateRow) -> list[str]:
    return [item.title for item in row.content.walk()]


def test_shipped_templates_of_the_language_stand_beside_the_teams(
    library: TemplatesPage, qtbot: QtBot
) -> None:
    QAbstractItemModelTester(library.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert library.model.rowCount() == 11
    library.start_filter()
    qtbot.keyClicks(library._filter, "renewal")
    assert [row.type for row in library.model.rows()] == [PlanType.RENEWAL] * 2
    library._filter.setText("nothing of the kind")
    assert library._parts.currentIndex() == 1
    library._filter.clear()
    library._language.setCurrentIndex(0)
    library._language.activated.emit(0)
    assert library.model.rowCount() == 21


def test_a_shipped_template_is_read_and_becomes_the_teams_by_a_copy(
    library: TemplatesPage, workspace: Workspace, desk: Desk, qtbot: QtBot
) -> None:
    library.table.choose("shipped:en/01_onboarding_high")
    assert library.panel.preview.summary == "3 goals · 6 milestones · 22 actions · 90 days"
    assert not library.panel._delete.isVisible()
    library.panel.ask_duplicate()
    settle()
    assert QApplication.focusWidget() is library.panel.name
    qtbot.keyClicks(library.panel.name, "Our onboarding")
    qtbot.keyClick(library.panel.name, Key.Key_Return)
    settle()
    assert {row.name for row in saved(workspace)} == {"Our onboarding", "Back to use, our way"}
    undone(desk, qtbot)
    undone(desk, qtbot)
    assert [row.name for row in saved(workspace)] == ["Back to use, our way"]


def test_what_a_template_is_for_is_changed_in_place(
    library: TemplatesPage, workspace: Workspace, qtbot: QtBot
) -> None:
    panel = library.panel
    panel._touch.setCurrentIndex(panel._touch.findText("High touch"))
    panel._touch.activated.emit(panel._touch.currentIndex())
    panel._description.setFocus()
    panel._description.selectAll()
    qtbot.keyClicks(panel._description, "For our branches")
    qtbot.keyClick(panel._description, Key.Key_Return)
    field = panel.editor.text("to_be")
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "In use everywhere")
    qtbot.keyClick(field, Key.Key_Return)
    (row,) = saved(workspace)
    assert (row.touch_model, row.description) == (TouchModel.HIGH, "For our branches")
    assert row.content.to_be == "In use everywhere"


def test_items_are_edited_added_moved_and_deleted_in_the_table(
    library: TemplatesPage, workspace: Workspace, desk: Desk, qtbot: QtBot
) -> None:
    table = library.panel.editor.items
    table.setFocus()
    table.choose("0.0.0", 0)
    qtbot.keyClick(table, Key.Key_F2)
    editor = QApplication.focusWidget()
    qtbot.keyClicks(editor, "Read the log")
    qtbot.keyClick(editor, Key.Key_Return)
    settle()
    assert titles(saved(workspace)[0])[2] == "Read the log"
    table.choose("0.0.0", 3)
    qtbot.keyClick(table, Key.Key_F2)
    editor = QApplication.focusWidget()
    qtbot.keyClicks(editor, "5")
    qtbot.keyClick(editor, Key.Key_Return)
    settle()
    assert saved(workspace)[0].content.items[0].children[0].children[0].due == 5
    table.choose("0.0.0")
    qtbot.keyClick(table, Key.Key_Insert)
    settle()
    assert table.chosen_ids() == ["0.0.1"]
    assert titles(saved(workspace)[0])[2:4] == ["Read the log", "New item"]
    qtbot.keyClick(table, Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert titles(saved(workspace)[0])[2:4] == ["New item", "Read the log"]
    assert table.chosen_ids() == ["0.0.0"]
    qtbot.keyClick(table, Key.Key_Delete)
    settle()
    assert titles(saved(workspace)[0])[2] == "Read the log"
    undone(desk, qtbot)
    assert titles(saved(workspace)[0])[2] == "New item"


def test_what_makes_no_sense_in_a_template_is_refused(
    library: TemplatesPage, workspace: Workspace, desk: Desk, qtbot: QtBot
) -> None:
    before = saved(workspace)[0].content
    line = library.panel.editor.items.model().row(1)  # type: ignore[attr-defined]
    for field, value in (("due", -400), ("title", "  ")):
        with qtbot.waitSignal(desk.messages.said):
            assert not library.panel.editor._store_cell(line, field, value)
    assert saved(workspace)[0].content == before


def test_an_item_becomes_internal_and_acts_for_another_side(
    library: TemplatesPage, workspace: Workspace
) -> None:
    table = library.panel.editor.items
    table.choose("0.0.2")
    library.panel.editor._on_toggle_visible()
    settle()
    table.choose("0.0.2")
    line = library.panel.editor.items.model().row(4)  # type: ignore[attr-defined]
    library.panel.editor._store_cell(line, "side", Side.JOINT)
    settle()
    item = saved(workspace)[0].content.items[0].children[0].children[2]
    assert (item.visibility, item.side) == (Visibility.INTERNAL, Side.JOINT)


def test_a_template_of_the_team_is_deleted_and_comes_back(
    library: TemplatesPage, workspace: Workspace, desk: Desk, qtbot: QtBot
) -> None:
    library.table.setFocus()
    with qtbot.waitSignal(desk.messages.said) as said:
        qtbot.keyClick(library.table, Key.Key_Delete)
    settle()
    assert saved(workspace) == []
    assert library.model.rowCount() == 10
    undone(desk, qtbot, said.args[0].act)
    assert len(saved(workspace)) == 1
    assert library.model.rowCount() == 11


def test_a_template_is_used_for_an_account_that_is_found_by_typing(
    library: TemplatesPage, workspace: Workspace, desk: Desk, own: str, qtbot: QtBot
) -> None:
    fuji = workspace.write("Fuji", add_account, "富士リテール", name_kana="フジリテール").result
    settle()
    library.panel.ask_use()
    assert QApplication.focusWidget() is library.accounts.field
    library.accounts.field.setText("ふじ")
    library.accounts._fill()
    assert library.accounts.shown == ["富士リテール"]
    with qtbot.waitSignal(desk.place_asked) as asked:
        qtbot.keyClick(library.accounts.field, Key.Key_Return)
    assert asked.args == ["new_plan", f"{fuji} {own}"]


def test_what_a_colleague_changes_is_seen_and_what_is_typed_stays(
    library: TemplatesPage, workspace: Workspace, own: str, qtbot: QtBot
) -> None:
    panel = library.panel
    panel._description.setFocus()
    panel._description.setText("half a")
    panel._description.setModified(True)
    workspace.write("Elsewhere", edit_template, own, name="Renamed")
    settle()
    assert panel.name.text() == "Renamed"
    assert panel._description.text() == "half a"
    assert library.table.chosen_ids() == [own]
