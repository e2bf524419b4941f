"""One account on the terminal: its profile, contracts, KPIs by month, plans and people."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from csdesk.actions.editing import today
from csdesk.cli import plan_view
from csdesk.cli.call import Call
from csdesk.cli.field_text import money_text, row_with_id, value_text
from csdesk.cli.row_json import json_value, row_json
from csdesk.cli.tables import Column
from csdesk.i18n import _, current
from csdesk.model.vocabulary import Frequency, label_of
from csdesk.queries.accounts import AccountDetail, account_detail
from csdesk.queries.fields import fields_of
from csdesk.queries.kpis import KpiSeries, account_kpis
from csdesk.queries.portfolio import AccountRow
from csdesk.queries.rows import Row, rows_of
from csdesk.workspace.workspace import Workspace

PERIODS = 36
"""How many periods of a KPI are listed; --json has all of them."""

_BELONGING = ("contact", "contract", "plan", "touchpoint", "risk", "opportunity", "feedback")
_RECENT = 5


def show_account(call: Call, workspace: Workspace, account_id: str) -> None:
    """Show one account whole."""
    detail = workspace.read(account_detail, account_id, today=today())
    assert detail is not None, "the account was just found"
    kpis = workspace.read(account_kpis, account_id)
    row = workspace.read(row_with_id, "account", account_id)
    if call.options.json:
        call.terminal.json(workspace.read(_account_json, row, detail, kpis))
        return
    _print_profile(call, row, detail)
    _print_contracts(call, detail)
    _print_kpis(call, kpis)
    for plan in detail.plans:
        call.terminal.heading(_("Success plan"))
        plan_view.show_plan(call, workspace, plan.id)
    _print_contacts(call, detail)
    _print_recent(call, workspace, account_id)


def account_row_json(row: AccountRow) -> dict[str, Any]:
    """Write a line of the portfolio: codes, ISO dates, ARR in minor units, progress as text."""
    fields = row._asdict()
    del fields["reading"]  # what the program sorts by
    fields["tags"] = list(row.tags)
    return {name: json_value(value) for name, value in fields.items()}


def _account_json(
    session: Session, row: Row, detail: AccountDetail, kpis: list[KpiSeries]
) -> dict[str, Any]:
    """Write the account with what belongs to it, KPI values by their period's first day."""
    belonging = {
        f"{entity}s": [row_json(found) for found in rows_of(session, entity, account_id=row.id)]
        for entity in _BELONGING
        if entity != "feedback"
    }
    return {
        **row_json(row),
        "arr": detail.row.arr,
        "arr_currency": detail.row.currency,
        "progress": json_value(detail.row.progress),
        "late_actions": detail.row.late_actions,
        "tags": list(detail.row.tags),
        "kpis": [_kpi_json(kpi) for kpi in kpis],
        **belonging,
        "feedback": [row_json(found) for found in rows_of(session, "feedback", account_id=row.id)],
    }


def _kpi_json(kpi: KpiSeries) -> dict[str, Any]:
    return {
        "id": kpi.id,
        "name": kpi.name,
        "unit": kpi.unit,
        "frequency": kpi.frequency,
        "values": {point.period.isoformat(): json_value(point.value) for point in kpi.points},
        "target": None if kpi.target is None else json_value(kpi.target.target),
    }


def _print_profile(call: Call, row: Row, detail: AccountDetail) -> None:
    call.terminal.say(detail.row.name)
    facts = [
        (field.label(), value_text(field, row))
        for field in fields_of("account")
        if field.name not in ("id", "deleted_at", "name", "logo")
        and row.values[field.name] is not None
    ]
    if detail.row.amounts:
        amounts = [money_text(amount, currency) for currency, amount in detail.row.amounts]
        facts.append((_("ARR"), " + ".join(amounts)))
    if detail.row.tags:
        facts.append((_("Tags"), ", ".join(detail.row.tags)))
    call.terminal.say()
    call.terminal.facts(facts)


def _print_contracts(call: Call, detail: AccountDetail) -> None:
    if not detail.contracts:
        return
    words = current()
    call.terminal.heading(_("Contracts"))
    columns = [
        Column(_("Product")),
        Column(_("Price plan")),
        Column(_("Start")),
        Column(_("Renewal")),
        Column(_("Seats"), is_number=True),
        Column(_("MRR"), is_number=True),
        Column(_("Status")),
    ]
    rows = [
        [
            contract.product,
            contract.plan_name,
            words.date(contract.start_on),
            words.date(contract.renewal_on),
            "" if contract.seats is None else words.number(contract.seats),
            "" if contract.mrr is None else money_text(contract.mrr, contract.currency),
            label_of(contract.status),
        ]
        for contract in detail.contracts
    ]
    call.terminal.table(columns, rows)


def _print_kpis(call: Call, kpis: list[KpiSeries]) -> None:
    """Write one table of values for each frequency, a line for each period."""
    for frequency in Frequency:
        same = [kpi for kpi in kpis if kpi.frequency == frequency and kpi.points]
        if same:
            call.terminal.heading(_TITLES[frequency]())
            _print_periods(call, same, frequency)


_TITLES = {
    Frequency.WEEKLY: lambda: _("KPIs by week"),
    Frequency.MONTHLY: lambda: _("KPIs by month"),
    Frequency.QUARTERLY: lambda: _("KPIs by quarter"),
}


def _print_periods(call: Call, kpis: list[KpiSeries], frequency: Frequency) -> None:
    values = {kpi.id: {point.period: point for point in kpi.points} for kpi in kpis}
    periods = sorted({period for points in values.values() for period in points})
    columns = [Column(_("Period"))]
    columns += [
        Column(f"{kpi.name} ({kpi.unit})" if kpi.unit else kpi.name, is_number=True) for kpi in kpis
    ]
    rows = []
    for period in periods[-PERIODS:]:
        cells = [_period(period, frequency)]
        for kpi in kpis:
            point = values[kpi.id].get(period)
            cells.append("" if point is None else current().number(point.value))
        rows.append(cells)
    call.terminal.table(columns, rows)


def _period(first: dt.date, frequency: Frequency) -> str:
    words = current()
    return words.date(first) if frequency == Frequency.WEEKLY else words.month(first)


def _print_contacts(call: Call, detail: AccountDetail) -> None:
    if not detail.contacts:
        return
    call.terminal.heading(_("Contacts"))
    titles = (_("Name"), _("Job title"), _("Department"), _("Role"), _("E-mail"), _("Phone"))
    rows = [
        [
            contact.name,
            contact.title,
            contact.department,
            label_of(contact.role),
            contact.email,
            contact.phone,
        ]
        for contact in detail.contacts
    ]
    call.terminal.table([Column(title) for title in titles], rows)


def _print_recent(call: Call, workspace: Workspace, account_id: str) -> None:
    """Write the last conversations and the risks."""
    touchpoints = workspace.read(rows_of, "touchpoint", account_id=account_id)[-_RECENT:]
    if touchpoints:
        call.terminal.heading(_("Latest touchpoints"))
        _print_fields_of(call, touchpoints, ("held_at", "channel", "type", "summary"))
    risks = workspace.read(rows_of, "risk", account_id=account_id)
    if risks:
        call.terminal.heading(_("Risks"))
        _print_fields_of(call, risks, ("title", "stage", "probability", "impact", "owner_id"))


def _print_fields_of(call: Call, rows: list[Row], names: tuple[str, ...]) -> None:
    known = {field.name: field for field in fields_of(rows[0].entity)}
    fields = [known[name] for name in names]
    columns = [Column(field.label()) for field in fields]
    call.terminal.table(columns, [[value_text(field, row) for field in fields] for row in rows])
