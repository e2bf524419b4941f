"""Takes times in a way that survives a noisy machine, and keeps them with what they mean.

Ours and the yardstick are measured in turns, so that a busy minute slows both; the ratio of the
medians is what counts. A benchmark is no test: it reports, and never fails a build.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

FEWEST_RUNS = 5
COUNT = "n"
"""The unit of what is counted; others are "s" and "B"."""


@dataclass(frozen=True, slots=True)
class Target:
    """What performance means here: at most `ratio` times the yardstick, at most `limit` units."""

    ratio: float | None = None
    limit: float | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table; `ours` and `yardstick` hold one value for each run, in `unit`.

    Where nothing compares (how many edits were lost), there are no values of a yardstick.
    """

    what: str
    size: str
    unit: str
    ours: tuple[float, ...]
    yardstick: tuple[float, ...]
    yardstick_name: str
    target: Target

    @property
    def median(self) -> float:
        """The middle of our values."""
        return statistics.median(self.ours)

    @property
    def p95(self) -> float:
        """The value that 95 % of ours stay below (of a few runs: nearly the slowest)."""
        return percentile(self.ours, 95)

    @property
    def yardstick_median(self) -> float | None:
        """The middle of the yardstick's values; None where there are none."""
        return statistics.median(self.yardstick) if self.yardstick else None

    @property
    def ratio(self) -> float | None:
        """How many times the yardstick's median ours is; None without a yardstick."""
        return self.median / self.yardstick_median if self.yardstick_median else None

    @property
    def met(self) -> bool:
        """Whether ours stays within each part of the target."""
        wanted, ratio = self.target.ratio, self.ratio
        within_ratio = wanted is None or (ratio is not None and ratio <= wanted)
        return within_ratio and (self.target.limit is None or self.median <= self.target.limit)


def percentile(values: Sequence[float], percent: float) -> float:
    """Interpolate the `percent` percentile (0 to 100) of `values`, which may not be empty."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * percent / 100
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def seconds(action: Callable[[], object]) -> float:
    """Tell how long `action` takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def in_turns(*takers: Callable[[], float], runs: int) -> tuple[tuple[float, ...], ...]:
    """Let each taker measure once to warm up, then `runs` times in turns (at least five).

    A taker prepares, measures only what counts, tidies up, and returns what it measured.
    """
    for take in takers:
        take()
    rounds = [[take() for take in takers] for _ in range(max(runs, FEWEST_RUNS))]
    return tuple(zip(*rounds, strict=True))
