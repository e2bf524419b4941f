"""Which sections a document has: one box for each, in the document's order."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from csdesk.i18n import _
from csdesk.model.vocabulary import DocumentSection


class SectionList(QWidget):
    """Boxes of all sections; arrows go from one to the next, a switched-off one is left out."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: dict[DocumentSection, QCheckBox] = {}
        self.setAccessibleName(_("Sections"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 0)
        layout.setSpacing(6)
        for section in DocumentSection:
            box = QCheckBox(section.label(), self)
            box.clicked.connect(self.edited)
            layout.addWidget(box)
            self._boxes[section] = box

    @property
    def left_out(self) -> frozenset[DocumentSection]:
        """The sections switched off."""
        return frozenset(one for one, box in self._boxes.items() if not box.isChecked())

    def box(self, section: DocumentSection) -> QCheckBox:
        """Return the box of a section."""
        return self._boxes[section]

    def show_left_out(self, left_out: AbstractSet[DocumentSection]) -> None:
        """Switch all others on; tells nothing."""
        for section, box in self._boxes.items():
            box.setChecked(section not in left_out)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        boxes = list(self._boxes.values())
        at = next((number for number, box in enumerate(boxes) if box.hasFocus()), None)
        by = steps.get(Qt.Key(event.key()))
        if by is None or at is None or not 0 <= at + by < len(boxes):
            super().keyPressEvent(event)
        else:
            boxes[at + by].setFocus(Qt.FocusReason.TabFocusReason)
