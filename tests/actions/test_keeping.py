"""What was typed into a deleted row is kept, and the row comes back with what holds it."""

from __future__ import annotations

import pytest

from csdesk.actions.accounts import add_account, delete_accounts
from csdesk.actions.keeping import keep_what_was_typed
from csdesk.actions.people import add_contact
from csdesk.errors import UserError
from csdesk.queries.rows import row_of, rows_of
from csdesk.workspace.workspace import Workspace


def test_a_row_comes_back_with_what_it_belongs_to_and_nothing_else(workspace: Workspace) -> None:
    account = workspace.write("Add", add_account, "Aoba").result
    sato = workspace.write("Add", add_contact, account, "Sato").result
    workspace.write("Add", add_contact, account, "Mori")
    workspace.write("Delete", delete_accounts, [account])
    workspace.write("Keep", keep_what_was_typed, "contact", sato, "title", "Director")
    living = workspace.read(rows_of, "contact")
    assert [(row.id, row.values["title"]) for row in living] == [(sato, "Director")]
    aoba = workspace.read(row_of, "account", account)
    assert aoba is not None
    assert not aoba.is_deleted


def test_a_row_that_never_was_is_refused(workspace: Workspace) -> None:
    with pytest.raises(UserError, match="no longer there"):
        workspace.write("Keep", keep_what_was_typed, "contact", "nobody", "title", "Director")
