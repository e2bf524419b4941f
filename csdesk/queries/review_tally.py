"""How much waits for review, and what of that need not be found again after most changes."""

from __future__ import annotations

from dataclasses import dataclass

from csdesk.queries.duplicates import DuplicateGroup
from csdesk.queries.review_clashes import ClashFinding


@dataclass(frozen=True, slots=True)
class Tally:
    """How much waited at a moment; handed to the next count with what changed since.

    `duplicates` are the rows that may be the same: only names and lives can change these, and to
    find them all names are compared. `clashes` are edits that make no sense together: contracts,
    states of accounts and who is named can change these.
    """

    total: int
    duplicates: tuple[DuplicateGroup, ...]
    clashes: tuple[ClashFinding, ...]
