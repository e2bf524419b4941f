"""Who can be in charge: our people and the customer's, told apart, and the box to choose one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QWidget

from csdesk.actions.plan_items import ItemKind
from csdesk.i18n import _
from csdesk.model.vocabulary import Side
from csdesk.queries.accounts import Choice, contact_choices, member_choices
from ui.desk import Desk
from ui.pages.plan.outline_words import customer_name


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

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.ours: list[Choice] = []
        self.theirs: list[Choice] = []

    def read(self, account_id: str) -> None:
        """Read who there is."""
        self.ours = self._desk.read(member_choices)
        self.theirs = self._desk.read(contact_choices, account_id) if account_id else []


class PeopleBox(QComboBox):
    """Offers nobody, our people and the customer's, each under a heading."""

    def __init__(self, people: People, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxVisibleItems(24)
        self._entry(_("Nobody"), Owner(None))
        self._heading(_("Our side"))
        for one in people.ours:
            self._entry(one.name, Owner(Side.US, one.id))
        self._entry(_("New team member…"), Owner(Side.US, is_new=True))
        self._heading(_("Customer's side"))
        for one in people.theirs:
            self._entry(customer_name(one.name), Owner(Side.CUSTOMER, one.id))
        self._entry(_("New contact…"), Owner(Side.CUSTOMER, is_new=True))

    @property
    def owner(self) -> Owner:
        """What is chosen."""
        owner: Owner = self.currentData()
        return owner

    def show_owners(self, owner_id: str | None, customer_owner_id: str | None) -> None:
        """Show who is in charge now."""
        shown = Owner(None)
        if owner_id:
            shown = Owner(Side.US, owner_id)
        elif customer_owner_id:
            shown = Owner(Side.CUSTOMER, customer_owner_id)
        places = (place for place in range(self.count()) if self.itemData(place) == shown)
        self.setCurrentIndex(next(places, 0))

    def _entry(self, text: str, owner: Owner) -> None:
        self.addItem(text, owner)

    def _heading(self, text: str) -> None:
        item = QStandardItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        item.setFont(font)
        model = self.model()
        assert isinstance(model, QStandardItemModel)
        model.appendRow(item)
