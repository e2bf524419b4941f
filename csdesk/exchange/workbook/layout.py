"""Where everything stands in the workbook a customer fills in: its columns and their marks.

Each column has a mark in a hidden row above the header, such as `csdesk:action:status`, so that
it is found again wherever it was moved and whatever its header says by then.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from csdesk.exchange.tables import header_key
from csdesk.i18n import LANGUAGES, P_, Translator
from csdesk.model.vocabulary import Frequency

FORMAT = 1
"""The number of this layout; a program that knows a lower one refuses the workbook."""

MARK = "csdesk"
"""How marks begin, and the name of the hidden sheet that says what was sent."""

ACTION, MEASURE = "action", "measure"

READ_ME = f"{MARK}:readme"
"""What marks the sheet that says what to do."""

FREE_ROWS = 10
"""Empty rows at the end of the action items, for what the customer wants to add."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet; `is_open` where the customer writes in every row of it."""

    key: str
    header: str
    is_open: bool = False

    def title(self, translator: Translator) -> str:
        """Name the column in a language."""
        return translator.context("workbook", self.header)


ACTION_COLUMNS = (
    Column("id", P_("workbook", "ID")),
    Column("number", P_("workbook", "No.")),
    Column("title", P_("workbook", "Action item")),
    Column("goal", P_("workbook", "Goal")),
    Column("owner", P_("workbook", "In charge")),
    Column("due_on", P_("workbook", "Due")),
    Column("status", P_("workbook", "Status"), is_open=True),
    Column("done_on", P_("workbook", "Done on"), is_open=True),
    Column("comment", P_("workbook", "Your comment"), is_open=True),
)

MEASURE_COLUMNS = (
    Column("id", P_("workbook", "ID")),
    Column("number", P_("workbook", "No.")),
    Column("name", P_("workbook", "Success measure")),
    Column("unit", P_("workbook", "Unit")),
    Column("baseline", P_("workbook", "Baseline")),
    Column("target", P_("workbook", "Target")),
    Column("target_on", P_("workbook", "Target date")),
    Column("last", P_("workbook", "Last value")),
    Column("last_on", P_("workbook", "As of")),
)
MEASURE_COMMENT = Column("comment", P_("workbook", "Your comment"), is_open=True)


@dataclass(frozen=True, slots=True)
class PeriodColumn:
    """A column of the measures: the values of one period, for KPIs of one frequency."""

    frequency: str
    first: dt.date

    @property
    def key(self) -> str:
        """What stands for the column in its mark."""
        return f"{self.frequency}:{self.first.isoformat()}"

    def title(self, translator: Translator) -> str:
        """Name the period in a language: Oct 2025, Oct – Dec 2025, week of Oct 6, 2025."""
        if self.frequency == Frequency.WEEKLY:
            words = translator.context("workbook", "Week of {date}")
            return words.format(date=translator.date(self.first))
        if self.frequency == Frequency.QUARTERLY:
            last = _months_later(self.first, 2)
            words = translator.context("workbook", "{first} – {last}")
            return words.format(first=translator.month(self.first), last=translator.month(last))
        return translator.month(self.first)


def period_column(key: str) -> PeriodColumn | None:
    """Read a period's column back from its key; None where it is another column's."""
    frequency, _colon, first = key.partition(":")
    if frequency not in set(Frequency):
        return None
    try:
        return PeriodColumn(frequency, dt.date.fromisoformat(first))
    except ValueError:
        return None


def later(first: dt.date, frequency: str, count: int) -> dt.date:
    """Return the first day of the period `count` periods after (or before) this one."""
    if frequency == Frequency.WEEKLY:
        return first + dt.timedelta(weeks=count)
    return _months_later(first, count * (3 if frequency == Frequency.QUARTERLY else 1))


def _months_later(first: dt.date, count: int) -> dt.date:
    months = first.year * 12 + first.month - 1 + count
    return dt.date(months // 12, months % 12 + 1, 1)


def mark(kind: str, key: str) -> str:
    """Write the mark of a column."""
    return f"{MARK}:{kind}:{key}"


def read_mark(text: str) -> tuple[str, str] | None:
    """Read kind and key back from a column's mark; None where the text is none."""
    parts = text.strip().split(":", 2)
    if len(parts) != 3 or parts[0] != MARK or parts[1] not in (ACTION, MEASURE):
        return None
    return parts[1], parts[2]


def known_headers(kind: str) -> dict[str, str]:
    """Return the keys of a sheet's columns by their headers, as `header_key` makes them."""
    columns = ACTION_COLUMNS if kind == ACTION else (*MEASURE_COLUMNS, MEASURE_COMMENT)
    return {
        header_key(column.title(Translator(language))): column.key
        for language in LANGUAGES
        for column in columns
    }
