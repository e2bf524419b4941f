"""The accounts by name, for finding one by typing, and how many there are."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from csdesk.model.records import Account


@dataclass(frozen=True, slots=True)
class AccountName:
    """An account with the ways one may type its name."""

    id: str
    name: str
    kana: str


def account_count(session: Session) -> int:
    """Count the accounts, archived ones too."""
    living = select(func.count()).where(Account.deleted_at.is_(None))
    return session.scalars(living).one()


def account_names(session: Session) -> tuple[AccountName, ...]:
    """Return the accounts by name, without archived ones."""
    rows = session.execute(
        select(Account.id, Account.name, Account.name_kana, Account.name_en)
        .where(Account.deleted_at.is_(None), Account.archived_on.is_(None))
        .order_by(Account.name, Account.id)
    )
    return tuple(
        AccountName(row_id, name or "", " ".join(part for part in (kana, english) if part))
        for row_id, name, kana, english in rows
    )
