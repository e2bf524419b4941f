"""The question which day a date of numbers means, where its column does not show it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from csdesk.exchange.dates import DateOrder, days_in
from csdesk.i18n import _, current
from ui.dialogs.import_work import FoundFile
from ui.icons import icon
from ui.theme import Look
from ui.widgets.flow import Flow
from ui.widgets.wrapped_label import WrappedLabel


class DateChoice(QFrame):
    """Shows one date of the file in each order; the user presses the day that it means.

    It stays with the pressed one ticked, so that one can think better of it.
    """

    chosen = Signal(object, object)
    """The file's path, and the DateOrder."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._path = Path()
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

    def show_file(self, file: FoundFile, said: DateOrder | None) -> None:
        """Ask which day the dates of a file mean, where neither it nor a mapping tells; else hide.

        `said` is what the user has answered.
        """
        source = file.source
        is_told = source is not None and source.mapping.date_order is not None and said is None
        if source is None or is_told or not source.binding.open_date:
            self.hide()
            return
        self._path = file.path
        text = source.binding.open_date
        days = days_in(text)
        self._question.setText(
            _("“{text}” in {name} can be several days. Which one is it?").format(
                text=text, name=file.path.name
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
        self.chosen.emit(self._path, DateOrder(self.sender().property("order")))


def _words() -> dict[DateOrder, str]:
    return {
        DateOrder.DAY_FIRST: _("{day} (day first)"),
        DateOrder.MONTH_FIRST: _("{day} (month first)"),
        DateOrder.YEAR_FIRST: _("{day} (year first)"),
    }
