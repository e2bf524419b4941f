"""The goals in full, and the way to them from the summary."""

from __future__ import annotations

import dataclasses
import io
from decimal import Decimal

import pikepdf
import pytest

from csdesk.model.document_setup import Setup
from csdesk.model.vocabulary import DocumentKind, DocumentSection, PageSize, TargetMode
from tests.report.full_documents import full_document, full_plan
from tests.report.reading import laid_out, made, structure, whole_text
from tests.report.sample_plans import rich_plan


def jumps(data: bytes) -> list[tuple[int, int, float]]:
    """Return the links within a file: from which page, to which, how high on it."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages)}
        return [
            (number, numbers[note.Dest[0].objgen], float(note.Dest[3]))
            for number, page in enumerate(pdf.pages)
            for note in page.get("/Annots", [])
            if "/Dest" in note
        ]


@pytest.mark.parametrize("size", list(PageSize))
def test_a_goal_of_the_summary_leads_to_where_it_is_told_in_full(size: PageSize) -> None:
    document = full_document("en", size)
    found = jumps(document.data)
    goals = full_plan("en").goals
    assert len(found) == len(goals)
    for (start, page, top), goal in zip(found, goals, strict=True):
        assert start == 1
        places = [
            place
            for place in document.places
            if place.id == goal.id and place.entity == "goal" and place.page == page
        ]
        assert any(0 <= top - place.y1 < 12 for place in places)


def test_without_the_goals_or_alone_the_summary_leads_nowhere() -> None:
    setup = Setup(left_out=frozenset({DocumentSection.GOALS}))
    assert jumps(made(rich_plan("en"), setup=setup)) == []
    assert jumps(made(rich_plan("en"), kind=DocumentKind.EXECUTIVE)) == []


def test_a_link_belongs_to_the_words_it_is_made_of() -> None:
    roles = [element.role for element in structure(made(rich_plan("en")))]
    assert roles.count("Link") == 8 + 5


def test_a_goal_tells_why_from_where_to_where_by_when_and_who() -> None:
    view = rich_plan("en", actions=0, milestones=0)
    text = whole_text(made(view, setup=Setup(left_out=frozenset({DocumentSection.SUMMARY}))))
    assert (
        "Hold monthly active usage at 80% Standardise the Salesforce integration and Slack alerts"
        in text
    )
    assert "Monthly active usage 58% → 80% by Mar 31, 2026" in text
    assert "Due Dec 16, 2025 Hanako Sato / Misaki Takahashi" in text


def test_a_target_is_told_as_a_share_until_the_baseline_is_known() -> None:
    rich = rich_plan("en", actions=0, milestones=0)
    shares = [(TargetMode.PERCENT_OF_BASELINE, "120"), (TargetMode.PERCENT_INCREASE, "-25")]
    measures = tuple(
        dataclasses.replace(
            rich.goals[0].measures[0],
            baseline=None,
            target=None,
            target_mode=mode,
            target_given=Decimal(share),
        )
        for mode, share in shares
    )
    view = dataclasses.replace(rich, goals=(dataclasses.replace(rich.goals[0], measures=measures),))
    text = whole_text(made(view))
    for said in ("120% of the baseline", "25% less than the baseline"):
        assert f"{measures[0].kpi.name} {said} by " in text
        assert f"Target {said}" in text


def test_goals_with_the_same_title_are_two_goals() -> None:
    rich = rich_plan("en")
    view = dataclasses.replace(rich, goals=(rich.goals[0], rich.goals[0]))
    assert len({top for _, _, top in jumps(laid_out(view).data)}) == 2
