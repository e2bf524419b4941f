"""Two plans that two people started from one template are made one, without each item twice."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from csdesk.actions.accounts import add_account
from csdesk.actions.plan_items import tick_item
from csdesk.actions.review import make_these_one
from csdesk.actions.templates import plan_from_template
from csdesk.model.items import ItemKind, ItemRef
from csdesk.queries.outline import OutlineItem, plan_outline
from csdesk.queries.review_items import DuplicateItem
from csdesk.queries.shipped_templates import shipped_templates
from tests.queries.apart import Pair
from tests.store.laws import broken_laws

DAY = dt.date(2026, 4, 1)


def test_what_says_the_same_is_there_once_and_what_was_worked_on_stays(two: Pair) -> None:
    account = two.aiko.write("Add", add_account, "Planted twice").result
    two.meet()
    template = shipped_templates("en")[0]
    plans = []
    for workspace in (two.aiko, two.ben):
        made = workspace.write(
            "Plan", plan_from_template, account, template.id, "Onboarding", DAY
        ).result
        plans.append(made)
        two.pass_by(minutes=3)
    first, second = plans
    alone = two.aiko.read(shape, first)
    action = next(row for row in two.ben.read(rows_of, second) if row.ref.kind is ItemKind.ACTION)
    two.ben.write("Tick", tick_item, ItemRef(ItemKind.ACTION, action.ref.id), True)
    two.meet()
    item = next(
        item
        for item in two.waiting()
        if isinstance(item, DuplicateItem) and item.account_id == account
    )
    before = two.aiko.read(shape, second)
    two.ben.write("One", make_these_one, item)
    two.meet()
    now = two.aiko.read(shape, first)
    assert now == two.ben.read(shape, first)
    assert len(now) == len(alone) + 1, "the one that Ben ticked is there beside the open one"
    assert [row for row in now if row[:2] == (ItemKind.ACTION, action.title)] != []
    assert sum(row[4] for row in now) == 1
    assert two.aiko.read(shape, second) == []
    assert not [item for item in two.waiting() if item.account_id == account]
    two.ben.undo()
    two.meet()
    assert (two.aiko.read(shape, first), two.aiko.read(shape, second)) == (alone, before)
    assert broken_laws(two.aiko.replica.database) == []


def rows_of(session: Session, plan: str) -> list[OutlineItem]:
    """Return the items of a plan, each before what stands below it; none of a deleted plan."""
    outline = plan_outline(session, plan, today=DAY)
    rows: list[OutlineItem] = []

    def take(items: tuple[OutlineItem, ...]) -> None:
        for item in items:
            rows.append(item)
            take(item.children)

    take(outline.items if outline is not None else ())
    return rows


def shape(session: Session, plan: str) -> list[tuple[Any, ...]]:
    """Return what the items of a plan say, with their measures and what they wait for."""
    rows = rows_of(session, plan)
    titles = {row.ref.id: row.title for row in rows}
    return [
        (
            row.ref.kind,
            row.title,
            titles.get(row.parent.id, ""),
            row.due_on,
            row.is_done,
            tuple(line.kpi_name for line in row.measures),
            tuple(sorted(titles[one] for one in row.depends_on)),
        )
        for row in rows
    ]
