"""What is typed of a touchpoint that is not logged yet: kept for each account until it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot

from csdesk.errors import UserError
from csdesk.insight.typed_actions import Person
from csdesk.model.vocabulary import Side
from csdesk.store.drafts import keep_drafts, kept_drafts
from ui.desk import Desk

PAUSE = 800
"""Milliseconds after the last key in which what is typed reaches the disk."""

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
    """The drafts of one desk, by account; what is typed reaches the disk a moment later."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._drafts: dict[str, Draft] = {}
        self._unwritten: set[str] = set()
        try:
            kept = kept_drafts(desk.workspace.replica)
        except UserError as error:
            kept = {}
            desk.messages.error(error)
        for account_id, values in kept.items():
            self._drafts[account_id] = _draft_of(values)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.write)
        desk.closed.connect(self.write)

    @classmethod
    def of(cls, desk: Desk) -> Drafts:
        """Return the drafts of a desk: a page that is built anew finds what the old one had."""
        found = desk.findChild(cls)
        return found if isinstance(found, cls) else cls(desk)

    def draft(self, account_id: str) -> Draft | None:
        """Return what was typed for an account; None where nothing is kept."""
        return self._drafts.get(account_id)

    def keep(self, account_id: str, draft: Draft) -> None:
        """Keep what is typed for an account."""
        self._drafts[account_id] = draft
        self._unwritten.add(account_id)
        self._pause.start()

    def forget(self, account_id: str) -> None:
        """Forget what was typed for an account."""
        if self._drafts.pop(account_id, None) is not None:
            self._unwritten.add(account_id)
            self._pause.start()

    @Slot()
    def write(self) -> None:
        """Bring to the disk what changed since the last time."""
        self._pause.stop()
        changed: dict[str, Mapping[str, Any] | None] = {}
        for account_id in self._unwritten:
            draft = self._drafts.get(account_id)
            changed[account_id] = _values_of(draft) if draft and draft.has_words else None
        self._unwritten.clear()
        if changed:
            try:
                keep_drafts(self._desk.workspace.replica, changed)
            except UserError as error:
                self._desk.messages.error(error)


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
