"""The executive summary: one page, the customer's words, nothing else."""

from __future__ import annotations

import dataclasses

import pytest

from csdesk.errors import UserError
from csdesk.model.document_setup import Setup
from csdesk.model.vocabulary import DocumentKind, PageSize
from csdesk.queries.customer_rows import ActionRow, CustomerPlan, GoalRow
from tests.report.page_geometry import collisions, outside
from tests.report.reading import made, outline, page_texts, whole_text
from tests.report.sample_plans import empty_plan, kpi_line, poor_plan, rich_plan


def summed_up(view: CustomerPlan, language: str) -> bytes:
    return made(view, language, DocumentKind.EXECUTIVE)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_rich_plan_is_summed_up_on_one_page(language: str) -> None:
    view = rich_plan(language)
    data = summed_up(view, language)
    assert len(page_texts(data)) == 1
    text = whole_text(data)
    assert view.account_name in text
    assert view.goals[0].title.replace(" ", "") in text.replace(" ", "")
    assert "1 / 1" in text
    assert "see below" not in text
    assert "参照" not in text


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert summed_up(rich_plan("ja"), "ja") == summed_up(rich_plan("ja"), "ja")


def test_a_plan_without_a_word_has_nothing_to_sum_up() -> None:
    ours = dataclasses.replace(empty_plan(), actions=(ActionRow("Do", "us"),))
    for view in (empty_plan(), ours):
        with pytest.raises(UserError, match="nothing to sum up"):
            summed_up(view, "en")


SIZES = list(PageSize)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_huge_plan_is_summed_up_on_one_page_of_every_size(language: str, size: PageSize) -> None:
    rich = rich_plan(language)
    goals = tuple(
        dataclasses.replace(goal, title=f"{number} {goal.title * 5}")
        for number in range(25)
        for goal in rich.goals
    )
    people = dict.fromkeys(("our_company", "account_name", "title"), "とても長い名前 " * 40)
    view = dataclasses.replace(rich, goals=goals, success_statement=rich.background * 20, **people)
    data = made(view, language, DocumentKind.EXECUTIVE, setup=Setup(page_size=size))
    assert len(page_texts(data)) == 1
    assert collisions(data) == []
    assert outside(data, 10) == []


@pytest.mark.parametrize("size", SIZES)
def test_a_tiny_plan_is_summed_up_too(size: PageSize) -> None:
    setup = Setup(page_size=size)
    for view in (
        dataclasses.replace(empty_plan(), to_be="Better."),
        dataclasses.replace(empty_plan(), goals=(GoalRow("Win"),)),
        dataclasses.replace(empty_plan(), actions=(ActionRow("Do", "customer"),)),
    ):
        data = made(view, kind=DocumentKind.EXECUTIVE, setup=setup)
        assert len(page_texts(data)) == 1
        assert collisions(data) == []


def test_more_room_is_given_to_goals_than_to_words() -> None:
    text = whole_text(made(rich_plan("en"), kind=DocumentKind.EXECUTIVE))
    assert all(goal.title in text for goal in rich_plan("en").goals)


@pytest.mark.parametrize("size", SIZES)
def test_its_head_says_whose_plan_it_is_for_when_and_which_version(size: PageSize) -> None:
    text = whole_text(made(rich_plan("en"), kind=DocumentKind.EXECUTIVE, setup=Setup(size)))
    head = text[: text.index("What success means to you")]
    for words in (
        *("Joint success plan, second half of FY2025", "To Acme Manufacturing, Inc.", "In force"),
        *("v3", "April 1, 2025 – March 31, 2026", "Success Plan Inc. Misaki Takahashi"),
    ):
        assert words in head


def test_its_outline_names_the_plan() -> None:
    assert outline(summed_up(rich_plan("en"), "en")) == [
        "Joint success plan, second half of FY2025"
    ]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("count", [1, 2, 3, 30])
def test_an_account_without_a_plan_is_summed_up_by_its_figures(count: int, size: PageSize) -> None:
    kpis = tuple(kpi_line(f"Figure {number}.") for number in range(count))
    view = dataclasses.replace(poor_plan("en"), kpis=kpis)
    data = made(view, kind=DocumentKind.EXECUTIVE, setup=Setup(page_size=size))
    assert len(page_texts(data)) == 1
    text = whole_text(data)
    assert sum(f"Figure {number}." in text for number in range(count)) >= min(count, 3)


def test_figures_without_a_value_are_nothing_to_sum_up() -> None:
    view = dataclasses.replace(empty_plan(), kpis=(kpi_line(months=0),))
    with pytest.raises(UserError, match="nothing to sum up"):
        summed_up(view, "en")
