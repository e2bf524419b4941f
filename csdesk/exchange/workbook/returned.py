"""What came back in a workbook, as plain rows; nothing of it was compared with the plan yet."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from csdesk.exchange.workbook.sent import Sent


@dataclass(frozen=True, slots=True)
class ReturnedAction:
    """One row of the action items; blank cells say nothing."""

    key: str
    """What names the row in this file, such as A12."""
    place: str
    """Where it stands, in the user's language."""
    id: str
    """The action item's id; empty for a row the customer added."""
    title: str
    owner: str = ""
    due_on: dt.date | None = None
    status: str = ""
    done_on: dt.date | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class ReturnedValue:
    """One value of a measure."""

    key: str
    place: str
    measure_id: str
    name: str
    frequency: str
    first: dt.date
    value: Decimal


@dataclass(frozen=True, slots=True)
class ReturnedComment:
    """A comment on a measure."""

    key: str
    place: str
    measure_id: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class ReturnedWorkbook:
    """A workbook that came back."""

    name: str
    """The name of the file."""
    sent: Sent | None
    """What was sent; None where the file does not tell any more."""
    actions: tuple[ReturnedAction, ...] = ()
    values: tuple[ReturnedValue, ...] = ()
    comments: tuple[ReturnedComment, ...] = ()
    notices: tuple[str, ...] = ()
    """What was not understood or cannot be taken over, in sentences for the user."""

    @property
    def plan_id(self) -> str:
        """The plan it belongs to; empty where the file does not tell."""
        return self.sent.plan_id if self.sent else ""

    @property
    def version(self) -> int | None:
        """The version it was sent with."""
        return self.sent.version if self.sent else None
