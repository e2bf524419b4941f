"""Hybrid logical clock stamps: `milliseconds << 16 | counter`, in one 63-bit integer.

After Kulkarni et al., "Logical Physical Clocks" (2014). A stamp follows the wall clock, never
repeats within a run, and does not follow a clock that is far ahead.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

Clock = Callable[[], dt.datetime]
"""Gives the present instant, aware, in UTC."""

MAX_AHEAD_MS = 5 * 60 * 1000
"""How far the last stamp may be ahead of the wall clock before it is no longer followed."""

LATEST = 7_258_118_400_000 << 16
"""The first stamp of the year 2200: no file holds a later one (team/guard_rows.py)."""
_LATEST_NOW = 6_942_585_600_000 << 16
"""A clock beyond the beginning of 2190 counts as that: ten years are left for what follows it."""


def utc_now() -> dt.datetime:
    """Tell the present instant."""
    return dt.datetime.now(dt.UTC)


class Stamps:
    """The stamps of one run; every call gives a greater one, unless the last was poisoned."""

    def __init__(self, clock: Clock, last: int) -> None:
        self._clock = clock
        self._last = last

    def next(self) -> int:
        """Give the stamp of a new step."""
        now = min(stamp_of(self._clock()), _LATEST_NOW)
        if self._last - now > MAX_AHEAD_MS << 16:
            self._last = now
        self._last = max(self._last + 1, now)
        return self._last


def stamp_of(instant: dt.datetime) -> int:
    """Give the first stamp of an instant's millisecond."""
    return int(instant.timestamp() * 1000) << 16


def instant_of(stamp: int) -> dt.datetime:
    """Tell the wall-clock instant a stamp was made at; the earliest or latest one if absurd."""
    try:
        return dt.datetime.fromtimestamp((stamp >> 16) / 1000, dt.UTC)
    except (OverflowError, ValueError, OSError):
        return dt.datetime.max.replace(tzinfo=dt.UTC)
