"""Keeps the figures above the accounts table true, and never between a key and the painted table.

What is shown at once is counted at once, when the page opens; after an edit or a letter typed in
the filter the figures follow a moment later, and their past is worked out on a worker.
"""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from csdesk.i18n import _
from csdesk.progress import Progress
from csdesk.queries.portfolio import AccountRow
from csdesk.queries.portfolio_history import ArrHistory, arr_history
from csdesk.store.touching import Change
from ui.desk import Desk
from ui.grouped_tables import GroupedRowsModel
from ui.pages.accounts.figures import AccountsFigures
from ui.pages.accounts.further_columns import accounts_text
from ui.pages.accounts.view_control import ViewControl

SOON = 60
"""Milliseconds after which the figures follow."""

IDLE = 300
"""Milliseconds without a change after which the past is worked out."""


class LiveFigures(QObject):
    """Counts what the filter lets through, and tells how its ARR came about."""

    def __init__(
        self,
        desk: Desk,
        model: GroupedRowsModel[AccountRow],
        control: ViewControl,
        today: dt.date,
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self._desk = desk
        self._model = model
        self._control = control
        self._today = today
        self._history: ArrHistory | None = None
        self.cards = AccountsFigures(desk.look, today, page)
        self._soon, self._idle = QTimer(self), QTimer(self)
        for timer, delay, run in (
            (self._soon, SOON, self.count),
            (self._idle, IDLE, self._look_back),
        ):
            timer.setSingleShot(True)
            timer.setInterval(delay)
            timer.timeout.connect(run)
        self.cards.counted_chosen.connect(control.show_counted)
        control.filtered.connect(self._on_filtered)

    @Slot()
    def count(self) -> None:
        """Show the figures of now."""
        self.cards.show_rows(self._control.counted_rows())
        self._show_past()
        self._desk.counts_changed.emit(accounts_text(self._model.total))

    def read(self) -> None:
        """Show the figures of rows that were read anew, and work their past out later."""
        self.count()
        self._idle.start()

    def follow(self, change: Change) -> None:
        """Count again a moment after a change that touches accounts."""
        if change.accounts:
            self._soon.start()
        if change.touches("contract", "churn_event", "account"):
            self._idle.start()

    @Slot()
    def _on_filtered(self) -> None:
        self.cards.show_counted(self._control.filter.values("counted"))
        self._soon.start()

    @Slot()
    def _look_back(self) -> None:
        self._model.make_ready()
        task = self._desk.drawing.prepare(_("Working out the past"), self._past)
        task.succeeded.connect(self._on_past)
        self._desk.drawing.start(task)

    def _past(self, progress: Progress) -> ArrHistory:
        return self._desk.read(arr_history, today=self._today)

    @Slot(object)
    def _on_past(self, history: ArrHistory) -> None:
        self._history = history
        self._show_past()

    def _show_past(self) -> None:
        if self._history is not None:
            ids = [row.id for row in self._control.past_rows()]
            self.cards.show_history(self._history, ids)
