"""The window's menus, made from the commands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QMenuBar

from csdesk.i18n import _
from ui import languages, theme
from ui.commands import Commands
from ui.preferences import Preferences

FILE = (
    "file.new",
    "file.sample",
    "file.open",
    "recent",
    "file.publish",
    "file.save_copy",
    "",
    "file.import",
    "file.export_pdf",
    "",
    "file.close",
    "file.quit",
)
EDIT = ("edit.undo", "edit.redo", "", "edit.search")
HELP = ("help.crash_reports", "help.about")


class Menus(QObject):
    """Fills a menu bar; asked again when the language changes."""

    file_chosen = Signal(object)
    """A Path of the list of recent files."""

    def __init__(
        self,
        bar: QMenuBar,
        commands: Commands,
        preferences: Preferences,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._bar = bar
        self._commands = commands
        self._preferences = preferences

    @Slot()
    def fill(self) -> None:
        """Make all menus anew, in the language of the moment."""
        self._bar.clear()
        self._add(_("&File"), FILE)
        self._add(_("&Edit"), EDIT)
        self._fill_view(self._bar.addMenu(_("&View")))
        self._add(_("&Help"), HELP)

    @Slot(QAction)
    def _on_language(self, action: QAction) -> None:
        self._preferences.choose_language(action.data())

    @Slot(QAction)
    def _on_theme(self, action: QAction) -> None:
        self._preferences.choose_theme(action.data())

    @Slot(QAction)
    def _on_file(self, action: QAction) -> None:
        self.file_chosen.emit(Path(action.data()))

    def _add(self, title: str, command_ids: Sequence[str]) -> None:
        menu = self._bar.addMenu(title)
        for command_id in command_ids:
            if not command_id:
                menu.addSeparator()
            elif command_id == "recent":
                self._fill_recent(menu.addMenu(_("Open &recent")))
            else:
                menu.addAction(self._commands.action(command_id))

    def _fill_recent(self, menu: QMenu) -> None:
        files = self._preferences.recent_files()
        menu.setEnabled(bool(files))
        for path in files:
            action = menu.addAction(path.name.replace("&", "&&"))
            action.setData(str(path))
            action.setToolTip(str(path))
        menu.setToolTipsVisible(True)
        menu.triggered.connect(self._on_file)

    def _fill_view(self, menu: QMenu) -> None:
        names = {"system": _("As the system"), **languages.NAMES}
        speak = menu.addMenu(_("&Language"))
        self._choices(speak, languages.CHOICES, names, self._preferences.language)
        speak.triggered.connect(self._on_language)
        words = {"system": _("As the system"), "light": _("Light"), "dark": _("Dark")}
        wear = menu.addMenu(_("&Theme"))
        self._choices(wear, theme.CHOICES, words, self._preferences.theme)
        wear.triggered.connect(self._on_theme)
        menu.addSeparator()
        for command in self._commands:
            if command.id.startswith("page."):
                menu.addAction(self._commands.action(command.id))

    @staticmethod
    def _choices(menu: QMenu, values: Sequence[str], names: dict[str, str], ticked: str) -> None:
        group = QActionGroup(menu)
        for value in values:
            action = menu.addAction(names[value])
            action.setData(value)
            action.setCheckable(True)
            action.setChecked(value == ticked)
            group.addAction(action)
