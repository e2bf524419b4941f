"""The pages of a document as small pictures in a strip, to go to one of them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QImage, QPainter, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from csdesk.i18n import _
from ui.pages.document.drawing import Drawing, Pictures
from ui.pages.document.page_layout import Piece
from ui.pages.document.pdf_pages import PdfPages
from ui.tasks import Tasks
from ui.theme import Look

Index = QModelIndex | QPersistentModelIndex

WIDTH = 132
"""Logical pixels of the strip."""

PAGE = 92
"""Logical pixels of the longer side of a small page."""


class Thumbnails(QListView):
    """One row for each page; the one in view is the current one."""

    page_chosen = Signal(int)
    """A page the user went to, from 0."""

    def __init__(self, look: Look, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = ThumbnailModel(self)
        self._drawing = Drawing(tasks, self)
        self._following = False
        self._build(look)
        self._connect()

    def show_pages(self, pages: PdfPages) -> None:
        """Show the pages of another document; old pictures stay until the new ones are drawn."""
        row = max(0, self.currentIndex().row())
        self._model.show_pages(pages)
        self.follow(min(row, pages.count - 1))
        self._want()

    @Slot(int)
    def follow(self, page: int) -> None:
        """Mark the page that is in view elsewhere."""
        self._following = True
        self.setCurrentIndex(self._model.index(page))
        self._following = False

    @Slot(object, object, object)
    def _on_drawn(self, pages: PdfPages, piece: Piece, image: QImage) -> None:
        self._model.take(pages, piece, image)

    @Slot()
    def _want(self) -> None:
        """Ask for the small pages in view."""
        if not self.isVisible():
            return
        seen = self.viewport().rect().adjusted(0, -PAGE, 0, 2 * PAGE)
        rows = [
            row
            for row in range(self._model.rowCount())
            if self.visualRect(self._model.index(row)).intersects(seen)
        ]
        self._drawing.want(self._model.missing(rows, self.devicePixelRatioF()))

    def _build(self, look: Look) -> None:
        self.setModel(self._model)
        self.setItemDelegate(ThumbnailDelegate(look, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFixedWidth(WIDTH)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Pages"))

    def _connect(self) -> None:
        self._drawing.drawn.connect(self._on_drawn)
        self.verticalScrollBar().valueChanged.connect(self._want)
        self.selectionModel().currentChanged.connect(self._on_current)

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, current: QModelIndex, before: QModelIndex) -> None:
        if current.isValid() and not self._following:
            self.page_chosen.emit(current.row())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._want()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._want()


class ThumbnailModel(QAbstractListModel):
    """A row for each page of a document, with its small picture where it is drawn."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._pictures: Pictures | None = None
        self._shown: dict[int, QImage] = {}

    def show_pages(self, pages: PdfPages) -> None:
        """Show the pages of another document; the pictures of the one before stand in."""
        before, now = self.rowCount(), pages.count
        if now < before:
            self.beginRemoveRows(QModelIndex(), now, before - 1)
            self._pictures = Pictures(pages)
            self.endRemoveRows()
            self._shown = {row: image for row, image in self._shown.items() if row < now}
        elif now > before:
            self.beginInsertRows(QModelIndex(), before, now - 1)
            self._pictures = Pictures(pages)
            self.endInsertRows()
        else:
            self._pictures = Pictures(pages)
        if now:
            self.dataChanged.emit(self.index(0), self.index(now - 1))

    def size(self, row: int) -> QSize:
        """Return the logical pixels of a small page."""
        assert self._pictures is not None
        wide, high = self._pictures.pages.sizes[row]
        scale = PAGE / max(wide, high)
        return QSize(round(wide * scale), round(high * scale))

    def image(self, row: int) -> QImage | None:
        """Return the picture of a page, perhaps that of the document before."""
        return self._shown.get(row)

    def missing(self, rows: list[int], ratio: float) -> list[tuple[PdfPages, Piece]]:
        """Return which pieces have to be drawn for these rows."""
        if self._pictures is None:
            return []
        pieces = []
        for row in rows:
            size = self.size(row) * ratio
            whole = (max(1, size.width()), max(1, size.height()))
            pieces.append(Piece(row, whole, (0, 0, *whole)))
        return self._pictures.missing(pieces)

    def take(self, pages: PdfPages, piece: Piece, image: QImage) -> None:
        """Take what was drawn, where it still belongs to the document shown."""
        if self._pictures is not None and self._pictures.pages is pages:
            self._pictures.add(piece, image)
            self._shown[piece.page] = image
            self.dataChanged.emit(self.index(piece.page), self.index(piece.page))

    def rowCount(self, parent: Index | None = None) -> int:
        if self._pictures is None or (parent is not None and parent.isValid()):
            return 0
        return self._pictures.pages.count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return str(index.row() + 1)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return _("Page {n}").format(n=index.row() + 1)
        return None


class ThumbnailDelegate(QStyledItemDelegate):
    """Draws a small page with its number below, framed where it is the one in view."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model = index.model()
        assert isinstance(model, ThumbnailModel)
        return QSize(WIDTH - 14, model.size(index.row()).height() + 34)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, ThumbnailModel)
        cell: QRect = option.rect
        state: QStyle.StateFlag = option.state
        size = model.size(index.row())
        page = QRect(0, 0, size.width(), size.height())
        page.moveTopLeft(cell.topLeft())
        page.translate((cell.width() - size.width()) // 2, 8)
        painter.save()
        painter.fillRect(page, Qt.GlobalColor.white)
        image = model.image(index.row())
        if image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(page, image)
        is_current = bool(state & QStyle.StateFlag.State_Selected)
        painter.setPen(QPen(self._look.colour("accent_fill" if is_current else "control"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(page.adjusted(-1, -1, 0, 0))
        if is_current:
            painter.drawRect(page.adjusted(-2, -2, 1, 1))
        words = cell.adjusted(0, size.height() + 12, 0, -4)
        painter.setPen(self._look.colour("accent" if is_current else "muted"))
        painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter), str(index.row() + 1))
        if is_current and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self._look.colour("accent"), 1, Qt.PenStyle.DotLine))
            painter.drawRect(cell.adjusted(1, 1, -2, -2))
        painter.restore()
