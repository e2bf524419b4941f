"""The tags that are in use."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.model.records import Account, AccountTag
from csdesk.store.words import fold


def known_tags(session: Session) -> tuple[str, ...]:
    """Return the tags on accounts, by name; a tag that differs in case alone is the same one."""
    found = session.scalars(
        select(AccountTag.tag)
        .join(Account, Account.id == AccountTag.account_id)
        .where(AccountTag.deleted_at.is_(None), Account.deleted_at.is_(None))
        .distinct()
    )
    known: dict[str, str] = {}
    for tag in sorted(found, reverse=True):
        known[tag.casefold()] = tag
    return tuple(sorted(known.values(), key=lambda tag: (fold(tag), tag)))
