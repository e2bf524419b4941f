"""The command that brings tables in: CSV, Excel, and the JSON that export writes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from csdesk.cli.call import Call, Commands, add_file
from csdesk.cli.tables import Column
from csdesk.errors import UserError
from csdesk.exchange.fields import Kind
from csdesk.exchange.import_report import ImportReport, Outcome, RowResult, TableReport
from csdesk.exchange.importer import Source, apply_import, open_each, plan_import
from csdesk.exchange.json_import import JsonContent, import_json, looks_like_json, read_json
from csdesk.exchange.mapping import TableMapping, load_mapping, shipped_mappings
from csdesk.i18n import _, current, ngettext
from csdesk.queries.entity_words import entity_label


def add_commands(commands: Commands) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "import",
        help=_("bring tables in: CSV, Excel, JSON of an export"),
        description=_(
            "Brings tables in, all of them as one step that can be undone. A row that cannot be"
            " taken in is reported with its line, column and reason, and stops nothing. Importing"
            " the same table again changes nothing."
        ),
    )
    add_file(command)
    command.add_argument(
        "tables", metavar=_("TABLE"), nargs="+", help=_("CSV or Excel file, or exported JSON")
    )
    command.add_argument(
        "--kind",
        choices=[kind.value for kind in Kind],
        help=_("what the tables hold; otherwise their headers tell"),
    )
    command.add_argument(
        "--map",
        metavar=_("MAPPING"),
        action="append",
        default=[],
        help=_(
            "which column is which: a TOML file, or one of {names}; give it once for all tables,"
            " or once for each"
        ).format(names=", ".join(shipped_mappings())),
    )
    command.add_argument(
        "--encoding", metavar=_("ENCODING"), default="", help=_("such as utf-8, cp932, euc-jp")
    )
    command.add_argument(
        "--sheet", metavar=_("SHEET"), default="", help=_("which sheet of a workbook")
    )
    command.add_argument(
        "--dry-run", action="store_true", help=_("show what each row would do, and change nothing")
    )
    command.add_argument("--json", action="store_true", help=_("write JSON for machines"))
    command.set_defaults(run=import_tables)


def import_tables(call: Call) -> int:
    """Import all tables in one step; return 1 where not one row could be taken in."""
    paths = [Path(name).expanduser() for name in call.options.tables]
    json_files = [path for path in paths if looks_like_json(path)]
    if json_files:
        if len(paths) > 1:
            raise UserError(
                _("{name} is JSON and is imported by itself.").format(name=json_files[0].name),
                _("Import the other tables with a second command."),
            )
        return _import_json(call, read_json(json_files[0]))
    bar = call.terminal.bar()
    try:
        sources = _open(call, paths)
        label = _("Import {name}").format(name=", ".join(path.name for path in paths))
        if call.options.dry_run:
            with call.reading() as workspace:
                report = workspace.read(plan_import, sources, bar)
        else:
            with call.writing() as workspace:
                report = workspace.write(label, apply_import, sources, bar).result
    finally:
        bar.clear()
    if call.options.json:
        call.terminal.json(_report_json(report))
    else:
        _print(call, report)
    counts = report.counts
    taken = counts[Outcome.ADDED] + counts[Outcome.UPDATED] + counts[Outcome.UNCHANGED]
    return 1 if counts[Outcome.REFUSED] and not taken else 0


def _open(call: Call, paths: list[Path]) -> list[Source]:
    """Read all tables before anything is changed."""
    mappings: list[TableMapping | None] = [load_mapping(name) for name in call.options.map]
    if len(mappings) <= 1:
        mappings = (mappings or [None]) * len(paths)
    if len(mappings) != len(paths):
        raise UserError(
            _("{n} mappings were given for {m} tables.").format(n=len(mappings), m=len(paths)),
            _("Give --map once for all tables, or once for each, in their order."),
        )
    kind = Kind(call.options.kind) if call.options.kind else None
    bar = call.terminal.bar()
    try:
        return [
            source
            for path, mapping in zip(paths, mappings, strict=True)
            for source in open_each(
                path,
                kind=kind,
                mapping=mapping,
                encoding=call.options.encoding,
                sheet=call.options.sheet,
                progress=bar,
            )
        ]
    finally:
        bar.clear()


def _print(call: Call, report: ImportReport) -> None:
    """Say of each table how it was read and what became of its rows."""
    for table in report.tables:
        _print_table(call, table)
    if call.options.dry_run:
        _print_rows(call, [result for table in report.tables for result in table.results()])
        call.terminal.note(_("Nothing was changed: this was a dry run."))
        return
    refused = report.refused()
    if refused:
        call.terminal.say()
        _print_rows(call, refused)
        count = len(refused)
        call.terminal.note(
            ngettext("{n} row was refused.", "{n} rows were refused.", count).format(n=count)
        )


def _print_table(call: Call, table: TableReport) -> None:
    words = current()
    counts = [
        f"{outcome.label()} {words.number(table.count(outcome))}"
        for outcome in Outcome
        if table.count(outcome)
    ]
    name = f"{table.file} ({table.sheet})" if table.sheet else table.file
    read_as = [table.kind.value, table.encoding] if table.encoding else [table.kind.value]
    call.terminal.say(f"{name} [{', '.join(read_as)}]: {' · '.join(counts) or _('no rows')}")
    for entity, names in table.created.items():
        shown = ", ".join(names[:10]) + ("…" if len(names) > 10 else "")
        call.terminal.say(
            "  "
            + _("{kind}: {n} made on the way ({names})").format(
                kind=entity_label(entity), n=len(names), names=shown
            )
        )
    if table.unknown_columns:
        call.terminal.say(
            "  " + _("Columns not used: {names}").format(names=", ".join(table.unknown_columns))
        )
    if table.missing_columns:
        call.terminal.say(
            "  "
            + _("Columns of the mapping that the table lacks: {names}").format(
                names=", ".join(table.missing_columns)
            )
        )


def _print_rows(call: Call, results: list[RowResult]) -> None:
    columns = [
        Column(_("File")),
        Column(_("Line"), is_number=True),
        Column(_("Result")),
        Column(_("About")),
        Column(_("Column")),
        Column(_("Reason")),
    ]
    rows = [
        [
            result.file,
            str(result.line),
            result.outcome.label(),
            result.subject,
            result.column,
            result.reason,
        ]
        for result in results
    ]
    call.terminal.table(columns, rows)


def _report_json(report: ImportReport) -> dict[str, Any]:
    return {
        "counts": {outcome.value: count for outcome, count in report.counts.items()},
        "tables": [
            {
                "file": table.file,
                "sheet": table.sheet,
                "kind": table.kind.value,
                "encoding": table.encoding,
                "unknown_columns": list(table.unknown_columns),
                "missing_columns": list(table.missing_columns),
                "created": {entity: list(names) for entity, names in table.created.items()},
                "rows": [
                    {
                        "line": result.line,
                        "outcome": result.outcome.value,
                        "subject": result.subject,
                        "column": result.column,
                        "reason": result.reason,
                    }
                    for result in table.results()
                ],
            }
            for table in report.tables
        ],
    }


def _import_json(call: Call, content: JsonContent) -> int:
    """Take in an exported JSON file, whole or not at all."""
    if call.options.dry_run:
        raise UserError(
            _("--dry-run is for tables; a JSON file is taken in whole or not at all."),
            _("“csdesk undo” takes the import back."),
        )
    bar = call.terminal.bar()
    label = _("Import {name}").format(name=content.name)
    try:
        with call.writing() as workspace:
            result = workspace.write(label, import_json, content, bar).result
    finally:
        bar.clear()
    if call.options.json:
        counts = {"added": result.added, "updated": result.changed, "unchanged": result.unchanged}
        call.terminal.json({"counts": counts, "left_out": list(result.left_out)})
    else:
        words = current()
        call.terminal.say(
            _("{name}: {added} added, {changed} updated, {unchanged} unchanged").format(
                name=content.name,
                added=words.number(result.added),
                changed=words.number(result.changed),
                unchanged=words.number(result.unchanged),
            )
        )
    if result.left_out:
        call.terminal.note(
            _("A newer version wrote these, and this one has no place for them: {names}").format(
                names=", ".join(result.left_out)
            )
        )
    return 0
