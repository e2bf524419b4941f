"""A workspace and a colleague's copy of it that went apart: real edits, really merged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from csdesk.actions.accounts import add_account
from csdesk.actions.people import add_contact
from csdesk.actions.plan_items import add_item
from csdesk.actions.plans import add_plan
from csdesk.actions.rows import change_row, create_row, delete_row
from csdesk.model.items import ItemKind, ItemRef
from csdesk.workspace.workspace import Workspace
from tests.store.desk import Device, SetClock

BEFORE = "CIO wants a recovery plan before the board meets."
USAGE = f"{BEFORE} Usage fell after the October release."
PRICING = f"{BEFORE} Pricing is not the issue."


@dataclass(frozen=True)
class Ids:
    """What both have from the start."""

    account: str
    plan: str
    goal: str
    milestone: str
    action: str
    contact: str
    boss: str
    leaver: str
    touchpoint: str
    other_touchpoint: str


def begin(session: Session) -> Ids:
    """Add what both have from the start."""
    account = add_account(session, "Fuji Retail Group", industry="Retail")
    plan = add_plan(session, account, "Second half")
    goal = add_item(session, ItemKind.GOAL, ItemRef(None, plan), "Weekly use by every team")
    milestone = add_item(
        session, ItemKind.MILESTONE, goal, "Dashboard goes live", due_on=january(15)
    )
    action = add_item(session, ItemKind.ACTION, milestone, "Send the deck")
    return Ids(
        account,
        plan,
        goal.id,
        milestone.id,
        action.id,
        add_contact(session, account, "Sato"),
        add_contact(session, account, "Ito"),
        add_contact(session, account, "Mori"),
        _touchpoint(session, account, 1),
        _touchpoint(session, account, 2),
    )


def _touchpoint(session: Session, account: str, day: int) -> str:
    held_at = dt.datetime(2026, 11, day, 9, 0, tzinfo=dt.UTC)
    values = {"account_id": account, "held_at": held_at, "summary": BEFORE}
    return create_row(session, "touchpoint", values)


def january(day: int) -> dt.date:
    """Return a day of January 2027."""
    return dt.date(2027, 1, day)


class Apart:
    """My workspace, open, and Ben's copy of it on another computer."""

    def __init__(self, mine: Workspace, folder: Path, ids: Ids | None = None) -> None:
        """`ids` tell that what both have is there already, and in my document, too."""
        self.mine = mine
        self.ids = ids or mine.write("Begin", begin).result
        if ids is None:
            mine.publish()
        self.theirs = Device.beside(folder / "ben", mine.path)
        self.theirs.clock = SetClock(dt.datetime.now(dt.UTC) - dt.timedelta(hours=2))

    @property
    def document(self) -> Path:
        """Ben's copy of the file."""
        return self.theirs.document

    def ben(self, action: Callable[..., Any], *args: Any) -> Any:
        """Let Ben do something on his computer; return what the action returns."""
        with self.theirs.open() as workspace:
            return workspace.write("Ben's", action, *args).result

    def both_change(self, entity: str, row_id: str, field: str, *, mine: Any, ben: Any) -> None:
        """Let both give a field different values; mine is the later one."""
        self.ben(change_row, entity, row_id, {field: ben})
        self.mine.write("Mine", change_row, entity, row_id, {field: mine})

    def move_milestone(self) -> None:
        """Disagree on the day a milestone is due."""
        self.both_change(
            "milestone", self.ids.milestone, "due_on", mine=january(31), ben=january(20)
        )

    def add_to_text(self) -> None:
        """Both write more into a long text, at different places."""
        self.both_change("touchpoint", self.ids.touchpoint, "summary", mine=USAGE, ben=PRICING)

    def change_same_word(self) -> None:
        """Both change the same word of a long text."""
        texts = (BEFORE.replace("CIO", "CFO"), BEFORE.replace("CIO", "CEO"))
        self.both_change(
            "touchpoint", self.ids.other_touchpoint, "summary", mine=texts[0], ben=texts[1]
        )

    def delete_what_is_edited(self) -> None:
        """Ben deletes somebody whose title I write."""
        self.ben(delete_row, "contact", self.ids.leaver)
        self.mine.write("Mine", change_row, "contact", self.ids.leaver, {"title": "CIO"})

    def delete_owner(self) -> str:
        """Ben deletes the goal below which I add something; return what I added."""
        self.ben(delete_row, "goal", self.ids.goal)
        goal = ItemRef(ItemKind.GOAL, self.ids.goal)
        step = self.mine.write("Mine", add_item, ItemKind.ACTION, goal, "Book the training")
        return step.result.id

    def report_in_a_circle(self) -> None:
        """Each of two contacts reports to the other."""
        one, other = self.ids.contact, self.ids.boss
        self.ben(change_row, "contact", one, {"reports_to_id": other})
        self.mine.write("Mine", change_row, "contact", other, {"reports_to_id": one})

    def both_add(self, name: str) -> tuple[str, str]:
        """Both add an account of one name; return the ids of both."""
        return self.ben(add_account, name), self.mine.write("Mine", add_account, name).result

    def meet(self) -> None:
        """Take Ben's copy in."""
        self.mine.team.merge(self.document)
