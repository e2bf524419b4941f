"""What waits for review, in words: what copies of the file disagree about, and who wrote what.

Nothing here was lost: the newer value shows, the others are kept, and one click takes them.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from csdesk.i18n import Translator
from csdesk.queries.duplicates import may_differ
from csdesk.queries.review_circles import circle_item
from csdesk.queries.review_clashes import clash_item, may_clash
from csdesk.queries.review_edits import edit_item
from csdesk.queries.review_finding import Findings, find_open
from csdesk.queries.review_items import ReviewItem
from csdesk.queries.review_order import latest
from csdesk.queries.review_rows import deletion_item, duplicate_item, recovered_item
from csdesk.queries.review_tally import Tally
from csdesk.queries.review_teller import Teller
from csdesk.store.touching import Change
from csdesk.workspace.writing import raw_connection


def review_items(
    session: Session, *, limit: int | None = None, translator: Translator | None = None
) -> tuple[ReviewItem, ...]:
    """Return what waits for review, the latest first; at most `limit` items of each kind.

    Written in the interface's language, or in `translator`'s.
    """
    findings = find_open(raw_connection(session.connection()))
    return _told(session, findings, limit, translator)


def open_review_count(session: Session) -> int:
    """Count what waits for review, without putting it into words."""
    return len(find_open(raw_connection(session.connection())))


def count_again(session: Session, before: Tally | None, changes: Iterable[Change]) -> Tally:
    """Count what waits after some changes; `before` is what was counted before them.

    Without it, all is looked for.
    """
    findings = _found_again(session, before, changes)
    return Tally(len(findings), findings.duplicates, findings.clashes)


def read_again(
    session: Session, before: Tally | None, changes: Iterable[Change], *, limit: int
) -> tuple[tuple[ReviewItem, ...], Tally]:
    """Count as `count_again` does, and return the items in words as `review_items` does."""
    findings = _found_again(session, before, changes)
    tally = Tally(len(findings), findings.duplicates, findings.clashes)
    return _told(session, findings, limit, None), tally


def _found_again(session: Session, before: Tally | None, changes: Iterable[Change]) -> Findings:
    connection = raw_connection(session.connection())
    if before is None:
        return find_open(connection)
    known = tuple(changes)
    return find_open(
        connection,
        None if may_differ(connection, known) else before.duplicates,
        None if may_clash(connection, known) else before.clashes,
    )


def _told(
    session: Session, findings: Findings, limit: int | None, translator: Translator | None
) -> tuple[ReviewItem, ...]:
    connection = raw_connection(session.connection())
    findings = latest(connection, findings, limit)
    teller = Teller(session, connection, findings.matters, translator)
    items: list[ReviewItem] = [
        *(edit_item(teller, found) for found in findings.edits),
        *(deletion_item(teller, found) for found in findings.deletions),
        *(recovered_item(teller, found) for found in findings.recovered),
        *(circle_item(teller, found) for found in findings.circles),
        *(duplicate_item(teller, found) for found in findings.duplicates),
        *(clash_item(teller, found) for found in findings.clashes),
    ]
    return tuple(sorted(items, key=lambda item: (item.at, item.id), reverse=True))
