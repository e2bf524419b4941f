"""Whatever two people do and decide apart: both see the same list, and it can be worked off."""

from __future__ import annotations

import contextlib
import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.actions import review
from csdesk.actions.accounts import add_account, edit_account, tag_account
from csdesk.actions.churn import churn_account, win_back
from csdesk.actions.clashing import settle_clash
from csdesk.actions.contracts import add_contract
from csdesk.actions.editing import today
from csdesk.actions.people import add_contact, add_member, edit_contact
from csdesk.actions.plan_items import add_item, edit_item, move_item, set_dependencies
from csdesk.actions.plans import add_plan
from csdesk.actions.rows import delete_row
from csdesk.errors import UserError
from csdesk.model.base import entity_records
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.vocabulary import ChurnReason, ContractStatus
from csdesk.queries.review import review_items
from csdesk.queries.review_items import (
    CircleItem,
    ClashItem,
    DeletionItem,
    DuplicateItem,
    EditItem,
    RecoveredItem,
    ReviewItem,
)
from csdesk.workspace.workspace import Workspace
from tests.queries.apart import Pair, pair_after
from tests.rounds import SOAKING
from tests.store.laws import broken_laws

MORE = 50 if SOAKING else 1
"""How many times as many examples are tried in `make soak`."""

MOST_ROUNDS = 6

Move = tuple[str, int, int]
MOVES = st.lists(
    st.tuples(
        st.sampled_from(
            [
                *("account", "rename", "region", "plan", "goal", "milestone", "title"),
                *("move", "boss", "waits", "contact", "tag", "delete", "undo", "decide"),
                *("churn", "sign", "span", "member", "owner", "fire"),
            ]
        ),
        st.integers(0, 7),
        st.integers(0, 3),
    ),
    max_size=7,
)


class Person:
    """Makes edits and decisions out of small numbers, on whatever is there."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def play(self, moves: list[Move]) -> None:
        for kind, which, what in moves:
            # What makes no sense here is refused, and changes nothing.
            with contextlib.suppress(UserError):
                getattr(self, f"_{kind}")(which, what)

    def decide(self, item: ReviewItem, what: int) -> None:
        """Take one of the choices that a card offers."""
        choices: list[tuple[Any, ...]] = []
        match item:
            case EditItem():
                choices = [(review.keep_now, item)]
                choices += [(review.take_other, item, other) for other in item.others]
                if item.join is not None and item.join.is_clean:
                    choices.append((review.use_text, item, item.join.text))
            case DeletionItem():
                choices = [(review.keep_item, item), (review.delete_after_all, item)]
            case RecoveredItem():
                choices = [(review.bring_owner_back, item), (review.delete_recovered, item)]
                choices += [(review.move_recovered, item, place) for place in item.places]
            case CircleItem():
                choices = [(review.let_be, item)]
                choices += [(review.make_hold, item, link) for link in item.links]
            case DuplicateItem():
                choices = [(review.make_these_one, item), (review.keep_two, item)]
            case ClashItem():
                choices = [(settle_clash, item, way) for way in item.ways]
        verb, *arguments = choices[what % len(choices)]
        self._workspace.write("Decide", verb, *arguments)

    def _account(self, which: int, what: int) -> None:
        self._workspace.write("Add", add_account, f"Account {what}")

    def _rename(self, which: int, what: int) -> None:
        self._workspace.write(
            "Rename", edit_account, self._one("account", which), name=f"Account {what}"
        )

    def _region(self, which: int, what: int) -> None:
        self._workspace.write(
            "Region", edit_account, self._one("account", which), region=f"{what}" if what else None
        )

    def _plan(self, which: int, what: int) -> None:
        self._workspace.write("Plan", add_plan, self._one("account", which), f"Plan {what}")

    def _goal(self, which: int, what: int) -> None:
        plan = ItemRef(None, self._one("plan", which))
        self._workspace.write("Goal", add_item, ItemKind.GOAL, plan, f"Goal {what}")

    def _milestone(self, which: int, what: int) -> None:
        goal = ItemRef(ItemKind.GOAL, self._one("goal", which))
        self._workspace.write("Add", add_item, ItemKind.MILESTONE, goal, f"Milestone {what}")

    def _title(self, which: int, what: int) -> None:
        item = ItemRef(ItemKind.MILESTONE, self._one("milestone", which))
        self._workspace.write("Title", edit_item, item, title=f"Title {what}")

    def _move(self, which: int, what: int) -> None:
        item = ItemRef(ItemKind.MILESTONE, self._one("milestone", which))
        goal = ItemRef(ItemKind.GOAL, self._one("goal", what))
        self._workspace.write("Move", move_item, item, goal)

    def _boss(self, which: int, what: int) -> None:
        one, boss = self._one("contact", which), self._one("contact", what)
        self._workspace.write("Boss", edit_contact, one, reports_to_id=boss)

    def _waits(self, which: int, what: int) -> None:
        one, after = self._one("milestone", which), self._one("milestone", what)
        self._workspace.write("Waits", set_dependencies, one, {after})

    def _contact(self, which: int, what: int) -> None:
        self._workspace.write("Add", add_contact, self._one("account", which), f"Contact {what}")

    def _tag(self, which: int, what: int) -> None:
        self._workspace.write("Tag", tag_account, self._one("account", which), f"Tag {what}")

    def _churn(self, which: int, what: int) -> None:
        account = self._one("account", which)
        if what:
            self._workspace.write("C", churn_account, account, today(), ChurnReason.PRODUCT)
        else:
            self._workspace.write("Win back", win_back, account)

    def _sign(self, which: int, what: int) -> None:
        fields = {"mrr": what, "status": ContractStatus.RUNNING}
        self._workspace.write("Sign", add_contract, self._one("account", which), **fields)

    def _span(self, which: int, what: int) -> None:
        item = ItemRef(ItemKind.MILESTONE, self._one("milestone", which))
        field = ("start_on", "due_on")[which % 2]
        self._workspace.write("D", edit_item, item, **{field: dt.date(2027, 1, 1 + what)})

    def _member(self, which: int, what: int) -> None:
        self._workspace.write("Member", add_member, f"Member {what}")

    def _owner(self, which: int, what: int) -> None:
        account, member = self._one("account", which), self._one("member", what)
        self._workspace.write("Owner", edit_account, account, owner_id=member)

    def _fire(self, which: int, what: int) -> None:
        self._workspace.write("Delete", delete_row, "member", self._one("member", what))

    def _delete(self, which: int, what: int) -> None:
        entity = ("account", "plan", "goal", "milestone")[what]
        self._workspace.write("Delete", delete_row, entity, self._one(entity, which))

    def _undo(self, which: int, what: int) -> None:
        self._workspace.undo()

    def _decide(self, which: int, what: int) -> None:
        items = self._workspace.read(review_items)
        if items:
            self.decide(items[which % len(items)], what)

    def _one(self, entity: str, which: int) -> str:
        rows = self._workspace.read(_living, entity)
        if not rows:
            raise UserError("there is none")
        return rows[which % len(rows)]


def _living(session: Session, entity: str) -> list[str]:
    record = entity_records()[entity]
    return sorted(session.scalars(select(record.id).where(record.deleted_at.is_(None))))


def prepare(workspace: Workspace) -> None:
    Person(workspace).play(
        [
            *(("account", 0, 0), ("plan", 0, 0), ("goal", 0, 0), ("goal", 0, 1)),
            *(("milestone", 0, 0), ("milestone", 1, 1), ("contact", 0, 0), ("contact", 0, 1)),
            *(("sign", 0, 1), ("member", 0, 0)),
        ]
    )


def work_off(pair: Pair, choice: int) -> None:
    """Decide everything that waits, one after the other, until nothing does."""
    for _round in range(MOST_ROUNDS):
        items = pair.waiting()
        if not items:
            return
        for item in items:
            # An earlier decision may have settled it along.
            with contextlib.suppress(UserError):
                Person(pair.aiko).decide(item, choice)
        pair.pass_by(minutes=1)
        pair.meet()
    assert pair.waiting() == ()


@settings(max_examples=4 * MORE)
@given(
    rounds=st.lists(st.tuples(MOVES, MOVES), min_size=1, max_size=3),
    choice=st.integers(0, 3),
)
@example(
    rounds=[
        (
            [("plan", 0, 0)],
            [("delete", 1, 1), ("plan", 2, 1)],
        )
    ],
    choice=0,
).via("places to move to came in the order in which they had arrived")
def test_both_see_the_same_and_it_can_be_worked_off(
    rounds: list[tuple[list[Move], list[Move]]], choice: int
) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        pair_after(Path(folder), prepare) as (pair, _made),
    ):
        for mine, theirs in rounds:
            Person(pair.aiko).play(mine)
            Person(pair.ben).play(theirs)
            pair.pass_by(minutes=10)
            pair.meet()
            pair.waiting()
        work_off(pair, choice)
        for workspace in (pair.aiko, pair.ben):
            assert broken_laws(workspace.replica.database) == []
