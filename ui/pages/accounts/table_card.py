"""The card of the accounts table: the table, or what to do where there is nothing in it."""

from __future__ import annotations

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from csdesk.i18n import _
from ui.theme import Look
from ui.widgets.empty_state import EmptyState


class TableCard(QFrame):
    """Shows one of three: the table, how to begin, or that no account matches."""

    new_asked = Signal()
    import_asked = Signal()
    clear_asked = Signal()

    def __init__(self, look: Look, table: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._table = table
        self._look = look
        self._nothing: EmptyState | None = None
        self._no_match: EmptyState | None = None
        self._parts = QStackedWidget(self)
        self._parts.addWidget(table)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(7, 4, 7, 7)
        inside.addWidget(self._parts)

    @property
    def front(self) -> QWidget | None:
        """What is shown: the table, or what to do where there is nothing in it."""
        return self._parts.currentWidget()

    def show_part(self, shown: int, total: int) -> None:
        """Show what fits `shown` of `total` accounts."""
        part = self._table
        if total == 0:
            part = self._nothing = self._nothing or self._make_nothing()
        elif not shown:
            part = self._no_match = self._no_match or self._make_no_match()
        self._parts.setCurrentWidget(part)

    def _make_nothing(self) -> EmptyState:
        state = EmptyState(
            self._look,
            "building-2",
            _("Your accounts will stand here"),
            _(
                "An account is a customer company: its contracts, its people, its success plan "
                "and its KPIs. Add the first by name, or import the spreadsheet you have."
            ),
            (
                (_("New account"), self._step(self.new_asked)),
                (_("Import a spreadsheet…"), self._step(self.import_asked)),
            ),
        )
        self._parts.addWidget(state)
        return state

    def _make_no_match(self) -> EmptyState:
        state = EmptyState(
            self._look,
            "search",
            _("No account matches"),
            _("No account is let through by what you typed and the filters you chose."),
            ((_("Clear filters"), self._step(self.clear_asked)),),
        )
        self._parts.addWidget(state)
        return state

    def _step(self, asked: SignalInstance) -> QAction:
        action = QAction(self)
        action.triggered.connect(asked)
        return action
