"""What a plan starts from: its texts and items without people and dates, days instead.

Day 0 is the day the plan starts. A template knows parts instead of persons: "csm" and "sales" on
our side, the roles of contacts on the customer's. A copy of a plan is a template too, made for
one use, whose parts may be the ids of the persons themselves.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal

from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model.items import ItemKind
from csdesk.model.vocabulary import Phase, PlanType

CSM, SALES = "csm", "sales"
"""The parts on our side: who owns the account, and who sells to it."""

_SUITS: dict[str, tuple[str, ...]] = {
    Phase.ONBOARDING: (PlanType.ONBOARDING,),
    Phase.ADOPTION: (PlanType.ADOPTION,),
    Phase.RETENTION: (PlanType.ADOPTION, PlanType.RENEWAL),
    Phase.EXPANSION: (PlanType.EXPANSION,),
    Phase.RENEWAL: (PlanType.RENEWAL,),
}


@dataclass(frozen=True, slots=True)
class TemplateMeasure:
    """A success measure to be: the KPI by its name, and what is aimed at.

    `kpi_id` is its KPI in the workspace it was saved in; the name counts where that is gone.
    Only a copy of a plan has a baseline: a new customer starts from her own.
    """

    kpi: str
    kpi_en: str = ""
    kpi_id: str = ""
    unit: str = ""
    kind: str | None = None
    category: str | None = None
    frequency: str | None = None
    direction: str | None = None
    target_mode: str | None = None
    target: Decimal | None = None
    due: int | None = None
    baseline: Decimal | None = None
    baseline_day: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class TemplateItem:
    """A goal, milestone or action item to be; `children` stand below it in their order.

    `text` is why a goal is wanted, or when a milestone is done. `after` names milestones of the
    same plan by their `key`.
    """

    kind: ItemKind
    title: str
    text: str = ""
    start: int | None = None
    due: int | None = None
    owner: str = ""
    customer_owner: str = ""
    side: str | None = None
    priority: str | None = None
    weight: int | None = None
    visibility: str | None = None
    internal_note: str = ""
    key: str = ""
    after: tuple[str, ...] = ()
    measures: tuple[TemplateMeasure, ...] = ()
    children: tuple[TemplateItem, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanTemplate:
    """The content of a template; `days` is the length of the plan."""

    title: str = ""
    to_be: str = ""
    background: str = ""
    success_statement: str = ""
    review_cadence: str = ""
    internal_note: str = ""
    owner: str = CSM
    customer_owner: str = ""
    next_review: int | None = None
    days: int | None = None
    items: tuple[TemplateItem, ...] = ()

    def walk(self) -> Iterator[TemplateItem]:
        """Yield every item, each before what stands below it."""
        queue = list(reversed(self.items))
        while queue:
            item = queue.pop()
            yield item
            queue.extend(reversed(item.children))

    def count(self, kind: ItemKind) -> int:
        """Tell how many items of a kind there are."""
        return Counter(item.kind for item in self.walk())[kind]

    def measures(self) -> Iterator[TemplateMeasure]:
        """Yield the success measures of all goals."""
        for item in self.walk():
            yield from item.measures

    @property
    def length(self) -> int:
        """The days from the start to the end, or to what is due last where there is no end."""
        if self.days is not None:
            return self.days
        return max((item.due for item in self.walk() if item.due is not None), default=0)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Puts the days of a template into the calendar, from a start.

    With `is_off`, what would fall on a day off moves on to the next working day; items keep
    their order in time.
    """

    start: dt.date
    is_off: Callable[[dt.date], bool] | None = None

    def day(self, number: int | None) -> dt.date | None:
        """Return the date of a day; raises UserError beyond the end of the calendar."""
        if number is None:
            return None
        try:
            day = self.start + dt.timedelta(days=number)
            while self.is_off is not None and self.is_off(day):
                day += dt.timedelta(days=1)
        except OverflowError:
            raise UserError(
                _("Day {n} of the template lies beyond the calendar.").format(n=number),
                _("Choose another start, or correct the template."),
            ) from None
        return day


def days_from(start: dt.date, day: dt.date | None) -> int | None:
    """Count the days from a start; None for no date."""
    return None if day is None else (day - start).days


def first_day(days: Collection[dt.date | None]) -> dt.date | None:
    """Return the earliest of some dates, leaving out those that are not known."""
    return min((day for day in days if day is not None), default=None)


def fit(
    *,
    type: str | None,
    touch_model: str | None,
    segment_id: str | None,
    phase: str | None,
    account_touch_model: str | None,
    account_segment_id: str | None,
) -> int:
    """Tell how well a template suits an account; the higher, the better.

    The phase counts most (4), then the segment (2), then the touch model (1). A template made
    for another segment or touch model loses as much; one that names none suits all alike.
    """
    points = 4 if phase is not None and type in _SUITS.get(phase, ()) else 0
    if segment_id is not None:
        points += 2 if segment_id == account_segment_id else -2
    if touch_model is not None and account_touch_model is not None:
        points += 1 if touch_model == account_touch_model else -1
    return points
