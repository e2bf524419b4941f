"""Commands about what was done: history, undo, redo."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from csdesk.cli.call import Call, Commands, add_file
from csdesk.cli.field_text import entity_named
from csdesk.cli.tables import Column
from csdesk.errors import UserError
from csdesk.i18n import _, current, ngettext
from csdesk.model.base import entity_records
from csdesk.queries.rows import find_row, rows_of
from csdesk.queries.value_words import ValueWords
from csdesk.store.history import FieldChange, HistoryEntry
from csdesk.workspace.workspace import Outcome, Workspace


def add_commands(commands: Commands) -> None:
    """Declare the commands of this module."""
    history = commands.add_parser(
        "history",
        help=_("who changed what, when, on which computer"),
        description=_("Lists the steps, the newest first; of one row with what it was before."),
    )
    add_file(history)
    history.add_argument("entity", metavar=_("ENTITY"), nargs="?", help=_("such as account, goal"))
    history.add_argument("which", metavar=_("WHICH"), nargs="?", help=_("id, name or title"))
    history.add_argument(
        "--account", metavar=_("NAME"), help=_("look among the rows of this account only")
    )
    history.add_argument(
        "--limit", metavar="N", type=int, default=50, help=_("how many steps (50)")
    )
    history.add_argument("--json", action="store_true", help=_("write JSON for machines"))
    history.set_defaults(run=show_history)
    for name, about, run in (
        ("undo", _("take the last step back"), undo),
        ("redo", _("do the step taken back last again"), redo),
    ):
        command = commands.add_parser(name, help=about, description=about)
        add_file(command)
        command.set_defaults(run=run)


def show_history(call: Call) -> None:
    """List steps: of everything, of an entity, or of one row with its changes."""
    options = call.options
    if options.limit < 1:
        raise UserError(_("--limit must be at least 1."))
    with call.reading() as workspace:
        rows = None
        if options.entity is not None:
            entity = entity_named(options.entity, list(entity_records()))
            rows = workspace.read(_rows_meant, entity, options.which, options.account)
        entries = workspace.history(rows, limit=options.limit)
        told = workspace.read(_told_changes, entries) if options.which is not None else []
    if options.json:
        call.terminal.json([_entry_json(entry) for entry in entries])
    elif options.which is not None:
        _print_changes(call, told)
    else:
        _print_steps(call, entries)


def _rows_meant(
    session: Session, entity: str, which: str | None, account: str | None
) -> list[tuple[str, str]]:
    account_id = find_row(session, "account", account) if account else None
    if which is None:
        found = rows_of(session, entity, account_id=account_id, deleted=True)
        return [(entity, row.id) for row in found]
    return [(entity, find_row(session, entity, which, account_id=account_id, deleted=True))]


def _print_steps(call: Call, entries: list[HistoryEntry]) -> None:
    rows = [
        [
            current().moment(entry.at),
            entry.author,
            entry.computer,
            entry.label,
            ngettext("{n} field", "{n} fields", entry.change_count).format(n=entry.change_count),
        ]
        for entry in entries
    ]
    titles = (_("When"), _("Who"), _("Computer"), _("What"), _("Changed"))
    call.terminal.table([Column(title) for title in titles], rows)


def _told_changes(session: Session, entries: list[HistoryEntry]) -> list[list[str]]:
    """Put each change into a line: when, who, where, what, and the value before and after."""
    words = ValueWords(session)

    def told(change: FieldChange, value: Any) -> str:
        return words.value(change.entity, change.row, change.field, value)

    def after(change: FieldChange) -> str:
        if not change.is_lost:
            return told(change, change.after)
        return _("{value} (another edit shows)").format(value=told(change, change.after))

    return [
        [
            current().moment(entry.at),
            entry.author,
            entry.computer,
            entry.label,
            words.label(change.entity, change.field),
            told(change, change.before),
            after(change),
        ]
        for entry in entries
        for change in entry.changes
    ]


def _print_changes(call: Call, rows: list[list[str]]) -> None:
    titles = (_("When"), _("Who"), _("Computer"), _("What"), _("Field"), _("Before"), _("After"))
    call.terminal.table([Column(title) for title in titles], rows)


def _entry_json(entry: HistoryEntry) -> dict[str, Any]:
    return {
        "at": entry.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "author": entry.author,
        "device": entry.device,
        "computer": entry.computer,
        "app": entry.app,
        "label": entry.label,
        "kind": entry.kind.value,
        "change_count": entry.change_count,
        "changes": [
            {
                "entity": change.entity,
                "id": change.row,
                "field": change.field,
                "before": change.before,
                "after": change.after,
                "lost": change.is_lost,
            }
            for change in entry.changes
        ],
    }


def undo(call: Call) -> None:
    """Take the last step of this computer back."""
    _step_back(call, Workspace.undo, _("Undone: {step}"))


def redo(call: Call) -> None:
    """Do the step taken back last again."""
    _step_back(call, Workspace.redo, _("Done again: {step}"))


def _step_back(call: Call, step: Any, said: str) -> None:
    with call.writing() as workspace:
        outcome: Outcome = step(workspace)
    call.terminal.say(said.format(step=outcome.label))
    if outcome.skipped:
        count = len(outcome.skipped)
        call.terminal.note(
            ngettext(
                "{n} field was changed since and stays as it is.",
                "{n} fields were changed since and stay as they are.",
                count,
            ).format(n=count)
        )
