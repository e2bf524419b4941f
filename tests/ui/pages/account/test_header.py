"""The head of an account's page gives way: nothing in it is cut, whatever the room and the name."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QPushButton, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from csdesk.actions.accounts import edit_account
from csdesk.model.vocabulary import CsmView, Phase, TouchModel
from csdesk.workspace.workspace import Workspace
from tests.queries.account_rows import TODAY, account_row
from tests.ui.front import bring_to_front
from tests.ui.pages.fuji import Fuji, settle, undone
from ui.desk import Desk
from ui.pages.account.account_tabs import AccountTabs
from ui.pages.account.header import AccountHeader, facts_lines
from ui.pages.account.page import AccountPage
from ui.pages.account.phase_stepper import PhaseStepper
from ui.pages.accounts.table import money_text
from ui.theme import Look
from ui.widgets.elided_label import ElidedLabel

WIDTHS = (1700, 1186, 1024, 800, 620, 480)
NAMES = ("Fuji", "富士リテールグループ株式会社", "Donaudampfschifffahrtsgesellschaft " * 6)


@pytest.fixture
def header(page: AccountPage) -> AccountHeader:
    return page.header


def parts(header: QWidget) -> Iterator[QWidget]:
    """Yield all that is seen in the head."""
    for widget in header.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if widget.isVisible():
            yield widget


def test_nothing_in_the_head_is_cut_or_covered(
    page: AccountPage, header: AccountHeader, workspace: Workspace, fuji: Fuji
) -> None:
    view = {"csm_view": CsmView.RED, "touch_model": TouchModel.HIGH}
    for name, width in itertools.product(NAMES, WIDTHS):
        if width == WIDTHS[0]:
            workspace.write("Name", edit_account, fuji.account, name=name.strip(), **view)
            settle()
        page.resize(width, 800)
        QCoreApplication.processEvents()
        shown = list(parts(header))
        assert any(isinstance(one, PhaseStepper) for one in shown)
        for one in shown:
            assert header.rect().contains(one.geometry()), (width, one)
            if not isinstance(one, ElidedLabel):
                assert one.width() >= one.minimumSizeHint().width(), (width, one)
        for number, one in enumerate(shown):
            for other in shown[number + 1 :]:
                assert not one.geometry().intersects(other.geometry()), (width, one, other)


def test_the_phases_stand_beside_the_name_while_there_is_room(
    page: AccountPage, header: AccountHeader, workspace: Workspace, fuji: Fuji
) -> None:
    workspace.write("Name", edit_account, fuji.account, name=NAMES[2].strip())
    settle()
    tops = {}
    for width in (1700, 760):
        page.resize(width, 800)
        QCoreApplication.processEvents()
        tops[width] = header.stepper.mapTo(header, header.stepper.rect().topLeft())
    assert tops[1700].x() > tops[760].x()
    assert tops[760].y() > tops[1700].y()


def test_a_menu_gets_its_place_before_the_export(header: AccountHeader, qtbot: QtBot) -> None:
    menu = QPushButton("…")
    header.put_menu(menu)
    QCoreApplication.processEvents()
    assert menu.isVisibleTo(header)
    exports = [one for one in header.findChildren(QPushButton) if one.text() == "Export PDF"]
    assert menu.geometry().right() < exports[0].geometry().left()


def test_the_view_is_told_by_sign_and_words_or_called_not_rated(
    header: AccountHeader, workspace: Workspace, fuji: Fuji
) -> None:
    told = {None: "Not rated", CsmView.GREEN: "● Green", CsmView.RED: "▼ Red"}
    for view, words in told.items():
        workspace.write("View", edit_account, fuji.account, csm_view=view)
        settle()
        assert header._view.text() == words


@pytest.mark.parametrize("room", [1000, 330, 240])
def test_every_form_of_the_phases_is_reached_by_keys(look: Look, qtbot: QtBot, room: int) -> None:
    stepper = PhaseStepper(look)
    qtbot.addWidget(stepper)
    stepper.show_phase(Phase.RETENTION)
    stepper.fit_into(room)
    stepper.resize(stepper.sizeHint())
    bring_to_front(qtbot, stepper)
    stepper.setFocus()
    chosen: list[Phase] = []
    stepper.phase_chosen.connect(chosen.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Left, Qt.Key.Key_Left):
        qtbot.keyClick(stepper, key)
        used = sum(stepper._widths(stepper._ink())) + 10 * (len(Phase) - 1)
        assert used <= stepper.width()
    qtbot.keyClick(stepper, Qt.Key.Key_Space)
    assert chosen == [Phase.EXPANSION, Phase.ADOPTION]


def test_a_phase_chosen_with_the_mouse_is_one_step_to_undo(
    page: AccountPage, desk: Desk, qtbot: QtBot
) -> None:
    stepper = page.header.stepper
    widths = stepper._widths(stepper._ink())
    last = stepper.rect().center()
    last.setX(sum(widths) + 10 * 4 - widths[-1] // 2)
    qtbot.mouseClick(stepper, Qt.MouseButton.LeftButton, pos=last)
    settle()
    assert stepper.phase is Phase.RENEWAL
    undone(desk, qtbot)
    assert stepper.phase is Phase.ADOPTION


def test_tabs_that_have_no_room_are_behind_a_button(page: AccountPage, qtbot: QtBot) -> None:
    tabs = page.findChild(AccountTabs)
    assert tabs is not None
    bar = tabs.findChild(QTabBar)
    assert bar is not None
    for width in (1300, 800, 560):
        page.resize(width, 700)
        QCoreApplication.processEvents()
        assert tabs.more.isVisible() == bool(tabs.hidden)
        assert bar.sizeHint().width() <= bar.width()
        assert tabs.rect().contains(bar.geometry())
    assert tabs.hidden
    wanted = tabs.hidden[-1]
    tabs._fill()
    tabs._menu.actions()[-1].trigger()
    assert tabs.name == wanted
    assert wanted not in tabs.hidden
    page.open_tab("overview")
    for name in page.tab_names[1:]:
        tabs.step(1)
        assert tabs.name == name
        assert name not in tabs.hidden
    page.resize(1300, 700)
    QCoreApplication.processEvents()
    assert tabs.hidden == []


def test_the_line_of_facts_tells_whole_units_and_its_tooltip_the_cents() -> None:
    row = account_row(arr=120_560, currency="USD", owner="Mia")
    assert facts_lines(row, TODAY) == ["ARR $1,206 · owner Mia"] * 3
    assert facts_lines(row, TODAY, money_text)[0] == "ARR $1,205.60 · owner Mia"
