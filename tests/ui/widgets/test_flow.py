"""Small widgets wrap where there is little room, and sentences are as high as they need."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Look
from ui.widgets.flow import Flow
from ui.widgets.sentence_button import SentenceButton

LONG = "月間の新規商談数を20%増やすための、営業三拠点での利用定着と入力ルールの周知"


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    """Return a window of our own to put something into."""
    host = QWidget()
    qtbot.addWidget(host)
    return host


@pytest.fixture
def flow(host: QWidget) -> Flow:
    """Return three buttons in a row, shown."""
    layout = QVBoxLayout(host)
    flow = Flow(host)
    for words in ("Keep a version…", "They agreed…", "Put away"):
        flow.add(QPushButton(words))
    layout.addWidget(flow)
    layout.addStretch(1)
    host.resize(600, 200)
    host.show()
    return flow


def places(flow: Flow) -> list[QRect]:
    return [one.geometry() for one in flow.findChildren(QPushButton) if one.isVisible()]


def test_buttons_stand_in_one_row_where_there_is_room_and_in_several_where_not(
    host: QWidget, flow: Flow, qtbot: QtBot
) -> None:
    assert len({place.top() for place in places(flow)}) == 1
    one_row = flow.height()
    host.resize(200, 300)
    qtbot.waitUntil(lambda: flow.height() > one_row)
    found = places(flow)
    assert len({place.top() for place in found}) == 3
    assert all(place.right() < flow.width() for place in found)
    assert not any(one.intersects(two) for one in found for two in found if one is not two)
    host.resize(600, 300)
    qtbot.waitUntil(lambda: flow.height() == one_row)


def test_a_hidden_button_leaves_no_gap(host: QWidget, flow: Flow, qtbot: QtBot) -> None:
    first, second, _third = flow.findChildren(QPushButton)
    left = first.x()
    first.hide()
    qtbot.waitUntil(lambda: second.x() == left)


@pytest.mark.parametrize("width", [120, 240, 480])
@pytest.mark.parametrize("sentence", [LONG, "Due date moved from Jan 15 to Jan 31", "x" * 300])
def test_a_sentence_is_as_high_as_its_text_needs(
    qtbot: QtBot, look: Look, width: int, sentence: str
) -> None:
    button = SentenceButton(look, "Roll-out", sentence, "Milestone")
    qtbot.addWidget(button)
    button.resize(width, 40)
    button.show()
    qtbot.waitUntil(lambda: button.height() == button.heightForWidth(width))
    lines = button._lines(width)
    assert [text for text, *_rest in lines] == ["Milestone", "Roll-out", sentence]
    assert all(place.bottom() < button.height() for _text, _font, _role, place, _wrap in lines)
    button.hide()
