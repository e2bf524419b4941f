"""When the workspace's file is brought up to date with the edits.

Every edit is stored at once in the program's own folder; the file that people copy and sync
follows after a pause, so that a sync service is not handed a new file for each keystroke.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from csdesk.actions.editing import today
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.progress import Progress
from csdesk.queries.portfolio import portfolio_is_ready, ready_summaries
from csdesk.queries.summaries import keep_summaries
from csdesk.workspace.workspace import Workspace
from ui.prompts import Message, Messages
from ui.tasks import Tasks

QUIET = 30_000
"""Milliseconds without an edit before the file is written."""

LATEST = 300_000
"""Milliseconds after which it is written even while one goes on editing."""


SETTLED = 3_000
"""Milliseconds after opening before the accounts table is made ready for the next start."""


class Publishing(QObject):
    """Writes the file after a pause and tells how things stand.

    The same pauses are used to keep the lines of the accounts table ready for the next start.
    """

    state_changed = Signal(str, str)
    """Words for the status bar, and their tone."""

    def __init__(
        self, workspace: Workspace, tasks: Tasks, messages: Messages, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._tasks = tasks
        self._messages = messages
        self._quiet = QTimer(self)
        self._latest = QTimer(self)
        for timer, wait in ((self._quiet, QUIET), (self._latest, LATEST)):
            timer.setSingleShot(True)
            timer.setInterval(wait)
            timer.timeout.connect(self.publish)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.timeout.connect(self._make_ready)
        self._settled.start(SETTLED)
        self._edits = 0
        self._written_edits = 0
        self._running = False
        self._failed = False

    @property
    def state(self) -> tuple[str, str]:
        """The words for the status bar, and their tone."""
        if self._workspace.read_only:
            return _("For reading only"), "warning"
        if self._failed:
            return _("Saved on this computer; the file could not be written"), "bad"
        if self._edits:
            return _("Saved; the file follows shortly"), "good"
        return _("All changes saved"), "good"

    @Slot()
    def on_edit(self) -> None:
        """Count an edit and wait for the next pause."""
        self._edits += 1
        self._quiet.start()
        if not self._latest.isActive():
            self._latest.start()
        self.state_changed.emit(*self.state)

    @Slot()
    def publish(self) -> None:
        """Bring the file up to date now."""
        self._quiet.stop()
        self._latest.stop()
        if self._running or self._workspace.read_only:
            return
        self._running = True
        self._written_edits = self._edits
        task = self._tasks.prepare(_("Writing the file"), self._write)
        task.can_cancel = False
        task.succeeded.connect(self._on_written)
        task.failed.connect(self._on_failed)
        task.finished.connect(self._on_finished)
        self._tasks.start(task)

    def stop(self) -> None:
        """Write no more; closing the workspace does the last one."""
        self._quiet.stop()
        self._latest.stop()
        self._settled.stop()

    @Slot()
    def _make_ready(self) -> None:
        """Work the lines of the accounts table out in the background, unless they hold."""
        if self._running or self._workspace.read_only:
            return
        task = self._tasks.prepare(_("Getting the accounts ready"), self._keep_ready)
        task.can_cancel = False
        task.failed.connect(self._messages.error)
        self._tasks.start(task)

    @Slot()
    def _on_written(self) -> None:
        self._failed = False
        self._edits -= self._written_edits
        notices, self._workspace.notices[:] = tuple(self._workspace.notices), []
        for notice in notices:
            self._messages.say(Message(notice, "warning"))

    @Slot(object)
    def _on_failed(self, error: UserError) -> None:
        if not self._failed:  # said once; the status bar goes on saying it
            self._messages.error(error)
        self._failed = True
        self._quiet.start()

    @Slot()
    def _on_finished(self) -> None:
        self._running = False
        self.state_changed.emit(*self.state)

    def _write(self, progress: Progress) -> None:
        self._workspace.publish()
        self._keep_ready(progress)

    def _keep_ready(self, progress: Progress) -> None:
        if not self._workspace.read(portfolio_is_ready, today=today()):
            as_of, step, lines = self._workspace.read(ready_summaries, today=today())
            self._workspace.derive(keep_summaries, as_of, step, lines)
