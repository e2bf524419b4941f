"""Rows in groups: a model that puts a head above the rows of each group, which can be closed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic

from PySide6.QtCore import QModelIndex, QObject, Qt

from ui.tables import Column, Index, Row, RowsModel


@dataclass(frozen=True, slots=True)
class Grouping(Generic[Row]):
    """What rows are put together by: `of` gives a row's group, a name in the program.

    `describe` gives, from one of its rows, by what a group is put in order among the others and
    its title; `summary` says in a few words what its rows come to.
    """

    of: Callable[[Row], str]
    describe: Callable[[Row], tuple[Any, str]]
    summary: Callable[[Sequence[Row]], str]


@dataclass(frozen=True, slots=True)
class GroupHead:
    """What stands above the rows of a group; `rows` are all of them, in their order."""

    id: str
    group: str
    title: str
    rows: tuple[Any, ...]
    is_open: bool


class GroupedRowsModel(RowsModel[Row]):
    """Rows that can be shown in groups; sorting, searching and filtering work within them."""

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        searched: Callable[[Row], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, searched, parent)
        self._grouping: Grouping[Row] | None = None
        self._closed: set[str] = set()
        self._matching: list[Row] = []
        self._summaries: dict[str, tuple[tuple[Any, ...], str]] = {}

    @property
    def is_grouped(self) -> bool:
        """Whether there are heads among the rows."""
        return self._grouping is not None

    @property
    def closed_groups(self) -> tuple[str, ...]:
        """The groups whose rows are hidden under their head."""
        return tuple(sorted(self._closed))

    def rows(self) -> list[Row]:
        """Return the rows let through, in their order, those of closed groups included."""
        return list(self._matching)

    def matching(self, accepts: Callable[[Row], bool]) -> list[Row]:
        """Return the rows that pass the search and another filter than the one in force."""
        found = self.texts.having(self._words, self._sorted, self._all)
        return list(filter(accepts, map(self._all.__getitem__, found)))

    def make_ready(self) -> None:
        """Prepare for the first letter typed, in a moment when nobody waits."""
        self.texts.make_ready(self._all)

    def head_at(self, place: int) -> GroupHead | None:
        """Return the head shown at `place`; None where a row is."""
        entry = self._shown[place] if 0 <= place < len(self._shown) else None
        return entry if isinstance(entry, GroupHead) else None

    def head_places(self) -> list[int]:
        """Return where the heads are."""
        return [at for at, entry in enumerate(self._shown) if isinstance(entry, GroupHead)]

    def head_above(self, place: int) -> int:
        """Return where the head of the group at `place` is, -1 where nothing is grouped."""
        while place >= 0 and self.head_at(place) is None:
            place -= 1
        return place

    def summary(self, head: GroupHead) -> str:
        """Say what the rows of a group come to."""
        rows, text = self._summaries.get(head.id, ((), ""))
        if rows is not head.rows and self._grouping is not None:
            text = self._grouping.summary(head.rows)
            self._summaries[head.id] = head.rows, text
        return text

    def set_grouping(self, grouping: Grouping[Row] | None, closed: Iterable[str] = ()) -> None:
        """Show the rows in groups, the groups `closed` without their rows; None: no groups."""
        self._grouping = grouping
        self._summaries.clear()
        self._closed = set(closed)
        self._filter()

    def open_group(self, place: int, is_open: bool) -> None:
        """Show the rows of the group whose head is at `place`, or hide them."""
        head = self.head_at(place)
        if head is None or head.is_open == is_open:
            return
        self._shown[place] = self._head(head.group, head.title, head.rows, is_open=is_open)
        first, last = place + 1, place + len(head.rows)
        if is_open:
            self._closed.discard(head.group)
            self.beginInsertRows(QModelIndex(), first, last)
            self._shown[first:first] = head.rows
            self.endInsertRows()
        else:
            self._closed.add(head.group)
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._shown[first : last + 1]
            self.endRemoveRows()
        self._repaint(place)

    def open_all(self, is_open: bool) -> None:
        """Show or hide the rows of all groups."""
        for place in reversed(self.head_places()):
            self.open_group(place, is_open)

    def reveal(self, row_id: str) -> None:
        """Open the group of a row, so that the row can be seen."""
        for place in self.head_places():
            head = self.head_at(place)
            if head is not None and any(row.id == row_id for row in head.rows):
                self.open_group(place, True)
                return

    def _settle(self, touched: Collection[str]) -> None:
        super()._settle(touched)
        for place in self.head_places():  # what they count and add up may be new
            self._repaint(place)

    def _repaint(self, place: int) -> None:
        self.dataChanged.emit(self.index(place, 0), self.index(place, len(self._columns) - 1))

    def _passing(self) -> list[Any]:
        rows: list[Row] = super()._passing()
        self._matching = rows
        if self._grouping is None:
            return rows
        groups: defaultdict[str, list[Row]] = defaultdict(list)
        for name, row in zip(map(self._grouping.of, rows), rows, strict=True):
            groups[name].append(row)
        describe = self._grouping.describe
        described = {name: describe(members[0]) for name, members in groups.items()}
        shown: list[Any] = []
        self._matching = []
        for name in sorted(groups, key=lambda name: (*described[name], name)):
            is_open = name not in self._closed
            members = groups[name]
            shown.append(self._head(name, described[name][1], tuple(members), is_open=is_open))
            self._matching += members
            if is_open:
                shown += members
        return shown

    @staticmethod
    def _head(group: str, title: str, rows: tuple[Any, ...], *, is_open: bool) -> GroupHead:
        return GroupHead(f"group:{group}", group, title, rows, is_open)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.head_at(index.row()) is not None:
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        head = self.head_at(index.row()) if index.isValid() else None
        if head is None:
            return super().data(index, role)
        if role == Qt.ItemDataRole.DisplayRole:
            return head.title if index.column() == 0 else ""
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return f"{head.title}: {self.summary(head)}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None
