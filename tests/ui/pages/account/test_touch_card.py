"""The overview tells how contact stands and leads to the next step."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from csdesk.actions.accounts import edit_account
from csdesk.actions.touchpoints import log_touchpoint
from csdesk.insight.typed_actions import Person
from csdesk.model.vocabulary import Channel, Side, TouchModel, TouchpointType
from csdesk.workspace.workspace import Workspace
from tests.ui.pages.fuji import Fuji, settle
from ui.pages.account.overview_section import OverviewSection
from ui.pages.account.page import AccountPage
from ui.pages.account.touch_card import TouchCard
from ui.pages.touchpoints.touchpoints_section import TouchpointsSection


@pytest.fixture
def card(page: AccountPage) -> TouchCard:
    section = page.section("overview")
    assert isinstance(section, OverviewSection)
    return section.touch


def log(workspace: Workspace, fuji: Fuji, days: float, **fields: Any) -> str:
    held_at = dt.datetime.now(dt.UTC) + dt.timedelta(days=days)
    step = workspace.write("Log", log_touchpoint, fuji.account, held_at=held_at, **fields)
    settle()
    return str(step.result)


def test_before_the_first_touchpoint_it_says_so_and_offers_to_log(
    card: TouchCard, page: AccountPage, qtbot: QtBot
) -> None:
    assert card.words == "No touchpoint yet"
    assert not card.prepare_button.isVisible()
    card._log.setFocus()
    qtbot.keyClick(card._log, Qt.Key.Key_Space)
    section = page.section("touchpoints")
    assert isinstance(section, TouchpointsSection)
    assert section.isVisible()
    assert section.drawer.is_open
    assert page.window().focusWidget() is section.drawer.quick.form.channel


def test_the_last_touchpoints_stand_there_and_lead_to_themselves(
    card: TouchCard, page: AccountPage, workspace: Workspace, fuji: Fuji, qtbot: QtBot
) -> None:
    workspace.write("High", edit_account, fuji.account, touch_model=TouchModel.HIGH)
    ids = [log(workspace, fuji, -days, summary=f"No. {days}") for days in (16, 20, 30, 40, 50)]
    assert card.words == "Last touchpoint 16 days ago 2 days overdue"
    told = [title.accessibleName() for title in card.titles]
    assert told == [f"Touchpoint – No. {days}" for days in (16, 20, 30, 40)]
    with qtbot.waitSignal(page.desk.place_asked) as asked:
        card.titles[1].click()
    assert asked.args == ["touchpoint", ids[1]]


def test_the_next_meeting_is_named_with_its_people(
    card: TouchCard, workspace: Workspace, fuji: Fuji
) -> None:
    people = [Person(Side.CUSTOMER, fuji.sato, "Sato")]
    log(workspace, fuji, 9, channel=Channel.PHONE)
    log(workspace, fuji, 2, channel=Channel.WEB_MEETING, attendees=people)
    assert "Web meeting" in card.meeting.accessibleName()
    assert card._who.whole == "Sato"
    assert card._ahead.text() == "in 2 days"
    assert card.titles == []


@pytest.mark.parametrize(
    ("purpose", "tab"), [(TouchpointType.QBR, "document"), (TouchpointType.REGULAR, "plan")]
)
def test_a_meeting_is_prepared_where_it_fits(
    card: TouchCard,
    page: AccountPage,
    workspace: Workspace,
    fuji: Fuji,
    purpose: TouchpointType,
    tab: str,
) -> None:
    log(workspace, fuji, 2, type=purpose)
    card.prepare_button.click()
    settle()
    assert page.section(tab).isVisible()
