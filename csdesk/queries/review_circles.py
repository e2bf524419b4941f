"""References that would have closed a circle and gave way, as items of the review page."""

from __future__ import annotations

from collections import deque

from csdesk.queries.review_finding import CircleFinding
from csdesk.queries.review_items import CircleItem, CircleLink, JournalKey, ReviewKind
from csdesk.queries.review_teller import Teller
from csdesk.queries.settlements import LET_BE, MADE_TO_HOLD, journal_matter
from csdesk.store.driver import RawConnection

_FROM_TO = {
    "contact": ("contact", "id", "reports_to_id"),
    "milestone_dependency": ("milestone", "milestone_id", "after_id"),
}
"""What a reference leads from and to, and the columns that say so."""


def circle_item(teller: Teller, finding: CircleFinding) -> CircleItem:
    """Tell which reference gave way, to what, and which others would be in the circle."""
    kind, _source, target = _FROM_TO[finding.entity]
    start, goal = _ends(teller, finding)
    who = teller.who(finding.reference)
    path = _path(teller.connection, finding.entity, goal, start)
    links = tuple(_link(teller, finding.entity, *edge) for edge in path)
    account_id, account = teller.words.account(kind, start)
    t = teller.words.translator
    said = {LET_BE: t("let it be"), MADE_TO_HOLD: t("make it hold")}
    shown = teller.connection.execute(
        f'SELECT "{target}" FROM "{finding.entity}" WHERE id = ? AND deleted_at IS NULL',
        (finding.row,),
    ).fetchone()
    return CircleItem(
        id=f"{ReviewKind.CIRCLE}:{finding.reference[0]}:{finding.reference[1]}",
        entity=finding.entity,
        row_id=finding.row,
        account_id=account_id,
        account=account,
        item=teller.words.item(kind, start),
        at=max([who.at, *(link.who.at for link in links)]),
        decided=teller.decided(ReviewKind.CIRCLE, journal_matter(finding.reference), said),
        reference=finding.reference,
        label=teller.words.label(finding.entity, target),
        wanted=teller.words.title(kind, goal),
        now=teller.words.title(kind, shown[0]) if shown and shown[0] else "",
        who=who,
        links=links,
    )


def _ends(teller: Teller, finding: CircleFinding) -> tuple[str, str]:
    """Return where the reference that gave way leads from and to, as its author wanted it."""
    if finding.entity == "contact":
        return finding.row, str(teller.stored(finding.reference) or "")
    found = teller.connection.execute(
        "SELECT milestone_id, after_id FROM milestone_dependency WHERE id = ?", (finding.row,)
    ).fetchone()
    return found[0], found[1]


_Edge = tuple[str, str, str]
"""The row that holds a reference, what it leads from, and to."""


def _path(connection: RawConnection, entity: str, start: str, goal: str) -> list[_Edge]:
    """Find the shown references that lead from `start` to `goal`; empty where there are none."""
    _kind, source, target = _FROM_TO[entity]
    came_by: dict[str, _Edge] = {}
    queue = deque([start])
    while queue and goal not in came_by:
        node = queue.popleft()
        for edge in connection.execute(
            f'SELECT id, "{source}", "{target}" FROM "{entity}"'
            f' WHERE "{source}" = ? AND "{target}" IS NOT NULL AND deleted_at IS NULL ORDER BY id',
            (node,),
        ).fetchall():
            if edge[2] not in came_by:
                came_by[edge[2]] = edge
                queue.append(edge[2])
    path: list[_Edge] = []
    node = goal
    while node in came_by and (not path or node != start):
        path.insert(0, came_by[node])
        node = path[0][1]
        if node == start:
            break
    return path


def _link(teller: Teller, entity: str, row: str, source: str, target: str) -> CircleLink:
    kind, _source, field = _FROM_TO[entity]
    t = teller.words.translator
    words = t("{from_item} → {to_item}").format(
        from_item=teller.words.title(kind, source), to_item=teller.words.title(kind, target)
    )
    found: tuple[int, int] | None = teller.connection.execute(
        "SELECT w, seq FROM cell WHERE ent = ? AND row = ? AND fld = ?", (entity, row, field)
    ).fetchone()
    key: JournalKey = (found[0], found[1]) if found else (0, 0)
    return CircleLink(row, words, teller.who(key))
