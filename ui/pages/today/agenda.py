"""One line of the Today page, and the lists of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from ui.tables import ROW_ROLE, Index


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that needs somebody: what it is, and which item it leads to.

    `pill` are words in a `tone` at the right, `aside` a plain text before them, `when` the day
    and the hour at the left. `ring` is the tone of a ring at the left, "" for a dotted one.
    """

    id: str
    entity: str
    item_id: str
    title: str
    below: str = ""
    pill: str = ""
    tone: str = "neutral"
    aside: str = ""
    when: tuple[str, str] | None = None
    ring: str | None = None
    can_tick: bool = False
    is_strong: bool = True

    @property
    def in_words(self) -> str:
        """All of it as one reads it out."""
        parts = (*(self.when or ()), self.title, self.below, self.aside, self.pill)
        return ", ".join(part for part in parts if part)


class AgendaModel(QAbstractListModel):
    """The lines of one card; those that stay are only painted again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines from the top."""
        return tuple(self._lines)

    def place_of(self, line_id: str) -> int:
        """Return where a line stands, -1 where it does not."""
        return next((at for at, line in enumerate(self._lines) if line.id == line_id), -1)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines; where the same ones stay in their order, the cursor stays too."""
        wanted = [line.id for line in lines]
        staying = set(wanted)
        for place in range(len(self._lines) - 1, -1, -1):
            if self._lines[place].id not in staying:
                self.beginRemoveRows(QModelIndex(), place, place)
                del self._lines[place]
                self.endRemoveRows()
        if [line.id for line in self._lines] != wanted[: len(self._lines)]:
            self.beginResetModel()
            self._lines = list(lines)
            self.endResetModel()
            return
        known = len(self._lines)
        self._lines = list(lines[:known])
        if known:
            self.dataChanged.emit(self.index(0), self.index(known - 1))
        if len(lines) > known:
            self.beginInsertRows(QModelIndex(), known, len(lines) - 1)
            self._lines = list(lines)
            self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line = self._lines[index.row()]
        if role == ROW_ROLE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.in_words
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (line.title, line.below) if part)
        return None
