"""Commands about what was done: history, undo, redo."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from csdesk.cli.call import Call, Commands, add_file
from csdesk.cli.field_text import entity_named
from csdesk.cli.tables import Column
from csdesk.errors import UserError
from csdesk.i18n import _, current, ngettext
from csdesk.model.base import entity_records
from csdesk.model.vocabulary import label_of
from csdesk.queries.fields import Field, FieldKind, field_of
from csdesk.queries.rows import find_row, rows_of, titles_of
from csdesk.store.history import FieldChange, HistoryEntry
from csdesk.workspace.workspace import Outcome, Workspace

_LONGEST = 60


def add_commands(commands: Commands) -> None:
    """Declare the commands of this module."""
    history = commands.add_parser(
        "history",
        help=_("who changed what, when"),
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
        names = workspace.read(_names_in, entries)
    if options.json:
        call.terminal.json([_entry_json(entry) for entry in entries])
    elif options.which is not None:
        _print_changes(call, entries, names)
    else:
        _print_steps(call, entries)


def _rows_meant(
    session: Session, entity: str, which: str | None, account: str | None
) -> list[tuple[str, str]]:
    account_id = find_row(session, "account", account) if account else None
    if which is None:
        found = rows_of(session, entity, account_id=account_id, deleted=True)
        return [(entity, row.id) for row in found]
    return [(entity, find_row(session, entity, which, account_id=account_id))]


def _names_in(session: Session, entries: list[HistoryEntry]) -> dict[str, str]:
    """Collect the names of all rows that the changes refer to."""
    wanted: dict[str, set[str]] = {}
    for change in (change for entry in entries for change in entry.changes):
        field = _known_field(change)
        if field is not None and field.kind is FieldKind.REFERENCE:
            ids = {str(value) for value in (change.before, change.after) if value is not None}
            wanted.setdefault(field.entity, set()).update(ids)
    names: dict[str, str] = {}
    for entity, ids in wanted.items():
        names.update(titles_of(session, entity, ids))
    return names


def _print_steps(call: Call, entries: list[HistoryEntry]) -> None:
    rows = [
        [
            current().moment(entry.at),
            entry.author,
            entry.label,
            ngettext("{n} field", "{n} fields", entry.change_count).format(n=entry.change_count),
        ]
        for entry in entries
    ]
    columns = [Column(_("When")), Column(_("Who")), Column(_("What")), Column(_("Changed"))]
    call.terminal.table(columns, rows)


def _print_changes(call: Call, entries: list[HistoryEntry], names: dict[str, str]) -> None:
    rows = [
        [
            current().moment(entry.at),
            entry.author,
            entry.label,
            _field_label(change),
            _shown(change, change.before, names),
            _shown(change, change.after, names),
        ]
        for entry in entries
        for change in entry.changes
    ]
    titles = (_("When"), _("Who"), _("What"), _("Field"), _("Before"), _("After"))
    call.terminal.table([Column(title) for title in titles], rows)


def _known_field(change: FieldChange) -> Field | None:
    try:
        return field_of(change.entity, change.field)
    except KeyError:
        return None


def _field_label(change: FieldChange) -> str:
    field = _known_field(change)
    return change.field if field is None else field.label()


def _shown(change: FieldChange, value: Any, names: dict[str, str]) -> str:
    """Write a stored value for a reader; long texts only with their beginning."""
    field = _known_field(change)
    if value is None:
        return ""
    if field is not None and field.kind is FieldKind.REFERENCE:
        return names.get(str(value), str(value))
    if field is not None and field.vocabulary is not None:
        try:
            return label_of(field.vocabulary(str(value)))
        except ValueError:
            return str(value)
    if field is not None and field.kind is FieldKind.FLAG:
        return _("yes") if value else _("no")
    text = _plain(field, str(value))
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _plain(field: Field | None, stored: str) -> str:
    """Write dates and instants as everywhere else; what is no such thing stays as it is."""
    try:
        if field is not None and field.kind is FieldKind.DATE:
            return current().date(dt.date.fromisoformat(stored))
        if field is not None and field.kind is FieldKind.INSTANT:
            return current().moment(dt.datetime.fromisoformat(stored))
    except ValueError:
        pass
    return stored


def _entry_json(entry: HistoryEntry) -> dict[str, Any]:
    return {
        "at": entry.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "author": entry.author,
        "device": entry.device,
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
