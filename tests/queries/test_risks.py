"""What may go wrong or well at a customer, in the order in which one takes it up."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from csdesk.actions.accounts import add_account
from csdesk.actions.enquiries import add_enquiry
from csdesk.actions.feedback import add_feedback, edit_feedback
from csdesk.actions.opportunities import add_opportunity
from csdesk.actions.people import add_contact, add_member, delete_contacts, delete_members
from csdesk.actions.risks import add_risk
from csdesk.model.vocabulary import FeedbackState, OpportunityStage, RiskStage, Severity
from csdesk.queries.customer_reader import CustomerReader
from csdesk.queries.risks import (
    enquiries_of,
    feedback_of,
    open_counts,
    opportunities_of,
    risks_of,
)
from csdesk.workspace.workspace import Workspace

DAY = dt.date(2026, 11, 20)


@pytest.fixture
def account(workspace: Workspace) -> str:
    return workspace.write("Account", add_account, "Fuji").result


def day(offset: int) -> dt.date:
    return DAY + dt.timedelta(days=offset)


def test_unrated_risks_stand_on_top_then_by_score_and_closed_ones_last(
    workspace: Workspace, account: str
) -> None:
    risks: list[tuple[str, dict[str, Any]]] = [
        ("small", {"probability": 1, "impact": 2}),
        ("over", {"probability": 5, "impact": 5, "stage": RiskStage.RECOVERED}),
        ("large", {"probability": 4, "impact": 5}),
        ("half rated", {"probability": 4}),
        ("taken", {"probability": 2, "impact": 2, "stage": RiskStage.ACCEPTED}),
    ]
    for title, fields in risks:
        workspace.write("Add", add_risk, account, title, **fields)
    rows = workspace.read(risks_of, account)
    assert [row.title for row in rows] == ["half rated", "large", "small", "over", "taken"]
    assert [row.score for row in rows] == [None, 20, 2, 25, 4]


def test_what_is_said_to_be_printed_of_a_risk_is_what_documents_print(
    workspace: Workspace, account: str
) -> None:
    for stage in (*RiskStage, None):
        said = f"Wording of {stage}"
        workspace.write("Add", add_risk, account, "R", stage=stage, customer_wording=said)
        workspace.write("Add", add_risk, account, "R", stage=stage)
    rows = workspace.read(risks_of, account)
    printed = workspace.read(lambda session: CustomerReader(session, account, DAY).risks(None))
    assert len(rows) == 2 * len(RiskStage) + 2
    assert {row.customer_wording for row in rows if row.is_printed} == set(printed)


def test_opportunities_stand_by_the_day_they_are_expected(
    workspace: Workspace, account: str
) -> None:
    for title, fields in (
        ("someday", {}),
        ("won", {"stage": OpportunityStage.WON, "expected_on": day(1)}),
        ("later", {"expected_on": day(60)}),
        ("soon", {"expected_on": day(5)}),
    ):
        workspace.write("Add", add_opportunity, account, title, **fields)
    rows = workspace.read(opportunities_of, account)
    assert [row.title for row in rows] == ["soon", "later", "someday", "won"]


def test_feedback_is_printed_only_with_both_sides_of_it(workspace: Workspace, account: str) -> None:
    row = workspace.write("Add", add_feedback, account, "Slow").result
    for fields, printed in (
        ({"customer_wording": "Exports took long."}, False),
        ({"customer_answer": "They are ten times faster."}, True),
        ({"customer_wording": ""}, False),
    ):
        workspace.write("Edit", edit_feedback, row, **fields)
        (found,) = workspace.read(feedback_of, account)
        documents = workspace.read(lambda session: CustomerReader(session, account, DAY).feedback())
        assert found.is_printed is printed
        assert bool(documents) is printed


def test_new_feedback_stands_first_and_what_is_over_last(
    workspace: Workspace, account: str
) -> None:
    for state in (FeedbackState.DONE, FeedbackState.ANSWERED, FeedbackState.NEW):
        workspace.write("Add", add_feedback, account, state.value, state=state)
    assert [row.text for row in workspace.read(feedback_of, account)] == [
        *("new", "answered", "done")
    ]


def test_enquiries_stand_by_gravity_and_age_and_tell_how_long_they_took(
    workspace: Workspace, account: str
) -> None:
    for subject, fields in (
        ("closed long ago", {"opened_on": day(-90), "closed_on": day(-80)}),
        ("grave", {"opened_on": day(-3), "severity": Severity.CRITICAL}),
        ("closed", {"opened_on": day(-9), "closed_on": day(-2), "severity": Severity.CRITICAL}),
        ("old", {"opened_on": day(-30)}),
        ("ahead", {"opened_on": day(4)}),
    ):
        workspace.write("Add", add_enquiry, account, subject, **fields)
    rows = workspace.read(enquiries_of, account, today=DAY)
    assert [(row.subject, row.open_days) for row in rows] == [
        ("grave", 3),
        ("old", 30),
        ("ahead", 0),
        ("closed", 7),
        ("closed long ago", 10),
    ]


def test_people_who_were_deleted_are_not_named(workspace: Workspace, account: str) -> None:
    sato = workspace.write("Add", add_contact, account, "Sato").result
    yamada = workspace.write("Add", add_member, "Yamada").result
    workspace.write("Add", add_feedback, account, "Slow", contact_id=sato)
    workspace.write("Add", add_risk, account, "R", owner_id=yamada)
    assert workspace.read(feedback_of, account)[0].contact == "Sato"
    assert workspace.read(risks_of, account)[0].owner == "Yamada"
    workspace.write("Delete", delete_contacts, [sato])
    workspace.write("Delete", delete_members, [yamada])
    feedback, risk = workspace.read(feedback_of, account)[0], workspace.read(risks_of, account)[0]
    assert (feedback.contact, feedback.contact_id) == ("", None)
    assert (risk.owner, risk.owner_id) == ("", None)


def test_the_counts_of_what_is_open_are_those_of_the_lists(
    workspace: Workspace, account: str
) -> None:
    for stage in (*RiskStage, None):
        workspace.write("Add", add_risk, account, "R", stage=stage)
    for chance in (*OpportunityStage, None):
        workspace.write("Add", add_opportunity, account, "O", stage=chance)
    for state in (*FeedbackState, None):
        workspace.write("Add", add_feedback, account, "F", state=state)
    for closed_on in (DAY, None):
        workspace.write("Add", add_enquiry, account, "E", opened_on=DAY, closed_on=closed_on)
    lists = {
        "risk": workspace.read(risks_of, account),
        "opportunity": workspace.read(opportunities_of, account),
        "feedback": workspace.read(feedback_of, account),
        "enquiry": workspace.read(enquiries_of, account, today=DAY),
    }
    expected = {
        entity: sum(not row.is_closed for row in rows)  # type: ignore[attr-defined]
        for entity, rows in lists.items()
    }
    assert workspace.read(open_counts, account) == expected
    assert min(expected.values()) > 0
