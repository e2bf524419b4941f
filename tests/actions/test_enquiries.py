"""Enquiries are opened and closed in this order."""

from __future__ import annotations

import datetime as dt

import pytest

from csdesk.actions.accounts import add_account
from csdesk.actions.editing import today
from csdesk.actions.enquiries import add_enquiry, delete_enquiries, edit_enquiry
from csdesk.errors import UserError
from csdesk.queries.risks import enquiries_of
from csdesk.workspace.workspace import Workspace

DAY = dt.date(2026, 11, 2)


@pytest.fixture
def account(workspace: Workspace) -> str:
    return workspace.write("Account", add_account, "Fuji").result


def test_an_enquiry_is_opened_today_unless_a_date_is_given(
    workspace: Workspace, account: str
) -> None:
    workspace.write("Add", add_enquiry, account, "Screens stay empty")
    workspace.write("Add", add_enquiry, account, "Older", opened_on=DAY)
    opened = {
        row.subject: row.opened_on for row in workspace.read(enquiries_of, account, today=DAY)
    }
    assert opened == {"Screens stay empty": today(), "Older": DAY}


def test_it_cannot_be_closed_before_it_was_opened(workspace: Workspace, account: str) -> None:
    row = workspace.write("Add", add_enquiry, account, "Empty", opened_on=DAY).result
    before = DAY - dt.timedelta(days=1)
    with pytest.raises(UserError, match="closed before"):
        workspace.write("Close", edit_enquiry, row, closed_on=before)
    with pytest.raises(UserError, match="closed before"):
        workspace.write("Add", add_enquiry, account, "Empty", opened_on=DAY, closed_on=before)
    workspace.write("Close", edit_enquiry, row, closed_on=DAY)
    (found,) = workspace.read(enquiries_of, account, today=DAY)
    assert (found.closed_on, found.open_days) == (DAY, 0)


def test_an_enquiry_says_something(workspace: Workspace, account: str) -> None:
    for subject in ("", " \n "):
        with pytest.raises(UserError, match="text is needed"):
            workspace.write("Add", add_enquiry, account, subject)


def test_deleted_enquiries_are_not_listed(workspace: Workspace, account: str) -> None:
    row = workspace.write("Add", add_enquiry, account, "Empty").result
    workspace.write("Delete", delete_enquiries, [row])
    assert workspace.read(enquiries_of, account, today=DAY) == ()
