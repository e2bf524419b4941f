"""People on both sides: contacts of a customer, members of our team."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from csdesk.actions.accounts import delete_accounts, edit_account
from csdesk.actions.people import (
    add_contact,
    add_member,
    delete_contacts,
    delete_members,
    edit_contact,
    edit_member,
)
from csdesk.actions.rows import change_row
from csdesk.errors import UserError
from csdesk.model.records import Account, Contact, Member
from csdesk.model.vocabulary import ContactRole, Sentiment
from csdesk.workspace.workspace import Workspace


def field(workspace: Workspace, record: type[Any], row_id: str, name: str) -> object:
    """Return one field of a row as it is stored."""
    return workspace.read(lambda session: getattr(session.get_one(record, row_id), name))


def test_a_contact_belongs_to_an_account_and_keeps_what_is_known(
    workspace: Workspace, account: str
) -> None:
    contact = workspace.write(
        "Add",
        add_contact,
        account,
        "佐藤　花子",
        title="部長",
        role=ContactRole.CHAMPION,
        sentiment=Sentiment.POSITIVE,
        left_on=None,
    ).result
    assert field(workspace, Contact, contact, "name") == "佐藤 花子"
    assert field(workspace, Contact, contact, "account_id") == account
    assert field(workspace, Contact, contact, "role") == ContactRole.CHAMPION


def test_a_contact_of_no_account_is_refused(workspace: Workspace, account: str) -> None:
    workspace.write("Delete", delete_accounts, [account])
    with pytest.raises(UserError, match="deleted"):
        workspace.write("Add", add_contact, account, "佐藤")


def test_a_contact_who_left_keeps_the_record(workspace: Workspace, account: str) -> None:
    contact = workspace.write("Add", add_contact, account, "佐藤").result
    workspace.write("Left", edit_contact, contact, left_on=dt.date(2026, 9, 30))
    assert field(workspace, Contact, contact, "left_on") == dt.date(2026, 9, 30)
    workspace.undo()
    assert field(workspace, Contact, contact, "left_on") is None


def test_deleted_contacts_cannot_be_edited_until_the_undo(
    workspace: Workspace, account: str
) -> None:
    contact = workspace.write("Add", add_contact, account, "佐藤").result
    workspace.write("Delete", delete_contacts, [contact])
    with pytest.raises(UserError):
        workspace.write("Edit", edit_contact, contact, name="鈴木")
    workspace.undo()
    workspace.write("Edit", edit_contact, contact, name="鈴木")
    assert field(workspace, Contact, contact, "name") == "鈴木"


def test_what_a_deleted_team_member_owned_stays(workspace: Workspace, account: str) -> None:
    member = workspace.write("Add", add_member, "Yui", role="CSM").result
    workspace.write("Own", edit_account, account, owner_id=member)
    workspace.write("Delete", delete_members, [member])
    assert field(workspace, Account, account, "owner_id") == member
    assert field(workspace, Account, account, "deleted_at") is None


@pytest.mark.parametrize("name", ["", " \t", "x" * 501])
def test_a_team_member_needs_a_name_of_reasonable_length(workspace: Workspace, name: str) -> None:
    with pytest.raises(UserError):
        workspace.write("Add", add_member, name)
    member = workspace.write("Add", add_member, "Yui").result
    with pytest.raises(UserError):
        workspace.write("Edit", edit_member, member, name=name)
    assert field(workspace, Member, member, "name") == "Yui"


def test_a_team_member_may_lose_the_job_title(workspace: Workspace) -> None:
    member = workspace.write("Add", add_member, "Yui", role="CSM").result
    workspace.write("Edit", edit_member, member, role="")
    assert field(workspace, Member, member, "role") is None


CHAINS: list[Callable[[Workspace, str, str], Any]] = [
    lambda workspace, one, two: workspace.write("Boss", edit_contact, one, reports_to_id=two),
    lambda workspace, one, two: workspace.write(
        "Boss", change_row, "contact", one, {"reports_to_id": two}
    ),
]


@pytest.mark.parametrize("set_boss", CHAINS)
def test_nobody_reports_to_themselves_directly_or_through_others(
    workspace: Workspace, account: str, set_boss: Callable[[Workspace, str, str], Any]
) -> None:
    one, two, three = (workspace.write("Add", add_contact, account, name).result for name in "ABC")
    set_boss(workspace, one, two)
    set_boss(workspace, two, three)
    with pytest.raises(UserError, match="circle"):
        set_boss(workspace, three, one)
    with pytest.raises(UserError, match="themselves"):
        set_boss(workspace, one, one)
    workspace.write("Nobody", edit_contact, two, reports_to_id=None)
    set_boss(workspace, three, one)
    assert field(workspace, Contact, three, "reports_to_id") == one
