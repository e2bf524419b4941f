"""Two copies of a workspace that went apart, and the page on which one decides."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from csdesk.workspace.workspace import Workspace
from tests.ui.pages.apart import Apart
from ui.desk import Desk
from ui.pages.copies.folder_look import FolderLook
from ui.pages.review.page import ReviewPage


@pytest.fixture
def apart(workspace: Workspace, tmp_path: Path) -> Apart:
    """Return the workspace with a colleague's copy of it."""
    return Apart(workspace, tmp_path)


@pytest.fixture
def settled(qtbot: QtBot, desk: Desk) -> Callable[[], None]:
    """Return what waits until the worker is done and everything is shown."""

    def is_quiet() -> bool:
        windows = QApplication.topLevelWidgets()
        looks = (look for window in windows for look in window.findChildren(FolderLook))
        return not desk.tasks.busy and not any(look.is_looking for look in looks)

    def settle() -> None:
        for _round in range(2):  # what ends may cause more: a list read anew, another look
            for _turn in range(5):
                QCoreApplication.processEvents()
            qtbot.waitUntil(is_quiet)

    return settle


@pytest.fixture
def review(qtbot: QtBot, desk: Desk, settled: Callable[[], None]) -> ReviewPage:
    """Return the review page, shown."""
    page = ReviewPage(desk)
    qtbot.addWidget(page)
    page.resize(1180, 800)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    settled()
    return page
