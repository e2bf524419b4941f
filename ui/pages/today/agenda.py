"""One line of the Today page, and the lists of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Self

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


class Lines:
    """The lines of one card, each worded when it is first looked at: of thousands twelve are."""

    def __init__(
        self, rows: Iterable[Any], id_of: Callable[[Any], str], make: Callable[[Any], Line]
    ) -> None:
        """`id_of` gives the id a row's line has, `make` the line."""
        self._rows: dict[str, Any] = {id_of(row): row for row in rows}
        self._make = make
        self._made: dict[str, Line] = {}

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Self:
        """Take lines that are worded already."""
        return cls(lines, lambda line: line.id, lambda line: line)

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def ids(self) -> list[str]:
        """The ids of the lines from the top."""
        return list(self._rows)

    def line(self, line_id: str) -> Line:
        """Return a line by its id."""
        line = self._made.get(line_id)
        if line is None:
            line = self._made[line_id] = self._make(self._rows[line_id])
        return line

    def without(self, line_id: str) -> Self:
        """Return these lines but for one."""
        rest = [one for one in self._rows if one != line_id]
        return type(self)(rest, str, self.line)


class AgendaModel(QAbstractListModel):
    """The lines of one card; those that stay are only painted again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines = Lines.of(())
        self._ids: list[str] = []

    @property
    def source(self) -> Lines:
        """What is shown."""
        return self._lines

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines from the top, all of them worded."""
        return tuple(map(self._lines.line, self._ids))

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the lines from the top."""
        return tuple(self._ids)

    def line(self, place: int) -> Line:
        """Return the line at a place, counted from 0."""
        return self._lines.line(self._ids[place])

    def place_of(self, line_id: str) -> int:
        """Return where a line stands, -1 where it does not."""
        return self._ids.index(line_id) if line_id in self._ids else -1

    def show_lines(self, lines: Lines) -> None:
        """Show these lines; where the same ones stay in their order, the cursor stays too."""
        wanted = lines.ids
        staying = set(wanted)
        for place in range(len(self._ids) - 1, -1, -1):
            if self._ids[place] not in staying:
                self.beginRemoveRows(QModelIndex(), place, place)
                del self._ids[place]
                self.endRemoveRows()
        known = len(self._ids)
        if self._ids != wanted[:known]:
            self.beginResetModel()
            self._lines, self._ids = lines, wanted
            self.endResetModel()
            return
        self._lines = lines
        if known:
            self.dataChanged.emit(self.index(0), self.index(known - 1))
        if len(wanted) > known:
            self.beginInsertRows(QModelIndex(), known, len(wanted) - 1)
            self._ids = wanted
            self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._ids):
            return None
        line = self.line(index.row())
        if role == ROW_ROLE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.in_words
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (line.title, line.below) if part)
        return None
