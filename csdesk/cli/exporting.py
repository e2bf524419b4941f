"""The command that takes everything out: JSON, CSV or a workbook."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.orm import Session

from csdesk.cli.call import Call, Commands, add_file, refuse_workspace
from csdesk.exchange.json_export import export_json
from csdesk.exchange.table_export import Exported, export_csv, export_xlsx
from csdesk.exchange.whole_file import whole_file
from csdesk.i18n import _, current, ngettext
from csdesk.progress import Progress

FORMS = ("json", "csv", "xlsx")


def add_commands(commands: Commands) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "export",
        help=_("take everything out, in full"),
        description=_(
            "Writes every row of every entity, deleted ones too. JSON is exact and can be"
            " imported again; CSV is one file for each entity, in a folder or a .zip file; Excel"
            " is one workbook in your language."
        ),
    )
    add_file(command)
    command.add_argument("--to", choices=FORMS, required=True, help=_("the form"))
    command.add_argument("out", metavar=_("OUT"), help=_("the file (CSV: folder or .zip) to write"))
    command.set_defaults(run=export)


def export(call: Call) -> None:
    """Write everything to a file or folder."""
    out = Path(call.options.out).expanduser()
    refuse_workspace(out)
    bar = call.terminal.bar()
    try:
        with call.reading() as workspace:
            exported = workspace.read(_write, call.options.to, out, bar)
    finally:
        bar.clear()
    count = exported.rows
    said = ngettext("“{path}” was written: {n} row.", "“{path}” was written: {n} rows.", count)
    call.terminal.say(said.format(path=out, n=current().number(count)))
    if exported.shortened:
        call.terminal.note(
            ngettext(
                "{n} text is too long for an Excel cell and was cut; JSON has it in full.",
                "{n} texts are too long for Excel cells and were cut; JSON has them in full.",
                exported.shortened,
            ).format(n=exported.shortened)
        )


def _write(session: Session, form: str, out: Path, progress: Progress) -> Exported:
    if form == "csv":
        return export_csv(session, out, progress)
    with whole_file(out) as stream:
        if form == "json":
            return Exported(export_json(session, stream, progress))
        return export_xlsx(session, stream, current(), progress)
