"""A card of very long texts shows what differs; a press shows the rest."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from csdesk.actions.rows import change_row
from tests.ui.pages.apart import Apart
from ui.pages.review.card import Card
from ui.pages.review.folding import MOST_LINES, WIDE, folded_runs, folded_texts
from ui.pages.review.page import ReviewPage
from ui.pages.review.value_column import ValueColumn
from ui.widgets.tinted_text import Run, TintedText

Settled = Callable[[], None]
LINES = [f"Line {number} of the minutes.\n" for number in range(2_000)]
LOW = 600
"""Pixels; a card below that is seen whole."""


def _text(changes: dict[int, str]) -> str:
    return "".join(changes.get(at, line) for at, line in enumerate(LINES))


def _meet(apart: Apart, settled: Settled, mine: str, ben: str, review: ReviewPage) -> Card:
    point = apart.ids.touchpoint
    apart.mine.write("Long", change_row, "touchpoint", point, {"summary": _text({})})
    apart.mine.publish()
    apart.theirs.document.write_bytes(apart.mine.path.read_bytes())
    apart.both_change("touchpoint", point, "summary", mine=mine, ben=ben)
    apart.meet()
    settled()
    (card,) = review.cards.cards()
    return card


def test_texts_that_are_short_are_shown_as_they_are() -> None:
    runs = (Run("One\nTwo\n"), Run("Three", "good"))
    assert folded_runs(runs) == runs
    assert folded_texts(("", "One\nTwo", "One")) == ("", "One\nTwo", "One")


def test_each_difference_is_shown_with_the_lines_around_it() -> None:
    runs = [
        Run("".join(LINES[:1000])),
        Run("Usage fell.\n", "good", "Aiko"),
        Run("".join(LINES[1000:1500])),
        Run("old", "accent", "Ben", is_removed=True),
        Run("".join(LINES[1500:])),
    ]
    folded = folded_runs(runs)
    assert "".join(run.text for run in folded) == (
        f"…\n{LINES[998]}{LINES[999]}Usage fell.\n{LINES[1000]}{LINES[1001]}"
        f"…\n{LINES[1498]}{LINES[1499]}old{LINES[1500]}{LINES[1501]}{LINES[1502]}…"
    )
    assert [run for run in folded if run.tint] == [runs[1], runs[3]]


def test_of_one_endless_line_no_more_is_shown_than_of_many() -> None:
    folded = folded_runs([Run("word " * 5_000, "good")])
    assert len("".join(run.text for run in folded)) == MOST_LINES * WIDE + 1


@pytest.mark.parametrize(
    ("texts", "seen"),
    [
        ((_text({}), _text({700: "Mine\n"}), _text({700: "Ben\n"})), ("Line 700", "Mine", "Ben")),
        ((_text({}), _text({700: ""}), _text({})), ("Line 700", "Line 699", "Line 700")),
        (("", _text({}), _text({1999: "End"})), ("", "Line 1999", "End")),
        (("", _text({}), ""), ("", "Line 0 ", "")),
    ],
    ids=["changed", "a line less", "the end", "new"],
)
def test_texts_are_folded_around_the_place_where_they_differ(
    texts: tuple[str, ...], seen: tuple[str, ...]
) -> None:
    for folded, part in zip(folded_texts(texts), seen, strict=True):
        assert part in folded
        assert len(folded.splitlines()) <= MOST_LINES + 2


@given(
    st.lists(
        st.builds(
            Run,
            st.text(st.sampled_from("ab\n\r")) | st.just("long " * 400),
            st.sampled_from(["", "good"]),
        ),
        max_size=30,
    )
)
def test_whatever_the_text_folded_it_is_short_and_says_nothing_new(runs: list[Run]) -> None:
    folded = folded_runs(runs)
    whole = "".join(run.text for run in runs)
    rest = whole
    for part in "".join(run.text for run in folded).split("…"):
        found = rest.find(part.strip("\n"))
        assert found >= 0
        rest = rest[found:]
    if folded != tuple(runs):
        assert sum(run.text.count("\n") for run in folded) <= 2 * MOST_LINES


@pytest.mark.parametrize("place", [5, 900])
def test_a_joined_text_is_folded_and_shown_whole_on_request(
    qtbot: QtBot, apart: Apart, review: ReviewPage, settled: Settled, place: int
) -> None:
    mine, ben = _text({place: "Usage fell.\n"}), _text({1_500: "Pricing is fine.\n"})
    card = _meet(apart, settled, mine, ben, review)
    text = card.findChild(TintedText)
    shown = "".join(run.text for run in text.runs)
    assert "Usage fell." in shown
    assert "Pricing is fine." in shown
    assert card.height() < LOW
    button = next(one for one in card.findChildren(QPushButton) if one.text() == "Show all")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settled()
    assert "".join(run.text for run in text.runs if not run.is_removed) == _text(
        {place: "Usage fell.\n", 1_500: "Pricing is fine.\n"}
    )
    assert card.height() > 2_000
    assert button.text() == "Show less"
    qtbot.keyClick(button, Qt.Key.Key_Return)
    settled()
    assert card.height() < LOW
    card.button("join").click()
    settled()
    assert review.cards.cards() == []


def test_values_side_by_side_are_folded_at_the_same_place(
    qtbot: QtBot, apart: Apart, review: ReviewPage, settled: Settled
) -> None:
    mine, ben = _text({900: "Usage fell.\n"}), _text({900: "Usage rose.\n"})
    card = _meet(apart, settled, mine, ben, review)
    columns = card.findChildren(ValueColumn)
    names = [column.accessibleName() for column in columns]
    assert all("Line 899 " in name for name in names)
    assert any("Usage fell." in name for name in names)
    assert any("Usage rose." in name for name in names)
    assert card.height() < LOW
    next(one for one in card.findChildren(QPushButton) if one.text() == "Show all").click()
    settled()
    assert any(LINES[0] in column.accessibleName() for column in columns)
    assert card.height() > 2_000
