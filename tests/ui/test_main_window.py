"""The whole window: files, pages, languages, themes, undo, and what it keeps for next time."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QWidget,
)
from pytestqt.qtbot import QtBot

from csdesk.actions.accounts import add_account
from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace
from tests.ui.dropping import drop_file
from tests.ui.window_words import words
from ui.app import Program
from ui.dialogs.import_window import ImportWindow
from ui.pages.account.page import AccountPage
from ui.pages.accounts.page import AccountsPage
from ui.pages.settings import SettingsPage
from ui.pages.welcome import WelcomePage
from ui.prompts import MessageBar
from ui.widgets.status_bar import StatusBar


def test_without_a_workspace_the_window_says_how_to_begin(program: Program) -> None:
    assert isinstance(program.window.centralWidget(), WelcomePage)
    assert {"New workspace…", "Open…", "Try a sample…"} <= words(program.window)
    assert not program.window.commands.action("file.import").isEnabled()


def test_a_new_workspace_shows_the_accounts_and_its_name(opened: Program) -> None:
    frame = opened.window.frame
    assert frame is not None
    assert isinstance(frame.page, AccountsPage)
    assert opened.window.windowTitle() == "Accounts – North – CSDesk"
    assert {"North.csdesk", "All changes saved"} <= words(frame)


def test_what_was_open_is_open_again_at_the_next_start(
    qtbot: QtBot, qapp: QApplication, opened: Program, home: Home, tmp_path: Path
) -> None:
    assert opened.files.desk is not None
    opened.files.desk.write("Add", add_account, "Aoba Logistics")
    frame = opened.window.frame
    assert frame is not None
    frame.show_page("settings")
    opened.window.close()
    again = Program(qapp, home)
    again.start(None)
    assert again.files.desk is not None
    assert again.files.desk.workspace.path == tmp_path / "North.csdesk"
    assert again.window.frame is not None
    assert isinstance(again.window.frame.page, SettingsPage)
    # How many accounts there are is known there too, and follows.
    frame = again.window.frame
    qtbot.waitUntil(lambda: "1 account" in words(frame))
    again.files.desk.write("Add", add_account, "Bosun")
    qtbot.waitUntil(lambda: "2 accounts" in words(frame))
    # The screen of the tests is too small for the window to come back just as it was.
    assert again.preferences.window()["geometry"]
    again.window.close()
    again.stop()
    again.window.deleteLater()


def test_closing_the_window_brings_the_file_up_to_date(
    opened: Program, tmp_path: Path, home: Home
) -> None:
    assert opened.files.desk is not None
    opened.files.desk.write("Add", add_account, "Aoba Logistics")
    opened.window.close()
    elsewhere = Home.at(tmp_path / "elsewhere")
    with Workspace.open(tmp_path / "North.csdesk", home=elsewhere, author="Other") as other:
        assert other.history()[0].label == "Add"


def test_undo_names_the_step_and_takes_it_back(qtbot: QtBot, opened: Program) -> None:
    desk = opened.files.desk
    assert desk is not None
    undo = opened.window.commands.action("edit.undo")
    assert not undo.isEnabled()
    with qtbot.waitSignal(desk.history_changed):
        desk.write("Add Aoba & Sons", add_account, "Aoba & Sons")
    assert undo.text() == "&Undo “Add Aoba && Sons”"
    with qtbot.waitSignal(desk.history_changed):
        qtbot.keyClick(opened.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not undo.isEnabled()
    redo = opened.window.commands.action("edit.redo")
    assert redo.isEnabled()
    bar = opened.window.findChild(MessageBar)
    qtbot.waitUntil(lambda: bar.message is not None)
    assert bar.message is not None
    assert bar.message.text == "Undone: Add Aoba & Sons"
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    with qtbot.waitSignal(desk.history_changed):
        qtbot.keyClick(opened.window, Qt.Key.Key_Z, modifiers)
    assert undo.isEnabled()


def test_an_edit_is_saved_at_once_and_the_file_follows(
    qtbot: QtBot, opened: Program, tmp_path: Path
) -> None:
    desk = opened.files.desk
    assert desk is not None
    before = (tmp_path / "North.csdesk").read_bytes()
    with qtbot.waitSignal(desk.publishing.state_changed) as said:
        desk.write("Add", add_account, "Aoba Logistics")
    assert said.args == ["Saved; the file follows shortly", "good"]
    with qtbot.waitSignal(desk.publishing.state_changed) as said:
        opened.window.commands.action("file.publish").trigger()
    assert said.args == ["All changes saved", "good"]
    assert (tmp_path / "North.csdesk").read_bytes() != before


def test_a_folder_that_vanished_is_told_and_the_edits_stay_safe(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    assert program.files.create(folder / "North.csdesk")
    desk = program.files.desk
    assert desk is not None
    desk.write("Add", add_account, "Aoba Logistics")
    (folder / "North.csdesk").unlink()
    folder.rmdir()
    with qtbot.waitSignal(program.messages.said) as said:
        desk.publishing.publish()
    assert said.args is not None
    assert said.args[0].tone == "bad"
    qtbot.waitUntil(lambda: desk.publishing.state[1] == "bad")
    folder.mkdir()
    with qtbot.waitSignal(desk.publishing.state_changed):
        desk.publishing.publish()
    assert desk.publishing.state == ("All changes saved", "good")


def test_a_file_that_is_no_workspace_is_refused_in_words(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    foreign = tmp_path / "letter.csdesk"
    foreign.write_text("Dear customer")
    assert not program.files.open(foreign)
    bar = program.window.findChild(MessageBar)
    assert bar.message is not None
    assert bar.message.tone == "bad"
    assert isinstance(program.window.centralWidget(), WelcomePage)


def test_opening_another_file_closes_the_one_before(opened: Program, tmp_path: Path) -> None:
    assert opened.files.create(tmp_path / "South.csdesk")
    assert opened.files.desk is not None
    assert opened.files.desk.workspace.path.name == "South.csdesk"
    assert opened.preferences.recent_files()[0].name == "South.csdesk"
    with Workspace.open(tmp_path / "North.csdesk") as free_again:
        assert not free_again.read_only


def test_another_file_begins_at_its_accounts_and_keeps_the_look_of_the_table(
    opened: Program, tmp_path: Path
) -> None:
    frame = opened.window.frame
    assert frame is not None
    page = frame.page
    assert isinstance(page, AccountsPage)
    page.table.sortByColumn(3, Qt.SortOrder.DescendingOrder)
    frame.show_page("settings")
    assert opened.files.create(tmp_path / "South.csdesk")
    assert opened.window.frame is not None
    again = opened.window.frame.page
    assert isinstance(again, AccountsPage)
    assert again.table.horizontalHeader().sortIndicatorSection() == 3


def test_a_copy_is_saved_and_the_original_stays_open(opened: Program, tmp_path: Path) -> None:
    opened.files.save_copy(tmp_path / "Copy")
    assert (tmp_path / "Copy.csdesk").is_file()
    assert opened.files.desk is not None
    assert opened.files.desk.workspace.path.name == "North.csdesk"


def test_closing_the_workspace_leads_back_to_the_welcome_page(
    qtbot: QtBot, opened: Program
) -> None:
    opened.window.commands.action("file.close").trigger()
    assert isinstance(opened.window.centralWidget(), WelcomePage)
    assert "North.csdesk" in {
        item.text()
        for listing in opened.window.centralWidget().findChildren(QWidget)
        if hasattr(listing, "item") and hasattr(listing, "count")
        for item in (listing.item(row) for row in range(listing.count()))
        if hasattr(item, "text")
    }


def test_a_dropped_workspace_is_opened_and_a_dropped_table_goes_to_the_import(
    qtbot: QtBot, opened: Program, tmp_path: Path
) -> None:
    table = tmp_path / "accounts.csv"
    table.write_text("Account name,Industry\nAoba,Logistics\n", encoding="utf-8")
    opened.files.create(tmp_path / "South.csdesk")
    drop_file(opened.window, tmp_path / "North.csdesk")
    assert opened.files.desk is not None
    assert opened.files.desk.workspace.path.name == "North.csdesk"
    drop_file(opened.window, table)
    window = opened.window.findChild(ImportWindow)
    qtbot.waitUntil(lambda: window.findings is not None)
    window.reject()


def test_back_returns_to_the_page_before(opened: Program) -> None:
    frame = opened.window.frame
    assert frame is not None
    frame.show_page("settings")
    opened.window.commands.action("view.back").trigger()
    assert isinstance(frame.page, AccountsPage)


def test_a_fault_on_the_worker_shows_the_report_and_leaves_the_window_alive(
    qtbot: QtBot, opened: Program, home: Home
) -> None:
    def fail(progress: object) -> None:
        raise ZeroDivisionError

    with qtbot.waitSignal(opened.tasks.crashed):
        opened.tasks.start(opened.tasks.prepare("Fail", fail))
    report = opened.crashes.shown
    assert report is not None
    assert len(list(home.crash_reports.glob("crash-*.txt"))) == 1
    with qtbot.waitSignal(report.destroyed):
        report.close()
    desk = opened.files.desk
    assert desk is not None
    with qtbot.waitSignal(desk.changed):
        desk.write("Add", add_account, "Aoba Logistics")


def test_a_workspace_open_in_another_program_can_be_read(
    qtbot: QtBot, program: Program, tmp_path: Path, home: Home
) -> None:
    path = tmp_path / "North.csdesk"
    with Workspace.create(path, home=home, author="Other") as other:
        other.write("Add", add_account, "Aoba Logistics")
        assert program.files.open(path)
        desk = program.files.desk
        assert desk is not None
        assert desk.workspace.read_only
        assert desk.publishing.state == ("For reading only", "warning")
        bar = program.window.findChild(MessageBar)
        assert bar.message is not None
        assert "open in another CSDesk" in bar.message.text
        assert desk.write("Add", add_account, "Blue Harbor") is None
        assert bar.message is not None
        assert "can only be read" in f"{bar.message.text} {bar.message.advice}"
        program.files.close()


def test_settings_that_cannot_be_read_are_told_and_do_not_stop_the_start(
    qtbot: QtBot, qapp: QApplication, home: Home
) -> None:
    home.settings_file.write_text("language = ")
    program = Program(qapp, home)
    bar = program.window.findChild(MessageBar)
    assert bar.message is not None
    assert bar.message.tone == "bad"
    program.stop()
    program.window.deleteLater()


def test_a_state_that_no_window_wrote_leads_to_the_accounts(opened: Program) -> None:
    frame = opened.window.frame
    assert frame is not None
    for place in (5, ["account", "account", ["x"]], ["account", {}, 1], ["nowhere", "", ""]):
        frame.restore({"pages": {"account": [], "today": 3, "plan": None}, "place": place})
        assert isinstance(frame.page, AccountsPage), place


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_sample_to_try_things_out_is_made_in_the_language_of_the_moment(
    qtbot: QtBot, program: Program, tmp_path: Path, language: str
) -> None:
    program.preferences.choose_language(language)
    assert program.files.create_sample(tmp_path / "Sample")
    frame = program.window.frame
    assert frame is not None
    page = frame.page
    assert isinstance(page, AccountsPage)
    qtbot.waitUntil(lambda: page.model.total >= 10)
    japanese = sum(not row.name.isascii() for row in page.model.rows())
    assert (japanese > page.model.total / 2) is (language == "ja")
    program.preferences.choose_language("en")


def test_an_account_found_by_search_opens_on_its_page(qtbot: QtBot, opened: Program) -> None:
    desk, frame = opened.files.desk, opened.window.frame
    assert desk is not None
    assert frame is not None
    step = desk.write("Add", add_account, "Aoba Logistics")
    assert step is not None
    opened.window.commands.action("edit.search").trigger()
    assert frame.search.hasFocus()
    qtbot.keyClicks(frame.search, "ao")
    qtbot.keyClick(frame.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(frame.page, AccountPage))
    assert isinstance(frame.page, AccountPage)
    assert frame.page.account_id == step.result
    opened.window.commands.action("view.back").trigger()
    assert isinstance(frame.page, AccountsPage)


def test_what_was_opened_lately_is_offered_after_the_next_start(
    qtbot: QtBot, qapp: QApplication, opened: Program
) -> None:
    desk, frame = opened.files.desk, opened.window.frame
    assert desk is not None
    assert frame is not None
    first = desk.write("Add", add_account, "Aoba Logistics")
    second = desk.write("Add", add_account, "Blue Harbor")
    assert first is not None
    assert second is not None
    for step in (first, second):
        frame.show_item("account", step.result)
    frame.show_page("settings")
    opened.window.close()
    again = Program(qapp, opened.preferences.home)
    again.start(None)
    assert again.window.frame is not None
    again.window.commands.action("edit.search").trigger()
    titles = [find.title for find in again.window.frame.search.finds.finds]
    assert titles[:2] == ["Blue Harbor", "Aoba Logistics"]
    again.window.close()
    again.stop()
    again.window.deleteLater()


def test_on_a_new_day_everything_counts_from_it(
    opened: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = opened.window.frame
    opened.window._on_minute()
    assert opened.window.frame is before
    monkeypatch.setattr(opened.window, "_day", dt.date(2000, 1, 1))
    opened.window._on_minute()
    assert opened.window.frame is not before


def test_a_fault_in_a_page_shows_the_report_through_the_hook(
    qtbot: QtBot,
    opened: Program,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    opened.crashes.install()
    fault = ZeroDivisionError("on purpose")
    with qtbot.waitSignal(opened.crashes.caught):
        sys.excepthook(ZeroDivisionError, fault, None)
    qtbot.waitUntil(lambda: opened.crashes.shown is not None)
    assert "on purpose" in capsys.readouterr().err
    report = opened.crashes.shown
    assert report is not None
    with qtbot.waitSignal(report.destroyed):
        report.close()


def test_the_status_bar_counts_the_accounts(qtbot: QtBot, opened: Program) -> None:
    desk = opened.files.desk
    assert desk is not None
    desk.write("Add", add_account, "Aoba Logistics")
    bar = opened.window.findChild(StatusBar)
    qtbot.waitUntil(lambda: "1 account" in words(bar))
    desk.undo()
    qtbot.waitUntil(lambda: "0 accounts" in words(bar))
