"""Keeps the names of a workspace ready for the palette, in step with what changes.

They are read on a thread of their own when the palette is first opened; what changes later is
read at once, row by row.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from csdesk.i18n import current
from csdesk.insight.name_index import Found, NameIndex
from csdesk.progress import Progress
from csdesk.queries.palette import KINDS, Kind, palette_names
from csdesk.store.touching import Change
from csdesk.store.words import fold
from ui.desk import Desk
from ui.tasks import Tasks

ACCOUNTS = "accounts"

MOST_AT_ONCE = 400
"""So many changed rows are read at once; more are read on the thread."""


class Finder(QObject):
    """The names of one desk's workspace."""

    ready = Signal()
    """All names are known now, or known anew."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._me: str | None = None
        self._language = ""
        self._indexes: dict[str, NameIndex] = {}
        self._touched: dict[str, set[str]] = {}
        self._is_stale = True
        self._is_complete = False
        self._reading = False
        self._tasks = Tasks(self)
        self._tasks.crashed.connect(desk.tasks.crashed)
        desk.changed.connect(self._on_changed)
        desk.preferences.changed.connect(self._on_preferences)
        desk.closed.connect(self._on_closed)

    @property
    def is_ready(self) -> bool:
        """Whether the names are known."""
        return self._is_complete

    @Slot()
    def prepare(self) -> None:
        """Read what changed since the names were read; all of them where they never were."""
        if self._reading:
            return
        self._is_stale |= self._language != current().language
        if not self._is_stale and sum(map(len, self._touched.values())) <= MOST_AT_ONCE:
            touched, self._touched = self._touched, {}
            for kind in KINDS:
                self._take(kind, touched)
        else:
            self._read_all()

    def read_accounts(self) -> None:
        """Know the accounts at once, for somebody who cannot wait for all the names."""
        if ACCOUNTS not in self._indexes:
            kind = next(kind for kind in KINDS if kind.name == ACCOUNTS)
            self._indexes = {ACCOUNTS: _index(self._desk, kind, self._desk.me)}

    def find(self, kind: Kind, asked: str, limit: int, recent: Collection[str] = ()) -> list[Found]:
        """Return the names of a kind that fit, the best first; none before they are known."""
        index = self._indexes.get(kind.name)
        if index is None:
            return []
        around = self._indexes[ACCOUNTS] if kind.name != ACCOUNTS else None
        return index.find(asked, limit, recent, around)

    def account(self, account_id: str) -> str:
        """Return what an account is called; empty where it is not known."""
        index = self._indexes.get(ACCOUNTS)
        name = index.name(account_id) if index is not None else None
        return name.title if name is not None else ""

    def _read_all(self) -> None:
        self._reading, self._is_stale = True, False
        self._touched.clear()
        self._me = self._desk.me
        self._language = current().language
        task = self._tasks.prepare("", partial(_indexes, self._desk, self._me))
        task.succeeded.connect(self._on_read)
        self._tasks.start(task)

    def _take(self, kind: Kind, touched: Mapping[str, set[str]]) -> None:
        """Read anew the rows of a kind that were touched, and those of touched accounts."""
        index, accounts = self._indexes[kind.name], touched.get("account", set())
        for entity in kind.entities:
            ids = set(touched.get(entity, ()))
            if accounts and entity != "account":  # whose they are ranks them
                ids |= index.ids_about(accounts)
            if ids:
                index.change(ids, self._desk.read(palette_names, entity, self._me, ids))

    @Slot(object)
    def _on_read(self, indexes: Mapping[str, NameIndex]) -> None:
        self._reading, self._is_complete = False, True
        self._indexes = dict(indexes)
        self.prepare()
        self.ready.emit()

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        """Note what was touched; it is read when somebody looks for something."""
        if change.everything or change.touches("member"):
            self._is_stale = True
        for kind in KINDS:
            for entity in kind.entities:
                self._touched.setdefault(entity, set()).update(change.rows.get(entity, ()))

    @Slot()
    def _on_preferences(self) -> None:
        """Rank names anew where somebody else sits here now."""
        if self._is_complete and self._desk.me != self._me:
            self._is_stale = True

    @Slot()
    def _on_closed(self) -> None:
        self._tasks.settle()
        self._tasks.close()


def finder_of(desk: Desk) -> Finder:
    """Return the one finder of a desk."""
    found = desk.findChild(Finder)
    return found if isinstance(found, Finder) else Finder(desk)


def _indexes(desk: Desk, me: str | None, progress: Progress) -> dict[str, NameIndex]:
    """Read all names; runs on the worker's thread."""
    indexes = {}
    for number, kind in enumerate(KINDS):
        progress.report(number, len(KINDS))
        indexes[kind.name] = _index(desk, kind, me)
    return indexes


def _index(desk: Desk, kind: Kind, me: str | None) -> NameIndex:
    index = NameIndex(fold, of_names=kind.of_names)
    index.fill(name for entity in kind.entities for name in desk.read(palette_names, entity, me))
    return index
