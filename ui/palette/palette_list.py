"""The finds of the palette as a list: heads over groups, icons, marked letters, keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.icons import pixmap
from ui.palette.finds import Find, Group
from ui.tables import ROW_ROLE, Index
from ui.theme import Look
from ui.widgets.cells import Ink

ICON = 18
LEFT = 10


class PaletteList(QAbstractListModel):
    """Groups of finds, each below a row with its head."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Find | str] = []

    def set_groups(self, groups: Sequence[Group]) -> None:
        """Show these groups."""
        self.beginResetModel()
        self._rows = []
        for group in groups:
            self._rows.append(group.head)
            self._rows += group.finds
        self.endResetModel()

    def add_groups(self, groups: Sequence[Group]) -> None:
        """Show these groups below the others; what is chosen stays chosen."""
        rows: list[Find | str] = []
        for group in groups:
            rows.append(group.head)
            rows += group.finds
        if rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()

    @property
    def finds(self) -> list[Find]:
        """The finds without their heads."""
        return [row for row in self._rows if isinstance(row, Find)]

    def find(self, row: int) -> Find | None:
        """Return the find in a row, counted from 0; None for a head or no row."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, Find) else None

    def step(self, row: int, by: int, *, around: bool = True) -> int:
        """Return the row of the find `by` finds further; -1 where there is none.

        At the end it goes on at the other, or stays where `around` is not set.
        """
        rows = [number for number, one in enumerate(self._rows) if isinstance(one, Find)]
        if not rows:
            return -1
        at = rows.index(row) + by if row in rows else (0 if by > 0 else len(rows) - 1)
        return rows[at % len(rows) if around else max(0, min(at, len(rows) - 1))]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title if isinstance(row, Find) else row
        if role == Qt.ItemDataRole.AccessibleTextRole and isinstance(row, Find):
            return ". ".join(part for part in (row.title, row.where, row.keys) if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.find(index.row()) is None:
            return Qt.ItemFlag.ItemNeverHasChildren
        return super().flags(index)


class PaletteDelegate(QStyledItemDelegate):
    """Draws a find: its icon, its title with the letters that were typed marked, and below it
    where it is; or a head.
    """

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._ink: Ink | None = None
        self._small_bold = QFont()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        ink = self._pens(option)
        row: Find | str = index.data(ROW_ROLE)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, str):
            inside = rect.adjusted(LEFT, 4, -LEFT, 0)
            ink.text(painter, inside, row, "muted", self._small_bold)
        else:
            if option.state & QStyle.StateFlag.State_Selected:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._look.colour("selection"))
                painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), 6, 6)
            self._draw(painter, ink, rect.adjusted(LEFT, 0, -LEFT, 0), row)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        ink = self._pens(option)
        row = index.data(ROW_ROLE)
        if isinstance(row, str):
            return QSize(200, ink.metrics(ink.small).height() + 12)
        lines = ink.two_lines - 4 if row.where else ink.metrics(ink.plain).height() + 12
        return QSize(200, lines)

    def _draw(self, painter: QPainter, ink: Ink, rect: QRect, find: Find) -> None:
        ratio = painter.device().devicePixelRatioF()
        picture = pixmap(self._look, find.icon, "muted", ICON, ratio)
        painter.drawPixmap(rect.left(), rect.center().y() - ICON // 2 + 1, picture)
        inside = rect.adjusted(ICON + 12, 0, 0, 0)
        if find.keys:
            width = ink.text(
                painter, inside, find.keys, "muted", ink.small, Qt.AlignmentFlag.AlignRight
            )
            inside.adjust(0, 0, -width - 12, 0)
        if not find.where:
            _marked(painter, ink, inside, find.title, find.places, (ink.plain, ink.bold), "text")
            return
        upper, lower = ink.halves(inside)
        _marked(painter, ink, upper, find.title, find.places, (ink.plain, ink.bold), "text")
        fonts = (ink.small, self._small_bold)
        _marked(painter, ink, lower, find.where, find.where_places, fonts, "muted")

    def _pens(self, option: QStyleOptionViewItem) -> Ink:
        if self._ink is None or self._ink.plain != option.font:
            self._ink = Ink(self._look, option.font)
            self._small_bold = QFont(self._ink.small)
            self._small_bold.setWeight(QFont.Weight.DemiBold)
        return self._ink


def _marked(
    painter: QPainter,
    ink: Ink,
    rect: QRect,
    text: str,
    places: Sequence[int],
    fonts: tuple[QFont, QFont],
    role: str,
) -> None:
    """Draw a line with some of its letters bold and in the accent's colour."""
    text = text.replace("\n", " ")
    if not places:
        ink.text(painter, rect, text, role, fonts[0])
        return
    rest = QRect(rect)
    for part, is_marked in _runs(text, frozenset(places)):
        if rest.width() <= 0:
            return
        font = fonts[is_marked]
        width = ink.text(painter, rest, part, "accent" if is_marked else role, font)
        rest.setLeft(rest.left() + width)


def _runs(text: str, places: frozenset[int]) -> list[tuple[str, bool]]:
    """Cut a text where marked letters begin and end."""
    runs: list[tuple[str, bool]] = []
    for place, char in enumerate(text):
        is_marked = place in places
        if runs and runs[-1][1] is is_marked:
            runs[-1] = (runs[-1][0] + char, is_marked)
        else:
            runs.append((char, is_marked))
    return runs
