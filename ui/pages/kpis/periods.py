"""The periods of KPI values as columns and along charts: weeks, months or quarters."""

from __future__ import annotations

import datetime as dt

from babel import dates

from csdesk.actions.kpis import period_start
from csdesk.i18n import _, current
from csdesk.model.vocabulary import Frequency

MOST = 600
"""More columns than anybody scrolls through; the oldest are left out beyond that."""


def next_period(first: dt.date, frequency: str | None) -> dt.date:
    """Return the first day of the period after the one that begins on `first`."""
    days = {Frequency.WEEKLY: 7, Frequency.QUARTERLY: 100}.get(_frequency(frequency), 40)
    return period_start(first + dt.timedelta(days=days), frequency)


def periods_between(first: dt.date, last: dt.date, frequency: str | None) -> list[dt.date]:
    """Return the first days of the periods that `first` to `last` lie in, the newest MOST."""
    found = [period_start(first, frequency)]
    while (following := next_period(found[-1], frequency)) <= last:
        found.append(following)
    return found[-MOST:]


def months_before(day: dt.date, months: int) -> dt.date:
    """Return the first day of the month `months` months before that of `day`."""
    number = day.year * 12 + day.month - 1 - months
    return dt.date(number // 12, number % 12 + 1, 1)


def period_title(first: dt.date, frequency: str | None, *, with_year: bool = True) -> str:
    """Name a period: Jan 2026, 2026年1月; 2026 Q1; a week by its Monday."""
    known = _frequency(frequency)
    if known is Frequency.WEEKLY:
        day = f"{first.month}/{first.day}"
        return f"{first.year}/{day}" if with_year else day
    if known is Frequency.QUARTERLY:
        quarter = _("Q{n}").format(n=(first.month + 2) // 3)
        return f"{first.year} {quarter}" if with_year else quarter
    if with_year:
        return current().month(first)
    return month_name(first)


def month_name(first: dt.date) -> str:
    """Name a month without its year, shortly: Jan, 1月."""
    pattern = "M月" if current().language == "ja" else "MMM"
    return str(dates.format_date(first, pattern, locale=current().locale))


def _frequency(code: str | None) -> Frequency:
    return next((one for one in Frequency if one == code), Frequency.MONTHLY)
