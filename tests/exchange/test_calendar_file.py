"""The calendar file: what is in it, that it is RFC 5545, and that a later one moves entries."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import icalendar
import pytest

from csdesk.exchange.calendar_file import calendar_bytes, has_entries
from csdesk.model.vocabulary import DocumentKind
from csdesk.queries.customer_document import CustomerDocument
from csdesk.queries.customer_rows import ActionRow, CustomerPlan, GoalRow, MilestoneRow
from tests.report.sample_plans import empty_plan, rich_plan

TODAY = dt.date(2025, 10, 15)
PLAN = CustomerPlan(
    "Acme",
    TODAY,
    account_name_en="Acme, Ltd.",
    our_company="Hinata",
    title="Joint plan",
    version=3,
    plan_id="p",
    next_review_on=dt.date(2025, 12, 17),
    review_cadence="Monthly; on Teams",
    goals=(
        GoalRow(
            "Use it",
            id="g",
            milestones=(
                MilestoneRow(
                    "Go live, at last",
                    done_definition="All sign in",
                    due_on=dt.date(2025, 11, 1),
                    customer_owner="Taro",
                    id="m1",
                ),
                MilestoneRow("Kick-off", due_on=dt.date(2025, 4, 1), status="achieved", id="m2"),
                MilestoneRow("Some day", id="m3"),
            ),
        ),
    ),
    actions=(
        ActionRow(
            "Send the list", "customer", due_on=dt.date(2025, 10, 31), id="a1", goal="Use it"
        ),
        ActionRow("Meet", "joint", due_on=dt.date(2025, 11, 5), status="done", id="a2"),
        ActionRow("Build it", "us", due_on=dt.date(2025, 11, 6), id="a3"),
        ActionRow("No date", "customer", id="a4"),
    ),
)


def document(view: CustomerPlan = PLAN, language: str = "en", **rest: Any) -> CustomerDocument:
    return CustomerDocument(DocumentKind.CUSTOMER, language, view, **rest)


def events(one: CustomerDocument) -> dict[str, Any]:
    calendar = icalendar.Calendar.from_ical(calendar_bytes(one))
    return {str(event["uid"]): event for event in calendar.walk("VEVENT")}


def test_it_has_milestones_the_customers_action_items_and_the_next_review() -> None:
    found = {str(event["summary"]): event for event in events(document()).values()}
    assert set(found) == {
        "Milestone: Go live, at last",
        "[Done] Milestone: Kick-off",
        "Action item: Send the list",
        "[Done] Action item: Meet",
        "Review: Joint plan",
    }
    event = found["Milestone: Go live, at last"]
    assert event["dtstart"].dt == dt.date(2025, 11, 1)
    assert event["dtend"].dt == dt.date(2025, 11, 2)
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert str(event["description"]) == (
        "Goal: Use it\nCounts as done: All sign in\nIn charge: Taro\n"
        "Hinata · Joint plan · Version 3"
    )
    assert not event.walk("VALARM")
    assert all(one["status"] == "CONFIRMED" for one in found.values())
    assert all(one["transp"] == "TRANSPARENT" for one in found.values())
    assert found["Review: Joint plan"]["dtstart"].dt == dt.date(2025, 12, 17)


def test_a_later_file_keeps_the_names_of_entries_and_counts_on() -> None:
    moved = dataclasses.replace(
        PLAN,
        version=4,
        next_review_on=dt.date(2026, 1, 20),
        actions=(dataclasses.replace(PLAN.actions[0], title="Send both lists"),),
    )
    same_day, next_day = dataclasses.replace(moved, version=3), moved
    next_day = dataclasses.replace(next_day, version=3, today=dt.date(2025, 10, 16))
    before, after = events(document()), events(document(moved))
    assert set(after) < set(before)
    for uid, event in after.items():
        assert event["sequence"] > before[uid]["sequence"]
    assert events(document(next_day)).popitem()[1]["sequence"] > before.popitem()[1]["sequence"]
    assert events(document(same_day)).keys() == after.keys()


def test_what_the_customer_had_and_is_gone_is_canceled_in_their_calendar() -> None:
    now = dataclasses.replace(
        PLAN,
        version=4,
        actions=(dataclasses.replace(PLAN.actions[0], due_on=None),),
        next_review_on=None,
    )
    found = events(document(now, since=PLAN))
    gone = {str(event["summary"]) for event in found.values() if event["status"] == "CANCELLED"}
    assert gone == {"Action item: Send the list", "Action item: Meet", "Review: Joint plan"}
    assert len(found) == 5


@pytest.mark.parametrize("language", ["en", "ja"])
def test_it_is_written_as_rfc_5545_wants_it(language: str) -> None:
    data = calendar_bytes(document(rich_plan(language), language))
    assert data.endswith(b"END:VCALENDAR\r\n")
    lines = data.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode("utf-8")  # no character is cut in two by a fold
    for name in (b"VERSION:2.0", b"METHOD:PUBLISH", b"PRODID:-//CSDesk//Success plan//EN"):
        assert name in lines
    text = data.replace(b"\r\n ", b"").decode("utf-8")
    for required in ("UID:", "DTSTAMP:20251015T000000Z", "SEQUENCE:", "DTSTART;VALUE=DATE:"):
        assert text.count(required) == text.count("BEGIN:VEVENT") > 60


def test_texts_cannot_break_out_of_their_property() -> None:
    title = "a\r\nEND:VEVENT\nATTACH:file:///etc/passwd; b, c\\ 👨‍👩‍👧\x00"
    view = dataclasses.replace(
        PLAN,
        title=title,
        our_company=title,
        goals=(),
        actions=(ActionRow(title, "customer", due_on=TODAY, goal=title, id="x"),),
    )
    calendar = icalendar.Calendar.from_ical(calendar_bytes(document(view)))
    assert len(calendar.walk("VEVENT")) == 2
    assert all("attach" not in {key.lower() for key in part} for part in calendar.walk())
    (event,) = [one for one in calendar.walk("VEVENT") if "action" in str(one["uid"])]
    assert str(event["summary"]) == (
        "Action item: a END:VEVENT ATTACH:file:///etc/passwd; b, c\\ 👨‍👩‍👧"
    )


def test_a_plan_without_a_title_goes_by_the_account_in_the_documents_language() -> None:
    plan = dataclasses.replace(PLAN, title="")
    assert {str(event["summary"]) for event in events(document(plan)).values()} >= {
        "Review: Acme, Ltd."
    }


def test_a_plan_without_dates_has_no_entries() -> None:
    assert has_entries(document())
    assert not has_entries(document(empty_plan()))
    calendar = icalendar.Calendar.from_ical(calendar_bytes(document(empty_plan())))
    assert calendar.walk("VEVENT") == []


def test_equal_documents_give_equal_bytes() -> None:
    assert calendar_bytes(document()) == calendar_bytes(document())


@pytest.mark.parametrize("day", [dt.date.min, dt.date(1999, 12, 31), dt.date.max])
def test_days_at_the_end_of_time_are_written_too(day: dt.date) -> None:
    view = dataclasses.replace(PLAN, today=day, next_review_on=day)
    found = events(document(view))
    assert found["p-review@csdesk"]["dtstart"].dt == day
    assert found["p-review@csdesk"]["sequence"] >= 0
