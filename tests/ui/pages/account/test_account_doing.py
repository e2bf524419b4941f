"""An account can be copied, archived, churned and deleted on its own page, and brought back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from csdesk.model.vocabulary import ChurnReason
from tests.ui.pages.fuji import Fuji
from ui.commands import Command
from ui.desk import Desk
from ui.pages.account.page import AccountPage


def command(page: AccountPage, name: str) -> Command:
    """Return a command of the page by the end of its id."""
    return next(one for one in page.commands() if one.id == f"account.{name}")


def test_the_menu_in_the_head_offers_what_can_be_done(page: AccountPage) -> None:
    menu = page.doing.menu
    menu.aboutToShow.emit()
    titles = {one.text().replace("&", "") for one in menu.actions()}
    assert {"Duplicate", "Add tag", "Note churn…", "Archive", "Delete"} <= titles
    assert "Owner" not in titles
    assert page.doing.button.isVisible()
    assert page.doing.button.accessibleName()


@pytest.mark.parametrize(("name", "back"), [("archive", "bring_back"), ("delete", "")])
def test_what_is_done_is_one_step_that_undo_takes_back(
    qtbot: QtBot, page: AccountPage, desk: Desk, fuji: Fuji, name: str, back: str
) -> None:
    with qtbot.waitSignals([desk.changed, desk.messages.said]):
        command(page, name).run()
    if back:
        assert command(page, back).can_run
        assert not command(page, name).can_run
    with qtbot.waitSignal(desk.changed):
        desk.undo()
    assert command(page, name).can_run


def test_a_copy_is_shown_at_once(qtbot: QtBot, page: AccountPage, desk: Desk, fuji: Fuji) -> None:
    with qtbot.waitSignal(desk.place_asked) as asked:
        command(page, "duplicate").run()
    assert asked.args is not None
    assert asked.args[0] == "account"
    assert asked.args[1] != fuji.account


def test_a_churn_is_noted_below_the_head_and_the_form_goes_with_the_account(
    qtbot: QtBot, page: AccountPage, desk: Desk, fuji: Fuji
) -> None:
    form = page.doing.churn_form
    command(page, "churn").run()
    assert form.isVisible()
    focus = QApplication.focusWidget()
    assert form.isAncestorOf(focus)
    qtbot.keyClick(focus, Qt.Key.Key_Escape)
    assert form.isHidden()
    command(page, "churn").run()
    form._reason.show_code(ChurnReason.EXTERNAL)
    with qtbot.waitSignal(desk.changed):
        form.store()
    assert command(page, "win_back").can_run
    command(page, "churn_details").run()
    assert form.isVisible()
    page.show_item("account", "somebody else")
    assert form.isHidden()
