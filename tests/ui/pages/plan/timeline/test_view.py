"""Items are chosen, moved, stretched and linked on the timeline, by mouse and by keys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from csdesk.actions.plan_items import delete_items, edit_item, item, tick_item
from csdesk.actions.plans import add_plan
from tests.actions.outlines import Outline
from tests.ui.colleague import Colleague
from tests.ui.pages.fuji import Fuji, settle, undone
from tests.ui.pages.plan.timeline.conftest import Fingers
from ui.desk import Desk
from ui.pages.plan.plan_section import PlanSection
from ui.pages.plan.timeline.scale import DAY_WIDTHS, Zoom
from ui.pages.plan.timeline.words import row_words

Key = Qt.Key
Modifier = Qt.KeyboardModifier
Day = Callable[[int], dt.date]


def test_a_dragged_bar_moves_by_whole_days_as_one_step(
    fingers: Fingers, day: Day, desk: Desk, qtbot: QtBot
) -> None:
    at = fingers.pull(fingers.middle("M2"), 7)
    assert fingers.view.hand.words().endswith("(+7 days)")
    fingers.let_go(at)
    moved = fingers.item("M2")
    assert (moved.start_on, moved.due_on) == (day(22), day(32))
    assert desk.workspace.undo_label == "Move “M2” by +7 days"
    undone(desk, qtbot)
    assert fingers.item("M2").start_on == day(15)


def test_edges_stretch_and_never_pass_each_other(fingers: Fingers, day: Day) -> None:
    fingers.drag(fingers.left("M2"), 3)
    assert (fingers.item("M2").start_on, fingers.item("M2").due_on) == (day(18), day(25))
    fingers.drag(fingers.left("M2"), 60)
    assert (fingers.item("M2").start_on, fingers.item("M2").due_on) == (day(25), day(25))
    fingers.drag(fingers.right("G1"), -5)
    assert (fingers.item("G1").start_on, fingers.item("G1").due_on) == (day(0), day(35))


def test_a_diamond_is_the_date_of_its_milestone(
    fingers: Fingers, outline: Outline, day: Day
) -> None:
    fingers.drag(fingers.right("M2"), 3)
    assert (fingers.item("M2").start_on, fingers.item("M2").due_on) == (day(15), day(28))
    fingers.drag(fingers.right("M2"), -3)
    outline.do(edit_item, "M2", start_on=None)
    settle()
    fingers.drag(fingers.middle("M2"), -4)
    assert (fingers.item("M2").start_on, fingers.item("M2").due_on) == (None, day(21))


def test_escape_takes_a_drag_back(fingers: Fingers, day: Day, desk: Desk) -> None:
    before = desk.workspace.undo_label
    at = fingers.pull(fingers.middle("M2"), 9)
    assert fingers.view.hand.hold is not None
    fingers.press(Key.Key_Escape)
    assert fingers.view.hand.hold is None
    fingers.let_go(at)
    assert fingers.item("M2").start_on == day(15)
    assert desk.workspace.undo_label == before


def test_a_click_chooses_and_moves_nothing(
    on_page: Fingers, plan: PlanSection, desk: Desk, qtbot: QtBot
) -> None:
    before = desk.workspace.undo_label
    spot = on_page.middle("M2")
    qtbot.mouseClick(on_page.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    settle()
    chosen = plan.view.current_item
    assert chosen is not None
    assert chosen.title == "M2"
    assert plan.panel.item is not None
    assert plan.panel.item.title == "M2"
    assert desk.workspace.undo_label == before


def test_an_item_without_dates_gets_them_by_dragging_across_its_row(
    fingers: Fingers, day: Day
) -> None:
    assert fingers.drawn("A3").shape is None
    start = fingers.spot("A3", fingers.view.scale.middle(day(3)))
    at = fingers.pull(start, 5)
    assert "days" not in fingers.view.hand.words()
    fingers.let_go(at)
    assert (fingers.item("A3").start_on, fingers.item("A3").due_on) == (day(3), day(8))


def test_what_is_done_does_not_move(fingers: Fingers, day: Day, desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.messages.said) as said:
        fingers.drag(fingers.middle("A2"), 5)
    assert "done" in said.args[0].text
    with qtbot.waitSignal(desk.messages.said):
        fingers.at("A2")
        fingers.press(Key.Key_Right, Modifier.AltModifier)
    assert fingers.item("A2").due_on == day(4)


KEYS = (
    (Key.Key_Right, Modifier.AltModifier, (16, 26)),
    (Key.Key_Left, Modifier.AltModifier, (14, 24)),
    (Key.Key_Right, Modifier.ControlModifier, (22, 32)),
    (Key.Key_Left, Modifier.ControlModifier | Modifier.AltModifier, (8, 18)),
    (Key.Key_Right, Modifier.ShiftModifier, (15, 26)),
    (Key.Key_Right, Modifier.ShiftModifier | Modifier.ControlModifier, (15, 32)),
    (Key.Key_Left, Modifier.ShiftModifier | Modifier.AltModifier, (14, 25)),
)


def test_keys_move_and_stretch_and_enter_puts_down(
    fingers: Fingers, outline: Outline, day: Day
) -> None:
    for key, modifier, (start, due) in KEYS:
        outline.do(edit_item, "M2", start_on=day(15), due_on=day(25))
        settle()
        fingers.at("M2")
        fingers.press(key, modifier)
        assert fingers.item("M2").start_on == day(15)  # still in the hand
        fingers.press(Key.Key_Return)
        moved = fingers.item("M2")
        assert (moved.start_on, moved.due_on) == (day(start), day(due)), (key, modifier)


def test_several_presses_are_one_step_and_a_pause_puts_down(
    fingers: Fingers, day: Day, desk: Desk, qtbot: QtBot
) -> None:
    fingers.at("M2")
    for _press in range(3):
        fingers.press(Key.Key_Right, Modifier.AltModifier)
    with qtbot.waitSignal(fingers.view.hand.dropped, timeout=5000):
        pass
    settle()
    assert fingers.item("M2").start_on == day(18)
    assert desk.workspace.undo_label == "Move “M2” by +3 days"


def test_leaving_the_timeline_puts_down_what_keys_moved(
    on_page: Fingers, day: Day, plan: PlanSection
) -> None:
    on_page.at("M2")
    on_page.press(Key.Key_Right, Modifier.AltModifier)
    plan.view.setFocus()
    settle()
    assert on_page.item("M2").start_on == day(16)


def test_keys_give_dates_to_an_item_without_any(fingers: Fingers, day: Day) -> None:
    fingers.at("A3")
    fingers.press(Key.Key_Right, Modifier.AltModifier)
    fingers.press(Key.Key_Right, Modifier.AltModifier)
    fingers.press(Key.Key_Right, Modifier.ShiftModifier | Modifier.ControlModifier)
    fingers.press(Key.Key_Return)
    assert (fingers.item("A3").start_on, fingers.item("A3").due_on) == (day(1), day(8))


def test_arrows_choose_rows_and_enter_opens_the_item_in_the_panel(
    on_page: Fingers, plan: PlanSection
) -> None:
    on_page.at("G1")
    on_page.press(Key.Key_Down)
    on_page.press(Key.Key_Down)
    chosen = plan.view.current_item
    assert chosen is not None
    assert chosen.title == "A1"
    on_page.press(Key.Key_Return)
    assert plan.panel.isAncestorOf(QApplication.focusWidget())


def test_the_outline_and_the_timeline_stand_on_the_same_item(
    on_page: Fingers, plan: PlanSection, outline: Outline
) -> None:
    plan.view.choose(outline.ref("M2").id)
    row = on_page.view.current_row
    assert row is not None
    assert row.item.title == "M2"


def test_what_is_folded_in_the_outline_is_folded_here(
    on_page: Fingers, plan: PlanSection, outline: Outline
) -> None:
    def titles() -> list[str]:
        return [row.item.title for row in on_page.view.rows.rows]

    assert titles() == ["G1", "M1", "A1", "A2", "M2", "G2", "A3"]
    assert len(on_page.view.rows.links) == 1
    plan.view.collapse(plan.model.index_of(outline.ref("M1").id))
    assert titles() == ["G1", "M1", "M2", "G2", "A3"]
    plan.view.collapse(plan.model.index_of(outline.ref("G1").id))
    assert titles() == ["G1", "G2", "A3"]
    assert on_page.view.rows.links == ()
    plan.view.expand(plan.model.index_of(outline.ref("G1").id))
    assert titles() == ["G1", "M1", "M2", "G2", "A3"]


def test_a_dependency_is_drawn_from_the_handle(
    fingers: Fingers, outline: Outline, desk: Desk, qtbot: QtBot
) -> None:
    third = outline.milestone("M3", "G1", due_on=fingers.item("M2").due_on)
    settle()
    end = fingers.middle("M3")
    at = fingers.pull_to(fingers.handle("M2"), end)
    assert fingers.view.hand.words() == "“M3” waits for “M2”"
    fingers.let_go(at)
    assert outline.item("M3").depends_on == (outline.ref("M2").id,)
    assert third.id in {link.item for link in fingers.view.rows.links}
    with qtbot.waitSignal(desk.messages.said) as said:  # and back would be a circle
        fingers.let_go(fingers.pull_to(fingers.handle("M3"), fingers.middle("M1")))
    assert "circle" in said.args[0].text
    assert outline.item("M1").depends_on == ()


def test_a_screen_reader_hears_where_one_is_and_what_one_moves(
    fingers: Fingers, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def hear(event: QAccessibleEvent) -> None:
        told.append(fingers.view.accessibleDescription())

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    fingers.at("M2")
    assert told[-1].startswith("Milestone, M2, ")
    fingers.press(Key.Key_Right, Modifier.AltModifier)
    assert told[-1].startswith("M2: ")
    assert told[-1].endswith("(+1 day)")
    fingers.press(Key.Key_Escape)
    assert told[-1].startswith("Milestone, M2, ")
    assert fingers.view.accessibleName() == "Timeline of the plan"


def wheel(fingers: Fingers, x: int, turn: int) -> None:
    """Turn the wheel with Ctrl at a place."""
    spot = QPointF(x, 100)
    event = QWheelEvent(
        spot,
        fingers.view.viewport().mapToGlobal(spot),
        QPoint(),
        QPoint(0, turn),
        Qt.MouseButton.NoButton,
        Modifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(fingers.view.viewport(), event)


def test_the_wheel_zooms_around_the_mouse(fingers: Fingers) -> None:
    before = fingers.view.scale.day_at(300)
    wheel(fingers, 300, 240)
    assert fingers.view.day_width > 14.0
    assert abs((fingers.view.scale.day_at(300) - before).days) <= 1
    wheel(fingers, 300, -1200)
    assert fingers.view.day_width < 14.0
    assert abs((fingers.view.scale.day_at(300) - before).days) <= 1


def test_zoom_by_buttons_keys_and_fingers(fingers: Fingers, qtbot: QtBot) -> None:
    for zoom, button in fingers.card.head.buttons.items():
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert fingers.view.plain_day_width == pytest.approx(DAY_WIDTHS[zoom])
        assert button.isChecked()
    fingers.press(Key.Key_Plus, Modifier.ControlModifier)
    assert fingers.view.plain_day_width == pytest.approx(DAY_WIDTHS[Zoom.YEAR] * 1.5)
    fingers.press(Key.Key_Minus, Modifier.ControlModifier)
    assert fingers.view.plain_day_width == pytest.approx(DAY_WIDTHS[Zoom.YEAR])
    fingers.view.pinched(2.0, QPointF(fingers.view.mapToGlobal(QPoint(200, 50))))
    assert fingers.view.plain_day_width == pytest.approx(DAY_WIDTHS[Zoom.YEAR] * 2)


def test_dragging_where_nothing_stands_pushes_the_days_along(fingers: Fingers, desk: Desk) -> None:
    before = desk.workspace.undo_label
    bar = fingers.view.horizontalScrollBar()
    value = bar.value()
    shape = fingers.drawn("M2").shape
    assert shape is not None
    start = fingers.spot("M2", shape.begin - 60)
    fingers.let_go(fingers.pull_to(start, start + QPoint(-90, 0)))
    assert bar.value() == value + 90
    assert desk.workspace.undo_label == before


def test_keys_lead_to_today(fingers: Fingers, today: dt.date) -> None:
    bar = fingers.view.horizontalScrollBar()
    for key in (Key.Key_T, Key.Key_Home):
        bar.setValue(bar.maximum())
        fingers.press(key)
        assert 0 <= fingers.view.scale.middle(today) <= fingers.view.viewport().width()


def test_a_colleagues_change_in_the_middle_of_a_drag_is_kept_and_so_is_the_drag(
    on_page: Fingers, colleague: Colleague, outline: Outline, day: Day
) -> None:
    at = on_page.pull(on_page.middle("M2"), 7)
    colleague.arrives(edit_item, outline.ref("M2"), title="M2 of Suzuki")
    assert on_page.view.hand.hold is not None
    on_page.let_go(at)
    moved = on_page.item("M2 of Suzuki")
    assert (moved.start_on, moved.due_on) == (day(22), day(32))


@pytest.mark.parametrize("what", ["finished", "deleted"])
def test_what_a_colleague_finishes_or_deletes_leaves_the_hand(
    on_page: Fingers, colleague: Colleague, outline: Outline, day: Day, qtbot: QtBot,
    desk: Desk, what: str,
) -> None:  # fmt: skip
    ref = outline.ref("M2")
    at = on_page.pull(on_page.middle("M2"), 7)
    with qtbot.waitSignal(desk.messages.said) as said:
        if what == "finished":
            colleague.arrives(tick_item, ref, True)
        else:
            colleague.arrives(delete_items, [ref])
    assert "while you moved it" in said.args[0].text
    assert on_page.view.hand.hold is None
    on_page.let_go(at)
    if what == "finished":
        assert on_page.item("M2").due_on == day(25)


def test_dates_a_merge_left_in_disorder_are_shown_and_put_right(
    fingers: Fingers, outline: Outline, day: Day
) -> None:
    ref = outline.ref("A1")

    def disorder(session: Session) -> None:
        row = item(session, ref)
        row.start_on, row.due_on = day(12), day(6)

    outline.workspace.write("Merge", disorder)
    settle()
    shape = fingers.drawn("A1").shape
    assert shape is not None
    assert shape.left < shape.right
    assert "due before it starts" in row_words(fingers.drawn("A1").row)
    fingers.drag(fingers.middle("A1"), 3)
    assert (fingers.item("A1").start_on, fingers.item("A1").due_on) == (day(15), day(9))


def test_another_plan_lets_go_and_is_shown_whole(
    on_page: Fingers, plan: PlanSection, desk: Desk, fuji: Fuji, day: Day
) -> None:
    on_page.at("M2")
    on_page.press(Key.Key_Right, Modifier.AltModifier)
    other = desk.write("Add", add_plan, fuji.account, "Other", start_on=day(400)).result
    settle()
    plan.show_item("plan", other)
    settle()
    assert on_page.view.rows.rows == ()
    assert on_page.view.hand.hold is None
    assert on_page.item("M2").start_on == day(16)


def test_state_brings_back_where_one_looked(fingers: Fingers) -> None:
    fingers.view.zoom_to(Zoom.QUARTER)
    fingers.press(Key.Key_T)
    state = fingers.card.state()
    fingers.view.zoom_to(Zoom.WEEK)
    fingers.card.restore(state)
    assert fingers.card.state()["day_width"] == pytest.approx(state["day_width"])
    assert fingers.card.state()["first_day"] == pytest.approx(state["first_day"], abs=1.5)
    fingers.card.restore({"day_width": "wide", "first_day": None})
    fingers.card.restore({"day_width": 1e9, "first_day": 1e300})
    assert fingers.card.state()["day_width"] == pytest.approx(state["day_width"])
