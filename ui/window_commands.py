"""The commands every window has, registered once and kept in step with what is open."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QKeySequence
from PySide6.QtWidgets import QMainWindow

from csdesk.i18n import _
from ui.commands import Command, Commands
from ui.desk import Desk
from ui.desk_frame import DeskFrame, Room
from ui.file_dialogs import FileDialogs
from ui.files import Files
from ui.key_groups import key_groups
from ui.preferences import Preferences
from ui.trail import Trail

Key = QKeySequence.StandardKey


class WindowCommands(QObject):
    """Carries out the commands of the menus that belong to no page."""

    window_asked = Signal(str, str)
    """Another window is wanted, where this one is."""
    next_window_asked = Signal()
    quit_asked = Signal()

    NEED_DESK = (
        "file.publish",
        "file.save_copy",
        "file.import",
        "file.close",
        "edit.search",
        "accounts.new",
        "page.team",
        "window.new",
        "help.keys",
    )
    OF_PAGES = ("file.export_pdf",)

    def __init__(
        self,
        window: QMainWindow,
        commands: Commands,
        files: Files,
        preferences: Preferences,
        rooms: Sequence[Room],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._commands = commands
        self._files = files
        self._dialogs = FileDialogs(window, files)
        self._preferences = preferences
        self._desk: Desk | None = None
        self._frame: DeskFrame | None = None
        self._undo = ""
        self._redo = ""
        self._places = tuple(f"page.{room.name}" for room in rooms if room.icon)
        every = (*self._of_file(), *self._of_edit(), *self._of_view(rooms), *self._of_help())
        for command in every:
            commands.add(command)
        # Ctrl+Y as well as Ctrl+Shift+Z, whichever a hand is used to.
        commands.action("edit.redo").setShortcuts(QKeySequence.keyBindings(Key.Redo))

    def enable(self, desk: Desk | None, frame: DeskFrame | None) -> None:
        """Allow the commands that make sense with this desk and the page in front."""
        self._desk, self._frame = desk, frame
        for command in (*self.NEED_DESK, *self._places):
            self._commands.action(command).setEnabled(desk is not None)
        for command in self.OF_PAGES:
            served = frame is not None and frame.serves(command)
            self._commands.action(command).setEnabled(served)
        trail = frame.trail if frame is not None else Trail()
        self._commands.action("view.back").setEnabled(trail.can_go_back)
        self._commands.action("view.forward").setEnabled(trail.can_go_forward)

    def name_steps(self, desk: Desk | None) -> None:
        """Let undo and redo name the steps they would take."""
        self._undo = (desk.workspace.undo_label or "") if desk else ""
        self._redo = (desk.workspace.redo_label or "") if desk else ""
        self._commands.relabel("edit.undo", "edit.redo")
        self._commands.action("edit.undo").setEnabled(bool(self._undo))
        self._commands.action("edit.redo").setEnabled(bool(self._redo))

    @Slot()
    def publish(self) -> None:
        """Bring the file up to date with the edits without waiting for a pause."""
        if self._desk is not None:
            self._desk.publishing.publish()

    @Slot()
    def import_tables(self) -> None:
        """Open the import, with no file chosen yet."""
        self.import_files([])

    @Slot(list)
    def import_files(self, paths: list[Path]) -> None:
        """Open the import with these files."""
        if self._desk is not None:
            # Loaded when first needed: a program that starts has no time for it.
            from ui.dialogs.import_window import ImportWindow

            ImportWindow(self._desk, paths, self._window).open()

    @Slot()
    def show_about(self) -> None:
        """Say what this program is."""
        from ui.dialogs.about import AboutWindow

        AboutWindow(self._window).open()

    @Slot()
    def show_keys(self) -> None:
        """List the keys of everything that has some."""
        from ui.pages.keys.page import KeysPage

        if self._frame is not None:
            self._show_page("keys")
            page = self._frame.page
            if isinstance(page, KeysPage):
                page.show_groups(key_groups(self._commands, self._frame.offers))

    @Slot()
    def show_crash_reports(self) -> None:
        """Open the folder where reports of our own bugs are kept."""
        folder = self._preferences.home.crash_reports
        folder.mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    @Slot()
    def search(self) -> None:
        """Put the cursor into the search field."""
        if self._frame is not None:
            self._frame.search.start()

    @Slot()
    def new_account(self) -> None:
        """Go to the accounts and begin a new one."""
        if self._frame is not None:
            self._show_page("accounts")
            self._frame.serve("accounts.new")

    @Slot()
    def show_team(self) -> None:
        """Go to the people of our team, in the settings."""
        if self._frame is not None:
            self._frame.show_item("member", "")

    @Slot()
    def export_pdf(self) -> None:
        """Let the page in front write its PDF."""
        if self._frame is not None:
            self._frame.serve("file.export_pdf")

    @Slot()
    def go_back(self) -> None:
        """Return to the page before."""
        if self._frame is not None:
            self._frame.step(-1)

    @Slot()
    def go_forward(self) -> None:
        """Go again to the page one came back from."""
        if self._frame is not None:
            self._frame.step(1)

    @Slot()
    def undo(self) -> None:
        """Take back the last step."""
        if self._desk is not None:
            self._desk.undo()

    @Slot()
    def redo(self) -> None:
        """Do again what was undone last."""
        if self._desk is not None:
            self._desk.redo()

    def _undo_text(self) -> str:
        return _("&Undo “{step}”").format(step=_plain(self._undo)) if self._undo else _("&Undo")

    def _redo_text(self) -> str:
        return _("&Redo “{step}”").format(step=_plain(self._redo)) if self._redo else _("&Redo")

    def _show_page(self, name: str) -> None:
        if self._frame is not None:
            self._frame.show_page(name)
            self._frame.focus_page()

    def _of_file(self) -> tuple[Command, ...]:
        dialogs = self._dialogs
        return (
            Command(
                "file.new", lambda: _("&New workspace…"), dialogs.new_file, Key.New, "file-plus-2"
            ),
            Command("file.sample", lambda: _("New s&ample workspace…"), dialogs.new_sample),
            Command("file.open", lambda: _("&Open…"), dialogs.open_file, Key.Open, "folder-open"),
            Command("file.save_copy", lambda: _("Save a &copy as…"), dialogs.save_copy, Key.SaveAs),
            Command("file.publish", lambda: _("&Write the file now"), self.publish, Key.Save),
            Command(
                "file.import", lambda: _("&Import…"), self.import_tables, "Ctrl+I", "file-down"
            ),
            Command(
                "file.export_pdf", lambda: _("&Export PDF…"), self.export_pdf, "Ctrl+P", "file-up"
            ),
            Command("file.close", lambda: _("C&lose workspace"), self._files.close, Key.Close),
            Command("file.quit", lambda: _("&Quit"), self.quit_asked.emit, Key.Quit),
        )

    def _of_edit(self) -> tuple[Command, ...]:
        return (
            Command("edit.undo", self._undo_text, self.undo, Key.Undo, "undo-2"),
            Command("edit.redo", self._redo_text, self.redo, Key.Redo, "redo-2"),
            Command("edit.search", lambda: _("&Search"), self.search, "Ctrl+K", "search"),
            Command(
                "accounts.new",
                lambda: _("New &account"),
                self.new_account,
                "Ctrl+Shift+N",
                "building-2",
            ),
        )

    def _of_view(self, rooms: Sequence[Room]) -> tuple[Command, ...]:
        places = (
            Command(
                f"page.{room.name}",
                room.label,
                partial(self._show_page, room.name),
                room.keys or None,
                room.icon,
            )
            for room in rooms
            if room.icon
        )
        return (
            *places,
            Command("page.team", lambda: _("Team members"), self.show_team, icon="users"),
            Command("view.back", lambda: _("&Back"), self.go_back, "Alt+Left"),
            Command("view.forward", lambda: _("&Forward"), self.go_forward, "Alt+Right"),
            Command(
                "window.new",
                lambda: _("New &window"),
                partial(self.window_asked.emit, "", ""),
                "Ctrl+Shift+W",
            ),
            Command(
                "window.next", lambda: _("Ne&xt window"), self.next_window_asked.emit, "Ctrl+F6"
            ),
            Command("window.close", lambda: _("Close &window"), self._window.close),
        )

    def _of_help(self) -> tuple[Command, ...]:
        return (
            Command(
                "help.keys", lambda: _("&Keyboard shortcuts"), self.show_keys, Key.HelpContents
            ),
            Command("help.about", lambda: _("&About CSDesk"), self.show_about),
            Command(
                "help.crash_reports", lambda: _("Folder of &crash reports"), self.show_crash_reports
            ),
        )


def _plain(label: str) -> str:
    """Return a step's label for a menu, where & would mark a letter."""
    return label.replace("&", "&&")
