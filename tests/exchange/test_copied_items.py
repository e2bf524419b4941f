"""What is copied from an outline gives the same items again where it is pasted."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from csdesk.exchange.copied_items import items_as_html, items_as_text
from csdesk.exchange.pasted_items import read_block
from csdesk.i18n import use_language
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.vocabulary import (
    ActionStatus,
    GoalStatus,
    MilestoneStatus,
    Priority,
    Side,
    Visibility,
)
from csdesk.queries.known_people import KnownPeople, Person
from csdesk.queries.outline import OutlineItem

TODAY = dt.date(2026, 11, 22)
PEOPLE = KnownPeople(
    (Person("yamada", Side.US, "山田 太郎"), Person("sato", Side.CUSTOMER, "佐藤 花子"))
)
STATUSES = {
    ItemKind.GOAL: GoalStatus,
    ItemKind.MILESTONE: MilestoneStatus,
    ItemKind.ACTION: ActionStatus,
}
INNER = {
    ItemKind.GOAL: (ItemKind.MILESTONE, ItemKind.ACTION),
    ItemKind.MILESTONE: (ItemKind.ACTION,),
    ItemKind.ACTION: (),
}
TITLES = st.one_of(
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Zs")), min_size=1),
    st.sampled_from(
        ['"a" b', "- a", "1. b", "[x] c", "目標1：d", "12/5", "a （佐藤様）", '"', "完了"]
    ),
)
DAYS = st.none() | st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31))


def blank(kind: ItemKind, title: str) -> OutlineItem:
    return OutlineItem(
        ref=ItemRef(kind, "id"), parent=ItemRef(None, "plan"), title=title, status=None,
        owner_id=None, owner="", customer_owner_id=None, customer_owner="", side=None,
        priority=None, standing=None, start_on=None, due_on=None, done_on=None,
        visibility=Visibility.CUSTOMER, hidden_by_parent=False, progress=None, late_days=0,
        is_done=False, is_closed=False, text="", internal_note="secret", measures=(),
        depends_on=(), children=(),
    )  # fmt: skip


@st.composite
def trees(
    draw: st.DrawFn, kinds: tuple[ItemKind, ...] = tuple(ItemKind)
) -> tuple[OutlineItem, ...]:
    made = []
    for _count in range(draw(st.integers(0, 3))):
        kind = draw(st.sampled_from(kinds))
        item = blank(kind, draw(TITLES))
        due = draw(DAYS)
        side = draw(st.sampled_from([None, Side.US, Side.CUSTOMER]))
        item = replace(
            item,
            status=draw(st.sampled_from(list(STATUSES[kind]))),
            due_on=due,
            owner="山田 太郎" if side is Side.US else "",
            customer_owner="佐藤 花子" if side is Side.CUSTOMER else "",
            priority=draw(st.sampled_from(list(Priority))) if kind is ItemKind.ACTION else None,
            visibility=draw(st.sampled_from(list(Visibility))),
        )
        inner = INNER[kind]
        made.append(replace(item, children=draw(trees(inner)) if inner else ()))
    return tuple(made)


def told(items: tuple[OutlineItem, ...], depth: int = 0) -> list[tuple[object, ...]]:
    return [
        line
        for item in items
        for line in (
            (depth, item.ref.kind, item.title, item.due_on, bool(item.owner),
             bool(item.customer_owner), item.status, item.priority, item.visibility),
            *told(item.children, depth + 1),
        )
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ja"])
@given(items=trees((ItemKind.GOAL, ItemKind.ACTION)))
def test_copied_and_pasted_items_are_the_same(
    language: str, items: tuple[OutlineItem, ...]
) -> None:
    # Where nothing stands in, what follows a goal is taken to be below it.
    assume(len({item.ref.kind for item in items}) < 2 or any(item.children for item in items))
    use_language(language)
    try:
        block = read_block(items_as_text(items), PEOPLE, TODAY)
    finally:
        use_language("en")
    found = []
    depths: list[int] = []
    for item in block.items:
        depths.append(0 if item.above is None else depths[item.above] + 1)
        fields = item.fields
        found.append(
            (depths[-1], item.kind, item.title, fields.get("due_on"), "owner_id" in fields,
             "customer_owner_id" in fields, fields.get("status"), fields.get("priority"),
             fields.get("visibility"))
        )  # fmt: skip
    assert found == told(items)
    assert block.leftovers == ()


def test_nothing_internal_leaves_with_what_is_copied() -> None:
    items = (replace(blank(ItemKind.GOAL, "a < b"), children=(blank(ItemKind.ACTION, "c & d"),)),)
    for written in (items_as_text(items), items_as_html(items)):
        assert "secret" not in written
    assert "a &lt; b" in items_as_html(items)
    assert "c &amp; d" in items_as_html(items)
