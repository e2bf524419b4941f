"""A colleague at another computer, whose changes reach the window through a real merge."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace
from ui.desk import Desk

P = ParamSpec("P")
T = TypeVar("T")


class Colleague:
    """鈴木, who works on a copy of the same workspace in a home of her own."""

    def __init__(self, desk: Desk, qtbot: QtBot, folder: Path, name: str = "鈴木") -> None:
        self._desk, self._qtbot, self.name = desk, qtbot, name
        self._home = Home.at(folder / "colleague")
        self._home.config.mkdir(parents=True)
        self._home.settings_file.write_text(f'device = "{name}"\n', encoding="utf-8")

    def write(
        self, action: Callable[Concatenate[Session, P], T], *args: P.args, **options: P.kwargs
    ) -> T:
        """Change something at the other computer; it is in the shared file afterwards."""
        desk = self._desk
        desk.workspace.publish()
        path = desk.workspace.path
        with Workspace.open(path, home=self._home, author=self.name) as workspace:
            return workspace.write("Change", action, *args, **options).result

    def arrives(
        self, action: Callable[Concatenate[Session, P], Any], *args: P.args, **options: P.kwargs
    ) -> None:
        """Change something at the other computer and let it arrive here, on the worker."""
        self.write(action, *args, **options)
        with self._qtbot.waitSignal(self._desk.changed):
            self._desk.publishing.publish()
        settle()


def settle() -> None:
    """Let announcements arrive and what they cause happen."""
    for _turn in range(5):
        QCoreApplication.processEvents()
