"""What changed since the customer agreed is marked in words, in the outline and beside it."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar
from pytestqt.qtbot import QtBot

from csdesk.actions.plan_items import edit_item
from csdesk.actions.revisions import agree_to_plan
from csdesk.model.vocabulary import SignOffMethod
from tests.actions.outlines import Outline
from tests.ui.pages.fuji import Fuji, settle, undone
from ui.desk import Desk
from ui.pages.account.page import AccountPage
from ui.pages.document.document_tab import DocumentTab
from ui.pages.plan.agreement_line import AgreementLine
from ui.pages.plan.outline_model import UNAGREED_ROLE
from ui.pages.plan.plan_section import PlanSection

AGREED_ON = dt.date(2026, 11, 12)


def agree(desk: Desk, fuji: Fuji) -> None:
    """Let Sato agree to the plan as it is."""
    said = (fuji.plan, fuji.sato, AGREED_ON, SignOffMethod.SIGNED)
    desk.write("Agree", agree_to_plan, *said, today=dt.date(2026, 11, 22))


def compared(plan: PlanSection, qtbot: QtBot) -> None:
    """Wait until the plan is compared with what was agreed."""
    settle()
    qtbot.waitUntil(lambda: not plan.marks.is_looking)
    settle()


def line(plan: PlanSection) -> AgreementLine:
    found = plan.findChild(AgreementLine)
    assert isinstance(found, AgreementLine)
    return found


def marked(plan: PlanSection, outline: Outline) -> set[str]:
    """Return the titles of the rows that are marked."""
    return {
        item.title for item in outline.all() if plan.model.index_of(item.ref.id).data(UNAGREED_ROLE)
    }


def test_a_plan_nobody_agreed_to_has_no_line_and_no_marks(
    plan: PlanSection, outline: Outline, qtbot: QtBot
) -> None:
    compared(plan, qtbot)
    assert line(plan).words == ""
    assert marked(plan, outline) == set()


def test_what_changed_since_is_marked_counted_and_told_to_those_who_listen(
    plan: PlanSection, outline: Outline, desk: Desk, fuji: Fuji, qtbot: QtBot
) -> None:
    agree(desk, fuji)
    compared(plan, qtbot)
    assert line(plan).words == "All is as the customer agreed (agreed: v1, Nov 12, 2026)"
    ref = outline.ref("M1")
    desk.write("Change", edit_item, ref, due_on=dt.date(2027, 1, 31))
    compared(plan, qtbot)
    assert marked(plan, outline) == {"M1"}
    assert line(plan).words == "1 item is not agreed yet (agreed: v1, Nov 12, 2026)"
    index = plan.model.index_of(ref.id)
    assert "Not agreed yet" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Not agreed yet" in index.data(Qt.ItemDataRole.ToolTipRole)
    plan.view.choose(ref.id)
    settle()
    assert plan.panel._unagreed.text() == "Not agreed yet"
    plan.view.choose(outline.ref("G2").id)
    settle()
    assert not plan.panel._unagreed.isVisible()
    undone(desk, qtbot)
    compared(plan, qtbot)
    assert marked(plan, outline) == set()


def test_the_mark_stands_in_the_row_beside_its_title(
    plan: PlanSection, outline: Outline, desk: Desk, fuji: Fuji, qtbot: QtBot
) -> None:
    plan.window().resize(1300, 1100)  # so that the last row is in view
    agree(desk, fuji)
    compared(plan, qtbot)
    ref = outline.ref("A3")
    index = plan.model.index_of(ref.id)
    plan.view.choose(outline.ref("G1").id)
    settle()
    rect = plan.view.visualRect(index)
    before = plan.view.viewport().grab(rect).toImage()
    desk.write("Change", edit_item, ref, side="customer")
    compared(plan, qtbot)
    assert marked(plan, outline) == {"A3"}
    assert plan.view.viewport().grab(rect).toImage() != before


def test_the_line_leads_to_what_changed_since_the_agreement(
    page: AccountPage, plan: PlanSection, outline: Outline, desk: Desk, fuji: Fuji, qtbot: QtBot
) -> None:
    agree(desk, fuji)
    desk.write("Change", edit_item, outline.ref("M1"), due_on=dt.date(2027, 1, 31))
    compared(plan, qtbot)
    desk.place_asked.connect(page.show_item)
    qtbot.mouseClick(line(plan).changes_button, Qt.MouseButton.LeftButton)
    tab = page.section("document")
    assert isinstance(tab, DocumentTab)
    changes = tab.frame.side.changes
    assert page.findChild(QTabBar).tabText(page.findChild(QTabBar).currentIndex()) == "Document"
    assert tab.frame.side.tab == "changes"
    qtbot.waitUntil(lambda: len(changes.changes) == 1, timeout=20_000)
    assert changes.version is not None
    assert changes.version.number == 1


def test_another_plan_has_none_of_the_marks(
    plan: PlanSection, outline: Outline, desk: Desk, fuji: Fuji, qtbot: QtBot
) -> None:
    agree(desk, fuji)
    desk.write("Change", edit_item, outline.ref("M1"), due_on=dt.date(2027, 1, 31))
    compared(plan, qtbot)
    plan.verbs.new_plan()
    plan.verbs.panel.title.setText("Next year")
    plan.verbs.panel.make_plan()
    compared(plan, qtbot)
    assert plan.plan_id != fuji.plan
    assert line(plan).words == ""
