"""Writing down that a matter was decided, and checking that it still is what was read."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import Any

from sqlalchemy.orm import Session

from csdesk.actions.settling import settle
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.queries.duplicates import find_duplicates
from csdesk.queries.recovered import find_recovered
from csdesk.queries.review_clashes import find_clashes
from csdesk.queries.review_deletions import find_deletions
from csdesk.queries.review_finding import (
    EditFinding,
    find_circles,
    find_edits,
)
from csdesk.queries.review_items import (
    CircleItem,
    ClashItem,
    DeletionItem,
    DuplicateItem,
    EditItem,
    RecoveredItem,
    ReviewItem,
    ReviewKind,
)
from csdesk.queries.settlements import (
    ALONG,
    journal_matter,
    next_ruling,
    pair_matter,
    settled_matters,
    value_choice,
)
from csdesk.workspace.writing import raw_connection

Decision = tuple[ReviewKind, str, str]
"""What kind of matter, which, and what was chosen."""


def settle_all(session: Session, decisions: Iterable[Decision]) -> None:
    """Write a settlement for each decision; one that was taken back before comes back."""
    session.flush()
    matters = settled_matters(raw_connection(session.connection()))
    for kind, matter, choice in decisions:
        ruling = next_ruling(matters, kind, matter, choice)
        settle(session, ruling.kind.value, ruling.subject)


def of_edit(item: EditItem, stored: Any) -> list[Decision]:
    """Say that a value was chosen over all others of a field."""
    choice = value_choice(stored)
    return [
        *((ReviewKind.EDIT, journal_matter(key), choice) for key in item.losers),
        *((ReviewKind.EDIT, journal_matter(key), ALONG) for key in item.along),
    ]


def of_deletion(item: DeletionItem, choice: str) -> list[Decision]:
    """Say what became of a deletion, and of those below it that did not hold either."""
    keys = (item.deletion, *item.below)
    return [(ReviewKind.DELETION, journal_matter(key), choice) for key in keys]


def of_pairs(item: DuplicateItem, choice: str) -> list[Decision]:
    """Say the same of every two of several rows."""
    rows = [candidate.id for candidate in item.candidates]
    return [
        (ReviewKind.DUPLICATE, pair_matter(item.entity, pair), choice)
        for pair in combinations(rows, 2)
    ]


def is_as_read(found: EditFinding | None, item: EditItem) -> bool:
    """Tell whether a field holds what the item said, and what waits is the same."""
    if found is None:
        return False
    losers = {*found.losers, *found.disputed}
    return found.winner == item.now.key and losers == set(item.losers)


def check_as_read(session: Session, item: ReviewItem) -> None:
    """Raise UserError where a matter is no longer as it was read."""
    session.flush()
    raw = raw_connection(session.connection())
    matters = settled_matters(raw)
    if isinstance(item, EditItem):
        cell = (item.entity, item.row_id, item.field)
        edits = {finding.cell: finding for finding in find_edits(raw, matters)}
        unchanged = is_as_read(edits.get(cell), item)
    elif isinstance(item, DeletionItem):
        deletions = {found.deletion: found for found in find_deletions(raw, matters)}
        unchanged = item.deletion in deletions and deletions[item.deletion].below == item.below
    elif isinstance(item, RecoveredItem):
        unchanged = any(
            (found.entity, found.rows, found.parent) == (item.entity, item.rows, item.parent_id)
            for found in find_recovered(raw, matters)
        )
    elif isinstance(item, CircleItem):
        unchanged = item.reference in {found.reference for found in find_circles(raw, matters)}
    elif isinstance(item, ClashItem):
        unchanged = item.matter in {
            found.matter(found.goes_on) for found in find_clashes(raw, matters)
        }
    else:
        assert isinstance(item, DuplicateItem)
        rows = {candidate.id for candidate in item.candidates}
        unchanged = any(
            found.entity == item.entity and set(found.rows) == rows
            for found in find_duplicates(raw, matters)
        )
    if not unchanged:
        raise UserError(
            _("This changed meanwhile, or somebody decided it already."),
            _("Look at what is there now."),
        )
