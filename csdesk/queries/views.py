"""The views of a table that were kept under a name."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.model.records import SavedView
from csdesk.store.words import fold

ACCOUNTS = "accounts"
"""The page whose views these are: the accounts table."""


@dataclass(frozen=True, slots=True)
class SavedViewRow:
    """A view that was kept: its content is JSON that csdesk.insight.account_view reads."""

    id: str
    name: str
    owner_id: str | None
    """Whose it is; None for everybody's."""
    content: str


def saved_views(session: Session, page: str, member_id: str | None) -> list[SavedViewRow]:
    """Return everybody's views of a page and those of one member, by name."""
    found = session.scalars(
        select(SavedView).where(
            SavedView.deleted_at.is_(None),
            SavedView.page == page,
            SavedView.owner_id.is_(None) | (SavedView.owner_id == member_id),
        )
    )
    rows = [
        SavedViewRow(view.id, view.name or "", view.owner_id, view.content or "") for view in found
    ]
    return sorted(rows, key=lambda row: (fold(row.name), row.id))
