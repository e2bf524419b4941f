"""How the cells of a table are drawn: lines of text, pills, bars; and the ground beneath them.

Cells are painted, they hold no widgets: that is what lets 5,000 rows scroll without a hitch.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QFontMetricsF, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from ui.tables import ROW_ROLE, Column, RowsModel
from ui.theme import SIZES, Look

PADDING = 10
"""Pixels left and right of a cell's content."""

PILL_ENDS = 16
"""Pixels of a pill beside its words."""

MOST_REMEMBERED = 20_000
"""How many texts that were measured, cut or written are remembered."""

RING_PEN = 3.5
"""Pixels of a ring's line."""

SIGNS = {"good": "●", "warning": "▲", "bad": "▼"}
"""What stands beside a colour that says how something is, for who does not see the colour."""

NO_SIGN = "–"
"""The same where nobody said how it is."""

_LINE = {
    side: int(side | Qt.AlignmentFlag.AlignVCenter)
    for side in (
        Qt.AlignmentFlag.AlignLeft,
        Qt.AlignmentFlag.AlignRight,
        Qt.AlignmentFlag.AlignHCenter,
    )
}


def small_font(font: QFont) -> QFont:
    """Return the font of small text that goes with `font`."""
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * SIZES["small"])
    return small


class Ink:
    """Draws the parts of one cell with the fonts and colours in force."""

    def __init__(self, look: Look, font: QFont) -> None:
        self.look = look
        self.plain = QFont(font)  # a copy: the option it comes from does not live long
        self.bold = QFont(font)
        self.bold.setWeight(QFont.Weight.DemiBold)
        self.small = small_font(font)
        self._widths: dict[tuple[int, str], int] = {}
        self._cuts: dict[tuple[int, str, int], str] = {}
        self._tracks: dict[str, QColor] = {}
        self._lines: dict[int, tuple[float, float]] = {}
        self._metrics = {id(one): QFontMetrics(one) for one in (self.plain, self.bold, self.small)}

    def metrics(self, font: QFont) -> QFontMetrics:
        """Return the measures of a font; those of this ink's own are kept ready."""
        return self._metrics.get(id(font)) or QFontMetrics(font)

    @property
    def two_lines(self) -> int:
        """The height of a row with a line of text and a small one below it."""
        return self.metrics(self.bold).height() + self.metrics(self.small).height() + 14

    def text(
        self,
        painter: QPainter,
        rect: QRect,
        text: str,
        role: str = "text",
        font: QFont | None = None,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> int:
        """Draw one line, cut with … where it is too long; return its width in pixels."""
        font = font or self.plain
        width = self.width(text, font)
        if width > rect.width():
            text = self._cut(text, font, rect.width())
            width = self.width(text, font)
        painter.setFont(font)
        painter.setPen(self.look.colour(role))
        if width > rect.width() or "\n" in text or "\t" in text:
            painter.drawText(rect, _LINE[align], text)  # clips, and knows of lines and tabs
            return width
        # Qt lays a text out in a rectangle in twice the time that it takes to draw it at a point.
        left: float = rect.left()
        if align == Qt.AlignmentFlag.AlignRight:
            left += rect.width() - width
        elif align == Qt.AlignmentFlag.AlignHCenter:
            left += (rect.width() - width) / 2
        height, ascent = self._line_of(font)
        top = rect.top() + (rect.height() - height) / 2
        painter.drawText(QPointF(left, top + ascent), text)
        return width

    def width(self, text: str, font: QFont) -> int:
        """Return how wide a text is, in pixels; measured once, for the same words come again."""
        key = (id(font), text)
        width = self._widths.get(key)
        if width is None:
            if len(self._widths) > MOST_REMEMBERED:
                self._widths.clear()
            width = self._widths[key] = self.metrics(font).horizontalAdvance(text)
        return width

    def texts(
        self, painter: QPainter, rect: QRect, parts: Sequence[tuple[str, str]], font: QFont
    ) -> None:
        """Draw texts with their roles one after the other in one line, with dots between them."""
        left, dot = rect.left(), self.width(" · ", font)
        for number, (text, role) in enumerate(parts):
            gap = dot if number else 0
            room = rect.right() + 1 - left - gap
            if number and room < min(self.width(text, font), 3 * dot):
                return  # a dot with nothing behind it says less than no dot
            if number:
                between = QRect(left, rect.top(), gap, rect.height())
                self.text(painter, between, " · ", "faint", font)
            place = QRect(left + gap, rect.top(), room, rect.height())
            left = place.left() + self.text(painter, place, text, role, font)

    def halves(self, rect: QRect) -> tuple[QRect, QRect]:
        """Return the places in `rect` for a line of text and a small one below it."""
        upper, lower = self.metrics(self.plain).height(), self.metrics(self.small).height()
        top = rect.top() + (rect.height() - upper - lower) // 2
        below = QRect(rect.left(), top + upper, rect.width(), lower)
        return QRect(rect.left(), top, rect.width(), upper), below

    def two_texts(self, painter: QPainter, rect: QRect, title: str, below: str) -> None:
        """Draw a bold line with a small faint one below it."""
        if not below:
            self.text(painter, rect, title, font=self.bold)
            return
        upper, lower = self.metrics(self.bold).height(), self.metrics(self.small).height()
        top = rect.top() + (rect.height() - upper - lower) // 2
        self.text(painter, QRect(rect.left(), top, rect.width(), upper), title, font=self.bold)
        below_rect = QRect(rect.left(), top + upper, rect.width(), lower)
        self.text(painter, below_rect, below, "faint", self.small)

    def pill(self, painter: QPainter, rect: QRect, text: str, tone: str) -> int:
        """Draw words on a soft rounded ground, at the left of `rect`; return the width used."""
        width = min(self.width(text, self.small) + PILL_ENDS, rect.width())
        height = self.metrics(self.small).height() + 4
        ground = QRect(rect.left(), rect.center().y() - height // 2 + 1, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.look.colour(f"{tone}_soft"))
        painter.drawRoundedRect(QRectF(ground), height / 2, height / 2)
        inside = ground.adjusted(6, 0, -6, 0)
        self.text(painter, inside, text, tone, self.small, Qt.AlignmentFlag.AlignHCenter)
        return width

    def bar(self, painter: QPainter, rect: QRect, share: float, role: str = "accent_fill") -> None:
        """Draw a bar filled to `share` (0 to 1, beyond is drawn as full or empty)."""
        height = 6
        track = QRectF(rect.left(), rect.center().y() - height / 2 + 1, rect.width(), height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._track())
        painter.drawRoundedRect(track, 3, 3)
        share = max(0.0, min(1.0, share))
        if share > 0:
            filled = QRectF(track)
            filled.setWidth(max(height, track.width() * share))
            painter.setBrush(self.look.colour(role))
            painter.drawRoundedRect(filled, 3, 3)

    @property
    def ring_size(self) -> int:
        """How wide a ring is, in pixels."""
        return self.metrics(self.small).height() + 14

    def ring(self, painter: QPainter, rect: QRect, tone: str, text: str) -> QRect:
        """Draw a ring in a tone around a short text at the left of `rect`; dotted without a tone.

        Returns the place that is left beside it.
        """
        size = self.ring_size
        ring = QRect(rect.left(), rect.center().y() - size // 2 + 1, size, size)
        pen = QPen(self.look.colour(f"{tone}_fill" if tone else "control"), RING_PEN)
        if not tone:
            pen.setStyle(Qt.PenStyle.DotLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inset = RING_PEN / 2 + 0.5
        painter.drawEllipse(QRectF(ring).adjusted(inset, inset, -inset, -inset))
        self.text(painter, ring, text, tone or "muted", self.small, Qt.AlignmentFlag.AlignHCenter)
        return rect.adjusted(size + 8, 0, 0, 0)

    def avatar(self, painter: QPainter, rect: QRect, name: str) -> None:
        """Draw somebody's initials in a disc in the middle of `rect`."""
        size = self.metrics(self.small).height() + 10
        disc = QRect(0, 0, size, size)
        disc.moveCenter(rect.center())
        # Its rim keeps the disc in sight on a chosen row, whose ground is as soft.
        painter.setPen(self.look.colour("control"))
        painter.setBrush(self.look.colour("accent_soft"))
        painter.drawEllipse(QRectF(disc).adjusted(0.5, 0.5, -0.5, -0.5))
        middle = Qt.AlignmentFlag.AlignHCenter
        self.text(painter, disc, initials(name), "accent", self.small, middle)

    def _line_of(self, font: QFont) -> tuple[float, float]:
        """Return the height of a font's line and how far down in it letters stand, unrounded."""
        line = self._lines.get(id(font))
        if line is None:
            exact = QFontMetricsF(font)
            line = exact.height(), exact.ascent()
            if id(font) in self._metrics:  # others do not live long
                self._lines[id(font)] = line
        return line

    def _track(self) -> QColor:
        """Return the empty part of a bar: dark enough for a chosen row too."""
        control = self.look.colour("control")
        if self._tracks.get("of") != control:
            track = QColor(control)
            track.setAlphaF(0.62)
            self._tracks = {"of": control, "is": track}
        return self._tracks["is"]

    def _cut(self, text: str, font: QFont, width: int) -> str:
        """Cut a text with … to a width; cut once, for the same words come again."""
        key = (id(font), text, width)
        cut = self._cuts.get(key)
        if cut is None:
            if len(self._cuts) > MOST_REMEMBERED:
                self._cuts.clear()
            side = Qt.TextElideMode.ElideRight
            cut = self._cuts[key] = self.metrics(font).elidedText(text, side, width)
        return cut


def initials(name: str) -> str:
    """Return what stands for a person: 山 for 山田 恵, TS for Tom Sato."""
    words = name.split()
    if not words:
        return ""
    if not words[0][0].isascii():
        return words[0][0]
    return "".join(word[0] for word in (words[0], words[-1])[: len(words)]).upper()


def _inside(cell: QRect) -> QRect:
    """Return where the content of a cell stands."""
    return cell.adjusted(PADDING, 0, -PADDING, -1)


class InkPot:
    """Keeps the ink of a font until that of another font is asked for."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._ink: Ink | None = None

    def ink(self, font: QFont) -> Ink:
        """Return the ink for a font, made once."""
        if self._ink is None or self._ink.plain != font:
            self._ink = Ink(self._look, font)
        return self._ink


Paint = Callable[[Ink, QPainter, QRect, Any], None]
"""Draws one row's cell into a rectangle."""


class CellDelegate(QStyledItemDelegate):
    """Draws the ground of a cell (chosen, hovered, line below), then its content."""

    def __init__(
        self,
        look: Look,
        paint: Paint | None,
        width: int,
        parent: QWidget | None = None,
        *,
        rows: RowsModel[Any] | None = None,
    ) -> None:
        """Draw cells `width` pixels wide by `paint`, or as plain text.

        Asking the model `rows` for a row directly saves the way through Qt, a third of the time.
        """
        super().__init__(parent)
        self._look = look
        self._rows = rows
        self._paint = paint
        self._width = width
        self._pot = InkPot(look)

    def ink(self, font: QFont) -> Ink:
        """Return the ink for the view's font, made once."""
        return self._pot.ink(font)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        ink = self.ink(option.font)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option, index)
        if self._paint is not None:
            self._paint(ink, painter, _inside(rect), self._row(index))
        else:
            align = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole))
            side = align & Qt.AlignmentFlag.AlignHorizontal_Mask
            ink.text(painter, _inside(rect), index.data(Qt.ItemDataRole.DisplayRole), align=side)
        painter.restore()

    def draw(
        self, painter: QPainter, font: QFont, cell: QRect, row: Any, column: Column[Any]
    ) -> None:
        """Draw the content of a cell without its ground; pen and brush stay as they fall."""
        ink = self.ink(font)
        if self._paint is not None:
            self._paint(ink, painter, _inside(cell), row)
        else:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            ink.text(painter, _inside(cell), column.text(row), align=side)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(self._width, self.ink(option.font).two_lines)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        if event.type() != QEvent.Type.ToolTip or index.data(Qt.ItemDataRole.ToolTipRole):
            return super().helpEvent(event, view, option, index)
        # A cell that is too narrow for its text shows it whole as a tooltip.
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        ink, rect = self.ink(option.font), option.rect
        cut = ink.width(text, ink.plain) + 2 * PADDING > rect.width()
        QToolTip.showText(event.globalPos(), text if cut else "", view)
        return True

    def _row(self, index: QModelIndex | QPersistentModelIndex) -> Any:
        return index.data(ROW_ROLE) if self._rows is None else self._rows.row(index.row())

    def _ground(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        state = option.state
        rect: QRect = option.rect
        view = option.widget
        hovered = getattr(view, "hovered_row", -1) == index.row()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._look.colour("selection"))
        elif hovered:
            painter.fillRect(rect, self._look.colour("hover"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self._look.colour("line"))
        if (
            isinstance(view, QTableView)
            and view.hasFocus()
            and view.currentIndex().row() == index.row()
            and view.horizontalHeader().visualIndex(index.column()) == 0
        ):
            # The keyboard's place is shown by a mark at the row's left edge.
            mark = QRect(rect.left(), rect.top(), 3, rect.height() - 1)
            painter.fillRect(mark, self._look.colour("accent_fill"))
