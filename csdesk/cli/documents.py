"""Commands that write documents: the success plan of an account, the portfolio report."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from csdesk.actions.editing import today
from csdesk.cli.call import Call, Commands, add_file, refuse_workspace
from csdesk.errors import UserError
from csdesk.i18n import LANGUAGES, _, current, ngettext
from csdesk.model.vocabulary import DocumentKind
from csdesk.progress import Progress
from csdesk.queries.customer_document import CustomerDocument
from csdesk.queries.customer_plan import customer_plan
from csdesk.queries.internal_brief import internal_brief
from csdesk.queries.portfolio import portfolio_rows
from csdesk.queries.portfolio_report import portfolio_report
from csdesk.queries.rows import find_row, row_of
from csdesk.workspace.workspace import Workspace

KINDS = (DocumentKind.CUSTOMER, DocumentKind.EXECUTIVE, DocumentKind.INTERNAL)
"""The documents of one account."""


def add_commands(commands: Commands) -> None:
    """Declare the commands of this module."""
    plan = commands.add_parser(
        "plan",
        help=_("write a success plan as PDF"),
        description=_(
            "Writes the success plan of an account as PDF: whole for the customer, as a one-page"
            " executive summary, or as an internal brief with everything we know. The first two"
            " hold nothing internal. Without --plan it is the plan in force, else the newest one."
        ),
    )
    add_file(plan)
    plan.add_argument("account", metavar=_("ACCOUNT"), help=_("id or name of the account"))
    plan.add_argument("--plan", metavar=_("TITLE"), help=_("title or id of the plan"))
    _add_output(plan)
    plan.add_argument(
        "--kind",
        choices=[kind.value for kind in KINDS],
        default=DocumentKind.CUSTOMER.value,
        help=_("which document (the customer's)"),
    )
    plan.add_argument(
        "--since", metavar=_("REVISION"), help=_("say what changed since this revision")
    )
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
    report.set_defaults(run=write_report)


def _add_output(command: argparse.ArgumentParser) -> None:
    command.add_argument("--pdf", metavar=_("OUT"), required=True, help=_("the PDF file to write"))
    command.add_argument("--lang", choices=LANGUAGES, help=_("the language of the document"))


def write_plan(call: Call) -> None:
    """Write the success plan of one account."""
    options = call.options
    if options.since is not None:
        raise UserError(
            _("This version cannot say yet what changed since a revision."),
            _("Leave --since out."),
        )
    out = Path(options.pdf).expanduser()
    refuse_workspace(out)
    with call.reading() as workspace:
        account_id, plan_id, asked = workspace.read(_meant, options.account, options.plan)
        language = options.lang or asked or current().language
        kind = DocumentKind(options.kind)
        make = _maker(workspace, kind, account_id, plan_id, language)
    _write(call, make, out)


Make = Callable[[Progress], Any]
"""Lays a document out; returns a `csdesk.report.document.Made`."""


def _maker(
    workspace: Workspace, kind: DocumentKind, account_id: str, plan_id: str | None, language: str
) -> Make:
    """Read what a document is made of, and return what lays it out."""
    if kind == DocumentKind.INTERNAL:
        from csdesk.report.internal_brief import internal_brief_bytes

        brief = workspace.read(internal_brief, account_id, plan_id, today=today())
        return lambda progress: internal_brief_bytes(brief, language=language, progress=progress)
    from csdesk.report.customer_document import customer_document_bytes

    view = workspace.read(customer_plan, plan_id, account_id, today=today())
    return partial(customer_document_bytes, CustomerDocument(kind, language, view))


def _write(call: Call, make: Make, out: Path) -> None:
    """Write a document with a bar of progress, and say what was written."""
    from csdesk.report.document import keep

    bar = call.terminal.bar()
    try:
        written = keep(make(bar), out)
    finally:
        bar.clear()
    say_written(call, written.path, written.pages, written.unshown)


def write_report(call: Call) -> None:
    """Write the portfolio report."""
    from csdesk.report.portfolio import portfolio_report_bytes

    options = call.options
    out = Path(options.pdf).expanduser()
    refuse_workspace(out)
    with call.reading() as workspace:
        view = workspace.read(portfolio_report, today=today())
    language = options.lang or current().language
    _write(
        call,
        lambda progress: portfolio_report_bytes(view, language=language, progress=progress),
        out,
    )


def _meant(session: Session, account: str, plan: str | None) -> tuple[str, str | None, str | None]:
    """Return the ids of account and plan, and the language of the account's documents."""
    account_id = find_row(session, "account", account)
    row = row_of(session, "account", account_id)
    language = row.values["document_language"] if row is not None else None
    language = str(language) if language in LANGUAGES else None
    if plan is not None:
        return account_id, find_row(session, "plan", plan, account_id=account_id), language
    (known,) = portfolio_rows(session, today=today(), account_ids=[account_id])
    return account_id, known.plan_id, language


def say_written(call: Call, path: Path, pages: int, unshown: int) -> None:
    """Say what was written, and how many characters no font could show."""
    said = ngettext("“{path}” was written: {n} page.", "“{path}” was written: {n} pages.", pages)
    call.terminal.say(said.format(path=path, n=pages))
    if unshown:
        call.terminal.note(
            ngettext(
                "{n} character could not be shown; 〓 stands in its place.",
                "{n} characters could not be shown; 〓 stands in their place.",
                unshown,
            ).format(n=unshown)
        )
