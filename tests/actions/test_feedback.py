"""Feedback moves on by itself with what is written about it, and never against what is given."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from csdesk.actions.accounts import add_account
from csdesk.actions.editing import today
from csdesk.actions.feedback import add_feedback, delete_feedback, edit_feedback
from csdesk.actions.people import add_contact
from csdesk.errors import UserError
from csdesk.model.vocabulary import FeedbackState
from csdesk.queries.risks import GivenFeedback, feedback_of
from csdesk.workspace.workspace import Workspace

DAY = dt.date(2026, 11, 2)
State = FeedbackState


@pytest.fixture
def account(workspace: Workspace) -> str:
    return workspace.write("Account", add_account, "Fuji").result


def only(workspace: Workspace, account: str) -> GivenFeedback:
    (row,) = workspace.read(feedback_of, account)
    return row


FOLLOWS: list[tuple[FeedbackState, dict[str, Any], FeedbackState, dt.date | str | None]] = [
    (State.NEW, {"sent_to": "Product team"}, State.PASSED_ON, None),
    (State.ANSWERED, {"sent_to": "Product team"}, State.ANSWERED, None),
    (State.NEW, {"answered_on": DAY}, State.ANSWERED, DAY),
    (State.DECLINED, {"answered_on": DAY}, State.DECLINED, DAY),
    (State.NEW, {"state": State.PASSED_ON}, State.PASSED_ON, None),
    (State.PASSED_ON, {"state": State.ANSWERED}, State.ANSWERED, "today"),
    (State.PASSED_ON, {"state": State.DONE}, State.DONE, "today"),
    (State.PASSED_ON, {"state": State.ANSWERED, "answered_on": DAY}, State.ANSWERED, DAY),
    (State.PASSED_ON, {"state": State.DONE, "answered_on": None}, State.DONE, None),
    (State.NEW, {"sent_to": ""}, State.NEW, None),
]


def test_what_follows_from_an_edit(workspace: Workspace, account: str) -> None:
    row = workspace.write("Add", add_feedback, account, "Exports are slow").result
    for state, fields, expected, answered_on in FOLLOWS:
        start = {"state": state, "answered_on": None, "sent_to": None}
        workspace.write("Start", edit_feedback, row, **start)
        workspace.write("Edit", edit_feedback, row, **fields)
        found = only(workspace, account)
        assert found.state is expected, fields
        assert found.answered_on == (today() if answered_on == "today" else answered_on), fields


def test_a_contact_of_another_customer_is_refused(workspace: Workspace, account: str) -> None:
    other = workspace.write("Account", add_account, "Sakura").result
    stranger = workspace.write("Contact", add_contact, other, "Ito").result
    with pytest.raises(UserError, match="another customer"):
        workspace.write("Add", add_feedback, account, "Slow", contact_id=stranger)
    row = workspace.write("Add", add_feedback, account, "Slow").result
    with pytest.raises(UserError, match="another customer"):
        workspace.write("Edit", edit_feedback, row, contact_id=stranger)


def test_feedback_says_something(workspace: Workspace, account: str) -> None:
    for text in ("", "  ", "\n"):
        with pytest.raises(UserError, match="text is needed"):
            workspace.write("Add", add_feedback, account, text)


def test_deleted_feedback_is_not_listed(workspace: Workspace, account: str) -> None:
    row = workspace.write("Add", add_feedback, account, "Slow").result
    workspace.write("Delete", delete_feedback, [row])
    assert workspace.read(feedback_of, account) == ()
