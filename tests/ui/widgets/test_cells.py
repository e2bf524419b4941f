"""Cells stay inside their rectangle and stand for people by their initials."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.theme import Look
from ui.widgets.cells import Ink, initials


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("山田 恵", "山"),
        ("髙橋", "髙"),
        ("Tom Sato", "TS"),
        ("madonna", "M"),
        ("Ana María de la Cruz", "AC"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_initials_are_what_a_reader_expects(name: str, short: str) -> None:
    assert initials(name) == short


def drawn_columns(image: QImage) -> set[int]:
    """Return the columns of pixels in which anything was drawn."""
    return {
        x
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() > 0
    }


@pytest.mark.parametrize("part", ["text", "texts", "two_texts", "pill", "bar", "ring", "avatar"])
def test_nothing_is_drawn_outside_its_cell(
    qtbot: QtBot, qapp: QApplication, look: Look, part: str
) -> None:
    image = QImage(300, 60, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    ink = Ink(look, qapp.font())
    cell = QRect(80, 5, 90, 50)
    painter = QPainter(image)
    long = "A very long name that fits in no cell 株式会社"
    if part == "text":
        ink.text(painter, cell, long)
    elif part == "texts":
        ink.texts(painter, cell, [("Churned", "bad"), (long, "faint"), (long, "faint")], ink.small)
    elif part == "two_texts":
        ink.two_texts(painter, cell, long, long)
    elif part == "pill":
        ink.pill(painter, cell, long, "bad")
    elif part == "bar":
        ink.bar(painter, cell, 7.5)
    elif part == "ring":
        rest = ink.ring(painter, cell, "bad", "100")
        assert (rest.left(), rest.right()) == (cell.left() + ink.ring_size + 8, cell.right())
    else:
        ink.avatar(painter, cell, long)
    painter.end()
    columns = drawn_columns(image)
    assert columns
    assert min(columns) >= 79
    assert max(columns) <= 171


def test_a_bar_below_zero_is_drawn_empty_and_above_one_full(
    qtbot: QtBot, qapp: QApplication, look: Look
) -> None:
    def filled(share: float) -> int:
        image = QImage(200, 20, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        Ink(look, qapp.font()).bar(painter, QRect(0, 0, 200, 20), share)
        painter.end()
        wanted = look.colour("accent_fill").rgb()
        return sum(image.pixelColor(x, 10).rgb() == wanted for x in range(200))

    assert filled(-0.12) == 0
    assert 90 <= filled(0.5) <= 110
    assert filled(1.2) >= 195


def test_a_text_that_is_cut_again_is_cut_alike(
    qtbot: QtBot, qapp: QApplication, look: Look
) -> None:
    ink = Ink(look, qapp.font())

    def drawn(width: int) -> QImage:
        image = QImage(200, 30, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        ink.text(painter, QRect(0, 0, width, 30), "株式会社 a rather long name")
        painter.end()
        return image

    first = drawn(90)
    assert drawn(60) != first
    assert drawn(90) == first
