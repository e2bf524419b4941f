"""Python's garbage is collected on the interface thread alone, between two events.

Left to itself the collector runs wherever the last object was made, a worker's thread too. There it
would delete what is left of closed pages, and Qt dies when a widget goes on another thread.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, Qt, QTimer, Slot

EVERY = 500
"""Milliseconds between two looks."""

SELDOM = 30.0
"""Seconds between two looks at everything there is, which may take a tenth of one."""


class Collecting(QObject):
    """Stands in for Python's own collector from its making until `end`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._all_at = time.monotonic()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Collect what is garbage, where there is as much new as Python itself would look for."""
        new, younger, older = gc.get_count()
        limits = gc.get_threshold()
        if older > limits[2] and time.monotonic() - self._all_at >= SELDOM:
            gc.collect()
            self._all_at = time.monotonic()
        elif younger > limits[1]:
            gc.collect(1)
        elif new > limits[0]:
            gc.collect(0)

    def end(self) -> None:
        """Let Python collect by itself again."""
        self._timer.stop()
        gc.enable()
