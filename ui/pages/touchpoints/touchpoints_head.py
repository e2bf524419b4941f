"""The line above the touchpoints: how many, how contact stands, and what can be begun."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from csdesk.i18n import _, current
from csdesk.queries.cadence import CadenceRow
from ui.icons import icon
from ui.pages.touchpoints.touchpoint_words import cadence_rule, cadence_words, last_touch_words
from ui.theme import Look
from ui.widgets.flow import Flow
from ui.widgets.pill import Pill


class TouchpointsHead(QWidget):
    """Title, count, last touchpoint against the cadence; buttons to log and to plan."""

    log_asked = Signal()
    plan_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel(_("Touchpoints"), self)
        title.setProperty("kind", "heading")
        self._count = Pill(self)
        self._last = QLabel(self)
        self._last.setProperty("kind", "small")
        self._cadence = Pill(self)
        self.log = QPushButton(_("Log touchpoint"), self)
        self.log.setProperty("kind", "primary")
        self.plan = QPushButton(_("Plan meeting"), self)
        self.plan.setIcon(icon(look, "calendar", "text"))
        self.plan.setIconSize(QSize(16, 16))
        words = Flow(self, gap=8)
        for label in (title, self._count, self._last, self._cadence):
            words.add(label)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(words, 1)
        layout.addWidget(self.plan)
        layout.addWidget(self.log)
        self.log.clicked.connect(self.log_asked)
        self.plan.clicked.connect(self.plan_asked)

    @property
    def words(self) -> str:
        """How contact stands, as shown."""
        return f"{self._last.text()} {self._cadence.text()}".strip()

    def show_cadence(self, row: CadenceRow) -> None:
        """Say how contact stands."""
        words, tone = cadence_words(row)
        self._cadence.show_words(words, tone)
        self._last.setText(last_touch_words(row))
        for widget in (self._cadence, self._last):
            widget.setToolTip(cadence_rule(row))

    def show_count(self, shown: int, total: int) -> None:
        """Say how many touchpoints there are, and how many of them are shown."""
        words = current().number(total)
        if shown != total:
            words = _("{n} of {total}").format(n=current().number(shown), total=words)
        self._count.show_words(words if total else "")

    def show_buttons(self, is_shown: bool) -> None:
        """Show the buttons, or not while the form is open."""
        self.log.setVisible(is_shown)
        self.plan.setVisible(is_shown)
