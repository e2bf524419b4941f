"""A short list of words as chips: typed in, chosen with arrows, taken out with Delete."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    QStringListModel,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.theme import Look

ENDS = 22
"""Pixels of a chip beside its word."""

MOST = 150
"""Pixels from which the list scrolls instead of growing."""


class WordDelegate(QStyledItemDelegate):
    """Draws each word as a chip; chosen ones have a frame and another ground."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(option.rect).adjusted(1, 1, -1, -1)
        frame = "accent" if chosen or focused else "line"
        painter.setPen(QPen(self._look.colour(frame), 1.5 if chosen or focused else 1))
        painter.setBrush(self._look.colour("accent_soft" if chosen else "neutral_soft"))
        painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)
        painter.setPen(self._look.colour("text"))
        room = option.rect.adjusted(ENDS // 2, 0, -ENDS // 2, 0)
        words = option.fontMetrics.elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), words)
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        width = option.fontMetrics.horizontalAdvance(str(index.data())) + ENDS + 2
        most = max(option.widget.width() - 24, 60)
        return QSize(min(width, most), option.fontMetrics.height() + 8)


class WordList(QListView):
    """The words, in rows that wrap; as high as they need, up to a limit."""

    delete_asked = Signal(object)
    """The words chosen, a tuple."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = QStringListModel(self)
        self.setModel(self._words)
        self.setItemDelegate(WordDelegate(look, self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSpacing(2)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        look.changed.connect(self.viewport().update)

    @property
    def words(self) -> tuple[str, ...]:
        """The words shown."""
        return tuple(self._words.stringList())

    @property
    def chosen(self) -> tuple[str, ...]:
        """The words that are chosen, in their order."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return tuple(self._words.stringList()[row] for row in rows)

    def show_words(self, words: Sequence[str]) -> None:
        """Show these words; the keyboard stays where it was."""
        if tuple(words) == self.words:
            return
        row = self.currentIndex().row()
        self._words.setStringList(list(words))
        if words and row >= 0:
            self.setCurrentIndex(self._words.index(min(row, len(words) - 1)))
        self._fit()

    @Slot()
    def _fit(self) -> None:
        self.doItemsLayout()
        last = self._words.index(self._words.rowCount() - 1)
        bottom = self.visualRect(last).bottom() + self.verticalOffset() if last.isValid() else 0
        height = min(max(bottom + 6, 34), MOST)
        if self.height() != height or self.maximumHeight() != height:
            self.setFixedHeight(height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.chosen:
            self.delete_asked.emit(self.chosen)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()
