"""The columns of the accounts table: what each says, sorts by, and how wide it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import lru_cache, partial
from operator import attrgetter

from babel import numbers
from PySide6.QtGui import QFont, QFontMetrics

from csdesk.i18n import Translator, _, current, minor_digits
from csdesk.model.vocabulary import (
    CsmView,
    Phase,
    PlanStatus,
    ProgressRag,
    TouchModel,
    label_of,
)
from csdesk.queries.portfolio import AccountRow
from csdesk.store.words import fold
from ui.pages.accounts.further_columns import FURTHER_WIDTHS, further_columns
from ui.tables import Column
from ui.widgets.cells import PADDING, PILL_ENDS, small_font

MANY_AMOUNTS = 10_000
"""How many amounts are remembered as they are written."""

RENEWAL_IS_NEAR = 60
"""Days before a renewal from which it is shown as near."""

WIDTHS = {
    "name": 210,
    "arr": 106,
    "renewal": 94,
    "progress": 108,
    "next_action": 136,
    "last_touch": 72,
    "owner": 58,
    **FURTHER_WIDTHS,
}
"""Pixels at 96 dots per inch, where they do not follow from the words in the column."""

USUAL = (
    *("name", "touch_model", "phase", "health", "arr", "renewal", "progress", "standing"),
    *("next_action", "last_touch", "owner"),
)
"""The columns shown where nobody chose others."""

RING = 42
"""Pixels of the ring in the health column, with the gap beside it."""

LEAST = {
    "name": 180,
    "touch_model": 78,
    "health": RING + 2 * PADDING - 6,
    "progress": 64,
    "next_action": 96,
}
"""The same for columns that give way where the window is narrow."""

FIRST_TO_GO = ("touch_model", "progress", "last_touch")
"""The usual columns that a narrow window leaves out, so that names and phases can be read."""

ELASTIC = ("name", "next_action")
"""The columns that share the room that is left."""

STANDING_TONES = {
    ProgressRag.ON_TRACK: "good",
    ProgressRag.AT_RISK: "warning",
    ProgressRag.OFF_TRACK: "bad",
}
_WIDE_DAYS = (dt.date(2028, 3, 28), dt.date(2028, 5, 28), dt.date(2028, 11, 28))
"""Days whose short form is among the widest."""


def account_columns(today: dt.date) -> tuple[Column[AccountRow], ...]:
    """Return the columns in the language of the moment; `today` is what days count from."""
    return (
        *_customer_columns(today),
        *_plan_columns(),
        *_people_columns(today),
        *further_columns(today),
    )


def _customer_columns(today: dt.date) -> tuple[Column[AccountRow], ...]:
    phases: dict[str | None, int] = {phase: place for place, phase in enumerate(Phase)}
    touches: dict[str | None, int] = {touch: place for place, touch in enumerate(TouchModel)}
    views: dict[str | None, int] = {view: place for place, view in enumerate(reversed(CsmView))}
    return (
        Column(
            "name",
            _("Account"),
            lambda row: row.name,
            attrgetter("reading"),
            tip=lambda row: row.name,
        ),
        Column(
            "touch_model",
            _("Touch model"),
            lambda row: label_of(row.touch_model),
            lambda row: touches.get(row.touch_model),
        ),
        Column(
            "phase",
            _("Phase"),
            lambda row: label_of(row.phase),
            lambda row: phases.get(row.phase),
        ),
        Column(
            "health",
            _("Health"),
            health_text,
            lambda row: views.get(row.csm_view),
            tip=lambda row: _("CSM's view: {view}").format(view=health_text(row)),
            hint=_("The CSM's own view, until there are health scores."),
        ),
        Column(
            "arr",
            _("ARR"),
            partial(_arr_text, write=whole_money_text),
            lambda row: None if row.arr is None else (row.currency, row.arr),
            right=True,
            tip=_arr_text,
            hint=_("Twelve times the monthly recurring revenue of the running contracts."),
        ),
        Column(
            "renewal",
            _("Renewal"),
            lambda row: renewal_text(row, today),
            shown_renewal,
            tip=lambda row: renewal_text(row, today),
            hint=_("The next renewal among the running contracts, and the days until then."),
        ),
    )


def _plan_columns() -> tuple[Column[AccountRow], ...]:
    standings: dict[str | None, int] = {rag: place for place, rag in enumerate(STANDING_TONES)}
    return (
        Column(
            "progress",
            _("Plan progress"),
            progress_text,
            lambda row: row.progress,
            hint=_("The mean of the goals of the plan in force."),
        ),
        Column(
            "standing",
            _("Plan status"),
            standing_text,
            lambda row: standings.get(row.standing),
            hint=_("The worst standing among the plan's open goals."),
        ),
        Column(
            "next_action",
            _("Next action"),
            lambda row: row.next_action,
            lambda row: row.next_action_due,
            tip=lambda row: row.next_action,
            hint=_("The open action that is due first; sorted by its date."),
        ),
    )


def _people_columns(today: dt.date) -> tuple[Column[AccountRow], ...]:
    return (
        Column(
            "last_touch",
            _("Last touch"),
            lambda row: days_ago(row.last_touch, today),
            lambda row: row.last_touch,
            right=True,
            hint=_("Days since the last touchpoint."),
        ),
        Column(
            "owner",
            current().context("column", "Owner"),
            lambda row: row.owner,
            lambda row: fold(row.owner) or None,
            tip=lambda row: row.owner,
            hint=_("Owner"),
        ),
    )


def account_widths(columns: Sequence[Column[AccountRow]], font: QFont) -> dict[str, int]:
    """Return how wide each column should be in pixels, by its key.

    Columns of terms are as wide as their longest term, and every head has room for its title, in
    the language of the moment.
    """
    plain, small = QFontMetrics(font), QFontMetrics(small_font(font))
    widths = dict(WIDTHS)
    dates = (plain.horizontalAdvance(date) for date in wide_dates(current()))
    left = small.horizontalAdvance(_("{n} d").format(n=300)) + PILL_ENDS
    widths["renewal"] = max(dates) + 8 + left + 2 * PADDING
    for key, terms in (("touch_model", TouchModel), ("phase", Phase)):
        words = (plain.horizontalAdvance(term.label()) for term in terms)
        widths[key] = max(words) + 2 * PADDING + 2
    # The ring with its sign says it all; the words beside it come where somebody makes room.
    widths["health"] = small.height() + 14 + 8 + 2 * PADDING
    states = [*(term.label() for term in (*ProgressRag, *PlanStatus)), _("No plan")]
    pills = (small.horizontalAdvance(state) for state in states)
    widths["standing"] = max(pills) + PILL_ENDS + 2 * PADDING
    for column in columns:
        widths[column.key] = max(widths[column.key], _head_width(column, small))
    return widths


def least_account_widths(columns: Sequence[Column[AccountRow]], font: QFont) -> dict[str, int]:
    """Return how narrow the columns that give way may become in pixels, by their key."""
    plain, small = QFontMetrics(font), QFontMetrics(small_font(font))
    dates = (plain.horizontalAdvance(date) for date in wide_dates(current()))
    least = LEAST | {"renewal": max(dates) + 2 * PADDING + 2}
    found = {
        column.key: max(least[column.key], _head_width(column, small))
        for column in columns
        if column.key in least
    }
    # The cells of owners are discs: where there is little room, rather their title is cut.
    return found | {"owner": WIDTHS["owner"]}


def _head_width(column: Column[AccountRow], small: QFontMetrics) -> int:
    return small.horizontalAdvance(column.title) + 2 * PADDING + 4


@lru_cache(maxsize=4)
def wide_dates(language: Translator) -> tuple[str, ...]:
    """Return short dates that are among the widest; every painted row asks for them."""
    return tuple(language.short_date(day, day) for day in _WIDE_DAYS)


def money_text(minor: int, currency: str) -> str:
    """Write an amount, without cents where there are none."""
    return _written_money(current(), minor, currency, False)


def whole_money_text(minor: int, currency: str) -> str:
    """Write an amount rounded to whole units, for where one compares at a glance."""
    return _written_money(current(), minor, currency, True)


@lru_cache(maxsize=MANY_AMOUNTS)
def _written_money(language: Translator, minor: int, currency: str, is_whole: bool) -> str:
    # Every painted row asks anew, and writing an amount takes longer than drawing it.
    digits = minor_digits(currency)
    unit: int = 10**digits
    if is_whole:
        minor = (minor + unit // 2) // unit * unit
    return language.money(minor, currency).removesuffix("." + "0" * digits)


def short_money_text(minor: int, currency: str) -> str:
    """Write an amount in few signs: ¥146.7M, ¥1.47億, ¥8350万."""
    language = current()
    amount = Decimal(minor).scaleb(-minor_digits(currency))
    places = 1
    if language.language == "ja" and amount >= 10**6:  # three or four digits in both units
        places = 2 if amount >= 10**8 else 0
    text: str = numbers.format_compact_currency(
        amount, currency, locale=language.locale, fraction_digits=places
    )
    return text.replace("￥", "¥")


def searched_text(row: AccountRow) -> str:
    """Return the words by which the table finds an account as one types."""
    parts = (
        row.name,
        row.name_kana,
        row.name_en,
        row.external_id,
        row.industry,
        row.segment,
        row.region,
        label_of(row.touch_model),
        label_of(row.phase),
        row.owner,
        row.next_action,
        row.plan_title,
        *row.tags,
    )
    return "\n".join(part for part in parts if part)


def days_left(day: dt.date, today: dt.date) -> str:
    """Write how far ahead a day is, or how long it is overdue."""
    days = (day - today).days
    if days == 0:
        return _("today")
    if days < 0:
        return _("{n} d over").format(n=-days)
    return _("{n} d").format(n=days)


def days_ago(day: dt.date | None, today: dt.date) -> str:
    """Write how long ago a day was; nothing for no day."""
    if day is None:
        return ""
    days = (today - day).days
    if days <= 0:
        return _("today")
    return _("{n} d ago").format(n=days)


def shown_renewal(row: AccountRow) -> dt.date | None:
    """Return the renewal that matters first: one that is overdue, else the next."""
    return row.overdue_renewal or row.renewal_on


def renewal_text(row: AccountRow, today: dt.date) -> str:
    """Write the renewal with the days left."""
    day = shown_renewal(row)
    return "" if day is None else f"{current().date(day)} · {days_left(day, today)}"


def health_text(row: AccountRow) -> str:
    """Write how the account is: what its CSM thinks, until there are scores."""
    return label_of(row.csm_view) or _("Not rated")


def progress_text(row: AccountRow) -> str:
    """Write the progress in percent; nothing where there is none to tell."""
    return "" if row.progress is None else f"{current().number(round(row.progress * 100))}%"


def standing_text(row: AccountRow) -> str:
    """Write how the plan stands: its worst goal, else its own status, else that there is none."""
    if row.plan_id is None:
        return _("No plan")
    return label_of(row.standing) or label_of(row.plan_status)


def _arr_text(row: AccountRow, write: Callable[[int, str], str] = money_text) -> str:
    if row.arr is None:
        return ""
    amounts = ((row.currency, row.arr), *row.other_arr)
    return " + ".join(write(minor, currency) for currency, minor in amounts)
