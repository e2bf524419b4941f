"""Cards of figures: short where there is little room, in rows where there is less, and told."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ui.theme import Look
from ui.widgets.card_row import CardRow
from ui.widgets.figure_card import FigureCard


def seen(card: FigureCard) -> list[str]:
    """Return the texts one sees on a card."""
    return [label.text() for label in card.findChildren(QLabel)]


@pytest.fixture
def card(qtbot: QtBot, look: Look) -> FigureCard:
    """Return a card with a long figure."""
    card = FigureCard(look, "ARR", "Twelve times the MRR.")
    qtbot.addWidget(card)
    card.show_figure("¥146,735,200", "12 accounts", "¥146.7M")
    card.resize(400, card.sizeHint().height())
    card.show()
    return card


def test_a_figure_is_shown_whole_with_its_line_and_short_where_there_is_little_room(
    card: FigureCard,
) -> None:
    card.show_line((1.0, 2.0, 3.0), "Rising.")
    assert "¥146,735,200" in seen(card)
    assert card.line.isVisible()
    card.resize(190, card.height())
    assert "¥146.7M" in seen(card)
    assert card.line.isVisible()
    card.resize(140, card.height())
    assert not card.line.isVisible()
    assert card.figure == "¥146,735,200"


def test_a_line_needs_a_past(card: FigureCard) -> None:
    card.show_line((5.0,), "Once.")
    assert not card.line.isVisible()
    card.show_line((), "")
    assert not card.line.isVisible()
    card.show_line((4.0, 4.0), "As ever.")
    assert card.line.isVisible()
    card.grab()  # an even line is painted too


def test_all_of_it_is_told_to_those_who_do_not_see_it(card: FigureCard) -> None:
    card.show_line((1.0, 2.0), "Nov 2025: ¥1; now: ¥2.")
    assert card.accessibleName() == "ARR: ¥146,735,200. 12 accounts Nov 2025: ¥1; now: ¥2."
    assert "Twelve times the MRR." in card.toolTip()
    assert card.accessibleDescription() == "Twelve times the MRR."


def test_a_rounded_figure_is_told_exactly_and_as_plain_text(card: FigureCard) -> None:
    card.show_figure("$1,206", "<b>5</b> accounts & more", exact="$1,205.60")
    assert seen(card).count("$1,206") == 1
    assert card.accessibleName() == "ARR: $1,205.60. <b>5</b> accounts & more"
    tip = QTextDocument()
    tip.setHtml(card.toolTip())
    assert tip.toPlainText().splitlines() == [
        "ARR: $1,205.60",
        "<b>5</b> accounts & more",
        "Twelve times the MRR.",
    ]


def test_why_there_is_no_line_is_told_in_the_tooltip(card: FigureCard) -> None:
    card.show_line((), "No line yet.")
    assert "No line yet." in card.toolTip()
    assert "No line yet." not in card.accessibleName()


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_a_card_is_pressed_by_keyboard_and_again_lets_go(
    qtbot: QtBot, card: FigureCard, key: Qt.Key
) -> None:
    for on in (True, False):
        with qtbot.waitSignal(card.pressed) as told:
            qtbot.keyClick(card, key)
        assert told.args == [on]
        assert card.is_on == on


@pytest.mark.parametrize(("width", "rows"), [(1100, 1), (600, 2), (400, 3), (60, 5)])
def test_cards_stand_in_as_many_rows_as_they_need(
    qtbot: QtBot, look: Look, width: int, rows: int
) -> None:
    row = CardRow()
    qtbot.addWidget(row)
    cards = [FigureCard(look, f"Figure {number}", "How.") for number in range(5)]
    for card in cards:
        card.show_figure("1", "of 2")
        row.add(card)
    row.resize(width, 10)
    row.show()
    tops = {card.y() for card in cards}
    assert len(tops) == rows
    assert row.height() == max(card.geometry().bottom() for card in cards) + 1
    for one in cards:
        others = [other for other in cards if other is not one]
        assert not any(one.geometry().intersects(other.geometry()) for other in others)
