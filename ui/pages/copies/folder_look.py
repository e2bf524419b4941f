"""What lies in the folder, read by the worker: a network drive may take its time to answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from csdesk.i18n import _
from csdesk.progress import Progress
from csdesk.team.standing import FolderFile, State
from csdesk.workspace.workspace import Workspace
from ui.desk import Desk

PAUSE = 200
"""Milliseconds in which several reasons to look become one."""


@dataclass(frozen=True, slots=True)
class FolderView:
    """How things stood with the folder when it was looked at."""

    shared: bool
    state: State
    files: tuple[FolderFile, ...]


class FolderLook(QObject):
    """Looks when asked, once for many requests, never twice at a time."""

    seen = Signal(object)
    """A FolderView."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._running = False
        self._again = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.look)

    @property
    def is_looking(self) -> bool:
        """Whether somebody looks just now, or is about to."""
        return self._running or self._timer.isActive()

    @Slot()
    def look_soon(self) -> None:
        """Look after a short pause."""
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Look now; where somebody looks already, once more after that."""
        self._timer.stop()
        if self._running:
            self._again = True
            return
        self._running = True
        task = self._desk.work(_("Looking into the folder"), _look(self._desk.workspace))
        task.succeeded.connect(self.seen)
        task.finished.connect(self._on_finished)
        self._desk.tasks.start(task)

    @Slot()
    def _on_finished(self) -> None:
        self._running = False
        if self._again:
            self._again = False
            self._timer.start()


def _look(workspace: Workspace) -> Callable[[Progress], FolderView]:
    def look(progress: Progress) -> FolderView:
        team = workspace.team
        return FolderView(team.shared, team.state, team.files())

    return look
