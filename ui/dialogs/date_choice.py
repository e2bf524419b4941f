"""The question which day a date of numbers means, where its column does not show it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from csdesk.exchange.dates import DateOrder
from csdesk.i18n import _, current
from ui.icons import icon
from ui.theme import Look
from ui.widgets.flow import Flow
from ui.widgets.wrapped_label import WrappedLabel


class DateChoice(QFrame):
    """Shows one date of the file in each order; the user presses the day that it means.

    It stays with the pressed one ticked, so that one can think better of it.
    """

    chosen = Signal(str)
    """The order's code."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setProperty("kind", "message")
        self.setProperty("tone", "warning")
        self._question = WrappedLabel("", self, "plain")
        flow = Flow(self, gap=8)
        self._buttons: dict[DateOrder, QPushButton] = {}
        for order in _words():
            button = QPushButton(flow)
            button.setCheckable(True)
            button.setProperty("order", order.value)
            button.clicked.connect(self._on_clicked)
            flow.add(button)
            self._buttons[order] = button
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 12)
        layout.addWidget(self._question)
        layout.addWidget(flow)
        self.hide()

    def ask(
        self, name: str, text: str, days: Mapping[DateOrder, dt.date], said: DateOrder | None
    ) -> None:
        """Ask which of `days` the date `text` of the file `name` means; `said` is the answer."""
        self._question.setText(
            _("“{text}” in {name} can be several days. Which one is it?").format(
                text=text, name=name
            )
        )
        words = _words()
        for order, button in self._buttons.items():
            button.setVisible(order in days)
            day = current().date(days.get(order), long=True)
            button.setText(words[order].format(day=day))
            button.setChecked(order is said)
            button.setIcon(icon(self._look, "circle-check") if order is said else QIcon())
        self.show()

    @Slot()
    def _on_clicked(self) -> None:
        self.chosen.emit(self.sender().property("order"))


def _words() -> dict[DateOrder, str]:
    return {
        DateOrder.DAY_FIRST: _("{day} (day first)"),
        DateOrder.MONTH_FIRST: _("{day} (month first)"),
        DateOrder.YEAR_FIRST: _("{day} (year first)"),
    }
