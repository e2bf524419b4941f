"""A number that is counted in the background, once after a burst of changes, for the sidebar.

A worker of its own counts, so that nothing the user starts waits for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from csdesk.progress import Progress
from csdesk.workspace.workspace import Workspace
from ui.prompts import Messages
from ui.tasks import PATIENCE, Tasks

COUNT_AFTER = 300
"""Milliseconds after the last change until it is counted again: a burst is counted once."""


class Counting(QObject):
    """Knows a number; each kind of it says how it is counted and what is told."""

    counted = Signal(int)
    """The number of now; told after every count."""
    crashed = Signal(object)
    """The exception, a bug of ours."""

    def __init__(self, workspace: Workspace, messages: Messages, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._messages = messages
        self._tasks = Tasks(self)
        self._tasks.crashed.connect(self.crashed)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(COUNT_AFTER)
        self._timer.timeout.connect(self._count)

    @property
    def is_counting(self) -> bool:
        """Whether somebody counts just now, or is about to."""
        return self._tasks.busy or self._timer.isActive()

    @Slot()
    def count_soon(self) -> None:
        """Count in a moment."""
        self._timer.start()

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
        task = self._tasks.prepare(*self._work())
        task.can_cancel = False
        task.succeeded.connect(self._on_counted)
        task.failed.connect(self._messages.error)
        self._tasks.start(task)

    def _work(self) -> tuple[str, Callable[[Progress], Any]]:
        """Return what the work is called and what the worker runs; it changes nothing here."""
        raise NotImplementedError

    @Slot(object)
    def _on_counted(self, result: Any) -> None:
        """Take up what the worker found, and tell it."""
        raise NotImplementedError
