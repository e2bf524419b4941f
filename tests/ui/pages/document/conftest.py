"""An account with a plan on the tab of its document, and what the computer was asked to open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.report.reading import laid_out
from tests.report.sample_plans import rich_plan
from tests.ui.front import bring_to_front
from tests.ui.pages.fuji import Fuji
from ui.desk import Desk
from ui.pages.account.page import AccountPage
from ui.pages.document.document_tab import DocumentTab


class Opened(QObject):
    """Stands where the computer's own programs are, and notes what they were to open."""

    def __init__(self) -> None:
        super().__init__()
        self.paths: list[Path] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        """Note a file or folder."""
        self.paths.append(Path(url.toLocalFile()))


@pytest.fixture
def opened_paths() -> Iterator[Opened]:
    """Return what is noted instead of being opened."""
    opened = Opened()
    QDesktopServices.setUrlHandler("file", opened, "open")
    yield opened
    QDesktopServices.unsetUrlHandler("file")


@pytest.fixture(scope="session")
def rich_pdf() -> bytes:
    """Return a document of thirteen pages in Japanese."""
    return laid_out(rich_plan(), "ja").data


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, fuji: Fuji) -> Iterator[AccountPage]:
    """Return the page of the account, shown, the document in front."""
    page = AccountPage(desk)
    qtbot.addWidget(page)
    page.resize(1300, 800)
    page.restore({"account": fuji.account, "tab": "document"})
    bring_to_front(qtbot, page)
    yield page
    page.hide()


@pytest.fixture
def tab(page: AccountPage, settled_tab: Callable[[DocumentTab], None]) -> DocumentTab:
    """Return the tab of the document, everything drawn."""
    tab = page.document_tab()
    settled_tab(tab)
    return tab


@pytest.fixture
def settled_tab(qtbot: QtBot, desk: Desk) -> Callable[[DocumentTab], None]:
    """Return what waits until a tab shows what it is asked for."""

    def settle(tab: DocumentTab) -> None:
        def is_quiet() -> bool:
            workers = (desk.tasks, desk.layouts, desk.drawing)
            return tab.is_settled and not any(worker.busy for worker in workers)

        qtbot.wait(1)  # what was announced arrives through the event queue
        qtbot.waitUntil(is_quiet, timeout=20_000)

    return settle


def press(tab: DocumentTab, label: str) -> None:
    """Press a button of the line that says what became of a document."""
    button = next(one for one in tab.frame.bar.buttons if one.text() == label)
    assert isinstance(button, QPushButton)
    button.click()


def text_in_view(tab: DocumentTab) -> str:
    """Return the whole text of the document in view, on one line."""
    pages = tab.frame.preview.view.pages
    assert pages is not None
    return " ".join(" ".join(pages.text(page) for page in range(pages.count)).split())
