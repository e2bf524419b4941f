"""The bar above the pages: search, undo and redo, and a menu to make something new."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
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
from ui.commands import Commands


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
        menu = QMenu(new)
        for command in new_commands:
            menu.addAction(commands.action(command))
        new.setMenu(menu)
        layout.addSpacing(6)
        layout.addWidget(new)

    def _tool(self, action: QAction) -> QToolButton:
        button = QToolButton(self)
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setIconSize(QSize(18, 18))
        button.setAccessibleName(action.text().replace("&", ""))
        return button
