"""The card of the outline: what can be done above it, the tree, and the keys below it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from csdesk.i18n import _
from ui.desk import Desk
from ui.pages.plan.agreement_line import AgreementLine
from ui.pages.plan.agreement_marks import AgreementMarks
from ui.pages.plan.outline_model import OutlineModel
from ui.pages.plan.outline_view import OutlineView
from ui.pages.plan.people_choice import People
from ui.pages.plan.plan_edits import PlanEdits
from ui.pages.plan.plan_toolbar import PlanToolbar


class OutlineCard(QFrame):
    """Holds the outline of one plan with the lines that belong to it."""

    def __init__(
        self, desk: Desk, edits: PlanEdits, people: People, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.toolbar = PlanToolbar(desk.look, self)
        """Which plan, and what to add."""
        self.model = OutlineModel(edits, self)
        """The rows."""
        self.view = OutlineView(desk, self.model, people, self)
        """The tree."""
        agreement = AgreementLine(desk.look, self)
        self.marks = AgreementMarks(desk, self.model, agreement, self)
        """What is not agreed yet."""
        hint = QLabel(
            _("Enter: next row · Tab: indent · Space: tick off · Ctrl+↑↓: move · F6: details"), self
        )
        hint.setProperty("kind", "small")
        hint.setContentsMargins(8, 2, 0, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(7, 6, 7, 7)
        layout.setSpacing(2)
        for widget in (self.toolbar, agreement):
            layout.addWidget(widget)
        layout.addWidget(self.view, 1)
        layout.addWidget(hint)
