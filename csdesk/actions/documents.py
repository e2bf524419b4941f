"""What can be done with how documents look: their options, our colour and logo."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from csdesk.actions.editing import edit, get
from csdesk.model.identity import natural_id
from csdesk.model.records import Account, DocumentOptions


def keep_options(session: Session, account_id: str, kind: str, **fields: Any) -> str:
    """Remember how a kind of document of an account is made; return the id of what is kept.

    `left_out` is the codes of sections with blanks between. Raises UserError where the account is
    gone.
    """
    get(session, Account, account_id)
    row_id = natural_id("document_options", account_id, kind)
    row = session.get(DocumentOptions, row_id)
    if row is None:
        row = DocumentOptions(id=row_id, account_id=account_id, document_kind=kind)
        session.add(row)
        session.flush()
    row.deleted_at = None
    edit(session, DocumentOptions, row_id, fields)
    return row_id
