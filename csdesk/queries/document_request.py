"""From a wish for a document to all it is made of: content, version number, looks, comparisons."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import re
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.actions.desk import ACCENT_COLOUR, COMPANY_LOGO, IMAGE_PREFIX
from csdesk.actions.documents import IMAGE_STARTS, MOST_IMAGE_BYTES
from csdesk.errors import UserError
from csdesk.i18n import LANGUAGES, _, current
from csdesk.model.document_setup import PLAIN_SETUP, Setup
from csdesk.model.identity import natural_id
from csdesk.model.records import Account, DocumentOptions, ExportReceipt, WorkspaceSetting
from csdesk.model.vocabulary import CUSTOMER_KINDS, DocumentKind, DocumentSection, PageSize
from csdesk.queries.customer_content import BrandingNames, Content, freeze
from csdesk.queries.customer_document import Agreement, Branding, CustomerDocument
from csdesk.queries.customer_plan import customer_plan
from csdesk.queries.customer_reader import read_customer
from csdesk.queries.customer_rows import CustomerPlan
from csdesk.queries.known_before import known_part, sections_shown
from csdesk.queries.made_with import MadeWith, known_sections, made_with
from csdesk.queries.revisions import (
    Version,
    agreement_to,
    no_such_version,
    number_for,
    plan_versions,
    revision_content,
)

_SHA256 = re.compile("[0-9a-f]{64}")
_COLOUR = re.compile("#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True)
class DocumentRequest:
    """Which document somebody wants."""

    account_id: str
    plan_id: str | None
    """None where the account has no plan yet."""
    kind: DocumentKind
    language: str
    setup: Setup = PLAIN_SETUP
    recipient: str = ""
    """Whom it is for, as the receipt will say."""
    since_id: str = ""
    """The version to tell the changes since; empty for the one the customer has."""
    revision_id: str = ""
    """An older version instead of the plan as it is, for another language or another reader."""


@dataclass(frozen=True, slots=True)
class PreparedDocument:
    """A document with what its receipt will keep."""

    document: CustomerDocument
    content: str
    """As `freeze` wrote it."""
    made: MadeWith


def customer_document(
    session: Session, request: DocumentRequest, *, today: dt.date
) -> CustomerDocument:
    """Return all that the document is made of, as it would be exported on `today`.

    Its version is the newest revision's number where that keeps the same content, else the next;
    of an older version its own number, and its own day instead of `today`.
    Raises UserError where account or plan is gone, or where a version it needs cannot be read.
    """
    return prepared_document(session, request, today=today).document


def prepared_document(
    session: Session, request: DocumentRequest, *, today: dt.date
) -> PreparedDocument:
    """Return what `customer_document` does, with what will be recorded about it."""
    assert request.kind in CUSTOMER_KINDS, "only a customer's documents are made of revisions"
    kept, content, number = _content_of(session, request, today)
    view = kept.plan
    document = CustomerDocument(
        kind=request.kind,
        language=request.language,
        view=replace(view, version=number),
        setup=request.setup,
        branding=branding_of(session, kept.branding),
    )
    if not view.plan_id:
        return PreparedDocument(document, content, MadeWith(request.setup))
    versions = plan_versions(session, view.plan_id)
    before = _to_compare_with(versions, number, request.since_id)
    signed = next((one for one in versions if one.sign_offs and one.number <= number), None)
    wants_changes = request.setup.has(DocumentSection.CHANGES)
    shown = sections_shown(before) if before else frozenset()
    since = _known_to_customer(session, before) if before and wants_changes else None
    agreed = _agreed(session, signed) if signed else None
    made = MadeWith(
        request.setup,
        since_id=before.id if before and since else "",
        since_shown=shown if since else None,
        agreed_id=signed.id if signed else "",
        signed_on=agreed.signed_on if agreed else None,
        signed_by=agreed.signed_by if agreed else "",
    )
    if since is not None:
        since = known_part(since, view, shown)
    return PreparedDocument(replace(document, since=since, agreed=agreed), content, made)


def _content_of(
    session: Session, request: DocumentRequest, today: dt.date
) -> tuple[Content, str, int]:
    """Return the wanted content, as it is written, and the number of its version."""
    if request.revision_id:
        kept = revision_content(session, request.revision_id)
        if kept.plan.plan_id != (request.plan_id or ""):
            raise no_such_version()
        return kept, freeze(kept), kept.plan.version
    view = customer_plan(session, request.plan_id, request.account_id, today=today)
    content = Content(view, branding_names(session, request.account_id))
    text = freeze(content)
    number = number_for(session, view.plan_id, text)[0] if view.plan_id else 1
    return content, text, number


def _to_compare_with(versions: tuple[Version, ...], number: int, since_id: str) -> Version | None:
    """Choose the version to tell the changes since: the wanted one, else the customer's."""
    if since_id:
        wanted = next((one for one in versions if one.id == since_id), None)
        if wanted is None:
            raise no_such_version()
        return wanted
    return next((one for one in versions if one.number < number and one.has_customer), None)


def content_of_today(session: Session, account_id: str, plan_id: str, *, today: dt.date) -> str:
    """Return a plan and its looks as a revision keeps them; raises what `customer_plan` does."""
    view = customer_plan(session, plan_id, account_id, today=today)
    return freeze(Content(view, branding_names(session, account_id)))


def document_of_receipt(session: Session, receipt_id: str) -> CustomerDocument:
    """Return what the file of an export receipt was made of.

    Raises UserError where the receipt or a version it needs is gone or cannot be read.
    """
    receipt = _receipt(session, receipt_id)
    kind = next((one for one in CUSTOMER_KINDS if one.value == receipt.document_kind), None)
    if kind is None or receipt.language not in LANGUAGES:
        raise UserError(
            _("This document was made by a newer CSDesk."), _("Update CSDesk to make it again.")
        )
    content = revision_content(session, receipt.revision_id)
    made = made_with(receipt.setup)
    agreed = None
    if made.agreed_id:
        agreed_plan = _compared_with(session, made.agreed_id)
        agreed = Agreement(agreed_plan, made.signed_on, made.signed_by)
    since = _compared_with(session, made.since_id) if made.since_id else None
    if since is not None and made.since_shown is not None:
        since = known_part(since, content.plan, made.since_shown)
    return CustomerDocument(
        kind=kind,
        language=str(receipt.language),
        view=content.plan,
        setup=made.setup,
        branding=branding_of(session, content.branding),
        since=since,
        agreed=agreed,
    )


@dataclass(frozen=True, slots=True)
class DeliveredFile:
    """What a receipt knows of its file."""

    sha256: str
    made: MadeWith


def delivered_file(session: Session, receipt_id: str) -> DeliveredFile:
    """Return what a receipt knows of its file; raises UserError where it is gone."""
    receipt = _receipt(session, receipt_id)
    return DeliveredFile(receipt.sha256 or "", made_with(receipt.setup))


def document_options(session: Session, account_id: str, kind: str) -> tuple[str, Setup]:
    """Return language and setup that a kind of document of an account was made with last.

    Where nothing is remembered: the language of the account's documents and the plain setup.
    """
    row = session.get(DocumentOptions, natural_id("document_options", account_id, kind))
    if row is None or row.deleted_at is not None:
        return account_language(session, account_id), PLAIN_SETUP
    language = row.language if row.language in LANGUAGES else None
    size = row.page_size if isinstance(row.page_size, PageSize) else PLAIN_SETUP.page_size
    setup = Setup(
        page_size=size,
        has_cover=PLAIN_SETUP.has_cover if row.has_cover is None else row.has_cover,
        left_out=known_sections((row.left_out or "").split()),
        marks_unagreed=bool(row.marks_unagreed),
        is_archival=bool(row.is_archival),
    )
    return str(language or account_language(session, account_id)), setup


def account_language(session: Session, account_id: str) -> str:
    """Return the language of an account's documents; the interface's where none was chosen."""
    language = session.scalar(select(Account.document_language).where(Account.id == account_id))
    return str(language) if language in LANGUAGES else current().language


def branding(session: Session, account_id: str) -> Branding:
    """Return how documents of an account look now; of no account ("") without a second logo."""
    return branding_of(session, branding_names(session, account_id))


def branding_names(session: Session, account_id: str) -> BrandingNames:
    """Return the accent colour and the names of the logos; empty for what was not chosen."""
    found = session.execute(
        read_customer(WorkspaceSetting.id, WorkspaceSetting.value).where(
            WorkspaceSetting.id.in_((ACCENT_COLOUR, COMPANY_LOGO)),
            WorkspaceSetting.deleted_at.is_(None),
        )
    )
    settings = {row.id: row.value or "" for row in found}
    logo = session.scalar(read_customer(Account.logo).where(Account.id == account_id))
    return BrandingNames(
        accent=_matching(_COLOUR, settings.get(ACCENT_COLOUR)),
        logo=_matching(_SHA256, settings.get(COMPANY_LOGO)),
        customer_logo=_matching(_SHA256, logo),
    )


def branding_of(session: Session, names: BrandingNames) -> Branding:
    """Return colour and images of what was named; an image that is not there is none."""
    return Branding(
        accent=_matching(_COLOUR, names.accent),
        logo=_image(session, names.logo),
        customer_logo=_image(session, names.customer_logo),
    )


def _receipt(session: Session, receipt_id: str) -> ExportReceipt:
    receipt = session.get(ExportReceipt, receipt_id)
    if receipt is None or receipt.deleted_at is not None:
        raise UserError(
            _("This export is no longer in the list."),
            _("Undo what took it back if you need it again."),
        )
    return receipt


def _image(session: Session, name: str) -> bytes:
    """Return an image by the SHA-256 of its bytes; nothing for what does not have that one."""
    if not _SHA256.fullmatch(name):
        return b""
    kept = session.scalar(
        read_customer(WorkspaceSetting.value).where(WorkspaceSetting.id == IMAGE_PREFIX + name)
    )
    try:
        data = base64.b64decode(kept or "", validate=True)
    except (binascii.Error, ValueError):
        return b""
    is_image = data.startswith(IMAGE_STARTS) and len(data) <= MOST_IMAGE_BYTES
    return data if is_image and hashlib.sha256(data).hexdigest() == name else b""


def _compared_with(session: Session, revision_id: str) -> CustomerPlan:
    return revision_content(session, revision_id, even_deleted=True).plan


def _known_to_customer(session: Session, version: Version) -> CustomerPlan:
    try:
        return revision_content(session, version.id).plan
    except UserError as trouble:
        raise UserError(
            _("Changes since version {n} cannot be told: it cannot be read.").format(
                n=version.number
            ),
            _("Leave out the section about changes to go on without it."),
        ) from trouble


def _agreed(session: Session, version: Version) -> Agreement:
    try:
        return agreement_to(session, version)
    except UserError as trouble:
        raise UserError(
            _("Version {n}, which the customer agreed to, cannot be read.").format(
                n=version.number
            ),
            _("Take its agreement back to go on without it."),
        ) from trouble


def _matching(pattern: re.Pattern[str], text: str | None) -> str:
    return text if text and pattern.fullmatch(text) else ""
