"""Search finds by any word as one types, and leads to what was found."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.portfolio import fill
from ui.desk import Desk
from ui.widgets.search_box import SearchBox


@pytest.fixture
def box(qtbot: QtBot, desk: Desk, today: dt.date) -> SearchBox:
    """Return a search field over eight accounts, in a frame of its own."""
    desk.write("Sample", fill, today)
    frame = QWidget()
    qtbot.addWidget(frame)
    frame.resize(900, 700)
    box = SearchBox(desk, lambda entity: entity in ("account", "plan"), frame)
    QAbstractItemModelTester(
        box.finds, QAbstractItemModelTester.FailureReportingMode.Fatal, box.finds
    )
    box.resize(400, 30)
    with qtbot.waitExposed(frame):
        frame.show()
    frame.activateWindow()
    box.start()
    return box


def titles(box: SearchBox) -> list[str]:
    """Return the titles found."""
    return [box.finds.hit(row).title for row in range(box.finds.rowCount())]


def test_two_letters_find_an_account_and_enter_goes_there(qtbot: QtBot, box: SearchBox) -> None:
    qtbot.keyClicks(box, "blu")
    qtbot.waitUntil(lambda: box.popup.isVisible())
    assert titles(box)[0] == "Blue Harbor Bank"
    hit = box.finds.hit(0)
    with qtbot.waitSignal(box.chosen) as chosen:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert chosen.args == ["account", hit.id]
    assert not box.popup.isVisible()
    assert box.text() == ""


@pytest.mark.parametrize("typed", ["富士", "フジ", "ふじ", "ﾌｼﾞ", "富士リテール"])
def test_japanese_is_found_by_kanji_and_kana(qtbot: QtBot, box: SearchBox, typed: str) -> None:
    box.setText(typed)
    box.search_now()
    assert "富士リテールグループ" in titles(box)


def test_a_find_without_a_page_of_its_own_leads_to_its_account(
    qtbot: QtBot, box: SearchBox
) -> None:
    box.setText("Contact of Hanami")
    box.search_now()
    hit = box.finds.hit(0)
    assert hit.entity == "contact"
    with qtbot.waitSignal(box.chosen) as chosen:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert chosen.args == ["account", hit.account_id]


def test_down_and_up_walk_through_the_finds(qtbot: QtBot, box: SearchBox) -> None:
    box.setText("usage")
    box.search_now()
    second = box.finds.hit(1)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(box, Qt.Key.Key_Up)
    with qtbot.waitSignal(box.chosen) as chosen:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert chosen.args == ["account", second.account_id]


def test_nothing_found_says_so_and_escape_lets_go(qtbot: QtBot, box: SearchBox) -> None:
    box.setText("zzzz")
    box.search_now()
    assert titles(box) == []
    assert box.popup.isVisible()
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert not box.popup.isVisible()


@pytest.mark.parametrize("typed", ['"', "*", "AND", "NEAR(", "a" * 5000, "\x00", "💡"])
def test_nothing_one_can_type_breaks_the_search(qtbot: QtBot, box: SearchBox, typed: str) -> None:
    box.setText(typed)
    box.search_now()
    assert box.finds.rowCount() >= 0
