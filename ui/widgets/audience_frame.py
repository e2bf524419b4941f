"""A part of a panel that says who reads what is written in it: only we, or the customer too."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from csdesk.i18n import _
from ui.theme import Look
from ui.widgets.icon_label import IconLabel
from ui.widgets.inline_fields import INSIDE, NoteField
from ui.widgets.wrapped_label import WrappedLabel


class AudienceFrame(QFrame):
    """Has an icon and a line that name the audience, and fields below them."""

    def __init__(self, look: Look, parent: QWidget | None = None, *, internal: bool) -> None:
        super().__init__(parent)
        self._internal = internal
        self._tone = "warning" if internal else "accent"
        self.setProperty("kind", "internal" if internal else "customer")
        words = _("Internal only – never in the PDF") if internal else _("For the customer")
        self.setAccessibleName(words)
        label = QLabel(words, self)
        label.setProperty("kind", "internal" if internal else "customer")
        head = QHBoxLayout()
        head.setContentsMargins(INSIDE, 0, 0, 0)
        head.setSpacing(6)
        picture = IconLabel(look, "eye-off" if internal else "eye", self._tone, 15, self)
        head.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(label, 1)
        self.inside = QVBoxLayout(self)
        """Where fields go: those of the kind "below", or what is INSIDE pixels from the left."""
        self.inside.setContentsMargins(10 - INSIDE, 8, 10, 8)
        self.inside.setSpacing(4)
        self.inside.addLayout(head)

    def add_note(self, title: str, least_lines: int = 2) -> NoteField:
        """Add a text of several lines with a title above it, and return its field."""
        label = QLabel(title, self)
        label.setProperty("kind", "small")
        label.setContentsMargins(INSIDE, 0, 0, 0)
        field = NoteField(least_lines, self)
        field.setProperty("kind", "internal")
        field.setAccessibleName(f"{title}, {self.accessibleName()}")
        label.setBuddy(field)
        self.inside.addWidget(label)
        self.inside.addWidget(field)
        return field

    def add_words(self) -> WrappedLabel:
        """Add a small text below the fields, and return its label."""
        label = WrappedLabel("", self)
        label.setProperty("kind", "small")
        label.setContentsMargins(INSIDE, 0, 0, 0)
        self.inside.addWidget(label)
        return label
