"""The finds of a search as a list: an icon for what it is, its title, and where it belongs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QObject, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from csdesk.queries.entity_words import entity_label
from csdesk.queries.search import SearchHit
from ui.icons import pixmap
from ui.tables import ROW_ROLE, Index
from ui.theme import Look
from ui.widgets.cells import Ink

ICONS = {
    "account": "building-2",
    "contact": "contact",
    "member": "user",
    "plan": "list-checks",
    "goal": "target",
    "milestone": "flag",
    "action": "list-checks",
    "touchpoint": "message-square",
}
ICON = 18


class SearchList(QAbstractListModel):
    """Hits of a search."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: list[SearchHit] = []

    def set_hits(self, hits: Sequence[SearchHit]) -> None:
        """Show these hits."""
        self.beginResetModel()
        self._hits = list(hits)
        self.endResetModel()

    def hit(self, row: int) -> SearchHit:
        """Return the hit in a row, counted from 0."""
        return self._hits[row]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        hit = self._hits[index.row()]
        if role == ROW_ROLE:
            return hit
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{hit.title}. {where(hit)}"
        return None


def where(hit: SearchHit) -> str:
    """Say what a hit is and where it belongs, with the words around the match."""
    parts = [entity_label(hit.entity)]
    if hit.entity != "account" and hit.account:
        parts.append(hit.account)
    if hit.snippet and hit.snippet != hit.title:
        parts.append(hit.snippet)
    return " · ".join(parts)


class SearchListDelegate(QStyledItemDelegate):
    """Draws a hit: its icon, its title, and where it is in a small line below."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._ink: Ink | None = None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        ink = self._pens(option)
        hit: SearchHit = index.data(ROW_ROLE)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.colour("selection"))
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), 6, 6)
        name = ICONS.get(hit.entity, "file-text")
        ratio = painter.device().devicePixelRatioF()
        picture = pixmap(self._look, name, "muted", ICON, ratio)
        painter.drawPixmap(rect.left() + 10, rect.center().y() - ICON // 2 + 1, picture)
        ink.two_texts(painter, rect.adjusted(ICON + 22, 0, -10, 0), hit.title, where(hit))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, self._pens(option).two_lines - 2)

    def _pens(self, option: QStyleOptionViewItem) -> Ink:
        if self._ink is None or self._ink.plain != option.font:
            self._ink = Ink(self._look, option.font)
        return self._ink
