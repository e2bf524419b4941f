"""What can be done with days off: those of our team, and whose country's holidays count."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from csdesk.actions.desk import set_setting
from csdesk.actions.editing import clean, delete, edit
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.insight.working_days import countries
from csdesk.model.records import Holiday

HOLIDAY_COUNTRY = "holiday_country"
"""The setting that names the country whose holidays count, by its code such as JP."""

NO_COUNTRY = "none"
"""Its value where those of no country do."""


def add_holiday(
    session: Session, name: str, first_on: dt.date, last_on: dt.date | None = None
) -> str:
    """Add days off of our team, from `first_on` to `last_on` (that one day), and return their id.

    Raises UserError where they would end before they begin.
    """
    holiday = Holiday(
        name=clean("name", name, Holiday), first_on=first_on, last_on=last_on or first_on
    )
    _check_days(holiday)
    session.add(holiday)
    session.flush()
    return holiday.id


def edit_holiday(session: Session, holiday_id: str, **fields: Any) -> None:
    """Set fields of days off; raises UserError where they would end before they begin."""
    _check_days(edit(session, Holiday, holiday_id, fields))


def delete_holidays(session: Session, holiday_ids: list[str]) -> None:
    """Take days off away: they are worked on again."""
    delete(session, "holiday", holiday_ids)


def choose_country(session: Session, country: str) -> None:
    """Let the holidays of a country count, by its code, or those of none (NO_COUNTRY).

    Raises UserError for a country whose holidays are not known.
    """
    if country != NO_COUNTRY and country not in countries():
        raise UserError(
            _("The holidays of “{country}” are not known.").format(country=country),
            _("Choose another country, or add the days by hand."),
        )
    set_setting(session, HOLIDAY_COUNTRY, country)


def _check_days(holiday: Holiday) -> None:
    if holiday.first_on is None:
        raise UserError(_("Days off need a first day."), _("Type a date such as 12/29."))
    if holiday.last_on is not None and holiday.last_on < holiday.first_on:
        raise UserError(
            _("“{name}” would end before it begins.").format(name=holiday.name),
            _("Correct one of the two dates."),
        )
