"""Tells which item each row of a returned workbook is about, however the rows were moved.

A row's id says it. Where ids were lost or came apart from their rows (somebody sorted only the
visible columns), number and title say it, as long as they name one item only.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

from csdesk.exchange.tables import Row, shorten
from csdesk.exchange.workbook.tables import Found
from csdesk.i18n import _


@dataclass(frozen=True, slots=True)
class SentItem:
    """What names an item in the workbook as it was sent."""

    id: str
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class KnownRow:
    """A row and the item it is about; no id for a row that was added."""

    table: Found
    row: Row
    id: str
    number: str
    title: str
    answers: Hashable
    """All that the customer could have changed in the row."""
    is_as_sent: bool = False
    """Whether nothing was changed in it."""

    @property
    def place(self) -> str:
        """Say where the row stands."""
        return place_of(self.table, self.row)


def place_of(table: Found, row: Row) -> str:
    """Say where a row stands: Actions, row 12."""
    return _("{sheet}, row {row}").format(sheet=table.sheet, row=row[0])


def same(text: str) -> str:
    """Reduce a title to what counts: not how many blanks it has, nor how a letter is composed."""
    return " ".join(unicodedata.normalize("NFC", text).split())


class Recognition:
    """Recognises the rows of one kind; what it cannot recognise it says in `notices`."""

    def __init__(self, sent: Sequence[SentItem]) -> None:
        self._by_id = {item.id: item for item in sent if item.id}
        self._by_name: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._by_title: dict[str, list[str]] = defaultdict(list)
        for item in sent:
            if item.id:
                self._by_name[str(item.number), same(item.title)].append(item.id)
                self._by_title[same(item.title)].append(item.id)
        self.notices: list[str] = []

    def recognised(self, rows: Sequence[KnownRow]) -> list[KnownRow]:
        """Return the rows with the ids of their items, each item once, and the added rows."""
        rows = self._copies_apart(self._put_together(rows))
        there = {row.id for row in rows if row.id}
        found = [row if row.id else self._named(row, there) for row in rows]
        return self._once([row for row in found if row is not None])

    def missing(self, rows: Sequence[KnownRow]) -> list[SentItem]:
        """Return the items that no row is about any more."""
        there = {row.id for row in rows}
        return [item for row_id, item in self._by_id.items() if row_id not in there]

    def _put_together(self, rows: Sequence[KnownRow]) -> list[KnownRow]:
        """Follow the titles where ids came apart from their rows.

        That is so where the titles that do not go with their ids are those of just these ids.
        """
        apart = [
            row
            for row in rows
            if row.id in self._by_id
            and same(row.title) != self._sent_title(row.id)
            and same(row.title) in self._by_title
        ]
        titles = Counter(same(row.title) for row in apart)
        if len(apart) < 2 or titles != Counter(self._sent_title(row.id) for row in apart):
            return list(rows)
        mended: list[KnownRow] = []
        for row in rows:
            if not any(row is one for one in apart):
                mended.append(row)
            elif (row_id := self._only(row)) is not None:
                mended.append(replace(row, id=row_id))
            else:
                self._unknown(row)
        self.notices.append(
            _(
                "Rows were sorted without their hidden ids. They were recognised by number and"
                " title: {places}."
            ).format(places=", ".join(row.place for row in apart[:10]))
        )
        return mended

    def _copies_apart(self, rows: Sequence[KnownRow]) -> list[KnownRow]:
        """Take a copied row with a new title as an added one: copying a row copies its id."""
        count = Counter(row.id for row in rows if row.id)
        result = []
        for row in rows:
            is_copy = (
                count[row.id] > 1
                and row.id in self._by_id
                and same(row.title) != self._sent_title(row.id)
                and any(
                    other.id == row.id and same(other.title) == self._sent_title(row.id)
                    for other in rows
                )
            )
            result.append(replace(row, id="", number="") if is_copy else row)
        return result

    def _named(self, row: KnownRow, there: set[str]) -> KnownRow | None:
        """Recognise a row without an id; None, with a notice, where it may be any of several."""
        if not row.number.strip("+＋ "):
            ids = [one for one in self._by_title.get(same(row.title), ()) if one not in there]
            return replace(row, id=ids[0]) if len(ids) == 1 else row
        row_id = self._only(row)
        if row_id is not None and row_id not in there:
            return replace(row, id=row_id)
        may_be = any(one not in there for one in self._by_title.get(same(row.title), ()))
        if row_id is None and not may_be and not self._is_number_sent(row.number):
            return row
        self._unknown(row)
        return None

    def _only(self, row: KnownRow) -> str | None:
        for ids in (
            self._by_name.get((row.number, same(row.title)), []),
            self._by_title.get(same(row.title), []),
        ):
            if len(ids) == 1:
                return ids[0]
        return None

    def _is_number_sent(self, number: str) -> bool:
        return any(number == known for known, _title in self._by_name)

    def _once(self, rows: Sequence[KnownRow]) -> list[KnownRow]:
        """Keep one row of each item; rows that contradict each other are told and left out.

        A row in which nothing was changed, as in a copy of the sheet, contradicts nothing.
        """
        groups: dict[str, list[KnownRow]] = defaultdict(list)
        for row in rows:
            if row.id:
                groups[row.id].append(row)
        for row_id, group in groups.items():
            groups[row_id] = [row for row in group if not row.is_as_sent] or group[:1]
        refused: set[str] = set()
        for row_id, group in groups.items():
            if len({row.answers for row in group}) > 1:
                refused.add(row_id)
                self.notices.append(
                    _(
                        "{places}: these rows are about the same item, “{title}”, and say"
                        " different things. None of them was taken over."
                    ).format(
                        places="; ".join(row.place for row in group),
                        title=shorten(group[0].title),
                    )
                )
        kept: list[KnownRow] = []
        seen: set[str] = set()
        for row in rows:
            if not row.id:
                kept.append(row)
            elif row.id not in refused and row.id not in seen and row in groups[row.id]:
                seen.add(row.id)
                kept.append(row)
        return kept

    def _sent_title(self, row_id: str) -> str:
        return same(self._by_id[row_id].title)

    def _unknown(self, row: KnownRow) -> None:
        self.notices.append(
            _(
                "{place}: it is not clear which item “{title}” is: its hidden id is missing, and"
                " its title does not name one item only. The row was not taken over."
            ).format(place=row.place, title=shorten(row.title))
        )
