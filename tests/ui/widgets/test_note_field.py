"""A note is as high as its text and comes to rest, however wide it is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, QPointF
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Look
from ui.widgets.inline_fields import INSIDE, MOST_LINES, NoteField

RESTS_AFTER = 40
"""Resizes in which a field has found its size; one that swings makes thousands."""


class Resizes(QObject):
    """Counts how often a field was given another size; one that swings is stopped."""

    def __init__(self, field: NoteField) -> None:
        super().__init__(field)
        self.count = 0
        self._field = field
        field.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.count += 1
            if self.count > RESTS_AFTER:
                self._field.clear()  # lets the test fail instead of hang
        return False


@pytest.mark.parametrize(
    "text",
    [
        "新店舗 rollout turnover しました。 data weekly",
        "weekly numbers " * 9,
        "長い日本語の文章" * 7,
    ],
)
def test_a_note_comes_to_rest_at_every_width(qtbot: QtBot, look: Look, text: str) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    note = NoteField(1, enter_stores=True)
    note.setProperty("kind", "inlineHeading")
    note.document().setDocumentMargin(0)
    layout.addWidget(note)
    layout.addStretch(1)
    window.resize(300, 600)
    window.show()
    note.set_value(text, force=True)
    resizes = Resizes(note)
    for width in range(200, 340):
        resizes.count = 0
        window.resize(width, 600)
        QApplication.processEvents()
        assert resizes.count <= RESTS_AFTER, f"{width} px wide"
        assert note.toPlainText() == text
        assert not note.verticalScrollBar().isVisible()


def test_only_a_note_longer_than_it_may_grow_has_a_scroll_bar(qtbot: QtBot) -> None:
    note = NoteField(2)
    qtbot.addWidget(note)
    note.resize(300, note.height())
    note.show()
    note.set_value("\n".join("a" for _line in range(MOST_LINES - 2)))
    assert not note.verticalScrollBar().isVisible()
    note.set_value("\n".join("a" for _line in range(MOST_LINES + 2)))
    assert note.verticalScrollBar().isVisible()
    note.set_value("short")
    assert not note.verticalScrollBar().isVisible()


@pytest.mark.parametrize(("kind", "left", "top"), [("inline", 12, 7), ("below", INSIDE, 7)])
def test_a_text_stands_beside_or_below_its_label_and_has_just_the_room_it_needs(
    qtbot: QtBot, look: Look, kind: str, left: int, top: int
) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    field = NoteField(1, holder)
    field.setProperty("kind", kind)
    field.resize(240, 40)
    field.set_value("One line\nand another\nand a third")
    holder.show()
    block = field.blockBoundingGeometry(field.firstVisibleBlock())
    text = block.translated(field.contentOffset()).topLeft() + QPointF(field.viewport().pos())
    margin = field.document().documentMargin()
    assert (text.x() + margin, text.y()) == pytest.approx((left, top), abs=0.5)
    lines = 3 * field.fontMetrics().lineSpacing()
    assert lines + 2 * top <= field.height() <= lines + 2 * top + 4
    assert field.verticalScrollBar().maximum() == 0
