"""What can be done with the versions of a plan: export them, keep them, have them agreed to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.actions.documents import remember_setup
from csdesk.actions.editing import clean, delete, edit, get
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model.records import Contact, ExportReceipt, Plan, PlanRevision, SignOff
from csdesk.model.vocabulary import PlanStatus, RevisionKind, SignOffMethod
from csdesk.queries.document_request import DocumentRequest, PreparedDocument, content_of_today
from csdesk.queries.made_with import MadeWith, made_with_text
from csdesk.queries.revisions import kept_as, number_for, plan_versions

_NOT_AGREED_YET = (PlanStatus.DRAFT, PlanStatus.PROPOSED)


@dataclass(frozen=True, slots=True)
class Delivery:
    """A file that was written for a customer."""

    file_name: str
    """Its name alone: where it lies is nobody else's business."""
    sha256: str
    made: MadeWith


def record_export(
    session: Session, request: DocumentRequest, prepared: PreparedDocument, delivery: Delivery
) -> str:
    """Record that a document of a plan was exported; return the receipt's id.

    The newest version that keeps the same content gets the receipt, else a new version. How the
    document was made is remembered for the account. Raises UserError where somebody made another
    version of that number while this one was laid out, or where the plan is gone.
    """
    view = prepared.document.view
    plan = get(session, Plan, view.plan_id)
    revision_id = kept_as(session, plan.id, view.version, prepared.content)
    if not revision_id:
        if number_for(session, plan.id, prepared.content)[0] > view.version:
            raise _overtaken(session, plan.id, view.version)
        revision_id = _add_revision(
            session, plan.id, prepared.content, view.version, RevisionKind.EXPORT, ""
        )
    receipt = ExportReceipt(
        revision_id=revision_id,
        exported_at=dt.datetime.now(dt.UTC),
        file_name=clean("file_name", delivery.file_name),
        recipient=clean("recipient", request.recipient),
        language=request.language,
        document_kind=request.kind.value,
        sha256=delivery.sha256,
        setup=made_with_text(delivery.made),
    )
    session.add(receipt)
    remember_setup(session, plan.account_id, request.kind, request.language, request.setup)
    session.flush()
    return receipt.id


def record_version(session: Session, plan_id: str, note: str = "", *, today: dt.date) -> str:
    """Keep the plan as the customer may see it on `today`, by hand; return the revision's id.

    Where the newest version keeps the same already it gets the note, unless that is empty.
    Raises UserError where the plan is gone.
    """
    plan = get(session, Plan, plan_id)
    content = content_of_today(session, plan.account_id, plan_id, today=today)
    number, known_id = number_for(session, plan_id, content)
    if not known_id:
        return _add_revision(session, plan_id, content, number, RevisionKind.MANUAL, note)
    if note.strip():
        edit(session, PlanRevision, known_id, {"note": note})
    return known_id


def agree_to_plan(
    session: Session,
    plan_id: str,
    contact_id: str | None,
    signed_on: dt.date,
    how: SignOffMethod | str,
    note: str = "",
    *,
    today: dt.date,
) -> str:
    """Record that the customer agreed to the plan as it is on `today`; return the sign-off's id.

    It becomes a version where the newest one keeps something else. Raises what `record_agreement`
    does.
    """
    plan = get(session, Plan, plan_id)
    content = content_of_today(session, plan.account_id, plan_id, today=today)
    number, known_id = number_for(session, plan_id, content)
    revision_id = known_id or _add_revision(
        session, plan_id, content, number, RevisionKind.AGREEMENT, ""
    )
    return record_agreement(session, revision_id, contact_id, signed_on, how, note)


def record_agreement(
    session: Session,
    revision_id: str,
    contact_id: str | None,
    signed_on: dt.date,
    how: SignOffMethod | str,
    note: str = "",
) -> str:
    """Record that the customer agreed to a version; return the sign-off's id.

    A plan that was a draft or proposed becomes agreed. It need not be the newest version. Raises
    UserError where version or contact is gone, or the contact is another customer's.
    """
    revision = get(session, PlanRevision, revision_id)
    plan = get(session, Plan, revision.plan_id)
    if contact_id is not None and get(session, Contact, contact_id).account_id != plan.account_id:
        raise UserError(
            _("This contact belongs to another customer."),
            _("Choose somebody of the customer whose plan it is."),
        )
    sign_off = SignOff(
        revision_id=revision_id,
        contact_id=contact_id,
        signed_on=signed_on,
        how=SignOffMethod(how),
        note=clean("note", note),
    )
    session.add(sign_off)
    if plan.status is None or plan.status in _NOT_AGREED_YET:
        plan.status = PlanStatus.AGREED
    session.flush()
    return sign_off.id


def take_back_agreement(session: Session, sign_off_id: str) -> None:
    """Take a sign-off back; the plan is proposed again where nothing else was agreed.

    A plan that has moved on since, such as one in force, stays as it is.
    """
    sign_off = get(session, SignOff, sign_off_id)
    revision = get(session, PlanRevision, sign_off.revision_id)
    delete(session, "sign_off", [sign_off_id])
    left = session.scalars(
        select(SignOff.id)
        .join(PlanRevision, PlanRevision.id == SignOff.revision_id)
        .where(
            PlanRevision.plan_id == revision.plan_id,
            PlanRevision.deleted_at.is_(None),
            SignOff.deleted_at.is_(None),
        )
    ).first()
    plan = session.get(Plan, revision.plan_id)
    if left is None and plan is not None and plan.status == PlanStatus.AGREED:
        plan.status = PlanStatus.PROPOSED


def _overtaken(session: Session, plan_id: str, number: int) -> UserError:
    """Tell who made the version that a document was already printed as."""
    versions = plan_versions(session, plan_id)
    author = next((one.author for one in versions if one.number == number and one.author), "")
    said = _("Version {n} was made by {author} meanwhile; this file has its number.")
    if not author:
        said = _("Another version {n} was made meanwhile; this file has its number.")
    return UserError(
        said.format(n=number, author=author),
        _("Export again to get a number of its own, and throw this file away."),
    )


def _add_revision(
    session: Session, plan_id: str, content: str, number: int, kind: RevisionKind, note: str
) -> str:
    revision = PlanRevision(
        plan_id=plan_id,
        number=number,
        made_at=dt.datetime.now(dt.UTC),
        kind=kind,
        content=content,
        note=clean("note", note),
    )
    session.add(revision)
    session.flush()
    return revision.id
