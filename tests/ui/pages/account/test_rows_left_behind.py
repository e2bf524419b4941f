"""What is typed into a list belongs to the account it was typed for, whichever comes next."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from csdesk.actions.accounts import add_account
from csdesk.actions.editing import today
from csdesk.queries.accounts import account_detail
from csdesk.workspace.workspace import Workspace
from tests.ui.keyboard import Keyboard
from tests.ui.pages.fuji import Fuji, settle
from ui.pages.account.page import AccountPage


def test_a_cell_being_typed_is_stored_when_another_account_is_shown(
    page: AccountPage, workspace: Workspace, fuji: Fuji, qtbot: QtBot
) -> None:
    other = workspace.write("Add", add_account, "Aoba").result
    page.open_tab("stakeholders")
    entrance = page.section("stakeholders").entrance()
    assert entrance is not None
    entrance.setFocus()
    keyboard = Keyboard(page.window())
    keyboard.press("Home", "F2")
    keyboard.type("Suzuki")
    page.show_item("account", other)  # as Alt+Left does, which leaves the focus where it is
    settle()
    detail = workspace.read(account_detail, fuji.account, today=today())
    assert detail is not None
    assert [contact.name for contact in detail.contacts] == ["Suzuki"]
