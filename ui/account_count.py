"""How many accounts there are, for the status bar: known on whichever page the program opens."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from csdesk.i18n import current, ngettext
from csdesk.queries.account_names import account_count
from csdesk.store.touching import Change
from ui.desk import Desk

PAUSE = 60
"""Milliseconds after a change until it is counted again: a burst is counted once."""


class AccountCount(QObject):
    """Counts when the window has come up, and after each change that touches accounts."""

    counted = Signal(str)
    """How many there are, in words."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.count)
        self._soon.start()
        desk.changed.connect(self.on_changed)
        desk.closed.connect(self._soon.stop)

    @Slot(object)
    def on_changed(self, change: Change) -> None:
        """Count again in a moment, where accounts may have come or gone."""
        if change.touches("account"):
            self._soon.start(PAUSE)

    @Slot()
    def count(self) -> None:
        """Tell how many accounts there are now, archived ones too."""
        count = self._desk.read(account_count)
        words = ngettext("{n} account", "{n} accounts", count)
        self.counted.emit(words.format(n=current().number(count)))
