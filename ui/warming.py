"""Loads the pages that are not shown at the start while nobody waits for them.

A program that starts loads only what it shows. The page of an account with all its tabs is some
two hundred modules more, and who opens the first account of the day should not wait for them.
"""

from __future__ import annotations

import gc
import importlib
import sys
import threading

from PySide6.QtCore import QObject, QTimer, Slot

PAGES = (
    "ui.pages.account.page",
    "ui.pages.templates.page",
    "ui.pages.review.page",
    "ui.pages.copies.page",
    "ui.pages.settings",
)

AFTER = 1_500
"""Milliseconds after a workspace was opened; the table is painted and answers by then."""

PATIENCE = 5.0
"""Seconds that ending the program waits for what is being loaded."""


class Warming(QObject):
    """Loads the pages once, on a thread of its own; whoever wants one meanwhile gets it first."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thread: threading.Thread | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AFTER)
        self._timer.timeout.connect(self._load)
        self._ended = threading.Event()

    @Slot()
    def begin_soon(self) -> None:
        """Load the pages in a moment, unless that was done."""
        if self._thread is None:
            self._timer.start()

    def end(self) -> None:
        """Load no more, and wait for what is being loaded."""
        self._timer.stop()
        self._ended.set()
        if self._thread is not None:
            self._thread.join(PATIENCE)

    @property
    def is_done(self) -> bool:
        """Whether all pages are loaded."""
        return self._thread is not None and not self._thread.is_alive()

    @Slot()
    def _load(self) -> None:
        self._thread = threading.Thread(
            target=_import_all, args=(self._ended,), name="csdesk-warming", daemon=True
        )
        self._thread.start()


def _import_all(ended: threading.Event) -> None:
    were_there = all(page in sys.modules for page in PAGES)
    for page in PAGES:
        if ended.is_set():
            return
        importlib.import_module(page)
    if not were_there:
        gc.freeze()  # they stay for good: no search for garbage need look at them again
