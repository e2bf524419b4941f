"""After undo and redo the cursor is on what the step touched, and whoever types goes on typing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from csdesk.actions.accounts import add_account, delete_accounts, tag_accounts
from csdesk.actions.editing import today
from csdesk.actions.kpis import add_kpi, set_kpi_values
from csdesk.actions.people import add_contact, add_member, delete_contacts, delete_members
from csdesk.actions.plan_items import delete_items, edit_item
from csdesk.actions.plans import add_measure, add_plan, delete_plan
from csdesk.actions.risks import add_risk, edit_risk
from tests.actions.outlines import Outline
from tests.ui.keyboard import Keyboard
from tests.ui.pages.fuji import Fuji, build_fuji, settle
from ui.app import Program
from ui.desk import Desk
from ui.desk_frame import DeskFrame
from ui.pages.account.page import AccountPage
from ui.pages.accounts.page import AccountsPage
from ui.pages.kpis.kpi_section import KpiSection
from ui.pages.plan.plan_section import PlanSection
from ui.pages.risks.risks_section import RisksSection
from ui.pages.settings import SettingsPage
from ui.pages.today.page import TodayPage


class Room:
    """The window with an account, and somebody at its keyboard."""

    def __init__(self, program: Program, qtbot: QtBot) -> None:
        frame, desk = program.window.frame, program.files.desk
        assert frame is not None
        assert desk is not None
        self.frame: DeskFrame = frame
        self.desk: Desk = desk
        self.window = program.window
        self.keys = Keyboard(program.window)
        self.redo_keys = QKeySequence(QKeySequence.StandardKey.Redo).toString()
        self._qtbot = qtbot
        self.fuji: Fuji = desk.workspace.write("Fuji", build_fuji).result
        settle()

    def press(self, key: str) -> None:
        """Press the key of undo or redo, and wait until it is done and shown."""
        self.keys.press(key)
        self.rest()

    def rest(self) -> None:
        """Wait until nothing is on its way."""
        self._qtbot.waitUntil(lambda: not self.desk.tasks.busy)
        settle()

    def account_page(self, tab: str) -> AccountPage:
        """Show the account at a tab."""
        self.desk.show("account", self.fuji.account)
        page = self.frame.page
        assert isinstance(page, AccountPage)
        page.open_tab(tab)
        self.frame.focus_page()
        settle()
        return page


@pytest.fixture
def room(opened: Program, qtbot: QtBot) -> Room:
    """Return the window with an account."""
    return Room(opened, qtbot)


def test_in_the_outline_the_cursor_goes_to_what_came_back(room: Room) -> None:
    section = room.account_page("plan").section("plan")
    assert isinstance(section, PlanSection)
    nodes = section.model.all_nodes()
    view, items = section.view, {one.item.title: one.ref for one in nodes if one.item}

    def here() -> str:
        item = view.current_item
        return item.title if item is not None else ""

    view.choose(items["M1"].id)
    view.fold([items["G1"].id])
    view.open_above(section.model.index_of(items["M1"].id))
    room.keys.press("Del")
    view.choose(items["A3"].id)
    view.collapse(section.model.index_of(items["G1"].id))
    room.press("Ctrl+Z")
    assert here() == "M1"
    assert view.hasFocus()
    view.choose(items["A3"].id)
    room.press(room.redo_keys)
    assert here() == "A3"  # nothing is left to be at
    room.press("Ctrl+Z")
    assert here() == "M1"
    # A measure has no line of its own: its goal is where the cursor goes.
    kpi = room.desk.workspace.write("KPI", add_kpi, "Users").result
    room.desk.workspace.write("Measure", add_measure, items["G2"].id, kpi)
    settle()
    room.press("Ctrl+Z")
    assert here() == "G2"
    # The keyboard stays where somebody works with the same rows in another way.
    section.timeline.view.setFocus()
    room.desk.workspace.write("Delete", delete_items, [items["A3"]])
    settle()
    room.press("Ctrl+Z")
    assert here() == "A3"
    assert section.timeline.view.hasFocus()
    # A plan that was in view is in view again.
    other = room.desk.workspace.write("Plan", add_plan, room.fuji.account, "Other").result
    settle()
    room.desk.show("plan", other)
    room.desk.workspace.write("Delete", delete_plan, other)
    settle()
    assert section.plan_id == room.fuji.plan
    room.press("Ctrl+Z")
    assert section.plan_id == other


def test_in_lists_the_cursor_and_the_keyboard_go_back_but_not_from_what_is_typed(
    room: Room,
) -> None:
    section = room.account_page("risks").section("risks")
    assert isinstance(section, RisksSection)
    write = room.desk.workspace.write
    first = write("Add", add_risk, room.fuji.account, "First").result
    settle()
    risks = section.list_of("risk")
    risks.table.setFocus()
    room.keys.press("Del")
    assert not risks.table.isVisible()
    room.press("Ctrl+Z")
    assert risks.table.chosen_ids() == [first]
    assert risks.table.hasFocus()
    second = write("Add", add_risk, room.fuji.account, "Second").result
    write("Rate", edit_risk, first, probability=5, impact=5)
    settle()
    risks.table.choose(second)
    room.press("Ctrl+Z")
    assert risks.table.chosen_ids() == [first]
    risks.table.choose(second)
    room.keys.press("Ctrl+F")
    find = QApplication.focusWidget()
    room.keys.type("Sec")
    room.desk.redo()
    room.rest()
    assert QApplication.focusWidget() is find
    assert risks.table.chosen_ids() == [second]
    people = room.account_page("stakeholders").section("stakeholders")
    people.show_chart(True)  # type: ignore[attr-defined]
    settle()
    mori = write("Add", add_contact, room.fuji.account, "Mori").result
    write("Delete", delete_contacts, [mori])
    settle()
    room.press("Ctrl+Z")
    chart = people.chart.view  # type: ignore[attr-defined]
    assert (chart.current, chart.hasFocus()) == (mori, True)


def test_in_the_grid_of_kpis_the_cursor_goes_to_the_value(room: Room) -> None:
    month = today().replace(day=1)
    before = (month - dt.timedelta(days=40)).replace(day=1)
    write, account = room.desk.workspace.write, room.fuji.account
    kpi = write("KPI", add_kpi, "Users").result
    values = [(kpi, before, Decimal(3)), (kpi, month, Decimal(5))]
    write("Values", set_kpi_values, account, values)
    section = room.account_page("kpis").section("kpis")
    assert isinstance(section, KpiSection)
    grid = section.grid
    for changed in (Decimal(4), None):
        write("Value", set_kpi_values, account, [(kpi, before, changed)])
        settle()
        grid.setCurrentIndex(grid.model().index(0, grid.model().columnCount() - 1))
        room.press("Ctrl+Z")
        assert grid.currentIndex().data() == "3"
        assert grid.hasFocus()


def test_on_pages_the_cursor_goes_to_the_row_of_what_was_touched(room: Room) -> None:
    room.frame.show_page("accounts")
    page = room.frame.page
    assert isinstance(page, AccountsPage)
    write = room.desk.workspace.write
    aoba = write("Add", add_account, "Aoba").result
    settle()
    page.table.choose(room.fuji.account)
    page.table.setFocus()
    for action, args in ((delete_accounts, ([aoba],)), (tag_accounts, ([aoba], "east"))):
        write("Step", action, *args)
        settle()
        page.table.choose(room.fuji.account)
        room.press("Ctrl+Z")
        assert page.table.chosen_ids() == [aoba]
        assert page.table.hasFocus()
    # A line ticked off on the Today page is where one goes on after the tick was taken back.
    nodes = Outline(room.desk.workspace, room.fuji.plan)
    for title in ("A1", "A2"):
        write("Due", edit_item, nodes.ref(title), due_on=today())
    room.frame.show_page("today")
    here = room.frame.page
    assert isinstance(here, TodayPage)
    view = here.card("actions").view
    view.setFocus()
    room.keys.press("Down", "Space", "Home")
    assert view.line is not None
    left = view.line.item_id
    room.press("Ctrl+Z")
    assert view.hasFocus()
    assert {left, view.line.item_id} == {nodes.ref("A1").id, nodes.ref("A2").id}
    # On a page that shows none of it, nothing moves.
    room.frame.show_page("templates")
    room.frame.focus_page()
    held = room.keys.focus
    room.press(room.redo_keys)
    assert room.keys.focus is held
    room.window.commands.run("page.team")
    team = room.frame.page
    assert isinstance(team, SettingsPage)
    adams = write("Add", add_member, "Adams").result
    write("Delete", delete_members, [room.fuji.yamada])
    settle()
    assert team.team.table.chosen_ids() == [adams]
    room.press("Ctrl+Z")
    assert team.team.table.chosen_ids() == [room.fuji.yamada]
