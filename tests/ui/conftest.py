"""What every test of the window needs: the look, a real workspace, and a watch for leftovers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QLocale
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from csdesk.settings import Home, load_settings
from csdesk.workspace.workspace import Workspace
from tests.moulds import Mould, filled_mould
from tests.ui.portfolio import fill
from ui.app import Program
from ui.desk import Desk
from ui.languages import Languages
from ui.preferences import Preferences
from ui.prompts import Messages
from ui.tasks import Tasks
from ui.theme import Look


@pytest.fixture(scope="session")
def look(qapp: QApplication) -> Look:
    """Return the program's look, worn by the one application of the test run."""
    return Look(qapp)


@pytest.fixture(scope="session")
def languages(qapp: QApplication) -> Languages:
    """Return the program's languages."""
    return Languages(qapp)


@pytest.fixture(autouse=True)
def plain_settings(home: Home) -> None:
    """Choose English and the light theme, whatever the computer is set to."""
    home.config.mkdir(parents=True)
    home.settings_file.write_text('language = "en"\ntheme = "light"\nauthor = "Tester"\n')


@pytest.fixture
def today() -> dt.date:
    """Return the day it is here."""
    return dt.datetime.now().astimezone().date()


@pytest.fixture(scope="session")
def portfolio_on(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[dt.date], Mould[list[str]]]:
    """Return what makes the small portfolio as it is on a day, once."""

    @cache
    def made(day: dt.date) -> Mould[list[str]]:
        folder = tmp_path_factory.mktemp("portfolio")
        return filled_mould(folder, "Tester", "Sample", fill, day)

    return made


@pytest.fixture
def original(mould: Mould[None]) -> Mould[Any]:
    """Return what the test's workspace is a copy of: where nothing else is said, an empty one."""
    return mould


@pytest.fixture
def workspace(original: Mould[Any], home: Home, tmp_path: Path) -> Iterator[Workspace]:
    """Return the workspace in a file of its own."""
    with original.open(tmp_path / "North.csdesk", home, "Tester") as workspace:
        yield workspace


@pytest.fixture
def desk(
    qapp: QApplication, look: Look, languages: Languages, home: Home, workspace: Workspace
) -> Iterator[Desk]:
    """Return a desk at the workspace."""
    tasks, messages = Tasks(), Messages()
    preferences = Preferences(load_settings(home), home, look, languages, messages)
    desk = Desk(workspace, look, tasks, messages, preferences)
    yield desk
    desk.close()
    tasks.close()
    # Qt deletes them here and now; Python's collector might do it later, on a worker's thread.
    for owned in (desk, tasks, messages, preferences):
        owned.deleteLater()


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, home: Home) -> Iterator[Program]:
    """Return the program with its window shown and nothing open."""
    program = Program(qapp, home)
    with qtbot.waitExposed(program.window):
        program.start(None)
    yield program
    program.languages.choose("en")  # the next test's program has a translator of its own
    program.window.close()
    program.stop()
    program.window.deleteLater()
    program.deleteLater()


@pytest.fixture
def opened(program: Program, tmp_path: Path) -> Program:
    """Return the program with a new workspace open."""
    assert program.files.create(tmp_path / "North.csdesk")
    return program


@pytest.fixture(scope="session", autouse=True)
def empty_clipboard(qapp: QApplication) -> Iterator[None]:
    """Leave nothing of ours in the clipboard: Qt frees it when Python is gone, and dies of it."""
    yield
    qapp.clipboard().clear()


@pytest.fixture(autouse=True)
def american() -> Iterator[None]:
    """Leave Qt's own locale as it was found; fail the test that leaves its words translated."""
    yield
    QLocale.setDefault(QLocale("en_US"))
    assert QKeySequence("Down").toString(QKeySequence.SequenceFormat.NativeText) == "Down"


@pytest.fixture(autouse=True)
def nothing_left(qapp: QApplication) -> Iterator[None]:
    """Fail the test that leaves a window behind."""
    yield
    for _turn in range(3):
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        qapp.processEvents()
    left = [widget for widget in qapp.topLevelWidgets() if widget.isVisible()]
    named = [str(widget) for widget in left]
    for widget in left:  # so that only this test fails
        widget.hide()
        widget.deleteLater()
    assert not named, f"windows left open: {named}"
