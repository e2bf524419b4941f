"""Decisions about what copies of the file disagree about: ordinary edits, each with a settlement.

The settlement tells everybody that the matter was looked at; it is journalled, merged and undone
like any other row. Each verb takes the item as it was read, and refuses where it is no longer so:
nobody decides about something else than what was on the screen.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import Any

from sqlalchemy.orm import Session

from csdesk.actions import joining
from csdesk.actions.churn_review import follow_choice
from csdesk.actions.deciding import (
    Decision,
    check_as_read,
    is_as_read,
    of_deletion,
    of_edit,
    of_pairs,
    settle_all,
)
from csdesk.actions.editing import clean, delete, get
from csdesk.actions.people import check_reports_to
from csdesk.actions.plan_items import ItemKind, ItemRef, children, follow_status, move_item
from csdesk.actions.plan_items import item as plan_item
from csdesk.actions.reviving import bring_back, set_stored
from csdesk.actions.rows import delete_row
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model.base import entity_records
from csdesk.model.records import Contact, MilestoneDependency
from csdesk.queries.gone_together import comes_back_with, gone_with
from csdesk.queries.place_words import PLACE_FIELDS, owner_written
from csdesk.queries.review_deletions import find_deletions, made_by_others
from csdesk.queries.review_finding import find_circles, find_edits
from csdesk.queries.review_items import (
    CircleItem,
    CircleLink,
    DeletionItem,
    DuplicateItem,
    EditItem,
    Place,
    RecoveredItem,
    ReviewItem,
    ReviewKind,
    WrittenValue,
)
from csdesk.queries.settlements import (
    BROUGHT_BACK,
    DELETED_AFTER_ALL,
    KEPT,
    LET_BE,
    MADE_TO_HOLD,
    NOW_ONE,
    STILL_TWO,
    Matters,
    Ruling,
    journal_matter,
    pair_matter,
    recovered_matter,
    settled_matters,
)
from csdesk.queries.ways_back import step_of
from csdesk.store.driver import RawConnection
from csdesk.store.journal import StepKey
from csdesk.workspace.writing import raw_connection

_TURNED = frozenset({"account_tag", "health_measure", "kpi_value", "touchpoint_attendee"})
"""Of these there is only one of a kind: they are made anew, or take another one's place."""


def keep_now(session: Session, item: EditItem) -> None:
    """Keep the value that shows, and settle the matter."""
    check_as_read(session, item)
    _follow_status(session, item, item.now.stored)
    settle_all(session, of_edit(item, item.now.stored))


def take_other(session: Session, item: EditItem, other: WrittenValue) -> None:
    """Take a value that was kept aside, and settle the matter.

    An item that was moved to two places goes to the other one. Raises UserError where that is
    gone, or where people would report in a circle.
    """
    check_as_read(session, item)
    if item.field in PLACE_FIELDS.get(item.entity, ()) and item.field != "position":
        _move_to(session, item, other)
    else:
        if item.field == "reports_to_id" and other.stored is not None:
            check_reports_to(session, item.row_id, other.stored)
        set_stored(session, item.entity, item.row_id, item.field, other.stored)
        _follow_status(session, item, other.stored)
    settle_all(session, of_edit(item, other.stored))


def use_text(session: Session, item: EditItem, text: str) -> None:
    """Put a text in the place of all that were written, such as the joined one, and settle it."""
    check_as_read(session, item)
    record = entity_records()[item.entity]
    wanted = clean(item.field, text, record)
    set_stored(session, item.entity, item.row_id, item.field, wanted)
    settle_all(session, of_edit(item, wanted))


def keep_item(session: Session, item: DeletionItem) -> None:
    """Keep what somebody deleted, and bring back what went with it.

    What was taken along with somebody else's comes back as its own author made it.
    """
    check_as_read(session, item)
    row = (item.entity, item.row_id)
    others = made_by_others(_raw(session), *row, *item.deletion) if item.taken_along else {}
    bring_back(session, [row, *gone_with(_raw(session), row, item.deletion)])
    for field, head in others.items():
        set_stored(session, *row, field, head.value)
    settle_all(session, of_deletion(item, KEPT))


def delete_after_all(session: Session, item: DeletionItem) -> None:
    """Delete what somebody deleted and somebody else edited, with all that belongs to it."""
    check_as_read(session, item)
    if not item.is_gone:
        delete_row(session, item.entity, item.row_id)
    settle_all(session, of_deletion(item, DELETED_AFTER_ALL))


def bring_owner_back(session: Session, item: RecoveredItem) -> int:
    """Bring back what a recovered item belongs to, with all that went with that.

    Returns how many rows came back. Raises UserError where the owner never arrived here.
    """
    check_as_read(session, item)
    if not item.can_come_back:
        raise UserError(
            _("What this belongs to has not arrived here yet."),
            _("It comes with the changes of who made it. Wait for them, or move this elsewhere."),
        )
    rows = [(item.entity, row) for row in item.rows]
    count = bring_back(session, [*comes_back_with(_raw(session), rows[0]), *rows])
    raw = _raw(session)
    # Whoever deleted the owner deleted the item with it: that matter is settled too.
    kept = [
        (ReviewKind.DELETION, journal_matter(key), KEPT)
        for found in find_deletions(raw, settled_matters(raw), set())
        if (found.entity, found.row) in rows
        for key in (found.deletion, *found.below)
    ]
    settle_all(session, [(ReviewKind.RECOVERED, _recovered(item), BROUGHT_BACK), *kept])
    return count


def move_recovered(session: Session, item: RecoveredItem, place: Place) -> None:
    """Put a recovered item below something that lives; one of its `places`.

    Values take the place of those that are there. Raises UserError where the place is gone.
    """
    check_as_read(session, item)
    entity, _mark, row_id = place.id.partition(":")
    if place not in item.places:
        raise ValueError(f"{place.id} is no place for {item.entity}")
    get(session, entity_records()[entity], row_id)
    if item.entity in PLACE_FIELDS:
        parent = ItemRef(None if entity == "plan" else ItemKind(entity), row_id)
        # It may count as standing there already, for want of its owner.
        siblings = [one for one in children(session, parent) if one.id != item.row_id]
        last = ItemRef(ItemKind(siblings[-1].__tablename__), siblings[-1].id) if siblings else None
        move_item(session, ItemRef(ItemKind(item.entity), item.row_id), parent, after=last)
    elif len(item.rows) > 1 or item.entity in _TURNED:
        joining.turn_references(
            session, item.entity, item.field, item.parent_id, row_id, replacing=True
        )
    else:
        set_stored(session, item.entity, item.row_id, item.field, row_id)


def delete_recovered(session: Session, item: RecoveredItem) -> None:
    """Delete a recovered item too, with all that belongs to it."""
    check_as_read(session, item)
    delete(session, item.entity, list(item.rows))
    settle_all(session, [(ReviewKind.RECOVERED, _recovered(item), DELETED_AFTER_ALL)])


def let_be(session: Session, item: CircleItem) -> None:
    """Leave a reference that gave way as it shows."""
    check_as_read(session, item)
    settle_all(session, [(ReviewKind.CIRCLE, journal_matter(item.reference), LET_BE)])


def make_hold(session: Session, item: CircleItem, link: CircleLink) -> None:
    """Let a reference hold that gave way, by clearing another one of the circle."""
    check_as_read(session, item)
    if link not in item.links:
        raise ValueError(f"{link.row_id} is not in the circle")
    if item.entity == "contact":
        get(session, Contact, link.row_id).reports_to_id = None
    else:
        get(session, MilestoneDependency, link.row_id)
        delete(session, item.entity, [link.row_id])
    settle_all(session, [(ReviewKind.CIRCLE, journal_matter(item.reference), MADE_TO_HOLD)])


def make_these_one(session: Session, item: DuplicateItem) -> str:
    """Make rows one that are the same; return the id of the oldest, which stays.

    All that refers to the others turns to it, and what it lacks is filled in from them.
    """
    check_as_read(session, item)
    first, *others = [candidate.id for candidate in item.candidates if not candidate.is_gone]
    for other in others:
        joining.make_one(session, item.entity, first, other)
    settle_all(session, of_pairs(item, NOW_ONE))
    return first


def keep_two(session: Session, item: DuplicateItem) -> None:
    """Say that rows of one name are not the same; where somebody made them one, take them apart."""
    check_as_read(session, item)
    raw = _raw(session)
    rows = [candidate.id for candidate in item.candidates]
    if any(candidate.is_gone for candidate in item.candidates):
        joining.take_apart(session, _joining_steps(raw, item.entity, rows))
        bring_back(session, [(item.entity, row) for row in rows])
    settle_all(session, of_pairs(item, STILL_TWO))


def keep_all(session: Session, items: Iterable[ReviewItem]) -> int:
    """Settle all that can stay as it shows; return how many matters that were.

    Recovered items and rows of one name stay: somebody has to say what becomes of them. What
    changed since it was read stays too.
    """
    raw = _raw(session)
    matters = settled_matters(raw)
    edits = {finding.cell: finding for finding in find_edits(raw, matters)}
    deletions = {finding.deletion for finding in find_deletions(raw, matters)}
    circles = {finding.reference for finding in find_circles(raw, matters)}
    decisions: list[Decision] = []
    count = 0
    for item in items:
        if isinstance(item, EditItem):
            if not is_as_read(edits.get((item.entity, item.row_id, item.field)), item):
                continue
            follow_choice(session, item, item.now.stored)
            decisions += of_edit(item, item.now.stored)
        elif isinstance(item, DeletionItem) and item.deletion in deletions:
            decisions += of_deletion(item, DELETED_AFTER_ALL if item.is_gone else KEPT)
        elif isinstance(item, CircleItem) and item.reference in circles:
            decisions.append((ReviewKind.CIRCLE, journal_matter(item.reference), LET_BE))
        else:
            continue
        count += 1
    settle_all(session, decisions)
    return count


def _raw(session: Session) -> RawConnection:
    session.flush()
    return raw_connection(session.connection())


def _recovered(item: RecoveredItem) -> str:
    return recovered_matter(item.entity, item.rows, item.parent_id)


def _follow_status(session: Session, item: EditItem, chosen: Any) -> None:
    """Let what hangs on a state fit the one that was chosen: when it was done, what it ended."""
    follow_choice(session, item, chosen)
    if item.field == "status" and item.entity in PLACE_FIELDS:
        follow_status(plan_item(session, ItemRef(ItemKind(item.entity), item.row_id)))


def _move_to(session: Session, item: EditItem, other: WrittenValue) -> None:
    """Move an item of an outline to where another edit put it."""
    raw = _raw(session)
    cell = (item.entity, item.row_id, item.field)
    owner = owner_written(raw, cell, other.stored, other.key)
    if owner is None:
        raise UserError(
            _("It is not known where this stood."), _("Move it by hand in the plan instead.")
        )
    kind, row_id = owner
    parent = ItemRef(None if kind == "plan" else ItemKind(kind), row_id)
    move_item(session, ItemRef(ItemKind(item.entity), item.row_id), parent)
    step = step_of(raw, other.key)
    position = raw.execute(
        "SELECT val FROM journal WHERE w = ? AND seq BETWEEN ? AND ?"
        " AND (ent, row, fld) = (?, ?, 'position')",
        (step.w, step.seq0, step.seq1, item.entity, item.row_id),
    ).fetchone()
    if position is not None:
        set_stored(session, item.entity, item.row_id, "position", position[0])


def _joining_steps(raw: RawConnection, entity: str, rows: list[str]) -> list[StepKey]:
    """Find the steps in which people made rows one."""
    matters: Matters = settled_matters(raw)
    steps: dict[StepKey, None] = {}
    for pair in combinations(rows, 2):
        matter = pair_matter(entity, pair)
        settled = matters.get((ReviewKind.DUPLICATE, matter))
        if settled is None or NOW_ONE not in settled.choices:
            continue
        ruling = Ruling(ReviewKind.DUPLICATE, matter, settled.round, NOW_ONE)
        for w, seq in raw.execute(
            "SELECT w, seq FROM cell WHERE ent = 'settlement' AND row = ? AND fld = 'kind'"
            " UNION SELECT w, seq FROM review"
            " WHERE kind = 'edit' AND ent = 'settlement' AND row = ? AND fld = 'kind'",
            (ruling.id, ruling.id),
        ).fetchall():
            steps[step_of(raw, (w, seq))] = None
    return list(steps)
