"""Commands that change one row: set and delete."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from csdesk.actions.rows import change_row, create_row, delete_row
from csdesk.cli.call import Call, Commands, add_file
from csdesk.cli.field_text import entity_named, read_values, row_with_id
from csdesk.errors import UserError
from csdesk.i18n import _, ngettext
from csdesk.model.base import entity_records
from csdesk.queries.entity_words import entity_label
from csdesk.queries.rows import find_row

NEW = "new"


def add_commands(commands: Commands) -> None:
    """Declare the commands of this module."""
    setting = commands.add_parser(
        "set",
        help=_("make one edit, or add a row"),
        description=_(
            "Sets fields of one row, as one step that can be undone. WHICH is an id, or a name"
            " or title that only one row has; “new” adds a row. Nothing after the “=” clears a"
            " field."
        ),
    )
    add_file(setting)
    setting.add_argument("entity", metavar=_("ENTITY"), help=_("such as account, goal, action"))
    setting.add_argument("which", metavar=_("WHICH"), help=_("id, name or title; or “new”"))
    setting.add_argument(
        "fields", metavar=_("FIELD=VALUE"), nargs="+", help=_("such as status=done")
    )
    _add_account(setting)
    setting.add_argument("--json", action="store_true", help=_("write JSON for machines"))
    setting.set_defaults(run=set_fields)
    deleting = commands.add_parser(
        "delete",
        help=_("delete a row and what belongs to it"),
        description=_(
            "Deletes one row with all that belongs to it, as one step that can be undone."
        ),
    )
    add_file(deleting)
    deleting.add_argument("entity", metavar=_("ENTITY"), help=_("such as account, goal, action"))
    deleting.add_argument("which", metavar=_("WHICH"), help=_("id, name or title"))
    _add_account(deleting)
    deleting.set_defaults(run=delete)


def _add_account(command: Any) -> None:
    command.add_argument(
        "--account", metavar=_("NAME"), help=_("look among the rows of this account only")
    )


def set_fields(call: Call) -> None:
    """Change one row, or add one; say what was done."""
    options = call.options
    entity = entity_named(options.entity, list(entity_records()))
    label = _("Add: {kind}") if options.which == NEW else _("Edit: {kind}")
    with call.writing() as workspace:
        step = workspace.write(
            label.format(kind=entity_label(entity)),
            _set,
            entity,
            options.which,
            options.fields,
            options.account,
        )
    row_id, title = step.result
    if options.json:
        call.terminal.json({"entity": entity, "id": row_id, "changed": step.change is not None})
        return
    if step.change is None:
        said = _("{kind} “{title}” says that already.")
    elif options.which == NEW:
        said = _("{kind} “{title}” was added.")
    else:
        said = _("{kind} “{title}” was changed.")
    call.terminal.say(said.format(kind=entity_label(entity), title=title))


def _set(
    session: Session, entity: str, which: str, fields: list[str], account: str | None
) -> tuple[str, str]:
    """Read the texts and make the edit, in one transaction; return the row's id and title."""
    account_id = find_row(session, "account", account) if account else None
    if which == NEW or (entity == "workspace_setting" and not _exists(session, entity, which)):
        values = read_values(session, entity, fields, None)
        if entity == "workspace_setting":
            _refuse_new_as_name(which)
            values["id"] = which
        elif account_id is not None and "account_id" in _names(entity):
            values.setdefault("account_id", account_id)
        row_id = create_row(session, entity, values)
    else:
        row_id = find_row(session, entity, which, account_id=account_id)
        values = read_values(session, entity, fields, row_with_id(session, entity, row_id))
        change_row(session, entity, row_id, values)
    return row_id, row_with_id(session, entity, row_id).title


def _names(entity: str) -> set[str]:
    return set(entity_records()[entity].__table__.columns.keys())


def _exists(session: Session, entity: str, row_id: str) -> bool:
    row = session.get(entity_records()[entity], row_id)
    return row is not None and row.deleted_at is None


def _refuse_new_as_name(which: str) -> None:
    if which == NEW:
        raise UserError(
            _("A workspace setting has a name of its own."),
            _("Write it in the place of “new”, for example company_name."),
        )


def delete(call: Call) -> None:
    """Delete one row; say how many went with it."""
    options = call.options
    entity = entity_named(options.entity, list(entity_records()))
    label = _("Delete: {kind}").format(kind=entity_label(entity))
    with call.writing() as workspace:
        step = workspace.write(label, _delete, entity, options.which, options.account)
    title, gone = step.result
    call.terminal.say(
        _("{kind} “{title}” was deleted.").format(kind=entity_label(entity), title=title)
    )
    others = sum(gone.values()) - 1
    if others:
        call.terminal.say(
            ngettext(
                "{n} row that belonged to it went with it.",
                "{n} rows that belonged to it went with it.",
                others,
            ).format(n=others)
        )


def _delete(
    session: Session, entity: str, which: str, account: str | None
) -> tuple[str, dict[str, int]]:
    account_id = find_row(session, "account", account) if account else None
    row_id = find_row(session, entity, which, account_id=account_id)
    title = row_with_id(session, entity, row_id).title
    return title, delete_row(session, entity, row_id)
