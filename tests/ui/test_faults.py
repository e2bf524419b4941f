"""A mistake in one page is shown and reported; the data and all other pages live on."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from csdesk.actions.accounts import add_account, edit_account
from csdesk.queries.rows import row_of
from tests.ui.colleague import settle
from tests.ui.window_words import words
from ui.app import Program
from ui.desk_frame import DeskFrame
from ui.pages.account.history_section import HistorySection
from ui.pages.account.overview_section import OverviewSection
from ui.pages.account.page import AccountPage
from ui.pages.accounts.page import AccountsPage
from ui.pages.settings import SettingsPage
from ui.pages.today.page import TodayPage
from ui.widgets.fault_notice import FaultNotice
from ui.widgets.sidebar import Sidebar


class Planted(Exception):  # noqa: N818 - a fault of ours, planted
    """A mistake that a test made on purpose."""


def fail(*_anything: Any, **_more: Any) -> Any:
    raise Planted("on purpose")


@pytest.fixture
def reported(opened: Program) -> Iterator[Program]:
    """Return the program with its crash reporter in place of the test's."""
    before = sys.excepthook
    opened.crashes.install()
    yield opened
    opened.crashes.uninstall()
    sys.excepthook = before
    if opened.crashes.shown is not None:
        opened.crashes.shown.close()


@pytest.fixture
def frame(reported: Program) -> DeskFrame:
    """Return what fills the window."""
    assert reported.window.frame is not None
    return reported.window.frame


@pytest.fixture
def fuji(frame: DeskFrame) -> str:
    """Add an account and return its id."""
    step = frame.desk.write("Add", add_account, "Fuji")
    assert step is not None
    return str(step.result)


def told(program: Program, qtbot: QtBot) -> str:
    """Wait for the crash report, close it, and return its words."""
    qtbot.waitUntil(lambda: program.crashes.shown is not None)
    shown = program.crashes.shown
    assert shown is not None
    shown.copy_text()
    shown.close()
    qtbot.waitUntil(lambda: program.crashes.shown is None)
    (report,) = program.preferences.home.crash_reports.glob("crash-*.txt")
    words = report.read_text(encoding="utf-8")
    report.unlink()
    return words


def notice(frame: DeskFrame) -> FaultNotice:
    """Return the words in the place of what failed."""
    return next(one for one in frame.findChildren(FaultNotice) if one.isVisible())


def press_again(frame: DeskFrame, qtbot: QtBot) -> None:
    button = notice(frame).findChild(QPushButton)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def go(frame: DeskFrame, name: str) -> None:
    """Go to a page as its entry in the sidebar does."""
    sidebar = frame.findChild(Sidebar)
    assert isinstance(sidebar, Sidebar)
    sidebar.chosen.emit(name)


@pytest.mark.parametrize(
    ("name", "kind", "verb"),
    [
        ("today", TodayPage, "_build"),
        ("today", TodayPage, "refresh"),
        ("settings", SettingsPage, "_connect"),
    ],
)
@pytest.mark.qt_no_exception_capture
def test_a_page_that_cannot_be_made_leaves_the_others_alive(
    reported: Program,
    frame: DeskFrame,
    fuji: str,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    kind: type,
    verb: str,
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(kind, verb, fail)
        go(frame, name)
        assert "Planted" in told(reported, qtbot)
        assert notice(frame).isVisible()
        go(frame, "accounts")
        assert isinstance(frame.page, AccountsPage)
        accounts = frame.page
        go(frame, name)
        assert notice(frame).isVisible(), "the same mistake again, told once"
    frame.desk.write("Edit", edit_account, fuji, industry="Retail")
    qtbot.waitUntil(lambda: accounts.model.row(0).industry == "Retail")
    press_again(frame, qtbot)
    assert isinstance(frame.page, kind)


@pytest.mark.qt_no_exception_capture
def test_a_tab_that_fails_leaves_the_account_and_its_other_tabs_alive(
    reported: Program,
    frame: DeskFrame,
    fuji: str,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    frame.show_item("account", fuji)
    page = frame.page
    assert isinstance(page, AccountPage)
    with monkeypatch.context() as patch:
        patch.setattr(HistorySection, "refresh", fail)
        tabs = page.tab_names
        page.open_tab(tabs[tabs.index("history")])
        assert "Planted" in told(reported, qtbot)
        assert notice(frame).isVisible()
        page.open_tab("overview")
        overview = page.section("overview")
        assert isinstance(overview, OverviewSection)
        assert overview.isVisible()
        overview.field("industry").setFocus()
        frame.desk.write("Edit", edit_account, fuji, industry="Retail")
        settle()
        assert overview.field("industry").typed == "Retail"
        page.open_tab("history")
    press_again(frame, qtbot)
    assert page.section("history").isVisible()


@pytest.mark.qt_no_exception_capture
def test_a_page_that_fails_when_it_hears_of_a_change_stops_nobody_else(
    reported: Program,
    frame: DeskFrame,
    fuji: str,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    go(frame, "today")
    today = frame.page
    assert isinstance(today, TodayPage)
    frame.show_item("account", fuji)
    page = frame.page
    assert isinstance(page, AccountPage)
    with monkeypatch.context() as patch:
        patch.setattr("ui.pages.accounts.page.portfolio_rows", fail)
        frame.desk.write("Edit", edit_account, fuji, name="Fuji Retail")
        assert "Planted" in told(reported, qtbot)
        qtbot.waitUntil(lambda: "Fuji Retail" in words(page.header))
        row = frame.desk.read(row_of, "account", fuji)
        assert row is not None
        assert row.values["name"] == "Fuji Retail"
    frame.desk.workspace.undo()
    settle()
    qtbot.waitUntil(lambda: "Fuji" in words(page.header))
