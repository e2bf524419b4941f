"""What is seen of a list: its table, another view of the rows, or what stands for them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QWidget

from csdesk.i18n import _
from ui.pages.rows_head import RowsWords
from ui.theme import Look
from ui.widgets.empty_state import EmptyState


class RowsFront(QStackedWidget):
    """Shows the rows, or the first step where there are none to be seen."""

    shown = Signal()
    """The rows in view may be others than before."""

    def __init__(
        self,
        look: Look,
        words: RowsWords,
        table: QWidget,
        start_new: Callable[[], object],
        unfold: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        """`start_new` asks for a first row, `unfold` shows rows that are over."""
        super().__init__(parent)
        self._look = look
        self._words = words
        self._table = table
        self._other: QWidget | None = None
        self._is_settled = (False, False)
        self._nothing = self._empty(words.nothing, words.new, start_new)
        self._all_over = self._empty(words.only_closed, _("Show what is over"), unfold)
        for part in (table, self._nothing, self._all_over):
            self.addWidget(part)

    @property
    def rows_view(self) -> QWidget | None:
        """What shows the rows and has the keyboard; None while there are none to be seen."""
        part = self.currentWidget()
        return part if part in (self._table, self._other) else None

    def show_instead(self, view: QWidget | None) -> None:
        """Show another view of the rows in place of the table; None shows the table."""
        self._other = view
        if view is not None and self.indexOf(view) < 0:
            self.addWidget(view)
        self.settle(*self._is_settled)

    def settle(self, has_rows: bool, are_seen: bool) -> None:
        """Show what fits: whether there are rows at all, and whether any are to be seen."""
        self._is_settled = (has_rows, are_seen)
        if not has_rows:
            self.setCurrentWidget(self._nothing)
        else:
            self.setCurrentWidget((self._other or self._table) if are_seen else self._all_over)
        self.shown.emit()

    def _empty(self, title: str, step: str, run: Callable[[], object]) -> EmptyState:
        action = QAction(self)
        action.triggered.connect(run)
        words = self._words
        return EmptyState(self._look, words.icon, title, words.purpose, ((step, action),))
