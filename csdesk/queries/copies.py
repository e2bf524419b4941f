"""Who works on the file: when each was last seen, on which computer and with which version."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from sqlalchemy.orm import Session

from csdesk.settings import computer_name
from csdesk.store.stamps import instant_of
from csdesk.workspace.writing import raw_connection

_MARK = " · "


@dataclass(frozen=True, slots=True)
class PersonSeen:
    """One person at one computer: since when, last when, with which version, how many steps.

    `device` is the id of the computer, `computer` what people call it.
    """

    author: str
    device: str
    computer: str
    app: str
    first_at: dt.datetime
    last_at: dt.datetime
    steps: int


# A person renamed in the settings is another one; a computer that two people use is two lines.
_SEEN = """
SELECT w.author, w.device, max(t.hlc), min(t.hlc), count(t.n),
  (SELECT x.app FROM writer x JOIN txn y ON y.w = x.w
   WHERE x.author = w.author AND x.device = w.device ORDER BY y.hlc DESC, y.n DESC LIMIT 1)
FROM writer w JOIN txn t ON t.w = w.w
GROUP BY w.author, w.device
ORDER BY max(t.hlc) DESC, w.author, w.device
"""


def people_seen(session: Session) -> tuple[PersonSeen, ...]:
    """Return who wrote steps of the workspace, the one seen last first.

    Computers of the same name are told apart by the end of their ids.
    """
    found = raw_connection(session.connection()).execute(_SEEN).fetchall()
    devices = {device for _author, device, *_rest in found}
    alike = Counter(map(computer_name, devices))
    return tuple(
        PersonSeen(
            author,
            device,
            _told_apart(device) if alike[computer_name(device)] > 1 else computer_name(device),
            app,
            instant_of(first),
            instant_of(last),
            steps,
        )
        for author, device, last, first, steps, app in found
    )


def _told_apart(device: str) -> str:
    name, _mark, rest = device.rpartition(_MARK)
    return f"{name}{_MARK}{rest[:4]}" if name else device[:8]
