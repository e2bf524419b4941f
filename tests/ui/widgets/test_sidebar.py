"""The sidebar goes from page to page by mouse and by keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Look
from ui.widgets.sidebar import Entry, Sidebar

ENTRIES = (Entry("accounts", "users", "Accounts"), Entry("settings", "settings", "Settings", True))


def test_a_click_chooses_a_page(qtbot: QtBot, look: Look) -> None:
    sidebar = Sidebar(look, ENTRIES)
    qtbot.addWidget(sidebar)
    button = sidebar.findChild(QPushButton, "settings")
    with qtbot.waitSignal(sidebar.chosen) as chosen:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert chosen.args == ["settings"]
    assert button.isChecked()
    sidebar.show_page("accounts")
    assert not button.isChecked()


def test_up_and_down_walk_through_the_pages_and_space_goes_there(qtbot: QtBot, look: Look) -> None:
    sidebar = Sidebar(look, ENTRIES)
    qtbot.addWidget(sidebar)
    with qtbot.waitExposed(sidebar):
        sidebar.show()
    sidebar.activateWindow()
    first = sidebar.findChild(QPushButton, "accounts")
    second = sidebar.findChild(QPushButton, "settings")
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    with qtbot.waitSignal(sidebar.chosen) as chosen:
        qtbot.keyClick(second, Qt.Key.Key_Space)
    assert chosen.args == ["settings"]


def test_every_entry_has_a_name_for_a_screen_reader(qtbot: QtBot, look: Look) -> None:
    sidebar = Sidebar(look, ENTRIES)
    qtbot.addWidget(sidebar)
    assert [button.accessibleName() for button in sidebar.findChildren(QPushButton)] == [
        "Accounts",
        "Settings",
    ]


def test_a_badge_says_how_much_waits_and_is_gone_when_nothing_does(
    qtbot: QtBot, look: Look
) -> None:
    sidebar = Sidebar(look, ENTRIES)
    qtbot.addWidget(sidebar)
    button = sidebar.findChild(QPushButton, "settings")
    sidebar.show_count("settings", 2)
    badge = button.findChild(QLabel)
    assert badge.text() == "2"
    assert not badge.isHidden()
    assert button.accessibleName() == "Settings, 2"
    sidebar.show_count("settings", 100)
    assert badge.text() == "99+"
    assert button.accessibleName() == "Settings, 100"
    sidebar.show_count("settings", 0)
    assert badge.isHidden()
    assert button.accessibleName() == "Settings"


def test_a_click_on_the_badge_goes_to_the_page(qtbot: QtBot, look: Look) -> None:
    sidebar = Sidebar(look, ENTRIES)
    qtbot.addWidget(sidebar)
    sidebar.show_count("settings", 7)
    with qtbot.waitExposed(sidebar):
        sidebar.show()
    badge = sidebar.findChild(QPushButton, "settings").findChild(QLabel)
    spot = badge.mapTo(sidebar, badge.rect().center())
    assert sidebar.childAt(spot) is sidebar.findChild(QPushButton, "settings")


def test_in_a_small_window_icons_stand_alone_and_still_have_their_names(
    qtbot: QtBot, look: Look
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    sidebar = Sidebar(look, ENTRIES, window)
    sidebar.show_count("accounts", 12)
    window.resize(1280, 700)
    with qtbot.waitExposed(window):
        window.show()
    (button,) = (
        one for one in sidebar.findChildren(QPushButton) if one.text().strip() == "Accounts"
    )
    (badge,), wide = button.findChildren(QLabel), sidebar.width()
    assert (button.text().strip(), badge.text()) == ("Accounts", "12")
    window.resize(1024, 700)
    assert sidebar.width() < wide / 3
    assert (button.text(), button.toolTip(), badge.text()) == ("", "Accounts", "9+")
    assert button.accessibleName() == "Accounts, 12"
    window.resize(1280, 700)
    assert (sidebar.width(), button.text().strip(), badge.text()) == (wide, "Accounts", "12")
