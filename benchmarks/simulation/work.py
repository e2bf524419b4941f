"""What a customer success manager does in a minute: one small step, drawn by lot.

Rows are drawn by what they are called, not by their ids: the same lots make the same day.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.actions.accounts import add_account, delete_accounts, edit_account, tag_account
from csdesk.actions.kpis import set_kpi_value
from csdesk.actions.people import add_contact, edit_contact
from csdesk.actions.plan_items import (
    ItemKind,
    ItemRef,
    add_item,
    delete_items,
    edit_item,
    move_item,
    tick_item,
)
from csdesk.errors import UserError
from csdesk.model.records import Account, Action, Contact, Goal, Kpi, Milestone

_MONTHS = [dt.date(2026, month, 1) for month in range(1, 13)]


def do_something(session: Session, chance: random.Random, name: str) -> None:
    """Change something in a workspace that has the sample; `name` goes into what is new.

    Raises UserError where the step makes no sense, as the program would tell a person.
    """
    kinds, weights = zip(*_STEPS, strict=True)
    step: Callable[[Session, random.Random, str], None] = chance.choices(kinds, weights)[0]
    step(session, chance, name)


def _edit_account(session: Session, chance: random.Random, name: str) -> None:
    fields = {
        "business_summary": f"What {name} heard of them",
        "employees": chance.randrange(1, 5000),
        "name": f"Account {name}",
    }
    field = chance.choice(sorted(fields))
    edit_account(session, _drawn(session, chance, Account), **{field: fields[field]})


def _edit_action(session: Session, chance: random.Random, name: str) -> None:
    action = ItemRef(ItemKind.ACTION, _drawn(session, chance, Action))
    due = dt.date(2026, 12, 1) + dt.timedelta(days=chance.randrange(300))
    fields = {"title": f"Do {name}", "due_on": due, "internal_note": f"As {name} said"}
    field = chance.choice(sorted(fields))
    if field == "due_on":
        edit_item(session, action, start_on=None, due_on=due)
    else:
        edit_item(session, action, **{field: fields[field]})


def _tick(session: Session, chance: random.Random, _name: str) -> None:
    action = ItemRef(ItemKind.ACTION, _drawn(session, chance, Action))
    tick_item(session, action, chance.random() < 0.7, dt.date(2026, 11, 23))


def _add_action(session: Session, chance: random.Random, name: str) -> None:
    goal = ItemRef(ItemKind.GOAL, _drawn(session, chance, Goal))
    add_item(session, ItemKind.ACTION, goal, f"New {name}")


def _move(session: Session, chance: random.Random, _name: str) -> None:
    milestone = ItemRef(ItemKind.MILESTONE, _drawn(session, chance, Milestone))
    move_item(session, milestone, ItemRef(ItemKind.GOAL, _drawn(session, chance, Goal)))


def _enter_value(session: Session, chance: random.Random, _name: str) -> None:
    account, kpi = _drawn(session, chance, Account), _drawn(session, chance, Kpi)
    value = None if chance.random() < 0.1 else Decimal(chance.randrange(1000))
    set_kpi_value(session, account, kpi, chance.choice(_MONTHS), value)


def _add_person(session: Session, chance: random.Random, name: str) -> None:
    add_contact(session, _drawn(session, chance, Account), f"Contact {name}")


def _report_to(session: Session, chance: random.Random, _name: str) -> None:
    """Two people who do so at once may make a circle."""
    contact = session.get_one(Contact, _drawn(session, chance, Contact))
    others = select(Contact.id).where(
        Contact.account_id == contact.account_id, Contact.deleted_at.is_(None)
    )
    chosen = chance.choice([None, *sorted(session.scalars(others))])
    if chosen != contact.id:
        edit_contact(session, contact.id, reports_to_id=chosen)


def _tag(session: Session, chance: random.Random, _name: str) -> None:
    tag_account(session, _drawn(session, chance, Account), chance.choice(["green", "watch", "vip"]))


def _delete_item(session: Session, chance: random.Random, _name: str) -> None:
    kind = chance.choice([ItemKind.ACTION, ItemKind.ACTION, ItemKind.MILESTONE])
    record = Action if kind is ItemKind.ACTION else Milestone
    delete_items(session, [ItemRef(kind, _drawn(session, chance, record))])


def _add_account(session: Session, _chance: random.Random, name: str) -> None:
    add_account(session, f"Account {name}")


def _delete_account(session: Session, chance: random.Random, _name: str) -> None:
    """Rarely, and only while there are enough of them."""
    living = session.scalars(select(Account.id).where(Account.deleted_at.is_(None))).all()
    if len(living) > 4:
        delete_accounts(session, [_drawn(session, chance, Account)])


def _drawn(session: Session, chance: random.Random, record: type[Any]) -> str:
    title = next(getattr(record, name) for name in ("title", "name") if hasattr(record, name))
    living = select(record.id).where(record.deleted_at.is_(None)).order_by(title, record.id)
    found = session.scalars(living).all()
    if not found:
        raise UserError("There is nothing of this kind yet.")
    return str(chance.choice(found))


_STEPS: tuple[tuple[Callable[[Session, random.Random, str], None], int], ...] = (
    (_edit_account, 20),
    (_edit_action, 30),
    (_tick, 12),
    (_add_action, 10),
    (_move, 6),
    (_enter_value, 15),
    (_add_person, 4),
    (_report_to, 6),
    (_tag, 4),
    (_delete_item, 5),
    (_add_account, 3),
    (_delete_account, 1),
)
