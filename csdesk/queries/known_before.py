"""What of an older version the customer surely saw: only that may be called gone or renamed.

A version keeps the whole plan, a file may have shown a part of it: the executive summary, or a
document with sections left out. What was then made internal before anybody saw it must not come
to light as “taken out”.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from csdesk.model.vocabulary import DocumentKind, DocumentSection
from csdesk.queries.customer_rows import (
    ActionRow,
    CustomerPlan,
    FeedbackRow,
    GoalRow,
    MeasureRow,
    MilestoneRow,
)
from csdesk.queries.revisions import Version

_S = DocumentSection
_Row = TypeVar("_Row")


def sections_shown(version: Version) -> frozenset[DocumentSection]:
    """Return the sections that files for the customer had, which were made of a version.

    An executive summary proves none: it names as much as there is room for.
    """
    files = (one for one in version.receipts if one.kind == DocumentKind.CUSTOMER)
    return frozenset().union(*(frozenset(_S) - one.setup.left_out for one in files))


def known_part(
    before: CustomerPlan, now: CustomerPlan, shown: frozenset[DocumentSection]
) -> CustomerPlan:
    """Return an older version without what no section of `shown` had and `now` does not have.

    What is still there keeps its dates and states, but its words are today's, so that nothing
    is told of what it was called before.
    """
    return _Known(now, shown).part_of(before)


class _Known:
    """Goes through an older version beside the one of today."""

    def __init__(self, now: CustomerPlan, shown: frozenset[DocumentSection]) -> None:
        self._now = now
        self._shown = shown
        self._goals = {row.id: row for row in now.goals}
        self._measures = {row.id: row for row in now.measures}
        self._milestones = {row.id: row for row in now.milestones}
        self._actions = {row.id: row for row in now.actions}
        self._feedback = {row.id: row for row in now.feedback}

    def part_of(self, before: CustomerPlan) -> CustomerPlan:
        """Return what is known of a version."""
        known = replace(
            before,
            goals=_there(self._goal(row) for row in before.goals),
            actions=_there(self._action(row) for row in before.actions),
            feedback=_there(self._answer(row) for row in before.feedback),
        )
        if _S.RISKS not in self._shown:
            known = replace(
                known, risks=tuple(one for one in known.risks if one in self._now.risks)
            )
        if _S.MEETINGS not in self._shown:
            known = replace(known, review_cadence=self._now.review_cadence)
        return known

    def _goal(self, row: GoalRow) -> GoalRow | None:
        now = self._goals.get(row.id)
        if _S.GOALS not in self._shown:
            if now is None:
                return None
            row = replace(
                row,
                title=now.title,
                why=now.why,
                closing_note=now.closing_note,
                owner=now.owner,
                customer_owner=now.customer_owner,
            )
        return replace(
            row,
            measures=_there(self._measure(one) for one in row.measures),
            milestones=_there(self._milestone(one) for one in row.milestones),
        )

    def _measure(self, row: MeasureRow) -> MeasureRow | None:
        return row if self._shown & {_S.GOALS, _S.MEASURES} else self._measures.get(row.id)

    def _milestone(self, row: MilestoneRow) -> MilestoneRow | None:
        now = self._milestones.get(row.id)
        if _S.MILESTONES in self._shown or now is None:
            return row if _S.MILESTONES in self._shown else None
        return replace(
            row,
            title=now.title,
            done_definition=now.done_definition,
            owner=now.owner,
            customer_owner=now.customer_owner,
        )

    def _action(self, row: ActionRow) -> ActionRow | None:
        now = self._actions.get(row.id)
        if _S.ACTIONS in self._shown or now is None:
            return row if _S.ACTIONS in self._shown else None
        return replace(
            row,
            title=now.title,
            goal=now.goal,
            owner=now.owner,
            customer_owner=now.customer_owner,
        )

    def _answer(self, row: FeedbackRow) -> FeedbackRow | None:
        return row if _S.FEEDBACK in self._shown else self._feedback.get(row.id)


def _there(rows: Iterable[_Row | None]) -> tuple[_Row, ...]:
    return tuple(row for row in rows if row is not None)
