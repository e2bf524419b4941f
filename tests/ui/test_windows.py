"""Several windows on one workspace: they stay in step, close one by one, and come back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from csdesk.actions.accounts import add_account, edit_account
from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace
from ui.app import Program
from ui.desk import Desk
from ui.desk_frame import DeskFrame
from ui.main_window import MainWindow
from ui.pages.account.page import AccountPage
from ui.pages.accounts.page import AccountsPage
from ui.pages.settings import SettingsPage
from ui.pages.welcome import WelcomePage
from ui.prompts import MessageBar


@pytest.fixture
def second(opened: Program, qtbot: QtBot) -> Iterator[MainWindow]:
    """Return a second window at the workspace of the first."""
    desk = opened.files.desk
    assert desk is not None
    desk.write("Add", add_account, "Aoba Logistics")
    opened.window.commands.action("window.new").trigger()
    window = opened.windows.open[-1]
    assert window is not opened.window
    yield window
    for one in opened.windows.open:
        one.close()


def frame_of(window: MainWindow) -> DeskFrame:
    """Return the frame of a window."""
    assert window.frame is not None
    return window.frame


def desk_of(window: MainWindow) -> Desk:
    """Return the desk of a window."""
    return frame_of(window).desk


def names(window: MainWindow) -> set[str]:
    """Return the accounts a window shows."""
    page = frame_of(window).page
    assert isinstance(page, AccountsPage)
    return {row.name for row in page.model.rows()}


def test_an_edit_in_one_window_is_seen_in_the_other(
    opened: Program, second: MainWindow, qtbot: QtBot
) -> None:
    assert desk_of(second) is not desk_of(opened.window)
    step = desk_of(second).write("Add", add_account, "Blue Harbor")
    assert step is not None
    qtbot.waitUntil(lambda: "Blue Harbor" in names(opened.window))
    frame_of(second).show_item("account", step.result)
    desk_of(opened.window).write("Rename", edit_account, step.result, name="Green Harbor")
    page = frame_of(second).page
    assert isinstance(page, AccountPage)
    qtbot.waitUntil(lambda: "Green Harbor" in page.header.accessibleName() or shown(page))


def shown(page: AccountPage) -> bool:
    """Tell whether the page of the account shows the new name."""
    return page._detail is not None and page._detail.row.name == "Green Harbor"


def test_both_windows_name_the_step_and_either_takes_it_back(
    opened: Program, second: MainWindow, qtbot: QtBot
) -> None:
    desk_of(opened.window).write("Add Blue Harbor", add_account, "Blue Harbor")
    for window in (opened.window, second):
        undo = window.commands.action("edit.undo")
        qtbot.waitUntil(lambda: undo.text() == "&Undo “Add Blue Harbor”")  # noqa: B023
    second.commands.action("edit.undo").trigger()
    qtbot.waitUntil(lambda: "Blue Harbor" not in names(opened.window) | names(second))
    bars = [window.findChild(MessageBar) for window in (opened.window, second)]
    qtbot.waitUntil(lambda: bars[1].message is not None)
    assert bars[0].message is None, "it is said where it was asked for"


def test_a_window_closes_alone_and_the_last_one_closes_the_workspace(
    opened: Program, second: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    second.close()
    qtbot.waitUntil(lambda: not isValid(second))
    assert opened.files.desk is not None
    desk_of(opened.window).write("Add", add_account, "Blue Harbor")
    qtbot.waitUntil(lambda: "Blue Harbor" in names(opened.window))
    opened.window.close()
    assert opened.files.desk is None
    with Workspace.open(tmp_path / "North.csdesk") as free_again:
        assert not free_again.read_only


def test_the_first_window_may_close_before_the_second(
    opened: Program, second: MainWindow, qtbot: QtBot
) -> None:
    opened.window.close()
    assert opened.windows.open == [second]
    desk_of(second).write("Add", add_account, "Blue Harbor")
    qtbot.waitUntil(lambda: "Blue Harbor" in names(second))
    assert desk_of(second).publishing.state[1] == "good"
    second.close()
    assert opened.files.desk is None


def test_what_is_typed_in_a_window_that_closes_is_stored(
    opened: Program, second: MainWindow, qtbot: QtBot
) -> None:
    page = frame_of(second).page
    assert isinstance(page, AccountsPage)
    account = page.model.row(0).id
    frame_of(second).show_item("account", account)
    shown_page = frame_of(second).page
    assert isinstance(shown_page, AccountPage)
    overview = shown_page.section("overview")
    field = overview.field("industry")  # type: ignore[attr-defined]
    field.setFocus()
    qtbot.keyClicks(field, "Logistics")
    second.close()
    qtbot.waitUntil(lambda: any(row.industry == "Logistics" for row in first_rows(opened.window)))


def first_rows(window: MainWindow) -> list[object]:
    """Return the rows of the accounts page."""
    page = frame_of(window).page
    assert isinstance(page, AccountsPage)
    return list(page.model.rows())


def test_closing_the_workspace_leaves_one_window_with_the_welcome(
    opened: Program, second: MainWindow, qtbot: QtBot
) -> None:
    opened.window.commands.action("file.close").trigger()
    qtbot.waitUntil(lambda: len(opened.windows.open) == 1)
    assert isinstance(opened.windows.open[0].centralWidget(), WelcomePage)


def test_windows_are_told_apart_by_what_they_show(
    opened: Program, second: MainWindow, qtbot: QtBot
) -> None:
    first = opened.window
    step = desk_of(second).write("Add", add_account, "R&D [*] Fuji")
    assert step is not None
    frame_of(second).show_item("account", step.result)
    assert second.windowTitle() == "R&D [*][*] Fuji – North – CSDesk"
    opened.preferences.choose_language("ja")
    assert second.windowTitle().startswith("R&D"), "it still shows the account"
    assert first.windowTitle() == "顧客 – North – CSDesk"
    opened.preferences.choose_language("en")
    desk_of(first).write("Rename", edit_account, step.result, name="Fuji")
    qtbot.waitUntil(lambda: second.windowTitle() == "Fuji – North – CSDesk")
    menu = next(
        one.menu() for one in first.menuBar().actions() if one.text().replace("&", "") == "Window"
    )
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    listed = {one.text(): one for one in menu.actions() if one.isCheckable()}
    assert list(listed) == ["&1  Accounts – North – CSDesk", "&2  Fuji – North – CSDesk"]
    qtbot.waitUntil(lambda: second.windowHandle().isExposed())
    listed["&2  Fuji – North – CSDesk"].trigger()
    qtbot.waitUntil(second.isActiveWindow)
    second.commands.action("window.next").trigger()
    qtbot.waitUntil(first.isActiveWindow)


def test_opening_another_workspace_is_shown_in_one_window(
    opened: Program, second: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    assert opened.files.create(tmp_path / "South.csdesk")
    qtbot.waitUntil(lambda: len(opened.windows.open) == 1)
    assert opened.windows.open[0].windowTitle() == "Accounts – South – CSDesk"
    assert desk_of(opened.windows.open[0]) is opened.files.desk


def test_all_windows_come_back_after_the_program_was_ended(
    opened: Program, second: MainWindow, qtbot: QtBot, qapp: QApplication, home: Home
) -> None:
    frame_of(second).show_page("settings")
    opened.window.commands.action("file.quit").trigger()
    assert opened.windows.open == []
    again = Program(qapp, home)
    again.start(None)
    first, other = again.windows.open
    assert isinstance(frame_of(first).page, AccountsPage)
    assert isinstance(frame_of(other).page, SettingsPage)
    other.close()
    first.close()
    assert again.preferences.window()["others"] == []
    again.stop()
    again.window.deleteLater()


def test_a_find_opens_in_a_window_of_its_own(opened: Program, qtbot: QtBot) -> None:
    desk = opened.files.desk
    assert desk is not None
    step = desk.write("Add", add_account, "Aoba Logistics")
    assert step is not None
    frame = frame_of(opened.window)
    opened.window.commands.action("edit.search").trigger()
    qtbot.keyClicks(frame.search, "ao")
    qtbot.waitUntil(lambda: bool(frame.search.finds.finds))
    qtbot.keyClick(frame.search, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    other = opened.windows.open[-1]
    page = frame_of(other).page
    assert isinstance(page, AccountPage)
    assert page.account_id == step.result
    assert isinstance(frame.page, AccountsPage), "the window it was asked for in stays"
    other.close()


def test_the_buttons_at_the_mouse_lead_back_and_forward(opened: Program, qtbot: QtBot) -> None:
    frame = frame_of(opened.window)
    frame.show_page("settings")
    handle, middle = opened.window.windowHandle(), QPoint(600, 400)
    QTest.mouseClick(handle, Qt.MouseButton.BackButton, pos=middle)
    assert isinstance(frame.page, AccountsPage)
    QTest.mouseClick(handle, Qt.MouseButton.ForwardButton, pos=middle)
    assert isinstance(frame.page, SettingsPage)
