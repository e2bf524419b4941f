"""What the tests of touchpoints start from: the tab in front, and touchpoints told by days."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from csdesk.actions.touchpoints import log_touchpoint
from csdesk.queries.touchpoints import TouchpointRow, touchpoints_of
from csdesk.workspace.workspace import Workspace
from tests.ui.pages.fuji import Fuji, settle
from ui.pages.account.page import AccountPage
from ui.pages.touchpoints.touchpoints_section import TouchpointsSection

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier


class Meetings:
    """The tab of an account's touchpoints, with hands on its keys."""

    def __init__(self, page: AccountPage, workspace: Workspace, fuji: Fuji, qtbot: QtBot) -> None:
        self.page, self.workspace, self.fuji, self._qtbot = page, workspace, fuji, qtbot

    @property
    def section(self) -> TouchpointsSection:
        """The tab, in front."""
        self.page.open_tab("touchpoints")
        section = self.page.section("touchpoints")
        assert isinstance(section, TouchpointsSection)
        return section

    @property
    def stored(self) -> tuple[TouchpointRow, ...]:
        """The touchpoints as they are stored."""
        return self.workspace.read(touchpoints_of, self.fuji.account)

    @property
    def focus(self) -> QWidget:
        """Where the keyboard is."""
        focus = self.page.window().focusWidget()
        assert focus is not None
        return focus

    def log(self, days: float = -1, **fields: Any) -> str:
        """Store a touchpoint so many days from now, as a colleague's program would."""
        held_at = dt.datetime.now(dt.UTC) + dt.timedelta(days=days)
        step = self.workspace.write(
            "Log", log_touchpoint, self.fuji.account, held_at=held_at, **fields
        )
        settle()
        return str(step.result)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        """Press a key wherever the keyboard is."""
        self._qtbot.keyClick(self.focus, key, modifier)

    def type(self, text: str) -> None:
        """Type wherever the keyboard is."""
        self._qtbot.keyClicks(self.focus, text)

    def name(self, name: str) -> None:
        """Type a name into a field of people and take it in; its list comes and goes."""
        self.type(name)
        settle()
        self.key(Key.Key_Return)
        settle()

    def tab(self, times: int = 1) -> None:
        """Go on to the next field."""
        for _time in range(times):
            self.key(Key.Key_Tab)

    def run(self, command_id: str) -> None:
        """Run a command of the page with the tab in front, as its keys and the palette do."""
        assert self.section.isVisible()
        command = next(one for one in self.page.commands() if one.id == command_id)
        command.run()
