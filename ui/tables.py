"""Tables of rows from a query: the model, the view, and how a column is declared.

Sorting and filtering happen in the model, over the whole list at once. A QSortFilterProxyModel
would ask Python for a value some 120,000 times to sort 5,000 rows; this asks 5,000 times.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress, repeat
from operator import contains
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from csdesk.store.words import fold

Index = QModelIndex | QPersistentModelIndex

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
"""The whole row behind a cell."""

SORT_ROLE = Qt.ItemDataRole.UserRole + 2
"""The cell's value in its native type, None where there is none."""


MOST_FOUND = 16
"""How many searches are remembered with what they found."""

MANY = 200
"""Touched rows from which all of them are painted again at once."""


class HasId(Protocol):
    """A row that can be told from others."""

    @property
    def id(self) -> str:
        """Return the entity's id."""
        ...


Row = TypeVar("Row", bound=HasId)


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its name in the program, its title and how it gets text and value of a row.

    `value` is what the column sorts by, of one type throughout, None last either way; `text` is
    what a screen reader and the clipboard get, and what is drawn where no delegate is set.
    """

    key: str
    title: str
    text: Callable[[Row], str]
    value: Callable[[Row], Any]
    right: bool = False
    hint: str = ""
    """What the column means, as a tooltip of its head."""
    tip: Callable[[Row], str] | None = None
    """What a cell has no room for, as its tooltip."""


class FoldedTexts(Generic[Row]):
    """What rows are found by as one types: folded when it is first asked for, and kept.

    What was found is kept too: the next letter looks only there, and a filter or another order
    need not look again.
    """

    def __init__(self, searched: Callable[[Row], str]) -> None:
        """Fold what `searched` gives: all that a row can be found by."""
        self._searched = searched
        self._texts: dict[str, str] = {}
        self._found: dict[tuple[str, ...], set[str]] = {}

    def forget(self, row_id: str) -> None:
        """Fold a row's text again when it is next asked for."""
        self._texts.pop(row_id, None)
        self._found.clear()

    def forget_all(self) -> None:
        """Fold all texts again."""
        self._texts.clear()
        self._found.clear()

    def make_ready(self, rows: Mapping[str, Row]) -> None:
        """Fold the texts of these rows now, so that the first letter typed need not wait."""
        if len(self._texts) == len(rows):
            return  # there are none but of these
        for row_id, row in rows.items():
            if row_id not in self._texts:
                self._texts[row_id] = fold(self._searched(row))

    def having(
        self, words: tuple[str, ...], row_ids: list[str], rows: Mapping[str, Row]
    ) -> list[str]:
        """Return those of `row_ids` in whose text every one of the folded words occurs.

        `rows` are all rows there are, by their ids.
        """
        if not words:
            return row_ids
        self.make_ready(rows)
        found = self._found.get(words)
        if found is None:
            if len(self._found) == MOST_FOUND:
                self._found.clear()
            found = self._found[words] = self._look_for(words)
        return list(filter(found.__contains__, row_ids))

    def _look_for(self, words: tuple[str, ...]) -> set[str]:
        """Look where fewer or shorter words were found, else in all texts."""
        wider = (found for before, found in self._found.items() if _narrows(words, before))
        row_ids: Collection[str] = min(wider, key=len, default=self._texts.keys())
        for word in words:
            # No loop of Python's own: each key typed goes through thousands of texts.
            texts = map(self._texts.__getitem__, row_ids)
            row_ids = list(compress(row_ids, map(contains, texts, repeat(word))))
        return set(row_ids)


def _narrows(words: tuple[str, ...], before: tuple[str, ...]) -> bool:
    """Tell whether whatever has all of `words` has all words of `before` as well."""
    return all(any(short in word for word in words) for short in before)


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Rows in declared columns, sorted and filtered as one types."""

    shown_changed = Signal()
    """How many rows are shown, or that there are any, may have changed."""

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        searched: Callable[[Row], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self.texts = FoldedTexts(searched)
        self._all: dict[str, Row] = {}
        # The ids of all rows in the order in force: a search only filters. Ids and no pairs with
        # them, for thousands of new tuples wake Python's collector, which takes longer than all.
        self._sorted: list[str] = []
        self._keys: dict[str, Any] = {}
        """What each row sorts by in the order in force."""
        # Rows; a model that groups puts the heads of its groups among them.
        self._shown: list[Any] = []
        self._words: tuple[str, ...] = ()
        self._accepts: Callable[[Row], bool] | None = None
        self._order: tuple[int, Qt.SortOrder] = (-1, Qt.SortOrder.AscendingOrder)

    @property
    def columns(self) -> tuple[Column[Row], ...]:
        """The columns in the order of the model."""
        return self._columns

    @property
    def total(self) -> int:
        """How many rows there are, shown or not."""
        return len(self._all)

    def rows(self) -> list[Row]:
        """Return the rows shown, in their order."""
        return list(self._shown)

    def all_rows(self) -> list[Row]:
        """Return all rows, shown or not."""
        return list(self._all.values())

    def row(self, place: int) -> Row:
        """Return the row shown at `place`, counted from 0."""
        row: Row = self._shown[place]
        return row

    def place_of(self, row_id: str) -> int:
        """Return where a row is shown, -1 where it is not."""
        return next((place for place, row in enumerate(self._shown) if row.id == row_id), -1)

    def set_rows(self, rows: Iterable[Row]) -> None:
        """Show these rows and no others."""
        self.beginResetModel()
        self._all = {row.id: row for row in rows}
        self.texts.forget_all()
        self._keys.clear()
        self._shown = self._arranged()
        self.endResetModel()
        self.shown_changed.emit()

    def update_rows(self, touched: Iterable[str], rows: Iterable[Row]) -> None:
        """Replace the touched rows by what is now known of them; those not in `rows` are gone.

        Rows that stay where they are are only painted again, so selection and scrolling stay.
        """
        now = {row.id: row for row in rows}
        for row_id in touched:
            self._keys.pop(row_id, None)
            self.texts.forget(row_id)
            if row_id in now:
                self._all[row_id] = now[row_id]
            else:
                self._all.pop(row_id, None)
        self._settle(now)

    def show_rows(self, rows: Iterable[Row]) -> None:
        """Show these rows and no others, in this order where none is in force.

        Rows that were there already are moved and painted again, so selection, scrolling and an
        open editor stay.
        """
        self._all = {row.id: row for row in rows}
        self.texts.forget_all()
        self._keys.clear()
        self._settle(self._all)

    def _settle(self, touched: Collection[str]) -> None:
        """Bring what is shown up to date step by step, and have touched rows painted again."""
        before = [row.id for row in self._shown]
        after = self._arranged()
        same = before == [row.id for row in after]
        if same:
            self._shown = after
        else:
            self._take_away({row.id for row in after})
            self._insert_new(after)
            self._reorder(after)
        last = len(self._columns) - 1
        if len(touched) > MANY and self._shown:
            below = self.index(len(self._shown) - 1, last)
            self.dataChanged.emit(self.index(0, 0), below)
        else:
            for place, row in enumerate(self._shown):
                if row.id in touched:
                    self.dataChanged.emit(self.index(place, 0), self.index(place, last))
        if not same:
            self.shown_changed.emit()

    def set_search(self, text: str) -> None:
        """Show only the rows in which every word of `text` occurs."""
        words = tuple(fold(text).split())
        if words != self._words:
            self._words = words
            self._filter()

    def set_filter(self, accepts: Callable[[Row], bool] | None, *, is_same: bool = False) -> None:
        """Show only the rows that `accepts`, besides the search; None for all.

        Where it `is_same` as before, only asked anew, selection and scrolling stay.
        """
        self._accepts = accepts
        if is_same:
            self._settle(())
        else:
            self._filter()

    def _filter(self) -> None:
        self.beginResetModel()
        self._shown = self._passing()
        self.endResetModel()
        self.shown_changed.emit()

    def _arranged(self) -> list[Any]:
        """Sort the rows anew and return what is to be shown."""
        self._sorted = self._in_order(self._all)
        return self._passing()

    def _passing(self) -> list[Any]:
        """Return what is to be shown: the rows that pass search and filter, in their order."""
        found = self.texts.having(self._words, self._sorted, self._all)
        rows = map(self._all.__getitem__, found)
        return list(rows if self._accepts is None else filter(self._accepts, rows))

    def _in_order(self, row_ids: Iterable[str]) -> list[str]:
        """Return the ids of all rows in the order in force, those without a value last.

        Rows of the same value stay as they stand in `row_ids`.
        """
        number, order = self._order
        if number < 0:
            return list(self._all)
        row_ids = list(row_ids)
        keys, value = self._keys, self._columns[number].value
        for row_id, row in self._all.items():
            if row_id not in keys:
                keys[row_id] = value(row)
        known = [row_id for row_id in row_ids if keys[row_id] is not None]
        known.sort(key=keys.__getitem__, reverse=order == Qt.SortOrder.DescendingOrder)
        if len(known) < len(row_ids):
            known += [row_id for row_id in row_ids if keys[row_id] is None]
        return known

    def _take_away(self, staying: set[str]) -> None:
        last = len(self._shown) - 1
        while last >= 0:
            first = last + 1
            while first > 0 and self._shown[first - 1].id not in staying:
                first -= 1
            if first <= last:  # neighbours go together
                self.beginRemoveRows(QModelIndex(), first, last)
                del self._shown[first : last + 1]
                self.endRemoveRows()
            last = first - 1 if first <= last else last - 1

    def _insert_new(self, after: list[Any]) -> None:
        known = {row.id for row in self._shown}
        new = [row for row in after if row.id not in known]
        if new:
            first = len(self._shown)
            self.beginInsertRows(QModelIndex(), first, first + len(new) - 1)
            self._shown += new
            self.endInsertRows()

    def _reorder(self, after: list[Any]) -> None:
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        if old:
            places = {row.id: place for place, row in enumerate(after)}
            new = [self.index(places[self._shown[index.row()].id], index.column()) for index in old]
            self._shown = after
            self.changePersistentIndexList(old, new)
        self._shown = after
        self.layoutChanged.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        row = self._shown[index.row()]
        if role == ROW_ROLE:
            return row
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == SORT_ROLE:
            return column.value(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tip(row) if column.tip is not None else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.hint or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if (column, order) == self._order:
            return  # Qt asks twice, and rows are kept in order anyway
        turned = column == self._order[0]
        self._order = (column, order)
        if not turned:
            self._keys.clear()
        # Turned round, what is in order is soon in order again.
        self._sorted = self._in_order(self._sorted if turned else self._all)
        self._reorder(self._passing())
