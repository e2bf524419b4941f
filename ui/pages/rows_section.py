"""What the tabs of people and contracts share: one editable table, a line for a new row."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from csdesk.i18n import current
from ui.desk import Desk
from ui.icons import icon
from ui.pages.section import Section
from ui.widgets.cells import Paint
from ui.widgets.edit_table import EditRowsModel, EditTable
from ui.widgets.empty_state import EmptyState
from ui.widgets.new_line import NewLine
from ui.widgets.pill import Pill


@dataclass(frozen=True, slots=True)
class RowsWords:
    """The words of such a tab."""

    title: str
    new: str
    new_hint: str
    icon: str
    nothing: str
    purpose: str
    note: str = ""


class RowsSection(Section):
    """A tab with one table whose cells are edited in place."""

    def __init__(self, desk: Desk, words: RowsWords, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._awaited = ""
        self._shown_account = ""
        self._model = self._make_model()
        self._build(words)

    @property
    def table(self) -> EditTable:
        """The table."""
        return self._table

    @property
    def model(self) -> EditRowsModel[Any]:
        """The rows."""
        return self._model

    @property
    def new_line(self) -> NewLine:
        """The line in which a new row is named."""
        return self._new_line

    @abstractmethod
    def add(self, name: str) -> None:
        """Add a row called `name`."""

    @abstractmethod
    def delete(self, row_ids: list[str]) -> None:
        """Delete rows and offer to undo it."""

    @abstractmethod
    def _make_model(self) -> EditRowsModel[Any]:
        """Make the model of the table."""

    @abstractmethod
    def _looks(self) -> tuple[Mapping[str, Paint], Mapping[str, int], Mapping[str, int], str]:
        """Return how cells are painted, the widths, the least widths, and the elastic column."""

    @abstractmethod
    def _rows(self) -> Sequence[Any]:
        """Return the rows of the account shown."""

    def refresh(self) -> None:
        rows = self._rows()
        if self.account_id != self._shown_account:
            self._shown_account = self.account_id
            self._model.set_rows(rows)
        else:
            self._model.show_rows(rows)
        self._count.show_words(current().number(len(rows)))
        self._parts.setCurrentIndex(0 if rows else 1)
        if self._model.place_of(self._awaited) >= 0:
            self._table.choose(self._awaited)
            self._awaited = ""

    def show_item(self, entity: str, item_id: str) -> None:
        self._table.choose(item_id)
        self._table.setFocus()

    def entrance(self) -> QWidget | None:
        return self._table

    @Slot()
    def start_new(self) -> None:
        """Ask for the name of a new row."""
        self._new_line.start()

    @Slot()
    def _on_line_closed(self) -> None:
        self._table.setFocus()

    def _added(self, row_id: str) -> None:
        """Show the new row and be ready for the next."""
        self._awaited = row_id
        self._new_line.clear()
        self.edited.emit()

    def _build(self, words: RowsWords) -> None:
        paints, widths, least, elastic = self._looks()
        card = QFrame(self)
        card.setProperty("kind", "card")
        self._table = EditTable(self._desk, self._model, paints, widths, elastic, card, least=least)
        self._table.setAccessibleName(words.title)
        title = QLabel(words.title, self)
        title.setProperty("kind", "heading")
        self._count = Pill(self)
        note = QLabel(words.note, self)
        note.setProperty("kind", "small")
        self._new = QPushButton(words.new, self)
        self._new.setIcon(icon(self._desk.look, "plus", "text"))
        self._new.setIconSize(QSize(16, 16))
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(title)
        head.addWidget(self._count)
        head.addWidget(note)
        head.addStretch(1)
        head.addWidget(self._new)
        self._new_line = NewLine(words.new, words.new_hint, self)
        step = QAction(self)
        step.triggered.connect(self.start_new)
        empty = EmptyState(
            self._desk.look, words.icon, words.nothing, words.purpose, ((words.new, step),)
        )
        self._parts = QStackedWidget(card)
        self._parts.addWidget(self._table)
        self._parts.addWidget(empty)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(7, 4, 7, 7)
        inside.addWidget(self._parts)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 14, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(self._new_line)
        layout.addWidget(card, 1)
        self._new.clicked.connect(self.start_new)
        self._new_line.entered.connect(self.add)
        self._new_line.closed.connect(self._on_line_closed)
        self._table.delete_asked.connect(self.delete)
