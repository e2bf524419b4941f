"""Texts that wrap are as high as their width makes them, also after it changed."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Look
from ui.widgets.tinted_text import Run, TintedText
from ui.widgets.wrapped_label import WrappedLabel

LONG = "Usage fell after the October release; training is booked for December. " * 4


def shown_in_window(qtbot: QtBot, label: QLabel) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.addWidget(label)
    layout.addStretch(1)
    with qtbot.waitExposed(window):
        window.resize(300, 600)
        window.show()
    return window


@pytest.mark.parametrize("kind", ["plain", "tinted"])
def test_a_text_gives_back_the_height_it_needed_while_it_was_narrow(
    qtbot: QtBot, look: Look, kind: str
) -> None:
    if kind == "plain":
        label: QLabel = WrappedLabel(LONG)
    else:
        label = TintedText(look)
        label.show_runs([Run(LONG, "good", "Suzuki")])
    window = shown_in_window(qtbot, label)
    qtbot.waitUntil(lambda: label.width() < 300)
    narrow = label.height()
    window.resize(1200, 600)
    qtbot.waitUntil(lambda: label.height() < narrow)
    window.resize(300, 600)
    qtbot.waitUntil(lambda: label.height() == narrow)


def test_parts_stand_on_the_ground_of_their_author_and_are_named_for_a_screen_reader(
    qtbot: QtBot, look: Look
) -> None:
    text = TintedText(look)
    qtbot.addWidget(text)
    text.show_runs(
        [
            Run("Both <know> this. "),
            Run("Usage fell.", "good", "Suzuki"),
            Run("Old.", "accent", "Tanaka", is_removed=True),
        ]
    )
    assert look.colour("good_soft").name() in text.text()
    assert "&lt;know&gt;" in text.text()
    assert "underline line-through" in text.text()
    assert text.accessibleName() == (
        "Both <know> this. [Suzuki: Usage fell.][Tanaka removed: Old.]"
    )


def test_the_grounds_follow_the_theme(qtbot: QtBot, look: Look) -> None:
    text = TintedText(look)
    qtbot.addWidget(text)
    text.show_runs([Run("Usage fell.", "good", "Suzuki")])
    light = look.colour("good_soft").name()
    look.choose("dark")
    assert light not in text.text()
    assert look.colour("good_soft").name() in text.text()
    look.choose("light")


def test_a_word_longer_than_a_line_is_broken_instead_of_widening_the_page(qtbot: QtBot) -> None:
    name = "Harrowgate_and_Finch_Stores_Success_plan_2026_second_half_v3_final.pdf"
    label = WrappedLabel(name)
    qtbot.addWidget(label)
    assert label.minimumSizeHint().width() < 180
    assert label.text().replace("\u200b", "") == name
    label.setText("Nothing to break here, とても短い文です")
    assert "\u200b" not in label.text()
