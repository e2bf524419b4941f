"""Takes a file that is dropped on a widget, and tells while one hangs over it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget


class FileDrop(QObject):
    """Stands at a widget; of several files dropped at once it takes the first."""

    hovered = Signal(bool)
    """Whether a file hangs over the widget now."""
    dropped = Signal(object)
    """The Path of a file of this computer."""

    def __init__(self, target: QWidget) -> None:
        """Let `target` take files; `setAcceptDrops(False)` makes it take none for a while."""
        super().__init__(target)
        target.setAcceptDrops(True)
        target.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.DragEnter and isinstance(event, QDragEnterEvent):
            if _file(event) is not None:
                self.hovered.emit(True)
                event.acceptProposedAction()
            return True
        if kind == QEvent.Type.DragLeave:
            self.hovered.emit(False)
            return True
        if kind == QEvent.Type.Drop and isinstance(event, QDropEvent):
            self.hovered.emit(False)
            event.acceptProposedAction()
            path = _file(event)
            if path is not None:
                self.dropped.emit(path)
            return True
        return False


def _file(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if urls and urls[0].isLocalFile() else None
