"""Which columns the accounts table shows, in which order and how wide, as a view keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt

from csdesk.insight.account_view import AccountView
from ui.pages.accounts.table import USUAL
from ui.widgets.row_table import RowTable

FIRST = "name"
"""The column that is always shown, for it says which account a row is."""


class TableLayout:
    """Reads and sets the columns of a table by their keys."""

    def __init__(self, table: RowTable, keys: Sequence[str]) -> None:
        """`keys` are the keys of the model's columns, in the model's order."""
        self._table = table
        self._keys = tuple(keys)
        self._unknown: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all columns there are."""
        return self._keys

    @property
    def unknown(self) -> tuple[str, ...]:
        """Columns of the view in force that only a newer version has; they are kept in it."""
        return self._unknown

    def shown(self) -> tuple[str, ...]:
        """Return the keys of the columns shown, from the left."""
        return tuple(key for key in self.in_order() if self.is_shown(key))

    def in_order(self) -> tuple[str, ...]:
        """Return the keys of all columns from the left, hidden ones where they would come back."""
        header = self._table.horizontalHeader()
        return tuple(self._keys[header.logicalIndex(at)] for at in range(len(self._keys)))

    def is_shown(self, key: str) -> bool:
        """Tell whether a column is shown."""
        return self._table.is_column_shown(self._keys.index(key))

    def show_column(self, key: str, shown: bool) -> None:
        """Show or hide a column; the account's name stays."""
        if key != FIRST:
            self._table.show_column(self._keys.index(key), shown)

    def move(self, key: str, by: int) -> bool:
        """Move a column past its neighbours; tell whether there was room to."""
        header = self._table.horizontalHeader()
        place = header.visualIndex(self._keys.index(key))
        if not 0 <= place + by < len(self._keys):
            return False
        header.moveSection(place, place + by)
        return True

    def sorting(self) -> tuple[str, bool]:
        """Return the column that is sorted by, and whether from the largest."""
        header = self._table.horizontalHeader()
        number = header.sortIndicatorSection()
        key = self._keys[number] if 0 <= number < len(self._keys) else FIRST
        return key, header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder

    def sort(self, key: str, descending: bool) -> None:
        """Sort by a column; by name where there is no such column."""
        number = self._keys.index(key) if key in self._keys else self._keys.index(FIRST)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        if self.sorting() != (self._keys[number], descending):
            self._table.horizontalHeader().setSortIndicator(number, order)

    def fitted(self, view: AccountView) -> AccountView:
        """Return a view as the table can show it, columns that are not known behind all others."""
        known = [key for key in view.columns if key in self._keys]
        unknown = [key for key in view.columns if key not in self._keys]
        shown = known or list(USUAL) if view.columns else []
        if shown and FIRST not in shown:
            shown.insert(0, FIRST)
        sort = view.sort if view.sort in self._keys else FIRST
        return replace(view, columns=(*shown, *unknown), sort=sort)

    def apply(self, view: AccountView) -> None:
        """Show the columns of a view as it has them; keys that are not known are passed over."""
        columns = self.fitted(view).columns or USUAL
        wanted = [key for key in columns if key in self._keys]
        self._unknown = tuple(key for key in columns if key not in self._keys)
        if self.shown() != tuple(wanted):
            header = self._table.horizontalHeader()
            rest = [key for key in self._keys if key not in wanted]
            for place, key in enumerate([*wanted, *rest]):
                number = self._keys.index(key)
                header.moveSection(header.visualIndex(number), place)
        numbers = [self._keys.index(key) for key in wanted]
        self._table.show_columns(numbers, are_chosen=tuple(wanted) != USUAL)
        self._table.size_columns(
            {self._keys.index(key): width for key, width in view.widths if key in self._keys}
        )
        self.sort(view.sort, view.descending)

    def widths(self) -> tuple[tuple[str, int], ...]:
        """Return the columns the user has sized, with their pixels."""
        sized = self._table.sized_columns()
        return tuple((self._keys[number], width) for number, width in sorted(sized.items()))
