"""How many action items are late or due today: counted in the background, once after a change.

The sidebar shows it. Whose they are follows who sits here; while nobody said so, all count.
"""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from csdesk.i18n import _
from csdesk.progress import Progress
from csdesk.queries.today import due_today
from csdesk.queries.whoami import own_member
from csdesk.store.touching import Change
from csdesk.workspace.workspace import Workspace
from ui.preferences import Preferences
from ui.prompts import Messages
from ui.tasks import PATIENCE, Tasks

COUNT_AFTER = 300
"""Milliseconds after the last change until it is counted again."""

HOUR = 3_600_000
"""Milliseconds after which it is counted anyway: days end."""

COUNTED = ("account", "action", "contract", "goal", "member", "milestone", "plan")
"""The entities whose changes may change the number."""


class Due(QObject):
    """Knows the number; a worker of its own counts."""

    counted = Signal(int)
    """How many there are now; told after every count."""
    crashed = Signal(object)
    """The exception, a bug of ours."""

    def __init__(
        self, workspace: Workspace, preferences: Preferences, messages: Messages, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._preferences = preferences
        self._messages = messages
        self._workspace_id = workspace.id
        self._number = 0
        self._tasks = Tasks(self)
        self._tasks.crashed.connect(self.crashed)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(COUNT_AFTER)
        self._timer.timeout.connect(self._count)
        self._clock = QTimer(self)
        self._clock.setInterval(HOUR)
        self._clock.timeout.connect(self._timer.start)
        self._clock.start()
        preferences.changed.connect(self._timer.start)
        self._timer.start()

    @property
    def number(self) -> int:
        """How many there were when they were last counted."""
        return self._number

    def on_change(self, change: Change) -> None:
        """Count again in a moment, where the change may have touched the number."""
        if change.touches(*COUNTED):
            self._timer.start()

    def close(self, patience: float = PATIENCE) -> bool:
        """Count no more; False where the worker does not end within `patience` seconds."""
        self._preferences.changed.disconnect(self._timer.start)
        self._timer.stop()
        self._clock.stop()
        settled = self._tasks.settle(patience)
        self._tasks.close()
        return settled

    @Slot()
    def _count(self) -> None:
        if self._tasks.busy:
            self._timer.start()
            return
        workspace = self._workspace
        chosen, author = self._preferences.me(self._workspace_id), self._preferences.author

        def count(progress: Progress) -> int:
            me = workspace.read(own_member, chosen, author)
            today = dt.datetime.now().astimezone().date()
            return workspace.read(due_today, today=today, of=me)

        task = self._tasks.prepare(_("Counting what is due"), count)
        task.can_cancel = False
        task.succeeded.connect(self._on_counted)
        task.failed.connect(self._messages.error)
        self._tasks.start(task)

    @Slot(object)
    def _on_counted(self, number: int) -> None:
        self._number = number
        self.counted.emit(number)
