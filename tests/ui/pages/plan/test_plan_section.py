"""Plans are made, described and looked into; the panel shows an item whole."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from csdesk.actions.plan_items import edit_item
from tests.actions.outlines import Outline
from tests.ui.pages.fuji import settle, undone
from ui.desk import Desk
from ui.pages.account.page import AccountPage
from ui.pages.plan.plan_section import PlanSection

Key = Qt.Key


def show(plan: PlanSection, outline: Outline, title: str) -> None:
    """Choose an item, so that the panel shows it."""
    plan.view.choose(outline.ref(title).id)
    settle()


def test_a_deleted_plan_gives_way_to_an_invitation_and_comes_back(
    plan: PlanSection, desk: Desk, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(desk.messages.said) as said:
        plan.verbs.delete_plan()
    settle()
    assert not plan.view.isVisible()
    with qtbot.waitSignal(desk.changed):
        undone(desk, qtbot, said.args[0].act)
    assert plan.view.isVisible()
    assert plan.model.rowCount() == 2


def test_the_plans_own_fields_are_stored_when_one_leaves_them(
    plan: PlanSection, outline: Outline, qtbot: QtBot
) -> None:
    field = plan._strip.to_be
    field.setFocus()
    qtbot.keyClicks(field, "One number for all")
    plan.view.setFocus()
    assert outline.read().to_be == "One number for all"


def test_a_plan_that_would_end_before_it_starts_is_refused(
    plan: PlanSection, outline: Outline, desk: Desk, qtbot: QtBot
) -> None:
    strip = plan._strip
    for line, typed in ((strip._start, "2026-04-01"), (strip._end, "2026-03-01")):
        line.setFocus()
        line.selectAll()
        qtbot.keyClicks(line, typed)
        qtbot.keyClick(line, Key.Key_Return)
    assert outline.read().start_on == dt.date(2026, 4, 1)
    assert outline.read().end_on is None
    assert strip._end.text() == ""


def test_the_panel_shows_the_chosen_item_whole(plan: PlanSection, outline: Outline) -> None:
    ref = outline.ref("M1")
    outline.workspace.write(
        "Edit",
        edit_item,
        ref,
        due_on=dt.date(2027, 1, 31),
        done_definition="Used every week",
        internal_note="Waits for IT",
    )
    settle()
    show(plan, outline, "M1")
    panel = plan.panel
    assert panel._title.toPlainText() == "M1"
    assert panel.fields.due.day == dt.date(2027, 1, 31)
    assert panel._text.toPlainText() == "Used every week"
    assert panel.note.toPlainText() == "Waits for IT"
    assert "Due: – → Jan 31, 2027" in panel.history.text
    assert "Tester" in panel.history.text
    assert panel.history.text.rstrip().endswith("added")


def test_a_note_typed_in_the_panel_is_stored_for_the_item_it_was_typed_for(
    plan: PlanSection, outline: Outline, qtbot: QtBot
) -> None:
    show(plan, outline, "A1")
    plan.panel.note.setFocus()
    qtbot.keyClicks(plan.panel.note, "Only between us")
    show(plan, outline, "A2")
    assert outline.item("A1").internal_note == "Only between us"
    assert outline.item("A2").internal_note == ""


def test_a_note_being_typed_survives_a_change_by_somebody_else(
    plan: PlanSection, outline: Outline, qtbot: QtBot
) -> None:
    show(plan, outline, "A1")
    plan.panel.note.setFocus()
    qtbot.keyClicks(plan.panel.note, "half a")
    outline.workspace.write("Elsewhere", edit_item, outline.ref("A1"), title="A1 elsewhere")
    settle()
    assert plan.panel._title.toPlainText() == "A1 elsewhere"
    assert plan.panel.note.toPlainText() == "half a"


def test_enter_in_the_title_of_the_panel_stores_it(
    plan: PlanSection, outline: Outline, qtbot: QtBot
) -> None:
    show(plan, outline, "G1")
    title = plan.panel._title
    title.setFocus()
    title.selectAll()
    qtbot.keyClicks(title, "G7")
    qtbot.keyClick(title, Key.Key_Return)
    assert outline.item("G7").title == "G7"


def test_the_timeline_has_more_room_while_it_asks_about_a_shift(
    plan: PlanSection, outline: Outline, qtbot: QtBot
) -> None:
    rows = plan._panes._rows
    before = rows.sizes()
    plan._timeline.head.shift.click()
    assert plan._timeline.bar.isVisible()
    assert rows.sizes()[1] > before[1]
    assert plan._panes.state()["rows"] == before, "what is lent is not remembered"
    qtbot.keyClick(plan.window().focusWidget(), Qt.Key.Key_Escape)
    assert not plan._timeline.bar.isVisible()
    qtbot.waitUntil(lambda: rows.sizes() == before)


def test_the_timeline_is_folded_away_and_brought_back_by_a_key_and_stays_so(
    plan: PlanSection, page: AccountPage, qtbot: QtBot
) -> None:
    rows, timeline = plan.view.height(), plan.timeline
    timeline.view.setFocus()
    qtbot.keyClick(timeline.view, Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert not timeline.isVisible()
    assert plan.view.hasFocus()
    assert plan.view.height() > rows + 100
    folded = plan.state()
    qtbot.keyClick(plan.view, Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert timeline.isVisible()
    assert plan.view.height() == rows
    plan.restore(folded)
    settle()
    assert not timeline.isVisible()


def test_in_a_low_window_the_outline_has_the_room_until_the_timeline_is_asked_for(
    plan: PlanSection, page: AccountPage, qtbot: QtBot
) -> None:
    page.resize(1000, 520)
    settle()
    assert not plan.timeline.isVisible()
    page.resize(1300, 800)
    settle()
    assert plan.timeline.isVisible()
    page.resize(1000, 520)
    settle()
    qtbot.keyClick(plan.view, Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert plan.timeline.isVisible()
