"""The open risks of an account by probability and impact: a small picture of what weighs most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from csdesk.i18n import _, current, ngettext
from csdesk.queries.risks import RiskRow
from ui.pages.risks.relation_cells import score_tone
from ui.theme import Look
from ui.widgets.cells import Ink

STEPS = 5
"""Probability and impact go from 1 to this."""

TALLEST = 26
"""Pixels a cell is high at most."""


class RiskMatrix(QWidget):
    """Five by five cells with how many risks stand in each; the chosen one's cell is framed."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._counts: Counter[tuple[int, int]] = Counter()
        self._chosen: tuple[int, int] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Open risks by probability and impact"))
        look.changed.connect(self.update)

    @property
    def counts(self) -> Counter[tuple[int, int]]:
        """How many open risks there are by probability and impact."""
        return self._counts

    def show_risks(self, risks: Sequence[RiskRow], chosen: RiskRow) -> None:
        """Show the rated risks that are open, and where the chosen one stands."""
        self._counts = Counter(
            (risk.probability, risk.impact)
            for risk in risks
            if not risk.is_closed and risk.probability is not None and risk.impact is not None
        )
        self._chosen = None
        if chosen.probability is not None and chosen.impact is not None:
            self._chosen = (chosen.probability, chosen.impact)
        said = [
            _("probability {p}, impact {i}: {risks}").format(
                p=probability,
                i=impact,
                risks=ngettext("{n} risk", "{n} risks", count).format(n=count),
            )
            for (probability, impact), count in sorted(
                self._counts.items(), key=lambda one: -one[0][0] * one[0][1]
            )
        ]
        self.setAccessibleDescription("; ".join(said))
        self.setToolTip("\n".join(said))
        self.update()

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(240, STEPS * TALLEST + 2 * line + 6)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        ink = Ink(self._look, self.font())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = ink.metrics(ink.small).height()
        middle = Qt.AlignmentFlag.AlignHCenter
        inside = self.rect().adjusted(line + 2, line + 2, 0, -line - 4)
        head = self.rect().adjusted(0, 0, 0, line - self.height())
        ink.text(painter, head, _("Probability"), "muted", ink.small)
        foot = self.rect().adjusted(line, self.height() - line - 1, 0, 0)
        ink.text(painter, foot, _("Impact"), "muted", ink.small, Qt.AlignmentFlag.AlignRight)
        wide, high = inside.width() / STEPS, inside.height() / STEPS
        for step in range(1, STEPS + 1):
            top = inside.top() + (STEPS - step) * high
            beside = QRectF(0, top, line, high).toRect()
            ink.text(painter, beside, current().number(step), "muted", ink.small, middle)
            below = QRectF(inside.left() + (step - 1) * wide, inside.bottom() + 1, wide, line + 2)
            if step < STEPS:
                ink.text(
                    painter, below.toRect(), current().number(step), "muted", ink.small, middle
                )
            for impact in range(1, STEPS + 1):
                cell = QRectF(inside.left() + (impact - 1) * wide, top, wide, high)
                self._paint_cell(painter, ink, cell.adjusted(1.5, 1.5, -1.5, -1.5), (step, impact))
        painter.end()

    def _paint_cell(
        self, painter: QPainter, ink: Ink, cell: QRectF, place: tuple[int, int]
    ) -> None:
        tone = score_tone(place[0] * place[1])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour(f"{tone}_soft"))
        painter.drawRoundedRect(cell, 4, 4)
        if place == self._chosen:
            painter.setPen(QPen(self._look.colour("accent_fill"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(cell, 4, 4)
        if self._counts[place]:
            words = current().number(self._counts[place])
            middle = Qt.AlignmentFlag.AlignHCenter
            ink.text(painter, cell.toRect(), words, tone, ink.bold, middle)
