"""What the four lists of this tab share: rows come by a line, are edited in place, can be over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from csdesk.i18n import _
from ui.commands import Command
from ui.desk import Desk
from ui.pages.rows_head import RowsWords
from ui.pages.rows_section import RowsSection

LONGEST = 40
"""Characters of a row's text that the name of an undo step quotes."""


@dataclass(frozen=True, slots=True)
class Verbs:
    """What can be done with such rows, and how each step is called.

    `add_label` and `edit_label` hold {name}; the others get how many rows are deleted.
    """

    add: Callable[..., str]
    edit: Callable[..., None]
    delete: Callable[..., None]
    add_label: str
    edit_label: str
    delete_label: Callable[[int], str]
    deleted: Callable[[int], str]


class RelationList(RowsSection):
    """A list of what may go wrong or well at an account."""

    has_panel = True

    def __init__(
        self, desk: Desk, words: RowsWords, verbs: Verbs, parent: QWidget | None = None
    ) -> None:
        self._verbs = verbs
        super().__init__(desk, words, parent)
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(0, 8, 0, 0)

    @Slot(str)
    def add(self, name: str) -> None:
        """Add a row with this text."""
        label = self._verbs.add_label.format(name=shortened(name))
        step = self._desk.write(
            label, self._verbs.add, self.account_id, name, **self.first_values()
        )
        if step is not None:
            self._added(step.result)

    @Slot(list)
    def delete(self, row_ids: list[str]) -> None:
        """Delete rows and offer to undo it."""
        count = len(row_ids)
        label = self._verbs.delete_label(count)
        if self._desk.write(label, self._verbs.delete, row_ids) is not None:
            self._desk.offer_undo(self._verbs.deleted(count))
            self.edited.emit()

    def first_values(self) -> dict[str, Any]:
        """Return what a new row of this account begins with."""
        return {}

    def fields_of(self, field: str, value: Any) -> dict[str, Any]:
        """Return the fields to set for what was entered into one."""
        return {field: value}

    def name_of(self, row: Any) -> str:
        """Return the text a row goes by."""
        return str(row.title)

    def commands(self) -> tuple[Command, ...]:
        delete = Command(
            f"{self.name}.delete",
            lambda: _("Delete the chosen rows"),
            lambda: self.delete(self.table.chosen_ids()),
            "Del",
            "trash-2",
            is_enabled=lambda: bool(self.table.chosen_ids()),
            heard=True,
        )
        return (*super().commands(), delete)

    def _store(self, row: Any, field: str, value: Any) -> bool:
        label = self._verbs.edit_label.format(name=shortened(self.name_of(row)))
        fields = self.fields_of(field, value)
        done = self._desk.write(label, self._verbs.edit, row.id, **fields) is not None
        self.edited.emit()
        return done

    def _is_closed(self, row: Any) -> bool:
        return bool(row.is_closed)


def shortened(text: str) -> str:
    """Return the beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def people(rows: Sequence[Any]) -> list[tuple[str, str]]:
    """Return choices as pairs of id and name."""
    return [(one.id, one.name) for one in rows]
