"""Accounts, their tags and segments."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.actions.accounts import (
    add_account,
    delete_accounts,
    edit_account,
    move_account,
    segment_named,
    tag_account,
    untag_account,
)
from csdesk.errors import UserError
from csdesk.model.records import Account, AccountTag, Segment
from csdesk.model.vocabulary import AccountStatus, Phase
from csdesk.workspace.workspace import Workspace


def stored(workspace: Workspace, account: str) -> Account:
    """Return the record of an account, cut off from its session."""

    def found(session: Session) -> Account:
        row = session.get_one(Account, account)
        session.expunge(row)
        return row

    return workspace.read(found)


def tags(workspace: Workspace, account: str) -> list[str]:
    """Return the tags on an account."""
    asked = select(AccountTag.tag).where(
        AccountTag.account_id == account, AccountTag.deleted_at.is_(None)
    )
    return workspace.read(lambda session: list(session.scalars(asked)))


def test_an_account_is_ours_from_the_start(workspace: Workspace) -> None:
    account = workspace.write("Add", add_account, " 株式会社  アクメ ", industry="製造").result
    row = stored(workspace, account)
    assert (row.name, row.industry, row.status) == ("株式会社 アクメ", "製造", AccountStatus.ACTIVE)


def test_two_accounts_may_have_the_same_name(workspace: Workspace) -> None:
    first = workspace.write("Add", add_account, "Acme").result
    assert workspace.write("Add", add_account, "Acme").result != first


def test_fields_are_set_and_cleared(workspace: Workspace, account: str) -> None:
    workspace.write("Edit", edit_account, account, industry="物流", employees=120)
    workspace.write("Edit", edit_account, account, industry="", employees=None)
    row = stored(workspace, account)
    assert (row.industry, row.employees) == (None, None)


def test_setting_what_is_there_already_is_no_step(workspace: Workspace, account: str) -> None:
    assert workspace.write("Edit", edit_account, account, name="青葉物流").change is None


def test_an_account_moves_from_phase_to_phase_and_back(workspace: Workspace, account: str) -> None:
    workspace.write("Move", move_account, account, Phase.ADOPTION)
    workspace.write("Move", move_account, account, Phase.RENEWAL)
    assert stored(workspace, account).phase == Phase.RENEWAL
    workspace.undo()
    assert stored(workspace, account).phase == Phase.ADOPTION


def test_deleted_accounts_are_counted_and_cannot_be_edited(workspace: Workspace) -> None:
    ids = [workspace.write("Add", add_account, name).result for name in ("A", "B", "C")]
    step = workspace.write("Delete", delete_accounts, [*ids[:2], "unknown"])
    assert step.result == 2
    assert step.change is not None
    assert step.change.accounts == frozenset(ids[:2])
    for action in (edit_account, tag_account):
        with pytest.raises(UserError, match="deleted"):
            workspace.write("Edit", action, ids[0], **{"tag": "x"} if action is tag_account else {})


def test_the_same_tag_set_twice_is_one_row(workspace: Workspace, account: str) -> None:
    workspace.write("Tag", tag_account, account, " VIP ")
    again = workspace.write("Tag", tag_account, account, "vip")
    assert again.change is None
    assert tags(workspace, account) == ["VIP"]


def test_a_tag_that_was_taken_off_can_be_put_back(workspace: Workspace, account: str) -> None:
    workspace.write("Tag", tag_account, account, "重点")
    workspace.write("Untag", untag_account, account, "重点")
    assert tags(workspace, account) == []
    workspace.write("Tag", tag_account, account, "重点")
    assert tags(workspace, account) == ["重点"]


def test_taking_off_a_tag_that_is_not_there_is_no_step(workspace: Workspace, account: str) -> None:
    assert workspace.write("Untag", untag_account, account, "nowhere").change is None


def test_a_tag_needs_a_text(workspace: Workspace, account: str) -> None:
    with pytest.raises(UserError):
        workspace.write("Tag", tag_account, account, "  ")


def test_a_segment_is_made_once_for_its_name(workspace: Workspace) -> None:
    first = workspace.write("Segment", segment_named, "Enterprise").result
    assert workspace.write("Segment", segment_named, " Enterprise ").result == first
    assert workspace.write("Segment", segment_named, "SMB").result != first
    names = workspace.read(lambda session: set(session.scalars(select(Segment.name))))
    assert names == {"Enterprise", "SMB"}
