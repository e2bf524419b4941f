"""What is typed of a touchpoint that is not logged yet: kept for each account until it is."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject

from csdesk.insight.typed_actions import Person
from ui.desk import Desk


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
    """The drafts of one desk, by account. They live in memory alone, as what they say is secret."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._drafts: dict[str, Draft] = {}

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

    def forget(self, account_id: str) -> None:
        """Forget what was typed for an account."""
        self._drafts.pop(account_id, None)
