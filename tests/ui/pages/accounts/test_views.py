"""Columns and saved views of the accounts table: chosen by keyboard, kept, shared, undone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from csdesk.actions.views import rename_view, save_view, update_view
from csdesk.insight.account_view import AccountFilter, AccountView, view_of
from csdesk.queries.accounts import member_choices
from csdesk.queries.views import ACCOUNTS, saved_views
from tests.ui.pages.accounts.views_desk import (
    Key,
    choose_in_menu,
    menu,
    names,
    popup,
    tick,
    titles,
)
from ui.desk import Desk
from ui.pages.accounts.built_in_views import built_in_views
from ui.pages.accounts.page import AccountsPage

CONTROL = Qt.KeyboardModifier.ControlModifier
USUAL_TITLES = [
    *("Account", "Touch model", "Phase", "Health", "ARR", "Renewal", "Plan progress"),
    *("Plan status", "Next action", "Last touch", "Owner"),
]


def shown_view(page: AccountsPage) -> str:
    """Return what the button of the views says."""
    return page.control.views.button.accessibleName()


def save_as(qtbot: QtBot, page: AccountsPage, name: str) -> None:
    """Save the look of the table under a name, by keyboard."""
    page.control.views.button.setFocus()
    qtbot.keyClick(page.control.views.button, Key.Key_Space)
    choose_in_menu(qtbot, "Save as a new view…")
    line = page.control.views.line
    assert line.field.hasFocus()
    qtbot.keyClicks(line.field, name)
    with qtbot.waitSignal(page.desk.changed):
        qtbot.keyClick(line.field, Key.Key_Return)
    assert line.isHidden()


def test_the_usual_columns_are_those_one_works_with(page: AccountsPage) -> None:
    assert titles(page) == USUAL_TITLES


def in_view(page: AccountsPage) -> list[str]:
    """Return the titles of the columns one can see or scroll to."""
    return [page.model.columns[number].title for number in page.table.visible_columns()]


def test_where_there_is_little_room_names_and_phases_keep_theirs_unless_columns_were_chosen(
    qtbot: QtBot, page: AccountsPage
) -> None:
    page.resize(1400, 700)
    qtbot.waitUntil(lambda: in_view(page) == USUAL_TITLES)
    page.resize(1024, 700)
    qtbot.waitUntil(lambda: "Touch model" not in in_view(page))
    table, columns = page.table, [column.key for column in page.model.columns]
    assert table.columnWidth(columns.index("name")) >= 180
    assert table.columnWidth(columns.index("phase")) >= 80
    assert titles(page) == USUAL_TITLES, "it is one of those shown, and comes back with the room"
    assert shown_view(page) == "Saved view: All accounts", "nobody changed the view"
    page.control.columns_button.setFocus()
    qtbot.keyClick(page.control.columns_button, Key.Key_Space)
    tick(qtbot, "Next action")
    assert [one for one in USUAL_TITLES if one != "Next action"] == in_view(page)


def test_columns_are_shown_hidden_moved_and_sorted_by_keyboard(
    qtbot: QtBot, page: AccountsPage
) -> None:
    page.control.columns_button.setFocus()
    qtbot.keyClick(page.control.columns_button, Key.Key_Space)
    opened = popup()
    opened.go_to("phase")
    qtbot.keyClick(opened.list, Key.Key_Space)
    qtbot.keyClick(opened.list, Key.Key_Down)  # health
    qtbot.keyClick(opened.list, Key.Key_Up, CONTROL)
    qtbot.keyClick(opened.list, Key.Key_Up, CONTROL)
    opened.go_to("tags")
    qtbot.keyClick(opened.list, Key.Key_Space)
    opened.go_to("arr")
    qtbot.keyClick(opened.list, Key.Key_Return, CONTROL)
    qtbot.keyClick(opened.list, Key.Key_Return, CONTROL)
    assert titles(page)[:4] == ["Account", "Health", "Touch model", "ARR"]
    assert titles(page)[-1] == "Tags"
    assert names(page)[0] == "Blue Harbor Bank"  # the largest ARR first
    qtbot.keyClick(opened.list, Key.Key_Escape)
    assert shown_view(page).endswith("(modified)")


def test_the_name_of_the_account_cannot_be_hidden(qtbot: QtBot, page: AccountsPage) -> None:
    page.control.open_columns()
    tick(qtbot, "Account")
    assert titles(page) == USUAL_TITLES


def test_every_column_can_be_shown_and_painted(qtbot: QtBot, page: AccountsPage) -> None:
    for column in page.model.columns:
        page.control.layout.show_column(column.key, True)
    assert len(titles(page)) == len(page.model.columns)
    page.grab()
    again = AccountsPage(page.desk)
    qtbot.addWidget(again)
    again.restore(page.state())
    assert titles(again) == titles(page)


def test_views_of_the_programs_own_are_shown_as_they_are(qtbot: QtBot, page: AccountsPage) -> None:
    for view in built_in_views():
        page.control.views.open_menu()
        choose_in_menu(qtbot, view.name())
        assert shown_view(page) == f"Saved view: {view.name()}"
        assert not page.control.views.is_modified
        for row in page.model.rows():
            assert view.id != "no_plan" or row.plan_id is None
            assert (view.id == "archived") == (row.archived_on is not None)


def test_a_view_is_saved_changed_and_taken_back(
    qtbot: QtBot, page: AccountsPage, desk: Desk
) -> None:
    page.show_filter(AccountFilter((("touch_model", ("low",)),)))
    page.control.group_by("phase")
    save_as(qtbot, page, "Low & slow")
    assert shown_view(page) == "Saved view: Low & slow"
    page.control.layout.show_column("owner", False)
    page.control.views.show_name()
    assert shown_view(page) == "Saved view: Low & slow (modified)"
    page.control.views.open_menu()
    with qtbot.waitSignal(desk.changed):
        choose_in_menu(qtbot, "Save the changes")
    assert shown_view(page) == "Saved view: Low & slow"
    page.control.views.choose("all")
    assert len(names(page)) == 8
    assert "Owner" in titles(page)
    page.control.views.open_menu()
    choose_in_menu(qtbot, "Low & slow")
    assert len(names(page)) == 3
    assert page.model.is_grouped
    assert "Owner" not in titles(page)
    page.show_filter(AccountFilter())
    page.control.views.reset()
    assert len(names(page)) == 3


def test_a_view_is_renamed_and_deleted_with_undo(
    qtbot: QtBot, page: AccountsPage, desk: Desk
) -> None:
    page.show_filter(AccountFilter(text="hotels"))
    save_as(qtbot, page, "First")
    page.control.views.open_menu()
    choose_in_menu(qtbot, "Rename the view…")
    field = page.control.views.line.field
    assert field.selectedText() == "First"
    qtbot.keyClicks(field, "Second")
    with qtbot.waitSignal(desk.changed):
        qtbot.keyClick(field, Key.Key_Return)
    assert shown_view(page) == "Saved view: Second"
    page.control.views.open_menu()
    with qtbot.waitSignals([desk.changed, desk.messages.said]):
        choose_in_menu(qtbot, "Delete the view")
    assert shown_view(page) == "Saved view: All accounts (modified)"
    assert names(page) == ["Hanami Hotels"]  # the table stays as it looks
    with qtbot.waitSignal(desk.changed):
        desk.undo()
    assert "Second" in page.control.views.names().values()


def test_a_view_is_for_oneself_or_for_everybody(
    qtbot: QtBot, page: AccountsPage, desk: Desk
) -> None:
    tom = next(one.id for one in desk.read(member_choices) if one.name == "Tom Sato")
    page.control.views.save_as()
    assert page.control.views.line.whose.isHidden()  # nobody knows who sits here
    qtbot.keyClick(page.control.views.line.field, Key.Key_Escape)
    assert page.control.views.line.isHidden()
    desk.preferences.choose_me(desk.workspace.id, tom)
    save_as(qtbot, page, "Mine")
    assert [row.owner_id for row in desk.read(saved_views, ACCOUNTS, tom)] == [tom]
    page.control.views.open_menu()
    assert "Show to everybody" in [action.text() for action in menu().actions()]
    with qtbot.waitSignal(desk.changed):
        choose_in_menu(qtbot, "Show to everybody")
    assert [row.owner_id for row in desk.read(saved_views, ACCOUNTS, None)] == [None]


def test_what_a_colleague_does_to_a_view_is_seen_unless_one_is_changing_it(
    qtbot: QtBot, page: AccountsPage, desk: Desk
) -> None:
    low, tech = (AccountView(AccountFilter((("touch_model", (one,)),))) for one in ("low", "tech"))
    with qtbot.waitSignal(desk.changed):
        step = desk.write("Save", save_view, ACCOUNTS, "Touch", low, None)
    assert step is not None
    page.show_item("saved_view", step.result)
    assert len(names(page)) == 3
    with qtbot.waitSignal(desk.changed):
        desk.write("Change", update_view, step.result, tech)
    assert names(page) == ["Glacier Software"]
    page.show_filter(AccountFilter(text="aoba"))
    with qtbot.waitSignal(desk.changed):
        desk.write("Change", update_view, step.result, low)
        desk.write("Rename", rename_view, step.result, "Low touch")
    qtbot.waitUntil(lambda: shown_view(page) == "Saved view: Low touch (modified)")
    assert names(page) == ["Aoba Logistics"]


def test_the_look_of_now_and_its_view_survive_being_built_anew(
    qtbot: QtBot, page: AccountsPage, desk: Desk
) -> None:
    page.control.views.choose("renewals")
    page.control.bar.field.setText("bank")
    again = AccountsPage(desk)
    qtbot.addWidget(again)
    again.restore(page.state())
    assert names(again) == names(page) == ["Blue Harbor Bank"]
    assert shown_view(again) == shown_view(page) == "Saved view: Renewals in 90 days (modified)"
    assert again.control.layout.sorting() == ("renewal", False)


PASSED_OVER: tuple[dict[str, object], ...] = (
    {"columns": 5, "look": [], "view": None, "closed": 3},
    {"columns": {"columns": ["owner", 7, "gone"], "widths": {"owner": "wide", "arr": -4}}},
    {"look": {"filter": {"phase": "adoption", "nothing": ["x"]}, "group": "mood"}},
    {"view": "gone", "columns": {"sort": "gone"}, "closed": [1, None]},
)


def test_a_look_that_does_not_fit_is_passed_over(page: AccountsPage) -> None:
    for state in PASSED_OVER:
        page.restore(state)
        assert len(names(page)) == 8, state
        assert titles(page)[0] == "Account", state


def test_a_view_of_a_newer_version_says_so_and_keeps_what_is_not_shown(
    qtbot: QtBot, page: AccountsPage, desk: Desk
) -> None:
    newer = AccountView(columns=("mood", "arr", "name"), sort="mood")
    with qtbot.waitSignal(desk.changed):
        step = desk.write("Save", save_view, ACCOUNTS, "Newer", newer, None)
    assert step is not None
    page.control.views.reload()
    with qtbot.waitSignal(desk.messages.said) as said:
        page.control.views.choose(step.result)
    assert said.args is not None
    assert "Newer" in said.args[0].text
    assert titles(page) == ["ARR", "Account"]
    assert not page.control.views.is_modified
    page.control.group_by("owner")
    with qtbot.waitSignal(desk.changed):
        page.control.views.update()
    (row,) = desk.read(saved_views, ACCOUNTS, None)
    assert view_of(row.content).columns == ("arr", "name", "mood")
    page.control.views.choose("all")
    assert "mood" not in page.control.view().columns


def test_every_command_of_the_page_has_words_and_runs_where_it_may(
    qtbot: QtBot, page: AccountsPage
) -> None:
    found = {command.id: command for command in page.commands()}
    assert len(found) == len(page.commands())
    assert all(command.title for command in found.values())
    found["accounts.group_owner"].run()
    assert page.model.is_grouped
    found["accounts.show_no_plan"].run()
    assert names(page) == ["Glacier Software"]
    found["accounts.view_all"].run()
    assert not page.model.is_grouped
    found["accounts.filter_tags"].run()
    qtbot.keyClick(popup().list, Key.Key_Escape)
    found["accounts.filter"].run()
    assert page.control.bar.field.hasFocus()
    clear = found["accounts.clear_filters"]
    assert clear.is_enabled is not None
    assert not clear.is_enabled()
