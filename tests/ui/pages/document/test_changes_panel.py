"""What changed since a version is told in sentences that lead to their places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from csdesk.actions.plan_items import delete_items
from csdesk.model.vocabulary import ActionStatus
from csdesk.queries.revisions import plan_versions
from csdesk.workspace.workspace import Workspace
from tests.queries.exported_plan import Scene, build
from tests.ui.colleague import settle
from tests.ui.front import bring_to_front
from ui.desk import Desk
from ui.pages.document.changes_panel import ChangesPanel
from ui.widgets.sentence_button import SentenceButton


@pytest.fixture
def scene(workspace: Workspace) -> Scene:
    """Return a plan without any version."""
    return build(workspace)


@pytest.fixture
def panel(qtbot: QtBot, desk: Desk, scene: Scene) -> Iterator[ChangesPanel]:
    """Return the panel, shown, at no document yet."""
    panel = ChangesPanel(desk)
    qtbot.addWidget(panel)
    panel.resize(340, 800)
    bring_to_front(qtbot, panel)
    yield panel
    panel.hide()


def compare(panel: ChangesPanel, scene: Scene, qtbot: QtBot) -> None:
    """Show the document as it is now and wait until it is compared."""
    panel.show_document(scene.document())
    qtbot.waitUntil(lambda: not panel.is_looking)
    settle()


def lines(panel: ChangesPanel) -> dict[str, str]:
    """Return the sentence beside each title."""
    return {one.title: one.sentence for one in _buttons(panel)}


def headings(panel: ChangesPanel) -> list[str]:
    """Return the headings of the list, from top to bottom."""
    strong = [one for one in panel.findChildren(QLabel) if one.property("kind") == "strong"]
    return [one.text() for one in strong if one.isVisible()]


def _buttons(panel: ChangesPanel) -> list[SentenceButton]:
    return [one for one in panel.findChildren(SentenceButton) if one.isVisible()]


def test_without_a_version_or_a_change_the_panel_says_so_in_words(
    panel: ChangesPanel, scene: Scene, qtbot: QtBot
) -> None:
    compare(panel, scene, qtbot)
    assert headings(panel) == ["There is no version to compare with yet."]
    assert not panel.version_box.isVisible()
    scene.export()
    compare(panel, scene, qtbot)
    assert headings(panel) == ["Nothing changed since v1."]


def test_changes_are_told_by_kind_and_lead_to_their_places(
    panel: ChangesPanel, scene: Scene, qtbot: QtBot
) -> None:
    scene.change("G1", due_on=dt.date(2027, 1, 15))
    scene.export()
    moved = scene.change("G1", due_on=dt.date(2027, 1, 31))
    scene.change("A1", status=ActionStatus.DONE)
    scene.outline.action("A4", "G2")
    scene.workspace.write("Delete", delete_items, [scene.outline.ref("A3")])
    compare(panel, scene, qtbot)
    assert headings(panel) == ["Added", "Finished", "Moved", "Taken out"]
    assert lines(panel) == {
        "A4": "",
        "A1": "Done",
        "G1": "Due date moved from Jan 15 to Jan 31",
        "A3": "",
    }
    buttons = {one.title: one for one in _buttons(panel)}
    assert not buttons["A3"].isEnabled(), "what is gone has no place"
    buttons["G1"].setFocus()
    with qtbot.waitSignal(panel.place_asked) as asked:
        qtbot.keyClick(buttons["G1"], Qt.Key.Key_Return)
    assert asked.args == ["goal", moved.id]


def test_two_changes_of_one_item_stand_below_one_title(
    panel: ChangesPanel, scene: Scene, qtbot: QtBot
) -> None:
    scene.export()
    scene.change("M1", done_definition="Everybody uses it")
    scene.change("M1", title="M1 for all")
    compare(panel, scene, qtbot)
    (sentence,) = lines(panel).values()
    assert sorted(sentence.splitlines()) == [
        "Renamed from “M1” to “M1 for all”",
        "What counts as done was added",
    ]


def test_the_customers_version_is_compared_with_until_another_is_chosen(
    panel: ChangesPanel, scene: Scene, qtbot: QtBot
) -> None:
    scene.export()
    scene.change("A1", title="First wording")
    scene.export()
    scene.change("First wording", title="Second wording")
    compare(panel, scene, qtbot)
    assert lines(panel) == {"Second wording": "Renamed from “First wording” to “Second wording”"}
    first = scene.workspace.read(plan_versions, scene.plan)[-1]
    box = panel.version_box
    box.setCurrentIndex(box.findData(first.id))
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: not panel.is_looking)
    assert lines(panel) == {"Second wording": "Renamed from “A1” to “Second wording”"}


def test_a_version_asked_for_before_the_document_is_there_is_the_one_compared_with(
    panel: ChangesPanel, scene: Scene, qtbot: QtBot
) -> None:
    scene.export()
    first = scene.workspace.read(plan_versions, scene.plan)[0]
    scene.change("A1", title="Another")
    scene.export()
    panel.choose(first.id)
    compare(panel, scene, qtbot)
    assert panel.version is not None
    assert panel.version.number == 1
    assert lines(panel) == {"Another": "Renamed from “A1” to “Another”"}


def test_an_export_makes_the_new_version_the_one_compared_with(
    panel: ChangesPanel, scene: Scene, qtbot: QtBot
) -> None:
    scene.export()
    scene.change("A1", title="Another")
    compare(panel, scene, qtbot)
    assert len(lines(panel)) == 1
    scene.export()
    settle()
    qtbot.waitUntil(lambda: not panel.is_looking)
    assert headings(panel) == ["Nothing changed since v2."]
