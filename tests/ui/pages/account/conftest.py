"""An account with a plan, people and KPIs, and its page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from csdesk.actions.accounts import add_account
from csdesk.actions.people import add_contact, add_member
from csdesk.actions.plans import add_plan
from csdesk.model.items import ItemRef
from csdesk.model.vocabulary import Phase, PlanStatus
from csdesk.workspace.workspace import Workspace
from tests.actions.outlines import Outline, fill
from tests.ui.colleague import Colleague, settle
from ui.desk import Desk
from ui.pages.account.page import AccountPage
from ui.pages.account.plan_section import PlanSection

SHAPE = {
    "G1": {"M1": {"A1": {}, "A2": {}}, "M2": {}},
    "G2": {"A3": {}},
}


@dataclass(frozen=True)
class Fuji:
    """The ids of what is in the workspace."""

    account: str
    plan: str
    yamada: str
    sato: str


def build_fuji(session: Session) -> Fuji:
    """Add an account with a plan of two goals, one of our people and one of theirs."""
    yamada = add_member(session, "Yamada")
    account = add_account(session, "Fuji Retail", phase=Phase.ADOPTION, owner_id=yamada)
    sato = add_contact(session, account, "Sato")
    plan = add_plan(session, account, "Second half", status=PlanStatus.ACTIVE)
    fill(session, ItemRef(None, plan), SHAPE)
    return Fuji(account, plan, yamada, sato)


@pytest.fixture
def fuji(workspace: Workspace) -> Fuji:
    """Return the ids of an account with a plan."""
    return workspace.write("Fuji", build_fuji).result


@pytest.fixture
def outline(workspace: Workspace, fuji: Fuji) -> Outline:
    """Return the plan as it is stored."""
    return Outline(workspace, fuji.plan)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, fuji: Fuji) -> Iterator[AccountPage]:
    """Return the page of the account, shown."""
    page = AccountPage(desk)
    qtbot.addWidget(page)
    page.resize(1300, 800)
    page.show_item("account", fuji.account)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    yield page
    page.hide()


@pytest.fixture
def plan(page: AccountPage, fuji: Fuji) -> PlanSection:
    """Return the tab of the success plan, in front, its outline having the focus."""
    page.show_item("plan", fuji.plan)
    section = page.section("plan")
    assert isinstance(section, PlanSection)
    section.view.setFocus()
    return section


@pytest.fixture
def colleague(desk: Desk, qtbot: QtBot, tmp_path: Path, page: AccountPage) -> Colleague:
    """Return 鈴木 at another computer, whose changes arrive while the page is open."""
    return Colleague(desk, qtbot, tmp_path)


def undone(desk: Desk, qtbot: QtBot, undo: Callable[[], object] | None = None) -> None:
    """Undo the last step, by default as the menu does, and wait until it is done and shown."""
    (undo or desk.undo)()
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    settle()


__all__ = ["Fuji", "build_fuji", "settle", "undone"]
