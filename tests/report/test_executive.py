"""The executive summary: one page, the customer's words, nothing else."""

from __future__ import annotations

import pytest

from csdesk.errors import UserError
from csdesk.model.vocabulary import DocumentKind
from csdesk.queries.customer_rows import CustomerPlan
from tests.report.reading import made, page_texts, whole_text
from tests.report.sample_plans import empty_plan, rich_plan


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
    with pytest.raises(UserError, match="nothing to sum up"):
        summed_up(empty_plan(), "en")
