"""How far a measure, milestone, goal and plan are."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdesk.insight.progress import (
    action_share,
    goal_progress,
    measure_progress,
    milestone_progress,
    pace,
    plan_result,
    resolved_target,
    weighted_mean,
)

numbers = st.decimals(-10_000, 10_000, places=2)


@pytest.mark.parametrize(
    ("baseline", "target", "current", "progress"),
    [
        ("1000000", "1250000", "1100000", "0.4"),
        ("8", "2", "5", "0.5"),
        ("50", "80", "50", "0"),
        ("50", "80", "80", "1"),
        ("50", "80", "95", "1.5"),
        ("50", "80", "41", "-0.3"),
        ("8", "2", "9.5", "-0.25"),
    ],
)
def test_a_measure_is_as_far_as_it_came_from_baseline_to_target(
    baseline: str, target: str, current: str, progress: str
) -> None:
    found = measure_progress(Decimal(baseline), Decimal(target), Decimal(current))
    assert found == Decimal(progress)


@pytest.mark.parametrize(
    ("direction", "current", "progress"),
    [
        ("higher", "95", 1),
        ("higher", "97", 1),
        ("higher", "94.9", 0),
        ("lower", "95", 1),
        ("lower", "94", 1),
        ("lower", "95.1", 0),
        ("keep", "95", 1),
        ("keep", "96", 0),
        (None, "96", 0),
    ],
)
def test_a_target_equal_to_the_baseline_is_kept_or_not(
    direction: str | None, current: str, progress: int
) -> None:
    found = measure_progress(Decimal(95), Decimal(95), Decimal(current), direction)
    assert found == progress


@pytest.mark.parametrize("missing", ["baseline", "target", "current"])
def test_a_measure_with_a_number_missing_has_no_progress(missing: str) -> None:
    values: dict[str, Decimal | None] = dict.fromkeys(("baseline", "target", "current"), Decimal(5))
    values[missing] = None
    assert measure_progress(**values) is None


@pytest.mark.parametrize(
    ("mode", "baseline", "target", "resolved"),
    [
        ("absolute", "80", "96", "96"),
        ("percent_of_baseline", "80", "120", "96"),
        ("percent_increase", "80", "20", "96"),
        ("percent_increase", "80", "-25", "60"),
        ("percent_of_baseline", None, "120", None),
        ("percent_increase", None, "20", None),
        ("absolute", None, "96", "96"),
        ("absolute", "80", None, None),
        (None, "80", "96", "96"),
        ("a_mode_of_a_later_version", "80", "96", "96"),
    ],
)
def test_a_target_stands_for_a_number(
    mode: str | None, baseline: str | None, target: str | None, resolved: str | None
) -> None:
    found = resolved_target(
        mode,
        None if baseline is None else Decimal(baseline),
        None if target is None else Decimal(target),
    )
    assert found == (None if resolved is None else Decimal(resolved))


def test_the_pace_half_way_is_half_the_way() -> None:
    start, end = dt.date(2026, 1, 1), dt.date(2026, 1, 31)
    half = dt.date(2026, 1, 16)
    assert pace(Decimal(0), Decimal(100), start, end, half) == 50
    assert pace(Decimal(8), Decimal(2), start, end, half) == 5


def test_the_pace_is_held_before_the_start_and_after_the_end() -> None:
    start, end = dt.date(2026, 1, 1), dt.date(2026, 1, 31)
    assert pace(Decimal(10), Decimal(20), start, end, dt.date(2025, 6, 1)) == 10
    assert pace(Decimal(10), Decimal(20), start, end, dt.date(2027, 6, 1)) == 20


def test_there_is_no_pace_without_time_to_go() -> None:
    day = dt.date(2026, 1, 1)
    assert pace(Decimal(0), Decimal(1), day, day, day) is None
    assert pace(Decimal(0), Decimal(1), None, day, day) is None


def test_a_milestone_is_as_far_as_its_actions() -> None:
    assert milestone_progress("in_progress", action_share(4, 2)) == Decimal("0.5")


def test_an_achieved_milestone_is_done_whatever_its_actions_say() -> None:
    assert milestone_progress("achieved", action_share(1, 0)) == 1


def test_a_milestone_without_actions_is_not_done_until_achieved() -> None:
    assert milestone_progress("in_progress", action_share(0, 0)) == 0


def test_a_canceled_milestone_or_goal_does_not_count() -> None:
    assert milestone_progress("canceled", Decimal(1)) is None
    assert goal_progress("canceled", [Decimal(1)], []) is None


def test_a_goal_is_the_mean_of_its_measures() -> None:
    measures = [Decimal("0.4"), None, Decimal("0.8")]
    assert goal_progress("in_progress", measures, [(Decimal(1), 1)]) == Decimal("0.6")


def test_a_goal_without_known_measures_is_the_mean_of_its_milestones_by_weight() -> None:
    milestones = [(Decimal(1), 3), (Decimal(0), None), (None, 5)]
    assert goal_progress("in_progress", [None], milestones) == Decimal("0.75")


def test_a_goal_with_neither_counts_its_actions_and_then_its_status() -> None:
    assert goal_progress("in_progress", [], [], Decimal("0.5")) == Decimal("0.5")
    assert goal_progress("achieved", [], []) == 1
    assert goal_progress("in_progress", [], []) is None


def test_milestones_whose_weights_are_all_nothing_tell_nothing() -> None:
    assert weighted_mean([(Decimal(1), 0), (Decimal(1), -2)]) is None


@pytest.mark.parametrize(
    ("statuses", "result"),
    [
        (["achieved", "partially"], "0.75"),
        (["achieved", "missed", "canceled"], "0.5"),
        (["achieved", "in_progress"], "0.5"),
        (["canceled"], None),
        ([], None),
    ],
)
def test_a_finished_plan_has_a_result(statuses: list[str], result: str | None) -> None:
    assert plan_result(statuses) == (None if result is None else Decimal(result))


def test_no_actions_are_no_share() -> None:
    assert action_share(0, 0) is None


@given(baseline=numbers, target=numbers, current=numbers)
def test_progress_does_not_depend_on_where_zero_is(
    baseline: Decimal, target: Decimal, current: Decimal
) -> None:
    moved = Decimal("123.45")
    plain = measure_progress(baseline, target, current)
    assert plain == measure_progress(baseline + moved, target + moved, current + moved)


@given(baseline=numbers, target=numbers, share=st.integers(0, 365))
def test_who_keeps_the_pace_is_as_far_as_the_time(
    baseline: Decimal, target: Decimal, share: int
) -> None:
    start = dt.date(2026, 1, 1)
    end = start + dt.timedelta(days=365)
    expected = pace(baseline, target, start, end, start + dt.timedelta(days=share))
    assert expected is not None
    low, high = sorted((baseline, target))
    assert low <= expected <= high
    if baseline != target:
        progress = measure_progress(baseline, target, expected)
        assert progress is not None
        assert abs(progress - Decimal(share) / 365) < Decimal("1e-9")
