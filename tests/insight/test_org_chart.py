"""The cards of an organisation chart stand where a reader expects them."""

from __future__ import annotations

import math
import time
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdesk.insight.org_chart import FEWEST_IN_A_ROW, OrgChart, Sizes, Way, org_chart

SIZES = Sizes(width=200, height=80, gap=16, rise=40, tree_gap=48)
People = list[tuple[str, str | None]]


@st.composite
def people(draw: st.DrawFn) -> People:
    """Draw people who report to anybody, themselves and people who are not there included."""
    count = draw(st.integers(0, 25))
    bosses = st.none() | st.integers(0, count + 1)
    return [
        (f"p{number}", None if (boss := draw(bosses)) is None else f"p{boss}")
        for number in range(count)
    ]


@given(people())
def test_everybody_has_a_card_and_none_overlap(found: People) -> None:
    chart = org_chart(found, SIZES)
    assert list(chart.cards) == [person for person, _boss in found]
    for one, other in combinations(chart.cards.values(), 2):
        beside = abs(one.x - other.x) >= SIZES.width + SIZES.gap
        below = abs(one.y - other.y) >= SIZES.height + SIZES.gap
        assert beside or below


@given(people())
def test_reports_stand_in_their_order_with_the_boss_in_the_middle_above(found: People) -> None:
    chart = org_chart(found, SIZES)
    given_order = [person for person, _boss in found]
    for boss, below in chart.reports.items():
        assert list(below) == sorted(below, key=given_order.index)
        cards = [chart.cards[report] for report in below]
        read = [(card.y, card.x) for card in cards]
        assert read == sorted(read)
        rows = sorted({card.y for card in cards})
        assert rows[0] == chart.cards[boss].y + SIZES.height + SIZES.rise
        assert len(rows) == (math.ceil(len(below) / 2) if chart.is_stacked(boss) else 1)
        assert {card.boss_id for card in cards} == {boss}
        assert chart.cards[boss].x == (cards[0].x + max(card.x for card in cards)) / 2


@given(people())
def test_the_chart_is_as_large_as_its_cards(found: People) -> None:
    chart = org_chart(found, SIZES)
    cards = chart.cards.values()
    assert min((card.x for card in cards), default=0) == 0
    assert min((card.y for card in cards), default=0) == 0
    assert chart.width == max((card.x + SIZES.width for card in cards), default=0)
    assert chart.height == max((card.y + SIZES.height for card in cards), default=0)


@given(people())
def test_each_link_is_drawn_unless_it_would_close_a_circle(found: People) -> None:
    chart = org_chart(found, SIZES)
    known = dict(found)
    cut = [
        person for person, boss in found if boss in known and chart.cards[person].boss_id is None
    ]
    assert set(cut) <= chart.circles
    for person in known:
        seen: list[str] = []
        above: str | None = person
        while above is not None:
            assert above not in seen
            seen.append(above)
            above = chart.cards[above].boss_id
    for person in chart.circles:
        above, steps = known[person], 1
        while above != person:
            assert above is not None
            above, steps = known[above], steps + 1
            assert steps <= len(known)


@given(people())
def test_the_arrows_reach_everybody_from_everywhere(found: People) -> None:
    chart = org_chart(found, SIZES)
    for start in list(chart.cards)[:3]:
        assert reached(chart, start) == set(chart.cards)


def reached(chart: OrgChart, start: str) -> set[str]:
    """Return all to whom arrows lead."""
    seen, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        for way in Way:
            there = chart.neighbour(here, way)
            if there is not None and there not in seen:
                seen.add(there)
                waiting.append(there)
    return seen


TREE: People = [("a", None), ("b", "a"), ("c", "a"), ("d", "b"), ("e", None)]


@pytest.mark.parametrize(
    ("start", "way", "there"),
    [
        ("a", Way.DOWN, "b"),
        ("b", Way.RIGHT, "c"),
        ("c", Way.LEFT, "b"),
        ("d", Way.UP, "b"),
        ("d", Way.DOWN, "e"),
        ("e", Way.UP, "d"),
        ("a", Way.UP, None),
        ("e", Way.RIGHT, None),
        ("nobody", Way.UP, None),
    ],
)
def test_an_arrow_leads_to_boss_report_or_neighbour(
    start: str, way: Way, there: str | None
) -> None:
    assert org_chart(TREE, SIZES).neighbour(start, way) == there


def test_people_without_boss_and_reports_stand_in_rows_below_the_trees() -> None:
    alone: People = [(f"s{number}", None) for number in range(FEWEST_IN_A_ROW + 1)]
    chart = org_chart([*alone[:2], *TREE[:-1], *alone[2:]], SIZES)
    tops = [chart.cards[person].y for person, _boss in alone]
    assert tops[0] > max(chart.cards[person].y for person, _boss in TREE[:-1])
    assert tops[:-1] == [tops[0]] * FEWEST_IN_A_ROW
    assert tops[-1] == tops[0] + SIZES.height + SIZES.gap
    assert chart.cards["s0"].x == chart.cards[f"s{FEWEST_IN_A_ROW}"].x == 0


def test_a_circle_is_opened_at_its_first_person_and_told() -> None:
    chart = org_chart([("a", "c"), ("b", "a"), ("c", "b"), ("d", "c")], SIZES)
    assert chart.circles == {"a", "b", "c"}
    assert [chart.cards[one].boss_id for one in "abcd"] == [None, "a", "b", "c"]


def test_subtrees_of_unequal_depth_move_close_together() -> None:
    deep: People = [("r", None), ("x", "r"), ("y", "r"), ("y1", "y"), ("y2", "y")]
    chart = org_chart(deep, SIZES)
    assert chart.cards["y1"].x == chart.cards["x"].x + (SIZES.width + SIZES.gap) / 2


def test_many_reports_without_reports_of_their_own_stand_in_two_columns() -> None:
    team: People = [("r", None), *((f"t{number}", "r") for number in range(5))]
    chart = org_chart(team, SIZES)
    assert chart.is_stacked("r")
    assert chart.width == 2 * SIZES.width + SIZES.gap
    assert [chart.neighbour("t0", way) for way in Way] == ["r", "t2", None, "t1"]
    with_a_lead: People = [*team, ("x", "t0")]
    assert not org_chart(with_a_lead, SIZES).is_stacked("r")
    assert not org_chart(team[:4], SIZES).is_stacked("r")


@pytest.mark.parametrize("shape", ["chain", "star", "halves"])
def test_thousands_of_people_are_laid_out_at_once(shape: str) -> None:
    bosses = {
        "chain": lambda number: number - 1,
        "star": lambda number: 0,
        "halves": lambda number: (number - 1) // 2,
    }[shape]
    found: People = [("p0", None)]
    found += [(f"p{number}", f"p{bosses(number)}") for number in range(1, 3000)]
    start = time.perf_counter()
    chart = org_chart(found, SIZES)
    assert time.perf_counter() - start < 1
    assert len(chart.cards) == 3000
