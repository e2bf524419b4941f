"""Tells a waiting parent process that a window is painted and answers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.memory import resident_bytes


class _Watcher(QObject):
    """Waits for the first painting of a widget that may not be there yet."""

    def __init__(self, app: QApplication, wanted: Callable[[], QWidget | None]) -> None:
        super().__init__(app)
        self._app = app
        self._wanted = wanted
        self._told = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Tell once, after the event loop has been free to answer again."""
        if event.type() == QEvent.Type.Paint and not self._told and watched is self._wanted():
            self._told = True
            QTimer.singleShot(0, self._tell)
        return False

    def _tell(self) -> None:
        print(f"ready {resident_bytes()}", flush=True)
        self._app.quit()


def tell_when_painted(app: QApplication, wanted: Callable[[], QWidget | None]) -> QObject:
    """Print "ready" with the memory in use once the `wanted` widget is painted, then quit."""
    watcher = _Watcher(app, wanted)
    app.installEventFilter(watcher)
    return watcher
