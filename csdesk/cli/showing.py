"""The command that shows what is in a workspace: the portfolio, a list, or one row whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from csdesk.actions.editing import today
from csdesk.cli import account_view, plan_view
from csdesk.cli.call import Call, Commands, add_file
from csdesk.cli.field_text import (
    entity_named,
    field_named,
    money_text,
    percent_text,
    row_with_id,
    value_text,
)
from csdesk.cli.row_json import row_json
from csdesk.cli.tables import Column
from csdesk.i18n import _, current, ngettext
from csdesk.model.base import entity_records
from csdesk.model.vocabulary import label_of
from csdesk.queries.entity_words import entity_label
from csdesk.queries.fields import Field, FieldKind, fields_of, naming_field
from csdesk.queries.portfolio import AccountRow, portfolio_rows
from csdesk.queries.portfolio_figures import portfolio_figures
from csdesk.queries.rows import Row, count_rows, find_row, rows_of

_NOT_LISTED = frozenset({"id", "deleted_at", "position", "logo", "content"})
_LONG = 60
"""A field whose texts are longer is for the row itself, not for a list."""

_NUMBERS = (FieldKind.WHOLE, FieldKind.EXACT, FieldKind.MONEY)


def add_commands(commands: Commands) -> None:
    """Declare the commands of this module."""
    show = commands.add_parser(
        "show",
        help=_("show what is in the workspace"),
        description=_(
            "Shows the portfolio; with ENTITY a list of its rows; with WHICH one row whole, an"
            " account with its contracts, KPIs by month, plan and people."
        ),
    )
    add_file(show)
    show.add_argument("entity", metavar=_("ENTITY"), nargs="?", help=_("such as account, goal"))
    show.add_argument("which", metavar=_("WHICH"), nargs="?", help=_("id, name or title"))
    show.add_argument("--account", metavar=_("NAME"), help=_("the rows of this account only"))
    show.add_argument("--columns", metavar="A,B", help=_("the fields to list, separated by commas"))
    show.add_argument("--deleted", action="store_true", help=_("list deleted rows as well"))
    show.add_argument("--json", action="store_true", help=_("write JSON for machines"))
    show.set_defaults(run=show_workspace)


def show_workspace(call: Call) -> None:
    """Show the portfolio, a list, or one row."""
    options = call.options
    if options.entity is None:
        _show_overview(call)
        return
    entity = entity_named(options.entity, list(entity_records()))
    if options.which is None:
        _show_list(call, entity)
        return
    with call.reading() as workspace:
        row = workspace.read(_row_meant, entity, options.which, options.account)
        if entity == "account":
            account_view.show_account(call, workspace, row.id)
        elif entity == "plan" and not options.json:
            plan_view.show_plan(call, workspace, row.id)
        elif options.json:
            call.terminal.json(row_json(row))
        else:
            print_row(call, row)


def _row_meant(session: Session, entity: str, which: str, account: str | None) -> Row:
    account_id = find_row(session, "account", account) if account else None
    return row_with_id(session, entity, find_row(session, entity, which, account_id=account_id))


def _show_overview(call: Call) -> None:
    with call.reading() as workspace:
        day = today()
        rows = workspace.read(portfolio_rows, today=day)
        counts = workspace.read(count_rows)
        settings = {row.id: row.values["value"] for row in workspace.read(rows_of, _SETTINGS)}
    figures = portfolio_figures(rows, today=day)
    if call.options.json:
        call.terminal.json(
            {
                "settings": settings,
                "rows": counts,
                "figures": {
                    "accounts": figures.accounts,
                    "arr": figures.arr,
                    "renewals_soon": figures.renewals_soon,
                    "without_plan": figures.without_plan,
                    "late_actions": figures.late_actions,
                },
                "accounts": [account_view.account_row_json(row) for row in rows],
            }
        )
        return
    call.terminal.say(str(call.file.name))
    if settings.get("company_name"):
        call.terminal.say(settings["company_name"])
    facts = [
        ngettext("{n} account", "{n} accounts", figures.accounts).format(n=figures.accounts),
        *(
            _("ARR {amount}").format(amount=money_text(amount, currency))
            for currency, amount in sorted(figures.arr.items())
        ),
        ngettext(
            "{n} renewal within 90 days", "{n} renewals within 90 days", figures.renewals_soon
        ).format(n=figures.renewals_soon),
        ngettext(
            "{n} account without a plan", "{n} accounts without a plan", figures.without_plan
        ).format(n=figures.without_plan),
        ngettext("{n} late action item", "{n} late action items", figures.late_actions).format(
            n=figures.late_actions
        ),
    ]
    call.terminal.say(" · ".join(facts))
    if rows:
        call.terminal.say()
        print_accounts(call, rows)


_SETTINGS = "workspace_setting"


def print_accounts(call: Call, rows: Sequence[AccountRow]) -> None:
    """Write the accounts table."""
    words = current()
    columns = [
        Column(_("Account")),
        Column(_("Phase")),
        Column(_("Renewal")),
        Column(_("ARR"), is_number=True),
        Column(_("Plan")),
        Column(_("Progress"), is_number=True),
        Column(_("Late"), is_number=True),
        Column(_("Owner")),
    ]
    cells = [
        [
            row.name,
            label_of(row.phase),
            words.date(row.renewal_on),
            " + ".join(money_text(amount, currency) for currency, amount in row.amounts),
            row.plan_title,
            percent_text(row.progress),
            str(row.late_actions or ""),
            row.owner,
        ]
        for row in rows
    ]
    call.terminal.table(columns, cells)


def _show_list(call: Call, entity: str) -> None:
    options = call.options
    with call.reading() as workspace:
        rows = workspace.read(_rows_meant, entity, options.account, options.deleted)
    if options.json:
        call.terminal.json([row_json(row) for row in rows])
        return
    if options.columns:
        names = [name for name in options.columns.split(",") if name.strip()]
        fields = [field_named(entity, name.strip()) for name in names]
    else:
        fields = _fields_worth_listing(entity, rows)
    print_rows(call, fields, rows)
    count = len(rows)
    call.terminal.note(ngettext("{n} row", "{n} rows", count).format(n=current().number(count)))


def _rows_meant(session: Session, entity: str, account: str | None, deleted: bool) -> list[Row]:
    account_id = find_row(session, "account", account) if account else None
    return rows_of(session, entity, account_id=account_id, deleted=deleted)


def print_rows(call: Call, fields: Sequence[Field], rows: Sequence[Row]) -> None:
    """Write a table of rows; rows without a name of their own come with their title."""
    entity = rows[0].entity if rows else ""
    is_titled = bool(entity) and naming_field(entity) is None and _needs_title(entity)
    columns = [Column(field.label(), field.kind in _NUMBERS) for field in fields]
    cells = [[value_text(field, row) for field in fields] for row in rows]
    if is_titled:
        columns.insert(0, Column(entity_label(entity)))
        cells = [[row.title, *texts] for row, texts in zip(rows, cells, strict=True)]
    call.terminal.table(columns, cells)


def _needs_title(entity: str) -> bool:
    """Tell whether rows are named by their id alone, which no list shows otherwise."""
    return entity == _SETTINGS


def _fields_worth_listing(entity: str, rows: Sequence[Row]) -> list[Field]:
    """Choose the fields that say something short in at least one row, the name first."""
    own = naming_field(entity)
    chosen = [
        field
        for field in fields_of(entity)
        if field.name not in _NOT_LISTED and (field.is_required or _says_something(field, rows))
    ]
    return sorted(chosen, key=lambda field: field.name != own)


def _says_something(field: Field, rows: Sequence[Row]) -> bool:
    texts = [str(row.values[field.name]) for row in rows if row.values[field.name] is not None]
    return bool(texts) and max(map(len, texts)) <= _LONG


def print_row(call: Call, row: Row) -> None:
    """Write all fields of one row that say something, one below the other."""
    call.terminal.say(f"{entity_label(row.entity)}: {row.title}")
    call.terminal.say()
    print_fields(call, row, skip=frozenset())


def print_fields(call: Call, row: Row, *, skip: frozenset[str]) -> None:
    """Write the fields of a row but for some, label before value, long texts in full."""
    shown: list[tuple[str, Any]] = [
        (field.label(), value_text(field, row))
        for field in fields_of(row.entity)
        if field.name not in skip and row.values[field.name] is not None
    ]
    call.terminal.facts(shown)
