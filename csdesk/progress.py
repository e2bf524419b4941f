"""How long work says how far it is, and how it hears that the user cancelled it."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """What a long-running function reports to: a bar in the window, a line on the terminal."""

    def report(self, done: int, total: int | None, note: str = "") -> None:
        """Tell that `done` of `total` units are finished (`total` None: not known yet).

        Raises `csdesk.errors.CancelledError` when the user asked to stop.
        """
        ...


class Silent:
    """Progress nobody looks at."""

    def report(self, done: int, total: int | None, note: str = "") -> None:
        """Do nothing and never cancel."""


SILENT = Silent()
