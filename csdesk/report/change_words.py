"""Says in a sentence what became of an item: "Due date moved from Jan 15 to Jan 31".

The sentence does without the item's title, which stands beside it, and without a full stop.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from csdesk.i18n import P_
from csdesk.model.vocabulary import (
    ActionStatus,
    GoalStatus,
    MilestoneStatus,
    ProgressRag,
    Side,
    label_of,
)
from csdesk.queries.plan_changes import ChangeKind, PlanChange, Value
from csdesk.report.words import Words

_CONTEXT = "change"
_BEYOND_READING = Decimal(10) ** 15
_NEAR = dt.timedelta(days=275)


@dataclass(frozen=True, slots=True)
class _Forms:
    """The sentences about one field: it got another value, its first one, or lost it."""

    changed: str
    given: str
    cleared: str


FIELDS = {
    "title": _Forms(
        P_("change", "Renamed from “{before}” to “{after}”"),
        P_("change", "Named “{after}”"),
        P_("change", "Lost its name “{before}”"),
    ),
    "owner": _Forms(
        P_("change", "Our owner changed from {before} to {after}"),
        P_("change", "{after} became our owner"),
        P_("change", "{before} is no longer our owner"),
    ),
    "customer_owner": _Forms(
        P_("change", "The owner on the customer’s side changed from {before} to {after}"),
        P_("change", "{after} became the owner on the customer’s side"),
        P_("change", "{before} is no longer the owner on the customer’s side"),
    ),
    "start_on": _Forms(
        P_("change", "Start moved from {before} to {after}"),
        P_("change", "Start set to {after}"),
        P_("change", "Start {before} taken out"),
    ),
    "end_on": _Forms(
        P_("change", "End moved from {before} to {after}"),
        P_("change", "End set to {after}"),
        P_("change", "End {before} taken out"),
    ),
    "due_on": _Forms(
        P_("change", "Due date moved from {before} to {after}"),
        P_("change", "Due date set to {after}"),
        P_("change", "Due date {before} taken out"),
    ),
    "target_on": _Forms(
        P_("change", "Target date moved from {before} to {after}"),
        P_("change", "Target date set to {after}"),
        P_("change", "Target date {before} taken out"),
    ),
    "next_review_on": _Forms(
        P_("change", "Next review moved from {before} to {after}"),
        P_("change", "Next review set to {after}"),
        P_("change", "Next review on {before} taken out"),
    ),
    "review_cadence": _Forms(
        P_("change", "Review rhythm changed from “{before}” to “{after}”"),
        P_("change", "Review rhythm set to “{after}”"),
        P_("change", "Review rhythm “{before}” taken out"),
    ),
    "baseline": _Forms(
        P_("change", "Baseline changed from {before} to {after}"),
        P_("change", "Baseline set to {after}"),
        P_("change", "Baseline {before} taken out"),
    ),
    "target": _Forms(
        P_("change", "Target changed from {before} to {after}"),
        P_("change", "Target set to {after}"),
        P_("change", "Target {before} taken out"),
    ),
    "current": _Forms(
        P_("change", "Current value: {before} → {after}"),
        P_("change", "First value: {after}"),
        P_("change", "Value {before} taken out"),
    ),
    "direction": _Forms(
        P_("change", "Direction changed from “{before}” to “{after}”"),
        P_("change", "Direction set to “{after}”"),
        P_("change", "Direction “{before}” taken out"),
    ),
    "source": _Forms(
        P_("change", "Source changed from “{before}” to “{after}”"),
        P_("change", "Source: “{after}”"),
        P_("change", "Source “{before}” taken out"),
    ),
    "side": _Forms(
        P_("change", "To be done by “{after}” instead of “{before}”"),
        P_("change", "To be done by “{after}”"),
        P_("change", "No longer to be done by “{before}”"),
    ),
    "goal": _Forms(
        P_("change", "Moved from the goal “{before}” to “{after}”"),
        P_("change", "Put under the goal “{after}”"),
        P_("change", "No longer under the goal “{before}”"),
    ),
    "status": _Forms(
        P_("change", "Status changed from “{before}” to “{after}”"),
        P_("change", "Status set to “{after}”"),
        P_("change", "Status “{before}” taken out"),
    ),
    "why": _Forms(
        P_("change", "Purpose reworded"),
        P_("change", "Purpose added"),
        P_("change", "Purpose taken out"),
    ),
    "done_definition": _Forms(
        P_("change", "What counts as done was reworded"),
        P_("change", "What counts as done was added"),
        P_("change", "What counts as done was taken out"),
    ),
    "closing_note": _Forms(
        P_("change", "Result reworded"),
        P_("change", "Result added"),
        P_("change", "Result taken out"),
    ),
    "success_statement": _Forms(
        P_("change", "The goal in the customer’s words was reworded"),
        P_("change", "The goal in the customer’s words was added"),
        P_("change", "The goal in the customer’s words was taken out"),
    ),
    "said": _Forms(
        P_("change", "What was said was reworded"),
        P_("change", "What was said was added"),
        P_("change", "What was said was taken out"),
    ),
    "did": _Forms(
        P_("change", "Our answer was reworded"),
        P_("change", "Our answer was added"),
        P_("change", "Our answer was taken out"),
    ),
    "background": _Forms(
        P_("change", "Background reworded"),
        P_("change", "Background added"),
        P_("change", "Background taken out"),
    ),
    "to_be": _Forms(
        P_("change", "To-be reworded"),
        P_("change", "To-be added"),
        P_("change", "To-be taken out"),
    ),
}
"""The fields that a change can be about, as `plan_changes` names them."""

_FINISHED: dict[tuple[str, str], str] = {
    ("goal", GoalStatus.ACHIEVED): P_("change", "Achieved"),
    ("goal", GoalStatus.PARTIALLY): P_("change", "Partly achieved"),
    ("goal", GoalStatus.MISSED): P_("change", "Closed without being achieved"),
    ("milestone", MilestoneStatus.ACHIEVED): P_("change", "Achieved"),
    ("milestone", MilestoneStatus.MISSED): P_("change", "Closed without being achieved"),
    ("action", ActionStatus.DONE): P_("change", "Done"),
}
_STATES: dict[str, tuple[type[GoalStatus | ProgressRag | MilestoneStatus | ActionStatus], ...]] = {
    "goal": (GoalStatus, ProgressRag),
    "milestone": (MilestoneStatus,),
    "action": (ActionStatus,),
}


def change_sentence(change: PlanChange, words: Words, today: dt.date | None = None) -> str:
    """Say what happened to an item, in the words' language.

    Days go without their year where both are of one year and within nine months of `today`, so
    that nobody can take them for those of another year.
    """
    say = words.t.context
    if change.kind == ChangeKind.ADDED:
        return say(_CONTEXT, P_("change", "Added"))
    if change.kind == ChangeKind.REMOVED:
        return say(_CONTEXT, P_("change", "Taken out"))
    if change.kind == ChangeKind.FINISHED and (change.entity, change.after) in _FINISHED:
        return say(_CONTEXT, _FINISHED[change.entity, str(change.after)])
    before, after = _written(change, words, today)
    if change.kind == ChangeKind.REOPENED:
        return say(_CONTEXT, P_("change", "Taken up again: {after}")).format(after=after)
    forms = FIELDS[change.field]
    form = forms.changed
    if change.before is None or change.after is None:
        form = forms.given if change.before is None else forms.cleared
    return say(_CONTEXT, form).format(before=before, after=after)


def _written(change: PlanChange, words: Words, today: dt.date | None) -> tuple[str, str]:
    """Write both values of a change as its sentence shows them."""
    before, after = change.before, change.after
    if isinstance(before, dt.date) and isinstance(after, dt.date):
        near = today is None or all(abs(day - today) < _NEAR for day in (before, after))
        if near and before.year == after.year:
            return words.short_date(before), words.short_date(after)
    written = _value(change, before, words), _value(change, after, words)
    if not (isinstance(before, Decimal) and isinstance(after, Decimal)):
        return written
    if written[0] == written[1] and max(abs(before), abs(after)) < _BEYOND_READING:
        # Rounded as documents round they would be the same.
        return _exactly(change, before, words), _exactly(change, after, words)
    return written


def _exactly(change: PlanChange, number: Decimal, words: Words) -> str:
    return words.with_unit(words.t.number(number), change.kpi.unit if change.kpi else "")


def _value(change: PlanChange, value: Value, words: Words) -> str:
    if isinstance(value, dt.date):
        return words.date(value)
    if isinstance(value, Decimal):
        return words.value(value, change.kpi) if change.kpi else words.number(value)
    if change.field == "customer_owner":
        return words.honoured(value or "")
    if change.field == "status":
        return _state(change.entity, value or "", words)
    if change.field == "side" and value in list(Side):
        return Side(value).label(words.t)
    return label_of(value, words.t)


def _state(entity: str, code: str, words: Words) -> str:
    for states in _STATES.get(entity, ()):
        if code in list(states):
            return states(code).label(words.t)
    return label_of(code, words.t)
