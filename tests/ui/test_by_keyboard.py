"""By keyboard alone: from opening the program to the PDF that the customer takes home."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from csdesk.actions.accounts import add_account
from csdesk.actions.editing import today
from csdesk.actions.kpis import add_kpi
from csdesk.actions.people import add_contact, add_member
from csdesk.insight.typed_dates import typed_date
from csdesk.model.vocabulary import ActionStatus, Phase, PlanType, TargetMode, TouchModel
from csdesk.queries.outline import OutlineItem, plan_outline
from tests.ui.keyboard import Keyboard
from ui.app import Program
from ui.desk import Desk
from ui.pages.account.page import AccountPage
from ui.pages.plan.plan_section import PlanSection

MILESTONES = ["Numbers are agreed", "Two teams use it", "Everybody uses it"]
ACTIONS = ["Fetch last year's numbers", "Invite both teams", "Train them", "Look back", "Report"]
DATES = ["12/5", "来週金曜", "+2w", "next friday", "2027-01-31"]


def fill(session: Session) -> str:
    """Add accounts, people of both sides and a KPI; return the account that is looked for."""
    owner = add_member(session, "Yamada")
    for name, kana in (("青葉物流", "アオバブツリュウ"), ("北辰フーズ", "ホクシンフーズ")):
        add_account(session, name, name_kana=kana, owner_id=owner)
    account = add_account(
        session,
        "富士リテール",
        name_kana="フジリテール",
        name_en="Fuji Retail",
        owner_id=owner,
        phase=Phase.ONBOARDING,
        touch_model=TouchModel.HIGH,
    )
    add_contact(session, account, "Sato")
    add_kpi(session, "Deals a month")
    return account


@pytest.fixture
def account(opened: Program) -> str:
    """Return the account that is looked for, in the workspace that is open."""
    assert opened.files.desk is not None
    step = opened.files.desk.write("Fill", fill)
    assert step is not None
    return step.result


def plan_section(program: Program) -> PlanSection:
    """Return the tab of the success plan of the account in view."""
    frame = program.window.frame
    assert frame is not None
    assert isinstance(frame.page, AccountPage)
    section = frame.page.section("plan")
    assert isinstance(section, PlanSection)
    return section


def desk_of(program: Program) -> Desk:
    """Return the desk that is open."""
    assert program.files.desk is not None
    return program.files.desk


def goal_of(program: Program, title: str) -> OutlineItem:
    """Read a goal of the plan in view."""
    section = plan_section(program)
    outline = desk_of(program).read(plan_outline, section.plan_id, today=today())
    assert outline is not None
    return next(item for item in outline.items if item.title == title)


def command(keys: Keyboard, program: Program, qtbot: QtBot, words: str) -> None:
    """Find a command in the palette and do it."""
    frame = program.window.frame
    assert frame is not None
    keys.press("Ctrl+K")
    keys.type(f">{words}")
    qtbot.waitUntil(lambda: frame.search.popup.isVisible())
    keys.press("Return")


def go_to_account(keys: Keyboard, program: Program, qtbot: QtBot, typed: str) -> None:
    """Find an account in the palette and open it."""
    frame = program.window.frame
    assert frame is not None
    keys.press("Ctrl+K")
    keys.type(typed)
    qtbot.waitUntil(lambda: frame.search.popup.isVisible())
    keys.press("Return")


@pytest.mark.parametrize("typed", ["fu", "ふじ", "フジ", "富士"])
def test_two_letters_or_kana_find_an_account(
    qtbot: QtBot, opened: Program, account: str, typed: str
) -> None:
    go_to_account(Keyboard(opened.window), opened, qtbot, typed)
    frame = opened.window.frame
    assert frame is not None
    assert isinstance(frame.page, AccountPage)
    assert frame.page.account_id == account


def test_a_plan_is_made_worked_on_and_handed_over(
    qtbot: QtBot, opened: Program, account: str, tmp_path: Path
) -> None:
    keys = Keyboard(opened.window)
    go_to_account(keys, opened, qtbot, "fu")
    begin_plan(keys, opened)
    add_goal(keys, opened, qtbot)
    add_milestones_and_actions(keys, opened)
    give_owners_and_dates(keys, opened)
    tick_and_undo(keys, opened, qtbot)
    export(keys, opened, qtbot, tmp_path / "plan.pdf")


def begin_plan(keys: Keyboard, program: Program) -> None:
    """Begin a plan from a template that is found by its name."""
    keys.press("Ctrl+PgDown", "Ctrl+Shift+T")
    keys.type("onboarding")
    keys.press("Return", "Return", "Escape")
    section = plan_section(program)
    outline = desk_of(program).read(plan_outline, section.plan_id, today=today())
    assert outline is not None
    assert outline.type == PlanType.ONBOARDING
    assert len(outline.items) >= 2
    assert all(goal.children for goal in outline.items)


def add_goal(keys: Keyboard, program: Program, qtbot: QtBot) -> None:
    """Add a goal that is to reach 120 % of its baseline."""
    command(keys, program, qtbot, "add a goal")
    keys.type("More deals")
    keys.press("Return", "Escape", "F6")
    adder = plan_section(program).panel.measures.adder
    keys.press_until("Tab", adder)
    keys.type("Deals")
    keys.press("Return")
    keys.type("80")
    (card,) = plan_section(program).panel.measures.cards
    keys.press_until("Tab", card.target)
    keys.type("120 % of baseline")
    keys.press("Return")
    (measure,) = goal_of(program, "More deals").measures
    assert measure.kpi_name == "Deals a month"
    assert (measure.target_mode, measure.target) == (TargetMode.PERCENT_OF_BASELINE, 120)
    assert measure.target_number == Decimal(96)


def add_milestones_and_actions(keys: Keyboard, program: Program) -> None:
    """Add three milestones below the goal, and five actions below the last of them."""
    keys.press_until("F6", plan_section(program).view)
    keys.press("Return")
    for number, title in enumerate(MILESTONES):
        keys.type(title)
        if number == 0:
            keys.press("Tab")
        keys.press("Return")
    keys.press("Tab")
    for title in ACTIONS:
        keys.type(title)
        keys.press("Return")
    keys.press("Escape")
    milestones = goal_of(program, "More deals").children
    assert [one.title for one in milestones] == MILESTONES
    assert [one.title for one in milestones[-1].children] == ACTIONS


def give_owners_and_dates(keys: Keyboard, program: Program) -> None:
    """Give each action somebody in charge and a date, from the last one up."""
    for typed in reversed(DATES):
        keys.press("Right", "Return")
        keys.type("Yama")
        keys.press("Return", "Right", "Return")
        keys.type(typed)
        keys.press("Return", "Left", "Left", "Up")
    actions = goal_of(program, "More deals").children[-1].children
    assert [one.owner for one in actions] == ["Yamada"] * 5
    assert [one.due_on for one in actions] == [typed_date(one, today()) for one in DATES]


def tick_and_undo(keys: Keyboard, program: Program, qtbot: QtBot) -> None:
    """Tick an action off, then take that back."""
    keys.press("Down")
    keys.press("Space")
    first = goal_of(program, "More deals").children[-1].children[0]
    assert first.status == ActionStatus.DONE
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: not desk_of(program).tasks.busy)
    first = goal_of(program, "More deals").children[-1].children[0]
    assert first.status == ActionStatus.OPEN


def export(keys: Keyboard, program: Program, qtbot: QtBot, path: Path) -> None:
    """Export the plan as a PDF and read it back."""
    keys.press("Ctrl+P")
    qtbot.waitUntil(lambda: keys.focus.objectName() == "fileNameEdit", timeout=20_000)
    keys.press("Ctrl+A")
    keys.type(str(path))
    keys.press("Return")
    qtbot.waitUntil(path.exists, timeout=20_000)
    qtbot.waitUntil(lambda: not desk_of(program).tasks.busy, timeout=20_000)
    document = pypdfium2.PdfDocument(path)
    words = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    document.close()
    for title in ("Fuji Retail", "More deals", *MILESTONES, *ACTIONS):
        assert title in words
