"""A workbook that came back is taken over line by line, as one step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from csdesk.exchange.customer_workbook import write_workbook
from csdesk.model.vocabulary import ActionStatus
from csdesk.workspace.workspace import Workspace
from tests.queries.exported_plan import Scene, build
from tests.ui.colleague import settle
from tests.ui.dropping import drop_file
from tests.ui.front import bring_to_front
from tests.ui.pages.fuji import undone
from ui.desk import Desk
from ui.pages.document.returned_panel import ReturnedPanel

TITLES = ("A1", "A2", "A3")


@pytest.fixture
def scene(workspace: Workspace) -> Scene:
    """Return a plan whose action items are the customer's."""
    scene = build(workspace)
    for title in TITLES:
        scene.change(title, side="customer", due_on=dt.date(2026, 12, 10))
    return scene


@pytest.fixture
def panel(qtbot: QtBot, desk: Desk, scene: Scene) -> Iterator[ReturnedPanel]:
    """Return the panel, shown, at the plan's document."""
    panel = ReturnedPanel(desk)
    qtbot.addWidget(panel)
    panel.resize(340, 800)
    panel.show_document(scene.document())
    bring_to_front(qtbot, panel)
    yield panel
    panel.hide()


def filled(scene: Scene, folder: Path, **dates: dt.date) -> Path:
    """Send the workbook, let the customer move due dates by title; return the file."""
    path = folder / "answers.xlsx"
    write_workbook(scene.document(), path)
    book = openpyxl.load_workbook(path)
    sheet = next(one for one in book.worksheets if _cell(one, "A1") is not None)
    due = _cell(sheet, "Due")
    assert due is not None
    for title, day in dates.items():
        row = _cell(sheet, title)
        assert row is not None
        sheet.cell(row[0], due[1]).value = day
    book.save(path)
    return path


def _cell(sheet: Worksheet, text: str) -> tuple[int, int] | None:
    found = (cell for row in sheet.iter_rows() for cell in row if cell.value == text)
    return next(((cell.row, cell.column) for cell in found), None)


def look(panel: ReturnedPanel, path: Path, qtbot: QtBot) -> None:
    """Let the panel read a file and wait until it is compared."""
    panel.read(path)
    qtbot.waitUntil(lambda: not panel.returned.is_looking)
    settle()


def words(panel: ReturnedPanel) -> str:
    """Return all that the panel says."""
    return "\n".join(one.text() for one in panel.findChildren(QLabel) if one.isVisible())


def test_the_empty_panel_says_what_it_is_for(panel: ReturnedPanel) -> None:
    assert "comes back with their answers" in words(panel)
    assert panel.choose_button.isVisible()
    assert not panel.accept_button.isVisible()


def test_what_is_ticked_is_taken_over_as_one_step(
    panel: ReturnedPanel, scene: Scene, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    day = dt.date(2027, 1, 20)
    look(panel, filled(scene, tmp_path, A1=day, A2=day, A3=day), qtbot)
    assert [card.box.isChecked() for card in panel.cards()] == [True] * 3
    assert panel.accept_button.text() == "Take over 3"
    first = panel.cards()[0].box
    assert "Theirs: Jan 20, 2027" in first.accessibleName()
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Space)
    assert panel.accept_button.text() == "Take over 2"
    left = panel.cards()[0].findChildren(QLabel)[0].text()
    with qtbot.waitSignal(panel.taken_over) as taken:
        qtbot.mouseClick(panel.accept_button, Qt.MouseButton.LeftButton)
    assert taken.args == [2]
    settle()
    qtbot.waitUntil(lambda: len(panel.cards()) == 1)
    for title in TITLES:
        wanted = dt.date(2026, 12, 10) if title == left else day
        assert scene.outline.item(title).due_on == wanted
    undone(desk, qtbot)
    assert {scene.outline.item(title).due_on for title in TITLES} == {dt.date(2026, 12, 10)}
    qtbot.waitUntil(lambda: len(panel.cards()) == 3)


def test_what_we_changed_meanwhile_is_marked_and_not_ticked(
    panel: ReturnedPanel, scene: Scene, qtbot: QtBot, tmp_path: Path
) -> None:
    path = filled(scene, tmp_path, A1=dt.date(2027, 1, 20), A2=dt.date(2027, 1, 20))
    scene.change("A1", due_on=dt.date(2026, 12, 24))
    settle()
    look(panel, path, qtbot)
    boxes = {card.box.accessibleName()[:2]: card.box for card in panel.cards()}
    assert not boxes["A1"].isChecked()
    assert "We changed it meanwhile" in boxes["A1"].accessibleName()
    assert boxes["A2"].isChecked()
    panel.accept()
    settle()
    assert scene.outline.item("A1").due_on == dt.date(2026, 12, 24)
    assert scene.outline.item("A2").due_on == dt.date(2027, 1, 20)


def test_a_change_of_ours_while_the_list_stands_there_unticks_what_it_meets(
    panel: ReturnedPanel, scene: Scene, qtbot: QtBot, tmp_path: Path
) -> None:
    look(panel, filled(scene, tmp_path, A1=dt.date(2027, 1, 20)), qtbot)
    assert panel.cards()[0].box.isChecked()
    scene.change("A1", due_on=dt.date(2026, 12, 24))
    qtbot.waitUntil(lambda: not panel.cards()[0].box.isChecked())
    assert not panel.accept_button.isEnabled()


def test_a_file_that_is_no_workbook_is_refused_in_words(
    panel: ReturnedPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "answers.xlsx"
    path.write_bytes(b"not a workbook")
    look(panel, path, qtbot)
    assert "answers.xlsx is no Excel workbook (.xlsx)." in words(panel)
    assert panel.choose_button.isEnabled()


def test_the_workbook_of_another_plan_is_refused_by_name(
    panel: ReturnedPanel, workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    other = build(workspace)
    for title in TITLES:
        other.change(title, side="customer", status=ActionStatus.IN_PROGRESS)
    path = tmp_path / "other.xlsx"
    write_workbook(other.document(), path)
    look(panel, path, qtbot)
    assert "belongs to the plan “Second half” of Fuji Retail" in words(panel)


def test_a_workbook_is_dropped_onto_the_panel_and_put_away_again(
    panel: ReturnedPanel, scene: Scene, qtbot: QtBot, tmp_path: Path
) -> None:
    drop_file(panel, filled(scene, tmp_path, A1=dt.date(2027, 1, 20)))
    qtbot.waitUntil(lambda: len(panel.cards()) == 1)
    panel.returned.put_away()
    assert panel.cards() == []
    assert scene.outline.item("A1").due_on == dt.date(2026, 12, 10)
