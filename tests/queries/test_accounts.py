"""One account whole: its profile, people, contracts and plans, and what can be picked."""

from __future__ import annotations

import datetime as dt

import pytest

from csdesk.actions.accounts import add_account, delete_accounts, edit_account, segment_named
from csdesk.actions.contracts import add_contract, delete_contracts
from csdesk.actions.people import (
    add_contact,
    add_member,
    delete_contacts,
    delete_members,
    edit_contact,
)
from csdesk.actions.plans import add_plan, delete_plan
from csdesk.model.vocabulary import Channel, ContactRole, CsmView, Influence
from csdesk.queries.accounts import (
    account_detail,
    contact_choices,
    contacts_of,
    contracts_of,
    member_choices,
    plans_of,
    segment_choices,
)
from csdesk.workspace.workspace import Workspace

TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def account(workspace: Workspace) -> str:
    """Add an account and return its id."""
    return workspace.write("Add", add_account, "青葉物流").result


def test_an_account_is_shown_whole(workspace: Workspace, account: str) -> None:
    write = workspace.write
    profile = {
        "name_en": "Aoba Logistics",
        "website": "https://aoba.example",
        "employees": 1_200,
        "business_summary": "冷凍輸送",
        "org_notes": "3拠点",
        "products": "Desk",
        "competitors": "Other",
        "csm_view": CsmView.AMBER,
        "csm_view_reason": "担当者が異動",
        "document_language": "ja",
        "go_live_on": dt.date(2026, 4, 1),
        "preferred_channel": Channel.CHAT,
    }
    write("Edit", edit_account, account, **profile)
    contact = write("Contact", add_contact, account, "佐藤 花子").result
    contract = write("Contract", add_contract, account, mrr=1_000).result
    plan = write("Plan", add_plan, account, "導入").result
    detail = workspace.read(account_detail, account, today=TODAY)
    assert detail is not None
    assert (detail.row.name, detail.row.arr, detail.row.plan_id) == ("青葉物流", 12_000, plan)
    assert detail.row.csm_view == CsmView.AMBER
    for name in profile.keys() - {"csm_view", "preferred_channel"}:
        assert getattr(detail, name) == profile[name], name
    assert [row.id for row in detail.contacts] == [contact]
    assert [row.id for row in detail.contracts] == [contract]
    assert [row.id for row in detail.plans] == [plan]


def test_an_account_of_which_only_the_name_is_known_is_shown_empty(
    workspace: Workspace, account: str
) -> None:
    detail = workspace.read(account_detail, account, today=TODAY)
    assert detail is not None
    assert (detail.name_en, detail.website, detail.employees) == ("", "", None)
    assert (detail.contacts, detail.contracts, detail.plans) == ((), (), ())


def test_a_deleted_or_unknown_account_is_not_shown(workspace: Workspace, account: str) -> None:
    workspace.write("Delete", delete_accounts, [account])
    assert workspace.read(account_detail, account, today=TODAY) is None
    assert workspace.read(account_detail, "unknown", today=TODAY) is None


def test_people_who_left_stand_last_and_cannot_be_chosen(
    workspace: Workspace, account: str
) -> None:
    write = workspace.write
    ids = {name: write("Add", add_contact, account, name).result for name in ("C", "A", "B", "D")}
    write("Left", edit_contact, ids["A"], left_on=TODAY)
    write("Delete", delete_contacts, [ids["D"]])
    assert [row.name for row in workspace.read(contacts_of, account)] == ["B", "C", "A"]
    assert [choice.name for choice in workspace.read(contact_choices, account)] == ["B", "C"]


def test_what_is_internal_about_a_person_is_there_for_the_desk(
    workspace: Workspace, account: str
) -> None:
    workspace.write(
        "Add",
        add_contact,
        account,
        "佐藤",
        role=ContactRole.DETRACTOR,
        influence=Influence.HIGH,
        title="部長",
        phone="03-0000-0000",
    )
    (row,) = workspace.read(contacts_of, account)
    assert (row.role, row.influence) == (ContactRole.DETRACTOR, Influence.HIGH)
    assert (row.title, row.phone, row.department, row.sentiment) == (
        "部長",
        "03-0000-0000",
        "",
        None,
    )


def test_contracts_stand_by_renewal(workspace: Workspace, account: str) -> None:
    write = workspace.write
    for month in (9, 3, 6):
        write("Add", add_contract, account, product=str(month), renewal_on=dt.date(2027, month, 1))
    gone = write("Add", add_contract, account, product="gone").result
    write("Delete", delete_contracts, [gone])
    assert [row.product for row in workspace.read(contracts_of, account)] == ["3", "6", "9"]


def test_the_newest_plan_stands_first_and_undated_ones_last(
    workspace: Workspace, account: str
) -> None:
    write = workspace.write
    for title, start in (("old", 2024), ("none", None), ("new", 2026), ("gone", 2030)):
        day = None if start is None else dt.date(start, 1, 1)
        plan = write("Add", add_plan, account, title, start_on=day).result
    write("Delete", delete_plan, plan)
    assert [row.title for row in workspace.read(plans_of, account)] == ["new", "old", "none"]


def test_members_and_segments_can_be_chosen_by_name(workspace: Workspace) -> None:
    write = workspace.write
    members = [write("Add", add_member, name).result for name in ("Zoe", "Ada", "Gone")]
    write("Delete", delete_members, members[2:])
    for name in ("SMB", "Enterprise"):
        write("Add", segment_named, name)
    assert [choice.name for choice in workspace.read(member_choices)] == ["Ada", "Zoe"]
    assert workspace.read(member_choices)[1].id == members[0]
    assert [choice.name for choice in workspace.read(segment_choices)] == ["Enterprise", "SMB"]


def test_people_of_other_accounts_stay_with_them(workspace: Workspace, account: str) -> None:
    other = workspace.write("Add", add_account, "Other").result
    workspace.write("Add", add_contact, other, "Somebody")
    workspace.write("Add", add_contract, other, mrr=1)
    workspace.write("Add", add_plan, other, "P")
    for query in (contacts_of, contracts_of, plans_of, contact_choices):
        assert workspace.read(query, account) == []
