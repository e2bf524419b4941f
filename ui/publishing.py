"""When others get to see the edits, and when theirs come here: all of it in the background.

Every edit is stored at once in the program's own folder. The file that people copy, or the folder
that a team shares, follows after a pause, so that a sync service is not handed a new file for
each keystroke. What others left there is taken in without a question and without a dialog.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.progress import Progress
from csdesk.store.touching import Change
from csdesk.workspace.workspace import Workspace
from ui.file_state import state_words
from ui.prompts import Message, Messages
from ui.rounds import Round, look_round, make_accounts_ready, news, write_round
from ui.tasks import Task, Tasks
from ui.watching import Watching, is_near

QUIET = 30_000
"""Milliseconds without an edit before the file is written."""

LATEST = 300_000
"""Milliseconds after which it is written even while one goes on editing."""

SETTLED = 3_000
"""Milliseconds after opening before the accounts table is made ready for the next start."""


MOST_LINES = 20
"""Lines of a tooltip."""


class Publishing(QObject):
    """Writes and looks in the worker, and tells how things stand.

    The same pauses are used to keep the lines of the accounts table ready for the next start.
    """

    state_changed = Signal(str, str)
    """Words for the status bar, and their tone."""
    arrived = Signal(str, str, str)
    """Who changed what in one line, all of it, and the id of the account where it is one."""

    def __init__(
        self, workspace: Workspace, tasks: Tasks, messages: Messages, parent: QObject
    ) -> None:
        """Work with `tasks`, which serve nothing else."""
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
        self._watching = Watching(self)
        self._watching.look_wanted.connect(self.look)
        self._edits = 0
        self._failed = False
        self._round: Round | None = None
        self._own: list[Task] = []
        self._again = False
        self._stopped = False
        self._told = self.state
        tasks.ended.connect(self._on_ended)
        self._first = QTimer(self, singleShot=True, interval=0)
        self._first.timeout.connect(self.look)
        self._first.start()

    @property
    def state(self) -> tuple[str, str]:
        """The words for the status bar, and their tone."""
        team = self._round.state if self._round is not None and self._round.shared else None
        return state_words(
            team,
            edits=bool(self._edits),
            failed=self._failed,
            read_only=self._workspace.read_only,
        )

    @property
    def details(self) -> str:
        """What there is to say beyond the few words, for whoever looks closer."""
        return "\n".join(self._round.state.notices) if self._round is not None else ""

    def on_edit(self, change: Change) -> None:
        """Count an edit and wait for the next pause; what came from others is not handed back."""
        if change.step is None and self._round is not None and self._round.shared:
            return
        self._edits += 1
        self._quiet.start()
        if not self._latest.isActive():
            self._latest.start()
        self._tell_state()

    @Slot()
    def publish(self) -> None:
        """Bring the file, or the shared folder, up to date now."""
        self._quiet.stop()
        self._latest.stop()
        if self._own:
            self._again = True
            return
        if self._workspace.read_only:
            return
        edits = self._edits
        task = self._start(_("Writing the file"), lambda progress: self._write(progress, edits))
        task.can_cancel = False

    def look_soon(self) -> None:
        """Look in a moment, for something may have happened to the folder."""
        if not self._stopped:
            self._watching.look_soon()

    @Slot()
    def look(self) -> None:
        """Look whether others wrote something, and take it in."""
        if self._own or self._workspace.read_only:
            return
        # Edits wait for their pause; whatever else the folder lacks is given back at once.
        publish = not self._quiet.isActive()
        edits = self._edits if publish else 0
        self._start(
            _("Exchanging changes"), lambda progress: self._exchange(progress, publish, edits)
        )

    def stop(self) -> None:
        """Do no more; closing the workspace writes the last time. Twice does no harm."""
        if self._stopped:
            return
        self._stopped = True
        self._tasks.ended.disconnect(self._on_ended)
        self._watching.stop()
        for timer in (self._quiet, self._latest, self._settled, self._first):
            timer.stop()

    def _start(self, title: str, work: Callable[[Progress], tuple[Round, int]]) -> Task:
        task = self._tasks.prepare(title, work)
        task.succeeded.connect(self._on_round)
        task.failed.connect(self._on_failed)
        self._own.append(task)
        self._tasks.start(task)
        return task

    def _write(self, progress: Progress, edits: int) -> tuple[Round, int]:
        return _watchable(write_round(self._workspace, progress)), edits

    def _exchange(self, progress: Progress, publish: bool, edits: int) -> tuple[Round, int]:
        return _watchable(look_round(self._workspace, progress, publish=publish)), edits

    @Slot()
    def _make_ready(self) -> None:
        """Work the lines of the accounts table out in the background, unless they hold."""
        if self._own or self._workspace.read_only:
            return
        workspace = self._workspace
        task = self._tasks.prepare(
            _("Getting the accounts ready"), lambda progress: make_accounts_ready(workspace)
        )
        task.can_cancel = False
        task.failed.connect(self._messages.error)
        self._own.append(task)
        self._tasks.start(task)

    @Slot(object)
    def _on_round(self, result: tuple[Round, int]) -> None:
        done, edits = result
        self._round = done
        self._edits -= edits
        if edits or done.shared:
            self._failed = False
        self._watching.watch(done.places)
        if done.arrived:
            whole = "\n".join(line.words for line in done.arrived[:MOST_LINES])
            accounts = {line.account_id for line in done.arrived}
            account = accounts.pop() if len(accounts) == 1 else ""
            self.arrived.emit(news(done.arrived), whole, account)
        notices = (*self._workspace.notices, *done.notices)
        self._workspace.notices.clear()
        for notice in notices:
            self._messages.say(Message(notice, "warning"))

    @Slot(object)
    def _on_failed(self, error: UserError) -> None:
        if not self._failed:  # said once; the status bar goes on saying it
            self._messages.error(error)
        self._failed = True
        self._quiet.start()

    @Slot(object)
    def _on_ended(self, task: Task) -> None:
        task.finished.connect(self._on_finished)

    @Slot()
    def _on_finished(self) -> None:
        self._own.clear()
        self._tell_state()
        if self._again:
            self._again = False
            self.publish()

    def _tell_state(self) -> None:
        state = self.state
        if state != self._told:
            self._told = state
            self.state_changed.emit(*state)


def _watchable(done: Round) -> Round:
    """Leave out the places that the system cannot watch."""
    return replace(done, places=tuple(place for place in done.places if is_near(place)))
