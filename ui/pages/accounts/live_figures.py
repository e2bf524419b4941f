"""Keeps the figures above the accounts table true, and never between a key and the painted table.

What is shown at once is counted at once, when the page opens; after an edit or a letter typed in
the filter the figures follow a moment later, and their past is worked out on a worker. What was on
record at the end of a month stays as it was whatever is written now: it is read when the page
opens, and again only where rows of earlier days came in, as from a colleague's copy.
"""

from __future__ import annotations

import datetime as dt
import time

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from csdesk.i18n import _
from csdesk.progress import Progress
from csdesk.queries.portfolio import AccountRow
from csdesk.queries.portfolio_history import ArrHistory, arr_history
from csdesk.queries.recorded_figures import RecordedFigures, recorded_figures
from csdesk.store.touching import Change
from ui.desk import Desk
from ui.grouped_tables import GroupedRowsModel
from ui.pages.accounts.figures import AccountsFigures
from ui.pages.accounts.view_control import ViewControl
from ui.tasks import Task

SOON = 60
"""Milliseconds after which the figures follow."""

IDLE = 300
"""Milliseconds without a change after which the past is worked out."""


BREATH = 0.0005
"""Seconds for which the worker leaves the interpreter to the page, after as much work of its own:
two threads that both want it all the time make each other wait many times as long as they work."""


class _Yielding:
    """A Progress that lets others go first."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def report(self, done: int, total: int | None, note: str = "") -> None:
        """Pass the report on, then rest."""
        self._progress.report(done, total, note)
        time.sleep(BREATH)


class LiveFigures(QObject):
    """Counts what the filter lets through, and tells how that came about."""

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
        self._record: RecordedFigures | None = None
        self._is_record_old = True
        self._task: Task | None = None
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

    def read(self) -> None:
        """Show the figures of rows that were read anew, and work their past out later."""
        self.count()
        self._is_record_old = True
        self._idle.start()

    def follow(self, change: Change) -> None:
        """Count again a moment after a change that touches accounts."""
        if change.accounts:
            self._soon.start()
        has_come_in = change.step is None
        self._is_record_old |= has_come_in
        if has_come_in or change.touches("contract", "churn_event", "account"):
            self._idle.start()

    @Slot()
    def _on_filtered(self) -> None:
        self.cards.show_counted(self._control.filter.values("counted"))
        self._soon.start()

    @Slot()
    def _look_back(self) -> None:
        self._model.make_ready()
        if self._task is not None:
            self._task.cancel()  # nothing to it where that is over
        work = self._all_past if self._is_record_old else self._arr_past
        self._task = self._desk.aside.prepare(_("Working out the past"), work)
        self._task.succeeded.connect(self._on_past)
        self._desk.aside.start(self._task)

    def _arr_past(self, progress: Progress) -> tuple[ArrHistory, RecordedFigures | None]:
        gently = _Yielding(progress)
        return self._desk.read(arr_history, today=self._today, progress=gently), None

    def _all_past(self, progress: Progress) -> tuple[ArrHistory, RecordedFigures | None]:
        gently = _Yielding(progress)
        arr = self._desk.read(arr_history, today=self._today, progress=gently)
        record = self._desk.read(
            recorded_figures, today=self._today, known=self._record, progress=gently
        )
        return arr, record

    @Slot(object)
    def _on_past(self, past: tuple[ArrHistory, RecordedFigures | None]) -> None:
        self._history, record = past
        if record is not None:
            self._record, self._is_record_old = record, False
        self._show_past()

    def _show_past(self) -> None:
        if self._history is not None:
            ids = [row.id for row in self._control.past_rows()]
            self.cards.show_history(self._history, ids)
        if self._record is not None:
            # Whoever was archived since counted in the figures before.
            ids = [row.id for row in self._control.past_rows(with_archived=True)]
            self.cards.show_record(self._record, ids)
