"""The summary: one page of what matters."""

from __future__ import annotations

import dataclasses
import datetime as dt

from csdesk.queries.customer_rows import ActionRow
from tests.report.reading import made, outline, page_texts, whole_text
from tests.report.sample_plans import TODAY, empty_plan, rich_plan


def test_the_summary_is_one_page_however_many_goals_there_are() -> None:
    rich = rich_plan("en")
    view = dataclasses.replace(rich, goals=rich.goals * 4)
    pages = page_texts(made(view))
    assert pages[1].startswith("Acme")
    assert "What we need from you" in pages[1]
    assert "more goals" in pages[1]
    assert "Background and aims" in pages[2]


def test_the_summary_says_what_success_means_in_the_customers_words() -> None:
    view = dataclasses.replace(empty_plan(), success_statement="Every site goes live by summer.")
    assert "What success means to you Every site goes live by summer." in whole_text(made(view))


def test_what_the_summary_says_in_full_is_not_said_again() -> None:
    view = dataclasses.replace(empty_plan(), success_statement="Live by summer.", to_be="Better.")
    text = whole_text(made(view))
    assert text.count("Live by summer.") == 1
    assert text.count("Better.") == 1


def test_a_statement_too_long_for_the_summary_stands_below_in_full() -> None:
    statement = " ".join(f"Sentence number {number}." for number in range(50))
    text = whole_text(made(dataclasses.replace(empty_plan(), success_statement=statement)))
    assert "..." in text
    assert statement in text


def test_next_milestones_and_needs_come_by_date_without_closed_ones() -> None:
    page = " ".join(page_texts(made(rich_plan("en")))[1].split())
    needs = page[page.index("What we need from you") :]
    assert "Sep 20, 2025 Overdue" in needs
    assert needs.index("Sep 20, 2025") < needs.index("Sep 21, 2025")


def test_an_action_of_ours_is_not_asked_of_the_customer() -> None:
    actions = (
        ActionRow("Ours", "us", due_on=TODAY + dt.timedelta(1)),
        ActionRow("Theirs", "customer", due_on=TODAY + dt.timedelta(2)),
    )
    view = dataclasses.replace(empty_plan(), actions=actions)
    needs = " ".join(page_texts(made(view))[1].split()).split("Action items")[0]
    assert "Theirs" in needs
    assert "Ours" not in needs


def test_a_plan_of_our_own_actions_alone_has_no_summary() -> None:
    view = dataclasses.replace(empty_plan(), actions=(ActionRow("Ours", "us"),))
    assert outline(made(view))[1:2] == ["Action items"]
