"""What the tests of pages start from: an account with its page, two copies that went apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from csdesk.workspace.workspace import Workspace
from tests.actions.outlines import Outline
from tests.moulds import Mould, filled_mould
from tests.ui.colleague import Colleague
from tests.ui.front import bring_to_front
from tests.ui.pages.apart import Apart, Ids, begin
from tests.ui.pages.fuji import Fuji, build_fuji
from ui.commands import Commands
from ui.desk import Desk
from ui.pages.account.page import AccountPage
from ui.pages.copies.folder_look import FolderLook
from ui.pages.page import Page
from ui.pages.plan.plan_section import PlanSection
from ui.pages.review.page import ReviewPage
from ui.theme import Look


@pytest.fixture
def apart(original: Mould[Ids], workspace: Workspace, tmp_path: Path) -> Apart:
    """Return the workspace with a colleague's copy of it."""
    return Apart(workspace, tmp_path, original.made)


@pytest.fixture
def settled(qtbot: QtBot, desk: Desk) -> Callable[[], None]:
    """Return what waits until the worker is done and everything is shown."""

    def is_quiet() -> bool:
        windows = QApplication.topLevelWidgets()
        looks = (look for window in windows for look in window.findChildren(FolderLook))
        return not desk.tasks.busy and not any(look.is_looking for look in looks)

    def settle() -> None:
        for _round in range(2):  # what ends may cause more: a list read anew, another look
            for _turn in range(5):
                QCoreApplication.processEvents()
            qtbot.waitUntil(is_quiet)

    return settle


@pytest.fixture
def review(qtbot: QtBot, desk: Desk, settled: Callable[[], None]) -> ReviewPage:
    """Return the review page, shown."""
    page = ReviewPage(desk)
    qtbot.addWidget(page)
    page.resize(1180, 800)
    bring_to_front(qtbot, page)
    settled()
    return page


@pytest.fixture(scope="session")
def fuji_mould(tmp_path_factory: pytest.TempPathFactory) -> Mould[Fuji]:
    """Make one workspace that has an account with a plan, for copies of it."""
    return filled_mould(tmp_path_factory.mktemp("fuji"), "Tester", "Fuji", build_fuji)


@pytest.fixture(scope="session")
def begun_mould(tmp_path_factory: pytest.TempPathFactory) -> Mould[Ids]:
    """Make one workspace that has what two people go apart from, for copies of it."""
    return filled_mould(tmp_path_factory.mktemp("begun"), "Tester", "Begin", begin)


@pytest.fixture
def original(
    mould: Mould[None],
    fuji_mould: Mould[Fuji],
    begun_mould: Mould[Ids],
    request: pytest.FixtureRequest,
) -> Mould[Any]:
    """Return what the test's workspace is a copy of: it has what the test is about."""
    moulds: dict[str, Mould[Any]] = {"fuji": fuji_mould, "apart": begun_mould}
    wanted = [made for name, made in moulds.items() if name in request.fixturenames]
    assert len(wanted) <= 1
    return wanted[0] if wanted else mould


@pytest.fixture
def fuji(original: Mould[Fuji]) -> Fuji:
    """Return the ids of an account with a plan."""
    return original.made


@pytest.fixture
def outline(workspace: Workspace, fuji: Fuji) -> Outline:
    """Return the plan as it is stored."""
    return Outline(workspace, fuji.plan)


@pytest.fixture
def page(
    qtbot: QtBot, desk: Desk, fuji: Fuji, request: pytest.FixtureRequest
) -> Iterator[AccountPage]:
    """Return the page of the account, shown; at its plan where a test is about that."""
    page = AccountPage(desk)
    qtbot.addWidget(page)
    page.resize(1300, 800)
    if "plan" in request.fixturenames:
        page.show_item("plan", fuji.plan)
    else:
        page.show_item("account", fuji.account)
    offer_commands(page, desk.look)
    bring_to_front(qtbot, page)
    yield page
    page.hide()


def offer_commands(page: Page, look: Look) -> Commands:
    """Let the commands of a page alone be heard, as the window does of the page in front."""
    commands = Commands(page, look)

    def offer() -> None:
        commands.show_page(page, page.commands())

    page.commands_changed.connect(offer)
    offer()
    return commands


@pytest.fixture
def plan(page: AccountPage, fuji: Fuji) -> PlanSection:
    """Return the tab of the success plan, in front, its outline having the focus."""
    section = page.section("plan")
    assert isinstance(section, PlanSection)
    section.view.setFocus()
    return section


@pytest.fixture
def colleague(desk: Desk, qtbot: QtBot, tmp_path: Path, page: AccountPage) -> Colleague:
    """Return 鈴木 at another computer, whose changes arrive while the page is open."""
    return Colleague(desk, qtbot, tmp_path)
