"""A figure on top of a page: what it is, how much, a word about it, and how it came about."""

from __future__ import annotations

import html
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from csdesk.i18n import _
from ui.theme import Look
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.trend_line import TrendLine

LEAST = 138
"""Pixels below which a card does not shrink."""

ENDS = 15
GAP = 8
LEAST_LINE, MOST_LINE = 48, 100
"""Pixels of the line: narrower it says nothing, wider it says no more."""


class FigureCard(QFrame):
    """Shows one figure; where it counts rows, a click shows just these and another all again."""

    pressed = Signal(bool)
    """Whether the rows it counts are to be shown alone."""

    def __init__(
        self,
        look: Look,
        label: str,
        how: str,
        *,
        counts_rows: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """`how` says how the figure is computed, as a tooltip."""
        super().__init__(parent)
        self._label = label
        self._how = how
        self._counts_rows = counts_rows
        self._on = False
        self._whole = self._short = self._exact = ""
        self.setProperty("kind", "card")
        self.setProperty("on", "no")
        self.setAccessibleDescription(how)
        if counts_rows:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._name, self._note = ElidedLabel(self), ElidedLabel(self)
        for part in (self._name, self._note):
            part.setProperty("kind", "small")
        self._figure = QLabel(self)
        self._figure.setProperty("kind", "figure")
        self._figure.setTextFormat(Qt.TextFormat.PlainText)
        self._figure.setMinimumWidth(1)  # it gives way to its short form
        self._line = TrendLine(look, self)
        layout = QGridLayout(self)
        layout.setContentsMargins(ENDS, 10, ENDS, 10)
        layout.setVerticalSpacing(1)
        layout.setHorizontalSpacing(0)
        layout.addWidget(self._name, 0, 0, 1, 2)
        layout.addWidget(self._figure, 1, 0)
        layout.addWidget(self._line, 1, 1, Qt.AlignmentFlag.AlignRight)
        layout.addWidget(self._note, 2, 0, 1, 2)
        layout.setColumnStretch(0, 1)
        self._name.show_text(label)

    def show_figure(self, figure: str, note: str, short: str = "", exact: str = "") -> None:
        """Show the figure with a word about it; `short` where there is no room for all of it.

        `exact` is what the tooltip says where the figure is rounded.
        """
        self._whole, self._short, self._exact = figure, short or figure, exact or figure
        self._note.show_text(note)
        self._tell()
        self._fit()

    def show_line(self, amounts: Sequence[float], words: str) -> None:
        """Draw how the figure was, from the oldest to now, told as `words`.

        With fewer than two amounts there is no line, and the tooltip says `words` of why.
        """
        self._line.show_amounts(amounts, words)
        self._tell()
        self._fit()

    @property
    def figure(self) -> str:
        """The figure, whole."""
        return self._whole

    @property
    def line(self) -> TrendLine:
        """The line of how the figure was."""
        return self._line

    @property
    def is_on(self) -> bool:
        """Tell whether the rows it counts are shown alone."""
        return self._on

    def set_on(self, on: bool) -> None:
        """Look as if pressed, or not."""
        if on != self._on:
            self._on = on
            self.setProperty("on", "yes" if on else "no")
            self.style().unpolish(self)
            self.style().polish(self)

    def _tell(self) -> None:
        words = self._line.accessibleName()
        told = words if len(self._line.amounts) > 1 else ""
        figure = _("{label}: {text}").format(label=self._label, text=self._exact)
        self.setAccessibleName(f"{figure}. {self._note.whole} {told}".strip())
        parts = (figure, self._note.whole, words, self._how)
        lines = html.escape("\n".join(part for part in parts if part), quote=False)
        self.setToolTip("<qt>" + lines.replace("\n", "<br>") + "</qt>")  # so that it is wrapped

    def _fit(self) -> None:
        """Show the figure as far as there is room, and the line beside it where there is more."""
        metrics, room = self._figure.fontMetrics(), self.width() - 2 * ENDS
        has_line = len(self._line.amounts) > 1
        beside = room - LEAST_LINE - GAP if has_line else room
        text = next(
            (one for one in (self._whole, self._short) if metrics.horizontalAdvance(one) <= beside),
            "",
        )
        self._line.setVisible(has_line and bool(text))
        if has_line and text:
            left = room - metrics.horizontalAdvance(text) - GAP
            self._line.setFixedWidth(min(left, MOST_LINE))
        if not text:
            fits = metrics.horizontalAdvance(self._whole) <= room
            text = self._whole if fits else self._short
        if text != self._figure.text():
            self._figure.setText(text)

    def _press(self) -> None:
        if self._counts_rows:
            self.set_on(not self._on)
            self.pressed.emit(self._on)

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and inside:
            self._press()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._press()
        else:
            super().keyPressEvent(event)
