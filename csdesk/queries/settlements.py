"""What was decided in review, as settlement rows say it: about what, in which round, how.

A decision is one row whose id is made of all it says: two people who decide the same meet in one
row, two who decide differently leave two rows of one round. Then the matter is open again, and
the next decision is of a later round (docs/decisions/0040).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from csdesk.model.identity import natural_id
from csdesk.queries.review_items import JournalKey, ReviewKind
from csdesk.store.driver import RawConnection

_MARK = "|"


@dataclass(frozen=True, slots=True)
class Ruling:
    """One decision about one matter."""

    kind: ReviewKind
    matter: str
    round: int
    choice: str

    @property
    def subject(self) -> str:
        """What the settlement row says."""
        return _MARK.join((self.matter, str(self.round), self.choice))

    @property
    def id(self) -> str:
        """The id of the settlement row."""
        return natural_id("settlement", self.kind, self.subject)


@dataclass(frozen=True, slots=True)
class Settled:
    """What holds of the decisions about one matter: those of the latest round."""

    round: int
    choices: frozenset[str]

    @property
    def is_disputed(self) -> bool:
        """Whether two people decided differently."""
        return len(self.choices) > 1

    def is_just(self, choice: str) -> bool:
        """Tell whether everybody who decided chose this."""
        return self.choices == {choice}


UNSETTLED = Settled(0, frozenset())
Matters = Mapping[tuple[str, str], Settled]
"""Kind and matter to what was decided; matters that nobody decided are left out."""


def settled_matters(connection: RawConnection) -> Matters:
    """Read all that was decided and not taken back."""
    found = connection.execute(
        "SELECT kind, subject FROM settlement WHERE deleted_at IS NULL"
        " AND kind IS NOT NULL AND subject IS NOT NULL"
    ).fetchall()
    rounds: dict[tuple[str, str], dict[int, set[str]]] = {}
    for kind, subject in found:
        parts = str(subject).rsplit(_MARK, 2)
        # What a newer version settled in another way is left to it.
        if len(parts) == 3 and parts[1].isdecimal():
            matter = rounds.setdefault((kind, parts[0]), {})
            matter.setdefault(int(parts[1]), set()).add(parts[2])
    return {
        key: Settled(latest, frozenset(matter[latest]))
        for key, matter in rounds.items()
        for latest in (max(matter),)
    }


def disputed_keys(matters: Matters, kind: ReviewKind) -> list[JournalKey]:
    """Return the journal rows about which people decided differently, as matters of a kind."""
    keys = (
        journal_key(matter)
        for (found, matter), settled in matters.items()
        if found == kind and settled.is_disputed
    )
    return sorted(key for key in keys if key is not None)


def next_ruling(matters: Matters, kind: ReviewKind, matter: str, choice: str) -> Ruling:
    """Make the ruling by which a choice holds: of a new round where the latest one says more."""
    known = matters.get((kind, matter), UNSETTLED)
    again = known is not UNSETTLED and not known.is_just(choice)
    return Ruling(kind, matter, known.round + 1 if again else max(known.round, 1), choice)


def journal_matter(key: JournalKey) -> str:
    """Name the matter of an edit, a deletion or a reference that gave way."""
    return f"{key[0]}:{key[1]}"


def journal_key(matter: str) -> JournalKey | None:
    """Read the key back; None where it is none."""
    w, mark, seq = matter.partition(":")
    return (int(w), int(seq)) if mark and w.isdecimal() and seq.isdecimal() else None


def pair_matter(entity: str, pair: Iterable[str]) -> str:
    """Name the matter of two rows that may be the same, whichever comes first."""
    return ":".join((entity, *sorted(pair)))


def value_choice(stored: Any) -> str:
    """Name the choice of a value, the same in every copy; the value itself may be long."""
    said = f"{type(stored).__name__}:{stored}"
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def recovered_matter(entity: str, rows: tuple[str, ...], owner: str) -> str:
    """Name the matter of what lives without its owner: one row, or all of one kind together."""
    return f"{entity}:{rows[0]}" if len(rows) == 1 else f"{entity}@{owner}"


ALONG = "along"
"""What is said of a field that goes along with a choice about another one."""

BROUGHT_BACK = "back"
"""What can be chosen about something without its owner, beside deleting it after all."""

NOW_ONE, STILL_TWO = "one", "two"
"""What can be chosen about two rows that may be the same."""

KEPT, DELETED_AFTER_ALL = "keep", "delete"
"""What can be chosen about a deletion that did not hold."""

LET_BE, MADE_TO_HOLD = "let", "hold"
"""What can be chosen about a reference that gave way."""
