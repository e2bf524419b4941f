"""The command that verifies a file, and mends it from what is left."""

from __future__ import annotations

from csdesk.cli.call import Call, Commands, add_file, refuse_unwritable
from csdesk.i18n import _
from csdesk.store.driver import told_plainly
from csdesk.workspace.checking import CheckReport, check
from csdesk.workspace.repairing import repair


def add_commands(commands: Commands) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "check",
        help=_("verify the file, and mend it"),
        description=_(
            "Verifies the seal of the file, its database, its journal and what is derived from"
            " it, and the same of this computer's copy. Nothing is changed without --repair;"
            " what is damaged is kept aside then."
        ),
    )
    add_file(command)
    command.add_argument(
        "--repair", action="store_true", help=_("make the file whole again from what is left")
    )
    command.add_argument("--json", action="store_true", help=_("write JSON for machines"))
    command.set_defaults(run=check_file)


def check_file(call: Call) -> int:
    """Verify a file; return 1 where something is wrong with it and was not mended."""
    if call.options.repair:
        _repair(call)
        return 0
    report = check(call.file, call.home)
    if call.options.json:
        call.terminal.json(_report_json(report))
    else:
        for line in report.lines():
            call.terminal.say(line)
    if not report.is_whole:
        call.terminal.note(_("“csdesk check FILE --repair” makes it whole from what is left."))
    return 0 if report.is_whole else 1


def _repair(call: Call) -> None:
    with told_plainly():
        refuse_unwritable(call.file)
    report = repair(call.file, call.home)
    if call.options.json:
        call.terminal.json(
            {
                "path": str(report.path),
                "done": list(report.done),
                "saved": report.saved,
                "lost": report.lost,
            }
        )
        return
    for line in report.lines():
        call.terminal.say(line)
    if report.path != call.file.expanduser().absolute():
        call.terminal.say(_("The whole file is “{path}”.").format(path=report.path))


def _report_json(report: CheckReport) -> dict[str, object]:
    return {
        "whole": report.is_whole,
        "checked": report.checked,
        "unpublished": report.unpublished,
        "findings": [
            {"where": where, "fault": finding.fault.name.lower(), "message": finding.message}
            for where, findings in (("document", report.document), ("replica", report.replica))
            for finding in findings
        ],
    }
