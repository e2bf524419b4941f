"""Items that would end before they start: one person moved the start, another one the end.

Nobody is let do that alone, and each field has one value only, so nothing else would tell.
"""

from __future__ import annotations

from csdesk.queries.review_items import JournalKey
from csdesk.store.driver import RawConnection

SPANS = {
    "plan": ("start_on", "end_on"),
    "goal": ("start_on", "due_on"),
    "milestone": ("start_on", "due_on"),
    "action": ("start_on", "due_on"),
    "contract": ("start_on", "renewal_on"),
}
"""The fields that say when something starts and ends."""

_TURNED = """
SELECT e.id, s.w, s.seq, d.w, d.seq FROM "{entity}" e
CROSS JOIN cell s ON s.ent = '{entity}' AND s.row = e.id AND s.fld = '{start}'
CROSS JOIN cell d ON d.ent = '{entity}' AND d.row = e.id AND d.fld = '{end}'
WHERE e."{end}" < e."{start}" AND e.deleted_at IS NULL ORDER BY e.id
"""


def turned_spans(
    connection: RawConnection,
) -> list[tuple[str, str, tuple[tuple[str, JournalKey], ...]]]:
    """Return entity and id of each, with both fields and the journal rows that wrote them."""
    return [
        (entity, row, ((start, (keys[0], keys[1])), (end, (keys[2], keys[3]))))
        for entity, (start, end) in SPANS.items()
        for row, *keys in connection.execute(
            _TURNED.format(entity=entity, start=start, end=end)
        ).fetchall()
    ]
