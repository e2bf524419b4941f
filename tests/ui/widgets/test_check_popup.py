"""A popup of ticks is worked by keyboard: arrows, Space, Enter, typing, Escape."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Look
from ui.widgets.check_popup import Check, CheckPopup

Key = Qt.Key
FRUITS = (Check("a", "Apple", "3"), Check("b", "りんご", "0", True), Check("c", "Cherry"))
MANY = tuple(Check(str(number), f"Fruit {number}") for number in range(20))


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """Return a window to open popups over."""
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


def opened(qtbot: QtBot, look: Look, window: QWidget, checks: Sequence[Check]) -> CheckPopup:
    """Open a popup of checks."""
    popup = CheckPopup(look, "Fruits", checks, window)
    QAbstractItemModelTester(
        popup.model, QAbstractItemModelTester.FailureReportingMode.Fatal, popup.model
    )
    with qtbot.waitExposed(popup):
        popup.open_at(QPoint(20, 20))
    return popup


def test_space_and_enter_tick_and_what_is_ticked_is_told_at_once(
    qtbot: QtBot, look: Look, window: QWidget
) -> None:
    popup = opened(qtbot, look, window, FRUITS)
    told: list[tuple[str, ...]] = []
    popup.changed.connect(told.append)
    assert popup.list.currentIndex().row() == 1  # where a tick is already
    qtbot.keyClick(popup.list, Key.Key_Up)
    qtbot.keyClick(popup.list, Key.Key_Space)
    qtbot.keyClick(popup.list, Key.Key_Down)
    qtbot.keyClick(popup.list, Key.Key_Return)
    assert told == [("a", "b"), ("a",)]
    popup.close()


def test_a_click_on_a_line_ticks_it(qtbot: QtBot, look: Look, window: QWidget) -> None:
    popup = opened(qtbot, look, window, FRUITS)
    spot = popup.list.visualRect(popup.model.index(2)).center()
    with qtbot.waitSignal(popup.changed) as told:
        qtbot.mouseClick(popup.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert told.args == [("b", "c")]
    popup.close()


def test_typing_narrows_a_long_list_and_enter_ticks_what_is_left(
    qtbot: QtBot, look: Look, window: QWidget
) -> None:
    popup = opened(qtbot, look, window, MANY)
    assert popup.field.hasFocus()
    qtbot.keyClicks(popup.field, "fruit 17")
    assert popup.model.rowCount() == 1
    with qtbot.waitSignal(popup.changed) as told:
        qtbot.keyClick(popup.field, Key.Key_Return)
    assert told.args == [("17",)]
    popup.field.clear()
    qtbot.keyClick(popup.field, Key.Key_Down)
    assert popup.list.currentIndex().row() == 1
    popup.close()


def test_escape_closes_and_frees_it(qtbot: QtBot, look: Look, window: QWidget) -> None:
    popup = opened(qtbot, look, window, FRUITS)
    with qtbot.waitSignal(popup.destroyed):
        qtbot.keyClick(popup.list, Key.Key_Escape)


def test_a_tick_that_is_taken_back_leaves_the_keyboard_where_it_is(
    qtbot: QtBot, look: Look, window: QWidget
) -> None:
    popup = opened(qtbot, look, window, FRUITS)
    popup.go_to("c")
    popup.model.show_checks([*FRUITS[:2], Check("c", "Cherry", "9", True)])
    assert popup.list.currentIndex().row() == 2
    assert popup.model.values == ("b", "c")
    popup.close()
