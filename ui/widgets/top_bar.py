"""The bar above the pages: search, undo and redo, and a menu to make something new."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)

from csdesk.i18n import _
from ui.access_keys import plain_text
from ui.commands import Commands
from ui.menus import underline


class TopBar(QFrame):
    """Lays out the search field and the buttons; what they do is the commands' business."""

    def __init__(
        self,
        commands: Commands,
        search: QWidget,
        new_commands: tuple[str, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        self._commands = commands
        self._new_commands = new_commands
        layout = QHBoxLayout(self)
        layout.setContentsMargins(18, 8, 18, 8)
        layout.setSpacing(8)
        search.setMinimumWidth(280)
        search.setMaximumWidth(440)
        layout.addWidget(search, 4)
        layout.addStretch(3)
        for command in ("edit.undo", "edit.redo"):
            layout.addWidget(self._tool(commands.action(command)))
        new = QPushButton(_("New"), self)
        new.setObjectName("new")
        new.setProperty("kind", "primary")
        new.setProperty("menu", "yes")
        self._menu = QMenu(new)
        self._menu.aboutToShow.connect(self._on_menu)
        self._menu.aboutToHide.connect(commands.wait_for_keys)
        new.setMenu(self._menu)
        layout.addSpacing(6)
        layout.addWidget(new)

    @Slot()
    def _on_menu(self) -> None:
        """Offer what the page in front can make, then what can be made anywhere."""
        self._menu.clear()
        here = [one for one in self._commands.of_page if one.makes_new and one.in_menu]
        for command in here:
            self._commands.ask(command.id)
            self._menu.addAction(self._commands.action(command.id))
        if here:
            self._menu.addSeparator()
        anywhere = [self._commands.action(command_id) for command_id in self._new_commands]
        self._menu.addActions(anywhere)
        underline(self._menu, *anywhere)  # they have the same letter in their own menus

    def _tool(self, action: QAction) -> QToolButton:
        button = QToolButton(self)
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setIconSize(QSize(18, 18))
        button.setAccessibleName(plain_text(action.text()))
        return button
