"""Commands for the files beside a customer's document: workbook, calendar, mail draft."""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from csdesk.actions.editing import today
from csdesk.cli.call import Call, Commands, add_file, refuse_workspace
from csdesk.cli.leak_warnings import check_for_leaks
from csdesk.cli.tables import Column
from csdesk.errors import UserError
from csdesk.exchange.tables import read_bytes, shorten
from csdesk.exchange.whole_file import whole_file
from csdesk.i18n import LANGUAGES, _, ngettext
from csdesk.model.document_setup import PLAIN_SETUP
from csdesk.model.vocabulary import DocumentKind
from csdesk.queries.customer_document import CustomerDocument
from csdesk.queries.delivered_files import accounts_of_file
from csdesk.queries.document_request import DocumentRequest, customer_document, document_options
from csdesk.queries.portfolio import portfolio_rows
from csdesk.queries.rows import find_row

if TYPE_CHECKING:
    from csdesk.exchange.customer_workbook import Difference, WorkbookReview

ALL = "all"
MAX_PDF = 100_000_000
"""Bytes of a PDF that goes with a mail; mail servers take far less."""


def add_commands(commands: Commands) -> None:
    """Declare the commands of this module."""
    workbook = commands.add_parser(
        "workbook",
        help=_("write the workbook that a customer fills in"),
        description=_(
            "Writes an Excel workbook with the customer's action items and success measures. They"
            " fill it in and send it back; “csdesk returned” reads it. It holds nothing internal."
        ),
    )
    _add_account(workbook)
    _add_out(workbook, _("the workbook to write (.xlsx)"))
    workbook.set_defaults(run=write_workbook_file)
    returned = commands.add_parser(
        "returned",
        help=_("what a customer changed in a workbook, and take it over"),
        description=_(
            "Lists what a customer changed in a workbook that came back: as it was sent, as they"
            " have it, as it is now. Nothing is changed without --accept; with it, what is named"
            " is taken over as one step, which “csdesk undo FILE” takes back."
        ),
    )
    add_file(returned)
    returned.add_argument("workbook", metavar="XLSX", help=_("the workbook that came back"))
    returned.add_argument(
        "--accept",
        metavar=_("KEY"),
        nargs="+",
        help=_(
            "take these over, by the keys in the list; “all” is everything but what we changed"
            " ourselves meanwhile"
        ),
    )
    returned.add_argument("--json", action="store_true", help=_("write JSON for machines"))
    returned.set_defaults(run=read_returned)
    calendar = commands.add_parser(
        "calendar",
        help=_("write a calendar file for a customer"),
        description=_(
            "Writes a calendar file (.ics) with the milestones, the customer's action items and"
            " the next review. Opening a later one moves the entries. It holds nothing internal."
        ),
    )
    _add_account(calendar)
    _add_out(calendar, _("the calendar file to write (.ics)"))
    calendar.set_defaults(run=write_calendar_file)
    _add_mail(commands)


def _add_mail(commands: Commands) -> None:
    mail = commands.add_parser(
        "mail",
        help=_("write a mail draft with a customer's document"),
        description=_(
            "Writes a mail to the customer with the PDF attached, as a draft (.eml) that opens"
            " unsent in the mail program. Nothing is sent."
        ),
    )
    _add_account(mail)
    _add_out(mail, _("the mail draft to write (.eml)"))
    mail.add_argument("--pdf", metavar="PDF", required=True, help=_("the PDF to attach"))
    mail.add_argument(
        "--to", metavar=_("ADDRESS"), default="", help=_("whom it is for (the plan's owner there)")
    )
    mail.add_argument("--workbook", action="store_true", help=_("attach the workbook too"))
    mail.add_argument("--calendar", action="store_true", help=_("attach the calendar file too"))
    mail.set_defaults(run=write_mail_draft)


def _add_account(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("account", metavar=_("ACCOUNT"), help=_("id or name of the account"))
    command.add_argument("--plan", metavar=_("TITLE"), help=_("title or id of the plan"))
    command.add_argument("--lang", choices=LANGUAGES, help=_("the language of the document"))
    command.add_argument(
        "--yes", action="store_true", help=_("write it whatever “csdesk leaks” warns of")
    )


def _add_out(command: argparse.ArgumentParser, words: str) -> None:
    command.add_argument("--out", metavar=_("OUT"), required=True, help=words)


def write_workbook_file(call: Call) -> None:
    """Write the workbook of an account's plan."""
    from csdesk.exchange.customer_workbook import workbook_bytes

    _write(call, workbook_bytes(_document(call)))


def write_calendar_file(call: Call) -> None:
    """Write the calendar file of an account's plan."""
    from csdesk.exchange.calendar_file import calendar_bytes, has_entries

    document = _document(call)
    if not has_entries(document):
        raise UserError(
            _("The plan has no dates that the customer sees."),
            _("Give milestones, the customer's action items or the next review a date."),
        )
    _write(call, calendar_bytes(document))


def write_mail_draft(call: Call) -> None:
    """Write a mail draft with a PDF that was made before."""
    from csdesk.exchange.calendar_file import calendar_bytes
    from csdesk.exchange.customer_workbook import workbook_bytes
    from csdesk.exchange.mail_draft import Attachment, is_address, mail_draft_bytes

    options = call.options
    if options.to and not is_address(options.to):
        raise UserError(
            _("“{text}” is no mail address.").format(text=shorten(options.to)),
            _("Write one address, such as name@example.com."),
        )
    path = Path(options.pdf).expanduser()
    pdf = read_bytes(path, MAX_PDF)
    if not pdf.startswith(b"%PDF-"):
        raise UserError(
            _("{name} is no PDF.").format(name=path.name),
            _("Write the document first: csdesk plan FILE ACCOUNT --pdf OUT"),
        )
    document = _document(call)
    _check_attached(call, document, pdf, path.name)
    workbook = calendar = None
    if options.workbook:
        workbook = Attachment(f"{path.stem}.xlsx", workbook_bytes(document))
    if options.calendar:
        calendar = Attachment(f"{path.stem}.ics", calendar_bytes(document))
    _write(
        call,
        mail_draft_bytes(
            document, pdf, path.name, to=options.to, workbook=workbook, calendar=calendar
        ),
    )


def _check_attached(call: Call, document: CustomerDocument, pdf: bytes, name: str) -> None:
    """Raise UserError where the PDF was made for another customer, or nobody knows for whom.

    The second is passed over by --yes.
    """
    with call.reading() as workspace:
        owners = workspace.read(accounts_of_file, hashlib.sha256(pdf).hexdigest())
    view = document.view
    if view.account_id in owners or (call.options.yes and not owners):
        return
    if owners:
        raise UserError(
            _("{name} was made for another customer.").format(name=name),
            _("Attach a document for {account}.").format(account=view.account_name),
        )
    raise UserError(
        _("{name} is not known as a document for {account}.").format(
            name=name, account=view.account_name
        ),
        _("It may be internal. Look into it; to attach it all the same, go on with --yes."),
    )


def read_returned(call: Call) -> None:
    """List what a customer changed, or take over what is named."""
    from csdesk.exchange.customer_workbook import (
        accept_differences,
        read_workbook,
        workbook_review,
    )

    returned = read_workbook(Path(call.options.workbook).expanduser())
    if call.options.accept is None:
        with call.reading() as workspace:
            review = workspace.read(workbook_review, returned)
        _show(call, review)
        return
    with call.writing() as workspace:
        review = workspace.read(workbook_review, returned)
        chosen = _chosen(review, call.options.accept)
        if chosen:
            workspace.write(_("Take over the customer's answers"), accept_differences, chosen)
    _tell_accepted(call, review, chosen)


def _chosen(review: WorkbookReview, keys: Sequence[str]) -> tuple[Difference, ...]:
    """Return the differences that are named; raises UserError for a key that is not there."""
    known = {difference.key: difference for difference in review.differences}
    unknown = [key for key in keys if key not in known and key != ALL]
    if unknown:
        raise UserError(
            _("There is no difference {keys} in this workbook.").format(
                keys=", ".join(shorten(key) for key in unknown)
            ),
            _("Nothing was changed. Without --accept the command lists them."),
        )
    return tuple(
        one
        for one in review.differences
        if one.key in keys or (ALL in keys and not one.is_conflict)
    )


def _show(call: Call, review: WorkbookReview) -> None:
    if call.options.json:
        call.terminal.json(_as_json(review))
        return
    said = _("{account} · {plan}") if review.plan_title else "{account}"
    call.terminal.say(said.format(account=review.account_name, plan=review.plan_title))
    if not review.differences:
        call.terminal.say(_("The customer changed nothing that the plan does not say already."))
    else:
        columns = [
            Column(_("Key")),
            Column(_("Item")),
            Column(_("Field")),
            Column(_("Sent")),
            Column(_("The customer's")),
            Column(_("Now")),
            Column(""),
        ]
        rows = [
            (
                one.key,
                one.title,
                one.label,
                one.was,
                one.theirs,
                one.now,
                _("changed by us too") if one.is_conflict else "",
            )
            for one in review.differences
        ]
        call.terminal.table(columns, rows)
    for notice in review.notices:
        call.terminal.note(notice)


def _tell_accepted(call: Call, review: WorkbookReview, chosen: Sequence[Difference]) -> None:
    if call.options.json:
        call.terminal.json(_as_json(review) | {"accepted": [one.key for one in chosen]})
        return
    said = ngettext("{n} answer was taken over.", "{n} answers were taken over.", len(chosen))
    call.terminal.say(said.format(n=len(chosen)))
    left = [one for one in review.differences if one.is_conflict and one not in chosen]
    if left:
        said = ngettext(
            "{n} answer was left: we changed it ourselves since it was sent. To take it over,"
            " name it: {keys}",
            "{n} answers were left: we changed them ourselves since they were sent. To take them"
            " over, name them: {keys}",
            len(left),
        )
        call.terminal.note(said.format(n=len(left), keys=" ".join(one.key for one in left)))
    for notice in review.notices:
        call.terminal.note(notice)


def _as_json(review: WorkbookReview) -> dict[str, object]:
    return {
        "account_id": review.account_id,
        "plan_id": review.plan_id,
        "version": review.version,
        "differences": [
            {
                "key": one.key,
                "place": one.place,
                "entity": one.entity,
                "id": one.id,
                "title": one.title,
                "field": one.field,
                "was": one.was,
                "theirs": one.theirs,
                "now": one.now,
                "is_conflict": one.is_conflict,
            }
            for one in review.differences
        ],
        "notices": list(review.notices),
    }


def _document(call: Call) -> CustomerDocument:
    """Read what the files are made of: the plan that is named, else the one in force."""
    options = call.options
    refuse_workspace(Path(options.out).expanduser())
    with call.reading() as workspace:
        request = workspace.read(_request, options.account, options.plan, options.lang)
        # All sections are read, and looked through for leaks, whatever the PDF leaves out: a
        # workbook shows the same action items, and a calendar has to know what is gone.
        whole = replace(request, setup=PLAIN_SETUP)
        document = workspace.read(customer_document, whole, today=today())
        check_for_leaks(call.terminal, workspace, document, goes_on=options.yes)
    return replace(document, setup=request.setup)


def _request(
    session: Session, account: str, plan: str | None, language: str | None
) -> DocumentRequest:
    account_id = find_row(session, "account", account)
    if plan is not None:
        plan_id: str | None = find_row(session, "plan", plan, account_id=account_id)
    else:
        (known,) = portfolio_rows(session, today=today(), account_ids=[account_id])
        plan_id = known.plan_id
    kind = DocumentKind.CUSTOMER
    remembered, setup = document_options(session, account_id, kind)
    return DocumentRequest(account_id, plan_id, kind, language or remembered, setup)


def _write(call: Call, data: bytes) -> None:
    out = Path(call.options.out).expanduser()
    with whole_file(out) as stream:
        stream.write(data)
    call.terminal.say(_("“{path}” was written.").format(path=out))
