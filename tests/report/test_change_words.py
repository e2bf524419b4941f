"""Changes said in sentences, in both languages."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from csdesk.i18n import LANGUAGES, Translator
from csdesk.model.vocabulary import (
    ActionStatus,
    Direction,
    GoalStatus,
    MilestoneStatus,
    ProgressRag,
    Side,
)
from csdesk.queries.customer_rows import KpiLine
from csdesk.queries.plan_changes import ChangeKind, PlanChange
from csdesk.report.change_words import FIELDS, change_sentence
from csdesk.report.words import Words
from tests.queries.test_plan_changes import CHANGES, PLAN, _with, plan_changes

USAGE = KpiLine("Usage", "%", "percent", "higher", "monthly", ())
JAN_15, JAN_31 = dt.date(2026, 1, 15), dt.date(2026, 1, 31)
NEXT_YEAR = dt.date(2027, 2, 1)


def _said(entity: str, field: str, before: Any, after: Any, language: str = "en") -> str:
    kind = ChangeKind.MOVED if isinstance(after, dt.date) else ChangeKind.CHANGED
    kpi = USAGE if entity == "measure" else None
    change = PlanChange(kind, entity, "x", "Title", "", field, before, after, kpi)
    return change_sentence(change, Words(Translator(language)))


SENTENCES = [
    ("goal", "due_on", JAN_15, JAN_31, "Due date moved from Jan 15 to Jan 31"),
    ("goal", "due_on", JAN_15, NEXT_YEAR, "Due date moved from Jan 15, 2026 to Feb 1, 2027"),
    ("goal", "due_on", None, JAN_31, "Due date set to Jan 31, 2026"),
    ("goal", "due_on", JAN_15, None, "Due date Jan 15, 2026 taken out"),
    ("measure", "current", Decimal(58), Decimal("74.8"), "Current value: 58% → 74.8%"),
    ("measure", "current", Decimal("8.001"), Decimal("8.004"), "Current value: 8.001% → 8.004%"),
    ("measure", "target", Decimal(80), Decimal(85), "Target changed from 80% to 85%"),
    ("measure", "direction", Direction.HIGHER, Direction.KEEP, "Direction changed from “Higher is better” to “Keep the level”"),  # noqa: E501 - a table of sentences
    ("goal", "title", "Old", "New", "Renamed from “Old” to “New”"),
    ("goal", "owner", "Yui", "Ken", "Our owner changed from Yui to Ken"),
    ("goal", "owner", None, "Ken", "Ken became our owner"),
    ("goal", "status", ProgressRag.ON_TRACK, ProgressRag.AT_RISK, "Status changed from “On track” to “At risk”"),  # noqa: E501 - a table of sentences
    ("goal", "status", "in_progress", "paused", "Status changed from “In progress” to “Paused”"),
    ("action", "status", "open", "waiting_customer", "Status changed from “To do” to “Waiting for customer”"),  # noqa: E501 - a table of sentences
    ("action", "side", "us", Side.CUSTOMER, "To be done by “Customer” instead of “Us”"),
    ("action", "status", "open", "dreamt", "Status changed from “To do” to “dreamt”"),
    ("plan", "background", "a", "b", "Background reworded"),
]  # fmt: skip


@pytest.mark.parametrize(("entity", "field", "before", "after", "expected"), SENTENCES)
def test_a_change_is_said_as_one_would(
    entity: str, field: str, before: Any, after: Any, expected: str
) -> None:
    assert _said(entity, field, before, after) == expected


@pytest.mark.parametrize(
    ("entity", "kind", "after", "expected"),
    [
        ("goal", ChangeKind.FINISHED, GoalStatus.ACHIEVED, "Achieved"),
        ("goal", ChangeKind.FINISHED, GoalStatus.PARTIALLY, "Partly achieved"),
        ("goal", ChangeKind.FINISHED, GoalStatus.MISSED, "Closed without being achieved"),
        ("milestone", ChangeKind.FINISHED, MilestoneStatus.ACHIEVED, "Achieved"),
        ("action", ChangeKind.FINISHED, ActionStatus.DONE, "Done"),
        ("action", ChangeKind.REOPENED, ActionStatus.IN_PROGRESS, "Taken up again: In progress"),
        ("goal", ChangeKind.ADDED, None, "Added"),
        ("goal", ChangeKind.REMOVED, None, "Taken out"),
    ],
)
def test_what_was_finished_came_or_went_needs_no_field(
    entity: str, kind: ChangeKind, after: Any, expected: str
) -> None:
    change = PlanChange(kind, entity, "x", "Title", "", "status", "in_progress", after)
    assert change_sentence(change, Words(Translator("en"))) == expected


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("entity", "fields", "_expected"), CHANGES)
def test_every_change_a_comparison_tells_has_a_sentence(
    entity: str, fields: dict[str, Any], _expected: Any, language: str
) -> None:
    words = Words(Translator(language))
    after = _with(entity, **fields)
    for change in (*plan_changes(PLAN, after), *plan_changes(after, PLAN)):
        sentence = change_sentence(change, words)
        assert sentence
        assert "{" not in sentence
        assert "None" not in sentence


def test_numbers_beyond_all_reading_are_said_too() -> None:
    vast, vaster = Decimal("1E+4999"), Decimal("1.00001E+4999")
    assert _said("measure", "target", vast, vaster).startswith("Target changed from 1.000E+4999%")
    tiny = Decimal("1E-4999")
    assert _said("measure", "target", tiny, 2 * tiny) == "Target changed from 0% to 0%"


def test_braces_in_what_users_typed_are_only_braces() -> None:
    assert _said("goal", "title", "{before}", "{0.__class__}") == (
        "Renamed from “{before}” to “{0.__class__}”"
    )


@pytest.mark.parametrize("field", sorted(FIELDS))
@pytest.mark.parametrize("values", [("a", "b"), (None, "b"), ("a", None)])
def test_every_field_has_its_sentences(field: str, values: tuple[str | None, str | None]) -> None:
    assert _said("goal", field, *values)


@pytest.mark.parametrize(
    ("today", "sentence"),
    [
        (dt.date(2025, 11, 22), "Due date moved from Jan 15 to Jan 31"),
        (dt.date(2024, 11, 22), "Due date moved from Jan 15, 2026 to Jan 31, 2026"),
        (dt.date(2027, 3, 1), "Due date moved from Jan 15, 2026 to Jan 31, 2026"),
    ],
)
def test_days_far_away_say_their_year(today: dt.date, sentence: str) -> None:
    change = PlanChange(ChangeKind.MOVED, "goal", "x", "Title", "", "due_on", JAN_15, JAN_31, None)
    assert change_sentence(change, Words(Translator("en")), today) == sentence
