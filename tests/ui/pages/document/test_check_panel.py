"""The check shows what is in a document that may not be for the customer, and remembers answers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from csdesk.actions.accounts import add_account
from csdesk.workspace.workspace import Workspace
from tests.queries.exported_plan import Scene, build
from tests.ui.colleague import settle
from tests.ui.front import bring_to_front
from tests.ui.pages.fuji import undone
from ui.desk import Desk
from ui.pages.document.check_panel import CheckPanel
from ui.pages.document.marked_text import MarkedText, marked_pieces


@pytest.fixture
def scene(workspace: Workspace) -> Scene:
    """Return a plan that was exported once, so that only what is new in it is news."""
    scene = build(workspace)
    scene.export()
    return scene


@pytest.fixture
def panel(qtbot: QtBot, desk: Desk, scene: Scene) -> Iterator[CheckPanel]:
    """Return the panel, shown, with nothing checked yet."""
    panel = CheckPanel(desk)
    qtbot.addWidget(panel)
    panel.resize(340, 700)
    bring_to_front(qtbot, panel)
    yield panel
    panel.hide()


def check(panel: CheckPanel, scene: Scene, qtbot: QtBot) -> None:
    """Show the document as it is now and wait until it is checked."""
    with qtbot.waitSignal(panel.counted):
        panel.show_document(scene.document())
    settle()


def words(panel: CheckPanel) -> str:
    """Return all that the panel says."""
    return "\n".join(one.text() for one in panel.findChildren(QLabel) if one.isVisible())


def test_a_clean_document_is_said_to_be_clean_in_words(
    panel: CheckPanel, scene: Scene, qtbot: QtBot
) -> None:
    check(panel, scene, qtbot)
    assert "Nothing internal was found in this document." in words(panel)
    assert panel.serious_open == 0


def test_an_internal_word_is_marked_in_its_place_and_followed_there(
    panel: CheckPanel, scene: Scene, qtbot: QtBot
) -> None:
    ref = scene.change("A1", title="Lower the churn of the team")
    check(panel, scene, qtbot)
    marked = [one.marked for one in panel.findChildren(MarkedText)]
    assert ("churn",) in marked
    assert panel.serious_open == 1
    (go, *_rest) = panel.buttons("go:")
    with qtbot.waitSignal(panel.place_asked) as asked:
        qtbot.mouseClick(go, Qt.MouseButton.LeftButton)
    assert asked.args == ["action", ref.id]


def test_what_is_fine_is_remembered_until_its_text_changes(
    panel: CheckPanel, scene: Scene, desk: Desk, qtbot: QtBot
) -> None:
    scene.change("A1", title="Lower the churn")
    check(panel, scene, qtbot)
    fine = next(one for one in panel.buttons("fine:") if one.accessibleName().startswith("“Lower"))
    with qtbot.waitSignal(panel.counted):
        qtbot.mouseClick(fine, Qt.MouseButton.LeftButton)
    settle()
    assert panel.serious_open == 0
    assert "1 looked at and fine" in [one.text() for one in panel.buttons("fold:")]
    scene.change("Lower the churn", title="Lower the churn by half")
    check(panel, scene, qtbot)
    assert panel.serious_open == 1
    with qtbot.waitSignal(panel.counted):
        undone(desk, qtbot)  # the change of the title; the answer to the first text still holds
        panel.show_document(scene.document())
    assert panel.serious_open == 0


def test_an_answer_is_taken_back_by_undo_and_by_its_button(
    panel: CheckPanel, scene: Scene, desk: Desk, qtbot: QtBot
) -> None:
    scene.change("A1", title="Lower the churn")
    check(panel, scene, qtbot)
    with qtbot.waitSignal(panel.counted):
        panel.buttons("fine:")[0].click()
    assert panel.serious_open == 0
    with qtbot.waitSignal(panel.counted):
        undone(desk, qtbot)
    assert panel.serious_open == 1
    with qtbot.waitSignal(panel.counted):
        panel.buttons("fine:")[0].click()
    panel.buttons("fold:")[0].click()
    with qtbot.waitSignal(panel.counted):
        panel.buttons("back:")[0].click()
    assert panel.serious_open == 1


def test_all_of_a_kind_are_answered_at_once_and_the_keyboard_stays_in_the_panel(
    panel: CheckPanel, scene: Scene, desk: Desk, qtbot: QtBot
) -> None:
    for title in ("A1", "A2", "A3"):
        scene.change(title, title=f"{title}: mind the churn")
    check(panel, scene, qtbot)
    every = next(one for one in panel.buttons("all:internal_word"))
    every.setFocus()
    with qtbot.waitSignal(panel.counted):
        qtbot.keyClick(every, Qt.Key.Key_Space)
    settle()
    assert panel.serious_open == 0
    assert not panel.buttons("all:internal_word")
    assert panel.isAncestorOf(panel.window().focusWidget())
    undone(desk, qtbot)
    qtbot.waitUntil(lambda: panel.serious_open == 3)


def test_the_name_of_another_customer_is_serious(
    panel: CheckPanel, scene: Scene, desk: Desk, qtbot: QtBot
) -> None:
    desk.write("Add", add_account, "Blue Harbor Bank")
    scene.change("A1", title="Do as Blue Harbor Bank did")
    check(panel, scene, qtbot)
    assert panel.serious_open == 1
    assert "This is the customer “Blue Harbor Bank”." in words(panel)


def test_of_very_many_findings_a_few_are_shown_until_more_are_wanted(
    panel: CheckPanel, scene: Scene, qtbot: QtBot
) -> None:
    for number in range(CheckPanel.first + 3):
        scene.outline.action(f"Churn {number}", "G2")
    check(panel, scene, qtbot)
    before = len(panel.buttons("fine:"))
    more = next(one for one in panel.buttons("more:internal_word"))
    assert more.text() == "Show 3 more"
    more.click()
    assert len(panel.buttons("fine:")) == before + 3


def test_another_customers_document_takes_the_findings_away_at_once(
    panel: CheckPanel, scene: Scene, qtbot: QtBot
) -> None:
    scene.change("A1", title="Lower the churn")
    check(panel, scene, qtbot)
    assert panel.findings
    panel.show_document(None)
    assert panel.findings == ()
    assert not panel.buttons("fine:")


def test_marks_may_meet_overlap_and_reach_beyond_the_text() -> None:
    assert marked_pieces("up-sell now", [(0, 2), (1, 7)]) == [("up-sell", True), (" now", False)]
    assert marked_pieces("ARR", [(0, 99)]) == [("ARR", False)], "all marked is none marked"
    assert marked_pieces("解約リスク", [(0, 2)]) == [("解約", True), ("リスク", False)]
    assert marked_pieces("", [(0, 3)]) == [("", False)]
