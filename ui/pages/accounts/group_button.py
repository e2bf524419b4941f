"""The button that says what the accounts are grouped by, and offers what else they can be."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from csdesk.i18n import _
from ui.pages.accounts.groupings import grouping_titles


class GroupButton(QPushButton):
    """Names the grouping in force; a press opens the menu of all."""

    group_chosen = Signal(str)
    """The name of a grouping; empty for none."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._group = ""
        self.setProperty("kind", "menuButton")
        self.clicked.connect(self.open_menu)
        self.show_group("")

    def show_group(self, name: str) -> None:
        """Say what is grouped by; an empty name: no groups."""
        self._group = name
        text = _("Group by: {name}").format(name=grouping_titles()[name])
        self.setText(f"{text}  ▾")
        self.setAccessibleName(text)

    @Slot()
    def open_menu(self) -> None:
        """Offer what can be grouped by."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(_("Group by"))
        for name, title in grouping_titles().items():
            action = menu.addAction(title)
            action.setData(name)
            action.setCheckable(True)
            action.setChecked(name == self._group)
        menu.triggered.connect(self._on_chosen)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))
        menu.setActiveAction(next(one for one in menu.actions() if one.isChecked()))

    @Slot(QAction)
    def _on_chosen(self, action: QAction) -> None:
        self.group_chosen.emit(str(action.data()))
