"""The title has the room of an outline; the other columns take what they need."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtWidgets import QApplication

from csdesk.actions.plan_items import edit_item
from csdesk.model.vocabulary import ActionStatus
from csdesk.queries.outline import OutlineItem, plan_outline
from csdesk.workspace.workspace import Workspace
from tests.actions.outlines import Outline
from tests.ui.pages.fuji import Fuji, settle
from ui.pages.plan.outline_cells import PILL_GAP
from ui.pages.plan.outline_tree import DUE, OWNER, STATUS, TITLE, VISIBILITY
from ui.pages.plan.outline_widths import (
    FAIR_TITLE,
    LEAST_BESIDE,
    LEAST_TITLE,
    MOST,
    column_widths,
)
from ui.pages.plan.plan_section import PlanSection
from ui.theme import Look
from ui.widgets.cells import PADDING, PILL_ENDS, Ink

HEADS = {OWNER: "In charge", DUE: "Due", STATUS: "Status", VISIBILITY: "Visible"}


@pytest.fixture
def ink(look: Look, qapp: QApplication) -> Ink:
    return Ink(look, qapp.font())


@pytest.fixture
def items(workspace: Workspace, fuji: Fuji, outline: Outline) -> list[OutlineItem]:
    """Return the items of the plan, one of them in work by two people with long names."""
    today = dt.date(2026, 11, 22)
    workspace.write(
        "Busy",
        edit_item,
        outline.ref("A1"),
        status=ActionStatus.WAITING_CUSTOMER,
        owner_id=fuji.yamada,
        due_on=today - dt.timedelta(days=30),
    )
    workspace.write(
        "Two",
        edit_item,
        outline.ref("G1"),
        owner_id=fuji.yamada,
        customer_owner_id=fuji.sato,
    )
    read = workspace.read(plan_outline, fuji.plan, today=today)
    assert read is not None
    found = [read.find(outline.ref(title).id) for title in ("G1", "M1", "A1", "A2")]
    return [item for item in found if item is not None]


@pytest.mark.parametrize("room", [500, 685, 850, 1100])
def test_every_head_is_whole_however_narrow_the_outline(
    ink: Ink, items: list[OutlineItem], room: int
) -> None:
    widths = column_widths(ink, items, HEADS, room)
    for column, head in HEADS.items():
        assert widths[column] >= ink.width(head, ink.small) + 2 * PADDING


def test_the_narrower_the_outline_the_less_stands_beside_the_title(
    ink: Ink, items: list[OutlineItem]
) -> None:
    widths = [column_widths(ink, items, HEADS, room) for room in (1100, 100)]
    assert widths[0][OWNER] > widths[1][OWNER]
    assert widths[0][STATUS] > widths[1][STATUS]
    initials = sum(column_widths(ink, items, HEADS, 480).values())
    for room in range(300, 1200, 25):
        title = room - sum(column_widths(ink, items, HEADS, room).values())
        least = min(LEAST_TITLE, room - LEAST_BESIDE * len(HEADS))
        assert title >= min(FAIR_TITLE, max(least, room - initials))


def test_the_status_is_as_wide_as_its_widest_pills(ink: Ink, items: list[OutlineItem]) -> None:
    widths = column_widths(ink, items, HEADS, 2000)
    both = ("30 days late", ActionStatus.WAITING_CUSTOMER.label())
    pills = sum(ink.width(words, ink.small) + PILL_ENDS for words in both) + PILL_GAP
    assert widths[STATUS] == min(pills, MOST[STATUS]) + 2 * PADDING
    assert column_widths(ink, [], HEADS, 2000)[STATUS] < widths[STATUS]


def test_the_column_the_user_has_sized_keeps_its_width(plan: PlanSection) -> None:
    settle()
    plan.view.setColumnWidth(OWNER, 201)
    plan.view.resize(plan.view.width() - 150, plan.view.height())
    plan.reload()
    settle()
    assert plan.view.columnWidth(OWNER) == 201
    assert plan.view.columnWidth(TITLE) > 0


def test_the_title_keeps_a_place_to_type_in_however_narrow_the_outline(
    ink: Ink, items: list[OutlineItem]
) -> None:
    widths = column_widths(ink, items, HEADS, 400)
    assert 400 - sum(widths.values()) >= LEAST_TITLE
    assert min(column_widths(ink, items, HEADS, 100).values()) == LEAST_BESIDE
