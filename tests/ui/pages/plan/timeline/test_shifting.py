"""What follows an item that moved, or a whole schedule, is shifted in one step, and says why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.actions.holidays import add_holiday, choose_country
from csdesk.actions.plan_items import edit_item
from csdesk.actions.plans import edit_plan
from csdesk.model.records import ScheduleShift
from tests.actions.outlines import Outline
from tests.ui.colleague import Colleague
from tests.ui.pages.fuji import settle, undone
from tests.ui.pages.plan.timeline.conftest import Fingers
from ui.desk import Desk

Key = Qt.Key
Day = Callable[[int], dt.date]


def reasons(session: Session) -> list[tuple[str | None, int | None, int | None, str | None]]:
    """Return cause, days, items and reason of the shifts that stand."""
    rows = session.scalars(select(ScheduleShift).where(ScheduleShift.deleted_at.is_(None)))
    return [(row.cause, row.days, row.items, row.reason) for row in rows]


def dues(outline: Outline, *titles: str) -> list[dt.date | None]:
    return [outline.item(title).due_on for title in titles]


def test_followers_are_offered_and_shift_as_one_step_with_a_reason(
    fingers: Fingers, outline: Outline, day: Day, desk: Desk, qtbot: QtBot
) -> None:
    fingers.drag(fingers.middle("M1"), 7)
    bar = fingers.card.bar
    assert bar.isVisible()
    assert "2 items" in bar.accessibleName()  # A1 below it and M2, which waits; A2 is done
    assert set(fingers.view._ghosts) == {outline.ref("A1").id, outline.ref("M2").id}
    assert dues(outline, "M1", "A1", "M2") == [day(19), day(6), day(25)]
    qtbot.keyClicks(bar._reason, "Postponed by the customer")
    qtbot.keyClick(bar._reason, Key.Key_Return)
    settle()
    assert dues(outline, "M1", "A1", "A2", "M2") == [day(19), day(13), day(4), day(32)]
    assert desk.workspace.read(reasons) == [("M1", 7, 2, "Postponed by the customer")]
    label = "Shift 2 items by +7 days: Postponed by the customer"
    assert desk.workspace.undo_label == label
    assert not bar.isVisible()
    assert fingers.view._ghosts == {}
    undone(desk, qtbot)
    assert dues(outline, "M1", "A1", "M2") == [day(19), day(6), day(25)]
    assert desk.workspace.read(reasons) == []


def test_enter_on_the_timeline_says_yes(fingers: Fingers, outline: Outline, day: Day) -> None:
    fingers.drag(fingers.middle("M1"), 7)
    fingers.press(Key.Key_Return)
    assert dues(outline, "A1", "M2") == [day(13), day(32)]


def test_escape_leaves_what_follows_and_keeps_the_move(
    fingers: Fingers, outline: Outline, day: Day, qtbot: QtBot
) -> None:
    bar = fingers.card.bar
    ways: tuple[Callable[[], object], ...] = (
        lambda: fingers.press(Key.Key_Escape),
        lambda: fingers.press(Key.Key_Escape, on=bar._reason),
        lambda: qtbot.mouseClick(bar._leave, Qt.MouseButton.LeftButton),
    )
    for count, leave in enumerate(ways, 1):
        fingers.drag(fingers.middle("M1"), 1)
        assert bar.isVisible()
        leave()
        assert not bar.isVisible()
        assert fingers.view._ghosts == {}
        assert dues(outline, "M1", "A1", "M2") == [day(12 + count), day(6), day(25)]
        assert fingers.view.hasFocus()


def test_stretching_the_end_offers_only_what_waits(fingers: Fingers, outline: Outline) -> None:
    fingers.at("M1")
    fingers.press(Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    fingers.press(Key.Key_Return)
    assert set(fingers.view._ghosts) == {outline.ref("M2").id}


def test_an_item_that_nothing_follows_asks_nothing(fingers: Fingers) -> None:
    fingers.drag(fingers.middle("A1"), 3)
    assert not fingers.card.bar.isVisible()
    fingers.drag(fingers.left("M1"), -1)
    assert not fingers.card.bar.isVisible()


def test_moving_on_takes_what_follows_all_the_way(
    fingers: Fingers, outline: Outline, day: Day
) -> None:
    fingers.drag(fingers.middle("M1"), 3)
    fingers.drag(fingers.middle("M1"), 4)
    assert "+7 days" in fingers.card.bar.accessibleName()
    fingers.press(Key.Key_Return)
    assert dues(outline, "M1", "A1", "M2") == [day(19), day(13), day(32)]


def test_undoing_the_move_takes_the_question_away(
    fingers: Fingers, desk: Desk, qtbot: QtBot
) -> None:
    fingers.drag(fingers.middle("M1"), 7)
    undone(desk, qtbot)
    assert not fingers.card.bar.isVisible()
    assert fingers.view._ghosts == {}


def test_a_colleagues_change_keeps_the_preview_right(
    on_page: Fingers, outline: Outline, colleague: Colleague, day: Day
) -> None:
    on_page.drag(on_page.middle("M1"), 7)
    colleague.arrives(edit_item, outline.ref("M2"), start_on=day(16), due_on=day(30))
    assert on_page.view._ghosts[outline.ref("M2").id].due_on == day(37)
    on_page.press(Key.Key_Return)
    assert dues(outline, "M2") == [day(37)]


def test_working_days_pass_over_weekends_and_holidays(
    fingers: Fingers, outline: Outline, desk: Desk, qtbot: QtBot
) -> None:
    desk.write("Country", choose_country, "JP")
    first, last = dt.date(2031, 12, 29), dt.date(2032, 1, 2)
    desk.write("Break", add_holiday, "Year-end break", first, last)
    outline.do(edit_item, "M1", start_on=dt.date(2031, 12, 1), due_on=dt.date(2031, 12, 19))
    outline.do(edit_item, "M2", start_on=dt.date(2031, 12, 22), due_on=dt.date(2031, 12, 26))
    qtbot.waitUntil(lambda: fingers.view.calendar.country == "JP")
    settle()
    fingers.at("M1")
    fingers.press(Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    fingers.press(Key.Key_Return)
    move = fingers.view._ghosts[outline.ref("M2").id]
    assert (move.start_on, move.due_on) == (dt.date(2031, 12, 29), dt.date(2032, 1, 2))
    fingers.card.bar._working.click()
    settle()
    move = fingers.view._ghosts[outline.ref("M2").id]
    assert (move.start_on, move.due_on) == (dt.date(2032, 1, 5), dt.date(2032, 1, 9))
    fingers.press(Key.Key_Return)
    assert dues(outline, "M2") == [dt.date(2032, 1, 9)]
    assert "+5 working days" in (desk.workspace.undo_label or "")


def test_a_whole_schedule_is_shifted_from_a_day_on(
    fingers: Fingers, outline: Outline, day: Day, desk: Desk, qtbot: QtBot
) -> None:
    shift = next(one for one in fingers.card.commands() if one.id == "plan.shift_schedule")
    shift.run()
    bar = fingers.card.bar
    bar._scope.setCurrentIndex(0)
    bar._amount.setFocus()
    bar._amount.selectAll()
    qtbot.keyClicks(bar._amount, "2")
    settle()
    assert bar._apply.text() == "Shift 4 items"  # G1, M1, A1, M2
    qtbot.keyClick(bar._amount, Key.Key_Return)
    settle()
    assert dues(outline, "G1", "M1", "A1", "A2", "M2") == [
        day(54), day(26), day(20), day(4), day(39),
    ]  # fmt: skip
    assert outline.item("G1").start_on == day(14)
    assert desk.workspace.read(reasons) == [(None, 14, 4, None)]
    undone(desk, qtbot)
    assert dues(outline, "G1", "M1") == [day(40), day(12)]


def test_the_plans_end_moves_along_where_one_says_so(
    fingers: Fingers, outline: Outline, day: Day, desk: Desk, qtbot: QtBot
) -> None:
    outline.workspace.write("End", edit_plan, outline.plan.id, end_on=day(45))
    settle()
    fingers.view.choose("")
    fingers.card._shifting.begin()
    bar = fingers.card.bar
    assert bar._end.isVisible()
    bar._end.click()
    assert "would end on" in bar._note.text()
    qtbot.keyClick(bar._amount, Key.Key_Return)
    settle()
    assert outline.read().end_on == day(52)
    undone(desk, qtbot)
    assert (outline.read().end_on, outline.item("M1").due_on) == (day(45), day(12))
    fingers.drag(fingers.middle("M1"), 7)
    assert not bar._end.isVisible()
    assert not bar.takes_end_along


def test_a_goal_alone_is_shifted_and_what_runs_keeps_its_start(
    fingers: Fingers, outline: Outline, day: Day, qtbot: QtBot
) -> None:
    outline.do(edit_item, "A3", due_on=day(5))
    settle()
    fingers.at("M1")
    fingers.card._shifting.begin()
    bar = fingers.card.bar
    assert bar.scope == outline.ref("M1").id
    bar._amount.selectAll()
    qtbot.keyClicks(bar._amount, "3")
    bar._unit.setCurrentIndex(0)
    bar._unit.activated.emit(0)
    bar._since.setFocus()
    bar._since.selectAll()
    qtbot.keyClicks(bar._since, day(6).isoformat())
    settle()
    qtbot.keyClick(bar._since, Key.Key_Return)
    settle()
    assert (outline.item("M1").start_on, outline.item("M1").due_on) == (day(2), day(15))
    assert dues(outline, "A1", "M2", "A3") == [day(9), day(25), day(5)]


def test_a_day_that_is_none_is_told_and_shifts_nothing(fingers: Fingers, qtbot: QtBot) -> None:
    fingers.card._shifting.begin()
    bar = fingers.card.bar
    bar._since.setFocus()
    bar._since.selectAll()
    qtbot.keyClicks(bar._since, "whenever")
    settle()
    assert not bar._apply.isEnabled()
    assert bar._note.isVisible()
    assert fingers.view._ghosts == {}


def test_a_part_of_a_day_is_told_and_shifts_nothing(fingers: Fingers, qtbot: QtBot) -> None:
    fingers.card._shifting.begin()
    bar = fingers.card.bar
    for typed, is_right in (("1.5", False), ("-2", True), ("9999", False), ("x", False)):
        bar._amount.selectAll()
        qtbot.keyClicks(bar._amount, typed)
        settle()
        assert bar._apply.isEnabled() == is_right, typed
        assert bool(fingers.view._ghosts) == is_right


def test_dates_beyond_the_calendar_are_told(fingers: Fingers, outline: Outline) -> None:
    outline.do(edit_item, "M2", start_on=None, due_on=dt.date(9999, 12, 30))
    settle()
    fingers.card._shifting.begin()
    assert "end of the calendar" in fingers.card.bar._note.text()
    assert not fingers.card.bar._apply.isEnabled()
