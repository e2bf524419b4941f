"""What is typed of a touchpoint that is not logged yet: kept for each account until it is."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from csdesk.errors import UserError
from csdesk.insight.typed_actions import Person
from csdesk.model.vocabulary import Side
from csdesk.store.drafts import keep_drafts, kept_drafts
from ui.desk import Desk

PAUSE = 800
"""Milliseconds after the last key in which what is typed reaches the disk."""

_APART = "~"
"""Between the id of an account and the number of a further draft of it."""

_TEXTS = ("when", "name", "summary", "private_note", "decisions", "reaction", "actions")


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of the quick log as they stand."""

    channel: str | None = None
    type: str | None = None
    when: str = ""
    """The moment as typed; empty where the proposed one stands."""
    people: tuple[Person, ...] = ()
    name: str = ""
    """A name that is typed and not taken in yet."""
    summary: str = ""
    private_note: str = ""
    decisions: str = ""
    reaction: str = ""
    actions: str = ""

    @property
    def has_words(self) -> bool:
        """Whether anything was typed that would be missed."""
        texts = (self.summary, self.private_note, self.decisions, self.reaction, self.actions)
        return any(text.strip() for text in (*texts, self.name))


class Drafts(QObject):
    """The drafts of all windows at a workspace; what is typed reaches the disk a moment later.

    An account may have several, where two windows log something of it at once. A window takes one
    up that no other window is at, and has it for itself until it turns to another account.
    """

    taken = Signal(str)
    """The id of an account of which a window has taken up a draft, or let go of it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._drafts: dict[str, Draft] = {}
        self._holders: dict[str, Desk] = {}
        self._known: set[Desk] = set()
        self._unwritten: set[str] = set()
        try:
            kept = kept_drafts(desk.workspace.replica)
        except UserError as error:
            kept = {}
            desk.messages.error(error)
        for key, values in kept.items():
            self._drafts[key] = _draft_of(values)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.write)
        desk.closed.connect(self.write)

    @classmethod
    def of(cls, desk: Desk) -> Drafts:
        """Return the drafts of a desk, which it shares with those beside it."""
        found = desk.first.findChild(cls)
        return found if isinstance(found, cls) else cls(desk.first)

    def draft(self, account_id: str, desk: Desk) -> Draft | None:
        """Take up what was typed for an account; None where nothing waits for this desk."""
        key = self._held(account_id, desk)
        if not key:
            key = next((one for one in self._keys(account_id) if one not in self._holders), "")
            self._hold(key, desk)
        return self._drafts.get(key)

    def is_elsewhere(self, account_id: str, desk: Desk) -> bool:
        """Tell whether another window is at a draft of an account."""
        return any(
            self._holders.get(key, desk) is not desk and self._drafts[key].has_words
            for key in self._keys(account_id)
        )

    def keep(self, account_id: str, draft: Draft, desk: Desk) -> None:
        """Keep what is typed at a desk for an account, beside what others type for it."""
        key = self._held(account_id, desk) or self._free_key(account_id)
        self._drafts[key] = draft
        self._hold(key, desk)
        self._write_soon(key)

    def put_back(self, account_id: str, draft: Draft, desk: Desk) -> None:
        """Keep a draft again that was forgotten; what the desk was at waits until it is done."""
        self.let_go(account_id, desk)
        self.keep(account_id, draft, desk)

    def forget(self, account_id: str, desk: Desk) -> None:
        """Forget what was typed at a desk for an account."""
        key = self._held(account_id, desk)
        if key:
            del self._drafts[key], self._holders[key]
            self._write_soon(key)
            self.taken.emit(account_id)

    def let_go(self, account_id: str, desk: Desk) -> None:
        """Leave the draft of an account to whoever takes it up next."""
        key = self._held(account_id, desk)
        if key:
            del self._holders[key]
            if not self._drafts[key].has_words:
                del self._drafts[key]
            self.taken.emit(account_id)

    @Slot()
    def write(self) -> None:
        """Bring to the disk what changed since the last time."""
        self._pause.stop()
        changed: dict[str, Mapping[str, Any] | None] = {}
        for key in self._unwritten:
            draft = self._drafts.get(key)
            changed[key] = _values_of(draft) if draft and draft.has_words else None
        self._unwritten.clear()
        if changed:
            try:
                keep_drafts(self._desk.workspace.replica, changed)
            except UserError as error:
                for desk in {self._desk, *self._holders.values()}:
                    desk.messages.error(error)

    def _on_left(self, desk: Desk) -> None:
        """Leave to others what was typed in a window that is closed."""
        self.write()
        for key in [key for key, holder in self._holders.items() if holder is desk]:
            self.let_go(_account_of(key), desk)

    def _keys(self, account_id: str) -> list[str]:
        return [key for key in self._drafts if _account_of(key) == account_id]

    def _held(self, account_id: str, desk: Desk) -> str:
        keys = self._keys(account_id)
        return next((key for key in keys if self._holders.get(key) is desk), "")

    def _free_key(self, account_id: str) -> str:
        numbered = (f"{account_id}{_APART}{n}" for n in itertools.count(2))
        return next(
            key
            for key in (account_id, *itertools.islice(numbered, len(self._drafts) + 1))
            if key not in self._drafts
        )

    def _hold(self, key: str, desk: Desk) -> None:
        if not key or self._holders.get(key) is desk:
            return
        self._holders[key] = desk
        if desk not in self._known:
            self._known.add(desk)
            desk.left.connect(partial(self._on_left, desk))
        self.taken.emit(_account_of(key))

    def _write_soon(self, key: str) -> None:
        self._unwritten.add(key)
        self._pause.start()


def _account_of(key: str) -> str:
    return key.partition(_APART)[0]


def _values_of(draft: Draft) -> dict[str, Any]:
    people = [[str(one.side), one.id, one.name, one.kana] for one in draft.people]
    texts = {name: getattr(draft, name) for name in _TEXTS}
    terms = {"channel": draft.channel, "type": draft.type}
    return {**texts, **{name: term and str(term) for name, term in terms.items()}, "people": people}


def _draft_of(values: Mapping[str, Any]) -> Draft:
    """Read a draft; what does not fit is left out."""
    texts = {name: values[name] for name in _TEXTS if isinstance(values.get(name), str)}
    terms = {
        name: values[name] for name in ("channel", "type") if isinstance(values.get(name), str)
    }
    people = values.get("people")
    found = (_person_of(one) for one in people) if isinstance(people, list) else ()
    return Draft(people=tuple(one for one in found if one is not None), **texts, **terms)


def _person_of(value: Any) -> Person | None:
    match value:
        case [("us" | "customer") as side, str() | None as row_id, str(name), str(kana)]:
            return Person(Side(side), row_id, name, kana)
    return None
