"""Action items by side, overdue first."""

from __future__ import annotations

import dataclasses
import datetime as dt

from csdesk.queries.customer_rows import ActionRow
from tests.report.reading import made, page_texts, whole_text
from tests.report.sample_plans import TODAY, empty_plan, rich_plan


def test_what_is_overdue_comes_first_and_is_said_in_words() -> None:
    actions = (
        ActionRow("Later", "customer", due_on=TODAY + dt.timedelta(9)),
        ActionRow("Done long ago", "customer", due_on=TODAY - dt.timedelta(90), status="done"),
        ActionRow("Too late", "customer", due_on=TODAY - dt.timedelta(3), is_overdue=True),
        ActionRow("Some day", "customer"),
    )
    text = whole_text(made(dataclasses.replace(empty_plan(), actions=actions)))
    table = text[text.index("Action items") :]
    found = sorted(("Later", "Done long ago", "Too late", "Some day"), key=table.index)
    assert found == ["Too late", "Later", "Some day", "Done long ago"]
    assert "Overdue" in table


def test_actions_stand_under_the_side_that_has_to_act() -> None:
    actions = (
        ActionRow("Ours", "us"),
        ActionRow("Yours", "customer"),
        ActionRow("Both of us", "joint"),
        ActionRow("Of a later version", "partner"),
    )
    view = dataclasses.replace(
        empty_plan(), account_name="Acme", our_company="Success Inc.", actions=actions
    )
    text = whole_text(made(view))
    text = text[text.index("To be done by Acme") :]
    order = [
        *("To be done by Acme", "Yours", "To be done by Success Inc.", "Ours"),
        *("Of a later version", "To be done together", "Both of us"),
    ]
    assert sorted(order, key=text.index) == order


def test_a_side_with_nothing_to_do_has_no_table() -> None:
    view = dataclasses.replace(
        empty_plan(), account_name="Acme", actions=(ActionRow("Ours", "us"),)
    )
    text = whole_text(made(view))
    assert "To be done by us" in text
    assert "To be done by Acme" not in text


def test_the_header_is_repeated_on_every_page() -> None:
    pages = page_texts(made(rich_plan("en", milestones=0)))
    with_actions = [page for page in pages if page.count("Raise onboarding completion") > 1]
    assert len(with_actions) >= 3
    assert all("In charge" in page and "Priority" in page for page in with_actions[1:])
