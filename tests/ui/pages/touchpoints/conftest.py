"""The tab of the touchpoints for every test of this room."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from csdesk.workspace.workspace import Workspace
from tests.ui.pages.fuji import Fuji
from tests.ui.pages.touchpoints.meetings import Meetings
from ui.pages.account.page import AccountPage


@pytest.fixture
def meetings(page: AccountPage, workspace: Workspace, fuji: Fuji, qtbot: QtBot) -> Meetings:
    """Return hands on the tab of the touchpoints."""
    return Meetings(page, workspace, fuji, qtbot)
