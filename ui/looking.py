"""Finding something out on a worker: once for many requests, never twice at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from csdesk.errors import UserError
from csdesk.progress import Progress
from ui.desk import Desk

PAUSE = 40
"""Milliseconds in which several requests become one."""


class Looking(QObject):
    """Runs the question asked last; an answer to one asked before is not told."""

    found = Signal(object)
    """What the question came to."""
    refused = Signal(object)
    """The UserError it came to instead."""

    def __init__(self, desk: Desk, title: str, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = desk.layouts
        self._title = title
        self._question: Callable[[], Any] | None = None
        self._asked: Callable[[], Any] | None = None
        """The question that is being answered."""
        self._running = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._look)

    @property
    def is_looking(self) -> bool:
        """Whether an answer is on its way."""
        return self._running or self._question is not None

    def ask(self, question: Callable[[], Any]) -> None:
        """Ask a question instead of the one before; it is answered on the worker."""
        self._question = question
        self._timer.start()

    @Slot()
    def forget(self) -> None:
        """Ask nothing more; what is on its way is not told."""
        self._timer.stop()
        self._question = None

    @Slot()
    def _look(self) -> None:
        question = self._question
        if self._running or question is None:
            return

        def look(progress: Progress) -> Any:
            return question()

        self._asked = question
        self._running = True
        task = self._tasks.prepare(self._title, look)
        task.can_cancel = False
        task.succeeded.connect(self._on_found)
        task.failed.connect(self._on_refused)
        task.finished.connect(self._on_finished)
        self._tasks.start(task)

    @Slot(object)
    def _on_found(self, answer: object) -> None:
        if self._asked is self._question:
            self._question, self._running = None, False
            self.found.emit(answer)

    @Slot(object)
    def _on_refused(self, error: UserError) -> None:
        if self._asked is self._question:
            self._question, self._running = None, False
            self.refused.emit(error)

    @Slot()
    def _on_finished(self) -> None:
        self._running = False
        if self._question is not None and not self._timer.isActive():
            self._timer.start()
