"""Blocks stand under and beside each other, and part where a page ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from csdesk.report.blocks import Block, Card, Columns, Space, Stack, over_pages
from csdesk.report.elements import Anchor, Placed
from csdesk.report.lists import listed
from csdesk.report.paragraph import Paragraph
from csdesk.report.pen import Pen
from csdesk.report.table import Column, Table
from csdesk.report.theme import TextStyle
from csdesk.report.typesetting import Typesetter

STYLE = TextStyle(10, 10)
WIDTH = 300.0


class Bar(Block):
    """A block of a fixed height that cannot be split."""

    def __init__(self, height: float, *, keeps_next: bool = False, before: float = 0.0) -> None:
        self._height = height
        self.keeps_next = keeps_next
        self.space_before = before

    def height(self, width: float) -> float:
        return self._height

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        raise AssertionError("only measured here")


def lines(count: int) -> Paragraph:
    return Paragraph("\n".join(map(str, range(count))), STYLE, Typesetter())


def heights(block: Block, room: float) -> list[float]:
    """Return how high what stands on each page is."""
    found = []
    while block.height(WIDTH) > room:
        split = block.split(WIDTH, room)
        assert split is not None
        found.append(split[0].height(WIDTH))
        block = split[1]
    return [*found, block.height(WIDTH)]


def test_room_before_a_block_counts_only_below_another() -> None:
    assert Stack([Bar(10, before=50), Bar(10, before=5)]).height(WIDTH) == 25


def test_a_heading_goes_to_the_next_page_with_what_it_heads() -> None:
    story = Stack([Bar(60), Bar(20, keeps_next=True), Bar(40)])
    assert heights(story, 100) == [60, 60]


def test_a_chain_of_headings_goes_together() -> None:
    story = Stack([Bar(50), Bar(20, keeps_next=True), Bar(20, keeps_next=True), Bar(30)])
    assert heights(story, 100) == [50, 70]


def test_a_heading_stays_where_the_first_lines_of_its_text_fit() -> None:
    story = Stack([Bar(50), Bar(20, keeps_next=True), lines(20)])
    assert heights(story, 100) == [100, 100, 70]


def test_room_before_a_section_survives_the_split_of_that_section() -> None:
    section = Stack([lines(10)], space_before=26)
    story = Stack([Bar(40), section])
    split = story.split(WIDTH, 100)
    assert split is not None
    assert split[0].height(WIDTH) == 40 + 26 + 30


def test_a_stack_kept_together_moves_as_a_whole() -> None:
    assert heights(Stack([Bar(60), Stack([Bar(30), Bar(30)], together=True)]), 100) == [60, 60]


def test_a_stack_higher_than_a_page_is_parted_though_it_should_not_be() -> None:
    tall = Stack([lines(100)], together=True)
    assert len(heights(Stack([Bar(20), tall]), 400)) == 3


def test_columns_are_as_high_as_their_highest_cell() -> None:
    columns = Columns([(1, Bar(10)), (2, Bar(30))], padding=5)
    assert columns.height(WIDTH) == 40


def test_columns_share_the_width_less_the_gaps() -> None:
    assert Columns([(1, Bar(1)), (3, Bar(1))], gap=20).widths(220) == [50, 150]


def test_a_row_higher_than_a_page_is_parted_cell_by_cell() -> None:
    row = Columns([(1, lines(50)), (1, lines(3)), (1, Space(0))])
    assert heights(row, 200) == [200, 200, 100]


def test_a_low_row_is_not_parted() -> None:
    assert heights(Stack([Bar(70), Columns([(1, lines(5))])]), 100) == [70, 50]


def test_a_card_frames_each_part_of_what_is_in_it() -> None:
    assert heights(Card(lines(40), padding=10), 200) == [200, 200, 60]


def table(rows: int, height: int = 2) -> Table:
    typesetter = Typesetter()
    return Table(
        [Column("Who", 1), Column("What", 2)],
        [[lines(height), lines(1)] for _ in range(rows)],
        typesetter,
    )


def test_a_table_repeats_its_header_on_each_page() -> None:
    one_page, header = table(10).height(WIDTH), table(1).height(WIDTH) - 28
    pages = heights(table(10), 160)
    assert len(pages) > 1
    assert sum(pages) == pytest.approx(one_page + header * (len(pages) - 1))


def test_a_table_does_not_begin_with_its_header_alone() -> None:
    assert heights(Stack([Bar(60), table(4)]), 100)[0] == 60


def test_a_cell_higher_than_a_page_is_continued() -> None:
    assert len(heights(table(1, height=60), 200)) == 4


@pytest.mark.parametrize(
    "wrap",
    [
        lambda block: Placed(block, "goal", "g"),
        lambda block: Anchor(block, "a"),
        lambda block: listed([block]),
    ],
    ids=["placed", "anchor", "list item"],
)
def test_what_stands_around_a_block_does_not_keep_it_from_being_parted(
    wrap: Callable[[Block], Block],
) -> None:
    story = Stack([Bar(60, keeps_next=True), Bar(60, keeps_next=True)])
    bare = [block.height(WIDTH) for block in over_pages(story, WIDTH, 100)]
    assert bare == [60, 60]
    assert [block.height(WIDTH) for block in over_pages(wrap(story), WIDTH, 100)] == bare
