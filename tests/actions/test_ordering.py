"""Lists ordered by hand: a moved row lands where it was put, and no other row is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdesk.actions.ordering import make_place, place_at, place_between, place_last

FOREIGN = ["", None, "zzz", "1", "A", "a", "!!", "a0!", "あ", "-5", "a00"]
"""Positions that no index made: from an import, an older file, or a program of another maker."""


def test_places_run_from_first_to_last() -> None:
    first = place_between(None, None)
    last = place_last([first])
    middle = place_between(first, last)
    assert place_between(None, first) < first < middle < last < place_last([last, first])


@given(st.lists(st.integers(min_value=0, max_value=1_000_000), max_size=60))
def test_any_sequence_of_insertions_keeps_the_wanted_order(places: list[int]) -> None:
    wanted: list[int] = []
    positions: dict[int, str] = {}
    for row, anywhere in enumerate(places):
        index = anywhere % (len(wanted) + 1)
        positions[row] = place_at([positions[other] for other in wanted], index)
        wanted.insert(index, row)
    assert sorted(positions, key=positions.__getitem__) == wanted


@given(st.data(), st.integers(min_value=1, max_value=12))
def test_any_sequence_of_moves_keeps_the_wanted_order(data: st.DataObject, rows: int) -> None:
    wanted = list(range(rows))
    positions: dict[int, str] = {}
    for row in wanted:
        positions[row] = place_last(positions.values())
    for _move in range(20):
        row = data.draw(st.sampled_from(wanted))
        wanted.remove(row)
        index = data.draw(st.integers(min_value=0, max_value=len(wanted)))
        positions[row] = place_at([positions[other] for other in wanted], index)
        wanted.insert(index, row)
        assert sorted(positions, key=positions.__getitem__) == wanted


def test_a_hundred_moves_to_the_same_place_keep_positions_short() -> None:
    low, high = place_between(None, None), place_last([place_between(None, None)])
    for _move in range(100):
        high = place_between(low, high)
    assert len(high) < 60


def test_two_rows_that_share_a_position_are_passed_over_as_one() -> None:
    shared = place_between(None, None)
    later = place_last([shared])
    place = place_at([shared, shared, later], 1)
    assert shared < place < later


@pytest.mark.parametrize("foreign", FOREIGN)
def test_a_foreign_position_is_no_obstacle(foreign: str | None) -> None:
    own = place_between(None, None)
    assert place_between(foreign, own) < own
    assert place_between(own, foreign) > own
    assert place_last([foreign, own]) > own


@given(
    st.lists(st.sampled_from([*FOREIGN, "a0", "a1", "a1V", "a2", "Zz"]), max_size=12),
    st.integers(min_value=0, max_value=12),
)
def test_a_row_lands_where_it_was_put_among_equal_missing_and_foreign_positions(
    found: list[str | None], anywhere: int
) -> None:
    siblings = sorted(found, key=lambda position: position or "")
    index = min(anywhere, len(siblings))
    place, moved = make_place(siblings, index)
    kept = [position or "" for position in (siblings if moved is None else moved)]
    row = [*kept[:index], place, *kept[index:]]
    assert row == sorted(row)
    assert all(other != place for other in kept)


def test_siblings_keep_their_positions_wherever_the_row_fits_between_them() -> None:
    first = place_between(None, None)
    assert make_place([first, place_last([first])], 1)[1] is None
    assert make_place([], 0)[1] is None
