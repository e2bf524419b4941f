"""No word is cut off and nothing lies on anything else: every page, language, theme and scale."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from tests.rounds import SOAKING
from tests.ui.clipping import clipped

ROOT = Path(__file__).resolve().parents[2]

WAYS = [
    ("long", 100, 1024, 700, "dark"),
    ("long", 200, 1280, 800, "light"),
    ("ja", 100, 1440, 900, "light"),
    ("ja", 200, 1280, 800, "dark"),
]
"""Where time is short, each of these in one theme; `make soak` opens everything in both."""
if SOAKING:
    WAYS = [(*way, theme) for *way, _one in WAYS for theme in ("light", "dark")]
    WAYS += [
        ("en", 100, 1280, 800, "light"),
        ("en", 200, 1280, 720, "light"),
        ("en", 150, 1366, 768, "dark"),
        ("ja", 125, 1280, 800, "dark"),
        ("long", 100, 1920, 1080, "light"),
        ("long", 175, 1280, 720, "light"),
    ]


@pytest.fixture
def held(qtbot: QtBot) -> QWidget:
    """Return a window of 200 × 100 pixels to put things into."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(200, 100)
    return window


def shown(qtbot: QtBot, window: QWidget) -> list[str]:
    with qtbot.waitExposed(window):
        window.show()
    return clipped(window)


def test_a_label_with_too_little_room_is_found(qtbot: QtBot, held: QWidget) -> None:
    label = QLabel("Rindfleischetikettierung", held)
    label.setGeometry(0, 0, 40, 30)
    assert len(shown(qtbot, held)) == 1
    label.setGeometry(0, 0, 195, 30)
    assert clipped(held) == []


def test_a_wrapped_label_that_is_too_low_is_found(qtbot: QtBot, held: QWidget) -> None:
    label = QLabel("One line and another line and one more line of words", held)
    label.setWordWrap(True)
    label.setGeometry(0, 0, 120, 20)
    (found,) = shown(qtbot, held)
    assert "height" in found


@pytest.mark.parametrize("kind", [QPushButton, QComboBox, QLineEdit, QTabBar])
def test_buttons_choices_placeholders_and_tabs_are_measured(
    qtbot: QtBot, held: QWidget, kind: type[QWidget]
) -> None:
    widget = kind(held)
    words = "Überschüßigkeitsvermeidung"
    if isinstance(widget, QComboBox):
        widget.addItem(words)
    elif isinstance(widget, QLineEdit):
        widget.setPlaceholderText(words)
    elif isinstance(widget, QTabBar):
        widget.addTab(words)
    elif isinstance(widget, QPushButton):
        widget.setText(words)
    widget.setGeometry(0, 0, 60, 40)
    assert len(shown(qtbot, held)) == 1
    held.resize(500, 100)
    widget.setGeometry(0, 0, 480, 40)
    assert clipped(held) == []


def test_what_lies_on_something_else_is_found(qtbot: QtBot, held: QWidget) -> None:
    for left in (0, 30):
        QLabel("Words", held).setGeometry(left, 0, 80, 30)
    (found,) = shown(qtbot, held)
    assert "share" in found


def test_what_hangs_out_of_its_window_is_found(qtbot: QtBot, held: QWidget) -> None:
    QLabel("Words", held).setGeometry(150, 0, 80, 30)
    (found,) = shown(qtbot, held)
    assert "hangs out" in found


def measured(language: str, scale: int, width: int, height: int, theme: str) -> str:
    """Open every page in a process of its own and return what was found, a line for each."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QT_SCALE_FACTOR": str(scale / 100),
        "QT_LOGGING_RULES": "default.warning=false",
    }
    return subprocess.run(
        [sys.executable, "-m", "tests.ui.every_page", language, str(width), str(height), theme],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ).stdout


@pytest.mark.soak
@pytest.mark.parametrize(("language", "scale", "width", "height", "theme"), WAYS)
def test_nothing_is_clipped_on_any_page(
    language: str, scale: int, width: int, height: int, theme: str
) -> None:
    assert measured(language, scale, width, height, theme) == ""
