"""A touchpoint is logged with who was there and what came of it, in one step."""

from __future__ import annotations

import datetime as dt

import pytest

from csdesk.actions.accounts import add_account
from csdesk.actions.people import add_contact, add_member, delete_contacts
from csdesk.actions.plan_items import add_item, delete_items
from csdesk.actions.plans import add_plan
from csdesk.actions.touchpoints import (
    add_next_actions,
    delete_touchpoints,
    edit_touchpoint,
    log_touchpoint,
    set_attendees,
)
from csdesk.errors import UserError
from csdesk.insight.typed_actions import Person, TypedAction
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.records import Action, Contact, Member, Plan, Touchpoint, TouchpointAttendee
from csdesk.model.vocabulary import Channel, PlanStatus, Side, TouchpointType
from csdesk.queries.touchpoints import touchpoints_of
from csdesk.workspace.workspace import Workspace

COUNTED = (Action, Contact, Member, Plan, Touchpoint, TouchpointAttendee)
HELD = dt.datetime(2026, 11, 20, 6, 0, tzinfo=dt.UTC)


class Aoba:
    """An account with one of our people, one of theirs, and no plan."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.account = self.do(add_account, "青葉物流")
        self.maya = Person(Side.US, self.do(add_member, "Maya"), "Maya")
        self.sato = Person(Side.CUSTOMER, self.do(add_contact, self.account, "佐藤"), "佐藤")
        self._before = {record: self._living(record) for record in COUNTED}

    def do(self, action, *args, **options):  # type: ignore[no-untyped-def]
        return self.workspace.write("step", action, *args, **options).result

    def log(self, **options):  # type: ignore[no-untyped-def]
        return self.do(log_touchpoint, self.account, held_at=HELD, **options)

    @property
    def rows(self):  # type: ignore[no-untyped-def]
        return self.workspace.read(touchpoints_of, self.account)

    def count(self, record: type) -> int:
        """Return how many rows are there that were not at the start of the test."""
        return self._living(record) - self._before[record]

    def _living(self, record: type) -> int:
        def living(session) -> int:  # type: ignore[no-untyped-def]
            return int(session.query(record).filter(record.deleted_at.is_(None)).count())

        return int(self.workspace.read(living))


@pytest.fixture
def aoba(shared: Workspace) -> Aoba:
    return Aoba(shared)


def test_one_step_holds_the_meeting_its_people_and_its_actions(aoba: Aoba) -> None:
    plan = aoba.do(add_plan, aoba.account, "下期", status=PlanStatus.ACTIVE)
    due = dt.date(2026, 12, 5)
    actions = [TypedAction("資料", aoba.maya, due), TypedAction("回答", aoba.sato)]
    row_id = aoba.log(
        channel=Channel.PHONE,
        type=TouchpointType.QBR,
        summary="  要約\n\n",
        private_note="内緒",
        decisions="決定",
        reaction="良い",
        attendees=[aoba.sato, aoba.maya, aoba.sato],
        next_actions=actions,
        below=ItemRef(None, plan),
    )
    (row,) = aoba.rows
    assert (row.id, row.held_at, row.plan_id) == (row_id, HELD, plan)
    assert (row.channel, row.type) == (Channel.PHONE, TouchpointType.QBR)
    assert (row.summary, row.private_note) == ("  要約", "内緒")
    assert (row.decisions, row.reaction) == ("決定", "良い")
    assert [person.name for person in row.attendees] == ["Maya", "佐藤"]
    told = [(one.title, one.owner, one.customer_owner, one.due_on) for one in row.actions]
    assert told == [("資料", "Maya", "", due), ("回答", "", "佐藤", None)]
    aoba.workspace.undo()
    assert [aoba.count(one) for one in (Touchpoint, TouchpointAttendee, Action)] == [0, 0, 0]


def test_actions_go_below_the_goal_they_are_for(aoba: Aoba) -> None:
    plan = aoba.do(add_plan, aoba.account, "下期")
    goal = aoba.do(add_item, ItemKind.GOAL, ItemRef(None, plan), "目標")
    aoba.log(next_actions=[TypedAction("する")], below=goal)
    (row,) = aoba.rows
    action = aoba.workspace.read(lambda session: session.get(Action, row.actions[0].id))
    assert (action.goal_id, action.plan_id, action.side) == (goal.id, plan, Side.US)
    assert row.plan_id == plan


def test_people_nobody_knew_are_added_once_however_often_they_are_named(aoba: Aoba) -> None:
    newcomer = Person(Side.CUSTOMER, None, "高橋")
    aoba.log(
        attendees=[newcomer, Person(Side.US, None, "Tom")],
        next_actions=[TypedAction("回答", newcomer)],
        new_plan="成功計画",
    )
    (row,) = aoba.rows
    assert [person.name for person in row.attendees] == ["Tom", "高橋"]
    assert row.actions[0].customer_owner == "高橋"
    assert (aoba.count(Contact), aoba.count(Member), aoba.count(Plan)) == (1, 1, 1)


def test_actions_without_a_place_are_refused_and_nothing_is_stored(aoba: Aoba) -> None:
    with pytest.raises(UserError, match="no plan yet"):
        aoba.log(next_actions=[TypedAction("する")])
    assert aoba.rows == ()


def test_somebody_who_was_deleted_meanwhile_is_told_of(aoba: Aoba) -> None:
    aoba.do(delete_contacts, [aoba.sato.id])
    with pytest.raises(UserError, match="deleted"):
        aoba.log(attendees=[aoba.maya, aoba.sato])
    assert aoba.rows == ()


def test_a_moment_without_a_time_zone_is_a_bug(aoba: Aoba) -> None:
    with pytest.raises(ValueError, match="time zone"):
        aoba.do(log_touchpoint, aoba.account, held_at=HELD.replace(tzinfo=None))


def test_who_was_there_is_said_anew_and_somebody_comes_back(aoba: Aoba) -> None:
    row_id = aoba.log(attendees=[aoba.maya])
    for people in ([aoba.sato], [aoba.maya, Person(Side.CUSTOMER, None, "高橋")], []):
        aoba.do(set_attendees, row_id, people)
        assert {person.name for person in aoba.rows[0].attendees} == {one.name for one in people}


def test_a_touchpoint_is_edited_but_keeps_a_moment(aoba: Aoba) -> None:
    row_id = aoba.log(summary="前")
    aoba.do(edit_touchpoint, row_id, summary="後\n", channel=None)
    assert aoba.rows[0].summary == "後"
    with pytest.raises(UserError, match="needs a day"):
        aoba.do(edit_touchpoint, row_id, held_at=None)


def test_a_deleted_touchpoint_leaves_the_actions_it_led_to(aoba: Aoba) -> None:
    plan = aoba.do(add_plan, aoba.account, "下期")
    row_id = aoba.log(attendees=[aoba.maya])
    (action,) = aoba.do(add_next_actions, row_id, [TypedAction("する")], below=ItemRef(None, plan))
    aoba.do(delete_touchpoints, [row_id])
    assert aoba.rows == ()
    assert (aoba.count(Action), aoba.count(TouchpointAttendee)) == (1, 0)
    aoba.workspace.undo()
    assert [one.id for one in aoba.rows[0].actions] == [action]
    aoba.do(delete_items, [ItemRef(ItemKind.ACTION, action)])
    assert aoba.rows[0].actions == ()
