"""Naming somebody or something the workspace does not know yet, right where it is needed."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from csdesk.actions.accounts import edit_account, segment_named
from csdesk.actions.people import add_contact, add_member
from csdesk.actions.plan_items import ItemKind, ItemRef, edit_item
from csdesk.model.vocabulary import Side


def appoint_newcomer(session: Session, ref: ItemRef, side: Side, account_id: str, name: str) -> str:
    """Add a person on one side, make them the owner of an item, and return their id.

    An action item has one owner, who says which side acts; goals and milestones may have one on
    either side. Raises UserError where the name is empty or too long.
    """
    if side is Side.US:
        person = add_member(session, name)
        fields: dict[str, Any] = {"owner_id": person}
    else:
        person = add_contact(session, account_id, name)
        fields = {"customer_owner_id": person}
    if ref.kind is ItemKind.ACTION:
        fields = {"owner_id": None, "customer_owner_id": None, "side": side} | fields
    edit_item(session, ref, **fields)
    return person


def appoint_new_owner(session: Session, account_id: str, name: str) -> str:
    """Add somebody to our team, put an account into their hands, and return their id."""
    member = add_member(session, name)
    edit_account(session, account_id, owner_id=member)
    return member


def put_in_segment_named(session: Session, account_id: str, name: str) -> str:
    """Put an account into the segment of a name, made where there is none; return its id."""
    segment = segment_named(session, name)
    edit_account(session, account_id, segment_id=segment)
    return segment
