"""Long work off the interface thread, one piece after the other, with progress and cancel.

One worker thread serves a workspace, so that two long writes never meet. It owns no Qt object:
it only emits signals, and these reach the interface thread through its event queue. A task's
signals are connected before it starts.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from csdesk.errors import CancelledError, UserError
from csdesk.progress import Progress

REPORT_EVERY = 0.05
"""Seconds between two reports that reach the interface; more would only keep it busy."""

PATIENCE = 20.0
"""Seconds to wait for a worker that was told to stop."""


class Task(QObject):
    """One piece of work, seen from the interface thread.

    Exactly one of `succeeded`, `failed`, `cancelled`, `crashed` is emitted, then `finished`.
    """

    progressed = Signal(object, object, str)
    """Done, total (None: unknown), note; objects, for a C++ int has 32 bits only."""
    succeeded = Signal(object)
    failed = Signal(object)
    """The UserError."""
    cancelled = Signal()
    crashed = Signal(object)
    """The exception, a bug of ours."""
    finished = Signal()

    def __init__(self, title: str, work: Callable[[Progress], Any], parent: QObject) -> None:
        super().__init__(parent)
        self.title = title
        self.can_cancel = True
        self._work = work
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop; it does so at its next report."""
        self._stop.set()

    @property
    def cancelling(self) -> bool:
        """Tell whether the user has asked to stop."""
        return self._stop.is_set()


class _Reporter:
    """The Progress that work gets; lives on the worker thread."""

    def __init__(self, task: Task, bridge: _Bridge, stop: threading.Event) -> None:
        self._task = task
        self._bridge = bridge
        self._stop = stop
        self._last = 0.0

    def report(self, done: int, total: int | None, note: str = "") -> None:
        """Pass the report on, at most twenty times a second; raise where the user cancelled."""
        if self._stop.is_set():
            raise CancelledError
        now = time.monotonic()
        if now - self._last >= REPORT_EVERY or done == total:
            self._last = now
            self._bridge.reported.emit(self._task, done, total, note)


class _Bridge(QObject):
    """Signals from the worker to the interface thread, where this object lives."""

    begun = Signal(object)
    reported = Signal(object, object, object, str)
    ended = Signal(object, str, object)


class Tasks(QObject):
    """Runs tasks in the order they were started."""

    began = Signal(object)
    """A Task whose work has begun."""
    ended = Signal(object)
    crashed = Signal(object)
    """An exception that is our bug."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = _Bridge(self)
        queued = Qt.ConnectionType.QueuedConnection
        self._bridge.begun.connect(self._on_begun, queued)
        self._bridge.reported.connect(self._on_reported, queued)
        self._bridge.ended.connect(self._on_ended, queued)
        self._waiting: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._open: list[Task] = []
        self._thread: threading.Thread | None = None

    def prepare(self, title: str, work: Callable[[Progress], Any]) -> Task:
        """Make a task that has not begun, so that its signals can be connected first.

        `title` is shown to the user; `work` gets a Progress and runs on the worker thread.
        """
        return Task(title, work, self)

    def start(self, task: Task) -> None:
        """Run the task as soon as those before it are done."""
        self._open.append(task)
        if self._thread is None:
            self._thread = threading.Thread(
                target=self._serve, args=(self._waiting,), name="csdesk-tasks", daemon=True
            )
            self._thread.start()
        self._waiting.put(task)

    @property
    def busy(self) -> bool:
        """Tell whether a task runs or waits."""
        return bool(self._open)

    def settle(self, patience: float = PATIENCE) -> bool:
        """Cancel what runs and wait until the worker has let go of everything.

        False where it still has not after `patience` seconds, as when a network drive does not
        answer; it is left behind then, and another worker serves what comes next.
        """
        for task in self._open:
            task.cancel()
        worker, self._thread = self._thread, None
        if worker is None:
            return True
        self._waiting.put(None)
        worker.join(patience)
        if worker.is_alive():
            self._waiting = queue.SimpleQueue()
            self._open.clear()
            return False
        return True

    def close(self) -> None:
        """Cancel what runs, wait for it, and take no more."""
        self.settle()
        self._bridge.blockSignals(True)

    @Slot(object)
    def _on_begun(self, task: Task) -> None:
        self.began.emit(task)

    @Slot(object, object, object, str)
    def _on_reported(self, task: Task, done: int, total: int | None, note: str) -> None:
        task.progressed.emit(done, total, note)

    @Slot(object, str, object)
    def _on_ended(self, task: Task, how: str, what: object) -> None:
        self._open.remove(task)
        self.ended.emit(task)
        if how == "succeeded":
            task.succeeded.emit(what)
        elif how == "failed":
            task.failed.emit(what)
        elif how == "cancelled":
            task.cancelled.emit()
        else:
            task.crashed.emit(what)
            self.crashed.emit(what)
        task.finished.emit()
        task.deleteLater()

    def _serve(self, waiting: queue.SimpleQueue[Task | None]) -> None:
        """Work on the worker thread until told to end."""
        while (task := waiting.get()) is not None:
            how, what = self._run(task)
            if waiting is not self._waiting:
                return  # left behind: nobody waits for this any more
            self._bridge.ended.emit(task, how, what)

    def _run(self, task: Task) -> tuple[str, object]:
        self._bridge.begun.emit(task)
        reporter = _Reporter(task, self._bridge, task._stop)
        try:
            if task.cancelling:
                raise CancelledError
            return "succeeded", task._work(reporter)
        except CancelledError:
            return "cancelled", None
        except UserError as error:
            return "failed", error
        except Exception as error:  # noqa: BLE001 - the task boundary: a bug goes to the crash report
            return "crashed", error


def waited_for(work: Callable[[], object], patience: float) -> bool:
    """Do something on a thread of its own and wait for it; what it raises is raised here.

    False where it is not done after `patience` seconds; it is left behind then.
    """
    raised: list[Exception] = []

    def run() -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 - raised by the thread that waits
            raised.append(error)

    worker = threading.Thread(target=run, name="csdesk-last", daemon=True)
    worker.start()
    worker.join(patience)
    for error in raised:
        raise error
    return not worker.is_alive()
