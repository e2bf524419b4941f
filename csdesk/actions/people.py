"""What can be done with the people on both sides."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import CursorResult, update
from sqlalchemy.orm import Session

from csdesk.actions.editing import clean, delete, edit, get
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model.records import Account, Contact, Member
from csdesk.queries.team import OWNED, is_going_on

_OWNERS = ("owner_id", "sales_owner_id")
"""The fields that say whose something is."""


def add_contact(session: Session, account_id: str, name: str, **fields: Any) -> str:
    """Add a person at a customer and return the id."""
    get(session, Account, account_id)
    values = {field: clean(field, value, Contact) for field, value in fields.items()}
    contact = Contact(account_id=account_id, name=clean("name", name), **values)
    session.add(contact)
    session.flush()
    return contact.id


def edit_contact(session: Session, contact_id: str, **fields: Any) -> None:
    """Set fields of a contact.

    Raises UserError where people would report in a circle, or to somebody of another customer.
    """
    boss_id = fields.get("reports_to_id")
    if boss_id is not None:
        check_reports_to(session, contact_id, boss_id)
        account_id = get(session, Contact, contact_id).account_id
        if get(session, Contact, boss_id).account_id != account_id:
            raise UserError(
                _("This contact belongs to another customer."),
                _("Name people, plans and items of one account only."),
            )
    edit(session, Contact, contact_id, fields)


def check_reports_to(session: Session, contact_id: str, boss_id: str) -> None:
    """Raise UserError where a contact would report to himself, directly or through others.

    People who were deleted count too: they may come back.
    """
    if boss_id == contact_id:
        raise UserError(_("Nobody reports to themselves."), _("Name another contact, or none."))
    seen: set[str] = set()
    above: str | None = boss_id
    while above is not None and above not in seen:
        seen.add(above)
        boss = session.get(Contact, above)
        above = None if boss is None else boss.reports_to_id
        if above == contact_id:
            raise UserError(
                _("These people would report to each other in a circle."),
                _("First let one of them report to somebody else, or to nobody."),
            )


def delete_contacts(session: Session, contact_ids: list[str]) -> None:
    """Delete contacts; what they own keeps their name out of sight until the undo."""
    delete(session, "contact", contact_ids)


def add_member(session: Session, name: str, **fields: Any) -> str:
    """Add a person of our own team and return the id."""
    values = {field: clean(field, value) for field, value in fields.items()}
    member = Member(name=clean("name", name), **values)
    session.add(member)
    session.flush()
    return member.id


def edit_member(session: Session, member_id: str, **fields: Any) -> None:
    """Set fields of a team member."""
    edit(session, Member, member_id, fields)


def delete_members(session: Session, member_ids: list[str]) -> None:
    """Delete team members; what they own stays, without an owner in sight."""
    delete(session, "member", member_ids)


def hand_over(session: Session, member_ids: list[str], to_id: str) -> int:
    """Give what team members own and what is not over to another one; return how much it was.

    What is over keeps its owner. Raises UserError where the other one is not there, or where
    there is nothing to give.
    """
    get(session, Member, to_id)
    session.flush()
    count = 0
    for _number, record in OWNED:
        columns = record.__table__.columns
        for column in (columns[name] for name in _OWNERS if name in columns):
            given = session.execute(
                update(record)
                .where(column.in_(member_ids), column != to_id, *is_going_on(record))
                .values({column.name: to_id})
                .execution_options(synchronize_session="fetch")
            )
            count += cast("CursorResult[Any]", given).rowcount
    if not count:
        raise UserError(
            _("There is nothing to hand over."), _("What is over keeps the owner it had.")
        )
    return count
