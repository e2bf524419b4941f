"""The versions of a plan: what was kept, what was exported to whom, and what was agreed.

Two people who export without seeing each other may both make a version 3. Both are kept: who made
it and when tells them apart, and the next one is 4.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model.document_setup import Setup
from csdesk.model.records import Contact, ExportReceipt, PlanRevision, SignOff
from csdesk.model.vocabulary import CUSTOMER_KINDS, DocumentKind, RevisionKind, SignOffMethod
from csdesk.queries.customer_content import Content, damaged, is_same, thaw
from csdesk.queries.customer_document import Agreement
from csdesk.queries.customer_rows import CustomerPlan
from csdesk.queries.made_with import made_with
from csdesk.store.history import authors_of

_HIGHEST = 999_999
"""Beyond it a number is no number of a version, but damage."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """One file that was made of a version."""

    id: str
    exported_at: dt.datetime | None
    file_name: str
    recipient: str
    language: str
    kind: DocumentKind | str
    sha256: str
    setup: Setup
    is_protected: bool

    @property
    def is_customers(self) -> bool:
        """Whether it is a document that a customer is given."""
        return self.kind in CUSTOMER_KINDS


@dataclass(frozen=True, slots=True)
class SignOffRow:
    """The customer's agreement to a version."""

    id: str
    contact: str
    signed_on: dt.date | None
    how: SignOffMethod | str
    note: str


@dataclass(frozen=True, slots=True)
class Version:
    """A plan as it was at one moment, with what became of it; its content is read apart."""

    id: str
    number: int
    made_at: dt.datetime | None
    author: str
    kind: RevisionKind | str
    note: str
    receipts: tuple[Receipt, ...] = ()
    """Newest first."""
    sign_offs: tuple[SignOffRow, ...] = ()
    """Newest first."""
    is_ambiguous: bool = False
    """Whether another version of the plan has the same number."""

    @property
    def has_customer(self) -> bool:
        """Whether a document for the customer was made of it."""
        return any(receipt.is_customers for receipt in self.receipts)


def plan_versions(session: Session, plan_id: str) -> tuple[Version, ...]:
    """Return the versions of a plan, newest first; deleted ones are none."""
    rows = _revisions(session, plan_id)
    ids = [row.id for row in rows]
    authors = authors_of(session, "plan_revision", "plan_id", ids)
    receipts, sign_offs = _receipts(session, ids), _sign_offs(session, ids)
    numbers = Counter(number_of(row.number) for row in rows)
    return tuple(
        Version(
            id=row.id,
            number=number_of(row.number),
            made_at=row.made_at,
            author=authors.get(row.id, ""),
            kind=row.kind or "",
            note=row.note or "",
            receipts=tuple(receipts[row.id]),
            sign_offs=tuple(sign_offs[row.id]),
            is_ambiguous=numbers[number_of(row.number)] > 1,
        )
        for row in rows
    )


def version_of_customer(session: Session, plan_id: str) -> Version | None:
    """Return the newest version that a document for the customer was made of."""
    versions = plan_versions(session, plan_id)
    return next((version for version in versions if version.has_customer), None)


def revision_content(session: Session, revision_id: str, *, even_deleted: bool = False) -> Content:
    """Return what a version kept; raises UserError where it is gone or cannot be read.

    `even_deleted` is for what an old file compared itself with: that it was is not undone.
    """
    row = session.get(PlanRevision, revision_id)
    if row is None or not (even_deleted or row.deleted_at is None):
        raise no_such_version()
    content = thaw(row.content, number=number_of(row.number))
    if content.plan.plan_id != row.plan_id:
        # Another customer's plan must not get into a comparison with this one.
        raise damaged()
    return content


def version_content(session: Session, revision_id: str) -> CustomerPlan:
    """Return the plan as a version kept it; raises what `revision_content` does."""
    return revision_content(session, revision_id).plan


def agreed_version(session: Session, plan_id: str) -> Version | None:
    """Return the newest version that the customer agreed to."""
    return next((each for each in plan_versions(session, plan_id) if each.sign_offs), None)


def agreement_to(session: Session, version: Version) -> Agreement:
    """Return the agreement to a version that has one; raises what `revision_content` does."""
    newest = version.sign_offs[0]
    return Agreement(version_content(session, version.id), newest.signed_on, newest.contact)


def number_for(session: Session, plan_id: str, content: str) -> tuple[int, str]:
    """Tell the number that a content has or would get, and the id of the revision that has it.

    The newest revision's number where it keeps the same, else the next one and no id.
    """
    newest = max((number for number in _numbers(session, plan_id).values()), default=0)
    known = kept_as(session, plan_id, newest, content) if newest else ""
    return (newest, known) if known else (newest + 1, "")


def kept_as(session: Session, plan_id: str, number: int, content: str) -> str:
    """Return the id of the version of a number that keeps a content; empty where none does."""
    ids = [row_id for row_id, each in _numbers(session, plan_id).items() if each == number]
    rows = session.execute(
        select(PlanRevision.id, PlanRevision.content)
        .where(PlanRevision.id.in_(ids))
        .order_by(PlanRevision.id)
    )
    return next((row.id for row in rows if is_same(row.content, content)), "")


def no_such_version() -> UserError:
    """Say that a version is gone."""
    return UserError(
        _("This version of the plan is no longer there."),
        _("Undo the deletion if you need it again."),
    )


def number_of(number: int | None) -> int:
    """Return a version's number as it counts: 0 for what is none."""
    return number if number is not None and 0 < number <= _HIGHEST else 0


def _numbers(session: Session, plan_id: str) -> dict[str, int]:
    """Return the number of each version of a plan by its id."""
    rows = session.execute(
        select(PlanRevision.id, PlanRevision.number).where(
            PlanRevision.plan_id == plan_id, PlanRevision.deleted_at.is_(None)
        )
    )
    return {row.id: number_of(row.number) for row in rows}


def _revisions(session: Session, plan_id: str) -> Sequence[Any]:
    rows = session.execute(
        select(
            PlanRevision.id,
            PlanRevision.number,
            PlanRevision.made_at,
            PlanRevision.kind,
            PlanRevision.note,
        ).where(PlanRevision.plan_id == plan_id, PlanRevision.deleted_at.is_(None))
    ).all()
    return sorted(
        rows,
        key=lambda row: (number_of(row.number), _order(row.made_at), row.id),
        reverse=True,
    )


def _receipts(session: Session, revision_ids: list[str]) -> dict[str, list[Receipt]]:
    found: dict[str, list[Receipt]] = defaultdict(list)
    rows = session.scalars(
        select(ExportReceipt).where(
            ExportReceipt.revision_id.in_(revision_ids), ExportReceipt.deleted_at.is_(None)
        )
    ).all()
    for row in sorted(rows, key=lambda row: (_order(row.exported_at), row.id), reverse=True):
        made = made_with(row.setup)
        found[row.revision_id].append(
            Receipt(
                id=row.id,
                exported_at=row.exported_at,
                file_name=row.file_name or "",
                recipient=row.recipient or "",
                language=row.language or "",
                kind=_kind(row.document_kind),
                sha256=row.sha256 or "",
                setup=made.setup,
                is_protected=made.is_protected,
            )
        )
    return found


def _sign_offs(session: Session, revision_ids: list[str]) -> dict[str, list[SignOffRow]]:
    found: dict[str, list[SignOffRow]] = defaultdict(list)
    rows = session.execute(
        select(
            SignOff.id,
            SignOff.revision_id,
            SignOff.signed_on,
            SignOff.how,
            SignOff.note,
            Contact.name,
        )
        .join(Contact, Contact.id == SignOff.contact_id, isouter=True)
        .where(SignOff.revision_id.in_(revision_ids), SignOff.deleted_at.is_(None))
    ).all()
    newest_first = sorted(
        rows, key=lambda row: (row.signed_on or dt.date.min, row.id), reverse=True
    )
    for row in newest_first:
        found[row.revision_id].append(
            SignOffRow(row.id, row.name or "", row.signed_on, row.how or "", row.note or "")
        )
    return found


def _order(moment: dt.datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _kind(code: str | None) -> DocumentKind | str:
    return next((kind for kind in DocumentKind if kind.value == code), code or "")
