"""The touchpoints of an account in their order, its next meeting, and how contact stands."""

from __future__ import annotations

import datetime as dt

import pytest

from csdesk.actions.accounts import (
    add_account,
    archive_accounts,
    delete_accounts,
    edit_account,
    segment_named,
)
from csdesk.actions.people import add_contact, delete_contacts, edit_contact
from csdesk.actions.plan_items import add_item
from csdesk.actions.plans import add_plan
from csdesk.actions.touchpoints import delete_touchpoints, edit_touchpoint, log_touchpoint
from csdesk.insight.typed_actions import Person
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.records import Segment
from csdesk.model.vocabulary import AccountStatus, PlanStatus, Side, TouchModel
from csdesk.queries.cadence import CadenceRow, cadence_of_account, cadences
from csdesk.queries.touchpoints import action_places, next_meeting, people_of, touchpoints_of
from csdesk.workspace.workspace import Workspace

NOW = dt.datetime.now(dt.UTC).replace(microsecond=0)
DAY = dt.timedelta(days=1)


@pytest.fixture
def workspace(shared: Workspace) -> Workspace:
    """Return one workspace for all tests: each has an account of its own in it."""
    return shared


@pytest.fixture
def account(workspace: Workspace) -> str:
    return str(do(workspace, add_account, "青葉物流", touch_model=TouchModel.HIGH))


def do(workspace: Workspace, action, *args, **options):  # type: ignore[no-untyped-def]
    return workspace.write("step", action, *args, **options).result


def log(workspace: Workspace, account: str, days: float, **options: object) -> str:
    return str(do(workspace, log_touchpoint, account, held_at=NOW + days * DAY, **options))


def test_the_newest_come_first_and_planned_ones_are_told_apart(
    workspace: Workspace, account: str
) -> None:
    ids = {days: log(workspace, account, days) for days in (-3, 2, -40, 9)}
    rows = workspace.read(touchpoints_of, account)
    assert [row.id for row in rows] == [ids[9], ids[2], ids[-3], ids[-40]]
    assert [row.is_planned(NOW) for row in rows] == [True, True, False, False]
    last = workspace.read(touchpoints_of, account, before=NOW, limit=1)
    assert [row.id for row in last] == [ids[-3]]


def test_the_next_meeting_is_the_nearest_that_lies_ahead(
    workspace: Workspace, account: str
) -> None:
    def nearest() -> str | None:
        row = workspace.read(next_meeting, account, NOW)
        return None if row is None else row.id

    assert nearest() is None
    far, near = log(workspace, account, 9), log(workspace, account, 2)
    log(workspace, account, -1)
    assert nearest() == near
    do(workspace, delete_touchpoints, [near])
    assert nearest() == far


def test_people_who_left_can_still_have_been_there(workspace: Workspace, account: str) -> None:
    sato = do(workspace, add_contact, account, "佐藤", name_kana="サトウ")
    log(workspace, account, -1, attendees=[Person(Side.CUSTOMER, sato, "佐藤")])
    do(workspace, edit_contact, sato, left_on=dt.date(2026, 1, 1))
    assert [one for one in workspace.read(people_of, account) if one.side is Side.CUSTOMER] == []
    (row,) = workspace.read(touchpoints_of, account)
    assert row.attendees == (Person(Side.CUSTOMER, sato, "佐藤", "サトウ"),)
    do(workspace, delete_contacts, [sato])
    assert workspace.read(touchpoints_of, account)[0].attendees == ()


def test_next_actions_can_go_to_living_plans_the_current_one_first(
    workspace: Workspace, account: str
) -> None:
    day = dt.date(2026, 1, 1)
    for title, status, start in (
        ("draft", PlanStatus.DRAFT, day + 400 * DAY),
        ("done", PlanStatus.COMPLETED, day),
        ("old", PlanStatus.ACTIVE, day),
        ("now", PlanStatus.ACTIVE, day + 90 * DAY),
    ):
        plan = do(workspace, add_plan, account, title, status=status, start_on=start)
        goal = do(workspace, add_item, ItemKind.GOAL, ItemRef(None, plan), f"goal of {title}")
        do(workspace, add_item, ItemKind.MILESTONE, goal, f"step of {title}")
    places = workspace.read(action_places, account)
    assert [place.title for place in places if place.depth == 0] == ["now", "old", "draft"]
    assert [(place.title, place.depth) for place in places[:3]] == [
        ("now", 0),
        ("goal of now", 1),
        ("step of now", 2),
    ]
    assert {place.plan_title for place in places[3:6]} == {"old"}


def standing(workspace: Workspace, account: str) -> CadenceRow:
    row = workspace.read(cadence_of_account, account, now=NOW)
    assert row is not None
    return row


def test_contact_counts_from_the_last_that_was_held(workspace: Workspace, account: str) -> None:
    never = standing(workspace, account)
    assert (never.last_touch, never.due_in, never.is_overdue) == (None, None, True)
    log(workspace, account, -20)
    held = log(workspace, account, -15)
    planned = log(workspace, account, 3)
    row = standing(workspace, account)
    assert (row.days_since, row.due_in, row.overdue_days, row.is_overdue) == (15, -1, 1, True)
    assert row.next_meeting == NOW + 3 * DAY
    do(workspace, edit_touchpoint, held, held_at=NOW - 2 * DAY)
    do(workspace, delete_touchpoints, [planned])
    row = standing(workspace, account)
    assert (row.due_in, row.is_overdue, row.next_meeting) == (12, False, None)


def test_the_days_of_the_segment_come_first(workspace: Workspace, account: str) -> None:
    def segment(session) -> str:  # type: ignore[no-untyped-def]
        row_id = segment_named(session, "Enterprise")
        session.get(Segment, row_id).cadence_days = 30
        return row_id

    log(workspace, account, -15)
    do(workspace, edit_account, account, segment_id=do(workspace, segment))
    assert standing(workspace, account).due_in == 15


def test_an_account_without_a_cadence_is_never_overdue(workspace: Workspace) -> None:
    row = standing(workspace, do(workspace, add_account, "Glacier"))
    assert (row.cadence_days, row.is_overdue) == (None, False)


def test_only_accounts_we_look_after_are_told_unless_they_are_named(
    workspace: Workspace, account: str
) -> None:
    churned = do(workspace, add_account, "Gone", status=AccountStatus.CHURNED)
    archived = do(workspace, add_account, "Away")
    deleted = do(workspace, add_account, "Never")
    do(workspace, archive_accounts, [archived])
    do(workspace, delete_accounts, [deleted])
    named = [churned, archived, deleted]
    told = {row.account_id for row in workspace.read(cadences, now=NOW)}
    assert told & {account, *named} == {account}
    told = {row.account_id for row in workspace.read(cadences, now=NOW, account_ids=named)}
    assert told == {churned, archived}
