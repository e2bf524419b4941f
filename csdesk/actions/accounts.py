"""What can be done with accounts, their tags, and segments."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.actions.editing import MAX_NAME, clean, delete, edit, get, today
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model.identity import natural_id
from csdesk.model.records import Account, AccountTag, Segment
from csdesk.model.vocabulary import AccountStatus, Phase

TAG_BREAKS = re.compile(r"[,;、，；|\n]")
"""What stands between two tags where several are written at once."""

PROFILE = (
    "name_kana",
    "website",
    "industry",
    "employees",
    "region",
    "segment_id",
    "touch_model",
    "fit",
    "business_summary",
    "org_notes",
    "market_trends",
    "competitors",
    "products",
    "fiscal_year_start_month",
    "busy_periods",
    "preferred_channel",
    "owner_id",
    "sales_owner_id",
    "document_language",
    "logo",
)
"""What a copy of an account takes over.

What happened to the account stays with it: its phase, dates and judgements, and what names this
very customer. That is so for the English name too: forgotten there, it would be printed for
somebody else.
"""

_TOGETHER = 5_000
"""How many rows one statement names."""


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


def change_accounts(session: Session, account_ids: Collection[str], **fields: Any) -> int:
    """Set the same fields of several accounts; return how many are another than before.

    Accounts that somebody deleted meanwhile are passed over. Raises UserError where none is
    left or a value is not acceptable.
    """
    changed = 0
    for account in _living(session, account_ids):
        before = {field: getattr(account, field) for field in fields}
        edit(session, Account, account.id, fields)
        changed += any(getattr(account, field) != value for field, value in before.items())
    return changed


def archive_accounts(
    session: Session, account_ids: Collection[str], archived_on: dt.date | None = None
) -> int:
    """Put accounts out of sight, as of today or another day; return how many were not yet."""
    day = archived_on or today()
    waiting = [one.id for one in _living(session, account_ids) if one.archived_on is None]
    return change_accounts(session, waiting, archived_on=day) if waiting else 0


def unarchive_accounts(session: Session, account_ids: Collection[str]) -> int:
    """Bring accounts back from the archive; return how many there were."""
    return change_accounts(session, account_ids, archived_on=None)


def duplicate_account(session: Session, account_id: str) -> str:
    """Add an account with the profile and the tags of another; return its id.

    It is ours from the start, or a prospect as its model is. Contracts, people, plans, values and
    whatever happened stay with the model.
    """
    model = get(session, Account, account_id)
    fields = {field: getattr(model, field) for field in PROFILE}
    if model.status == AccountStatus.PROSPECT:
        fields["status"] = AccountStatus.PROSPECT
    made = add_account(session, _free_name(session, model.name), **fields)
    for tag in _tags_of(session, account_id):
        tag_account(session, made, tag)
    return made


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


def tag_accounts(session: Session, account_ids: Collection[str], tag: str) -> int:
    """Put a tag, or several with commas between them, on several accounts.

    Returns how many were put on that were not there. Raises UserError where a tag is empty or too
    long, or all the accounts were deleted.
    """
    names = [clean("name", one) for one in TAG_BREAKS.split(tag) if one.strip()]
    living = _living(session, account_ids)
    wanted = {
        natural_id("account_tag", one.id, name.casefold()): (one.id, name)
        for name in names or [clean("name", tag)]
        for one in living
    }
    known = {
        row.id: row
        for batch in _batches(wanted)
        for row in session.scalars(select(AccountTag).where(AccountTag.id.in_(batch)))
    }
    changed = 0
    for row_id, (account_id, name) in wanted.items():
        row = known.get(row_id)
        if row is None:
            session.add(AccountTag(id=row_id, account_id=account_id, tag=name))
        elif row.deleted_at is not None:
            row.deleted_at = None
        else:
            continue
        changed += 1
    return changed


def untag_accounts(session: Session, account_ids: Collection[str], tag: str) -> int:
    """Take a tag off several accounts; return how many had it."""
    name = clean("name", tag).casefold()
    rows = [natural_id("account_tag", account_id, name) for account_id in account_ids]
    return len(delete(session, "account_tag", rows).get("account_tag", ()))


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


def _living(session: Session, account_ids: Collection[str]) -> list[Account]:
    """Return those of the accounts that are there, in the order asked for."""
    found = {
        row.id: row
        for batch in _batches(account_ids)
        for row in session.scalars(
            select(Account).where(Account.id.in_(batch), Account.deleted_at.is_(None))
        )
    }
    if account_ids and not found:
        raise UserError(
            _("These accounts are no longer there: they were deleted."),
            _("Undo the deletion if you need them again."),
        )
    return [found[one] for one in dict.fromkeys(account_ids) if one in found]


def _batches(ids: Collection[str]) -> Iterator[list[str]]:
    """Split ids into as many as one statement takes."""
    whole = list(ids)
    for at in range(0, len(whole), _TOGETHER):
        yield whole[at : at + _TOGETHER]


def _tags_of(session: Session, account_id: str) -> list[str]:
    return list(
        session.scalars(
            select(AccountTag.tag)
            .where(AccountTag.account_id == account_id, AccountTag.deleted_at.is_(None))
            .order_by(AccountTag.tag)
        )
    )


def _free_name(session: Session, name: str) -> str:
    """Name a copy in the language of the moment: Acme (copy), Acme (copy 2) …"""
    taken = set(session.scalars(select(Account.name).where(Account.deleted_at.is_(None))))
    number = 1
    while True:
        ending = _("(copy)") if number == 1 else _("(copy {n})").format(n=number)
        wanted = f"{name[: MAX_NAME - len(ending) - 1]} {ending}"
        if wanted not in taken:
            return wanted
        number += 1
