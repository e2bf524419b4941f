"""The tab of the touchpoints: its list, its filter, one touchpoint edited in place."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from csdesk.actions.accounts import edit_account
from csdesk.actions.plan_items import edit_item
from csdesk.actions.touchpoints import delete_touchpoints, edit_touchpoint
from csdesk.insight.typed_actions import Person, TypedAction
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.vocabulary import ActionStatus, Channel, Side, TouchModel, TouchpointType
from csdesk.workspace.workspace import Workspace
from tests.ui.colleague import Colleague
from tests.ui.pages.fuji import Fuji, settle, undone
from tests.ui.pages.touchpoints.meetings import Key, Meetings
from ui.desk import Desk
from ui.pages.touchpoints.touchpoint_list import Heading, TouchpointsModel
from ui.tables import ROW_ROLE


def shown(model: TouchpointsModel) -> list[str]:
    """Return the ids of the entries from the top, headings by their own."""
    return [model.index(row).data(ROW_ROLE).id for row in range(model.rowCount(QModelIndex()))]


def test_without_touchpoints_the_tab_teaches_and_offers_the_first_step(meetings: Meetings) -> None:
    section = meetings.section
    words = [label.text() for label in section.findChildren(QLabel) if label.isVisible()]
    assert "No touchpoints yet" in words
    assert section.entrance() is section.head.log


def test_planned_meetings_stand_on_top_the_nearest_first(meetings: Meetings) -> None:
    section = meetings.section
    QAbstractItemModelTester(section.card.model, section)
    ids = {days: meetings.log(days) for days in (-2, 9, -30, 3)}
    assert shown(section.card.model) == ["planned", ids[3], ids[9], "held", ids[-2], ids[-30]]
    assert isinstance(section.card.model.index(0).data(ROW_ROLE), Heading)
    assert section.card.list.chosen_id == ids[-2]


def test_arrows_pass_headings_by(meetings: Meetings) -> None:
    section = meetings.section
    ids = {days: meetings.log(days) for days in (-2, 3)}
    section.card.list.setFocus()
    section.card.choose(ids[3])
    meetings.key(Key.Key_Down)
    assert section.card.list.chosen_id == ids[-2]
    meetings.key(Key.Key_Up)
    assert section.card.list.chosen_id == ids[3]


def test_the_filter_goes_by_words_channel_and_purpose(meetings: Meetings) -> None:
    section = meetings.section
    usage = meetings.log(-1, channel=Channel.PHONE, summary="Ｕｓａｇｅ falls")
    secret = meetings.log(-2, type=TouchpointType.QBR, private_note="The budget")
    section.card.search.setFocus()
    meetings.type("usage FALLS")
    assert [row.id for row in section.card.model.rows] == [usage]
    meetings.key(Key.Key_Escape)
    assert len(section.card.model.rows) == 2
    meetings.type("budget")
    assert [row.id for row in section.card.model.rows] == [secret]
    meetings.key(Key.Key_Down)
    assert meetings.focus is section.card.list
    assert section.panel.row is not None
    assert section.panel.row.id == secret
    meetings.run("touchpoints.show_all")
    section.card.channel.setCurrentIndex(section.card.channel.findText("Phone"))
    section.card.channel.activated.emit(section.card.channel.currentIndex())
    assert [row.id for row in section.card.model.rows] == [usage]
    section.show_item("touchpoint", secret)  # what hides it is taken away
    assert section.card.list.chosen_id == secret


def test_each_field_of_an_old_one_is_stored_when_one_leaves_it(meetings: Meetings) -> None:
    meetings.log(-40, summary="Before")
    section = meetings.section
    section.card.list.setFocus()
    meetings.key(Key.Key_Return)
    assert meetings.focus is section.panel.text("summary")
    section.panel.text("summary").selectAll()
    meetings.type("After")
    meetings.tab()
    meetings.type("Inside")
    section.panel.when.setFocus()
    section.panel.when.selectAll()
    meetings.type("2026-01-05 9:30")
    meetings.key(Key.Key_Return)
    (row,) = meetings.stored
    assert (row.summary, row.private_note) == ("After", "Inside")
    assert row.held_at == dt.datetime(2026, 1, 5, 9, 30).astimezone()


def test_who_was_there_is_changed_in_place_and_undone(
    meetings: Meetings, desk: Desk, fuji: Fuji, qtbot: QtBot
) -> None:
    meetings.log(-1, attendees=[Person(Side.US, fuji.yamada, "Yamada")])
    section = meetings.section
    section.panel.who.setFocus()
    meetings.name("Sato")
    assert [one.name for one in meetings.stored[0].attendees] == ["Yamada", "Sato"]
    undone(desk, qtbot)
    assert [one.name for one in section.panel.who.people] == ["Yamada"]


def test_one_more_action_goes_into_the_plan_and_leads_there(
    meetings: Meetings, workspace: Workspace, desk: Desk, qtbot: QtBot
) -> None:
    row_id = meetings.log(-1)
    section = meetings.section
    section.panel.new_action.setFocus()
    meetings.type("Send it @sato 2027-02-03")
    meetings.key(Key.Key_Return)
    settle()
    (action,) = meetings.stored[0].actions
    assert (action.customer_owner, action.due_on) == ("Sato", dt.date(2027, 2, 3))
    assert section.panel.new_action.text() == ""
    with qtbot.waitSignal(desk.place_asked) as asked:
        section.panel.led_to.titles[0].click()
    assert asked.args == ["action", action.id]
    section.panel.led_to.ticks[0].click()
    settle()
    assert meetings.stored[0].actions[0].is_done
    assert section.panel.led_to.ticks[0].isChecked()
    workspace.write(
        "Reopen", edit_item, ItemRef(ItemKind.ACTION, action.id), status=ActionStatus.OPEN
    )
    settle()
    assert not section.panel.led_to.ticks[0].isChecked()
    assert meetings.stored[0].id == row_id


def test_an_action_item_leads_back_to_the_touchpoint_it_came_of(
    meetings: Meetings, desk: Desk, fuji: Fuji, qtbot: QtBot
) -> None:
    plan = ItemRef(None, fuji.plan)
    row_id = meetings.log(-1, next_actions=[TypedAction("Send it")], below=plan)
    meetings.page.show_item("action", meetings.stored[0].actions[0].id)
    (source,) = [
        button
        for button in meetings.page.section("plan").findChildren(QPushButton)
        if button.accessibleName() == "Came of" and button.isVisible()
    ]
    with qtbot.waitSignal(desk.place_asked) as asked:
        source.click()
    assert asked.args == ["touchpoint", row_id]


def test_a_touchpoint_is_brought_into_view_from_anywhere(meetings: Meetings) -> None:
    old = meetings.log(-9)
    meetings.log(-1)
    meetings.page.show_item("touchpoint", old)
    section = meetings.section
    assert section.isVisible()
    assert section.panel.row is not None
    assert section.panel.row.id == old


def test_a_deleted_one_leaves_its_neighbour_chosen_and_undo_brings_it_back(
    meetings: Meetings, desk: Desk, qtbot: QtBot
) -> None:
    ids = [meetings.log(-days) for days in (1, 2, 3)]
    section = meetings.section
    section.card.choose(ids[1])
    section.card.list.setFocus()
    meetings.key(Key.Key_Delete)
    settle()
    assert [row.id for row in meetings.stored] == [ids[0], ids[2]]
    assert section.card.list.chosen_id == ids[2]
    undone(desk, qtbot)
    assert shown(section.card.model) == ids


def test_a_colleagues_words_never_replace_what_is_being_typed(
    meetings: Meetings, colleague: Colleague, desk: Desk
) -> None:
    row_id = meetings.log(-1, summary="Before")
    section = meetings.section
    field = section.panel.text("summary")
    field.setFocus()
    field.selectAll()
    meetings.type("Mine")
    colleague.arrives(edit_touchpoint, row_id, summary="Theirs", decisions="Decided")
    assert field.typed == "Mine"
    assert field.stored == "Theirs"
    assert desk.editing.bar is not None
    assert section.panel.text("decisions").typed == "Decided"


def test_what_was_typed_in_one_that_is_deleted_meanwhile_is_kept(
    meetings: Meetings, colleague: Colleague, desk: Desk
) -> None:
    row_id = meetings.log(-1)
    field = meetings.section.panel.text("private_note")
    field.setFocus()
    meetings.type("Must not be lost")
    colleague.arrives(delete_touchpoints, [row_id])
    assert desk.editing.kept_bar is not None


def test_the_head_says_how_contact_stands(
    meetings: Meetings, workspace: Workspace, fuji: Fuji
) -> None:
    workspace.write("High", edit_account, fuji.account, touch_model=TouchModel.HIGH)
    settle()
    section = meetings.section
    assert section.head.words == "No touchpoint yet Overdue: not one yet"
    meetings.log(-20)
    assert section.head.words == "Last touchpoint 20 days ago 6 days overdue"
    meetings.log(-3)
    assert section.head.words == "Last touchpoint 3 days ago due in 11 days"


def test_the_keyboard_goes_from_part_to_part(meetings: Meetings) -> None:
    meetings.log(-1)
    meetings.page.resize(1300, 1100)
    section = meetings.section
    settle()
    meetings.run("touchpoints.new")
    goals = [section.card.list, section.panel.text("summary"), section.drawer.quick.form.channel]
    for goal in goals:
        meetings.run("touchpoints.next_pane")
        assert meetings.focus is goal


def test_where_there_is_little_room_the_form_has_it_all(meetings: Meetings) -> None:
    meetings.log(-1)
    meetings.page.resize(1000, 700)
    section = meetings.section
    settle()
    assert section.card.isVisible()
    meetings.run("touchpoints.new")
    settle()
    quick = section.drawer.quick
    assert not section.card.isVisible()
    assert quick.log_button.isVisible()
    assert section.rect().contains(
        quick.log_button.mapTo(section, quick.log_button.rect().center())
    )
    meetings.key(Key.Key_Escape)
    assert section.card.isVisible()


@pytest.mark.parametrize("count", [500])
def test_a_long_history_is_shown_at_once_and_kept_in_step(
    meetings: Meetings, workspace: Workspace, fuji: Fuji, count: int
) -> None:
    from sqlalchemy.orm import Session

    from csdesk.actions.touchpoints import log_touchpoint

    now = dt.datetime.now(dt.UTC)

    def fill(session: Session) -> None:
        for days in range(count):
            held_at = now - dt.timedelta(days=days + 1)
            log_touchpoint(session, fuji.account, held_at=held_at, summary=f"No. {days}")

    workspace.write("Many", fill)
    settle()
    section = meetings.section
    assert len(section.card.model.rows) == count
    section.card.list.setFocus()
    meetings.key(Key.Key_End)
    last = section.card.list.chosen_id
    meetings.log(-0.5)
    assert section.card.list.chosen_id == last  # what is chosen stays chosen
    assert len(section.card.model.rows) == count + 1
