"""Rows come and go by the clipboard: blocks of text become items, items become text again."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from csdesk.actions.plan_items import edit_item
from csdesk.actions.plans import add_plan
from csdesk.model.items import ItemKind
from csdesk.model.vocabulary import ActionStatus, Visibility
from csdesk.workspace.workspace import Workspace
from tests.actions.outlines import Outline
from tests.ui.pages.fuji import SHAPE, Fuji, settle, undone
from tests.ui.pages.plan.hands import CONTROL, SHIFT, Hands, Key, shown
from ui.desk import Desk
from ui.pages.plan.outline_pasting import MANY
from ui.pages.plan.outline_tree import OWNER
from ui.pages.plan.plan_section import PlanSection
from ui.prompts import Message


@pytest.fixture(autouse=True)
def clipboard() -> Iterator[None]:
    """Begin and end with nothing on the clipboard."""
    QGuiApplication.clipboard().clear()
    yield
    QGuiApplication.clipboard().clear()


@pytest.fixture
def said(desk: Desk) -> list[Message]:
    """Return what is said in the message bar, as it comes."""
    heard: list[Message] = []
    desk.messages.said.connect(heard.append)
    return heard


def paste(hands: Hands, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    hands.press(Key.Key_V, modifier=CONTROL)


def titles(outline: Outline, holder: str) -> list[str]:
    return [child.title for child in outline.item(holder).children]


def test_thirty_lines_of_a_sheet_become_thirty_rows_and_one_undo_takes_them_away(
    hands: Hands, outline: Outline, desk: Desk, qtbot: QtBot, said: list[Message]
) -> None:
    hands.at("A1")
    lines = [
        f"T{n:02}\t2026年12月{n}日\t{('Yamada', 'Sato様')[n % 2]}\t未着手" for n in range(1, 31)
    ]
    paste(hands, "\r\n".join(lines) + "\r\n")
    made = [child for child in outline.item("M1").children if child.title.startswith("T")]
    assert titles(outline, "M1") == ["A1", *(f"T{n:02}" for n in range(1, 31)), "A2"]
    assert [child.due_on for child in made] == [dt.date(2026, 12, n) for n in range(1, 31)]
    assert {child.owner or child.customer_owner for child in made} == {"Yamada", "Sato"}
    assert shown(hands.plan) == outline.tree()
    assert len(hands.plan.view.selectionModel().selectedRows()) == 30
    assert "30" in said[-1].text
    undone(desk, qtbot, said[-1].act)
    assert outline.tree() == SHAPE
    assert shown(hands.plan) == SHAPE


def test_what_could_not_be_read_is_told_and_stands_in_the_note(
    hands: Hands, outline: Outline, said: list[Message]
) -> None:
    hands.at("A1")
    paste(hands, "Task\tOwner\tDue\nT1\tTakahashi\tsoon\n")
    item = outline.item("T1")
    assert "Takahashi" in item.internal_note
    assert "soon" in item.internal_note
    assert said[-1].tone == "warning"
    assert "“soon”" in said[-1].advice
    assert "“Takahashi”" in said[-1].advice


BLOCKS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("A1", "x\ny", {"G1": {"M1": {"A1": {}, "x": {}, "y": {}, "A2": {}}, "M2": {}}}),
    ("M1", "x\ny", {"G1": {"M1": {"x": {}, "y": {}, "A1": {}, "A2": {}}, "M2": {}}}),
    ("A1", "x\n  y", {"G1": {"M1": {"A1": {}, "A2": {}}, "x": {"y": {}}, "M2": {}}}),
    ("A1", "x\n  y\n    z", {"G1": SHAPE["G1"], "x": {"y": {"z": {}}}}),
)


def test_a_block_lands_at_the_cursor_or_further_out(
    hands: Hands, outline: Outline, desk: Desk, qtbot: QtBot
) -> None:
    for cursor, text, expected in BLOCKS:
        hands.at(cursor)
        paste(hands, text)
        assert outline.tree() == expected | {"G2": {"A3": {}}}, (cursor, text)
        assert list(outline.tree())[-1] == "G2", (cursor, text)
        undone(desk, qtbot)


def test_a_block_begins_a_plan_that_is_empty(
    hands: Hands, plan: PlanSection, workspace: Workspace, fuji: Fuji
) -> None:
    other = workspace.write("Plan", add_plan, fuji.account, "Next").result
    settle()
    plan.show_item("plan", other)
    plan.view.setFocus()
    paste(hands, "Goal\n  Milestone\n    Action\n")
    assert shown(plan) == {"Goal": {"Milestone": {"Action": {}}}}


def test_one_line_is_pasted_into_an_open_title_like_any_text(
    hands: Hands, outline: Outline
) -> None:
    hands.at("A1")
    hands.press(Key.Key_F2)
    hands.editor.end(False)
    paste(hands, " and more\n")
    assert hands.editor.text().strip() == "A1 and more"
    assert outline.tree() == SHAPE


def test_lines_pasted_into_an_open_title_become_rows_and_what_was_typed_stays(
    hands: Hands, outline: Outline
) -> None:
    hands.at("A1")
    hands.press(Key.Key_F2)
    hands.type("A8")
    paste(hands, "x\ny")
    assert titles(outline, "M1") == ["A8", "x", "y", "A2"]
    hands.at("A2")
    hands.press(Key.Key_Insert)
    paste(hands, "- z\n- w")
    assert titles(outline, "M1") == ["A8", "x", "y", "A2", "z", "w"]
    assert hands.plan.model.draft is None


def test_what_is_copied_is_pasted_with_all_it_says(
    hands: Hands, outline: Outline, workspace: Workspace
) -> None:
    workspace.write("Note", edit_item, outline.ref("A1"), internal_note="Ours")
    settle()
    hands.at("M1")
    hands.press(Key.Key_C, modifier=CONTROL)
    data = QGuiApplication.clipboard().mimeData()
    assert [line.split("\t")[0] for line in data.text().splitlines()[1:]] == ["M1", "  A1", "  A2"]
    assert "<td" in data.html()
    assert "Ours" not in data.text() + data.html()
    hands.at("G2")
    hands.press(Key.Key_V, modifier=CONTROL)
    goal = next(item for item in outline.read().items if item.title == "G2")
    assert [child.title for child in goal.children] == ["M1", "A3"]
    assert [child.internal_note for child in goal.children[0].children] == ["Ours", ""]


def test_the_text_of_what_is_copied_gives_the_same_rows_elsewhere(
    hands: Hands, outline: Outline, workspace: Workspace, fuji: Fuji
) -> None:
    due = dt.date(2026, 12, 5)
    workspace.write("Due", edit_item, outline.ref("A1"), due_on=due, owner_id=fuji.yamada)
    settle()
    hands.at("G1")
    hands.press(Key.Key_C, modifier=CONTROL)
    text = QGuiApplication.clipboard().text()
    hands.press(Key.Key_Delete)
    paste(hands, text)
    assert outline.tree()["G1"] == SHAPE["G1"]
    assert (outline.item("A1").due_on, outline.item("A1").owner) == (due, "Yamada")


def test_what_is_cut_stays_in_sight_until_it_is_pasted_and_then_moves(
    hands: Hands, outline: Outline, plan: PlanSection, desk: Desk, qtbot: QtBot
) -> None:
    hands.at("A1")
    hands.press(Key.Key_Down, modifier=SHIFT)
    before = outline.ref("A1"), outline.ref("A2")
    hands.press(Key.Key_X, modifier=CONTROL)
    assert outline.tree() == SHAPE
    assert all(plan.view.is_dim(ref.id) for ref in before)
    hands.at("M2")
    hands.press(Key.Key_V, modifier=CONTROL)
    assert titles(outline, "M2") == ["A1", "A2"]
    assert (outline.ref("A1"), outline.ref("A2")) == before
    assert not any(plan.view.is_dim(ref.id) for ref in before)
    undone(desk, qtbot)
    assert outline.tree() == SHAPE


def test_escape_forgets_a_cut(hands: Hands, outline: Outline, plan: PlanSection) -> None:
    hands.at("A1")
    hands.press(Key.Key_X, modifier=CONTROL)
    hands.press(Key.Key_Escape)
    assert not plan.view.is_dim(outline.ref("A1").id)
    hands.at("M2")
    hands.press(Key.Key_V, modifier=CONTROL)
    assert outline.tree() == SHAPE


def test_a_milestone_is_not_pasted_where_no_goal_is(
    hands: Hands, outline: Outline, workspace: Workspace, fuji: Fuji, plan: PlanSection,
    said: list[Message],
) -> None:  # fmt: skip
    hands.at("M2")
    hands.press(Key.Key_C, modifier=CONTROL)
    other = workspace.write("Plan", add_plan, fuji.account, "Next").result
    settle()
    plan.show_item("plan", other)
    plan.view.setFocus()
    hands.press(Key.Key_V, modifier=CONTROL)
    assert plan.model.rowCount() == 0
    assert "goal" in said[-1].text


def test_a_quick_hand_pastes_twice(hands: Hands, outline: Outline) -> None:
    hands.at("A2")
    paste(hands, "x\ny")
    paste(hands, "z\nw")
    assert sorted(titles(outline, "M1")) == ["A1", "A2", "w", "x", "y", "z"]


def test_many_lines_are_pasted_by_the_worker_and_undone_in_one_step(
    hands: Hands, outline: Outline, desk: Desk, qtbot: QtBot, said: list[Message]
) -> None:
    hands.at("A2")
    began: list[str] = []
    desk.tasks.began.connect(lambda task: began.append(task.title))
    paste(hands, "\n".join(f"Line {number}" for number in range(MANY + 1)))
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    settle()
    assert began == ["Pasting"]
    assert len(hands.plan.view.selectionModel().selectedRows()) == MANY + 1
    assert len(titles(outline, "M1")) == MANY + 3
    assert f"{MANY + 1} actions" in " ".join(message.text for message in said)
    undone(desk, qtbot)
    assert titles(outline, "M1") == ["A1", "A2"]


def test_a_paste_of_many_lines_that_is_cancelled_leaves_nothing(
    hands: Hands, outline: Outline, desk: Desk, qtbot: QtBot
) -> None:
    hands.at("A2")
    before = threading.Event()
    desk.tasks.start(desk.work("Before", lambda progress: before.wait(5)))
    paste(hands, "\n".join(f"Line {number}" for number in range(MANY + 1)))
    for task in desk.tasks._open:
        task.cancel()
    before.set()
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    settle()
    assert titles(outline, "M1") == ["A1", "A2"]


def test_several_rows_are_ticked_dated_and_hidden_in_one_step_each(
    hands: Hands, outline: Outline, plan: PlanSection, desk: Desk, qtbot: QtBot
) -> None:
    hands.at("A1")
    hands.press(Key.Key_Down, modifier=SHIFT)
    hands.press(Key.Key_Space)
    assert {outline.item(title).status for title in ("A1", "A2")} == {ActionStatus.DONE}
    assert len(plan.view.selectionModel().selectedRows()) == 2
    hands.press(Key.Key_Space)
    assert {outline.item(title).status for title in ("A1", "A2")} == {ActionStatus.OPEN}
    hands.press(Key.Key_Right, Key.Key_Right)
    hands.at("A1")
    for _column in range(2):
        hands.press(Key.Key_Right)
    hands.press(Key.Key_Down, modifier=SHIFT)
    hands.type("2026-12-05")
    hands.press(Key.Key_Return)
    assert {outline.item(title).due_on for title in ("A1", "A2")} == {dt.date(2026, 12, 5)}
    undone(desk, qtbot)
    assert {outline.item(title).due_on for title in ("A1", "A2")} == {None}
    plan.view.doings.turn_visibility()
    assert {outline.item(title).visibility for title in ("A1", "A2")} == {Visibility.INTERNAL}


def test_an_owner_is_given_to_all_chosen_rows(hands: Hands, outline: Outline, fuji: Fuji) -> None:
    hands.at("A1", OWNER)
    hands.press(Key.Key_Down, modifier=SHIFT)
    hands.press(Key.Key_Down, modifier=SHIFT)
    hands.type("sato")
    assert isinstance(hands.editor, QLineEdit)
    hands.press(Key.Key_Return)
    found = [outline.item(title).customer_owner_id for title in ("A1", "A2", "M2")]
    assert found == [fuji.sato] * 3


def test_several_rows_are_duplicated_and_moved_together(hands: Hands, outline: Outline) -> None:
    hands.at("A1")
    hands.press(Key.Key_Down, modifier=SHIFT)
    hands.press(Key.Key_D, modifier=CONTROL)
    children = [child.title for child in outline.read().items[0].children[0].children]
    assert children == ["A1", "A2", "A1", "A2"]
    assert len(hands.plan.view.selectionModel().selectedRows()) == 2
    hands.press(Key.Key_Backtab)
    goal = outline.read().items[0]
    assert [child.title for child in goal.children] == ["M1", "A1", "A2", "M2"]
    assert goal.children[1].ref.kind is ItemKind.ACTION


def test_pasting_many_lines_stays_quick(
    plan: PlanSection, outline: Outline, qtbot: QtBot, soaking: bool
) -> None:
    count = 2_000 if soaking else 200
    plan.view.choose(outline.ref("A1").id)
    QGuiApplication.clipboard().setText("\n".join(f"T{n}\t12/5\tYamada" for n in range(count)))
    begun = time.perf_counter()
    qtbot.keyClick(plan.view, Key.Key_V, CONTROL)
    spent = time.perf_counter() - begun
    assert len(outline.item("M1").children) == count + 2
    assert spent < 0.5 + count / 400
