"""Items are dragged to where they may stand, and a line shows where that is."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from pytestqt.qtbot import QtBot

from csdesk.actions.accounts import add_account
from csdesk.actions.plan_items import edit_item
from csdesk.actions.plans import add_plan
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.vocabulary import Visibility
from csdesk.workspace.workspace import Workspace
from tests.actions.outlines import Outline, fill
from tests.ui.pages.fuji import SHAPE, Fuji, settle, undone
from tests.ui.pages.plan.hands import shown
from ui.desk import Desk
from ui.pages.plan.outline_clipboard import MIME, carried_by
from ui.pages.plan.outline_dropping import landing
from ui.pages.plan.outline_tree import TITLE
from ui.pages.plan.plan_section import PlanSection

MOVE, COPY = Qt.DropAction.MoveAction, Qt.DropAction.CopyAction


def dragged(plan: PlanSection, outline: Outline, *titles: str) -> QMimeData:
    """Return what is on its way when these rows are dragged."""
    return plan.model.mimeData([plan.model.index_of(outline.ref(title).id) for title in titles])


def let_go(
    plan: PlanSection,
    data: QMimeData,
    over: ItemRef | None,
    part: float,
    action: Qt.DropAction = MOVE,
) -> bool:
    """Drag over a row, `part` of its height down, and let go; tell whether it was taken."""
    view = plan.view
    place = QPointF(60, view.viewport().height() - 4)
    if over is not None:
        rect = view.visualRect(plan.model.index_of(over.id))
        place = QPointF(rect.left() + 30, rect.top() + rect.height() * part)
    buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    actions = MOVE | COPY
    moving = QDragMoveEvent(place.toPoint(), actions, data, buttons, none)
    moving.setDropAction(action)
    view.dragMoveEvent(moving)
    accepted = moving.isAccepted()
    view.grab()  # the line is drawn
    dropping = QDropEvent(place, actions, data, buttons, none)
    dropping.setDropAction(action)
    view.dropEvent(dropping)
    settle()
    assert view.landing is None
    return accepted


def titles(outline: Outline, holder: str) -> list[str]:
    return [child.title for child in outline.item(holder).children]


def test_several_items_land_between_two_others_in_one_step(
    plan: PlanSection, outline: Outline, desk: Desk, qtbot: QtBot
) -> None:
    data = dragged(plan, outline, "A1", "A3")
    assert let_go(plan, data, outline.ref("A2"), 0.9)
    assert titles(outline, "M1") == ["A2", "A1", "A3"]
    chosen = plan.view.selectionModel().selectedRows()
    assert [index.data() for index in chosen] == ["A1", "A3"]
    assert shown(plan) == outline.tree()
    undone(desk, qtbot)
    assert outline.tree() == SHAPE


LANDINGS: tuple[tuple[str, str, float, dict[str, Any]], ...] = (
    ("A3", "M2", 0.5, {"G1": {"M1": {"A1": {}, "A2": {}}, "M2": {"A3": {}}}, "G2": {}}),
    ("A3", "A1", 0.1, {"G1": {"M1": {"A3": {}, "A1": {}, "A2": {}}, "M2": {}}, "G2": {}}),
    ("M2", "G2", 0.5, {"G1": {"M1": {"A1": {}, "A2": {}}}, "G2": {"A3": {}, "M2": {}}}),
    ("M2", "M1", 0.1, {"G1": {"M2": {}, "M1": {"A1": {}, "A2": {}}}, "G2": {"A3": {}}}),
    ("G2", "G1", 0.1, {"G2": {"A3": {}}, "G1": SHAPE["G1"]}),
    ("G1", "A3", 0.9, {"G2": {"A3": {}}, "G1": SHAPE["G1"]}),
    ("A1", "G1", 0.9, {"G1": {"A1": {}, "M1": {"A2": {}}, "M2": {}}, "G2": {"A3": {}}}),
    ("A1", "G2", 0.1, {"G1": {"M1": {"A2": {}}, "M2": {}}, "A1": {}, "G2": {"A3": {}}}),
)


def test_an_item_lands_where_the_line_is(
    plan: PlanSection, outline: Outline, desk: Desk, qtbot: QtBot
) -> None:
    for moved, over, part, expected in LANDINGS:
        assert let_go(plan, dragged(plan, outline, moved), outline.ref(over), part), (moved, over)
        assert outline.tree() == expected, (moved, over)
        assert list(outline.tree()) == list(expected), (moved, over)
        assert shown(plan) == outline.tree(), (moved, over)
        undone(desk, qtbot)


def test_an_item_is_refused_where_it_cannot_stand(plan: PlanSection, outline: Outline) -> None:
    for moved, over in (("G2", "M1"), ("M2", "A1"), ("G1", "A2")):
        assert not let_go(plan, dragged(plan, outline, moved), outline.ref(over), 0.5), moved
        assert outline.tree() == SHAPE


def test_an_item_is_let_go_in_the_empty_room_below_all(plan: PlanSection, outline: Outline) -> None:
    plan.view.collapseAll()
    assert let_go(plan, dragged(plan, outline, "G1"), None, 0)
    assert list(outline.tree()) == ["G2", "G1"]
    assert not let_go(plan, dragged(plan, outline, "M1"), None, 0)


def test_what_was_hidden_by_its_goal_is_internal_where_it_lands(
    plan: PlanSection, outline: Outline
) -> None:
    outline.workspace.write("Hide", edit_item, outline.ref("G2"), visibility=Visibility.INTERNAL)
    settle()
    let_go(plan, dragged(plan, outline, "A3"), outline.ref("M1"), 0.5)
    assert outline.item("A3").visibility is Visibility.INTERNAL


def test_with_control_held_a_copy_lands(plan: PlanSection, outline: Outline) -> None:
    let_go(plan, dragged(plan, outline, "A3"), outline.ref("M1"), 0.5, COPY)
    assert titles(outline, "G2") == ["A3"]
    assert titles(outline, "M1") == ["A1", "A2", "A3"]


def test_a_row_and_one_below_it_are_one_thing_on_its_way(
    plan: PlanSection, outline: Outline
) -> None:
    data = dragged(plan, outline, "A1", "M1", "A2")
    carried = carried_by(data)
    assert carried is not None
    assert carried.refs == (outline.ref("M1"),)
    assert [line.split("\t")[0] for line in data.text().splitlines()[1:]] == ["M1", "  A1", "  A2"]


def test_items_move_to_another_plan_of_the_customer_and_to_no_other_customers(
    plan: PlanSection, outline: Outline, workspace: Workspace, fuji: Fuji
) -> None:
    other = workspace.write("Plan", add_plan, fuji.account, "Other").result
    workspace.write("Fill", fill, ItemRef(None, other), {"G8": {"A8": {}}})
    settle()
    data = dragged(plan, outline, "A3")
    plan.show_item("plan", other)
    goal = Outline(workspace, other)
    assert let_go(plan, data, goal.ref("G8"), 0.5)
    assert goal.tree() == {"G8": {"A8": {}, "A3": {}}}
    assert outline.tree()["G2"] == {}
    stranger = workspace.write("Account", add_account, "Elsewhere").result
    theirs = workspace.write("Plan", add_plan, stranger, "Theirs").result
    content = json.loads(bytes(data.data(MIME).data()))
    content["account"], content["plan"] = stranger, theirs
    data.setData(MIME, json.dumps(content).encode())
    assert not let_go(plan, data, goal.ref("G8"), 0.5)


def test_what_another_program_calls_by_our_name_is_left_alone(
    plan: PlanSection, outline: Outline
) -> None:
    for content in (b"", b"{}", b"[]", b"\xff", b'{"items": [["x", "y"]]}'):
        data = QMimeData()
        data.setData(MIME, content)
        assert carried_by(data) is None, content
        assert not let_go(plan, data, outline.ref("M1"), 0.5), content
        assert outline.tree() == SHAPE


def test_nothing_lands_that_is_of_no_kind(plan: PlanSection, outline: Outline) -> None:
    node = plan.model.node(plan.model.index_of(outline.ref("M1").id, TITLE))
    assert landing(node, 0.5, [], is_open=True) is None
    assert landing(node, 0.5, [ItemKind.ACTION], is_open=True) == (node, 2)
