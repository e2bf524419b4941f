"""What was agreed, what is not agreed yet, and where to sign."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from csdesk.model.document_setup import Setup
from csdesk.model.vocabulary import DocumentSection, PageSize
from csdesk.queries.customer_document import Agreement
from csdesk.queries.customer_rows import ActionRow, CustomerPlan, GoalRow, MilestoneRow
from tests.report.full_documents import agreement, full_plan
from tests.report.reading import made, outline, page_texts, whole_text
from tests.report.sample_plans import TODAY, empty_plan

MARK = "Not yet agreed"
SIGNED = dt.date(2025, 6, 2)


def plan(version: int, *, due: dt.date = TODAY, more: str = "") -> CustomerPlan:
    """Make a plan of a goal, a milestone and an action item, and perhaps one more goal."""
    goals = [
        GoalRow(
            "First", id="g", due_on=due, milestones=(MilestoneRow("Step", id="m", due_on=TODAY),)
        )
    ]
    if more:
        goals.append(GoalRow(more, id=more))
    return dataclasses.replace(
        empty_plan(),
        account_name="Acme",
        version=version,
        goals=tuple(goals),
        actions=(ActionRow("Task", "customer", id="a"),),
    )


def marks(view: CustomerPlan, agreed: CustomerPlan | None, **fields: object) -> str:
    """Return the text of a document that marks what is not agreed."""
    past = Agreement(agreed, SIGNED, "Taro Yamada") if agreed else None
    setup = Setup(marks_unagreed=True, **fields)
    return whole_text(made(view, agreed=past, setup=setup))


def test_what_changed_since_the_agreement_is_marked_and_explained_once() -> None:
    text = marks(plan(3, due=TODAY + dt.timedelta(30), more="Second"), plan(2))
    assert f"“{MARK}” stands with what is new or has changed since version 2" in text
    assert "agreed on June 2, 2025" in text
    assert text.count(MARK) == 1 + 2


def test_milestones_measures_and_actions_carry_the_mark_too() -> None:
    pages = page_texts(
        made(full_plan("en"), agreed=agreement("en"), setup=Setup(marks_unagreed=True))
    )
    text = " ".join(" ".join(pages).split())
    goals, rest = text.split("6 measures")
    measures, rest = rest.split("14 milestones")
    milestones, rest = rest.split("18 action items")
    counts = [part.count(MARK) for part in (goals, measures, milestones, rest)]
    assert counts == [1 + 2, 1, 3, 3]


def test_the_explanation_stands_where_the_first_mark_is() -> None:
    text = marks(plan(3, more="Second"), plan(2), left_out=frozenset({DocumentSection.GOALS}))
    assert "stands with what is new" not in text
    view = dataclasses.replace(plan(3), actions=(ActionRow("Other task", "customer", id="b"),))
    text = marks(view, plan(2))
    explained = text.index("stands with what is new")
    assert (
        text.index("Action items", text.index("Milestones"))
        < explained
        < text.index("Other task", explained)
    )


def test_nothing_is_marked_where_nobody_asked_for_it_or_agreed() -> None:
    assert MARK not in marks(plan(3, more="Second"), None)
    past = Agreement(plan(2), SIGNED, "Taro Yamada")
    assert MARK not in whole_text(made(plan(3, more="Second"), agreed=past))


def test_a_changed_plan_asks_for_signatures_and_says_what_was_agreed() -> None:
    text = marks(plan(3, more="Second"), plan(2))
    assert "Taro Yamada agreed to version 2 on June 2, 2025." in text
    assert "action items of version 3" in text
    assert "v3 Agreed" not in text
    assert text.count("Signature") == 2
    assert "Last agreed v2 · Jun 2, 2025 · Taro Yamada" in text


def test_an_agreed_version_says_so_and_asks_for_no_signature() -> None:
    text = marks(plan(2), plan(2))
    assert "Taro Yamada agreed to version 2 on June 2, 2025." in text
    assert "Signature" not in text
    assert "v2 Agreed" in text


@pytest.mark.parametrize(
    ("day", "person", "sentence"),
    [
        (None, "", "Version 2 was agreed."),
        (SIGNED, "", "Version 2 was agreed on June 2, 2025."),
        (None, "Taro Yamada", "Taro Yamada agreed to version 2."),
    ],
)
def test_what_is_not_known_of_an_agreement_is_not_said(
    day: dt.date | None, person: str, sentence: str
) -> None:
    past = Agreement(plan(2), day, person)
    assert sentence in whole_text(made(plan(2), agreed=past))


def test_a_document_with_nothing_to_agree_on_has_no_such_section() -> None:
    assert "Agreement" not in outline(made(empty_plan()))


@pytest.mark.parametrize("size", list(PageSize))
def test_there_is_room_to_sign_for_both_sides_in_every_size(size: PageSize) -> None:
    last = page_texts(made(plan(1), setup=Setup(page_size=size)))[-1]
    assert last.count("Signature") == 2
    assert "Acme" in last
