"""A look is due at a hint of the system, on return to the window, and every so often."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui import watching
from ui.watching import Watching, is_near


@pytest.fixture
def eyes(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watching]:
    """Return a watch that waits for hints only."""
    monkeypatch.setattr(watching, "LOOK_EVERY", 3_600_000)
    monkeypatch.setattr(watching, "SETTLE", 10)
    eyes = Watching()
    yield eyes
    eyes.stop()
    eyes.deleteLater()


def test_a_file_that_turns_up_asks_for_a_look(eyes: Watching, qtbot: QtBot, tmp_path: Path) -> None:
    assert is_near(str(tmp_path))
    eyes.watch([str(tmp_path)])
    with qtbot.waitSignal(eyes.look_wanted):
        (tmp_path / "new.csdx").write_bytes(b"new")


def test_folders_come_and_go(eyes: Watching, qtbot: QtBot, tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    eyes.watch([str(tmp_path), str(one)])
    with qtbot.waitSignal(eyes.look_wanted):
        one.rename(other)
    eyes.watch([str(other)])
    assert eyes.places == [str(other)]
    with qtbot.waitSignal(eyes.look_wanted):
        (other / "new.csdx").write_bytes(b"new")
    eyes.watch([])
    assert eyes.places == []


def test_many_hints_make_one_look(eyes: Watching, qtbot: QtBot, tmp_path: Path) -> None:
    looks: list[None] = []
    eyes.look_wanted.connect(lambda: looks.append(None))
    for _hint in range(20):
        eyes.look_soon()
    qtbot.waitUntil(lambda: bool(looks))
    assert len(looks) == 1


def test_returning_to_the_window_asks_for_a_look(eyes: Watching, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitSignal(eyes.look_wanted):
        window.activateWindow()
        QGuiApplication.instance().focusWindowChanged.emit(window.windowHandle())


def test_every_so_often_there_is_a_look_without_a_hint(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "LOOK_EVERY", 20)
    eyes = Watching()
    with qtbot.waitSignals([eyes.look_wanted, eyes.look_wanted]):
        pass
    eyes.stop()
    eyes.deleteLater()


def test_after_it_stopped_no_folder_is_watched_any_more(qtbot: QtBot, tmp_path: Path) -> None:
    eyes = Watching()
    eyes.watch([str(tmp_path)])
    eyes.stop()
    assert eyes.places == []
    eyes.watch([str(tmp_path)])
    assert eyes.places == []
    with qtbot.assertNotEmitted(eyes.look_wanted, wait=400):
        (tmp_path / "new").touch()
    eyes.deleteLater()
