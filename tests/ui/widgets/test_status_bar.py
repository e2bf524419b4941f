"""The status bar shows work only when it is worth it, and lets one cancel it."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from csdesk.progress import Progress
from ui.tasks import Tasks
from ui.theme import Look
from ui.widgets import status_bar
from ui.widgets.elided_button import ElidedButton
from ui.widgets.status_bar import StatusBar


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    """Return tasks that are closed after the test."""
    tasks = Tasks()
    yield tasks
    tasks.close()


@pytest.fixture
def bar(qtbot: QtBot, look: Look, tasks: Tasks, monkeypatch: pytest.MonkeyPatch) -> StatusBar:
    """Return a bar that waits no longer than a test can."""
    monkeypatch.setattr(status_bar, "SHOW_AFTER", 30)
    monkeypatch.setattr(status_bar, "SHOW_AT_LEAST", 30)
    bar = StatusBar(look, tasks)
    qtbot.addWidget(bar)
    bar.show()
    return bar


def test_short_work_shows_no_bar(qtbot: QtBot, bar: StatusBar, tasks: Tasks) -> None:
    task = tasks.prepare("Quick", lambda progress: None)
    with qtbot.waitSignal(task.finished):
        tasks.start(task)
    assert not bar.work_is_shown
    assert not bar._wait.isActive()


def test_long_work_shows_its_share_and_stops_on_cancel(
    qtbot: QtBot, bar: StatusBar, tasks: Tasks
) -> None:
    go_on = threading.Event()

    def half(progress: Progress) -> None:
        progress.report(5_000_000_000, 10_000_000_000, "rows.csv")
        while not go_on.is_set():
            progress.report(5_000_000_000, 10_000_000_000, "rows.csv")

    task = tasks.prepare("Importing", half)
    tasks.start(task)
    qtbot.waitUntil(lambda: bar.work_is_shown)
    progress = bar.findChild(QProgressBar)
    qtbot.waitUntil(lambda: progress.value() == 500)
    assert "Importing · rows.csv" in [label.text() for label in bar.findChildren(QLabel)]
    with qtbot.waitSignal(task.cancelled):
        cancel = next(one for one in bar.findChildren(QPushButton) if one.text() == "Cancel")
        qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    go_on.set()
    qtbot.waitUntil(lambda: not bar.work_is_shown)


def test_the_file_and_its_state_are_named(qtbot: QtBot, bar: StatusBar) -> None:
    bar.show_file("North.csdesk", "/home/me/North.csdesk")
    bar.show_state("All changes saved", "good")
    bar.show_counts("128 accounts")
    texts = [label.text() for label in bar.findChildren(QLabel)]
    assert {"North.csdesk", "128 accounts"} <= set(texts)
    assert bar.state_text == "All changes saved"


def test_the_chip_tells_how_much_waits_for_review_and_is_pressed(
    qtbot: QtBot, bar: StatusBar
) -> None:
    bar.show_state("Shared 12:04 · 3 waiting", "good")
    bar.show_reviews(2)
    assert bar.state_text == "Shared 12:04 · 3 waiting · 2 to review"
    chip = next(one for one in bar.findChildren(QPushButton) if one.text() == bar.state_text)
    with qtbot.waitSignal(bar.chip_pressed):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    bar.show_reviews(0)
    assert bar.state_text == "Shared 12:04 · 3 waiting"


def test_news_of_what_arrived_leaves_by_itself_and_leads_to_its_account(
    qtbot: QtBot, bar: StatusBar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(status_bar, "NEWS_FOR", 30)
    bar.resize(900, 30)
    bar.show_news("鈴木: 3 changes in Fuji & Sons", "鈴木: one\n鈴木: two", "an-account")
    news = next(one for one in bar.findChildren(ElidedButton) if one.isVisible())
    assert news.toolTip() == "鈴木: one\n鈴木: two"
    with qtbot.waitSignal(bar.news_pressed) as pressed:
        qtbot.mouseClick(news, Qt.MouseButton.LeftButton)
    assert pressed.args == ["an-account"]
    qtbot.waitUntil(lambda: not news.isVisible())
