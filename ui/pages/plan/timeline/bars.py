"""How the bars and diamonds of a timeline are drawn."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from csdesk.actions.plan_items import ItemKind
from ui.pages.plan.timeline.rows import TimelineRow
from ui.pages.plan.timeline.scale import Scale
from ui.pages.plan.timeline.shapes import DIAMOND, Label, Shape, shape_of
from ui.pages.plan.timeline.words import is_backwards
from ui.widgets.cells import Ink

_BAR = {ItemKind.GOAL: 16, ItemKind.MILESTONE: 16, ItemKind.ACTION: 13}
"""Pixels a bar is high."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Where everything of a row stands, for those who draw it and those who point at it."""

    row: TimelineRow
    shape: Shape | None
    label: Label
    top: int
    height: int
    more: str = ""
    """What is said after the title."""
    more_role: str = "muted"


class BarPainter:
    """Draws bars of one look at a timeline; x counts from the left of what can be seen."""

    def __init__(self, ink: Ink, painter: QPainter, scale: Scale, width: int) -> None:
        """Draw with `painter` what stands at `scale` within `width` pixels."""
        self._ink = ink
        self._painter = painter
        self._scale = scale
        self._width = width

    def bar(self, row: TimelineRow, shape: Shape, top: int, height: int) -> None:
        """Draw the bar of a row in the colour of how it stands, and its diamond."""
        kind = row.item.ref.kind or ItemKind.ACTION
        middle = top + height / 2
        if shape.has_bar and shape.end > 0 and shape.begin < self._width:
            high = _BAR[kind]
            # What lies far out of view is cut: painters do not take such numbers well.
            left, right = max(shape.left, -20.0), min(shape.right, self._width + 20.0)
            rect = QRectF(left, middle - high / 2, right - left, high)
            self._bar_ground(row, rect, kind)
            if shape.is_open:
                self._fade(rect)
            elif is_backwards(row.item):
                self._hatch(rect)
            self._progress(row, rect, kind)
        if shape.point is not None:
            self._diamond(row, shape.point, middle)

    def ring(self, shape: Shape, top: int, height: int) -> None:
        """Draw a ring around what is chosen."""
        pen = QPen(self._colour("accent"), 1.6)
        self._painter.setPen(pen)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        left, right = max(shape.begin - 3, -20.0), min(shape.end + 3, self._width + 20.0)
        if right > left:
            ring = QRectF(left, top + height / 2 - 10, right - left, 20)
            self._painter.drawRoundedRect(ring, 6, 6)

    def ghost(
        self, one: Drawn, start_on: dt.date | None, due_on: dt.date | None, role: str
    ) -> None:
        """Draw where an item would be with these dates, in a dashed line."""
        kind = one.row.item.ref.kind or ItemKind.ACTION
        is_milestone = kind is ItemKind.MILESTONE
        shape = shape_of(start_on, due_on, self._scale, is_milestone=is_milestone)
        if shape is None or shape.end < -20 or shape.begin > self._width + 20:
            return
        pen = QPen(self._colour(role), 1.6)
        pen.setDashPattern([3, 2])
        self._painter.setPen(pen)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        middle, high = one.top + one.height / 2, _BAR[kind]
        if shape.has_bar:
            left, right = max(shape.left, -20.0), min(shape.right, self._width + 20.0)
            rect = QRectF(left, middle - high / 2, right - left, high)
            self._painter.drawRoundedRect(rect, 4, 4)
        if shape.point is not None:
            self._painter.drawPolygon(_diamond_at(shape.point, middle))

    def handle(self, shape: Shape, top: int, height: int) -> None:
        """Draw the handle from which a dependency is drawn."""
        centre = QPointF(link_handle(shape), top + height / 2)
        self._painter.setPen(QPen(self._colour("accent_fill"), 1.6))
        self._painter.setBrush(self._colour("surface"))
        self._painter.drawEllipse(centre, 4.0, 4.0)

    def _bar_ground(self, row: TimelineRow, rect: QRectF, kind: ItemKind) -> None:
        painter, tone = self._painter, row.tone
        if tone == "quiet":
            painter.setPen(QPen(self._colour("control"), 1))
            painter.setBrush(self._colour("neutral_soft"))
        elif kind is ItemKind.ACTION:
            painter.setPen(QPen(self._colour(f"{tone}_fill"), 1))
            painter.setBrush(self._colour(f"{tone}_soft"))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._colour(f"bar_{tone}"))
        radius = min(4.0, rect.width() / 2)
        painter.drawRoundedRect(rect, radius, radius)

    def _fade(self, rect: QRectF) -> None:
        """Say with points that an item has no end yet."""
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._colour("faint"))
        for number in range(3):
            centre = QPointF(rect.right() + 5 + 5 * number, rect.center().y())
            self._painter.drawEllipse(centre, 1.3, 1.3)

    def _hatch(self, rect: QRectF) -> None:
        self._painter.setPen(QPen(self._colour("surface"), 1.2))
        painter, step = self._painter, 7
        painter.save()
        painter.setClipRect(rect)
        for number in range(int(rect.width() // step) + 2):
            x = rect.left() + number * step
            painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + 7, rect.top()))
        painter.restore()

    def _progress(self, row: TimelineRow, rect: QRectF, kind: ItemKind) -> None:
        """Draw how much is done as a line below the bar, clear of the words in it."""
        share = float(row.item.progress or 0)
        if row.tone == "quiet" or kind is ItemKind.ACTION or share <= 0 or rect.width() < 12:
            return
        width = max((rect.width() - 2) * min(share, 1.0), 2.0)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._colour(f"{row.tone}_fill"))
        line = QRectF(rect.left() + 1, rect.bottom() + 1.5, width, 2.0)
        self._painter.drawRoundedRect(line, 1.0, 1.0)

    def _diamond(self, row: TimelineRow, x: float, middle: float) -> None:
        role = "faint" if row.tone == "quiet" else "text"
        if row.tone == "bad":
            role = "bad_fill"
        self._painter.setPen(QPen(self._colour("surface"), 1.4))
        self._painter.setBrush(self._colour(role))
        self._painter.drawPolygon(_diamond_at(x, middle))

    def _colour(self, role: str) -> QColor:
        return self._ink.look.colour(role)


def link_handle(shape: Shape) -> float:
    """Return the middle of the handle from which a dependency is drawn."""
    return shape.end + 7


def _diamond_at(x: float, middle: float) -> QPolygonF:
    return QPolygonF(
        [
            QPointF(x, middle - DIAMOND),
            QPointF(x + DIAMOND, middle),
            QPointF(x, middle + DIAMOND),
            QPointF(x - DIAMOND, middle),
        ]
    )
