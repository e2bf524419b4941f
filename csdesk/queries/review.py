"""What waits for review, in words: what copies of the file disagree about, and who wrote what.

Nothing here was lost: the newer value shows, the others are kept, and one click takes them.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from csdesk.i18n import Translator
from csdesk.queries.review_circles import circle_item
from csdesk.queries.review_edits import edit_item
from csdesk.queries.review_finding import find_open
from csdesk.queries.review_items import ReviewItem
from csdesk.queries.review_rows import deletion_item, duplicate_item, recovered_item
from csdesk.queries.review_teller import Teller
from csdesk.workspace.writing import raw_connection


def review_items(
    session: Session, *, limit: int | None = None, translator: Translator | None = None
) -> tuple[ReviewItem, ...]:
    """Return what waits for review, the latest first; at most `limit` items of each kind.

    Written in the interface's language, or in `translator`'s.
    """
    connection = raw_connection(session.connection())
    findings = find_open(connection)
    teller = Teller(session, connection, findings.matters, translator)
    items: list[ReviewItem] = [
        *(edit_item(teller, found) for found in findings.edits[:limit]),
        *(deletion_item(teller, found) for found in findings.deletions[:limit]),
        *(recovered_item(teller, found) for found in findings.recovered[:limit]),
        *(circle_item(teller, found) for found in findings.circles[:limit]),
        *(duplicate_item(teller, found) for found in findings.duplicates[:limit]),
    ]
    return tuple(sorted(items, key=lambda item: (item.at, item.id), reverse=True))


def open_review_count(session: Session) -> int:
    """Count what waits for review, without putting it into words."""
    return len(find_open(raw_connection(session.connection())))
