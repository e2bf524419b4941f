"""What the tests of the accounts page's views do with it: press, read, look again."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from ui.pages.accounts.page import AccountsPage
from ui.widgets.check_popup import CheckPopup

Key = Qt.Key


def names(page: AccountsPage) -> list[str]:
    """Return the names let through, from the top."""
    return [row.name for row in page.model.rows()]


def titles(page: AccountsPage) -> list[str]:
    """Return the titles of the columns shown, from the left."""
    return [column.title for column in page.control.columns()]


def heads(page: AccountsPage) -> list[str]:
    """Return the heads of the groups with what they say."""
    found = [page.model.head_at(place) for place in page.model.head_places()]
    return [f"{head.title}: {page.model.summary(head)}" for head in found if head is not None]


def popup() -> CheckPopup:
    """Return the popup that is open."""
    found = QApplication.activePopupWidget()
    assert isinstance(found, CheckPopup)
    return found


def menu() -> QMenu:
    """Return the menu that is open."""
    found = QApplication.activePopupWidget()
    assert isinstance(found, QMenu)
    return found


def choose_in_menu(qtbot: QtBot, text: str) -> None:
    """Go down in the open menu to an entry, and press Enter."""
    opened = menu()
    for _step in range(len(opened.actions())):
        action = opened.activeAction()
        if action is not None and action.text().replace("&&", "&") == text:
            break
        qtbot.keyClick(opened, Key.Key_Down)
    chosen = opened.activeAction()
    assert chosen is not None
    assert chosen.text().replace("&&", "&") == text
    qtbot.keyClick(opened, Key.Key_Return)


def tick(qtbot: QtBot, *labels: str) -> None:
    """Tick lines of the open popup by keyboard, and close it."""
    opened = popup()
    known = [opened.model.check(row).label for row in range(opened.model.rowCount())]
    for label in labels:
        row = opened.list.currentIndex().row()
        wanted = known.index(label)
        key = Key.Key_Down if wanted > row else Key.Key_Up
        for _step in range(abs(wanted - row)):
            qtbot.keyClick(QApplication.focusWidget() or opened.list, key)
        qtbot.keyClick(QApplication.focusWidget() or opened.list, Key.Key_Return)
    qtbot.keyClick(opened, Key.Key_Escape)
