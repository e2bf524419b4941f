"""Two people with a small plan, for the tests of what they decide about it."""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.actions.accounts import add_account
from csdesk.actions.people import add_contact
from csdesk.actions.plan_items import add_item
from csdesk.actions.plans import add_plan
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.records import Account, Contact
from csdesk.queries.review import review_items
from csdesk.queries.review_items import ReviewItem
from csdesk.workspace.workspace import Workspace
from tests.store.desk import row_of

Kind = TypeVar("Kind", bound=ReviewItem)


class Desk:
    """What both have at first."""

    def __init__(self, workspace: Workspace) -> None:
        write = workspace.write
        self.account = write("Account", add_account, "Fuji", region="Center").result
        self.plan = write("Plan", add_plan, self.account, "Onboarding").result
        at_plan = ItemRef(None, self.plan)
        self.goal = write("Goal", add_item, ItemKind.GOAL, at_plan, "One").result
        self.other_goal = write("Goal", add_item, ItemKind.GOAL, at_plan, "Two").result
        self.milestone = write("Add", add_item, ItemKind.MILESTONE, self.goal, "Live").result
        self.people = [write("Add", add_contact, self.account, name).result for name in "AB"]


def only(workspace: Workspace, kind: type[Kind]) -> Kind:
    (item,) = workspace.read(review_items)
    assert isinstance(item, kind)
    return item


def region(workspace: Workspace, desk: Desk) -> str | None:
    return workspace.read(row_of, Account, desk.account)["region"]  # type: ignore[no-any-return]


def living(session: Session, record: Any) -> list[Any]:
    return list(session.scalars(select(record.id).where(record.deleted_at.is_(None))))


def boss(workspace: Workspace, contact: str) -> Any:
    return workspace.read(row_of, Contact, contact)["reports_to_id"]
