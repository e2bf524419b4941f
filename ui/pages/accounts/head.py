"""The head of the accounts page: its title, how many there are, and what one begins there."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from csdesk.i18n import _, current
from ui.icons import icon
from ui.theme import Look


class AccountsHead(QWidget):
    """Shows the title with a count, the saved views, and the buttons to import and to add."""

    new_asked = Signal()
    import_asked = Signal()

    def __init__(self, look: Look, views: QWidget, parent: QWidget | None = None) -> None:
        """Make the head around `views`, the button of the saved views."""
        super().__init__(parent)
        title = QLabel(_("Accounts"), self)
        title.setProperty("kind", "title")
        self._count = QLabel(self)
        self._count.setProperty("kind", "pill")
        bring = QPushButton(_("Import…"), self)
        new = QPushButton(_("New account"), self)
        new.setIcon(icon(look, "plus", "text"))
        new.setIconSize(QSize(16, 16))
        bring.clicked.connect(self.import_asked)
        new.clicked.connect(self.new_asked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(title)
        layout.addWidget(self._count, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addStretch(1)
        for button in (views, bring, new):
            layout.addWidget(button)

    def show_count(self, shown: int, total: int) -> None:
        """Say how many accounts are shown, and of how many where that is not all."""
        count = current().number(shown)
        if shown != total:
            count = _("{shown} of {total}").format(shown=count, total=current().number(total))
        self._count.setText(count)
