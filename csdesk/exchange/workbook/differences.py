"""What a returned workbook changes, three ways: as it was sent, as it came back, as it is now."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class FieldAnswer:
    """Another title, due date or person in charge of an action item."""

    field: str
    value: str | dt.date
    expected: str | dt.date | None


@dataclass(frozen=True, slots=True)
class StatusAnswer:
    """Another status of an action item, or another day it was done on."""

    status: str
    done_on: dt.date | None
    expected: tuple[str | None, dt.date | None]


@dataclass(frozen=True, slots=True)
class CommentAnswer:
    """What the customer said about an item: it goes to an internal note."""

    entry: str


@dataclass(frozen=True, slots=True)
class ValueAnswer:
    """A value of a KPI."""

    account_id: str
    kpi_id: str
    first: dt.date
    value: Decimal
    expected: tuple[Decimal | None, bool]


@dataclass(frozen=True, slots=True)
class NewAction:
    """An action item that the customer added."""

    plan_id: str
    title: str
    status: str = ""
    due_on: dt.date | None = None
    done_on: dt.date | None = None
    customer_owner_id: str | None = None
    note: str | None = None


Answer = FieldAnswer | StatusAnswer | CommentAnswer | ValueAnswer | NewAction


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing the customer changed; it can be accepted or left alone by itself."""

    key: str
    """What names it in this file, such as A12.status; the same each time the file is read."""
    place: str
    """Where it stands in the workbook: Actions, row 12."""
    entity: str
    """"action" or "kpi_value"; of a comment also "goal" or "plan"."""
    id: str
    """The row that accepting it writes."""
    title: str
    """The item it is about."""
    field: str
    """title, due_on, owner, status, done_on, comment, value, or new."""
    label: str
    """The field in the user's language."""
    was: str
    """What was sent, in words; empty where nothing stood there or nobody knows."""
    theirs: str
    """What the customer says."""
    now: str
    """What stands there now."""
    is_conflict: bool
    """Whether we changed it since it was sent, so that accepting covers what we wrote."""
    answer: Answer


@dataclass(frozen=True, slots=True)
class WorkbookReview:
    """All there is to decide about a returned workbook."""

    account_id: str
    account_name: str
    plan_id: str
    plan_title: str
    version: int | None
    """The version it was sent with; None where the file does not tell."""
    differences: tuple[Difference, ...]
    notices: tuple[str, ...]
    """What was not understood or cannot be taken over, and what to know about the file."""
