"""The note that stays inside: set apart by its ground, its words and a pill."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from csdesk.i18n import _
from ui.widgets.inline_fields import INSIDE, NoteField
from ui.widgets.pill import Pill


class InternalNote(QFrame):
    """Holds the field of an internal note and says that no document shows it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "internal")
        label = QLabel(_("Internal note"), self)
        label.setProperty("kind", "internal")
        pill = Pill(self)
        pill.show_words(_("Not in the PDF"), "neutral")
        self.field = NoteField(2, self)
        """The text."""
        self.field.setProperty("kind", "internal")
        self.field.setAccessibleName(_("Internal note, never in the PDF"))
        label.setBuddy(self.field)
        head = QHBoxLayout()
        head.setContentsMargins(INSIDE, 0, 0, 0)
        head.setSpacing(8)
        head.addWidget(label)
        head.addWidget(pill)
        head.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10 - INSIDE, 8, 10, 8)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.field)
