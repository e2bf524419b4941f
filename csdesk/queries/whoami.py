"""Which team member sits at this computer."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session


def own_member(session: Session, chosen: str, author: str) -> str | None:
    """Return the id of the team member who sits here.

    That is the one `chosen`, while it is there; else the only one called like `author`; else None.
    """
    found = session.execute(
        text(
            "SELECT id FROM member WHERE deleted_at IS NULL AND (id = :chosen OR name = :author)"
            " ORDER BY id <> :chosen LIMIT 2"
        ),
        {"chosen": chosen, "author": author},
    )
    members = list(found.scalars())
    return members[0] if len(members) == 1 or chosen in members else None
