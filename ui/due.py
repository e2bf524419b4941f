"""How many action items are late or due today: counted in the background, once after a change.

The sidebar shows it. Whose they are follows who sits here; while nobody said so, all count.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

from csdesk.i18n import _
from csdesk.progress import Progress
from csdesk.queries.today import due_today
from csdesk.queries.whoami import own_member
from csdesk.store.touching import Change
from csdesk.workspace.workspace import Workspace
from ui.counting import Counting
from ui.preferences import Preferences
from ui.prompts import Messages
from ui.tasks import PATIENCE

HOUR = 3_600_000
"""Milliseconds after which it is counted anyway: days end."""

COUNTED = ("account", "action", "contract", "goal", "member", "milestone", "plan")
"""The entities whose changes may change the number."""


class Due(Counting):
    """Counts the action items of who sits here."""

    def __init__(
        self, workspace: Workspace, preferences: Preferences, messages: Messages, parent: QObject
    ) -> None:
        super().__init__(workspace, messages, parent)
        self._preferences = preferences
        self._workspace_id = workspace.id
        self._number = 0
        self._clock = QTimer(self)
        self._clock.setInterval(HOUR)
        self._clock.timeout.connect(self.count_soon)
        self._clock.start()
        preferences.changed.connect(self.count_soon)
        self.count_soon()

    @property
    def number(self) -> int:
        """How many there were when they were last counted."""
        return self._number

    def on_change(self, change: Change) -> None:
        """Count again in a moment, where the change may have touched the number."""
        if change.touches(*COUNTED):
            self.count_soon()

    def close(self, patience: float = PATIENCE) -> bool:
        """Count no more; False where the worker does not end within `patience` seconds."""
        self._preferences.changed.disconnect(self.count_soon)
        self._clock.stop()
        return super().close(patience)

    def _work(self) -> tuple[str, Callable[[Progress], int]]:
        workspace = self._workspace
        chosen, author = self._preferences.me(self._workspace_id), self._preferences.author

        def count(progress: Progress) -> int:
            me = workspace.read(own_member, chosen, author)
            today = dt.datetime.now().astimezone().date()
            return workspace.read(due_today, today=today, of=me)

        return _("Counting what is due"), count

    @Slot(object)
    def _on_counted(self, result: int) -> None:
        self._number = result
        self.counted.emit(result)
