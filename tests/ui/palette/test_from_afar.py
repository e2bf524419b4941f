"""What is not in front is found by the palette too, is marked with its place, and is done there."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from csdesk.actions.accounts import add_account
from csdesk.actions.plans import add_plan
from tests.ui.keyboard import Keyboard
from ui.app import Program
from ui.desk_frame import DeskFrame
from ui.pages.account.from_afar import FAR_COMMANDS
from ui.pages.account.page import _SECTIONS, AccountPage
from ui.pages.account.page_commands import TAB_NAMES
from ui.pages.accounts.page import AccountsPage
from ui.pages.plan.plan_section import PlanSection
from ui.palette.finds import Find


@pytest.fixture
def frame(opened: Program, qtbot: QtBot) -> DeskFrame:
    """Return the frame of a workspace with an account, chosen in the table."""
    frame = opened.window.frame
    assert frame is not None
    step = frame.desk.write("Add", add_account, "Fuji Retail")
    assert step is not None
    accounts = frame.page
    assert isinstance(accounts, AccountsPage)
    qtbot.waitUntil(lambda: accounts.model.total == 1)
    accounts.table.choose(step.result)
    return frame


def found(frame: DeskFrame, keyboard: Keyboard, typed: str) -> list[Find]:
    """Return what the palette lists for what somebody types."""
    keyboard.press("Ctrl+K")
    keyboard.type(typed)
    return frame.search.finds.finds


def account_page(frame: DeskFrame) -> AccountPage:
    """Return the page in front, which is that of an account."""
    assert isinstance(frame.page, AccountPage)
    return frame.page


def test_a_command_of_another_tab_goes_there_and_runs_without_having_been_made_before(
    opened: Program, frame: DeskFrame
) -> None:
    keyboard = Keyboard(opened.window)
    places = [find for find in found(frame, keyboard, ">go to history") if find.where]
    assert [find.where for find in places] == ["Fuji Retail"]
    keyboard.press("Return")
    page = account_page(frame)
    assert page.state()["tab"] == "history", "from the table right into the tab of the account"
    page.open_tab("overview")
    finds = found(frame, keyboard, ">new plan")
    assert (finds[0].title, finds[0].where, finds[0].keys) == ("New plan", "Success plan", "")
    assert set(page.state()["sections"]) == {"overview", "history"}, "no tab was made to offer it"
    keyboard.press("Return")
    assert page.state()["tab"] == "plan"
    section = page.section("plan")
    assert isinstance(section, PlanSection)
    assert section.verbs.is_open
    keyboard.press("Escape")
    finds = found(frame, keyboard, ">plan")
    wheres = [bool(find.where) for find in finds if find.title.casefold().startswith("plan")]
    assert wheres == sorted(wheres), "what is in front comes before what fits as well elsewhere"
    keyboard.press("Escape")


def test_what_is_offered_from_afar_is_what_the_tabs_offer(
    opened: Program, frame: DeskFrame
) -> None:
    assert tuple(_SECTIONS) == TAB_NAMES
    commands, accounts = opened.window.commands, frame.page
    assert isinstance(accounts, AccountsPage)
    account_id = accounts.model.row(0).id
    frame.show_item("account", account_id)
    without_plan = {one.id for one in commands.further}
    frame.desk.write("Plan", add_plan, account_id, title="Rollout")
    account_page(frame).refresh()
    with_plan = {one.id for one in commands.further}
    assert with_plan - without_plan == {one.steps[-1] for one in FAR_COMMANDS if one.needs_plan}
    for far in FAR_COMMANDS:
        account_page(frame).open_tab("overview")
        offered = {one.id: (one.title, one.icon) for one in commands.further}
        here = {one.id for one in commands}
        account_page(frame).open_tab(far.tab)
        for step in far.steps[:-1]:
            commands.run(step)
        real = next(one for one in commands if one.id == far.steps[-1])
        assert real.can_run, real.id
        assert not real.checkable, "from afar nobody sees whether it is on"
        assert real.id in here or offered[real.id] == (real.title, real.icon), real.id
