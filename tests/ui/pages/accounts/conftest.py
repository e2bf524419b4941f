"""The page over eight accounts, ready for the keyboard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from tests.moulds import Mould
from tests.ui.front import bring_to_front
from ui.desk import Desk
from ui.pages.accounts.page import AccountsPage


@pytest.fixture
def original(
    mould: Mould[None],
    portfolio_on: Callable[[dt.date], Mould[list[str]]],
    today: dt.date,
    request: pytest.FixtureRequest,
) -> Mould[Any]:
    """Return what the test's workspace is a copy of: with eight accounts where a test has them."""
    return portfolio_on(today) if "filled" in request.fixturenames else mould


@pytest.fixture
def filled(original: Mould[list[str]]) -> list[str]:
    """Return the ids of the eight accounts."""
    return original.made


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
