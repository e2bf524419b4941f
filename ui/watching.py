"""When to look whether others wrote something: a hint from the system, every so often, on return.

Hints come quickly where they come at all; network drives and some sync services give none, so the
clock and the return to the window are what one can rely on.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QFileSystemWatcher, QObject, QStorageInfo, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from shiboken6 import delete

LOOK_EVERY = 30_000
"""Milliseconds between two looks where nothing hints at news."""

SETTLE = 250
"""Milliseconds after a hint, for a file is rarely written in one go."""

FAR_AWAY = ("nfs", "cifs", "smb", "afp", "webdav", "davfs", "9p", "fuse.sshfs", "fuse.rclone")
"""Beginnings of the file systems that tell nothing, and may let one wait for an answer."""


class Watching(QObject):
    """Tells when it is time for a look."""

    look_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files: QFileSystemWatcher | None = QFileSystemWatcher(self)
        self._clock = QTimer(self)
        self._clock.setInterval(LOOK_EVERY)
        self._soon = QTimer(self, singleShot=True, interval=SETTLE)
        self._files.directoryChanged.connect(self.look_soon)
        self._clock.timeout.connect(self.look_wanted)
        self._soon.timeout.connect(self.look_wanted)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._on_focus)
        self._clock.start()

    @property
    def places(self) -> list[str]:
        """The folders that the system watches."""
        return [] if self._files is None else self._files.directories()

    def watch(self, places: Iterable[str]) -> None:
        """Watch these folders and no others, as far as they can be; none after `stop`."""
        if self._files is None:
            return
        wanted, known = set(places), set(self._files.directories())
        if known - wanted:
            self._files.removePaths(sorted(known - wanted))
        if wanted - known:
            self._files.addPaths(sorted(wanted - known))

    def stop(self) -> None:
        """Tell nothing any more."""
        self._clock.stop()
        self._soon.stop()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.disconnect(self._on_focus)
        # Here and now, on this thread: should Python's collector do it later on another one, the
        # system's handle is closed while Qt goes on listening to it, without end.
        if self._files is not None:
            delete(self._files)
            self._files = None

    @Slot()
    def look_soon(self) -> None:
        """Have a look as soon as what is being written may be there."""
        self._soon.start()

    @Slot(object)
    def _on_focus(self, window: object) -> None:
        if window is not None:
            self.look_soon()


def is_near(place: str) -> bool:
    """Tell whether a folder lies on a drive of this computer; asked off the interface thread."""
    kind = bytes(QStorageInfo(place).fileSystemType().data()).decode("ascii", "replace").lower()
    return not place.startswith("\\\\") and not kind.startswith(FAR_AWAY)
