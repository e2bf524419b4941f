"""The time of a simulation, and what is to happen in it.

Nobody waits: time jumps from one event to the next. Each computer has a clock of its own, hours
off if need be; sync services go by the true time.
"""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Callable
from dataclasses import dataclass, field

_A_SECOND = dt.timedelta(seconds=1)
MORNING = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)


@dataclass
class Agenda:
    """The true time, and the events to come in their order."""

    now: dt.datetime = MORNING
    _events: list[tuple[dt.datetime, int, Callable[[], None]]] = field(default_factory=list)
    _made: int = 0

    def after(self, seconds: float, event: Callable[[], None]) -> None:
        """Let `event` happen in so many seconds."""
        self._made += 1
        moment = self.now + dt.timedelta(seconds=seconds)
        heapq.heappush(self._events, (moment, self._made, event))

    def run(self, hours: float) -> None:
        """Let everything happen that is to happen in the next hours; what comes later waits."""
        end = self.now + dt.timedelta(hours=hours)
        while self._events and self._events[0][0] <= end:
            self.now, _made, event = heapq.heappop(self._events)
            event()
        self.now = end

    def pass_by(self, **span: float) -> None:
        """Let time go by in which nothing happens."""
        self.now += dt.timedelta(**span)

    def clear(self) -> None:
        """Forget what was to happen: the day is over."""
        self._events.clear()


@dataclass
class WallClock:
    """The clock of one computer: the true time and what it is off, later at each look."""

    agenda: Agenda
    off: dt.timedelta = dt.timedelta()
    _last: dt.datetime | None = None

    def __call__(self) -> dt.datetime:
        """Tell the time: never twice the same, unless the clock is set back."""
        shown = self.agenda.now + self.off
        if self._last is not None and dt.timedelta(0) <= self._last - shown < _A_SECOND:
            shown = self._last + dt.timedelta(milliseconds=1)
        self._last = shown
        return shown
