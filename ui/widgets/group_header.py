"""The head of a table whose columns stand in groups, such as those that are for us alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from csdesk.i18n import _
from ui.icons import pixmap
from ui.theme import Look
from ui.widgets.cells import PADDING, Ink

ICON = 13
"""Pixels of the icon before a group's name."""

GAP = 5
"""Pixels between the icon and the name."""


@dataclass(frozen=True, slots=True)
class ColumnGroup:
    """Columns that stand side by side under one heading; `tone` colours it."""

    label: str
    icon: str
    tone: str
    keys: frozenset[str]


def internal_group(*keys: str) -> ColumnGroup:
    """Return the group of what stays inside our own company."""
    return ColumnGroup(_("Internal only"), "eye-off", "warning", frozenset(keys))


def customer_group(*keys: str) -> ColumnGroup:
    """Return the group of what is worded for the customer and may be printed."""
    return ColumnGroup(_("For the customer"), "eye", "accent", frozenset(keys))


class GroupHeader(QHeaderView):
    """Draws a band with a name over each run of columns that belong to a group."""

    def __init__(
        self,
        look: Look,
        keys: Sequence[str],
        groups: Sequence[ColumnGroup],
        parent: QWidget | None = None,
    ) -> None:
        """`keys` names the columns in the order of the model."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._look = look
        self._keys = tuple(keys)
        self._groups = tuple(groups)
        self.setSectionsClickable(True)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def runs(self) -> Iterator[tuple[ColumnGroup, QRect]]:
        """Yield each run of visible columns of one group, and the place of its band."""
        run: tuple[ColumnGroup, int, int] | None = None
        for place in range(self.count()):
            number = self.logicalIndex(place)
            if self.isSectionHidden(number):
                continue
            group = self._group(number)
            left = self.sectionViewportPosition(number)
            right = left + self.sectionSize(number)
            if run is not None and group is run[0]:
                run = (run[0], run[1], right)
                continue
            if run is not None:
                yield run[0], self._band(run[1], run[2])
            run = None if group is None else (group, left, right)
        if run is not None:
            yield run[0], self._band(run[1], run[2])

    def _group(self, number: int) -> ColumnGroup | None:
        key = self._keys[number]
        return next((group for group in self._groups if key in group.keys), None)

    def _band(self, left: int, right: int) -> QRect:
        return QRect(left + 3, 3, right - left - 6, self._height() - 3)

    def _height(self) -> int:
        """Return the pixels that the bands take above the titles."""
        return self.fontMetrics().height() + 8

    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        return QSize(size.width(), size.height() + self._height())

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        painter.fillRect(rect, self._look.colour("surface"))
        super().paintSection(painter, rect.adjusted(0, self._height(), 0, 0), logicalIndex)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = Ink(self._look, self.font())
        seen = self.viewport().rect()
        for group, band in self.runs():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.colour(f"{group.tone}_soft"))
            painter.drawRoundedRect(QRectF(band), 5, 5)
            inside = band.intersected(seen).adjusted(PADDING - 3, 0, -4, 0)
            if inside.width() < ICON:
                continue
            top = inside.center().y() - ICON // 2
            ratio = self.devicePixelRatioF()
            picture = pixmap(self._look, group.icon, group.tone, ICON, ratio)
            painter.drawPixmap(inside.left(), top, picture)
            words = inside.adjusted(ICON + GAP, 0, 0, 0)
            if words.width() > 2 * ICON:
                ink.text(painter, words, group.label, group.tone, ink.small)
        painter.end()
