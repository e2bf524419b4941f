"""The commands that write documents: the plan of an account, the portfolio report."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from csdesk.cli.call import Call, Commands, add_file, refuse_unwritable, refuse_workspace
from csdesk.cli.document_choices import (
    add_account_and_plan,
    add_kind,
    add_language,
    add_looks,
    add_page,
    add_sections,
    chosen_setup,
    day_meant,
    request_meant,
)
from csdesk.cli.leak_warnings import check_for_leaks, codes_of, finding_json, warn_of_rest
from csdesk.cli.passwords import add_password, password_meant
from csdesk.cli.versions_meant import receipt_meant, version_meant
from csdesk.errors import UserError
from csdesk.i18n import _, current, ngettext
from csdesk.model.document_setup import PLAIN_SETUP
from csdesk.model.vocabulary import CUSTOMER_KINDS, DocumentKind, DocumentSection
from csdesk.queries.document_request import DocumentRequest, customer_document
from csdesk.queries.leak_guard import Finding
from csdesk.queries.revisions import plan_versions
from csdesk.store.driver import told_plainly

if TYPE_CHECKING:
    from csdesk.report.document import Written
    from csdesk.report.exporting import Exported

_OF_THE_VERSION = {
    "page": "--page",
    "archival": "--archival",
    "cover": "--cover",
    "mark_unagreed": "--mark-unagreed",
    "without": "--without",
    "only": "--only",
    "all_sections": "--all-sections",
    "on": "--on",
    "to": "--to",
    "since": "--since",
}
"""Choices that an older version made already."""

_OF_CUSTOMERS = {
    "revision": "--revision",
    "receipt": "--receipt",
    "since": "--since",
    "to": "--to",
    "mark_unagreed": "--mark-unagreed",
}
"""Choices that only a customer's document has."""


def add_commands(commands: Commands) -> None:
    """Declare the commands of this module."""
    plan = commands.add_parser(
        "plan",
        help=_("write a success plan as PDF"),
        description=_(
            "Writes the success plan of an account as PDF: whole for the customer, as a one-page"
            " executive summary, or as an internal brief with everything we know. The first two"
            " hold nothing internal, are looked through for what people wrote there by mistake,"
            " and are recorded as a version. What is not chosen is as it was last time for this"
            " account. Without --plan it is the plan in force, else the newest one."
        ),
    )
    add_file(plan)
    add_account_and_plan(plan)
    _add_output(plan)
    add_kind(plan)
    add_page(plan)
    add_looks(plan)
    add_sections(plan)
    plan.add_argument(
        "--on", metavar=_("DATE"), help=_("the day the document speaks of; otherwise today")
    )
    plan.add_argument("--to", metavar=_("NAME"), help=_("whom it is for, as the versions tell"))
    plan.add_argument(
        "--since", metavar="N", help=_("tell what changed since version N, not the customer's")
    )
    again = plan.add_mutually_exclusive_group()
    again.add_argument("--revision", metavar="N", help=_("write the file of version N again"))
    again.add_argument(
        "--receipt", metavar=_("CODE"), help=_("write this file again (“csdesk versions”)")
    )
    add_password(plan)
    plan.add_argument(
        "--yes", action="store_true", help=_("write it whatever “csdesk leaks” warns of")
    )
    plan.add_argument("--json", action="store_true", help=_("write JSON for machines"))
    plan.set_defaults(run=write_plan)
    report = commands.add_parser(
        "report",
        help=_("write the portfolio report as PDF"),
        description=_(
            "Writes all accounts with renewals, ARR, progress and late action items as PDF, for"
            " ourselves; every page says that it is internal."
        ),
    )
    add_file(report)
    _add_output(report)
    add_language(report)
    add_page(report)
    report.add_argument("--on", metavar=_("DATE"), help=_("the day it speaks of; otherwise today"))
    add_password(report)
    report.set_defaults(run=write_report)


def _add_output(command: argparse.ArgumentParser) -> None:
    command.add_argument("--pdf", metavar=_("OUT"), required=True, help=_("the PDF file to write"))


def write_plan(call: Call) -> None:
    """Write a document of one account: a new one, or that of an older version again."""
    options = call.options
    out = _target(options)
    kind = DocumentKind(options.kind or DocumentKind.CUSTOMER)
    is_again = options.revision is not None or options.receipt is not None
    if kind == DocumentKind.INTERNAL:
        _refuse(options, _OF_CUSTOMERS, _("An internal brief has no versions and no recipient."))
    elif is_again:
        _refuse(options, _OF_THE_VERSION, _("A version is written again as it was."))
    password = password_meant(call)
    if is_again:
        _write_again(call, out, password)
    elif kind == DocumentKind.INTERNAL:
        _write_internal(call, out, password)
    else:
        _write_for_customer(call, out, password)


def write_report(call: Call) -> None:
    """Write the portfolio report."""
    from csdesk.report.exporting import export_internal

    options = call.options
    out = _target(options)
    password = password_meant(call)
    request = DocumentRequest(
        account_id="",
        plan_id=None,
        kind=DocumentKind.PORTFOLIO,
        language=options.lang or current().language,
        setup=chosen_setup(options, PLAIN_SETUP),
    )
    bar = call.terminal.bar()
    try:
        with call.reading() as workspace:
            written = export_internal(
                workspace,
                request,
                out,
                today=day_meant(options.on),
                progress=bar,
                password=password,
            )
    finally:
        bar.clear()
    say_written(call, written)


def _target(options: argparse.Namespace) -> Path:
    out = Path(options.pdf).expanduser()
    refuse_workspace(out)
    return out


def _refuse(options: argparse.Namespace, names: dict[str, str], why: str) -> None:
    """Raise UserError where a choice was made that would be passed over."""
    given = [
        option for name, option in names.items() if getattr(options, name) not in (None, False)
    ]
    if given:
        raise UserError(why, _("Leave out {options}.").format(options=", ".join(given)))


def _refuse_unwritable(call: Call) -> None:
    """Raise UserError where what is exported could not be recorded."""
    with told_plainly():
        refuse_unwritable(call.file)


def _write_for_customer(call: Call, out: Path, password: str) -> None:
    """Look through a customer's document, write it, and record what was written."""
    from csdesk.report.exporting import export_document

    options, day = call.options, day_meant(call.options.on)
    _refuse_unwritable(call)
    bar = call.terminal.bar()
    try:
        with call.reading() as workspace:
            request = workspace.read(_request, options)
            document = workspace.read(customer_document, request, today=day)
            findings = check_for_leaks(call.terminal, workspace, document, goes_on=options.yes)
            exported = export_document(
                workspace,
                request,
                out,
                today=day,
                progress=bar,
                password=password,
                checked=document,
            )
    finally:
        bar.clear()
    if options.json:
        _say_as_json(call, exported, findings)
    else:
        _say_exported(call, exported)
    warn_of_rest(call.terminal, findings)


def _request(session: Session, options: argparse.Namespace) -> DocumentRequest:
    """Read the request; a version to compare with brings back the section that compares."""
    request = request_meant(session, options)
    if options.since is None:
        return request
    if request.plan_id is None:
        raise UserError(_("This account has no plan, and so no versions."), _("Leave --since out."))
    version = version_meant(plan_versions(session, request.plan_id), options.since)
    setup = request.setup
    shown = replace(setup, left_out=setup.left_out - {DocumentSection.CHANGES})
    return replace(request, setup=shown, since_id=version.id)


def _write_again(call: Call, out: Path, password: str) -> None:
    """Write the file of an older version again; nothing is recorded about it."""
    from csdesk.report.exporting import export_again

    bar = call.terminal.bar()
    try:
        with call.reading() as workspace:
            receipt = workspace.read(receipt_meant, call.options)
            exported = export_again(workspace, receipt.id, out, progress=bar, password=password)
    finally:
        bar.clear()
    if call.options.json:
        _say_as_json(call, exported, ())
    else:
        _say_exported(call, exported)


def _write_internal(call: Call, out: Path, password: str) -> None:
    from csdesk.report.exporting import export_internal

    options, day = call.options, day_meant(call.options.on)
    _refuse_unwritable(call)
    bar = call.terminal.bar()
    try:
        with call.reading() as workspace:
            request = workspace.read(request_meant, options)
            written = export_internal(
                workspace, request, out, today=day, progress=bar, password=password
            )
    finally:
        bar.clear()
    if options.json:
        call.terminal.json(_written_json(written))
    else:
        say_written(call, written)


def _say_exported(call: Call, exported: Exported) -> None:
    say_written(call, exported.written)
    if exported.version is not None:
        said = _("It is version {n}.").format(n=exported.version)
        call.terminal.say(said)
    for notice in exported.notices:
        call.terminal.note(notice)


def say_written(call: Call, written: Written) -> None:
    """Say what was written, and how many characters no font could show."""
    said = ngettext(
        "“{path}” was written: {n} page.", "“{path}” was written: {n} pages.", written.pages
    )
    call.terminal.say(said.format(path=written.path, n=written.pages))
    _note_unshown(call, written)


def _note_unshown(call: Call, written: Written) -> None:
    if written.unshown:
        call.terminal.note(
            ngettext(
                "{n} character could not be shown; 〓 stands in its place.",
                "{n} characters could not be shown; 〓 stands in their place.",
                written.unshown,
            ).format(n=written.unshown)
        )


def _say_as_json(call: Call, exported: Exported, findings: Sequence[Finding]) -> None:
    codes = codes_of(findings)
    view, kind = exported.document.view, exported.document.kind
    assert kind in CUSTOMER_KINDS, "only a customer's document has a version"
    call.terminal.json(
        {
            **_written_json(exported.written),
            "kind": kind.value,
            "language": exported.document.language,
            "account_id": view.account_id,
            "plan_id": view.plan_id or None,
            "version": exported.version,
            "receipt_id": exported.receipt_id or None,
            "notices": list(exported.notices),
            "findings": [finding_json(one, codes[one.key]) for one in findings],
        }
    )
    for notice in exported.notices:
        call.terminal.note(notice)
    _note_unshown(call, exported.written)


def _written_json(written: Written) -> dict[str, Any]:
    return {
        "path": str(written.path),
        "pages": written.pages,
        "sha256": written.sha256,
        "unshown": written.unshown,
    }
