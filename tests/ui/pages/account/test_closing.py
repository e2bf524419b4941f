"""What is being typed when the window closes or speaks another language is not lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from csdesk.queries.outline import plan_outline
from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace
from tests.ui.pages.fuji import Fuji, build_fuji, settle
from ui.app import Program
from ui.pages.account.page import AccountPage
from ui.pages.plan.plan_section import PlanSection


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, home: Home) -> Iterator[Program]:
    """Return the program with its window shown."""
    program = Program(qapp, home)
    with qtbot.waitActive(program.window):
        program.start(None)
        program.window.activateWindow()
    yield program
    program.languages.choose("en")  # the next test's program has a translator of its own
    program.window.close()
    program.stop()
    program.window.deleteLater()
    program.deleteLater()


@pytest.fixture
def path(tmp_path: Path, home: Home) -> Path:
    return tmp_path / "Fuji.csdesk"


@pytest.fixture
def made(path: Path, home: Home) -> Fuji:
    """Return what is in a workspace that is closed again."""
    with Workspace.create(path, home=home, author="Tester") as workspace:
        return workspace.write("Fuji", build_fuji).result


@pytest.fixture
def section(program: Program, path: Path, made: Fuji) -> PlanSection:
    """Return the plan of the account, in the window."""
    assert program.files.open(path)
    frame = program.window.frame
    assert frame is not None
    frame.show_item("plan", made.plan)
    assert isinstance(frame.page, AccountPage)
    settle()
    found = frame.page.section("plan")
    assert isinstance(found, PlanSection)
    return found


def titles_and_notes(path: Path, tmp_path: Path, plan_id: str) -> tuple[list[str], list[str]]:
    """Return the titles and notes of the goals as another computer finds them in the file."""
    with Workspace.open(path, home=Home.at(tmp_path / "other computer")) as workspace:
        outline = workspace.read(plan_outline, plan_id, today=dt.date(2026, 1, 1))
        assert outline is not None
        items = outline.items
        return [item.title for item in items], [item.internal_note for item in items]


def test_a_note_being_typed_is_stored_when_the_file_closes(
    section: PlanSection, program: Program, path: Path, tmp_path: Path, made: Fuji, qtbot: QtBot
) -> None:
    goal = section.model.index(0, 0)
    section.view.setCurrentIndex(goal)
    settle()
    section.panel.note.setFocus()
    qtbot.keyClicks(section.panel.note, "Not yet left")
    program.files.close()
    assert titles_and_notes(path, tmp_path, made.plan)[1][0] == "Not yet left"


def test_a_title_being_typed_is_stored_when_the_window_closes(
    section: PlanSection, program: Program, path: Path, tmp_path: Path, made: Fuji, qtbot: QtBot
) -> None:
    section.view.setFocus()
    section.view.setCurrentIndex(section.model.index(0, 0))
    qtbot.keyClick(section.view, Qt.Key.Key_F2)
    editor = section.view.indexWidget(section.view.currentIndex())
    qtbot.keyClicks(editor, "Just typed")
    program.window.close()
    assert titles_and_notes(path, tmp_path, made.plan)[0][0] == "Just typed"


def test_a_note_being_typed_survives_a_change_of_language(
    section: PlanSection, program: Program, made: Fuji, qtbot: QtBot
) -> None:
    section.view.setCurrentIndex(section.model.index(0, 0))
    settle()
    section.panel.note.setFocus()
    qtbot.keyClicks(section.panel.note, "Not yet left")
    program.preferences.choose_language("ja")
    settle()
    frame = program.window.frame
    assert frame is not None
    assert isinstance(frame.page, AccountPage)
    again = frame.page.section("plan")
    assert isinstance(again, PlanSection)
    assert again.panel.note.toPlainText() == "Not yet left"
