"""What can be done about a step of the history: undo it, take its value again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from csdesk.actions.accounts import edit_account
from csdesk.queries.rows import row_of
from csdesk.workspace.workspace import Workspace
from tests.ui.colleague import Colleague, settle
from tests.ui.pages.fuji import Fuji
from ui.desk import Desk
from ui.pages.account.history_section import HistorySection
from ui.pages.account.page import AccountPage


@pytest.fixture
def history(page: AccountPage) -> HistorySection:
    """Return the tab of the history, in front."""
    page.open_tab("history")
    section = page.section("history")
    assert isinstance(section, HistorySection)
    settle()
    return section


def chosen(history: HistorySection, change: str) -> None:
    """Choose the step with these words."""
    places = range(history.model.rowCount())
    last = len(history.model.columns) - 1
    found = [row for row in places if change in str(history.model.index(row, last).data())]
    history.table.selectRow(found[0])


def value(workspace: Workspace, account: str, field: str) -> object:
    row = workspace.read(row_of, "account", account)
    assert row is not None
    return row.values[field]


def test_a_colleagues_change_is_undone_and_undo_brings_it_back(
    history: HistorySection, colleague: Colleague, desk: Desk, qtbot: QtBot, fuji: Fuji
) -> None:
    colleague.arrives(edit_account, fuji.account, industry="Retail")
    chosen(history, "→ Retail")
    qtbot.mouseClick(history.actions_shown.undo_button, Qt.MouseButton.LeftButton)
    assert value(desk.workspace, fuji.account, "industry") is None
    desk.workspace.undo()
    assert value(desk.workspace, fuji.account, "industry") == "Retail"


def test_a_value_of_then_is_taken_again(
    history: HistorySection, desk: Desk, qtbot: QtBot, fuji: Fuji
) -> None:
    for industry in ("Retail", "Banking"):
        desk.write("Set", edit_account, fuji.account, industry=industry)
    settle()
    chosen(history, "→ Retail")
    qtbot.mouseClick(history.actions_shown.again_button, Qt.MouseButton.LeftButton)
    assert value(desk.workspace, fuji.account, "industry") == "Retail"


def test_of_several_fields_one_says_which(
    history: HistorySection, desk: Desk, qtbot: QtBot, fuji: Fuji
) -> None:
    desk.write("Both", edit_account, fuji.account, industry="Retail", region="East")
    desk.write("Both", edit_account, fuji.account, industry="Banking", region="West")
    settle()
    chosen(history, "→ Retail")
    history.actions_shown.take_again()
    menu = history.actions_shown.findChild(QMenu)
    assert menu is not None
    words = [action.text() for action in menu.actions()]
    menu.actions()[next(at for at, one in enumerate(words) if "East" in one)].trigger()
    assert value(desk.workspace, fuji.account, "region") == "East"
    assert value(desk.workspace, fuji.account, "industry") == "Banking"
    menu.close()


def test_what_was_changed_since_is_told(
    history: HistorySection, desk: Desk, qtbot: QtBot, fuji: Fuji
) -> None:
    desk.write("Both", edit_account, fuji.account, industry="Retail", region="East")
    desk.write("One", edit_account, fuji.account, industry="Banking")
    settle()
    chosen(history, "→ East")
    with qtbot.waitSignal(desk.messages.said) as said:
        history.actions_shown.undo_this()
    assert said.args is not None
    assert "1 field was changed since" in said.args[0].advice
    assert value(desk.workspace, fuji.account, "industry") == "Banking"
    assert value(desk.workspace, fuji.account, "region") is None


def test_nothing_is_offered_while_no_step_or_several_are_chosen(
    history: HistorySection, desk: Desk, fuji: Fuji
) -> None:
    desk.write("Set", edit_account, fuji.account, industry="Retail")
    settle()
    buttons = (history.actions_shown.undo_button, history.actions_shown.again_button)
    history.table.clearSelection()
    assert not any(button.isEnabled() for button in buttons)
    history.table.selectAll()
    assert not any(button.isEnabled() for button in buttons)
    chosen(history, "→ Retail")
    assert all(button.isEnabled() for button in buttons)
    chosen(history, "added")
    assert [button.isEnabled() for button in buttons] == [True, False]


def test_the_search_finds_who_what_and_when_it_was_called(
    history: HistorySection, desk: Desk, qtbot: QtBot, fuji: Fuji
) -> None:
    desk.write("Quarterly check", edit_account, fuji.account, industry="Retail")
    desk.write("Other", edit_account, fuji.account, region="East")
    settle()
    history.start_search()
    qtbot.keyClicks(history.focusWidget(), "quarterly")
    assert [history.model.row(0).story.step] == ["Quarterly check"]
    assert history.model.rowCount() == 1


def test_older_changes_are_shown_when_asked_for(
    history: HistorySection, desk: Desk, fuji: Fuji, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.pages.account.history_section.STEPS", 3)
    history._most = 3
    for number in range(6):
        desk.write(f"Step {number}", edit_account, fuji.account, region=f"R{number}")
    settle()
    history.refresh()
    assert {row.story.step for row in history.model.rows()} == {"Step 5", "Step 4", "Step 3"}
    assert history.more_button.isVisible()
    history.show_older()
    assert {f"Step {number}" for number in range(6)} <= {
        row.story.step for row in history.model.rows()
    }
