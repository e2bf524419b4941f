"""Going back to a backup is one press, and one undo takes it back."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from csdesk.actions.accounts import add_account, delete_accounts
from csdesk.actions.editing import today
from csdesk.queries.portfolio import portfolio_rows
from ui.desk import Desk
from ui.pages.settings_backups import Backups


def names(desk: Desk) -> list[str]:
    """Return the names of the accounts."""
    return [row.name for row in desk.read(portfolio_rows, today=today())]


def test_a_backup_brings_back_what_was_deleted_and_undo_deletes_it_again(
    qtbot: QtBot, desk: Desk
) -> None:
    step = desk.write("Add", add_account, "Aoba Logistics")
    assert step is not None
    desk.workspace.back_up()
    desk.write("Delete", delete_accounts, [step.result])
    backups = Backups(desk)
    qtbot.addWidget(backups)
    assert backups.box.count() >= 1
    with qtbot.waitSignals([desk.messages.said, desk.changed]):
        backups.restore_button.click()
    assert names(desk) == ["Aoba Logistics"]
    qtbot.waitUntil(backups.restore_button.isEnabled)
    with qtbot.waitSignal(desk.changed):
        desk.undo()
    assert names(desk) == []


def test_before_the_first_backup_nothing_is_offered(qtbot: QtBot, desk: Desk) -> None:
    backups = Backups(desk)
    qtbot.addWidget(backups)
    backups.show()
    assert not backups.box.isVisible()
    assert not backups.restore_button.isVisible()
