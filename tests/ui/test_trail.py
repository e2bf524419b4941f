"""Back and forward lead where they lead in a browser."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ui.trail import MOST_PLACES, Place, Trail

A, B, C = Place("accounts"), Place("account", "account", "1"), Place("settings")


def test_back_and_forward_walk_the_places() -> None:
    trail = Trail()
    assert trail.here is None
    for place in (A, B, C):
        trail.go(place)
    assert (trail.step(-1), trail.step(-1), trail.step(-1)) == (B, A, None)
    assert (trail.step(1), trail.step(1), trail.step(1)) == (B, C, None)


def test_a_new_place_takes_the_way_forward_away() -> None:
    trail = Trail()
    for place in (A, B):
        trail.go(place)
    trail.step(-1)
    trail.go(C)
    assert not trail.can_go_forward
    assert trail.step(-1) == A


def test_the_same_place_again_is_no_step() -> None:
    trail = Trail()
    trail.go(A)
    trail.go(A)
    assert not trail.can_go_back


@given(st.lists(st.sampled_from([A, B, C, -1, 1]), max_size=300))
def test_one_is_always_somewhere_on_the_trail(walk: list[Place | int]) -> None:
    trail = Trail()
    for one in walk:
        if isinstance(one, Place):
            trail.go(one)
            assert trail.here == one
        else:
            could = trail.can_go_back if one < 0 else trail.can_go_forward
            assert (trail.step(one) is not None) is could
    back = 0
    while trail.step(-1) is not None:
        back += 1
    assert back < MOST_PLACES
