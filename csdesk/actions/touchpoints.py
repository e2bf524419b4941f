"""What can be done with touchpoints: log one with all that came of it, change it, delete it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.actions.editing import clean, delete, edit, get
from csdesk.actions.people import add_contact, add_member
from csdesk.actions.plan_items import add_item, plan_of
from csdesk.actions.plans import add_plan
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.insight.typed_actions import Person, TypedAction
from csdesk.model.identity import natural_id
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.records import Account, Contact, Member, Touchpoint, TouchpointAttendee
from csdesk.model.vocabulary import Side

TEXTS = ("summary", "private_note", "decisions", "reaction")
"""The texts of a touchpoint; only the summary is ever meant for the customer."""


def log_touchpoint(
    session: Session,
    account_id: str,
    *,
    held_at: dt.datetime,
    attendees: Sequence[Person] = (),
    next_actions: Sequence[TypedAction] = (),
    below: ItemRef | None = None,
    new_plan: str = "",
    **fields: Any,
) -> str:
    """Log a contact with the customer, who was there and what is to be done next; return its id.

    `held_at` is aware; one that lies ahead makes it a planned meeting. People without an id are
    added on their side. The next actions go below `below`, a plan, goal or milestone of the
    account, or into a plan made for them and called `new_plan`. Raises UserError where there are
    next actions and no place for them, or a text is too long.
    """
    get(session, Account, account_id)
    if held_at.tzinfo is None:
        raise ValueError("a touchpoint needs a time zone")
    values = {field: _text(field, value) for field, value in fields.items()}
    if below is None and new_plan:
        below = ItemRef(None, add_plan(session, account_id, new_plan))
    if next_actions and below is None:
        raise _no_place()
    if below is not None:
        values.setdefault("plan_id", plan_of(session, below))
    row = Touchpoint(account_id=account_id, held_at=held_at, **values)
    session.add(row)
    session.flush()
    known = _Newcomers(session, account_id)
    for person in attendees:
        _attend(session, row.id, known.known(person))
    if below is not None:
        _add_actions(session, row.id, next_actions, below, known)
    session.flush()
    return row.id


def edit_touchpoint(session: Session, touchpoint_id: str, **fields: Any) -> None:
    """Set fields of a touchpoint; raises UserError where it would lose its moment."""
    if "held_at" in fields and fields["held_at"] is None:
        raise UserError(
            _("A touchpoint needs a day."), _("Delete the touchpoint if it never happened.")
        )
    edit(
        session,
        Touchpoint,
        touchpoint_id,
        {field: _text(field, value) for field, value in fields.items()},
    )


def set_attendees(session: Session, touchpoint_id: str, people: Sequence[Person]) -> None:
    """Say who was there, and nobody else; people without an id are added on their side."""
    row = get(session, Touchpoint, touchpoint_id)
    known = _Newcomers(session, row.account_id)
    wanted = {_attend(session, touchpoint_id, known.known(person)) for person in people}
    session.flush()
    there = session.scalars(
        select(TouchpointAttendee.id).where(
            TouchpointAttendee.touchpoint_id == touchpoint_id,
            TouchpointAttendee.deleted_at.is_(None),
        )
    )
    gone = sorted(set(there) - wanted)
    if gone:
        delete(session, "touchpoint_attendee", gone)


def add_next_actions(
    session: Session,
    touchpoint_id: str,
    actions: Sequence[TypedAction],
    *,
    below: ItemRef | None,
    new_plan: str = "",
) -> list[str]:
    """Add what is to be done after a touchpoint to a plan; return the ids of the action items.

    The place is told as in `log_touchpoint`. Raises UserError where there is none.
    """
    row = get(session, Touchpoint, touchpoint_id)
    if below is None and new_plan:
        below = ItemRef(None, add_plan(session, row.account_id, new_plan))
    if below is None:
        raise _no_place()
    return _add_actions(session, row.id, actions, below, _Newcomers(session, row.account_id))


def delete_touchpoints(session: Session, touchpoint_ids: list[str]) -> None:
    """Delete touchpoints with who was there; the action items they led to stay."""
    delete(session, "touchpoint", touchpoint_ids)


class _Newcomers:
    """Adds people who are not known yet, each once, however often they are named."""

    def __init__(self, session: Session, account_id: str) -> None:
        self._session = session
        self._account_id = account_id
        self._added: dict[tuple[Side, str], str] = {}

    def known(self, person: Person) -> Person:
        """Return somebody with an id; raises UserError where they were deleted."""
        if person.id is not None:
            ours = person.side is Side.US
            get(self._session, Member if ours else Contact, person.id)
            return person
        key = (person.side, " ".join(person.name.split()))
        if key not in self._added:
            self._added[key] = (
                add_member(self._session, person.name)
                if person.side is Side.US
                else add_contact(self._session, self._account_id, person.name)
            )
        return Person(person.side, self._added[key], person.name)


def _attend(session: Session, touchpoint_id: str, person: Person) -> str:
    """Put somebody among those who were there; return the id of the row that says so."""
    assert person.id is not None
    row_id = natural_id("touchpoint_attendee", touchpoint_id, person.id)
    known = session.get(TouchpointAttendee, row_id)
    if known is None:
        field = "member_id" if person.side is Side.US else "contact_id"
        who = {field: person.id}
        session.add(TouchpointAttendee(id=row_id, touchpoint_id=touchpoint_id, **who))
    else:
        known.deleted_at = None
    return row_id


def _add_actions(
    session: Session,
    touchpoint_id: str,
    actions: Sequence[TypedAction],
    below: ItemRef,
    known: _Newcomers,
) -> list[str]:
    made = []
    for action in actions:
        fields: dict[str, Any] = {"due_on": action.due_on, "source_id": touchpoint_id}
        if action.owner is not None:
            owner = known.known(action.owner)
            ours = owner.side is Side.US
            fields["owner_id" if ours else "customer_owner_id"] = owner.id
            fields["side"] = owner.side
        made.append(add_item(session, ItemKind.ACTION, below, action.title, **fields).id)
    return made


def _text(field: str, value: Any) -> Any:
    """Check a value; a text ends where its last line does."""
    if field in TEXTS and isinstance(value, str):
        value = value.strip("\n").rstrip()
    return clean(field, value, Touchpoint)


def _no_place() -> UserError:
    return UserError(
        _("The next actions have no place: this account has no plan yet."),
        _("Choose a plan for them, or let one be made."),
    )
