"""The rooms of the window and the pages behind them agree."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from ui.desk import Desk
from ui.pages.account.page import SHOWN_IN
from ui.rooms import OF_AN_ACCOUNT, rooms


def test_every_item_an_account_page_shows_leads_to_it() -> None:
    assert set(OF_AN_ACCOUNT) == set(SHOWN_IN)


def test_each_entity_has_one_page() -> None:
    shown = [entity for room in rooms() for entity in room.shows]
    assert len(shown) == len(set(shown))


def test_every_room_can_be_built_alone(qtbot: QtBot, desk: Desk) -> None:
    for room in rooms():
        page = room.make(desk, None)
        qtbot.addWidget(page)
        page.restore(page.state())
        assert room.label()
