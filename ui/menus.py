"""The window's menus, made from the commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QMenuBar

from csdesk.i18n import _
from ui import languages, theme
from ui.access_keys import with_access_keys
from ui.commands import Command, Commands
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
VIEW = ("view.back", "view.forward")
HELP = ("help.keys", "help.crash_reports", "help.about")


class Menus(QObject):
    """Fills a menu bar; asked again when the language changes."""

    file_chosen = Signal(object)
    """A Path of the list of recent files."""

    def __init__(
        self,
        bar: QMenuBar,
        commands: Commands,
        preferences: Preferences,
        serve_windows: Callable[[QMenu], object],
        parent: QObject,
    ) -> None:
        """`serve_windows` is given the menu of the windows to fill it."""
        super().__init__(parent)
        self._bar = bar
        self._commands = commands
        self._preferences = preferences
        self._serve_windows = serve_windows
        self._page: QMenu | None = None
        commands.changed.connect(self._on_page_changed)

    @Slot()
    def fill(self) -> None:
        """Make all menus anew, in the language of the moment."""
        self._bar.clear()
        self._add(_("&File"), FILE)
        self._add(_("&Edit"), EDIT)
        self._fill_view(self._bar.addMenu(_("&View")))
        self._page = self._bar.addMenu(_("&Page"))
        self._page.setObjectName("page")
        self._page.aboutToShow.connect(self._on_page_menu)
        self._page.aboutToHide.connect(self._commands.wait_for_keys)
        self._serve_windows(self._bar.addMenu(_("&Window")))
        self._add(_("&Help"), HELP)
        self._on_page_changed()

    @Slot(QAction)
    def _on_language(self, action: QAction) -> None:
        self._preferences.choose_language(action.data())

    @Slot(QAction)
    def _on_theme(self, action: QAction) -> None:
        self._preferences.choose_theme(action.data())

    @Slot(QAction)
    def _on_file(self, action: QAction) -> None:
        self.file_chosen.emit(Path(action.data()))

    @Slot()
    def _on_page_changed(self) -> None:
        """Offer the menu of the page in front where it can do anything."""
        if self._page is not None:
            self._page.menuAction().setVisible(bool(self._commands.of_page))

    @Slot()
    def _on_page_menu(self) -> None:
        """Fill the menu of the page in front: what it can do, and whether it can now."""
        if self._page is not None:
            self._page.clear()
            for before in self._page.findChildren(QMenu):
                before.deleteLater()  # cleared, the menu forgets those within it but keeps them
            shown = [command for command in self._commands.of_page if command.in_menu]
            fill_menu(self._page, self._commands, shown)

    def _add(self, title: str, command_ids: Sequence[str]) -> None:
        menu = self._bar.addMenu(title)
        self._put(menu, command_ids)
        underline(menu)

    def _put(self, menu: QMenu, command_ids: Sequence[str]) -> None:
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
        for command in self._commands.of_window:
            if command.id.startswith("page."):
                menu.addAction(self._commands.action(command.id))
        menu.addSeparator()
        self._put(menu, VIEW)
        underline(menu)

    @staticmethod
    def _choices(menu: QMenu, values: Sequence[str], names: dict[str, str], ticked: str) -> None:
        group = QActionGroup(menu)
        for value in values:
            action = menu.addAction(names[value])
            action.setData(value)
            action.setCheckable(True)
            action.setChecked(value == ticked)
            group.addAction(action)


def fill_menu(menu: QMenu, commands: Commands, shown: Sequence[Command]) -> None:
    """Put commands into a menu, those of another kind (the id's first word) behind a line."""
    commands.ask(*(command.id for command in shown))
    kind = ""
    within: dict[str, QMenu] = {}
    for command in shown:
        words = command.submenu() if command.submenu is not None else ""
        if words in within:
            within[words].addAction(commands.action(command.id))
            continue
        before, kind = kind, command.id.partition(".")[0]
        if before not in ("", kind):
            menu.addSeparator()
        if words:
            within[words] = menu.addMenu(words)
        within.get(words, menu).addAction(commands.action(command.id))
    for one in (*within.values(), menu):
        underline(one)


def underline(menu: QMenu, *first: QAction) -> None:
    """Give each entry of a menu a letter of its own; those named `first` keep theirs."""
    entries = [action for action in menu.actions() if action.text()]
    actions = [*first, *(action for action in entries if action not in first)]
    texts = [action.text().partition("\t") for action in actions]
    keyed = with_access_keys([text for text, _tab, _keys in texts])
    for action, text, (_before, tab, keys) in zip(actions, keyed, texts, strict=True):
        action.setText(f"{text}{tab}{keys}")
