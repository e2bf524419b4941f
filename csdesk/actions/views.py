"""What can be done with the named views of a table."""

from __future__ import annotations

from sqlalchemy.orm import Session

from csdesk.actions.editing import clean, delete, edit, get
from csdesk.insight.account_view import AccountView, view_content
from csdesk.model.records import SavedView


def save_view(
    session: Session, page: str, name: str, view: AccountView, owner_id: str | None
) -> str:
    """Keep a view of a page under a name and return its id; None as owner: for everybody.

    Raises UserError where the name is empty or too long.
    """
    row = SavedView(
        name=clean("name", name), page=page, owner_id=owner_id, content=view_content(view)
    )
    session.add(row)
    session.flush()
    return row.id


def update_view(session: Session, view_id: str, view: AccountView) -> None:
    """Let a saved view be this from now on, keeping what only a newer version understands."""
    row = get(session, SavedView, view_id)
    row.content = view_content(view, row.content)


def rename_view(session: Session, view_id: str, name: str) -> None:
    """Give a view another name; raises UserError where it is empty or too long."""
    edit(session, SavedView, view_id, {"name": name})


def share_view(session: Session, view_id: str, owner_id: str | None) -> None:
    """Make a view everybody's (None) or one member's own."""
    edit(session, SavedView, view_id, {"owner_id": owner_id})


def delete_view(session: Session, view_id: str) -> None:
    """Delete a saved view; the accounts it showed are not touched."""
    get(session, SavedView, view_id)
    delete(session, "saved_view", [view_id])
