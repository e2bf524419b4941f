"""What going back to a moment would change, told before it does."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from sqlalchemy.orm import Session

from csdesk.model.base import instant_text
from csdesk.queries.arrivals import MOST_LINES, ArrivalLine, incoming_lines
from csdesk.store.journal import DELETED
from csdesk.team.preview import Incoming
from csdesk.workspace.moments import RestorePoint
from csdesk.workspace.restoring import want_state_at
from csdesk.workspace.workspace import Workspace
from csdesk.workspace.writing import raw_connection

_WANTED = """
SELECT v.ent, v.row, v.fld, j.val, v.val FROM temp.wanted v
LEFT JOIN main.cell c ON c.ent = v.ent AND c.row = v.row AND c.fld = v.fld
LEFT JOIN main.journal j ON j.w = c.w AND j.seq = c.seq
ORDER BY v.ent, v.row, v.fld
"""


class _LookedAtError(Exception):
    """Ends the transaction in which a restore was only looked at."""

    def __init__(self, wanted: list[tuple[str, str, str, Any, Any]]) -> None:
        super().__init__()
        self.wanted = wanted


def restore_preview(
    workspace: Workspace, point: RestorePoint, *, limit: int = MOST_LINES
) -> tuple[ArrivalLine, ...]:
    """Tell what `workspace.restore(point)` would change; nothing where all is as it was then.

    Rows to which the same would happen are counted where they are many. Raises UserError where
    what is asked for was not there yet, or belongs to something deleted.
    """
    try:
        workspace.write(point.label, _look, point)
    except _LookedAtError as looked:
        return workspace.read(_lines, looked.wanted, point, limit)
    raise AssertionError("a look never comes to an edit")


def _look(session: Session, point: RestorePoint) -> NoReturn:
    raw = raw_connection(session.connection())
    want_state_at(raw, point)
    raise _LookedAtError([tuple(row) for row in raw.execute(_WANTED).fetchall()])


def _lines(
    session: Session,
    wanted: list[tuple[str, str, str, Any, Any]],
    point: RestorePoint,
    limit: int,
) -> tuple[ArrivalLine, ...]:
    deletion = json.dumps({"at": instant_text(point.moment), "saw": []})
    changes = [
        Incoming(
            author="",
            device="",
            at=point.moment,
            entity=entity,
            row=row,
            field=field,
            before=before,
            after=deletion if field == DELETED and after is not None else after,
            wins=True,
        )
        for entity, row, field, before, after in wanted
    ]
    return incoming_lines(session, changes, limit=limit)
