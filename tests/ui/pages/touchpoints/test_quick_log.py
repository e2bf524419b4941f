"""A touchpoint is logged by keyboard alone, in one step, and nothing typed is lost before that."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from csdesk.actions.accounts import add_account
from csdesk.actions.people import add_contact, add_member
from csdesk.actions.plans import delete_plan
from csdesk.i18n import use_language
from csdesk.model.vocabulary import Channel, Side, TouchpointType
from csdesk.queries.accounts import plans_of
from csdesk.store.drafts import kept_drafts
from csdesk.workspace.workspace import Workspace
from tests.ui.colleague import Colleague
from tests.ui.pages.fuji import Fuji, settle, undone
from tests.ui.pages.touchpoints.meetings import CONTROL, Key, Meetings
from ui.desk import Desk
from ui.pages.account.page import AccountPage
from ui.pages.touchpoints.draft import Draft, Drafts
from ui.pages.touchpoints.touchpoints_section import TouchpointsSection


def at(days: int, hour: int, minute: int = 0) -> dt.datetime:
    day = dt.datetime.now().astimezone().date() + dt.timedelta(days=days)
    return dt.datetime.combine(day, dt.time(hour, minute)).astimezone()


def test_everything_is_filled_in_and_logged_by_keys_alone(
    meetings: Meetings, desk: Desk, qtbot: QtBot
) -> None:
    meetings.workspace.write("Suzuki", add_member, "Suzuki Ken")
    settle()
    meetings.run("touchpoints.new")
    meetings.type("Phone")
    meetings.tab()
    meetings.type("QBR")
    meetings.tab()
    meetings.type("yesterday 15:00")
    meetings.tab()
    meetings.name("sat")
    meetings.name("Takahashi Jun")
    meetings.tab()
    meetings.type("All is well.")
    meetings.tab()
    meetings.type("Budget shrinks.")
    meetings.tab()
    meetings.type("Go on.")
    meetings.tab()
    meetings.type("Pleased")
    meetings.tab()
    meetings.type("Send the plan @suzuki 2027-01-15")
    meetings.key(Key.Key_Return)
    meetings.type("Answer @sato")
    meetings.key(Key.Key_Return, CONTROL)
    (row,) = meetings.stored
    assert (row.channel, row.type, row.held_at) == (Channel.PHONE, TouchpointType.QBR, at(-1, 15))
    assert (row.summary, row.private_note) == ("All is well.", "Budget shrinks.")
    assert (row.decisions, row.reaction) == ("Go on.", "Pleased")
    assert {(one.name, one.side) for one in row.attendees} == {
        ("Sato", Side.CUSTOMER),
        ("Takahashi Jun", Side.CUSTOMER),
    }
    assert [(one.title, one.owner, one.customer_owner, one.due_on) for one in row.actions] == [
        ("Send the plan", "Suzuki Ken", "", dt.date(2027, 1, 15)),
        ("Answer", "", "Sato", None),
    ]
    assert row.plan_id == meetings.fuji.plan
    settle()
    assert meetings.section.card.list.chosen_id == row.id
    assert meetings.focus is meetings.section.card.list
    assert desk.workspace.undo_label == "Log QBR · Phone"
    undone(desk, qtbot)
    assert meetings.stored == ()


def test_now_is_proposed_and_who_sits_here(meetings: Meetings, desk: Desk) -> None:
    desk.preferences.choose_me(desk.workspace.id, meetings.fuji.yamada)
    meetings.run("touchpoints.new")
    meetings.key(Key.Key_Return, CONTROL)
    (row,) = meetings.stored
    assert row.held_at is not None
    assert abs(row.held_at - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=2)
    assert [one.name for one in row.attendees] == ["Yamada"]


def test_a_meeting_ahead_is_planned_and_told_so(meetings: Meetings) -> None:
    meetings.run("touchpoints.plan_meeting")
    quick = meetings.section.drawer.quick
    assert meetings.focus is quick.form.when
    assert quick.log_button.text() == "Plan the meeting"
    meetings.type("+3d 14:30")
    meetings.key(Key.Key_Return, CONTROL)
    (row,) = meetings.stored
    assert row.held_at == at(3, 14, 30)
    assert row.is_planned(dt.datetime.now(dt.UTC))


def test_what_is_no_moment_is_not_logged(meetings: Meetings, desk: Desk, qtbot: QtBot) -> None:
    meetings.run("touchpoints.plan_meeting")
    meetings.type("some day")
    with qtbot.waitSignal(desk.messages.said) as said:
        meetings.key(Key.Key_Return, CONTROL)
    assert "not a date" in said.args[0].text
    assert meetings.stored == ()
    assert meetings.section.drawer.quick.form.when.text() == "some day"


def test_a_half_typed_name_is_asked_about(meetings: Meetings, desk: Desk, qtbot: QtBot) -> None:
    meetings.run("touchpoints.new")
    who = meetings.section.drawer.quick.form.who
    who.setFocus()
    meetings.type("Nobody Known")
    with qtbot.waitSignal(desk.messages.said) as said:
        meetings.key(Key.Key_Return, CONTROL)
    assert "Nobody Known" in said.args[0].text
    assert meetings.stored == ()
    who.line.clear()
    who.setFocus()
    meetings.type("Sat")  # one person alone can be meant
    meetings.key(Key.Key_Return, CONTROL)
    assert [one.name for one in meetings.stored[0].attendees] == ["Sato"]


def test_without_a_plan_one_is_made_for_the_actions_and_told_before(
    meetings: Meetings, workspace: Workspace, fuji: Fuji
) -> None:
    workspace.write("Delete", delete_plan, fuji.plan)
    settle()
    meetings.run("touchpoints.new")
    field = meetings.section.drawer.quick.form.next_actions
    assert not field._no_plan.isVisible()
    field.setFocus()
    meetings.type("Begin")
    assert field._no_plan.isVisible()
    assert field.place.currentText() == "New plan “Success plan for Fuji Retail”"
    meetings.key(Key.Key_Return, CONTROL)
    (plan,) = workspace.read(plans_of, fuji.account)
    assert plan.title == "Success plan for Fuji Retail"
    assert [one.title for one in meetings.stored[0].actions] == ["Begin"]


def test_a_draft_waits_for_its_account_and_outlives_the_page(
    meetings: Meetings, workspace: Workspace, desk: Desk, fuji: Fuji, qtbot: QtBot
) -> None:
    other = workspace.write("Other", add_account, "Other").result
    settle()
    meetings.run("touchpoints.new")
    form = meetings.section.drawer.quick.form
    form.texts["private_note"].setFocus()
    meetings.type("Secret")
    meetings.page.open_tab("overview")
    meetings.page.show_item("account", other)
    meetings.page.open_tab("touchpoints")
    assert not meetings.section.drawer.is_open
    meetings.run("touchpoints.new")
    assert form.texts["private_note"].typed == ""
    use_language("ja")
    page = AccountPage(desk)
    qtbot.addWidget(page)
    page.show_item("account", fuji.account)
    section = page.section("touchpoints")
    assert isinstance(section, TouchpointsSection)
    assert section.drawer.is_open
    assert section.drawer.quick.form.texts["private_note"].typed == "Secret"


def test_what_was_typed_is_there_again_when_the_program_is(
    meetings: Meetings, desk: Desk, fuji: Fuji, qtbot: QtBot
) -> None:
    meetings.run("touchpoints.new")
    form = meetings.section.drawer.quick.form
    form.who.setFocus()
    meetings.name("Takahashi Jun")
    form.texts["private_note"].setFocus()
    meetings.type("Secret")
    desk.closed.emit()  # as the window does when it is closed
    again = Desk(desk.workspace, desk.look, desk.tasks, desk.messages, desk.preferences)
    page = AccountPage(again)
    qtbot.addWidget(page)
    page.show_item("account", fuji.account)
    section = page.section("touchpoints")
    assert isinstance(section, TouchpointsSection)
    assert section.drawer.is_open
    assert section.drawer.quick.form.draft() == form.draft()
    section.drawer.quick.log()
    Drafts.of(again).write()
    assert kept_drafts(desk.workspace.replica) == {}
    again.close()
    again.deleteLater()


def test_two_windows_log_of_one_account_and_neither_text_is_lost(
    meetings: Meetings, workspace: Workspace, desk: Desk, fuji: Fuji, qtbot: QtBot
) -> None:
    other = workspace.write("Other", add_account, "Other").result
    settle()
    meetings.run("touchpoints.new")
    here = meetings.section.drawer.quick
    here.form.texts["summary"].setFocus()
    meetings.type("Here")
    beside = Desk(workspace, desk.look, desk.tasks, desk.messages, desk.preferences, first=desk)
    page = AccountPage(beside)
    qtbot.addWidget(page)
    page.show_item("account", fuji.account)
    section = page.section("touchpoints")
    assert isinstance(section, TouchpointsSection)
    assert not section.drawer.is_open, "what waits is being written in the other window"
    section.drawer.start_log()
    there = section.drawer.quick
    assert there.form.texts["summary"].typed == ""
    words = "Another window has a draft of its own."
    (hint,) = (one for one in there.findChildren(QLabel) if one.text() == words)
    assert not hint.isHidden()
    there.form.texts["summary"].setPlainText("There")
    Drafts.of(desk).write()
    kept = kept_drafts(workspace.replica).values()
    assert sorted(one["summary"] for one in kept) == ["Here", "There"]
    page.show_item("account", other)
    page.show_item("account", fuji.account)
    assert there.form.texts["summary"].typed == "There"
    there.log()
    assert here.form.texts["summary"].typed == "Here"
    beside.left.emit()  # as the window does when it is closed
    here.log()
    assert not here.has_draft
    assert sorted(one.summary for one in meetings.stored) == ["Here", "There"]
    Drafts.of(desk).write()
    assert kept_drafts(workspace.replica) == {}
    beside.close()
    beside.deleteLater()


def test_drafts_that_cannot_be_read_are_passed_over(desk: Desk) -> None:
    file = desk.workspace.replica.folder / "drafts.json"
    for text in ("no json", "[1]", '{"a": 3}', '{"a": {"summary": 4, "people": [["x"], 5]}}'):
        file.write_text(text, encoding="utf-8")
        drafts = Drafts(desk)
        assert drafts.draft("a", desk) in (None, Draft())
        drafts.deleteLater()


def test_escape_closes_the_form_and_keeps_what_is_typed(meetings: Meetings) -> None:
    meetings.run("touchpoints.new")
    form = meetings.section.drawer.quick.form
    form.texts["summary"].setFocus()
    meetings.type("Half a word")
    meetings.key(Key.Key_Escape)
    assert not meetings.section.drawer.is_open
    meetings.run("touchpoints.new")
    assert form.texts["summary"].typed == "Half a word"


def test_a_discarded_draft_comes_back(meetings: Meetings, desk: Desk, qtbot: QtBot) -> None:
    meetings.run("touchpoints.new")
    quick = meetings.section.drawer.quick
    quick.form.texts["summary"].setFocus()
    meetings.type("Much work")
    with qtbot.waitSignal(desk.messages.said) as said:
        quick.discard()
    assert not meetings.section.drawer.is_open
    assert quick.form.texts["summary"].typed == ""
    said.args[0].act()
    assert meetings.section.drawer.is_open
    assert quick.form.texts["summary"].typed == "Much work"


def test_a_colleagues_change_leaves_what_is_typed_and_brings_new_people(
    meetings: Meetings, colleague: Colleague, fuji: Fuji
) -> None:
    meetings.run("touchpoints.new")
    form = meetings.section.drawer.quick.form
    form.texts["summary"].setFocus()
    meetings.type("In the middle")
    colleague.arrives(add_contact, fuji.account, "Ito Mei")
    assert form.texts["summary"].typed == "In the middle"
    assert meetings.focus is form.texts["summary"]
    form.who.setFocus()
    meetings.type("Ito")
    assert [one.name for one in form.who.offered][:1] == ["Ito Mei"]


CHIP_KEYS = (
    ([Key.Key_Backspace], ["Sato"]),
    ([Key.Key_Left, Key.Key_Delete], ["Sato"]),
    ([Key.Key_Left, Key.Key_Left, Key.Key_Backspace], ["Yamada"]),
    ([Key.Key_Left, Key.Key_Right, Key.Key_Backspace], ["Sato"]),
)


def test_chips_are_taken_out_by_keys(meetings: Meetings) -> None:
    meetings.run("touchpoints.new")
    who = meetings.section.drawer.quick.form.who
    for keys, left in CHIP_KEYS:
        who.show_people(())
        who.setFocus()
        for name in ("Sato", "Yamada"):
            meetings.name(name)
        for key in keys:
            meetings.key(key)
        assert [one.name for one in who.people] == left


def test_a_name_nobody_has_is_offered_on_either_side(meetings: Meetings) -> None:
    meetings.run("touchpoints.new")
    who = meetings.section.drawer.quick.form.who
    who.setFocus()
    meetings.type("Mori")
    assert [(one.side, one.id) for one in who.offered] == [(Side.CUSTOMER, None), (Side.US, None)]
    assert [str(name) for name in who._names.stringList()] == [
        "New contact “Mori”",
        "New team member “Mori”",
    ]
