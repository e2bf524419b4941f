"""The composition root of the desktop: makes the parts, introduces them, and runs."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication, QWidget

from csdesk.errors import UserError
from csdesk.i18n import use_language
from csdesk.settings import Home, Settings, load_settings
from ui.collecting import Collecting
from ui.crash import CrashReporter
from ui.desk import Desk
from ui.files import Files
from ui.icons import icon
from ui.languages import Languages
from ui.main_window import MainWindow
from ui.preferences import Preferences
from ui.prompts import Messages
from ui.tasks import Tasks
from ui.theme import Look
from ui.warming import Warming
from ui.windows import Windows

GIVES_WAY = 0.001
"""Seconds after which a worker lets the interface go on; Python's own 5 ms add up to gaps."""


class Program(QObject):
    """The program with its windows."""

    def __init__(self, app: QApplication, home: Home) -> None:
        super().__init__(app)
        self._app = app
        trouble: UserError | None = None
        try:
            settings = load_settings(home)
        except UserError as error:
            settings, trouble = Settings(), error
        self.collecting = Collecting(self)
        self.look = Look(app)
        self.messages = Messages(self)
        self.languages = Languages(app)
        self.preferences = Preferences(
            settings, home, self.look, self.languages, self.messages, self
        )
        self.tasks = Tasks(self)
        self.files = Files(self.look, self.tasks, self.messages, self.preferences, self)
        self.crashes = CrashReporter(home.crash_reports, self._crash_parent, self)
        self.tasks.crashed.connect(self.crashes.report)
        app.setWindowIcon(icon(self.look, "app-mark", "accent_fill"))
        self.warming = Warming(self)
        self.files.opened.connect(self.warming.begin_soon)
        self.windows = Windows(self._make_window, self.files, self.preferences, self)
        if sys.platform == "darwin":
            app.installEventFilter(self)
        if trouble is not None:
            self.messages.error(trouble)

    @property
    def window(self) -> MainWindow:
        """The window that was opened first."""
        return self.windows.first

    def start(self, path: Path | None) -> None:
        """Show the window with `path`, else with the workspace that was open last."""
        last = self.preferences.last_file
        path = path or last
        if path is not None:
            self.files.open(path)
        self.window.show()
        if path == last:
            self.windows.restore()

    def stop(self) -> None:
        """Let go of everything."""
        self._app.removeEventFilter(self)
        self.warming.end()
        self.files.close()
        self.tasks.close()
        self.collecting.end()
        self.crashes.uninstall()

    def _make_window(self, desk: Desk | None) -> MainWindow:
        return MainWindow(
            self.files, self.look, self.languages, self.messages, self.preferences, desk
        )

    def _crash_parent(self) -> QWidget:
        front = self._app.activeWindow()
        return front if isinstance(front, MainWindow) else (*self.windows.open, self.window)[0]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A double-clicked file comes as an event there, not as an argument.
        if isinstance(event, QFileOpenEvent):
            self.files.open(Path(event.file()))
            return True
        return False


def run(path: Path | None) -> int:
    """Run the desktop until its window is closed; return the exit status."""
    home = Home.of_this_computer()
    sys.setswitchinterval(GIVES_WAY)
    use_language("system")
    app = QApplication(sys.argv[:1])
    app.setApplicationName("CSDesk")
    app.setApplicationDisplayName("CSDesk")
    app.setDesktopFileName("csdesk")
    program = Program(app, home)
    program.crashes.install()
    program.start(path)
    status = app.exec()
    program.stop()
    return status
