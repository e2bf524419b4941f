"""Who can be in charge: our people and the customer's, told apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from csdesk.actions.plan_items import ItemKind
from csdesk.model.vocabulary import Side
from csdesk.queries.accounts import Choice, contact_choices, member_choices
from csdesk.queries.known_people import KnownPeople, known_people
from ui.desk import Desk


@dataclass(frozen=True, slots=True)
class Owner:
    """What was chosen: somebody of one side, nobody, or somebody new still to be named."""

    side: Side | None
    id: str | None = None
    is_new: bool = False

    def fields(self, kind: ItemKind) -> dict[str, Any]:
        """Return the fields of an item to set.

        An action item has one owner, who says which side acts; goals and milestones may have
        one on either side.
        """
        if self.side is None:
            return {"owner_id": None, "customer_owner_id": None}
        ours = self.side is Side.US
        if kind is ItemKind.ACTION:
            return {
                "owner_id": self.id if ours else None,
                "customer_owner_id": None if ours else self.id,
                "side": self.side,
            }
        return {"owner_id" if ours else "customer_owner_id": self.id}


class People(QObject):
    """The people who can be chosen on the page of one account."""

    asked = Signal(object, object)
    """An OutlineItem that wants an owner who is not known yet, and the Side."""
    named = Signal(object, object, str)
    """The OutlineItem, the Side, and the name of the owner who is not known yet."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.ours: list[Choice] = []
        self.theirs: list[Choice] = []
        self.known = KnownPeople()
        """Everybody, with readings and e-mail addresses."""

    def read(self, account_id: str) -> bool:
        """Read who there is; tell whether they are others than before."""
        before = (self.ours, self.theirs, self.known)
        self.ours = self._desk.read(member_choices)
        self.theirs = self._desk.read(contact_choices, account_id) if account_id else []
        self.known = self._desk.read(known_people, account_id)
        return before != (self.ours, self.theirs, self.known)
