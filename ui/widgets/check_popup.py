"""A popup in which several of a list are ticked; what is ticked counts at once.

Up and Down go through the list, Space or Enter ticks, typing narrows a long list, Escape closes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from csdesk.i18n import _
from csdesk.store.words import fold
from ui.tables import Index
from ui.theme import Look

MANY = 8
"""Choices from which there is a field to narrow them by typing."""

LEAST_WIDTH, MOST_WIDTH, MOST_ROWS = 210, 380, 11
"""Pixels, and lines shown without scrolling."""

NOTE_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Check:
    """One line: its value in the program, what it is called, a note at its end, its tick."""

    value: str
    label: str
    note: str = ""
    is_on: bool = False


class CheckList(QAbstractListModel):
    """Lines that can be ticked, those shown that have the words typed."""

    ticked = Signal(str, bool)
    """A value and whether it is ticked now."""

    def __init__(self, checks: Sequence[Check], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._checks = list(checks)
        self._words: tuple[str, ...] = ()
        self._shown = list(range(len(self._checks)))

    @property
    def values(self) -> tuple[str, ...]:
        """What is ticked, in the order of the list."""
        return tuple(check.value for check in self._checks if check.is_on)

    def check(self, row: int) -> Check:
        """Return the line shown in a row."""
        return self._checks[self._shown[row]]

    def row_of(self, value: str) -> int:
        """Return where a value is shown, -1 where it is not."""
        shown = (row for row in range(len(self._shown)) if self.check(row).value == value)
        return next(shown, -1)

    def show_words(self, text: str) -> None:
        """Show the lines in which every word occurs."""
        self._words = tuple(fold(text).split())
        self.beginResetModel()
        self._shown = [
            place
            for place, check in enumerate(self._checks)
            if all(word in fold(check.label) for word in self._words)
        ]
        self.endResetModel()

    def show_checks(self, checks: Sequence[Check]) -> None:
        """Show these lines; where only ticks and notes are new, the keyboard stays in its line."""
        if [one.value for one in checks] == [one.value for one in self._checks]:
            self._checks = list(checks)
            if self._shown:
                self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))
            return
        self.beginResetModel()
        self._checks = list(checks)
        self._shown = list(range(len(self._checks)))
        self.endResetModel()

    def tick(self, row: int) -> None:
        """Turn the tick of a row over."""
        place = self._shown[row]
        check = replace(self._checks[place], is_on=not self._checks[place].is_on)
        self._checks[place] = check
        self.dataChanged.emit(self.index(row), self.index(row))
        self.ticked.emit(check.value, check.is_on)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag
        if not index.isValid():
            return flags.NoItemFlags
        # Not ItemIsUserCheckable: a click anywhere in the line ticks it, not on its box alone.
        return flags.ItemIsEnabled | flags.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        check = self.check(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return check.label
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if check.is_on else Qt.CheckState.Unchecked
        if role == NOTE_ROLE:
            return check.note
        if role == Qt.ItemDataRole.ToolTipRole:
            return check.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{check.label} {check.note}".strip()
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        self.tick(index.row())
        return True


class _NoteDelegate(QStyledItemDelegate):
    """Draws a line with its tick, and its note at the right in quiet letters."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        note = str(index.data(NOTE_ROLE) or "")
        width = option.fontMetrics.horizontalAdvance(note) + 12 if note else 0
        whole = QRect(option.rect)
        ground = QStyleOptionViewItem(option)
        ground.rect = whole.adjusted(0, 0, -width, 0)
        if width and option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(whole, self._look.colour("selection"))
        super().paint(painter, ground, index)
        if note:
            painter.save()
            painter.setPen(self._look.colour("muted"))
            place = whole.adjusted(0, 0, -8, 0)
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(place, int(side), note)
            painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, QFontMetrics(option.font).height() + 12)


class CheckPopup(QFrame):
    """Shows the list below a place; it goes away, and is freed, when one turns elsewhere."""

    changed = Signal(tuple)
    """All values that are ticked now."""
    line_key = Signal(str, int)
    """A value, and a key pressed on its line with Ctrl, such as Qt.Key_Up."""

    def __init__(
        self,
        look: Look,
        title: str,
        checks: Sequence[Check],
        parent: QWidget,
        *,
        hint: str = "",
    ) -> None:
        """`title` is what a screen reader calls the list; `hint` is shown below it."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("kind", "popup")
        self.setAccessibleName(title)
        self.model = CheckList(checks, self)
        self.model.ticked.connect(self._on_ticked)
        self.list = QListView(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(_NoteDelegate(look, self.list))
        self.list.setAccessibleName(title)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(self._on_clicked)
        self.list.installEventFilter(self)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(_("Type to narrow…"))
        self.field.setAccessibleName(_("Narrow the list"))
        self.field.textChanged.connect(self._on_words)
        self.field.installEventFilter(self)
        self.field.setVisible(len(checks) > MANY)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(7, 7, 7, 7)
        layout.setSpacing(6)
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        if hint:
            words = QLabel(hint, self)
            words.setProperty("kind", "small")
            words.setWordWrap(True)
            layout.addWidget(words)
        self._size(checks)

    def open_at(self, spot: QPoint) -> None:
        """Show the popup with its corner at a place of the screen, moved so that it fits in."""
        self.adjustSize()
        room = self.screen().availableGeometry()
        left = max(room.left(), min(spot.x(), room.right() - self.width()))
        top = max(room.top(), min(spot.y(), room.bottom() - self.height()))
        self.move(left, top)
        self.show()
        first = next(
            (row for row in range(self.model.rowCount()) if self.model.check(row).is_on), 0
        )
        self.list.setCurrentIndex(self.model.index(first))
        (self.list if self.field.isHidden() else self.field).setFocus(
            Qt.FocusReason.PopupFocusReason
        )

    def go_to(self, value: str) -> None:
        """Let the keyboard be in the line of a value."""
        self.list.setCurrentIndex(self.model.index(self.model.row_of(value)))

    @Slot(str)
    def _on_words(self, text: str) -> None:
        self.model.show_words(text)
        self.list.setCurrentIndex(self.model.index(0))

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self.model.tick(index.row())

    @Slot()
    def _on_ticked(self) -> None:
        self.changed.emit(self.model.values)

    def _size(self, checks: Sequence[Check]) -> None:
        metrics = self.list.fontMetrics()
        widest = max((metrics.horizontalAdvance(one.label + one.note) for one in checks), default=0)
        self.list.setFixedWidth(min(MOST_WIDTH, max(LEAST_WIDTH, widest + 76)))
        rows = min(max(len(checks), 1), MOST_ROWS)
        self.list.setFixedHeight(rows * (metrics.height() + 12) + 4)

    def _pressed(self, key: int, *, control: bool, in_field: bool) -> bool:
        """Do what a key means in the list; False where it means nothing here."""
        row = self.list.currentIndex().row()
        is_there = 0 <= row < self.model.rowCount()
        if control and is_there:
            self.line_key.emit(self.model.check(row).value, key)
            return key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or (
            key == Qt.Key.Key_Space and not in_field
        ):
            if is_there:
                self.model.tick(row)
            return True
        if in_field and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if key == Qt.Key.Key_Down else -1
            last = self.model.rowCount() - 1
            self.list.setCurrentIndex(self.model.index(max(0, min(row + step, last))))
            return True
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if self._pressed(event.key(), control=control, in_field=watched is self.field):
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)
