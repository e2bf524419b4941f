"""The page over eight accounts, ready for the keyboard."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from tests.ui.front import bring_to_front
from tests.ui.portfolio import fill
from ui.desk import Desk
from ui.pages.accounts.page import AccountsPage


@pytest.fixture
def filled(desk: Desk, today: dt.date) -> list[str]:
    """Fill the workspace with eight accounts and return their ids."""
    step = desk.write("Sample", fill, today)
    assert step is not None
    return step.result


@pytest.fixture
def rows_page(qtbot: QtBot, desk: Desk, filled: list[str]) -> AccountsPage:
    """Return the page, its table having the keyboard in the first row."""
    page = AccountsPage(desk)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    bring_to_front(qtbot, page)
    page.start_table()
    page.table.choose_place(0)
    return page


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, filled: list[str]) -> AccountsPage:
    """Return the page as it opens, its rows watched by Qt's own tester."""
    page = AccountsPage(desk)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    QAbstractItemModelTester(
        page.model, QAbstractItemModelTester.FailureReportingMode.Fatal, page.model
    )
    with qtbot.waitExposed(page):
        page.show()
    return page
