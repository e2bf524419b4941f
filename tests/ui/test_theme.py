"""Both themes name every role, and every text can be read on its ground."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.theme import TEXT_PAIRS, Look, load_theme, style_sheet

THEMES = ("light", "dark")


def luminance(colour: QColor) -> float:
    """Return the relative luminance as WCAG 2.1 defines it."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in colour.getRgbF()[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    high, low = sorted((luminance(QColor(one)), luminance(QColor(other))), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", THEMES)
def test_every_text_stands_out_from_its_ground_by_four_and_a_half(name: str) -> None:
    roles = load_theme(name).roles
    weak = {
        (text, ground): round(contrast(roles[text], roles[ground]), 2)
        for text, ground in TEXT_PAIRS
        if contrast(roles[text], roles[ground]) < 4.5
    }
    assert weak == {}


def test_black_on_white_measures_twenty_one() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


def test_both_themes_name_the_same_roles() -> None:
    assert load_theme("light").roles.keys() == load_theme("dark").roles.keys()


@pytest.mark.parametrize("name", THEMES)
def test_the_style_sheet_leaves_no_role_unfilled(name: str) -> None:
    assert "@" not in style_sheet(load_theme(name), 10.5)


def test_choosing_dark_changes_the_palette_and_tells_the_pages(qtbot: QtBot, look: Look) -> None:
    look.choose("light")
    with qtbot.waitSignal(look.changed):
        look.choose("dark")
    text = QApplication.palette().color(QPalette.ColorRole.WindowText)
    assert text == look.colour("text") == QColor(load_theme("dark").roles["text"])
    look.choose("light")


def test_the_pairs_name_roles_that_exist() -> None:
    roles = load_theme("light").roles
    assert set(itertools.chain(*TEXT_PAIRS)) <= roles.keys()
