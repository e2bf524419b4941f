"""The field for a date reads words, steps with the arrows, and never loses what is typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.front import bring_to_front
from ui.theme import Look
from ui.widgets.date_line import DateLine

DAY = dt.date(2026, 12, 5)


@pytest.fixture
def line(qtbot: QtBot, look: Look) -> Iterator[DateLine]:
    """Return a field that has the focus."""
    window = QWidget()
    line = DateLine(look, window)
    QVBoxLayout(window).addWidget(line)
    qtbot.addWidget(window)
    bring_to_front(qtbot, window)
    line.setFocus()
    yield line
    window.hide()


def test_words_become_a_date_on_enter(line: DateLine, qtbot: QtBot) -> None:
    with qtbot.waitSignal(line.day_entered) as entered:
        qtbot.keyClicks(line, "2026-12-5")
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert entered.args == [DAY]
    assert line.text() == "Dec 5, 2026"


def test_showing_a_date_tells_nobody(line: DateLine, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(line.day_entered):
        line.set_day(DAY)
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert line.read() == DAY


def test_clearing_the_field_means_no_date(line: DateLine, qtbot: QtBot) -> None:
    line.set_day(DAY)
    line.selectAll()
    with qtbot.waitSignal(line.day_entered) as entered:
        qtbot.keyClick(line, Qt.Key.Key_Delete)
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert entered.args == [None]


def test_what_is_no_date_is_refused_and_stays_to_be_mended(line: DateLine, qtbot: QtBot) -> None:
    with qtbot.waitSignal(line.refused), qtbot.assertNotEmitted(line.day_entered):
        qtbot.keyClicks(line, "soon")
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == "soon"


def test_arrows_go_a_day_on_and_with_shift_a_week(line: DateLine, qtbot: QtBot) -> None:
    line.set_day(DAY)
    qtbot.keyClick(line, Qt.Key.Key_Up)
    qtbot.keyClick(line, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert line.read() == DAY + dt.timedelta(days=1 - 7)


def test_a_date_set_from_outside_does_not_type_over_what_is_typed(
    line: DateLine, qtbot: QtBot
) -> None:
    qtbot.keyClicks(line, "12/")
    line.set_day(DAY)
    assert line.text() == "12/"
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert line.text() == "Dec 5, 2026"
