"""What a milestone waits for: chips to take away, and a line to find another milestone."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from csdesk.i18n import _
from ui.icons import icon
from ui.theme import Look
from ui.widgets.flow import Flow
from ui.widgets.pick_line import Pick, PickLine
from ui.widgets.tab_order import put_before

WIDEST = 150
"""Pixels of a title that a chip shows; the whole is its tooltip."""


class _Chip(QPushButton):
    """One milestone that is waited for; Enter, Space or Delete take it away."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
        if event.key() in keys:
            self.click()
        else:
            super().keyPressEvent(event)


class WaitsField(QWidget):
    """Shows and changes the milestones that one of them waits for."""

    changed = Signal(object)
    """The ids of what is waited for now, a set."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._waits: dict[str, str] = {}
        self._chips: dict[str, QPushButton] = {}
        title = QLabel(_("Waits for"), self)
        title.setProperty("kind", "small")
        self._flow = Flow(self)
        self._add = PickLine(_("Find a milestone…"), self)
        self._add.picked.connect(self._on_picked)
        title.setBuddy(self._add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        layout.addWidget(title)
        layout.addWidget(self._flow)
        layout.addWidget(self._add)

    @property
    def line(self) -> PickLine:
        """The line in which another milestone is found."""
        return self._add

    @property
    def titles(self) -> list[str]:
        """The titles of what is waited for."""
        return list(self._waits.values())

    def chip(self, milestone_id: str) -> QPushButton:
        """Return the chip of a milestone that is waited for. Raises KeyError for others."""
        return self._chips[milestone_id]

    def show_waits(self, milestones: list[tuple[str, str]], chosen: tuple[str, ...]) -> None:
        """Show which of the other milestones (id and title) are waited for."""
        wanted = {row_id: title for row_id, title in milestones if row_id in chosen}
        if wanted != self._waits:
            for chip in self._chips.values():
                self._flow.remove(chip)
                chip.hide()
                chip.deleteLater()
            self._waits = wanted
            self._chips = {row_id: self._make(row_id, title) for row_id, title in wanted.items()}
            put_before(self._add.field, self._chips.values())
        self._flow.setVisible(bool(wanted))
        others = [Pick(row_id, title) for row_id, title in milestones if row_id not in chosen]
        self._add.offer(others)
        self._add.setVisible(bool(others))

    def _make(self, row_id: str, title: str) -> QPushButton:
        words = self.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, WIDEST)
        chip = _Chip(words.replace("&", "&&"), self._flow)
        chip.setProperty("kind", "segment")
        chip.setIcon(icon(self._look, "x"))
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        chip.setToolTip(_("{title} – no longer wait for it").format(title=title))
        chip.setAccessibleName(_("No longer wait for {title}").format(title=title))
        chip.clicked.connect(partial(self._on_removed, row_id))
        self._flow.add(chip)
        chip.show()
        return chip

    def _on_picked(self, row_id: str) -> None:
        self.changed.emit({*self._waits, row_id})

    def _on_removed(self, row_id: str) -> None:
        self._add.setFocus()
        self.changed.emit(set(self._waits) - {row_id})
