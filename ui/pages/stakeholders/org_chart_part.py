"""The organisation chart with the line above it: zoom, what is internal, what is not right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from csdesk.i18n import _, current
from csdesk.queries.stakeholders import Stakeholder
from ui.icons import icon
from ui.pages.stakeholders.org_chart_view import OrgChartView
from ui.theme import Look
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.icon_label import IconLabel
from ui.widgets.wrapped_label import WrappedLabel


class OrgChartPart(QWidget):
    """Shows the chart, tells how to work with it, and warns of people in a circle."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._view = OrgChartView(look, self)
        self._circle = WrappedLabel("", self, "bad")
        self._circle.hide()
        self._percent = QLabel(self)
        self._percent.setProperty("kind", "small")
        hint = ElidedLabel(self)
        hint.setProperty("kind", "small")
        hint.show_text(
            _(
                "Role, influence and sentiment: internal only · Arrows: move · Enter: details · "
                "drag a person onto the boss"
            )
        )
        bar = QHBoxLayout()
        bar.setContentsMargins(8, 4, 4, 4)
        bar.setSpacing(4)
        bar.addWidget(IconLabel(look, "eye-off", "muted", 14, self))
        bar.addWidget(hint, 1)
        for picture, words, run in (
            ("zoom-out", _("Smaller (-)"), self._view.zoom_out),
            ("zoom-in", _("Larger (+)"), self._view.zoom_in),
        ):
            bar.addWidget(self._button(picture, words, run))
            if picture == "zoom-out":
                bar.addWidget(self._percent)
        bar.addWidget(self._button("maximize", _("Show the whole chart (0)"), self._view.fit))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(bar)
        layout.addWidget(self._circle)
        layout.addWidget(self._view, 1)
        self.setFocusProxy(self._view)
        self._view.zoomed.connect(self._on_zoomed)
        self._on_zoomed()

    @property
    def view(self) -> OrgChartView:
        """The chart."""
        return self._view

    @property
    def warning(self) -> str:
        """What is said of people who report to each other in a circle; empty where none do."""
        return self._circle.text() if self._view.chart.circles else ""

    def show_people(self, people: Sequence[Stakeholder]) -> None:
        """Show people, and say who of them report to each other in a circle."""
        self._view.show_people(people)
        circles = self._view.chart.circles
        names = ", ".join(person.name for person in people if person.id in circles)
        self._circle.setText(
            _(
                "{names} report to each other in a circle. Say for one of them who the boss really "
                "is, or nobody."
            ).format(names=names)
        )
        self._circle.setVisible(bool(circles))

    @Slot()
    def _on_zoomed(self) -> None:
        self._percent.setText(f"{current().number(round(self._view.scale * 100))}%")

    def _button(self, picture: str, words: str, run: Callable[[], object]) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(self._look, picture))
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.clicked.connect(lambda _checked=False: run())
        return button
