"""The Today page shows what needs somebody, ticks it off in place, and keeps up with others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from csdesk.actions.accounts import add_account
from csdesk.actions.contracts import add_contract
from csdesk.actions.people import add_member
from csdesk.actions.plan_items import add_item
from csdesk.actions.plans import add_plan
from csdesk.actions.rows import create_row
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.vocabulary import PlanStatus, TouchModel
from csdesk.queries.rows import row_of
from csdesk.workspace.workspace import Workspace
from tests.ui.colleague import settle
from tests.ui.front import bring_to_front
from tests.ui.pages.fuji import undone
from ui.desk import Desk
from ui.pages.today.agenda import Lines
from ui.pages.today.page import TodayPage

LATE, TODAY, LATER = -3, 0, 5


def fill(session: Any, today: dt.date) -> dict[str, str]:
    """Add an account with something of each kind; return ids by name."""
    sato = add_member(session, "Sato")
    account = add_account(session, "Fuji", owner_id=sato, touch_model=TouchModel.HIGH)
    plan = add_plan(session, account, "Plan", status=PlanStatus.ACTIVE)
    ids = {"sato": sato, "account": account, "plan": plan}
    for name, days in (("late", LATE), ("today", TODAY), ("later", LATER)):
        due = today + dt.timedelta(days=days)
        added = add_item(session, ItemKind.ACTION, ItemRef(None, plan), name, due_on=due)
        ids[name] = added.id
    add_contract(session, account, renewal_on=today + dt.timedelta(days=40), mrr=1000)
    ids["lone"] = add_account(session, "Aoba", touch_model=TouchModel.LOW)
    meeting = {"account_id": account, "held_at": dt.datetime.now(dt.UTC) + dt.timedelta(days=2)}
    ids["meeting"] = create_row(session, "touchpoint", meeting)
    return ids


@pytest.fixture
def ids(workspace: Workspace, today: dt.date) -> dict[str, str]:
    """Return the ids of what there is to do."""
    return workspace.write("Fill", fill, today).result


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, ids: dict[str, str]) -> Iterator[TodayPage]:
    """Return the page, shown."""
    page = TodayPage(desk)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    bring_to_front(qtbot, page)
    yield page
    page.hide()


def titles(page: TodayPage, name: str) -> list[str]:
    return [line.title for line in page.card(name).model.lines]


def status(desk: Desk, action: str) -> Any:
    row = desk.read(row_of, "action", action)
    assert row is not None
    return row.values["status"]


def test_everything_that_needs_somebody_stands_in_its_list(page: TodayPage) -> None:
    assert titles(page, "actions") == ["late", "today", "later"]
    assert titles(page, "meetings") == ["Fuji"]
    assert titles(page, "silent") == ["Aoba"]
    assert titles(page, "renewals") == ["Fuji"]
    assert titles(page, "planless") == ["Aoba"]
    assert page.head.sentence == "2 actions need you · 1 meeting ahead"
    late, now, later = page.card("actions").model.lines
    assert (late.pill, now.pill) == ("3 days late", "today")
    assert later.tone == "neutral"


def test_space_ticks_off_and_undo_brings_it_back(
    page: TodayPage, desk: Desk, qtbot: QtBot, ids: dict[str, str]
) -> None:
    view = page.card("actions").view
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Home)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert status(desk, ids["late"]) == "done"
    assert titles(page, "actions") == ["today", "later"]
    assert view.line is not None
    assert view.line.title == "today", "the cursor goes on to the next"
    undone(desk, qtbot)
    qtbot.waitUntil(lambda: titles(page, "actions") == ["late", "today", "later"])


def test_who_comes_by_keyboard_sees_where_she_is_and_ticks_downwards(
    page: TodayPage, qtbot: QtBot
) -> None:
    view = page.card("actions").view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    assert view.line is not None
    assert view.line.title == "late"
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert titles(page, "actions") == ["late", "later"]
    assert view.line.title == "later", "not back to the one above"


def test_a_click_on_the_box_ticks_and_one_on_the_words_opens(
    page: TodayPage, desk: Desk, qtbot: QtBot, ids: dict[str, str]
) -> None:
    view = page.card("actions").view
    row = view.visualRect(view.model().index(1, 0))
    with qtbot.waitSignal(desk.place_asked) as asked:
        spot = QPoint(row.left() + 80, row.center().y())
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert asked.args == ["action", ids["today"]]
    spot = QPoint(row.left() + 16, row.center().y())
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert status(desk, ids["today"]) == "done"


@pytest.mark.parametrize(
    ("name", "entity", "key"),
    [
        ("actions", "action", "late"),
        ("meetings", "touchpoint", "meeting"),
        ("silent", "account", "lone"),
        ("renewals", "account", "account"),
        ("planless", "account", "lone"),
    ],
)
def test_enter_leads_to_what_a_line_is_about(
    page: TodayPage, desk: Desk, qtbot: QtBot, ids: dict[str, str], name: str, entity: str, key: str
) -> None:
    command = next(one for one in page.commands() if one.id == f"today.{name}")
    command.run()
    view = page.card(name).view
    assert view.hasFocus()
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Home)
    with qtbot.waitSignal(desk.place_asked) as asked:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert asked.args == [entity, ids[key]]


def test_what_somebody_else_writes_appears_without_a_reload(
    page: TodayPage, desk: Desk, qtbot: QtBot, ids: dict[str, str], today: dt.date
) -> None:
    desk.workspace.write(
        "Elsewhere", add_item, ItemKind.ACTION, ItemRef(None, ids["plan"]), "new", due_on=today
    )
    qtbot.waitUntil(lambda: "new" in titles(page, "actions"))


def test_who_sits_here_sees_only_what_is_theirs_until_they_ask_for_all(
    page: TodayPage, desk: Desk, qtbot: QtBot, ids: dict[str, str]
) -> None:
    who = page.head.who
    assert who.isVisible()
    who.setCurrentIndex(who.findData(ids["sato"]))
    who.activated.emit(who.currentIndex())
    assert desk.me == ids["sato"]
    assert not who.isVisible()
    assert titles(page, "silent") == [], "Aoba is nobody's"
    assert titles(page, "actions") == ["late", "today", "later"]
    everyone = next(one for one in page.commands() if one.id == "today.everyone")
    assert everyone.text() == "Show everyone's"
    everyone.run()
    assert titles(page, "silent") == ["Aoba"]
    assert everyone.text() == "Show only mine"


def test_lists_that_are_empty_say_so(qtbot: QtBot, desk: Desk) -> None:
    page = TodayPage(desk)
    qtbot.addWidget(page)
    page.show()
    for name in ("actions", "meetings", "silent", "renewals", "planless"):
        assert not page.card(name).view.isVisible()
    assert page.head.sentence == "0 actions need you · 0 meetings ahead"
    page.hide()


def test_without_an_account_the_first_step_is_under_the_hand(qtbot: QtBot, desk: Desk) -> None:
    page = TodayPage(desk)
    qtbot.addWidget(page)
    bring_to_front(qtbot, page)
    assert not page.card("planless").isVisible(), "it would say that every account has a plan"
    page.enter()
    with qtbot.waitSignal(desk.command_asked) as asked:
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Space)
    assert asked.args == ["accounts.new"]
    desk.workspace.write("Add", add_account, "Aoba")
    qtbot.waitUntil(page.card("planless").view.isVisible)
    page.hide()


@pytest.mark.parametrize(("width", "columns"), [(1300, 3), (900, 2), (600, 1)])
def test_the_lists_stand_side_by_side_where_there_is_room(
    page: TodayPage, qtbot: QtBot, width: int, columns: int
) -> None:
    page.resize(width, 800)
    settle()
    lefts = {
        page.card(name).mapTo(page, QPoint()).x() for name in ("actions", "meetings", "renewals")
    }
    assert len(lefts) == columns


def test_the_lists_keep_to_the_rules_of_qt(page: TodayPage, desk: Desk, today: dt.date) -> None:
    tester = QAbstractItemModelTester(
        page.card("actions").model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    card = page.card("actions")
    lines = list(card.model.lines)
    for shown in (lines[:1], lines, lines[::-1], [], lines[1:], lines):
        card.show_lines(Lines.of(shown))
        assert list(card.model.lines) == shown
    assert tester.model() is card.model
