"""The command that lists what a customer's document should perhaps not show."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from sqlalchemy.orm import Session

from csdesk.actions.leak_guard import acknowledge, set_internal_words, take_back
from csdesk.cli.call import Call, Commands, add_file
from csdesk.cli.document_choices import (
    add_kind,
    add_sections,
    day_meant,
    request_meant,
)
from csdesk.cli.leak_warnings import (
    codes_of,
    excerpt_of,
    finding_json,
    findings_meant,
    place_of,
    reason_of,
)
from csdesk.cli.tables import Column
from csdesk.errors import UserError
from csdesk.i18n import _, current, ngettext
from csdesk.model.vocabulary import DocumentKind
from csdesk.queries.document_request import customer_document
from csdesk.queries.leak_guard import Finding, internal_words, leak_findings
from csdesk.queries.leak_guard_folding import fold

_CUSTOMERS = (DocumentKind.CUSTOMER, DocumentKind.EXECUTIVE)


def add_commands(commands: Commands) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "leaks",
        help=_("what a customer's document should perhaps not show"),
        description=_(
            "Lists what the document of an account would show and perhaps should not: internal"
            " words, names of other customers, texts like an internal note, revenue figures, and"
            " what is shown for the first time. Serious ones stop “csdesk plan” until they are"
            " acknowledged. With one of the options for words it is about the list of internal"
            " words."
        ),
    )
    add_file(command)
    command.add_argument(
        "account", metavar=_("ACCOUNT"), nargs="?", help=_("id or name of the account")
    )
    command.add_argument("--plan", metavar=_("TITLE"), help=_("title or id of the plan"))
    add_kind(command, _CUSTOMERS)
    add_sections(command)
    command.add_argument("--on", metavar=_("DATE"), help=_("the day the document speaks of"))
    ways = command.add_mutually_exclusive_group()
    for option, words in (
        ("--acknowledge", _("show these all the same; a changed text is asked about again")),
        ("--take-back", _("ask about these again")),
    ):
        ways.add_argument(option, metavar=_("CODE"), nargs="+", help=words)
    ways.add_argument("--words", action="store_true", help=_("list the internal words"))
    ways.add_argument("--add-word", metavar=_("WORD"), nargs="+", help=_("add internal words"))
    ways.add_argument("--remove-word", metavar=_("WORD"), nargs="+", help=_("take words out"))
    command.add_argument("--json", action="store_true", help=_("write JSON for machines"))
    command.set_defaults(run=show_leaks)


def show_leaks(call: Call) -> None:
    """List the findings, acknowledge some, or show and change the list of words."""
    options = call.options
    if options.words or options.add_word or options.remove_word:
        _words(call)
        return
    if options.account is None:
        raise UserError(
            _("It is not said whose document is meant."),
            _("Write the account behind the file, or --words for the list of words."),
        )
    if options.acknowledge or options.take_back:
        _decide(call)
        return
    with call.reading() as workspace:
        findings = workspace.read(_findings, options)
    _list(call, findings)


def _findings(session: Session, options: argparse.Namespace) -> tuple[Finding, ...]:
    request = request_meant(session, options)
    document = customer_document(session, request, today=day_meant(options.on))
    return leak_findings(session, document)


def _list(call: Call, findings: Sequence[Finding]) -> None:
    codes = codes_of(findings)
    if call.options.json:
        call.terminal.json([finding_json(one, codes[one.key]) for one in findings])
        return
    if not findings:
        call.terminal.say(_("Nothing was found."))
        return
    columns = [
        Column(title)
        for title in (_("Code"), _("Gravity"), _("Finding"), _("Where"), _("Text"), _("State"))
    ]
    rows = [
        [
            codes[one.key],
            one.severity.label(),
            reason_of(one),
            place_of(one),
            excerpt_of(one),
            _("acknowledged") if one.is_acknowledged else "",
        ]
        for one in findings
    ]
    call.terminal.table(columns, rows)


def _decide(call: Call) -> None:
    """Acknowledge findings, or ask about them again, as one step."""
    options = call.options
    codes = options.acknowledge or options.take_back
    with call.writing() as workspace:
        meant = findings_meant(workspace.read(_findings, options), codes)
        keys = [one.key for one in meant]
        if options.acknowledge:
            workspace.write(_("Acknowledge what a document shows"), acknowledge, keys)
        else:
            workspace.write(_("Ask again what a document shows"), take_back, keys)
    if options.acknowledge:
        said = ngettext("{n} finding is acknowledged.", "{n} findings are acknowledged.", len(keys))
    else:
        said = ngettext("{n} finding is open again.", "{n} findings are open again.", len(keys))
    call.terminal.say(said.format(n=current().number(len(keys))))


def _words(call: Call) -> None:
    """Show the internal words, or change them."""
    options = call.options
    if options.words:
        with call.reading() as workspace:
            words = workspace.read(internal_words)
    else:
        with call.writing() as workspace:
            wanted = _changed(workspace.read(internal_words), options)
            workspace.write(_("Change the internal words"), set_internal_words, wanted)
            words = workspace.read(internal_words)
    if options.json:
        call.terminal.json(list(words))
        return
    for word in words:
        call.terminal.say(word)


def _changed(words: Sequence[str], options: argparse.Namespace) -> list[str]:
    """Return the list with words added or taken out; raises UserError for one it does not have."""
    if options.add_word:
        return [*words, *options.add_word]
    kept = list(words)
    for gone in options.remove_word:
        rest = [word for word in kept if fold(word) != fold(gone)]
        if len(rest) == len(kept):
            raise UserError(
                _("“{word}” is not in the list.").format(word=gone[:80]),
                _("“csdesk leaks FILE --words” shows it."),
            )
        kept = rest
    return kept
