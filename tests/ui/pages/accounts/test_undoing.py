"""What is undone after a colleague's change came in gives back all but hers, and says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from csdesk.actions.accounts import change_accounts
from csdesk.model.vocabulary import Phase
from tests.ui.colleague import Colleague
from ui.desk import Desk
from ui.pages.accounts.page import AccountsPage
from ui.prompts import Message


@pytest.fixture
def colleague(desk: Desk, qtbot: QtBot, tmp_path: Path) -> Colleague:
    """Return 鈴木 at another computer, whose changes arrive while the page is open."""
    return Colleague(desk, qtbot, tmp_path)


def undone(qtbot: QtBot, desk: Desk) -> Message:
    """Undo the last step and return what is said of it."""
    with qtbot.waitSignal(desk.messages.said) as said:
        desk.undo()
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    assert said.args is not None
    message: Message = said.args[0]
    return message


def test_a_bulk_edit_is_undone_but_for_what_a_colleague_changed_since(
    qtbot: QtBot, page: AccountsPage, desk: Desk, filled: list[str], colleague: Colleague
) -> None:
    def phases() -> dict[str, Phase | None]:
        return {row.id: row.phase for row in page.model.all_rows()}

    before = phases()
    mine, hers = Phase.RENEWAL, Phase.EXPANSION
    with qtbot.waitSignal(desk.changed):
        assert desk.write("Phase", change_accounts, filled, phase=mine) is not None
    colleague.arrives(change_accounts, filled[:1], phase=hers)
    assert phases() == {one: hers if one == filled[0] else mine for one in filled}
    message = undone(qtbot, desk)
    assert (message.text, message.tone) == ("Undone: Phase", "warning")
    assert message.advice == "1 field was changed since and stays as it is."
    qtbot.waitUntil(lambda: phases() == {**before, filled[0]: hers})

    with qtbot.waitSignal(desk.changed):
        desk.write("Again", change_accounts, filled[:1], phase=mine)
    colleague.arrives(change_accounts, filled[:1], phase=hers)
    message = undone(qtbot, desk)
    assert (message.text, message.tone) == ("Nothing was changed: Again", "warning")
    assert phases()[filled[0]] == hers
