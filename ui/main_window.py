"""The window: it puts together what others made, and keeps nothing of their business."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSize, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from csdesk.actions.editing import today
from ui.commands import Commands
from ui.desk import Desk
from ui.desk_frame import DeskFrame
from ui.files import SUFFIX, Files
from ui.languages import Languages
from ui.menus import Menus
from ui.pages.welcome import WelcomePage
from ui.preferences import Preferences
from ui.prompts import Messages
from ui.rooms import NEW_COMMANDS, rooms
from ui.side_buttons import SideButtons
from ui.theme import Look
from ui.typed_forms import without_typed
from ui.window_commands import WindowCommands
from ui.window_menu import WindowMenu, bring_to_front, next_of, window_title

SIZE = QSize(1440, 900)
"""How large the window is at its first start, where the screen has room for it."""


class MainWindow(QMainWindow):
    """Shows the open desk, or the welcome page where there is none."""

    tables_dropped = Signal(list)
    """Spreadsheets dropped on the window, as Paths."""
    window_asked = Signal(str, str)
    """Another window is wanted, at an item by entity and id, or (both empty) where this one is."""
    quit_asked = Signal()
    """All windows shall close."""
    closed = Signal()
    """This window was closed."""

    def __init__(
        self,
        files: Files,
        look: Look,
        languages: Languages,
        messages: Messages,
        preferences: Preferences,
        desk: Desk | None = None,
    ) -> None:
        """Show `desk`, one beside the first; without it, whatever is opened."""
        super().__init__()
        self.others: list[dict[str, Any]] = []
        """What is remembered of the windows that closed with this one."""
        self.siblings: Callable[[], Sequence[MainWindow]] = _none
        """Gives all windows that are open; the workspace closes with the last."""
        self._desk = desk or files.desk
        self._is_gone = False
        self._side_buttons = SideButtons(self)
        self._files = files
        self._look = look
        self._languages = languages
        self._messages = messages
        self._preferences = preferences
        self._kept: dict[str, Any] = {}
        self._day = today()
        self._clock = QTimer(self)
        self._clock.setInterval(60_000)
        self.setAcceptDrops(True)
        self.resize(SIZE.boundedTo(self.screen().availableSize() * 0.92))
        self._commands = Commands(self, look)
        self._window_commands = WindowCommands(self, self._commands, files, preferences, rooms())
        self._window_menu = WindowMenu(self, self._commands, self._siblings)
        self._menus = Menus(
            self.menuBar(), self._commands, preferences, self._window_menu.serve, self
        )
        self._connect()
        self.rebuild()
        if desk is None:
            self.take_up(preferences.window())

    @property
    def commands(self) -> Commands:
        """What the user can do in this window."""
        return self._commands

    @property
    def frame(self) -> DeskFrame | None:
        """The frame of the open desk."""
        widget = self.centralWidget()
        return widget if isinstance(widget, DeskFrame) else None

    @Slot()
    def rebuild(self) -> None:
        """Make everything that shows words anew, in the language of the moment."""
        if self._is_gone:
            return
        self._store_typed()
        self._keep()
        self._commands.relabel()
        self._menus.fill()
        self._fill(self._desk)

    def remember(self) -> None:
        """Keep where the window is and how its pages look, for the next start."""
        self._preferences.remember_window({**self.kept(), "others": self.others})

    def kept(self) -> dict[str, Any]:
        """Return where the window is and how its pages look; plain values only."""
        self._keep()
        geometry = base64.b64encode(self.saveGeometry().data()).decode("ascii")
        return {"geometry": geometry, "frame": without_typed(self._kept)}

    def take_up(self, kept: Mapping[str, Any]) -> None:
        """Take up what `kept` returned; what does not fit is passed over."""
        try:
            data = base64.b64decode(str(kept.get("geometry", "")), validate=True)
        except (ValueError, binascii.Error):
            data = b""
        if data:
            self.restoreGeometry(QByteArray(data))
        frame = kept.get("frame")
        if isinstance(frame, dict):
            self._kept = frame
            if self.frame is not None:
                self.frame.restore(_fitting(self._kept, self.frame.desk))

    @Slot(object)
    def on_opened(self, desk: Desk) -> None:
        """Show the desk of a workspace that was opened."""
        if not self._is_gone:
            self._fill(desk)

    @Slot()
    def on_closing(self) -> None:
        """Keep how the pages look, and what is being typed, before the desk goes."""
        self._store_typed()
        self._keep()

    @Slot()
    def on_closed(self) -> None:
        """Show the welcome page."""
        self._fill(None)

    @Slot()
    def on_history_changed(self) -> None:
        """Let undo and redo name the steps they would take."""
        self._window_commands.name_steps(self._desk)

    def _fill(self, desk: Desk | None) -> None:
        self._desk = desk
        # Qt hides and deletes what was there; taken out, all that is in it would be styled again.
        self.setCentralWidget(QWidget(self))
        self._commands.show_page(None, ())
        if desk is None:
            self.setCentralWidget(self._welcome())
        else:
            frame = DeskFrame(desk, self._commands, rooms(), NEW_COMMANDS)
            self.setCentralWidget(frame)
            frame.restore(_fitting(self._kept, desk))
            frame.page_changed.connect(self._on_page_changed)
            frame.title_changed.connect(self._show_title)
            frame.search.chosen_apart.connect(self.window_asked)
            desk.history_changed.connect(self.on_history_changed)
        self._on_page_changed()
        self.on_history_changed()

    def _store_typed(self) -> None:
        """Store what is being typed in a row while its field and the workspace are still there."""
        field = self.focusWidget()
        if field is not None:
            field.clearFocus()

    def _keep(self) -> None:
        """Note where one is, and in which file."""
        if self.frame is not None:
            path = self.frame.desk.workspace.path
            self._kept = {**self.frame.state(), "file": str(path)}

    def _welcome(self) -> QWidget:
        page = WelcomePage(
            self._look, self._messages, self._commands, self._preferences.recent_files()
        )
        page.file_chosen.connect(self._files.open)
        return page

    @Slot()
    def _on_minute(self) -> None:
        """Show everything anew on a new day: days left and late actions count from it."""
        desk = self._desk
        if today() != self._day and not (desk is not None and desk.editing.is_typing):
            self._day = today()
            self.rebuild()

    @Slot()
    def _on_page_changed(self) -> None:
        self._window_commands.enable(self._desk, self.frame)
        self._show_title()

    @Slot()
    def _show_title(self) -> None:
        """Name the window by what is in view, so that several can be told apart."""
        frame = self.frame
        file = frame.desk.workspace.path.stem if frame is not None else ""
        self.setWindowTitle(window_title((frame.title if frame is not None else "", file)))

    @Slot()
    def _on_next_window(self) -> None:
        bring_to_front(next_of(self, self.siblings()))

    def _siblings(self) -> Sequence[MainWindow]:
        return self.siblings()

    def _connect(self) -> None:
        self._clock.timeout.connect(self._on_minute)
        self._clock.start()
        self._files.opened.connect(self.on_opened)
        self._files.closing.connect(self.on_closing)
        self._files.closed.connect(self.on_closed)
        self._languages.changed.connect(self.rebuild)
        self._preferences.changed.connect(self._menus.fill)
        self.tables_dropped.connect(self._window_commands.import_files)
        self._menus.file_chosen.connect(self._files.open)
        self._window_commands.window_asked.connect(self.window_asked)
        self._window_commands.quit_asked.connect(self.quit_asked)
        self._window_commands.next_window_asked.connect(self._on_next_window)
        self._side_buttons.back.connect(self._commands.action("view.back").trigger)
        self._side_buttons.forward.connect(self._commands.action("view.forward").trigger)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._side_buttons.watch(self)

    def closeEvent(self, event: QCloseEvent) -> None:
        if len(self.siblings()) <= 1:
            self.remember()
            if not self._files.close():
                event.ignore()
                return
        else:
            self.on_closing()
            desk, self._is_gone = self._desk, True
            self._fill(None)
            if desk is not None:
                desk.left.emit()
                self._files.let_go(desk)
        event.accept()
        self.closed.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = _dropped(event)
        event.acceptProposedAction()
        if paths[0].suffix.lower() == SUFFIX:
            self._files.open(paths[0])
        else:
            self.tables_dropped.emit(paths)


def _none() -> Sequence[MainWindow]:
    return ()


def _fitting(kept: dict[str, Any], desk: Desk) -> dict[str, Any]:
    """Return what was kept of a window; of another file only how its tables look."""
    if kept.get("file") == str(desk.workspace.path):
        return kept
    pages = kept.get("pages")
    looks = {
        name: {"columns": page["columns"]}
        for name, page in (pages.items() if isinstance(pages, dict) else ())
        if isinstance(page, dict) and "columns" in page
    }
    return {"pages": looks}


TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm")


def _dropped(event: QDropEvent) -> list[Path]:
    """Return the files of a drop: one workspace, or spreadsheets."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    workspaces = [path for path in paths if path.suffix.lower() == SUFFIX]
    if workspaces:
        return workspaces[:1]
    return [path for path in paths if path.suffix.lower() in TABLES]
