"""The line that says what became of a document, and what can be done with it now."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from csdesk.i18n import _
from ui.icons import icon
from ui.prompts import ICONS, Tone
from ui.theme import Look
from ui.widgets.icon_label import IconLabel
from ui.widgets.wrapped_label import WrappedLabel

Choice = tuple[str, Callable[[], object]]
"""The words on a button, and what it does."""


class OutcomeBar(QFrame):
    """Stays until it is closed or something else is to be said."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._buttons: list[QPushButton] = []
        self._build()
        self.hide()

    @property
    def text(self) -> str:
        """The words shown."""
        return self._text.text()

    @property
    def buttons(self) -> list[QPushButton]:
        """The buttons in their order."""
        return list(self._buttons)

    def say(self, text: str, tone: Tone, choices: Sequence[Choice] = (), whole: str = "") -> None:
        """Show words with buttons in place of those before; `whole` is the hint of the words."""
        self._clear()
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self._icon.set_icon(ICONS[tone], tone)
        self._text.setText(text)
        self._text.setToolTip(whole)
        self.setAccessibleName(text)
        for label, act in choices:
            button = QPushButton(label.replace("&", "&&"), self)
            button.setProperty("kind", "link")
            button.setAccessibleName(label)
            button.clicked.connect(act)
            self._row.insertWidget(self._row.count() - 1, button)
            button.show()
            self._buttons.append(button)
        self.show()

    @Slot()
    def close_bar(self) -> None:
        """Take the line away."""
        self._clear()
        self.hide()

    def _clear(self) -> None:
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []

    def _build(self) -> None:
        self.setProperty("kind", "message")
        self._icon = IconLabel(self._look, "info", "accent", 18, self)
        self._text = WrappedLabel("", self, "plain")
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        close = QToolButton(self)
        close.setIcon(icon(self._look, "x"))
        close.setToolTip(_("Close"))
        close.setAccessibleName(_("Close the message"))
        close.clicked.connect(self.close_bar)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 5, 6, 5)
        self._row.setSpacing(8)
        self._row.addWidget(self._icon)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(close)
