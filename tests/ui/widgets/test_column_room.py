"""Columns fill the room of their table, and give way in proportion where it is too little."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ui.widgets.column_room import shared_room

WIDTHS = st.dictionaries(st.integers(0, 12), st.integers(48, 400), min_size=1)


def test_what_is_left_goes_to_the_elastic_columns() -> None:
    assert shared_room(501, {0: 100, 1: 100, 2: 100}, {0: 50}, [0, 2]) == {0: 201, 1: 100, 2: 200}


def test_what_is_lacking_is_taken_where_there_is_something_to_spare() -> None:
    wanted = {0: 200, 1: 100, 2: 100}
    assert shared_room(340, wanted, {0: 100, 1: 80}, [0]) == {0: 150, 1: 90, 2: 100}
    assert shared_room(10, wanted, {0: 100, 1: 80}, [0]) == {0: 100, 1: 80, 2: 100}
    assert shared_room(10, wanted, {}, [0]) == wanted


@given(st.integers(0, 3000), WIDTHS, WIDTHS)
def test_no_column_is_narrower_than_its_least_and_the_room_is_kept_where_it_can_be(
    room: int, wanted: dict[int, int], least: dict[int, int]
) -> None:
    widths = shared_room(room, wanted, least, list(wanted)[:2])
    narrowest = {number: min(width, least.get(number, width)) for number, width in wanted.items()}
    assert all(widths[number] >= narrowest[number] for number in wanted)
    if room >= sum(wanted.values()):
        assert sum(widths.values()) == room
    else:
        assert sum(widths.values()) <= max(room, sum(narrowest.values()))
