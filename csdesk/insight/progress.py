"""How far a measure, milestone, goal or plan is, and how far it should be today.

Shares are exact decimals, 1 for all of it, and are never clamped: a regression is below 0, more
than was promised above 1. Whoever draws them clamps them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from csdesk.model.vocabulary import (
    Direction,
    GoalStatus,
    MilestoneStatus,
    TargetMode,
)

ZERO, ONE = Decimal(0), Decimal(1)

_RESULTS: dict[str, Decimal] = {
    GoalStatus.ACHIEVED: ONE,
    GoalStatus.PARTIALLY: Decimal("0.5"),
    GoalStatus.MISSED: ZERO,
}


def resolved_target(
    mode: str | None, baseline: Decimal | None, target: Decimal | None
) -> Decimal | None:
    """Return the number a target stands for.

    Absolute: the target itself. Percent of the baseline ("120%に"): baseline × target / 100.
    Percent more ("20%増"): baseline × (1 + target / 100). None without a target, or without the
    baseline that a percentage needs. A mode this version does not know counts as absolute.
    """
    if target is None or mode not in (TargetMode.PERCENT_OF_BASELINE, TargetMode.PERCENT_INCREASE):
        return target
    if baseline is None:
        return None
    if mode == TargetMode.PERCENT_OF_BASELINE:
        return baseline * target / 100
    return baseline * (100 + target) / 100


def measure_progress(
    baseline: Decimal | None,
    target: Decimal | None,
    current: Decimal | None,
    direction: str | None = None,
) -> Decimal | None:
    """Return (current - baseline) / (target - baseline), for rising and falling KPIs alike.

    A target equal to the baseline means to keep it: 1 while it is kept (at least for a KPI that
    should be high, at most for one that should be low, exactly otherwise), else 0. None where a
    number is missing.
    """
    if baseline is None or target is None or current is None:
        return None
    if target == baseline:
        return ONE if _is_kept(target, current, direction) else ZERO
    return (current - baseline) / (target - baseline)


def _is_kept(target: Decimal, current: Decimal, direction: str | None) -> bool:
    if direction == Direction.HIGHER:
        return current >= target
    if direction == Direction.LOWER:
        return current <= target
    return current == target


def pace(
    baseline: Decimal | None,
    target: Decimal | None,
    start: dt.date | None,
    end: dt.date | None,
    today: dt.date,
) -> Decimal | None:
    """Return the value the straight line from baseline to target has reached today.

    baseline + (target - baseline) × elapsed / total days, held at its ends before and after.
    None where a number or a date is missing, or the end is not after the start.
    """
    if baseline is None or target is None or start is None or end is None or end <= start:
        return None
    elapsed = min(max((today - start).days, 0), (end - start).days)
    return baseline + (target - baseline) * elapsed / (end - start).days


def action_share(counted: int, done: int) -> Decimal | None:
    """Return the share of action items that are done; None where there is nothing to count.

    `counted` is how many there are without dropped ones, `done` how many of these are done.
    """
    return Decimal(done) / counted if counted else None


def milestone_progress(status: str | None, share: Decimal | None) -> Decimal | None:
    """Return how far a milestone is: all of it once achieved, else the `share` of its actions done.

    Without actions nothing of it is done until it is achieved. A canceled one has none.
    """
    if status == MilestoneStatus.CANCELED:
        return None
    if status == MilestoneStatus.ACHIEVED:
        return ONE
    return ZERO if share is None else share


def goal_progress(
    status: str | None,
    measures: Iterable[Decimal | None],
    milestones: Iterable[tuple[Decimal | None, int | None]],
    share: Decimal | None = None,
) -> Decimal | None:
    """Return the mean of a goal's measures or, where none is known, of its milestones by weight.

    `milestones` are pairs of progress and weight (none: 1). A goal with neither is as far as the
    `share` of its own action items that are done; with nothing at all it is done when achieved and
    unknown before. A canceled goal has none.
    """
    if status == GoalStatus.CANCELED:
        return None
    by_measure = mean(measures)
    if by_measure is not None:
        return by_measure
    by_milestone = weighted_mean(
        (progress, 1 if weight is None else weight) for progress, weight in milestones
    )
    if by_milestone is not None:
        return by_milestone
    if share is not None:
        return share
    return ONE if status == GoalStatus.ACHIEVED else None


def mean(values: Iterable[Decimal | None]) -> Decimal | None:
    """Return the mean of the known values; None where none is known."""
    return weighted_mean((value, 1) for value in values)


def weighted_mean(pairs: Iterable[tuple[Decimal | None, int]]) -> Decimal | None:
    """Return Σ weight × value / Σ weight over known values with a weight above 0, else None."""
    known = [(value, weight) for value, weight in pairs if value is not None and weight > 0]
    if not known:
        return None
    total = sum(weight for _, weight in known)
    return sum((value * weight for value, weight in known), ZERO) / total


def plan_result(statuses: Iterable[str | None]) -> Decimal | None:
    """Return a finished plan's result: achieved 1, partly 0.5, missed 0, canceled left out; mean.

    A goal that was never closed counts as missed. None where no goal counts.
    """
    return mean(
        _RESULTS.get(status or "", ZERO) for status in statuses if status != GoalStatus.CANCELED
    )
