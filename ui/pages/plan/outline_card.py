"""The card of the outline: what can be done above it, and the tree."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout, QWidget

from csdesk.queries.outline_filter import Sought
from ui.commands import Command
from ui.desk import Desk
from ui.pages.plan.agreement_line import AgreementLine
from ui.pages.plan.agreement_marks import AgreementMarks
from ui.pages.plan.find_bar import FindBar
from ui.pages.plan.outline_commands import fill_menu, menu_commands, outline_commands
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
        self.finder = FindBar(desk.look, self)
        """What is looked for."""
        self._desk = desk
        layout = QVBoxLayout(self)
        layout.setContentsMargins(7, 6, 7, 7)
        layout.setSpacing(2)
        for widget in (self.toolbar, self.finder, agreement):
            layout.addWidget(widget)
        layout.addWidget(self.view, 1)
        self._connect()

    def commands(self) -> tuple[Command, ...]:
        """Return all that can be done in the outline."""
        return outline_commands(self.view, self.finder)

    @Slot(bool)
    def _on_finder(self, is_open: bool) -> None:
        """Let the line of the search stand in place of the buttons: rows need the room."""
        self.toolbar.setVisible(not is_open)

    @Slot(object)
    def _on_sought(self, sought: Sought) -> None:
        self.view.finding.seek(replace(sought, me=self._desk.me))

    @Slot()
    def _on_entered(self) -> None:
        """Lead from the words to what was found."""
        if not self.view.finding.sought.is_all:
            self.view.finding.go_to_found()
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(QPoint)
    def _on_menu_asked(self, place: QPoint) -> None:
        menu = QMenu(self.view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fill_menu(menu, menu_commands(self.view, self.finder))
        menu.popup(self.view.viewport().mapToGlobal(place))

    def _connect(self) -> None:
        self.finder.opened.connect(self._on_finder)
        self.finder.sought.connect(self._on_sought)
        self.finder.entered.connect(self._on_entered)
        self.finder.closed.connect(self._on_entered)
        self.view.finding.changed.connect(self.finder.show_found)
        self.view.search_given_up.connect(self.finder.close_bar)
        self.toolbar.find_asked.connect(self.finder.start)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._on_menu_asked)
