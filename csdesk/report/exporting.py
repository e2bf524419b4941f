"""Exports a document in the right order: lay out, protect, write whole, and only then record.

Nothing is recorded about a file that was not written. A file that was written stays, whatever
happens then: it is the user's.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from csdesk.actions.documents import remember_setup
from csdesk.actions.editing import clean
from csdesk.actions.revisions import Delivery, record_export
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model.vocabulary import CUSTOMER_KINDS, DocumentKind
from csdesk.progress import Progress
from csdesk.queries.customer_document import CustomerDocument
from csdesk.queries.document_request import (
    DocumentRequest,
    PreparedDocument,
    branding,
    delivered_file,
    document_of_receipt,
    prepared_document,
)
from csdesk.queries.internal_brief import internal_brief
from csdesk.queries.portfolio_report import portfolio_report
from csdesk.report.customer_document import customer_document_bytes
from csdesk.report.document import Made, Written, keep
from csdesk.report.kept_documents import keep_document, kept_document
from csdesk.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Exported:
    """What became of an export for a customer."""

    written: Written
    version: int | None
    """The number it carries and was recorded as; None where no version was recorded."""
    document: CustomerDocument
    notices: tuple[str, ...] = ()
    """What the user should know about it, in whole sentences."""
    receipt_id: str = ""
    """Empty where nothing was recorded."""


def export_document(
    workspace: Workspace,
    request: DocumentRequest,
    out: Path,
    *,
    today: dt.date,
    progress: Progress,
    password: str = "",
    checked: CustomerDocument | None = None,
) -> Exported:
    """Write a document for a customer to `out` and record version, receipt and options as one step.

    `checked` is the document as somebody, or the leak guard, looked through it: where it would be
    another one now, because of a colleague or an edit meanwhile, nothing is written.

    The same content again is the same version with one more receipt. Where the workspace can only
    be read, or the account has no plan, the file is written and nothing recorded; a notice says
    so. Raises UserError where `checked` is out of date or the file cannot be written (then nothing
    is recorded), where the password will not do, or where recording fails (then the file is
    there); CancelledError from `progress`.
    """
    clean("recipient", request.recipient)  # what cannot be recorded is not written first
    prepared = workspace.read(prepared_document, request, today=today)
    if checked is not None and prepared.document != checked:
        raise UserError(
            _("The plan was changed after the document was looked through."),
            _("Look through it again, then export it."),
        )
    made = customer_document_bytes(prepared.document, progress)
    data = _protected(made.data, password)
    written = keep(made._replace(data=data), out)
    unrecorded = _why_unrecorded(workspace, prepared)
    if unrecorded:
        return Exported(written, None, prepared.document, (unrecorded, *_unread(made)))
    number = prepared.document.view.version
    delivery = Delivery(
        file_name=out.name,
        sha256=written.sha256,
        made=replace(
            prepared.made, is_protected=bool(password), pages=made.pages, unshown=made.unshown
        ),
    )
    label = _("Export v{n} of “{plan}”").format(n=number, plan=_plan_name(prepared))
    step = workspace.write(label, record_export, request, prepared, delivery)
    notices = (*_kept(workspace, written.sha256, data), *_unread(made))
    return Exported(written, number, prepared.document, notices, step.result)


def _unread(made: Made) -> tuple[str, ...]:
    """Say that logos were left out, where they are no pictures."""
    if not made.unread_images:
        return ()
    return (_("A logo cannot be read as a picture and was left out. Choose it again."),)


def export_again(
    workspace: Workspace,
    receipt_id: str,
    out: Path,
    *,
    progress: Progress,
    password: str = "",
) -> Exported:
    """Write the file of an earlier export again, byte for byte where that is possible.

    The file kept on this computer comes first. Without it, or with a new `password`, the version is
    laid out again; a notice says where that gives another file than was delivered. Nothing is
    recorded. Raises UserError where the receipt or a version it needs is gone or cannot be read,
    or where the file cannot be written; CancelledError from `progress`.
    """
    document = workspace.read(document_of_receipt, receipt_id)
    delivered = workspace.read(delivered_file, receipt_id)
    version = document.view.version
    kept = None if password else kept_document(workspace.replica, delivered.sha256)
    if kept is not None:
        made = Made(kept, delivered.made.pages, delivered.made.unshown)
        return Exported(keep(made, out), version, document, (), receipt_id)
    made = customer_document_bytes(document, progress)
    data = _protected(made.data, password)
    notices: tuple[str, ...] = ()
    if password:
        notices = (_("It was laid out again and has the new password."),)
    elif delivered.made.is_protected:
        notices = (
            _(
                "The file as it was sent is not kept on this computer. It was laid out again,"
                " without a password."
            ),
        )
    elif hashlib.sha256(data).hexdigest() != delivered.sha256:
        notices = (
            _(
                "The content is as it was sent, but this CSDesk lays it out differently: the file"
                " is not the same byte for byte."
            ),
        )
    written = keep(made._replace(data=data), out)
    return Exported(written, version, document, notices, receipt_id)


def export_internal(
    workspace: Workspace,
    request: DocumentRequest,
    out: Path,
    *,
    today: dt.date,
    progress: Progress,
    password: str = "",
) -> Written:
    """Write an internal brief or the portfolio report to `out`; they have no versions.

    How a brief was made is remembered for its account where the workspace can be written.
    Raises what `export_document` does for the file.
    """
    made = internal_document_bytes(workspace, request, today=today, progress=progress)
    data = _protected(made.data, password)
    written = keep(made._replace(data=data), out)
    if request.account_id and not workspace.read_only:
        workspace.write(
            _("Remember how this document is made"),
            remember_setup,
            request.account_id,
            request.kind,
            request.language,
            request.setup,
        )
    return written


def internal_document_bytes(
    workspace: Workspace, request: DocumentRequest, *, today: dt.date, progress: Progress
) -> Made:
    """Make an internal brief or the portfolio report in memory."""
    assert request.kind not in CUSTOMER_KINDS, "a customer's document has a version"
    from csdesk.report.internal_brief import internal_brief_bytes
    from csdesk.report.portfolio import portfolio_report_bytes

    looks = workspace.read(branding, request.account_id)
    if request.kind == DocumentKind.PORTFOLIO:
        return portfolio_report_bytes(
            workspace.read(portfolio_report, today=today),
            language=request.language,
            progress=progress,
            setup=request.setup,
            branding=looks,
        )
    return internal_brief_bytes(
        workspace.read(internal_brief, request.account_id, request.plan_id, today=today),
        language=request.language,
        progress=progress,
        setup=request.setup,
        branding=looks,
    )


def _protected(data: bytes, password: str) -> bytes:
    if not password:
        return data
    from csdesk.report.protection import protected

    return protected(data, password)


def _why_unrecorded(workspace: Workspace, prepared: PreparedDocument) -> str:
    if not prepared.document.view.plan_id:
        return _("No version was recorded: this account has no plan yet.")
    if workspace.read_only:
        return _("No version was recorded: the workspace is open in another CSDesk.")
    return ""


def _plan_name(prepared: PreparedDocument) -> str:
    view = prepared.document.view
    return view.title or view.account_name


def _kept(workspace: Workspace, sha256: str, data: bytes) -> tuple[str, ...]:
    """Keep the file as it was delivered; tell where that did not work."""
    try:
        keep_document(workspace.replica, sha256, data)
    except OSError as trouble:
        said = _("No copy of the file could be kept on this computer: {reason}.")
        return (said.format(reason=trouble.strerror or trouble),)
    return ()
