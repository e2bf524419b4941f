"""The head of the timeline: how closely one looks, all of the plan, today, a shift."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QWidget

from csdesk.i18n import _
from ui.icons import icon
from ui.pages.plan.timeline.scale import Zoom
from ui.theme import Look

GAP = 4
"""Pixels between two buttons."""


class TimelineHead(QWidget):
    """Offers by mouse what the timeline's keys do; where it is narrow, its first parts leave it."""

    zoom_asked = Signal(object)
    """The Zoom to look at."""
    whole_asked = Signal()
    today_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "plain")
        self.buttons: dict[Zoom, QPushButton] = {}
        """How closely one can look."""
        self.shift = QPushButton(_("Shift…"), self)
        """Begins a shift."""
        self._build(look)

    def show_zoom(self, zoom: Zoom) -> None:
        """Mark how closely one looks."""
        self.buttons[zoom].setChecked(True)

    def _build(self, look: Look) -> None:
        title = QLabel(_("Timeline"), self)
        title.setProperty("kind", "heading")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP)
        line.addWidget(title)
        line.addStretch(1)
        # The title says what one sees, and these two have keys: they leave a narrow head.
        self._giving_way: list[QWidget] = [title]
        group = QButtonGroup(self)
        names = {
            Zoom.WEEK: _("Week"),
            Zoom.MONTH: _("Month"),
            Zoom.QUARTER: _("Quarter"),
            Zoom.YEAR: _("Year"),
        }
        for zoom, name in names.items():
            button = QPushButton(name, self)
            button.setProperty("kind", "segment")
            button.setCheckable(True)
            button.setAccessibleName(_("Zoom: {name}").format(name=name))
            button.clicked.connect(partial(self.zoom_asked.emit, zoom))
            group.addButton(button)
            self.buttons[zoom] = button
            line.addWidget(button)
        self.show_zoom(Zoom.MONTH)
        for text, tip, asked in (
            (_("Whole plan"), _("Show the whole plan (0)"), self.whole_asked),
            (_("Today"), _("Go to today (T)"), self.today_asked),
        ):
            button = QPushButton(text, self)
            button.setProperty("kind", "link")
            button.setToolTip(tip)
            button.clicked.connect(asked)
            line.addWidget(button)
            self._giving_way.append(button)
        self.shift.setProperty("kind", "link")
        self.shift.setIcon(icon(look, "calendar", "accent"))
        self.shift.setAccessibleName(_("Shift the schedule…"))
        self.shift.setToolTip(_("Shift the whole plan or a goal, for example by two weeks"))
        line.addWidget(self.shift)

    def minimumSizeHint(self) -> QSize:
        staying = (*self.buttons.values(), self.shift)
        width = sum(part.sizeHint().width() + GAP for part in staying)
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        parts = [*self._giving_way, *self.buttons.values(), self.shift]
        needed = sum(part.sizeHint().width() + GAP for part in parts)
        for part in self._giving_way:
            fits = needed <= self.width()
            part.setVisible(fits)
            needed -= 0 if fits else part.sizeHint().width() + GAP
