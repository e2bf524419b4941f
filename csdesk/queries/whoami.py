"""Which team member sits at this computer."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.model.records import Member


def own_member(session: Session, chosen: str, author: str) -> str | None:
    """Return the id of the team member who sits here.

    That is the one `chosen`, while it is there; else the only one called like `author`; else None.
    """
    member = session.get(Member, chosen) if chosen else None
    if member is not None and member.deleted_at is None:
        return member.id
    named = session.scalars(
        select(Member.id).where(Member.name == author, Member.deleted_at.is_(None)).limit(2)
    ).all()
    return named[0] if len(named) == 1 else None
