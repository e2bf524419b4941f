"""Numbers, dates and states in the words and manners of one document's language."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

from babel import dates, numbers

from csdesk.i18n import Translator
from csdesk.model.vocabulary import (
    ActionStatus,
    GoalStatus,
    MilestoneStatus,
    PlanStatus,
    ProgressRag,
    TargetMode,
    label_of,
)
from csdesk.queries.customer_rows import GoalRow, KpiLine, MeasureRow
from csdesk.report.theme import BAD, DONE, GOOD, QUIET, WARNING, Tone

_PREFIXES = frozenset("¥$€£￥")

_HONORIFICS = ("様", "御中", "殿", "さん", "氏", "先生")
_BEYOND_READING = Decimal(10) ** 15

_END_OF_SCALE = Decimal(10) ** 60
State = tuple[str, Tone]
"""A word and the colour that goes with it; the word alone says it all."""


class Words:
    """One language's way to write what a document shows."""

    def __init__(self, translator: Translator) -> None:
        self.t = translator
        self.is_japanese = translator.language == "ja"

    def number(self, value: Decimal) -> str:
        """Write a number, with no more decimals than a reader can use."""
        size = abs(value)
        if size >= _BEYOND_READING:
            return f"{value:.3E}".replace("-", "−")
        places = 0 if size >= 10_000 else 1 if size >= 100 else 2
        rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        return self.t.number(rounded.normalize() if rounded else Decimal(0))

    def value(self, value: Decimal | None, kpi: KpiLine) -> str:
        """Write a KPI's value with its unit; – where there is none."""
        return "–" if value is None else self.with_unit(self.number(value), kpi.unit)

    def share(self, measure: MeasureRow) -> str:
        """Write a target that was given as a share of the baseline; empty for a plain number."""
        given = measure.target_given
        if given is None:
            return ""
        if measure.target_mode == TargetMode.PERCENT_OF_BASELINE:
            return self.t("{share}% of the baseline").format(share=self.number(given))
        if measure.target_mode != TargetMode.PERCENT_INCREASE:
            return ""
        if given < 0:
            return self.t("{share}% less than the baseline").format(share=self.number(-given))
        return self.t("{share}% more than the baseline").format(share=self.number(given))

    def with_unit(self, number: str, unit: str) -> str:
        """Put a unit where it belongs: ¥100, 80%, 5 h, 30件."""
        if not unit:
            return number
        if unit in _PREFIXES:
            return f"−{unit}{number[1:]}" if number.startswith("−") else f"{unit}{number}"
        narrow = unit[0].isascii() and unit[0].isalpha()
        return f"{number} {unit}" if narrow else f"{number}{unit}"

    def compact(self, value: float, kpi: KpiLine) -> str:
        """Write a number on an axis: 430万, 4.3M."""
        if abs(value) < 10_000 or abs(value) >= _BEYOND_READING:
            return self.with_unit(self.number(Decimal(repr(round(value, 6)))), self._short(kpi))
        text = numbers.format_compact_decimal(
            round(value, 2), locale=self.t.locale, fraction_digits=2
        )
        return self.with_unit(text.replace("-", "−"), self._short(kpi))

    def percent(self, share: Decimal | None) -> str:
        """Write a share as a whole percentage, not clamped; – where it is not known."""
        if share is None:
            return "–"
        if abs(share) * 100 >= _BEYOND_READING:
            return f"{self.number(share)}%"
        return f"{self.t.number((share * 100).quantize(Decimal(1), ROUND_HALF_UP))}%"

    def date(self, day: dt.date | None) -> str:
        """Write a date, short; – where there is none."""
        return self.t.date(day) if day else "–"

    def long_date(self, day: dt.date) -> str:
        """Write a date in full."""
        return self.t.date(day, long=True)

    def short_date(self, day: dt.date) -> str:
        """Write day and month only: 3/31, Mar 31."""
        return f"{day.month}/{day.day}" if self.is_japanese else f"{self.month_name(day)} {day.day}"

    def month_name(self, day: dt.date) -> str:
        """Write the month only: 3月, Mar."""
        return f"{day.month}月" if self.is_japanese else str(dates.format_date(day, "MMM", "en_US"))

    def year_name(self, day: dt.date) -> str:
        """Write the year only: 2026年, 2026."""
        return f"{day.year}年" if self.is_japanese else str(day.year)

    def span(self, start: dt.date | None, end: dt.date | None) -> str:
        """Write a period in full: both days, or the one that is known."""
        if start and end:
            joint = " 〜 " if self.is_japanese else " – "
            return self.long_date(start) + joint + self.long_date(end)
        if start:
            return self.t("From {date}").format(date=self.long_date(start))
        return self.t("Until {date}").format(date=self.long_date(end)) if end else ""

    def as_of(self, period: dt.date, frequency: str) -> str:
        """Say which period a value belongs to: 2025年9月時点, as of Sep 2025."""
        return self.t("as of {date}").format(date=self.period(period, frequency))

    def period(self, period: dt.date, frequency: str) -> str:
        """Write the period of a value: its month, or the first day of its week."""
        if frequency == "weekly":
            return self.date(period)
        if self.is_japanese:
            return f"{period.year}年{period.month}月"
        return f"{self.month_name(period)} {period.year}"

    def addressed(self, company: str) -> str:
        """Address a company as a letter does: 株式会社アクメ 御中."""
        if not company or company.endswith(_HONORIFICS):
            return company
        return self.t("To {company}").format(company=company)

    def people(self, customer_owner: str, owner: str, *, joint: str = " / ") -> str:
        """Name who is in charge on both sides, the customer first; a name's parts stay together."""
        named = [self.honoured(customer_owner)] if customer_owner else []
        return joint.join([*named, *([_whole(owner)] if owner else [])])

    def honoured(self, name: str) -> str:
        """Name a person or company of the customer's: 山田 太郎様."""
        name = _whole(name)
        return f"{name}様" if self.is_japanese and not name.endswith(_HONORIFICS) else name

    def goal_state(self, goal: GoalRow) -> State:
        """Say how a goal stands: closed ones by their result, others by their standing."""
        states: dict[str, State] = {
            GoalStatus.ACHIEVED: (label_of(GoalStatus.ACHIEVED, self.t), DONE),
            GoalStatus.PARTIALLY: (label_of(GoalStatus.PARTIALLY, self.t), DONE),
            GoalStatus.MISSED: (label_of(GoalStatus.MISSED, self.t), BAD),
            GoalStatus.CANCELED: (label_of(GoalStatus.CANCELED, self.t), QUIET),
            GoalStatus.PAUSED: (label_of(GoalStatus.PAUSED, self.t), QUIET),
        }
        if goal.status in states:
            return states[goal.status]
        if goal.rag:
            tones: dict[str, Tone] = {
                ProgressRag.ON_TRACK: GOOD,
                ProgressRag.AT_RISK: WARNING,
                ProgressRag.OFF_TRACK: BAD,
            }
            return label_of(goal.rag, self.t), tones.get(goal.rag, QUIET)
        if goal.is_overdue:
            return self.t.context("document", "Overdue"), BAD
        running = goal.status == GoalStatus.IN_PROGRESS
        return label_of(goal.status, self.t), GOOD if running else QUIET

    def milestone_state(self, status: str, *, is_overdue: bool) -> State:
        """Say how a milestone stands."""
        if is_overdue:
            return self.t.context("document", "Overdue"), BAD
        tones: dict[str, Tone] = {
            MilestoneStatus.IN_PROGRESS: GOOD,
            MilestoneStatus.AT_RISK: WARNING,
            MilestoneStatus.ACHIEVED: DONE,
            MilestoneStatus.MISSED: BAD,
        }
        return label_of(status, self.t), tones.get(status, QUIET)

    def action_state(self, status: str, *, is_overdue: bool) -> State:
        """Say how an action item stands."""
        tones: dict[str, Tone] = {
            ActionStatus.IN_PROGRESS: GOOD,
            ActionStatus.WAITING_CUSTOMER: WARNING,
            ActionStatus.WAITING_INTERNAL: WARNING,
            ActionStatus.DONE: DONE,
        }
        tone = BAD if is_overdue else tones.get(status, QUIET)
        return label_of(status, self.t), tone

    def plan_state(self, status: str) -> State:
        """Say how far the plan itself is."""
        tones: dict[str, Tone] = {
            PlanStatus.PROPOSED: WARNING,
            PlanStatus.AGREED: GOOD,
            PlanStatus.ACTIVE: GOOD,
            PlanStatus.COMPLETED: DONE,
        }
        return label_of(status, self.t), tones.get(status, QUIET)

    @staticmethod
    def _short(kpi: KpiLine) -> str:
        """Return the unit where an axis has room for it."""
        return kpi.unit if kpi.unit in _PREFIXES or kpi.unit in ("%", "％", "円") else ""


def drawable(number: Decimal) -> float:
    """Return a number as a chart can draw it: those beyond any scale stand at its end."""
    return float(min(max(number, -_END_OF_SCALE), _END_OF_SCALE))


def _whole(name: str) -> str:
    """Keep the parts of a short name on one line."""
    return name.replace(" ", "\u00a0") if len(name) <= 24 else name
