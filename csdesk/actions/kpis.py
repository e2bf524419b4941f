"""What can be done with KPIs and their values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.actions.editing import clean, delete, edit, get
from csdesk.actions.ordering import place_last
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model.base import columns_of
from csdesk.model.identity import kpi_value_id
from csdesk.model.records import Account, Kpi, KpiValue, Measure
from csdesk.model.vocabulary import Frequency

_KEPT = frozenset({"id", "deleted_at", "name", "position"})
"""What a KPI that comes back keeps or is given."""

MAX_DIGITS = 60
"""How many digits a value may have, before and after the point together."""


def add_kpi(session: Session, name: str, **fields: Any) -> str:
    """Add a KPI to the catalogue and return its id; raises UserError where the name is taken."""
    wanted = clean("name", name)
    _refuse_taken(session, wanted)
    values = {field: clean(field, value) for field, value in fields.items()}
    positions = select(Kpi.position).where(Kpi.deleted_at.is_(None))
    values.setdefault("position", place_last(session.scalars(positions)))
    kpi = Kpi(name=wanted, **values)
    session.add(kpi)
    session.flush()
    return kpi.id


def plant_kpi(session: Session, kpi_id: str, name: str, **fields: Any) -> str:
    """Add a KPI whose id says what it is, as a template brings it along; return the id.

    One that was deleted comes back as the template has it, without its old values. Raises
    UserError where the name is taken.
    """
    row = session.get(Kpi, kpi_id)
    if row is None:
        return add_kpi(session, name, id=kpi_id, **fields)
    _refuse_taken(session, clean("name", name), but=kpi_id)
    known = {column.name: None for column in columns_of("kpi") if column.name not in _KEPT}
    for field, value in {**known, "formula": "manual", **fields, "name": name}.items():
        setattr(row, field, clean(field, value))
    row.deleted_at = None
    session.flush()
    return kpi_id


def edit_kpi(session: Session, kpi_id: str, **fields: Any) -> None:
    """Set fields of a KPI; raises UserError where another KPI has the name already."""
    if "name" in fields:
        _refuse_taken(session, clean("name", fields["name"], Kpi), but=kpi_id)
    edit(session, Kpi, kpi_id, fields)


def delete_kpi(session: Session, kpi_id: str) -> None:
    """Delete a KPI with all its values; raises UserError while a goal is measured by it."""
    used = select(Measure.id).where(Measure.kpi_id == kpi_id, Measure.deleted_at.is_(None))
    if session.scalars(used).first() is not None:
        raise UserError(
            _("A goal is measured by this KPI."),
            _("Remove it from the goal's success measures first."),
        )
    delete(session, "kpi", [kpi_id])


def period_start(day: dt.date, frequency: str | None) -> dt.date:
    """Return the first day of the period a day lies in: its month, quarter, or Monday's week."""
    if frequency == Frequency.WEEKLY:
        return day - dt.timedelta(days=day.weekday())
    if frequency == Frequency.QUARTERLY:
        return dt.date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return day.replace(day=1)


def set_kpi_value(
    session: Session, account_id: str, kpi_id: str, day: dt.date, value: Decimal | None
) -> str:
    """Set the value of an account's KPI for the period `day` lies in; None takes it away.

    A value set again after it was taken away starts without note, source and mark of an estimate.
    Returns the id of the value. Raises UserError where account or KPI are gone, or the number is
    not one that can be kept.
    """
    _refuse_odd(value)
    get(session, Account, account_id)
    kpi = get(session, Kpi, kpi_id)
    period = period_start(day, kpi.frequency)
    row_id = kpi_value_id(account_id, kpi_id, period)
    row = session.get(KpiValue, row_id)
    if value is None:
        if row is not None and row.deleted_at is None:
            delete(session, "kpi_value", [row_id])
    elif row is None:
        session.add(
            KpiValue(id=row_id, account_id=account_id, kpi_id=kpi_id, period=period, value=value)
        )
    else:
        if row.deleted_at is not None:
            row.deleted_at = row.note = row.source = row.is_estimate = None
        row.value = value
    session.flush()
    return row_id


def set_kpi_values(
    session: Session,
    account_id: str,
    values: Iterable[tuple[str, dt.date, Decimal | None]],
) -> int:
    """Set many values of one account at once, as a block pasted into the month grid.

    `values` are KPI id, day and value. Returns how many were given.
    """
    count = 0
    for kpi_id, day, value in values:
        set_kpi_value(session, account_id, kpi_id, day, value)
        count += 1
    return count


def _refuse_taken(session: Session, name: str, but: str = "") -> None:
    taken = select(Kpi.id).where(Kpi.name == name, Kpi.deleted_at.is_(None), Kpi.id != but)
    if session.scalars(taken).first() is not None:
        raise UserError(
            _("There is a KPI called “{name}” already.").format(name=name),
            _("Use that one, or choose another name."),
        )


def _refuse_odd(value: Decimal | None) -> None:
    """Refuse what is no number, or has more digits than a document could show."""
    if value is None:
        return
    if not value.is_finite():
        raise UserError(_("“{text}” is not a number.").format(text=value))
    digits = len(value.as_tuple().digits)
    if digits > MAX_DIGITS or abs(value.adjusted()) > MAX_DIGITS:
        shown = str(value)[:MAX_DIGITS]
        raise UserError(_("“{text}” is too long for a number.").format(text=shown))
