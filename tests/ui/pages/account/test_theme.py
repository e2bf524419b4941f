"""Another theme while an account is open: worn at once in front, by the other tabs when seen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QLineEdit, QScrollArea
from pytestqt.qtbot import QtBot

from tests.ui.front import bring_to_front
from tests.ui.pages.fuji import Fuji, settle
from ui.desk import Desk
from ui.pages.account.page import AccountPage
from ui.theme import Look

TABS = ("overview", "touchpoints")


@pytest.fixture(autouse=True)
def light_again(look: Look) -> Iterator[None]:
    """Leave the theme as it was found."""
    yield
    look.choose("light")


class Restylings(QObject):
    """Counts how often a widget is told of another style."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.StyleChange
        return False


def picture(page: AccountPage, tab: str) -> QImage:
    page.open_tab(tab)
    settle()
    return page.section(tab).grab().toImage()


def test_a_tab_behind_looks_like_one_made_in_the_theme_when_it_is_seen(
    page: AccountPage, desk: Desk, fuji: Fuji, look: Look, qtbot: QtBot
) -> None:
    for tab in (*TABS, "history"):
        page.open_tab(tab)
    for theme in ("dark", "light", "dark"):
        look.choose(theme)
        settle()
    later = [picture(page, tab) for tab in TABS]
    page.hide()
    other = AccountPage(desk)
    qtbot.addWidget(other)
    other.resize(page.size())
    other.show_item("account", fuji.account)
    bring_to_front(qtbot, other)
    assert [picture(other, tab) for tab in TABS] == later
    other.hide()


def test_what_is_typed_and_scrolled_stays_behind_another_tab(page: AccountPage, look: Look) -> None:
    page.resize(900, 420)
    section = page.section("overview")
    field = next(one for one in section.findChildren(QLineEdit) if one.isEnabled())
    bar = section.findChild(QScrollArea).verticalScrollBar()
    settle()
    field.setText("half a wo")
    field.setCursorPosition(4)
    bar.setValue(bar.maximum() // 2)
    before = field.text(), field.cursorPosition(), bar.value(), bar.maximum()
    assert bar.value() > 0
    page.open_tab("history")
    look.choose("dark")
    settle()
    page.open_tab("overview")
    settle()
    assert (field.text(), field.cursorPosition(), bar.value(), bar.maximum()) == before


def test_a_widget_is_told_once_of_another_theme_however_deep_it_lies(
    page: AccountPage, look: Look
) -> None:
    page.open_tab("touchpoints")
    page.open_tab("overview")
    front, behind = (page.section(tab).findChildren(QLabel)[-1] for tab in TABS)
    told, untold = Restylings(), Restylings()
    front.installEventFilter(told)
    behind.installEventFilter(untold)
    look.choose("dark")
    assert (told.count, untold.count) == (1, 0)
    page.open_tab("touchpoints")
    assert untold.count == 1
