"""One account of a workspace to act upon, and its line in the accounts table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from csdesk.actions.accounts import add_account
from csdesk.actions.contracts import add_contract
from csdesk.actions.plan_items import add_item
from csdesk.actions.plans import add_plan
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.vocabulary import PlanStatus
from csdesk.queries.portfolio import AccountRow, portfolio_rows
from csdesk.queries.portfolio_figures import PortfolioFigures, portfolio_figures
from csdesk.workspace.workspace import Workspace

TODAY = dt.date(2026, 11, 22)


def days(count: int) -> dt.date:
    """Return the day so many days from today."""
    return TODAY + dt.timedelta(days=count)


class Desk:
    """One account to act upon, and its line in the table."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.account: str = self.do(add_account, "青葉物流")

    def do(self, action: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Write one action and return what came of it."""
        return self.workspace.write("Do", action, *args, **kwargs).result

    @property
    def rows(self) -> list[AccountRow]:
        """The whole table."""
        return self.workspace.read(portfolio_rows, today=TODAY)

    @property
    def row(self) -> AccountRow:
        """The line of the account."""
        return next(row for row in self.rows if row.id == self.account)

    @property
    def figures(self) -> PortfolioFigures:
        """The figures above the table."""
        return portfolio_figures(self.rows, today=TODAY)

    def contract(self, **fields: Any) -> str:
        """Add a contract that began long ago."""
        return str(self.do(add_contract, self.account, **{"start_on": days(-400), **fields}))

    def plan(self, title: str = "P", **fields: Any) -> ItemRef:
        """Add a plan in force."""
        fields = {"status": PlanStatus.ACTIVE, **fields}
        return ItemRef(None, self.do(add_plan, self.account, title, **fields))

    def add(self, kind: ItemKind, below: ItemRef, title: str, **fields: Any) -> ItemRef:
        """Add an item of a plan."""
        ref: ItemRef = self.do(add_item, kind, below, title, **fields)
        return ref
