"""What the internal brief is made of."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from csdesk.actions.rows import delete_row
from csdesk.actions.sample import add_sample
from csdesk.errors import UserError
from csdesk.queries.internal_brief import internal_brief
from csdesk.queries.rows import find_row
from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace

TODAY = dt.date(2026, 11, 22)


def test_an_account_comes_with_all_that_belongs_to_it(tmp_path: Path, home: Home) -> None:
    with Workspace.create(tmp_path / "w.csdesk", home=home, author="Kim") as workspace:
        workspace.write("Sample", add_sample, "en", TODAY)
        account = workspace.read(find_row, "account", "C-1003")
        plan = workspace.read(find_row, "plan", "Back to daily use in the branches")
        brief = workspace.read(internal_brief, account, plan, today=TODAY)
        assert brief.plan is not None
        assert brief.plan.title == "Back to daily use in the branches"
        assert [row.title for row in brief.risks] == ["They may well not renew"]
        held = [row.values["held_at"] for row in brief.touchpoints]
        assert held == sorted(held, reverse=True)
        assert {row.values["account_id"] for row in brief.feedback} == {account}
        assert workspace.read(internal_brief, account, None, today=TODAY).plan is None
        workspace.write("Delete", delete_row, "account", account)
        with pytest.raises(UserError, match="was deleted"):
            workspace.read(internal_brief, account, None, today=TODAY)
