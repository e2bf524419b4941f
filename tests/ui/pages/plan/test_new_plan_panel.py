"""A new plan begins empty, from a template, or as a copy, by keyboard, with a preview."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from csdesk.actions.accounts import add_account, edit_account
from csdesk.actions.editing import today
from csdesk.actions.plans import add_plan, edit_plan
from csdesk.actions.templates import duplicate_template
from csdesk.model.vocabulary import Phase, PlanStatus, TouchModel
from csdesk.queries.accounts import PlanRow, plans_of
from csdesk.queries.kpis import kpi_catalogue
from csdesk.queries.templates import templates
from csdesk.workspace.workspace import Workspace
from tests.ui.pages.fuji import Fuji, settle, undone
from ui.desk import Desk
from ui.pages.plan.new_plan_panel import NewPlanPanel
from ui.pages.plan.new_plan_sources import From
from ui.pages.plan.plan_section import PlanSection

Key = Qt.Key
START = "2026-12-01"


@pytest.fixture
def panel(plan: PlanSection, workspace: Workspace, fuji: Fuji) -> NewPlanPanel:
    """Return the panel, opened, for a high-touch account in adoption."""
    workspace.write("Touch", edit_account, fuji.account, touch_model=TouchModel.HIGH)
    settle()
    plan.verbs.new_plan()
    settle()
    return plan.verbs.panel


def plan_called(workspace: Workspace, account: str, title: str) -> PlanRow:
    (found,) = [row for row in workspace.read(plans_of, account) if row.title == title]
    return found


def type_in(qtbot: QtBot, text: str) -> None:
    """Type into whatever has the focus."""
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClicks(focus, text)


def press(qtbot: QtBot, key: Qt.Key) -> None:
    """Press a key where the focus is."""
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, key)
    settle()


def test_two_enters_make_a_plan_of_the_template_that_was_typed(
    plan: PlanSection, panel: NewPlanPanel, workspace: Workspace, fuji: Fuji, qtbot: QtBot
) -> None:
    type_in(qtbot, "renewal high")
    assert panel.chosen.title == "Renewal, high touch (from 180 days before)"
    press(qtbot, Key.Key_Return)
    assert QApplication.focusWidget() is panel.title
    assert panel.title.selectedText() == "Looking back, looking ahead"
    type_in(qtbot, "Renewal 2027")
    press(qtbot, Key.Key_Return)
    made = plan_called(workspace, fuji.account, "Renewal 2027")
    assert made.status is PlanStatus.DRAFT
    assert (plan.plan_id, plan.model.rowCount()) == (made.id, 3)
    assert QApplication.focusWidget() is plan.view
    assert plan.view.current_item is not None
    assert plan.view.current_item.title == "See together what was achieved"


def test_the_plan_of_a_template_is_one_step_back(
    plan: PlanSection,
    panel: NewPlanPanel,
    workspace: Workspace,
    desk: Desk,
    fuji: Fuji,
    qtbot: QtBot,
) -> None:
    type_in(qtbot, "onboarding low")
    press(qtbot, Key.Key_Return)
    press(qtbot, Key.Key_Return)
    assert len(workspace.read(kpi_catalogue)) == 3
    undone(desk, qtbot)
    assert [row.title for row in workspace.read(plans_of, fuji.account)] == ["Second half"]
    assert workspace.read(kpi_catalogue) == []
    assert plan.plan_id == fuji.plan


def test_what_suits_the_account_comes_first_and_says_so(panel: NewPlanPanel) -> None:
    first = panel.sources.source(2)
    assert (first.title, first.suits) == ("Adoption, high touch (180 days)", True)
    heard = panel.sources.index(2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "suits this account" in heard


def test_the_preview_shows_the_dates_that_follow_from_the_start_being_typed(
    panel: NewPlanPanel, qtbot: QtBot
) -> None:
    qtbot.keyClicks(panel.filter, "adoption high")
    line = panel.start_line
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, START)
    assert panel.preview.summary == "3 goals · 7 milestones · 21 actions · 180 days"
    model = panel.preview.table.model()
    assert model.index(0, 0).data() == "Goal, No department is left behind"
    assert model.index(1, 3).data() == "Dec 29, 2026"
    qtbot.keyClick(line, Key.Key_Return)


def test_nothing_falls_on_a_weekend_unless_that_is_wanted(
    panel: NewPlanPanel, qtbot: QtBot
) -> None:
    qtbot.keyClicks(panel.filter, "recovery low")
    panel.start_line.setFocus()
    panel.start_line.selectAll()
    qtbot.keyClicks(panel.start_line, "2026-11-27")  # a Friday: day 8 is a Saturday
    model = panel.preview.table.model()
    dues = [model.index(row, 3).data() for row in range(model.rowCount())]
    assert "Dec 7, 2026" in dues
    panel._workdays.click()
    dues = [model.index(row, 3).data() for row in range(model.rowCount())]
    assert "Dec 5, 2026" in dues


def test_kpis_are_added_only_where_that_stays_ticked(
    panel: NewPlanPanel, workspace: Workspace, qtbot: QtBot
) -> None:
    qtbot.keyClicks(panel.filter, "onboarding low")
    assert panel._make_kpis.isVisible()
    assert "Days to first value" in panel._make_kpis.accessibleName()
    panel._make_kpis.click()
    panel.make_plan()
    settle()
    assert workspace.read(kpi_catalogue) == []


def test_an_empty_plan_needs_a_title(
    plan: PlanSection,
    panel: NewPlanPanel,
    workspace: Workspace,
    desk: Desk,
    fuji: Fuji,
    qtbot: QtBot,
) -> None:
    assert panel.chosen.kind is From.NOTHING
    press(qtbot, Key.Key_Return)
    with qtbot.waitSignal(desk.messages.said):
        press(qtbot, Key.Key_Return)
    assert plan.verbs.is_open
    type_in(qtbot, "Next year")
    press(qtbot, Key.Key_Return)
    made = plan_called(workspace, fuji.account, "Next year")
    assert (made.type, made.start_on) == (Phase.ADOPTION, today())
    assert plan.model.rowCount() == 0
    press(qtbot, Key.Key_Return)
    type_in(qtbot, "First goal")
    press(qtbot, Key.Key_Return)
    assert plan.model.rowCount() == 2  # the goal, and the row for the next


def test_a_start_that_is_no_date_makes_no_plan(
    plan: PlanSection, panel: NewPlanPanel, workspace: Workspace, fuji: Fuji, qtbot: QtBot
) -> None:
    qtbot.keyClicks(panel.filter, "adoption high")
    panel.start_line.setFocus()
    panel.start_line.selectAll()
    qtbot.keyClicks(panel.start_line, "someday")
    panel.make_plan()
    assert plan.verbs.is_open
    assert len(workspace.read(plans_of, fuji.account)) == 1


def test_a_plan_of_another_account_is_found_by_the_name_of_the_customer(
    plan: PlanSection, workspace: Workspace, fuji: Fuji, qtbot: QtBot
) -> None:
    birch = workspace.write("Birch", add_account, "Birch Foods", name_kana="バーチ").result
    workspace.write("Plan", add_plan, birch, "Rolling out", start_on=dt.date(2026, 1, 5))
    settle()
    plan.verbs.new_plan()
    panel = plan.verbs.panel
    titles = [panel.sources.source(row).title for row in range(panel.sources.rowCount())]
    assert "Rolling out" not in titles
    qtbot.keyClicks(panel.filter, "birch")
    assert (panel.chosen.title, panel.chosen.kind) == ("Rolling out", From.PLAN)
    panel.filter.setText("ばーち")
    assert panel.chosen.title == "Rolling out"
    press(qtbot, Key.Key_Return)
    press(qtbot, Key.Key_Return)
    assert plan_called(workspace, fuji.account, "Rolling out").start_on == today()


def test_copying_the_plan_shown_begins_with_it_chosen(
    plan: PlanSection, workspace: Workspace, fuji: Fuji, qtbot: QtBot
) -> None:
    plan.verbs.copy_plan()
    panel = plan.verbs.panel
    assert (panel.chosen.id, panel.title.text()) == (fuji.plan, "Second half")
    press(qtbot, Key.Key_Return)
    type_in(qtbot, "First half of next year")
    press(qtbot, Key.Key_Return)
    made = plan_called(workspace, fuji.account, "First half of next year")
    assert plan.plan_id == made.id
    assert plan.model.rowCount() == 2


def test_escape_leads_back_to_the_plan(
    plan: PlanSection, panel: NewPlanPanel, workspace: Workspace, fuji: Fuji, qtbot: QtBot
) -> None:
    press(qtbot, Key.Key_Escape)
    assert not plan.verbs.is_open
    assert QApplication.focusWidget() is plan.view
    assert len(workspace.read(plans_of, fuji.account)) == 1


def test_what_somebody_writes_meanwhile_leaves_the_panel_open(
    plan: PlanSection, panel: NewPlanPanel, workspace: Workspace, fuji: Fuji, qtbot: QtBot
) -> None:
    type_in(qtbot, "renewal")
    workspace.write("Edit", edit_account, fuji.account, name="Fuji Retail Group")
    settle()
    assert plan.verbs.is_open
    assert panel.filter.text() == "renewal"


def test_a_saved_template_that_cannot_be_read_says_so_and_makes_nothing(
    plan: PlanSection, workspace: Workspace, qtbot: QtBot
) -> None:
    made = workspace.write("Copy", duplicate_template, "shipped:en/02_onboarding_low", "Odd").result

    def spoil(session: object) -> None:
        from csdesk.model.records import Template

        row = session.get(Template, made)  # type: ignore[attr-defined]
        row.content = "{"

    workspace.write("Spoil", spoil)
    settle()
    plan.verbs.begin(made)
    panel = plan.verbs.panel
    assert panel.chosen.id == made
    assert not panel._create.isEnabled()
    assert panel.preview._trouble.isVisible()


def test_the_list_of_what_a_plan_starts_from_is_a_sound_model(
    panel: NewPlanPanel, qtbot: QtBot
) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    QAbstractItemModelTester(panel.sources, mode)
    QAbstractItemModelTester(panel.preview.table.model(), mode)
    for typed in ("renew", "zzz", "", "second half"):
        panel.filter.setText(typed)
    assert panel.sources.rowCount() == 2
    press(qtbot, Key.Key_Down)
    assert panel.chosen.title == "Second half"  # a heading is never chosen


def test_an_account_without_a_plan_is_offered_the_template_that_suits_it(
    plan: PlanSection, workspace: Workspace, fuji: Fuji, qtbot: QtBot
) -> None:
    plan.verbs.delete_plan()
    workspace.write("Phase", edit_account, fuji.account, phase=Phase.RENEWAL)
    settle()
    offered = plan._nothing.findChildren(QPushButton)
    assert [button.text() for button in offered] == ["From a template…", "New plan"]
    qtbot.mouseClick(offered[0], Qt.MouseButton.LeftButton)
    settle()
    assert plan.verbs.panel.chosen.title == "Renewal, high touch (from 180 days before)"
    press(qtbot, Key.Key_Return)
    press(qtbot, Key.Key_Return)
    assert plan.model.rowCount() == 3


def test_the_plans_of_an_account_are_told_apart_and_switched(
    plan: PlanSection, workspace: Workspace, fuji: Fuji, desk: Desk, qtbot: QtBot
) -> None:
    days = {"start_on": dt.date(2027, 1, 4), "end_on": dt.date(2027, 6, 30)}
    other = workspace.write("Add", add_plan, fuji.account, "Next year", **days).result
    settle()
    menu = plan._strip.menu
    assert menu.text() == "2 plans"
    assert menu.choices == [
        "Next year · Draft · Jan 4, 2027 – Jun 30, 2027",
        "Second half · In force",
    ]
    menu.fill()
    menu.menu().actions()[0].trigger()
    settle()
    assert plan.plan_id == other
    assert plan._strip.title.text() == "Next year"
    plan._strip.rename()
    type_in(qtbot, "2027")
    press(qtbot, Key.Key_Return)
    assert plan_called(workspace, fuji.account, "2027").id == other
    plan.verbs.delete_plan()
    settle()
    assert plan.plan_id == fuji.plan
    undone(desk, qtbot)
    assert menu.text() == "2 plans"


def test_a_plan_is_saved_as_a_template_and_replaces_the_one_of_its_name(
    plan: PlanSection, workspace: Workspace, desk: Desk, qtbot: QtBot
) -> None:
    for texts in (("Our way", "Save"), ("our WAY", "Replace")):
        plan.verbs.save_template()
        saving = plan.verbs.saving
        assert QApplication.focusWidget() is saving.name
        type_in(qtbot, texts[0])
        assert saving._save.text() == texts[1]
        press(qtbot, Key.Key_Return)
        assert not plan.verbs.is_open
    (row,) = [row for row in workspace.read(templates) if not row.is_shipped]
    assert (row.name, row.goals, row.milestones, row.actions) == ("our WAY", 2, 2, 3)
    undone(desk, qtbot)
    undone(desk, qtbot)
    assert all(row.is_shipped for row in workspace.read(templates))


def test_saving_warns_where_a_text_still_names_the_customer(
    plan: PlanSection, workspace: Workspace, fuji: Fuji
) -> None:
    workspace.write("Text", edit_plan, fuji.plan, to_be="FUJI retail sees one number")
    settle()
    plan.verbs.save_template()
    assert "FUJI retail sees one number" in plan.verbs.saving.warning
