"""What a change touched, so that every screen can refresh just what it shows of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from csdesk.model.base import entity_records
from csdesk.model.ownership import account_sql
from csdesk.store.driver import RawConnection
from csdesk.store.journal import Recorded, StepKey


@dataclass(frozen=True, slots=True)
class Change:
    """One committed change: its step, and the ids of the rows it touched.

    `rows` maps an entity to ids; `accounts` are the accounts those rows belong to. Where
    `everything` is set, anything may have changed and both are empty.
    """

    label: str
    step: StepKey | None
    rows: Mapping[str, frozenset[str]] = field(default_factory=dict)
    accounts: frozenset[str] = frozenset()
    everything: bool = False

    def touches(self, *entities: str) -> bool:
        """Tell whether rows of any of these entities may have changed."""
        return self.everything or any(entity in self.rows for entity in entities)

    def touches_account(self, account_id: str) -> bool:
        """Tell whether anything that belongs to an account may have changed."""
        return self.everything or account_id in self.accounts


Listener = Callable[[Change], None]


class Announcements:
    """Tells everybody who asked what changed."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` after each change; returns how to stop it."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def announce(self, change: Change | None) -> None:
        """Tell all listeners, on this thread; nothing where nothing changed."""
        if change is not None:
            for listener in list(self._listeners):
                listener(change)

    def clear(self) -> None:
        """Forget all listeners."""
        self._listeners.clear()


def change_of(connection: RawConnection, recorded: Recorded, label: str) -> Change:
    """Describe a step that was just recorded, while its notes are still in `temp.pending`."""
    accounts = accounts_of(connection, "temp.pending", recorded.rows)
    return Change(label, recorded.key, recorded.rows, accounts)


def accounts_of(connection: RawConnection, table: str, entities: Iterable[str]) -> frozenset[str]:
    """Return the accounts that rows in a TEMP table of `(ent, row)` belong to."""
    accounts: set[str] = set()
    for entity in entities:
        owners = account_sql(entity) if entity in entity_records() else None
        if owners is not None:
            found = connection.execute(
                f"SELECT DISTINCT o.account_id FROM ({owners}) o WHERE o.id IN"
                f" (SELECT t.row FROM {table} t WHERE t.ent = ?)",
                (entity,),
            )
            accounts.update(row[0] for row in found if row[0] is not None)
    return frozenset(accounts)


def everything(label: str) -> Change:
    """Describe a change that may have touched anything."""
    return Change(label, None, everything=True)
