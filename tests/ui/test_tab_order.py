"""Tab comes by everything in a window, in the order in which one reads it."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.keyboard import Keyboard
from tests.ui.portfolio import fill
from ui.app import Program
from ui.pages.account.page import AccountPage
from ui.pages.accounts.page import AccountsPage


def stops(keys: Keyboard, key: str) -> list[QWidget]:
    """Press a key until the keyboard is back where it was, and return what it came by."""
    found: list[QWidget] = []
    while keys.focus not in found:
        found.append(keys.focus)
        keys.press(key)
    assert keys.focus is found[0], f"it never comes back to {found[0]}"
    return found


def should_stop(window: QWidget) -> set[QWidget]:
    """Return what in a window takes the keyboard for itself."""
    return {
        one
        for one in window.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.isVisible()
        and one.isEnabled()
        and one.window() is window
        and one.focusProxy() is None
    }


def test_tab_comes_by_everything_and_back(opened: Program, today: dt.date) -> None:
    desk, window, frame = opened.files.desk, opened.window, opened.window.frame
    assert desk is not None
    assert frame is not None
    step = desk.write("Fill", fill, today)
    assert step is not None
    keys = Keyboard(window)
    keys.press("Ctrl+2")
    page = frame.page
    assert isinstance(page, AccountsPage)
    page.start_table()
    there = stops(keys, "Tab")
    assert set(there) == should_stop(window)
    assert stops(keys, "Shift+Tab") == [there[0], *reversed(there[1:])]
    bar, cards = page.control.bar, page.figures
    page.start_filter()
    on = stops(keys, "Shift+Tab")
    assert cards.isAncestorOf(on[1])
    assert on.index(page.control.views.button) > on.index(on[1])
    keys.press_until("Tab", page.table)
    keys.press("Ctrl+A", "F6")
    assert page.doing.bar.isAncestorOf(keys.focus)
    for _turn in range(20):
        if not page.doing.bar.isAncestorOf(keys.focus):
            break
        keys.press("Shift+Tab")
    assert keys.focus is page.table
    assert bar.field.isVisible()
    keys.press_until("Tab", page.control.views.button)
    keys.press("Return")
    assert QApplication.activePopupWidget() is not None, "Enter presses a button, as Space does"
    keys.press("Escape")
    frame.show_item("account", step.result[0])
    account = frame.page
    assert isinstance(account, AccountPage)
    keys.press_until("Tab", account.section("overview"))
    fields = [one for one in stops(keys, "Tab") if account.section("overview").isAncestorOf(one)]
    places = [(one.mapTo(window, QPoint()).x(), one.mapTo(window, QPoint()).y()) for one in fields]
    column = [place for place in places if place[0] == places[0][0]]
    assert len(column) > 5
    assert column == sorted(column, key=lambda place: place[1])
