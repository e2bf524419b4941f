"""A line in which one types to find one of many things, with what fits in a list below it.

The list stands in the page itself, not in a window of its own: nothing covers what one looks at,
and a screen reader finds it behind the line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from csdesk.store.words import fold
from ui.tables import Index

MOST = 40
"""Choices that are listed at once; typing more narrows them down."""

ROWS = 6
"""Rows of the list that are seen at once."""


@dataclass(frozen=True, slots=True)
class Pick:
    """Something to pick: its id, what it is called, and other words one may type for it."""

    id: str
    name: str
    searched: str = ""


class PickList(QAbstractListModel):
    """The choices that fit; the last row may offer to make what was typed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._picks: list[Pick] = []

    def set_picks(self, picks: list[Pick]) -> None:
        """Show these choices."""
        self.beginResetModel()
        self._picks = picks
        self.endResetModel()

    def pick(self, row: int) -> Pick:
        """Return the choice of a row."""
        return self._picks[row]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._picks)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return self._picks[index.row()].name
        return None


class _Field(QLineEdit):
    """The line itself; arrows and Enter are the list's."""

    left = Signal()
    entered = Signal()
    moved = Signal(QKeyEvent)
    given_up = Signal()
    came = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.moved.emit(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key == Qt.Key.Key_Escape and self.text():
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.came.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.left.emit()


class PickLine(QWidget):
    """Finds one of the choices it was offered; Enter picks, Escape forgets what was typed."""

    picked = Signal(str)
    """The id of what was picked."""
    made = Signal(str)
    """What was typed, where it is to be made."""

    def __init__(
        self,
        hint: str,
        parent: QWidget | None = None,
        *,
        new_words: Callable[[str], str] | None = None,
    ) -> None:
        """`new_words` says how making what is typed is offered; without it only known things."""
        super().__init__(parent)
        self._all: list[tuple[str, Pick]] = []
        self._new_words = new_words
        self._field = _Field(self)
        self._field.setPlaceholderText(hint)
        self._field.setAccessibleName(hint.rstrip("…"))
        self._list = PickList(self)
        self._view = QListView(self)
        self._view.setModel(self._list)
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setUniformItemSizes(True)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._view.setAccessibleName(hint.rstrip("…"))
        self._view.setProperty("kind", "picks")
        self._view.hide()
        self.setFocusProxy(self._field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(self._field)
        layout.addWidget(self._view)
        self._connect()

    @property
    def field(self) -> QLineEdit:
        """The line in which one types."""
        return self._field

    @property
    def shown(self) -> list[str]:
        """What is offered now, in its order."""
        return [self._list.pick(row).name for row in range(self._list.rowCount())]

    def offer(self, picks: Iterable[Pick]) -> None:
        """Offer these choices."""
        self._all = [(fold(f"{one.name}\n{one.searched}"), one) for one in picks]
        if self._view.isVisible():
            self._fill()

    @Slot()
    def pick_current(self) -> None:
        """Pick what the list stands on, or make what was typed."""
        index = self._view.currentIndex()
        if not self._view.isVisible() or not index.isValid():
            self._open()
            return
        self._pick(index)

    @Slot()
    def give_up(self) -> None:
        """Forget what was typed and close the list."""
        self._field.clear()
        self._view.hide()

    @Slot()
    def _open(self) -> None:
        self._fill()

    @Slot()
    def _close(self) -> None:
        self._view.hide()

    @Slot()
    def _fill(self) -> None:
        typed = self._field.text().strip()
        words = fold(typed).split()
        fitting = [one for text, one in self._all if all(word in text for word in words)][:MOST]
        exact = any(fold(one.name) == fold(typed) for one in fitting)
        if typed and self._new_words is not None and not exact:
            fitting.append(Pick("", self._new_words(typed)))
        self._list.set_picks(fitting)
        self._view.setVisible(bool(fitting))
        if fitting:
            self._view.setCurrentIndex(self._list.index(0))
            height = self._view.sizeHintForRow(0) * min(len(fitting), ROWS)
            self._view.setFixedHeight(height + 6)

    @Slot(QModelIndex)
    def _pick(self, index: QModelIndex) -> None:
        pick = self._list.pick(index.row())
        typed = self._field.text().strip()
        self.give_up()
        if pick.id:
            self.picked.emit(pick.id)
        else:
            self.made.emit(typed)

    @Slot(QKeyEvent)
    def _on_moved(self, event: QKeyEvent) -> None:
        if self._view.isVisible():
            QApplication.sendEvent(self._view, event)
        else:
            self._open()

    def _connect(self) -> None:
        self._field.textEdited.connect(self._fill)
        self._field.entered.connect(self.pick_current)
        self._field.given_up.connect(self.give_up)
        self._field.moved.connect(self._on_moved)
        self._field.left.connect(self._close)
        self._view.clicked.connect(self._pick)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, super().minimumSizeHint().height())
