"""To review and People and copies in the window: entries, badge, commands, going to an item."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.pages.apart import Apart
from ui.app import Program
from ui.pages.account.page import AccountPage
from ui.pages.copies.page import CopiesPage
from ui.pages.review.card import Card
from ui.pages.review.page import ReviewPage


@pytest.fixture
def apart(opened: Program, tmp_path: Path) -> Apart:
    """Return the workspace of the window with a colleague's copy of it."""
    assert opened.files.desk is not None
    return Apart(opened.files.desk.workspace, tmp_path)


def badge(program: Program) -> QLabel | None:
    """Return the badge at the entry of the review page, where it is seen."""
    button = program.window.findChild(QPushButton, "review")
    label = button.findChild(QLabel)
    return label if label is not None and label.isVisible() else None


def test_the_badge_follows_merges_decisions_and_undo(
    qtbot: QtBot, opened: Program, apart: Apart
) -> None:
    desk = opened.files.desk
    assert desk is not None
    QCoreApplication.processEvents()
    assert badge(opened) is None
    apart.move_milestone()
    apart.add_to_text()
    apart.meet()
    qtbot.waitUntil(lambda: getattr(badge(opened), "text", str)() == "2")
    opened.window.commands.action("page.review").trigger()
    frame = opened.window.frame
    assert frame is not None
    page = frame.page
    assert isinstance(page, ReviewPage)
    card = page.cards.cards()[0]
    qtbot.keyClick(card, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: getattr(badge(opened), "text", str)() == "1")
    qtbot.waitUntil(opened.window.commands.action("edit.undo").isEnabled)
    opened.window.commands.action("edit.undo").trigger()
    qtbot.waitUntil(lambda: getattr(badge(opened), "text", str)() == "2")
    qtbot.waitUntil(lambda: not desk.tasks.busy)


def test_the_command_brings_the_keyboard_to_the_first_card(
    qtbot: QtBot, opened: Program, apart: Apart
) -> None:
    apart.move_milestone()
    apart.meet()
    opened.window.activateWindow()
    opened.window.commands.action("page.review").trigger()
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), Card))


def test_the_title_of_a_card_leads_to_the_item_in_its_plan(
    qtbot: QtBot, opened: Program, apart: Apart
) -> None:
    apart.move_milestone()
    apart.meet()
    opened.window.commands.action("page.review").trigger()
    frame = opened.window.frame
    assert frame is not None
    assert isinstance(frame.page, ReviewPage)
    qtbot.keyClick(frame.page.cards.cards()[0], Qt.Key.Key_O)
    page = frame.page
    assert isinstance(page, AccountPage)
    assert page.account_id == apart.ids.account


def test_both_pages_have_a_command_with_keys_of_its_own_and_an_entry(opened: Program) -> None:
    frame = opened.window.frame
    assert frame is not None
    for name, kind in (("review", ReviewPage), ("copies", CopiesPage)):
        action = opened.window.commands.action(f"page.{name}")
        assert not action.shortcut().isEmpty()
        frame.show_page("accounts")
        action.trigger()
        assert isinstance(frame.page, kind)
        assert opened.window.findChild(QPushButton, name).isChecked()
    keys = [command.keys for command in opened.window.commands if command.keys is not None]
    assert len(keys) == len(set(keys)), "no two commands have the same keys"


@pytest.mark.parametrize("place", ["review", "copies"])
def test_the_pages_are_freed_with_their_window(
    qtbot: QtBot, opened: Program, apart: Apart, place: str
) -> None:
    apart.move_milestone()
    apart.meet()
    opened.window.commands.action(f"page.{place}").trigger()
    frame = opened.window.frame
    assert frame is not None
    assert frame.page is not None
    with qtbot.waitSignal(frame.page.destroyed):
        opened.files.close()
