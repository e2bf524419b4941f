"""Every page in both languages: nothing left untranslated or without a name."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QMenu,
    QWidget,
)
from pytestqt.qtbot import QtBot

from csdesk.settings import Home
from tests.ui.window_words import words
from ui.app import Program
from ui.dialogs.about import AboutWindow
from ui.pages.account.page import AccountPage
from ui.pages.account.page_commands import TAB_NAMES
from ui.pages.accounts.page import AccountsPage
from ui.pages.settings import SettingsPage
from ui.rooms import rooms


def menu_texts(program: Program) -> list[str]:
    """Return the titles of the menus."""
    return [action.text().replace("&", "") for action in program.window.menuBar().actions()]


def test_the_whole_window_speaks_japanese_and_english_while_running(
    qtbot: QtBot, opened: Program
) -> None:
    frame = opened.window.frame
    assert frame is not None
    frame.show_page("settings")
    english = words(opened.window)
    opened.preferences.choose_language("ja")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # what was there before goes
    assert menu_texts(opened)[0].startswith("ファイル")
    japanese = words(opened.window)
    assert "設定" in japanese
    left = {text for text in english & japanese if text.isascii() and text.strip()}
    assert left <= {"CSDesk", "North.csdesk", "0", "Tester", "English", "Ctrl K"}
    assert opened.window.frame is not None
    assert isinstance(opened.window.frame.page, SettingsPage), "one stays on the page"
    opened.preferences.choose_language("en")
    assert menu_texts(opened) == ["File", "Edit", "View", "Page", "Window", "Help"]


def test_qt_speaks_the_language_too(opened: Program) -> None:
    opened.preferences.choose_language("ja")
    assert QApplication.translate("QPlatformTheme", "Cancel") == "キャンセル"
    opened.preferences.choose_language("en")
    assert QApplication.translate("QPlatformTheme", "Cancel") == "Cancel"


def test_language_and_theme_are_chosen_in_the_menus_and_kept(opened: Program, home: Home) -> None:
    view = opened.window.menuBar().actions()[2].menu()
    assert isinstance(view, QMenu)
    themes = next(a.menu() for a in view.actions() if a.text().replace("&", "") == "Theme")
    assert isinstance(themes, QMenu)
    next(a for a in themes.actions() if a.data() == "dark").trigger()
    assert opened.look.theme.dark
    assert 'theme = "dark"' in home.settings_file.read_text(encoding="utf-8")
    opened.preferences.choose_theme("light")


def test_the_settings_page_switches_the_language(qtbot: QtBot, opened: Program) -> None:
    frame = opened.window.frame
    assert frame is not None
    frame.show_page("settings")
    assert frame.page is not None
    box = frame.page.findChildren(QComboBox)[0]
    box.setCurrentIndex(box.findData("ja"))
    box.activated.emit(box.currentIndex())
    assert "設定" in words(opened.window)
    opened.preferences.choose_language("en")


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_about_window_opens_and_is_freed(qtbot: QtBot, opened: Program, language: str) -> None:
    opened.preferences.choose_language(language)
    opened.window.commands.action("help.about").trigger()
    window = opened.window.findChild(AboutWindow)
    assert any("CSDesk" in text for text in words(window))
    with qtbot.waitSignal(window.destroyed):
        window.close()
    opened.preferences.choose_language("en")


def test_every_control_has_a_name_for_a_screen_reader(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    assert nameless(program.window) == []
    program.files.create_sample(tmp_path / "Sample")
    frame = program.window.frame
    assert frame is not None
    page = frame.page
    assert isinstance(page, AccountsPage)
    qtbot.waitUntil(lambda: page.model.total > 0)
    frame.show_item("account", page.model.row(0).id)
    assert isinstance(frame.page, AccountPage)
    for tab in TAB_NAMES:
        frame.page.open_tab(tab)
        assert nameless(program.window) == [], tab
    for room in rooms():
        if room.name != "account":
            frame.show_page(room.name)
            assert nameless(program.window) == [], room.name


def nameless(window: QWidget) -> list[str]:
    """Return what takes the focus and has nothing by which a screen reader could call it."""
    return [
        f"{widget} in {widget.parentWidget()}"
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]
