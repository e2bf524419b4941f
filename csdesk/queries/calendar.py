"""Days off: the holidays of the country that the workspace chose, and those of our team."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.actions.holidays import HOLIDAY_COUNTRY, NO_COUNTRY
from csdesk.i18n import current
from csdesk.insight.working_days import DayOff, OwnHoliday, WorkCalendar
from csdesk.model.records import Account, Holiday, WorkspaceSetting
from csdesk.model.vocabulary import DocumentLanguage

JAPAN = "JP"


@dataclass(frozen=True, slots=True)
class HolidayRow:
    """Days off of our team."""

    id: str
    name: str
    first_on: dt.date | None
    last_on: dt.date | None


def own_holidays(session: Session) -> tuple[HolidayRow, ...]:
    """Return the days off of our team, those that begin first on top."""
    rows = session.scalars(select(Holiday).where(Holiday.deleted_at.is_(None)))
    found = [HolidayRow(row.id, row.name or "", row.first_on, row.last_on) for row in rows]
    return tuple(sorted(found, key=lambda row: (row.first_on or dt.date.max, row.name, row.id)))


def chosen_country(session: Session) -> str | None:
    """Return the code of the country whose holidays count, NO_COUNTRY, or None if none chose."""
    row = session.get(WorkspaceSetting, HOLIDAY_COUNTRY)
    return row.value if row is not None and row.deleted_at is None else None


def holiday_country(session: Session, account_id: str = "") -> str:
    """Return the code of the country whose holidays count for an account, empty for none.

    Where nobody chose one: Japan for those who work in Japanese, or write to the customer in it.
    """
    chosen = chosen_country(session)
    if chosen is not None:
        return "" if chosen == NO_COUNTRY else chosen
    account = session.get(Account, account_id) if account_id else None
    written = account.document_language if account is not None else None
    is_japanese = current().language == "ja" or written == DocumentLanguage.JA
    return JAPAN if is_japanese else ""


def work_calendar(session: Session, account_id: str = "") -> WorkCalendar:
    """Return what tells working days from days off, for the work with an account."""
    own = tuple(
        OwnHoliday(row.name, first, last)
        for row in own_holidays(session)
        if (first := row.first_on or row.last_on) and (last := row.last_on or first) >= first
    )
    return WorkCalendar(holiday_country(session, account_id), own, current().language)


def days_off(
    session: Session, first: dt.date, last: dt.date, account_id: str = ""
) -> tuple[DayOff, ...]:
    """List the holidays from `first` to `last`, both included, in order; weekends are none."""
    return work_calendar(session, account_id).holidays(first, last)
