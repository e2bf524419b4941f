"""What can be done with several items of an outline at once, each as one step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from csdesk.actions.editing import get
from csdesk.actions.indenting import indent_item, outdent_item
from csdesk.actions.plan_items import (
    ItemKind,
    ItemRef,
    children,
    copy_item,
    duplicate_item,
    edit_item,
    item,
    move_item,
    parent_of,
    plan_of,
    shift_item,
    tick_item,
)
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model.records import Plan


def edit_items(session: Session, changes: Mapping[ItemRef, Mapping[str, Any]]) -> None:
    """Set fields of items, each its own; raises UserError as `edit_item` does."""
    for ref, fields in changes.items():
        edit_item(session, ref, **fields)


def tick_items(session: Session, refs: Sequence[ItemRef], done: bool) -> None:
    """Tick items off, or take their ticks back."""
    for ref in refs:
        tick_item(session, ref, done)


def move_items(
    session: Session, refs: Sequence[ItemRef], parent: ItemRef, after: ItemRef | None
) -> list[ItemRef]:
    """Move items below a parent, after a sibling or to the top, in the order given.

    Raises UserError where one cannot stand there, or the parent is of another account.
    """
    wanted = _account_of(session, parent)
    if after is not None and after in refs:
        after = _before(session, after, refs)
    for ref in refs:
        if _account_of(session, ref) != wanted:
            raise UserError(
                _("These items belong to the plan of another customer."),
                _("Copy them and paste them here instead."),
            )
        move_item(session, ref, parent, after=after)
        after = ref
    return list(refs)


def shift_items(session: Session, refs: Sequence[ItemRef], by: int) -> list[ItemRef]:
    """Move items up (-1) or down (+1) among their siblings; a block at the end stays there."""
    ordered = list(refs) if by < 0 else list(reversed(refs))
    stuck: set[ItemRef] = set()
    for ref in ordered:
        siblings = children(session, parent_of(session, item(session, ref)))
        place = next(i for i, one in enumerate(siblings) if one.id == ref.id) + by
        at_end = not 0 <= place < len(siblings)
        if at_end or any(one.id == siblings[place].id for one in stuck):
            stuck.add(ref)
        else:
            shift_item(session, ref, by)
    return list(refs)


def indent_items(session: Session, refs: Sequence[ItemRef]) -> list[ItemRef]:
    """Move items below the one before the first of them; return them as they are now."""
    return [indent_item(session, ref) for ref in refs]


def outdent_items(session: Session, refs: Sequence[ItemRef]) -> list[ItemRef]:
    """Move items out of the one that holds them, in their order; return them as they are now."""
    # Each lands right after what held it, so the last one goes first.
    return [outdent_item(session, ref) for ref in reversed(refs)][::-1]


def duplicate_items(session: Session, refs: Sequence[ItemRef]) -> list[ItemRef]:
    """Copy items with what stands below them, each block after itself; return the copies."""
    holders = {parent_of(session, item(session, ref)) for ref in refs}
    if len(holders) > 1:
        return [duplicate_item(session, ref) for ref in refs]
    made: list[ItemRef] = []
    after = refs[-1]
    for ref in refs:
        made.append(duplicate_item(session, ref, after=after))
        after = made[-1]
    return made


def copy_items(
    session: Session, refs: Sequence[ItemRef], parent: ItemRef, after: ItemRef | None
) -> list[ItemRef]:
    """Copy items, with what stands below them and all they say, below a parent.

    The copies stand after a sibling or first, in the order given. Raises UserError where one
    cannot stand there.
    """
    made: list[ItemRef] = []
    for ref in refs:
        after = copy_item(session, ref, parent, after)
        made.append(after)
    return made


def _account_of(session: Session, ref: ItemRef) -> str:
    return get(session, Plan, plan_of(session, ref)).account_id


def _before(session: Session, ref: ItemRef, moved: Sequence[ItemRef]) -> ItemRef | None:
    """Return the last sibling up to `ref` that is not moved itself."""
    siblings = children(session, parent_of(session, item(session, ref)))
    found: ItemRef | None = None
    for row in siblings:
        one = ItemRef(ItemKind(row.__tablename__), row.id)
        if one not in moved:
            found = one
        if one == ref:
            break
    return found
