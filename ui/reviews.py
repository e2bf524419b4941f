"""How much waits for review: counted in one place, once after a change, and in the background.

The sidebar, the chip and the page show the same number. Where the page is in view it reads the
items anyway, and what it found is the count.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from csdesk.i18n import _
from csdesk.progress import Progress
from csdesk.queries.review import count_again, read_again
from csdesk.queries.review_items import ReviewItem
from csdesk.queries.review_tally import Tally
from csdesk.store.touching import Change
from csdesk.workspace.workspace import Workspace
from ui.prompts import Messages
from ui.tasks import PATIENCE, Tasks

COUNT_AFTER = 300
"""Milliseconds after the last change until it is counted again: a burst is counted once."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """A count, how many changes it took in, and how often the page had read before."""

    tally: Tally
    changes: int
    reads: int


class Reviews(QObject):
    """Knows the number; a worker of its own counts, so that nothing the user starts waits."""

    counted = Signal(int)
    """How much waits now; told after every count."""
    crashed = Signal(object)
    """The exception, a bug of ours."""

    def __init__(self, workspace: Workspace, messages: Messages, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._messages = messages
        self._tasks = Tasks(self)
        self._tasks.crashed.connect(self.crashed)
        self._tally: Tally | None = None
        self._changes: list[Change] = []
        self._reads = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(COUNT_AFTER)
        self._timer.timeout.connect(self._count)

    @property
    def number(self) -> int:
        """How much waited when it was last counted."""
        return self._tally.total if self._tally is not None else 0

    @property
    def is_counting(self) -> bool:
        """Whether somebody counts just now, or is about to."""
        return self._tasks.busy or self._timer.isActive()

    def count_soon(self) -> None:
        """Count in a moment."""
        self._timer.start()

    def on_change(self, change: Change) -> None:
        """Count again in a moment, looking only for what the change can have touched."""
        self._changes.append(change)
        self._timer.start()

    def read(self, limit: int) -> tuple[ReviewItem, ...]:
        """Read what waits, the latest first, at most `limit` of each kind; this counts it too."""
        items, tally = self._workspace.read(read_again, self._tally, self._changes, limit=limit)
        self._timer.stop()
        self._reads += 1
        self._changes.clear()
        self._tell(tally)
        return items

    def close(self, patience: float = PATIENCE) -> bool:
        """Count no more; False where the worker does not end within `patience` seconds."""
        self._timer.stop()
        settled = self._tasks.settle(patience)
        self._tasks.close()
        return settled

    @Slot()
    def _count(self) -> None:
        if self._tasks.busy:
            self._timer.start()
            return
        before, changes, reads = self._tally, tuple(self._changes), self._reads

        def count(progress: Progress) -> _Counted:
            return _Counted(self._workspace.read(count_again, before, changes), len(changes), reads)

        task = self._tasks.prepare(_("Counting what waits for review"), count)
        task.can_cancel = False
        task.succeeded.connect(self._on_counted)
        task.failed.connect(self._messages.error)
        self._tasks.start(task)

    @Slot(object)
    def _on_counted(self, counted: _Counted) -> None:
        if counted.reads == self._reads:  # else the page read it meanwhile, with these changes
            del self._changes[: counted.changes]
            self._tell(counted.tally)

    def _tell(self, tally: Tally) -> None:
        self._tally = tally
        self.counted.emit(tally.total)
