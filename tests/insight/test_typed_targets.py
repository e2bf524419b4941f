"""A target is understood as one says it, in both languages."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdesk.errors import UserError
from csdesk.insight.progress import resolved_target
from csdesk.insight.typed_targets import typed_target
from csdesk.model.vocabulary import Direction, TargetMode

OF, MORE, SELF = (
    TargetMode.PERCENT_OF_BASELINE,
    TargetMode.PERCENT_INCREASE,
    TargetMode.ABSOLUTE,
)


@pytest.mark.parametrize(
    ("said", "mode", "value", "comes_to"),
    [
        ("120%", OF, "120", "96"),
        ("120 %", OF, "120", "96"),
        ("１２０％", OF, "120", "96"),
        ("120%に", OF, "120", "96"),
        ("120%へ", OF, "120", "96"),
        ("120 % of baseline", OF, "120", "96"),
        ("120% of the baseline", OF, "120", "96"),
        ("基準の120%", OF, "120", "96"),
        ("現状の120%に", OF, "120", "96"),
        ("ベースライン比120%", OF, "120", "96"),
        ("1.2倍", OF, "120", "96"),
        ("1.2x", OF, "120", "96"),
        ("2 times the baseline", OF, "200", "160"),
        ("double", OF, "200", "160"),
        ("半減", OF, "50", "40"),
        ("20%増", MORE, "20", "96"),
        ("20％増", MORE, "20", "96"),
        ("20%アップ", MORE, "20", "96"),
        ("20%向上", MORE, "20", "96"),
        ("+20%", MORE, "20", "96"),
        ("＋20％", MORE, "20", "96"),
        ("+ 20 %", MORE, "20", "96"),
        ("20% more", MORE, "20", "96"),
        ("20 % more than the baseline", MORE, "20", "96"),
        ("up 20%", MORE, "20", "96"),
        ("increase by 20 %", MORE, "20", "96"),
        ("2.5%増", MORE, "2.5", "82"),
        ("-25%", MORE, "-25", "60"),
        ("−25%", MORE, "-25", "60"),
        ("▲25%", MORE, "-25", "60"),
        ("25%減", MORE, "-25", "60"),
        ("25%削減", MORE, "-25", "60"),
        ("25% less", MORE, "-25", "60"),
        ("down by 25%", MORE, "-25", "60"),
        ("1,000%", OF, "1000", "800"),
        ("120 percent of the baseline", OF, "120", "96"),
        ("120パーセント", OF, "120", "96"),
        ("120％（基準比）", OF, "120", "96"),
        ("baseline x 1.2", OF, "120", "96"),
        ("1.2x the baseline", OF, "120", "96"),
        ("基準値の1.2倍", OF, "120", "96"),
        ("120% vs baseline", OF, "120", "96"),
        ("twice the baseline", OF, "200", "160"),
        ("半減させる", OF, "50", "40"),
        ("2割増", MORE, "20", "96"),
        ("ベースラインから2割5分減", MORE, "-25", "60"),
        ("20% increase over the baseline", MORE, "20", "96"),
        ("reduced by 25%", MORE, "-25", "60"),
    ],
)
def test_what_is_said_of_a_baseline_of_80_comes_to(
    said: str, mode: TargetMode, value: str, comes_to: str
) -> None:
    read = typed_target(said)
    assert (read.mode, read.value) == (mode, Decimal(value))
    assert resolved_target(read.mode, Decimal(80), read.value) == Decimal(comes_to)


@pytest.mark.parametrize("said", ["keep", "Keep", "維持", "現状維持"])
def test_to_keep_is_the_baseline_itself(said: str) -> None:
    read = typed_target(said)
    assert read.direction is Direction.KEEP
    assert resolved_target(read.mode, Decimal("4.1"), read.value) == Decimal("4.1")


@pytest.mark.parametrize(
    ("said", "now", "mode"),
    [("80%", SELF, SELF), ("80%", None, SELF), ("120%", OF, OF), ("120%に", SELF, OF)],
)
def test_a_percentage_kpi_is_meant_itself_unless_a_share_is_said(
    said: str, now: TargetMode | None, mode: TargetMode
) -> None:
    assert typed_target(said, mode=now, is_percent=True).mode == mode


@pytest.mark.parametrize(
    ("said", "mode", "value", "direction"),
    [
        ("99.9%以上", SELF, "99.9", Direction.HIGHER),
        ("at least 95 %", SELF, "95", Direction.HIGHER),
        ("≤ 5%", SELF, "5", Direction.LOWER),
        ("3 以下", SELF, "3", Direction.LOWER),
        ("基準の50%以下", OF, "50", Direction.LOWER),
    ],
)
def test_a_bound_says_which_way_is_better(
    said: str, mode: TargetMode, value: str, direction: Direction
) -> None:
    read = typed_target(said, mode=SELF, is_percent=True)
    assert (read.mode, read.value, read.direction) == (mode, Decimal(value), direction)


@pytest.mark.parametrize("said", ["1,2%", "12,34,5%", "+1.200,5%"])
def test_marks_that_stand_oddly_are_refused_rather_than_passed_over(said: str) -> None:
    with pytest.raises(UserError):
        typed_target(said)


@pytest.mark.parametrize("said", ["", "%", "soon", "20%%", "+%", "twenty", "%20", "1%2", "9" * 80])
def test_what_is_no_target_is_refused(said: str) -> None:
    with pytest.raises(UserError):
        typed_target(said)


@given(st.decimals(0, 10**6, places=2, allow_nan=False))
def test_a_share_and_the_increase_to_it_come_to_the_same(number: Decimal) -> None:
    share = typed_target(f"{number + 100}%")
    more = typed_target(f"+{number}%")
    base = Decimal(80)
    assert resolved_target(share.mode, base, share.value) == resolved_target(
        more.mode, base, more.value
    )
