"""The line above an outline: what to find, the keys that work in it, what to add."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from csdesk.actions.plan_items import ItemKind
from csdesk.i18n import _
from ui.icons import icon
from ui.theme import Look
from ui.widgets.elided_label import ElidedLabel


class PlanToolbar(QWidget):
    """Offers what can be done with plans and their outline by mouse."""

    add_asked = Signal(object)
    """The ItemKind to add near the cursor."""
    find_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "plain")
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 2, 4, 4)
        row.setSpacing(4)
        find = QToolButton(self)
        find.setIcon(icon(look, "search"))
        find.setToolTip(_("Find in this plan (Ctrl+F)"))
        find.setAccessibleName(_("Find in this plan"))
        find.clicked.connect(self.find_asked)
        row.addWidget(find)
        row.addWidget(self._hint(), 1)
        self._adders: dict[ItemKind, QPushButton] = {}
        words = {
            ItemKind.GOAL: _("Goal"),
            ItemKind.MILESTONE: _("Milestone"),
            ItemKind.ACTION: _("Action"),
        }
        for kind, text in words.items():
            button = QPushButton(text, self)
            button.setFlat(True)
            button.setIcon(icon(look, "plus"))
            button.setAccessibleName(_("Add: {what}").format(what=text))
            button.clicked.connect(lambda _on=False, kind=kind: self.add_asked.emit(kind))
            self._adders[kind] = button
            row.addWidget(button)

    def _hint(self) -> ElidedLabel:
        """Return the line of keys; it stands between the buttons, for rows need the room."""
        hint = ElidedLabel(self)
        hint.setProperty("kind", "small")
        hint.setContentsMargins(8, 0, 8, 0)
        hint.setMinimumWidth(1)
        hint.show_text(
            _("Enter: next row · Tab: indent · Space: tick off · Ctrl+↑↓: move · F6: details"),
            _("Enter: next row · Tab: indent · Space: tick off"),
            _("Enter: next row · Tab: indent"),
            "",
        )
        return hint

    def offer_kinds(self, kinds: Collection[ItemKind]) -> None:
        """Allow the kinds of items that have a place near the cursor."""
        for kind, button in self._adders.items():
            button.setEnabled(kind in kinds)
