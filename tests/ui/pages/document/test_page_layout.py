"""Pages lie below each other, pieces cover them, and sizes step as one expects."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize

from ui.pages.document.page_layout import PIECE, WHOLE, lay_out
from ui.pages.document.zoom import EDGE, SCREEN, Fit, Zoom, stepped

A4 = (595.0, 842.0)
WIDE = (842.0, 474.0)

SIZES = st.lists(st.tuples(st.floats(50, 2000), st.floats(50, 2000)), min_size=1, max_size=12).map(
    tuple
)


@given(SIZES, st.floats(0.2, 6), st.sampled_from([1.0, 1.25, 1.5, 2.0]))
def test_pages_never_overlap_and_lie_on_the_desk(
    sizes: tuple[tuple[float, float], ...], scale: float, ratio: float
) -> None:
    layout = lay_out(sizes, scale, ratio, QSize(600, 400))
    desk = QRect(0, 0, layout.size.width(), layout.size.height())
    assert all(desk.contains(page) for page in layout.pages)
    for above, below in itertools.pairwise(layout.pages):
        assert above.bottom() < below.top()


@given(SIZES, st.floats(0.2, 6), st.integers(0, 20_000), st.integers(1, 3000))
def test_what_is_visible_is_exactly_what_meets_the_view(
    sizes: tuple[tuple[float, float], ...], scale: float, top: int, height: int
) -> None:
    layout = lay_out(sizes, scale, 1.0, QSize(600, 400))
    view = QRect(0, top, layout.size.width(), height)
    wanted = [n for n, page in enumerate(layout.pages) if page.intersects(view)]
    assert list(layout.visible(view)) == wanted


@given(st.floats(0.2, 8), st.integers(0, 4000), st.integers(0, 6000))
def test_pieces_cover_what_is_seen_of_a_page_and_never_overlap(
    scale: float, left: int, top: int
) -> None:
    layout = lay_out((A4,), scale, 1.0, QSize(600, 400))
    place = layout.pages[0]
    view = QRect(left, top, 1200, 800)
    parts = [QRect(*piece.part) for piece in layout.pieces(0, view)]
    seen = view.intersected(place).translated(-place.topLeft())
    covered = sum(
        part.intersected(seen).width() * part.intersected(seen).height() for part in parts
    )
    if seen.isValid():
        assert covered == seen.width() * seen.height()
    if place.width() * place.height() > WHOLE:
        assert all(part.width() <= PIECE and part.height() <= PIECE for part in parts)


@pytest.mark.parametrize(
    ("zoom", "sizes", "room", "scale"),
    [
        (Zoom(), [A4], (595 + 2 * EDGE, 300), 1.0),
        (Zoom(), [A4, WIDE], (842 + 2 * EDGE, 300), 1.0),
        (Zoom(Fit.PAGE), [A4], (2000, 421 + 2 * EDGE), 0.5),
        (Zoom(Fit.PAGE), [WIDE], (421 + 2 * EDGE, 2000), 0.5),
        (Zoom(None, 100), [A4], (10, 10), SCREEN),
        (Zoom(None, 400), [A4], (10, 10), 4 * SCREEN),
        (Zoom(), [A4], (1, 1), SCREEN * 0.1),
        (Zoom(Fit.PAGE), [], (100, 100), SCREEN),
    ],
)
def test_sizes_follow_the_room_or_the_percentage(
    zoom: Zoom, sizes: list[tuple[float, float]], room: tuple[float, float], scale: float
) -> None:
    assert zoom.scale(sizes, *room) == pytest.approx(scale)


@pytest.mark.parametrize(
    ("percent", "by", "wanted"),
    [(100, 1, 110), (100, -1, 90), (103, 1, 110), (103, -1, 100), (400, 1, 400), (12, -1, 50)],
)
def test_a_step_leads_to_the_next_size(percent: float, by: int, wanted: int) -> None:
    assert stepped(percent, by) == Zoom(None, wanted)


@pytest.mark.parametrize("value", ["width", "page", 50, 133, 400])
def test_a_size_is_remembered(value: str | int) -> None:
    assert Zoom.stored(value).storable == value


@pytest.mark.parametrize("value", [None, "", 12, 9999, [], "huge"])
def test_what_was_never_a_size_fits_the_width(value: object) -> None:
    assert Zoom.stored(value) == Zoom()
