"""What can be done with accounts, their tags, and segments."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.actions.editing import clean, delete, edit, get
from csdesk.model.identity import natural_id
from csdesk.model.records import Account, AccountTag, Segment
from csdesk.model.vocabulary import Phase


def add_account(session: Session, name: str, **fields: Any) -> str:
    """Add an account and return its id; raises UserError where the name is empty or too long."""
    values = {field: clean(field, value) for field, value in fields.items()}
    account = Account(name=clean("name", name), **values)
    session.add(account)
    session.flush()
    return account.id


def edit_account(session: Session, account_id: str, **fields: Any) -> None:
    """Set fields of an account."""
    edit(session, Account, account_id, fields)


def move_account(session: Session, account_id: str, phase: Phase) -> None:
    """Move an account to a phase of its life."""
    edit(session, Account, account_id, {"phase": phase})


def delete_accounts(session: Session, account_ids: list[str]) -> int:
    """Delete accounts with all that belongs to them; return how many there were."""
    return len(delete(session, "account", account_ids).get("account", []))


def tag_account(session: Session, account_id: str, tag: str) -> None:
    """Put a tag on an account; one that is there already stays as it is."""
    get(session, Account, account_id)
    name = clean("name", tag)
    row_id = natural_id("account_tag", account_id, name.casefold())
    known = session.get(AccountTag, row_id)
    if known is None:
        session.add(AccountTag(id=row_id, account_id=account_id, tag=name))
    elif known.deleted_at is not None:
        known.deleted_at = None


def untag_account(session: Session, account_id: str, tag: str) -> None:
    """Take a tag off an account; does nothing where it is not there."""
    row_id = natural_id("account_tag", account_id, clean("name", tag).casefold())
    delete(session, "account_tag", [row_id])


def segment_named(session: Session, name: str) -> str:
    """Return the id of the segment of this name, making it where there is none."""
    wanted = clean("name", name)
    found = session.scalars(
        select(Segment.id).where(Segment.name == wanted, Segment.deleted_at.is_(None))
    ).first()
    if found is not None:
        return found
    segment = Segment(name=wanted)
    session.add(segment)
    session.flush()
    return segment.id
