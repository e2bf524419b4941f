"""What the parts of the leak guard find: a stretch of a shown text, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from csdesk.i18n import P_
from csdesk.model.vocabulary import Term

T = TypeVar("T")


class FindingKind(Term):
    """Why somebody should look at a text before the customer does."""

    INTERNAL_WORD = "internal_word", P_("leak", "Internal word")
    OTHER_ACCOUNT = "other_account", P_("leak", "Another account")
    LIKE_INTERNAL_NOTE = "like_internal_note", P_("leak", "Like an internal note")
    REVENUE_KPI = "revenue_kpi", P_("leak", "Revenue KPI")
    FIRST_SHOWN = "first_shown", P_("leak", "Shown for the first time")

    @classmethod
    def context(cls) -> str:
        """Return a context of its own: these words stand in a list of warnings."""
        return "leak"


class Gravity(Term):
    """Whether an export has to wait until somebody has looked at it."""

    SERIOUS = "serious", P_("leak", "Serious")
    NOTICE = "notice", P_("leak", "Notice")

    @classmethod
    def context(cls) -> str:
        """Return a context of its own: these words stand in a list of warnings."""
        return "leak"


@dataclass(frozen=True, slots=True)
class Match:
    """Something found in one shown text.

    `index` is the text's place among the shown ones; `start` and `end` are in the text itself.
    `source` is the row that the text should not tell of: another account, an internal note.
    """

    index: int
    kind: FindingKind
    severity: Gravity
    word: str
    start: int
    end: int
    source_entity: str = ""
    source_id: str = ""


def outermost(spans: Iterable[tuple[int, int, T]]) -> Iterator[tuple[int, int, T]]:
    """Yield stretches in order, without those that lie within a longer one; equal ones stay."""
    start_before = end_before = -1
    for start, end, what in sorted(spans, key=lambda span: (span[0], -span[1])):
        if end <= end_before and (start, end) != (start_before, end_before):
            continue
        start_before, end_before = start, end
        yield start, end, what
