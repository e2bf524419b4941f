"""A target is understood as one says it, in both languages."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdesk.errors import UserError
from csdesk.insight.progress import resolved_target
from csdesk.insight.typed_targets import Measured, typed_target
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
    assert typed_target(said, mode=now, of=Measured(is_percent=True)).mode == mode


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
    read = typed_target(said, mode=SELF, of=Measured(is_percent=True))
    assert (read.mode, read.value, read.direction) == (mode, Decimal(value), direction)


RATE = Measured(Decimal("72.5"), Direction.HIGHER, is_percent=True, has_points=True)
CHURN = Measured(Decimal("4.5"), Direction.LOWER, is_percent=True, has_points=True)
NPS = Measured(Decimal(-10), None, has_points=True)


@pytest.mark.parametrize(
    ("said", "of", "comes_to"),
    [
        ("+5 pp", RATE, "77.5"),
        ("+5pp", RATE, "77.5"),
        ("＋5pt", RATE, "77.5"),
        ("+5 pts.", RATE, "77.5"),
        ("+5 p.p.", RATE, "77.5"),
        ("+2.5 percentage points", RATE, "75"),
        ("+5%pt", RATE, "77.5"),
        ("up 5 points", RATE, "77.5"),
        ("increase by 5 pp", RATE, "77.5"),
        ("5 points higher", RATE, "77.5"),
        ("improve by 5 points", RATE, "77.5"),
        ("5 percentage points more than the baseline", RATE, "77.5"),
        ("5ポイント改善", RATE, "77.5"),
        ("５ポイント改善する", RATE, "77.5"),
        ("5％ポイント向上", RATE, "77.5"),
        ("5パーセントポイント増", RATE, "77.5"),
        ("基準から5ポイントアップ", RATE, "77.5"),
        ("5ポイント上げる", RATE, "77.5"),
        ("-3 pp", RATE, "69.5"),
        ("▲3ポイント", RATE, "69.5"),
        ("3ポイント減", RATE, "69.5"),
        ("down 3 points", RATE, "69.5"),
        ("2ポイント改善", CHURN, "2.5"),
        ("2 points better", CHURN, "2.5"),
        ("-2pt", CHURN, "2.5"),
        ("+2pt", CHURN, "6.5"),
        ("+15 points", NPS, "5"),
        ("15ポイント増", NPS, "5"),
        ("0.5点アップ", NPS, "-9.5"),
    ],
)
def test_points_come_to_the_value_itself_so_far_from_the_baseline(
    said: str, of: Measured, comes_to: str
) -> None:
    for mode in (None, OF, MORE, SELF):
        read = typed_target(said, mode=mode, of=of)
        assert (read.mode, read.value) == (SELF, Decimal(comes_to))


def test_a_bound_in_points_says_which_way_is_better() -> None:
    assert typed_target("at least +5 pp", of=RATE).direction is Direction.HIGHER


@pytest.mark.parametrize(
    ("said", "of", "advice"),
    [
        ("5 pp", RATE, "+5 pp or −5 pp"),
        ("5ポイント", RATE, "+5 pp or −5 pp"),
        ("80ポイント以上", RATE, "+5 pp or −5 pp"),
        ("5ポイント改善", Measured(Decimal(70), None, has_points=True), "+5 pp or −5 pp"),
        ("5ポイント改善", Measured(Decimal(70), Direction.KEEP, has_points=True), "+5 pp or −5 pp"),
        ("+5 pp", Measured(None, Direction.HIGHER, has_points=True), "baseline first"),
        ("+5 pp", Measured(Decimal(80), Direction.HIGHER), "+20%"),
        ("+5", RATE, "+5 pp"),
        ("+5 ppm", RATE, "+5 pp"),
        ("+5 pointless", RATE, "+5 pp"),
    ],
)
def test_points_that_leave_something_open_are_refused_with_what_to_type(
    said: str, of: Measured, advice: str
) -> None:
    with pytest.raises(UserError) as caught:
        typed_target(said, of=of)
    assert said in caught.value.message
    assert advice in caught.value.advice


def test_what_gets_better_by_falling_is_improved_downwards_in_per_cent_too() -> None:
    assert typed_target("20%改善", of=CHURN).value == -20
    assert typed_target("20%改善", of=RATE).value == 20
    assert typed_target("20%増", of=CHURN).value == 20


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
