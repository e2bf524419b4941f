"""The bar says what happened, what to do, and lets go."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from csdesk.errors import UserError
from ui.prompts import Message, MessageBar, Messages
from ui.theme import Look


def bar_with_messages(qtbot: QtBot, look: Look) -> tuple[MessageBar, Messages]:
    """Return a bar that shows what the messages say."""
    bar = MessageBar(look)
    qtbot.addWidget(bar)
    messages = Messages(bar)
    messages.said.connect(bar.show_message)
    return bar, messages


def test_an_error_is_told_with_its_advice_and_stays(qtbot: QtBot, look: Look) -> None:
    bar, messages = bar_with_messages(qtbot, look)
    messages.error(UserError("The file is damaged.", "Restore a backup."))
    words = [label.text() for label in bar.findChildren(QLabel)]
    assert "The file is damaged. Restore a backup." in words
    assert bar.accessibleName() == "The file is damaged. Restore a backup."
    assert not bar._timer.isActive()


def test_the_button_does_what_it_says_and_the_bar_goes(qtbot: QtBot, look: Look) -> None:
    bar, messages = bar_with_messages(qtbot, look)
    undone: list[bool] = []
    messages.say(Message("Deleted.", "good", label="Undo", act=lambda: undone.append(True)))
    qtbot.mouseClick(bar.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert undone == [True]
    assert bar.isHidden()


def test_the_cross_takes_the_message_away(qtbot: QtBot, look: Look) -> None:
    bar, messages = bar_with_messages(qtbot, look)
    messages.say(Message("Stored.", "good"))
    assert bar._timer.isActive()
    qtbot.mouseClick(bar.findChild(QToolButton), Qt.MouseButton.LeftButton)
    assert bar.isHidden()
    assert bar.message is None


def test_markup_in_a_customers_name_is_shown_as_it_is(qtbot: QtBot, look: Look) -> None:
    bar, messages = bar_with_messages(qtbot, look)
    messages.say(Message("<b>Bold & Co</b> was deleted."))
    assert bar._text.textFormat() == Qt.TextFormat.PlainText
