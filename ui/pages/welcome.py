"""What the window shows while no workspace is open: how to begin."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from csdesk.i18n import _
from ui.commands import Commands
from ui.icons import icon
from ui.prompts import MessageBar, Messages
from ui.theme import Look
from ui.widgets.icon_label import IconLabel
from ui.widgets.wrapped_label import WrappedLabel


class WelcomePage(QWidget):
    """Offers a new workspace, an existing one, and those opened last."""

    file_chosen = Signal(object)
    """A Path from the list."""

    def __init__(
        self,
        look: Look,
        messages: Messages,
        commands: Commands,
        recent: Sequence[Path],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._build(commands, recent)
        messages.said.connect(self._bar.show_message)

    @Slot(QListWidgetItem)
    def _on_item(self, item: QListWidgetItem) -> None:
        self.file_chosen.emit(Path(item.data(Qt.ItemDataRole.UserRole)))

    def _build(self, commands: Commands, recent: Sequence[Path]) -> None:
        self._bar = MessageBar(self._look, self)
        card = QFrame(self)
        card.setProperty("kind", "card")
        card.setFixedWidth(560)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(34, 30, 34, 30)
        inside.setSpacing(12)
        mark = IconLabel(self._look, "app-mark", "accent_fill", 36, card)
        mark.setMaximumWidth(36)
        title = QLabel(_("Welcome to CSDesk"), card)
        title.setProperty("kind", "title")
        words = WrappedLabel(
            _(
                "A workspace is one file that holds your accounts, their success plans and "
                "their KPIs. Make a new one, or open one you have."
            ),
            card,
        )
        new = QPushButton(_("New workspace…"), card)
        new.setProperty("kind", "primary")
        new.clicked.connect(commands.action("file.new").trigger)
        open_button = QPushButton(_("Open…"), card)
        open_button.clicked.connect(commands.action("file.open").trigger)
        sample = QPushButton(_("Try a sample…"), card)
        sample.clicked.connect(commands.action("file.sample").trigger)
        buttons = QHBoxLayout()
        buttons.addWidget(new)
        buttons.addWidget(open_button)
        buttons.addWidget(sample)
        buttons.addStretch(1)
        for widget in (mark, title, words):
            inside.addWidget(widget)
        inside.addLayout(buttons)
        if recent:
            inside.addSpacing(8)
            inside.addWidget(self._recent(card, recent))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 12, 22, 22)
        layout.addWidget(self._bar)
        layout.addStretch(2)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        layout.addLayout(middle)
        layout.addStretch(3)

    def _recent(self, card: QWidget, recent: Sequence[Path]) -> QWidget:
        box = QWidget(card)
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        heading = QLabel(_("Opened last"), box)
        heading.setProperty("kind", "small")
        listing = QListWidget(box)
        listing.setAccessibleName(_("Opened last"))
        listing.setIconSize(QSize(18, 18))
        for path in recent:
            item = QListWidgetItem(icon(self._look, "file-text"), path.name, listing)
            item.setData(Qt.ItemDataRole.UserRole, str(path))
            item.setToolTip(str(path))
        rows = min(5, len(recent))
        listing.setFixedHeight(rows * (listing.sizeHintForRow(0) + 2) + 4)
        listing.itemActivated.connect(self._on_item)
        listing.itemClicked.connect(self._on_item)
        layout.addWidget(heading)
        layout.addWidget(listing)
        return box
