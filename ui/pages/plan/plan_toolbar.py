"""The line above an outline: which plan, what to add, a new plan."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from csdesk.actions.plan_items import ItemKind
from csdesk.i18n import _
from csdesk.model.vocabulary import label_of
from csdesk.queries.accounts import PlanRow
from ui.icons import icon
from ui.theme import Look
from ui.widgets.choice_box import ElidedBox


class PlanToolbar(QWidget):
    """Offers what can be done with plans and their outline by mouse."""

    plan_chosen = Signal(str)
    add_asked = Signal(object)
    """The ItemKind to add near the cursor."""
    new_asked = Signal()
    delete_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "plain")
        self._chooser = ElidedBox(self)
        self._chooser.hide()
        self._chooser.setAccessibleName(_("Plan"))
        self._chooser.setMinimumWidth(140)
        self._chooser.activated.connect(self._on_chosen)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 2, 4, 4)
        row.setSpacing(4)
        row.addWidget(self._chooser)
        row.addStretch(1)
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
        new = QPushButton(_("New plan…"), self)
        new.clicked.connect(self.new_asked)
        delete = QPushButton(self)
        delete.setFlat(True)
        delete.setIcon(icon(look, "trash-2"))
        delete.setAccessibleName(_("Delete the plan"))
        delete.setToolTip(_("Delete the plan"))
        delete.clicked.connect(self.delete_asked)
        row.addWidget(new)
        row.addWidget(delete)

    def offer_plans(self, plans: Collection[PlanRow], chosen: str) -> None:
        """Offer the plans of an account; with one alone there is nothing to choose."""
        self._chooser.clear()
        for plan in plans:
            self._chooser.addItem(f"{plan.title} · {label_of(plan.status)}", plan.id)
        self._chooser.setCurrentIndex(self._chooser.findData(chosen))
        self._chooser.setVisible(len(plans) > 1)

    def offer_kinds(self, kinds: Collection[ItemKind]) -> None:
        """Allow the kinds of items that have a place near the cursor."""
        for kind, button in self._adders.items():
            button.setEnabled(kind in kinds)

    @Slot(int)
    def _on_chosen(self, place: int) -> None:
        self.plan_chosen.emit(str(self._chooser.itemData(place)))
