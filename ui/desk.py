"""Where a page meets the rest of the program: one workspace, the worker, the message bar.

A page gets its desk when it is made and reaches nothing else. Reading and writing go straight to
the workspace; what it announces comes back as one signal on the interface thread, whoever wrote.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from csdesk.errors import UserError
from csdesk.i18n import _, ngettext
from csdesk.progress import Progress
from csdesk.queries.whoami import own_member
from csdesk.store.touching import Change
from csdesk.workspace.workspace import Outcome, Step, Workspace
from ui.due import Due
from ui.editing import Editing
from ui.preferences import Preferences
from ui.prompts import Message, Messages
from ui.publishing import Publishing
from ui.reviews import Reviews
from ui.tasks import PATIENCE, Task, Tasks
from ui.theme import Look

Result = TypeVar("Result")


class Desk(QObject):
    """One open workspace, as the pages of a window see it."""

    changed = Signal(object)
    """A Change: what was touched, by whomever. Emitted after the write, on this thread."""
    history_changed = Signal()
    """What can be undone or redone may be another step now."""
    place_asked = Signal(str, str)
    """Entity and id of something a page wants shown, such as ("account", id)."""
    command_asked = Signal(str)
    """The name of a window command that a page offers too."""
    stepped = Signal(object)
    """The Change of an undo or redo that was asked for here; the pages show it by now."""
    left = Signal()
    """The window at this desk was closed; others go on."""
    closed = Signal()
    """The workers have let go; what was opened for them may go too."""
    _announced = Signal(object)

    def __init__(
        self,
        workspace: Workspace,
        look: Look,
        tasks: Tasks,
        messages: Messages,
        preferences: Preferences,
        parent: QObject | None = None,
        *,
        first: Desk | None = None,
    ) -> None:
        """Sit down at a workspace, alone or beside the `first` desk, which shares its file.

        What `messages` says is said at every desk; what a page says, at its own.
        """
        super().__init__(parent)
        self.workspace = workspace
        self.look = look
        self.tasks = tasks
        self.messages = Messages(self)
        messages.said.connect(self.messages.said)
        self.preferences = preferences
        self._first = first
        # Announcements come from whichever thread wrote; the queue brings them to this one.
        self._announced.connect(self._on_announced, Qt.ConnectionType.QueuedConnection)
        self.editing = Editing(workspace, look, self.messages, self)
        # A worker of its own: what the user starts never waits for a folder that is slow.
        self._background = Tasks(self)
        self._background.crashed.connect(tasks.crashed)
        self.publishing: Publishing = (
            first.publishing
            if first is not None
            else Publishing(workspace, self._background, messages, self)
        )
        # What is only looked at has workers of its own too: a page in view waits for nothing.
        self.layouts = Tasks(self)
        self.drawing = Tasks(self)
        self.aside = Tasks(self)  # what nobody waits for, and may take seconds
        for worker in (self.layouts, self.drawing, self.aside):
            worker.crashed.connect(tasks.crashed)
        if first is not None:
            self.reviews: Reviews = first.reviews
        else:
            tasks.ended.connect(self._on_task_ended)
            self.reviews = Reviews(workspace, messages, self)
            self.reviews.crashed.connect(tasks.crashed)
        self.due = Due(workspace, preferences, messages, self)
        self.due.crashed.connect(tasks.crashed)
        self._numbers = itertools.count(1)
        self._moment = 0
        self._unsubscribe = workspace.subscribe(self._on_written)

    @property
    def first(self) -> Desk:
        """The desk that was there first at this workspace; it stays as long as any other."""
        return self._first or self

    @property
    def me(self) -> str | None:
        """The id of the team member who sits here; None where nobody said who that is."""
        chosen = self.preferences.me(self.workspace.id)
        return self.read(own_member, chosen, self.preferences.author)

    @property
    def moment(self) -> int:
        """A number that is another one after every write, whoever wrote.

        It is so at once, before `changed` tells of it: who read since then need not read again.
        """
        return self._moment

    def read(self, query: Callable[..., Result], *args: Any, **options: Any) -> Result:
        """Run a query on the workspace and return its rows."""
        return self.workspace.read(query, *args, **options)

    def write(
        self, label: str, action: Callable[..., Result], *args: Any, **options: Any
    ) -> Step[Result] | None:
        """Run an action as one undo step called `label`; return it.

        What the user can mend is said in the message bar, and None is returned.
        """
        try:
            return self.workspace.write(label, action, *args, **options)
        except UserError as error:
            self.messages.error(error)
            return None

    def work(self, title: str, work: Callable[[Progress], Any]) -> Task:
        """Prepare long work for the worker thread; its user errors go to the message bar.

        Connect the task's signals, then call `desk.tasks.start(task)`.
        """
        task = self.tasks.prepare(title, work)
        task.failed.connect(self.messages.error)
        return task

    def show(self, entity: str, item_id: str) -> None:
        """Ask the window to show an item on the page that has it."""
        self.place_asked.emit(entity, item_id)

    @Slot()
    def undo(self) -> None:
        """Take back the last step; a large one, such as an import, takes its time."""
        self._step_back(_("Undoing"), self.workspace.undo, _("Undone: {step}"))

    @Slot()
    def redo(self) -> None:
        """Do again what was undone last."""
        self._step_back(_("Doing again"), self.workspace.redo, _("Done again: {step}"))

    def offer_undo(self, text: str) -> None:
        """Say what was done, with a button that takes it back."""
        self.messages.say(Message(text, "good", label=_("Undo"), act=self.undo))

    def close(self, patience: float = PATIENCE) -> bool:
        """Hear nothing more of the workspace; closing it is its owner's business.

        False where the background work does not let go of it within `patience` seconds.
        """
        if self._first is None:
            self.publishing.stop()
            self.tasks.ended.disconnect(self._on_task_ended)
        settled = True
        for worker in (self._background, self.layouts, self.drawing, self.aside):
            settled = worker.settle(patience) and settled
            worker.close()
        if self._first is None:
            settled = self.reviews.close(patience) and settled
        settled = self.due.close(patience) and settled
        self.editing.close()
        self._unsubscribe()
        self.closed.emit()
        return settled

    @Slot()
    def _on_task_ended(self) -> None:
        self.publishing.look_soon()  # a page may have shared or exchanged

    def _on_written(self, change: Change) -> None:
        """Take note of a write, on the thread that wrote."""
        self._moment = next(self._numbers)
        self._announced.emit(change)

    @Slot(object)
    def _on_announced(self, change: Change) -> None:
        self.editing.hold()
        if self._first is None:
            self.reviews.on_change(change)
        self.due.on_change(change)
        self.changed.emit(change)
        self.editing.tell()
        if self._first is None:
            self.publishing.on_edit(change)
        self.history_changed.emit()

    def _step_back(self, title: str, step: Callable[[], Outcome], said: str) -> None:
        task = self.work(title, lambda progress: step())
        task.can_cancel = False
        task.succeeded.connect(partial(self._tell_outcome, said))
        self.tasks.start(task)

    def _tell_outcome(self, said: str, outcome: Outcome) -> None:
        if outcome.change is None:
            said = _("Nothing was changed: {step}")
        else:
            self.stepped.emit(outcome.change)
        text = said.format(step=outcome.label)
        if outcome.skipped:
            count = len(outcome.skipped)
            left = ngettext(
                "{n} field was changed since and stays as it is.",
                "{n} fields were changed since and stay as they are.",
                count,
            ).format(n=count)
            self.messages.say(Message(text, "warning", left))
        else:
            self.messages.say(Message(text, "good"))
