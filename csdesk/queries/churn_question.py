"""Churns among the values that people disagree about: what else such a step did to its account.

Noting a churn changes the state of an account, ends its contracts and makes an event. Where
people disagree about the state, the rest hangs on what is decided (docs/decisions/0074).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from csdesk.model.vocabulary import AccountStatus, ContractStatus
from csdesk.queries.review_items import JournalKey
from csdesk.queries.ways_back import step_of
from csdesk.store.driver import RawConnection
from csdesk.store.journal import StepKey, birth_field

STATUS = ("account", "status")
"""The field whose values are the question."""


@dataclass(frozen=True, slots=True)
class Churning:
    """A step that noted a churn: the events it made, and the contracts it ended."""

    step: StepKey
    events: tuple[str, ...]
    contracts: tuple[str, ...]


_EVENTS = """
SELECT e.id FROM journal j CROSS JOIN churn_event e ON e.id = j.row
WHERE j.w = ? AND j.seq BETWEEN ? AND ? AND j.ent = 'churn_event' AND j.fld = ? AND j.pw IS NULL
  AND e.account_id = ?
"""
_CONTRACTS = """
SELECT c.id FROM journal j CROSS JOIN contract c ON c.id = j.row
WHERE j.w = ? AND j.seq BETWEEN ? AND ? AND j.ent = 'contract' AND j.fld = 'status' AND j.val = ?
  AND c.account_id = ?
"""


def churnings(
    connection: RawConnection, account_id: str, keys: Iterable[JournalKey]
) -> tuple[Churning, ...]:
    """Return the churns of an account among values of its state, `keys` in the journal."""
    found = []
    for key in sorted(set(keys)):
        value = connection.execute(
            "SELECT val FROM journal WHERE w = ? AND seq = ?", key
        ).fetchone()
        if value is None or value[0] != AccountStatus.CHURNED:
            continue
        step = step_of(connection, key)
        span = (step.w, step.seq0, step.seq1)
        birth = birth_field("churn_event")
        events = connection.execute(_EVENTS, (*span, birth, account_id)).fetchall()
        ended = str(ContractStatus.ENDED)
        contracts = connection.execute(_CONTRACTS, (*span, ended, account_id)).fetchall()
        found.append(
            Churning(step, tuple(row for (row,) in events), tuple(row for (row,) in contracts))
        )
    return tuple(found)
