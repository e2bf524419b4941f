"""Accounts, their tags and segments."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.actions.accounts import (
    PROFILE,
    add_account,
    archive_accounts,
    change_accounts,
    delete_accounts,
    duplicate_account,
    edit_account,
    move_account,
    segment_named,
    tag_account,
    tag_accounts,
    unarchive_accounts,
    untag_accounts,
)
from csdesk.actions.contracts import add_contract
from csdesk.actions.editing import today
from csdesk.actions.people import add_member
from csdesk.errors import UserError
from csdesk.model.records import Account, AccountTag, Segment
from csdesk.model.vocabulary import AccountStatus, CsmView, Phase, TouchModel
from csdesk.queries.accounts import contracts_of
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
    workspace.write("Untag", untag_accounts, [account], "重点")
    assert tags(workspace, account) == []
    workspace.write("Tag", tag_account, account, "重点")
    assert tags(workspace, account) == ["重点"]


def test_taking_off_a_tag_that_is_not_there_is_no_step(workspace: Workspace, account: str) -> None:
    assert workspace.write("Untag", untag_accounts, [account], "nowhere").change is None


def test_a_tag_needs_a_text(workspace: Workspace, account: str) -> None:
    with pytest.raises(UserError):
        workspace.write("Tag", tag_account, account, "  ")


def test_a_segment_is_made_once_for_its_name(workspace: Workspace) -> None:
    first = workspace.write("Segment", segment_named, "Enterprise").result
    assert workspace.write("Segment", segment_named, " Enterprise ").result == first
    assert workspace.write("Segment", segment_named, "SMB").result != first
    names = workspace.read(lambda session: set(session.scalars(select(Segment.name))))
    assert names == {"Enterprise", "SMB"}


@pytest.fixture
def three(workspace: Workspace) -> list[str]:
    """Add three accounts and return their ids."""
    return [workspace.write("Add", add_account, name).result for name in ("A", "B", "C")]


def test_several_accounts_change_in_one_step(workspace: Workspace, three: list[str]) -> None:
    owner = workspace.write("Add", add_member, "佐藤").result
    workspace.write("Edit", edit_account, three[1], owner_id=owner)
    step = workspace.write("Owner", change_accounts, three, owner_id=owner)
    assert step.result == 2
    assert {stored(workspace, one).owner_id for one in three} == {owner}
    workspace.undo()
    assert [stored(workspace, one).owner_id for one in three] == [None, owner, None]


def test_accounts_deleted_meanwhile_are_passed_over(workspace: Workspace, three: list[str]) -> None:
    workspace.write("Delete", delete_accounts, three[:1])
    assert workspace.write("Phase", change_accounts, three, phase=Phase.RENEWAL).result == 2
    workspace.write("Delete", delete_accounts, three[1:])
    for action in (change_accounts, archive_accounts):
        with pytest.raises(UserError, match="deleted"):
            workspace.write("Again", action, three)
    with pytest.raises(UserError, match="deleted"):
        workspace.write("Tag", tag_accounts, three, "VIP")


def test_more_accounts_than_one_statement_names_change_together(workspace: Workspace) -> None:
    def add_many(session: Session) -> list[str]:
        many = [Account(name=f"Account {number}") for number in range(30)]
        session.add_all(many)
        session.flush()
        return [one.id for one in many]

    ids = workspace.write("Add", add_many).result
    padded = [f"nobody-{number}" for number in range(5_000)] + ids
    assert workspace.write("Tag", tag_accounts, padded, "VIP").result == 30
    assert workspace.write("Touch", change_accounts, padded, region="関東").result == 30


def test_a_tag_is_put_on_those_that_lack_it_and_taken_off_those_that_have_it(
    workspace: Workspace, three: list[str]
) -> None:
    workspace.write("Tag", tag_account, three[0], "重点")
    workspace.write("Tag", tag_account, three[1], "重点")
    workspace.write("Untag", untag_accounts, [three[1]], "重点")
    assert workspace.write("Tag", tag_accounts, three, " 重点 ").result == 2
    assert [tags(workspace, one) for one in three] == [["重点"]] * 3
    assert workspace.write("Tag", tag_accounts, three, "重点").change is None
    assert workspace.write("Untag", untag_accounts, three[:2], "重点").result == 2
    assert [tags(workspace, one) for one in three] == [[], [], ["重点"]]
    workspace.undo()
    assert [tags(workspace, one) for one in three] == [["重点"]] * 3


def test_an_archived_account_keeps_its_first_day_and_comes_back(
    workspace: Workspace, three: list[str]
) -> None:
    day = dt.date(2026, 3, 31)
    workspace.write("Archive", archive_accounts, three[:1], day)
    assert workspace.write("Archive", archive_accounts, three).result == 2
    assert [stored(workspace, one).archived_on for one in three] == [day, today(), today()]
    assert workspace.write("Bring back", unarchive_accounts, three).result == 3
    assert {stored(workspace, one).archived_on for one in three} == {None}


def test_a_copy_has_the_profile_and_tags_and_nothing_that_happened(workspace: Workspace) -> None:
    owner = workspace.write("Add", add_member, "佐藤").result
    segment = workspace.write("Segment", segment_named, "Enterprise").result
    fields = {
        "name_kana": "アオバ",
        "name_en": "Aoba",
        "external_id": "C-1",
        "industry": "物流",
        "touch_model": TouchModel.HIGH,
        "phase": Phase.RENEWAL,
        "owner_id": owner,
        "segment_id": segment,
        "go_live_on": dt.date(2025, 4, 1),
        "csm_view": CsmView.RED,
        "status": AccountStatus.CHURNED,
        "archived_on": dt.date(2026, 3, 31),
    }
    model = workspace.write("Add", add_account, "青葉物流", **fields).result
    workspace.write("Tag", tag_account, model, "重点")
    workspace.write("Contract", add_contract, model, product="Suite", mrr=1)
    copy = workspace.write("Duplicate", duplicate_account, model).result
    row = stored(workspace, copy)
    assert row.name == "青葉物流 (copy)"
    assert (row.name_kana, row.industry, row.touch_model) == ("アオバ", "物流", TouchModel.HIGH)
    assert (row.owner_id, row.segment_id, row.status) == (owner, segment, AccountStatus.ACTIVE)
    assert {row.name_en, row.external_id, row.phase, row.go_live_on, row.csm_view} == {None}
    assert row.archived_on is None
    assert tags(workspace, copy) == ["重点"]
    assert workspace.read(contracts_of, copy) == []
    again = workspace.write("Duplicate", duplicate_account, model).result
    assert stored(workspace, again).name == "青葉物流 (copy 2)"
    workspace.undo()
    workspace.undo()
    with pytest.raises(UserError):
        workspace.write("Edit", edit_account, copy, industry="x")


def test_the_copy_of_the_longest_name_is_named_within_the_limit(workspace: Workspace) -> None:
    model = workspace.write("Add", add_account, "あ" * 500).result
    name = stored(workspace, workspace.write("Copy", duplicate_account, model).result).name
    assert (len(name), name[-7:]) == (500, " (copy)")


def test_every_field_of_an_account_is_copied_or_left_on_purpose() -> None:
    left = {
        *("id", "deleted_at", "name", "name_en", "external_id", "phase", "status", "archived_on"),
        *("go_live_on", "self_running_since", "first_value_on", "csm_view", "csm_view_reason"),
        *("reference_status", "referred_by"),
    }
    assert set(PROFILE) | left == set(Account.__table__.columns.keys())
    assert not set(PROFILE) & left
