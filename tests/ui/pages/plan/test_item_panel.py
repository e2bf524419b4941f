"""The panel shows an item whole, understands what is typed, and loses none of it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from csdesk.actions.kpis import add_kpi, set_kpi_value
from csdesk.actions.plan_items import edit_item, tick_item
from csdesk.actions.plans import add_measure
from csdesk.model.vocabulary import Direction, GoalStatus, KpiKind, MilestoneStatus, TargetMode
from csdesk.queries.item_details import item_details
from csdesk.queries.kpis import kpi_catalogue
from csdesk.queries.outline import MeasureLine
from csdesk.workspace.workspace import Workspace
from tests.actions.outlines import Outline
from tests.ui.colleague import Colleague
from tests.ui.pages.fuji import Fuji, settle, undone
from ui.desk import Desk
from ui.pages.plan.item_panel import ItemPanel
from ui.pages.plan.measure_card import MeasureCard
from ui.pages.plan.plan_section import PlanSection
from ui.widgets.choice_box import ChoiceBox

Key = Qt.Key
TODAY = dt.datetime.now().astimezone().date()


def show(plan: PlanSection, outline: Outline, title: str) -> ItemPanel:
    """Choose an item, so that the panel shows it."""
    plan.view.choose(outline.ref(title).id)
    settle()
    return plan.panel


def enter(qtbot: QtBot, line: QLineEdit, text: str, key: Qt.Key = Key.Key_Return) -> None:
    """Type a text in place of what a field holds, and leave it with a key."""
    line.setFocus()
    line.selectAll()
    line.insert(text) if not text.isascii() else qtbot.keyClicks(line, text)
    line.setModified(True)
    qtbot.keyClick(line, key)
    settle()


def choose(box: QComboBox, text: str) -> None:
    """Choose an entry of a box as a user does."""
    box.setCurrentIndex(box.findText(text))
    box.activated.emit(box.currentIndex())
    settle()


@pytest.fixture
def kpi(workspace: Workspace) -> str:
    return workspace.write("KPI", add_kpi, "Users", unit="people").result


@pytest.fixture
def card(plan: PlanSection, outline: Outline, kpi: str, workspace: Workspace) -> MeasureCard:
    """Return the card of a measure of G1, without numbers yet."""
    workspace.write("Measure", add_measure, outline.ref("G1").id, kpi)
    settle()
    (card,) = show(plan, outline, "G1").measures.cards
    return card


def measure_of(outline: Outline) -> MeasureLine:
    (measure,) = outline.item("G1").measures
    return measure


TYPED = (
    ("96", TargetMode.ABSOLUTE, "96", "96"),
    ("120%", TargetMode.PERCENT_OF_BASELINE, "120", "120%"),
    ("20%増", TargetMode.PERCENT_INCREASE, "20", "+20%"),
    ("120 % of baseline", TargetMode.PERCENT_OF_BASELINE, "120", "120%"),
    ("+20%", TargetMode.PERCENT_INCREASE, "20", "+20%"),
)


def test_a_target_is_typed_as_one_says_it_and_shows_the_number_it_comes_to(
    card: MeasureCard, outline: Outline, qtbot: QtBot
) -> None:
    enter(qtbot, card.baseline, "80")
    line = card.target
    for typed, mode, target, shown in TYPED:
        line.setFocus()
        line.selectAll()
        qtbot.keyClick(line, Key.Key_Delete)
        qtbot.keyClick(line, Key.Key_Return)
        settle()
        assert measure_of(outline).target is None
        line.insert(typed)
        line.setModified(True)
        line.textChanged.emit(typed)
        assert card.result == "= 96 people (+20%)"  # as it is typed, before it is stored
        assert measure_of(outline).target is None
        qtbot.keyClick(line, Key.Key_Return)
        settle()
        measure = measure_of(outline)
        assert (measure.target_mode, measure.target) == (mode, Decimal(target))
        assert (measure.target_number, line.text()) == (Decimal(96), shown)
        assert card.result == "= 96 people (+20%)"
        choose(card._mode, "The value itself")


def test_points_of_a_percentage_come_to_the_number_shown_beside_them(
    plan: PlanSection, outline: Outline, workspace: Workspace, desk: Desk, qtbot: QtBot
) -> None:
    kind = {"kind": KpiKind.PERCENT, "direction": Direction.LOWER}
    kpi = workspace.write("KPI", add_kpi, "Churn rate", unit="%", **kind).result
    workspace.write("Measure", add_measure, outline.ref("G1").id, kpi)
    settle()
    (card,) = show(plan, outline, "G1").measures.cards
    with qtbot.waitSignal(desk.messages.said) as said:
        enter(qtbot, card.target, "2ポイント改善")
    assert "baseline" in said.args[0].text
    assert card.target.text() == "2ポイント改善"
    enter(qtbot, card.baseline, "0")
    enter(qtbot, card.target, "+1.5 pp")
    assert card.result == "= 1.5% (+1.5 pp)"
    enter(qtbot, card.baseline, "4.5")
    card.target.setFocus()
    card.target.selectAll()
    card.target.insert("2ポイント改善")
    assert card.result == "= 2.5% (−2 pp)"  # as it is typed, before it is stored
    qtbot.keyClick(card.target, Key.Key_Return)
    settle()
    measure = measure_of(outline)
    assert (measure.target_mode, measure.target) == (TargetMode.ABSOLUTE, Decimal("2.5"))
    assert card.target.text() == "2.5"


def test_a_share_without_a_baseline_says_what_it_needs(card: MeasureCard, qtbot: QtBot) -> None:
    enter(qtbot, card.target, "120%")
    assert card.result == "Needs a baseline"


def test_the_mode_of_a_target_can_be_chosen_and_a_plain_number_keeps_it(
    card: MeasureCard, outline: Outline, qtbot: QtBot
) -> None:
    enter(qtbot, card.baseline, "80")
    enter(qtbot, card.target, "20")
    choose(card._mode, "% more than the baseline")
    assert card.result == "= 96 people (+20%)"
    enter(qtbot, card.target, "50")
    assert measure_of(outline).target_mode is TargetMode.PERCENT_INCREASE
    assert measure_of(outline).target_number == Decimal(120)


def test_to_keep_a_value_is_a_target_too(card: MeasureCard, outline: Outline, qtbot: QtBot) -> None:
    enter(qtbot, card.baseline, "4.1")
    enter(qtbot, card.target, "keep")
    measure = measure_of(outline)
    assert (measure.direction, measure.target_number) == (Direction.KEEP, Decimal("4.1"))


def test_what_is_no_target_is_refused_and_stays_to_be_mended(
    card: MeasureCard, outline: Outline, desk: Desk, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(desk.messages.said):
        enter(qtbot, card.target, "soon")
    assert card.target.text() == "soon"
    assert measure_of(outline).target is None
    qtbot.keyClick(card.target, Key.Key_Escape)
    assert card.target.text() == ""


def test_a_percentage_kpi_takes_its_percent_sign_as_the_unit(
    plan: PlanSection, outline: Outline, workspace: Workspace, qtbot: QtBot
) -> None:
    rate = workspace.write("KPI", add_kpi, "Rate", unit="%", kind=KpiKind.PERCENT).result
    workspace.write("Measure", add_measure, outline.ref("G1").id, rate)
    settle()
    (card,) = show(plan, outline, "G1").measures.cards
    enter(qtbot, card.target, "80%")
    assert measure_of(outline).target_mode is TargetMode.ABSOLUTE
    assert card.result == "= 80%"


def test_the_newest_value_can_be_taken_as_baseline(
    card: MeasureCard, outline: Outline, workspace: Workspace, fuji: Fuji, kpi: str
) -> None:
    workspace.write("Value", set_kpi_value, fuji.account, kpi, dt.date(2026, 3, 1), Decimal(80))
    settle()
    assert card._newest.text() == "Newest: 80 people (Mar 2026)"
    card._take.click()
    settle()
    measure = measure_of(outline)
    assert (measure.baseline, measure.baseline_on) == (Decimal(80), dt.date(2026, 3, 1))
    assert card._take.isHidden()


def test_source_and_agreement_of_a_measure_are_kept(
    card: MeasureCard, outline: Outline, workspace: Workspace, qtbot: QtBot
) -> None:
    enter(qtbot, card._source, "Usage log")
    enter(qtbot, card._agreed_on, "2026-10-01")
    enter(qtbot, card._agreed_with, "Sato")
    details = workspace.read(item_details, outline.ref("G1"), today=TODAY).measures
    assert details is not None
    (kept,) = details.values()
    assert (kept.source, kept.agreed_on, kept.agreed_with) == (
        "Usage log",
        dt.date(2026, 10, 1),
        "Sato",
    )


def test_a_goal_is_measured_by_a_kpi_that_is_found_or_made_by_typing(
    plan: PlanSection, outline: Outline, kpi: str, workspace: Workspace, desk: Desk, qtbot: QtBot
) -> None:
    panel = show(plan, outline, "G1")
    adder = panel.measures.adder
    adder.setFocus()
    qtbot.keyClicks(adder.field, "use")
    assert adder.shown == ["Users (people)", "New KPI “use”"]
    qtbot.keyClick(adder.field, Key.Key_Return)
    settle()
    assert QApplication.focusWidget() is panel.measures.cards[0].baseline
    adder.setFocus()
    qtbot.keyClicks(adder.field, "Win rate (%)")
    qtbot.keyClick(adder.field, Key.Key_Return)
    settle()
    made = workspace.read(kpi_catalogue)[-1]
    assert (made.name, made.unit, made.kind) == ("Win rate", "%", KpiKind.PERCENT)
    assert [one.kpi_name for one in outline.item("G1").measures] == ["Users", "Win rate"]
    undone(desk, qtbot)
    assert [one.name for one in workspace.read(kpi_catalogue)] == ["Users"]
    QAbstractItemModelTester(adder._list, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_a_milestone_is_found_to_wait_for_and_let_go_again(
    plan: PlanSection, outline: Outline, qtbot: QtBot
) -> None:
    waits = show(plan, outline, "M2").waits
    waits.setFocus()
    waits.line.setFocus()
    qtbot.keyClicks(waits.line.field, "m1")
    qtbot.keyClick(waits.line.field, Key.Key_Return)
    settle()
    first = outline.ref("M1").id
    assert outline.item("M2").depends_on == (first,)
    assert waits.titles == ["M1"]
    qtbot.keyClick(waits.chip(first), Key.Key_Delete)
    settle()
    assert outline.item("M2").depends_on == ()


def test_milestones_never_wait_for_each_other_in_a_circle(
    plan: PlanSection, outline: Outline, desk: Desk, qtbot: QtBot
) -> None:
    show(plan, outline, "M2").waits.changed.emit({outline.ref("M1").id})
    waits = show(plan, outline, "M1").waits
    waits.line.setFocus()
    qtbot.keyClicks(waits.line.field, "m2")
    with qtbot.waitSignal(desk.messages.said):
        qtbot.keyClick(waits.line.field, Key.Key_Return)
    settle()
    assert outline.item("M1").depends_on == ()
    assert waits.titles == []


def test_a_status_of_the_panel_is_the_one_of_the_outline(
    plan: PlanSection, outline: Outline, qtbot: QtBot
) -> None:
    fields = show(plan, outline, "M2").fields
    box = next(box for box in fields.statuses.values() if box.isVisible())
    assert isinstance(box, ChoiceBox)
    choose(box, "Achieved")
    assert outline.item("M2").status is MilestoneStatus.ACHIEVED
    assert outline.item("M2").done_on == TODAY
    enter(qtbot, fields._done, "2026-11-02")
    assert outline.item("M2").done_on == dt.date(2026, 11, 2)


def test_the_weight_of_a_milestone_counts_in_its_goal(
    plan: PlanSection, outline: Outline, workspace: Workspace, desk: Desk, qtbot: QtBot
) -> None:
    workspace.write("Tick", tick_item, outline.ref("M2"), True)
    settle()
    fields = show(plan, outline, "M2").fields
    enter(qtbot, fields._weight, "3")
    assert outline.item("G1").progress == Decimal("0.75")
    with qtbot.waitSignal(desk.messages.said):
        enter(qtbot, fields._weight, "-1")
    assert outline.item("G1").progress == Decimal("0.75")
    assert fields._weight.text() == "3"


def test_a_closed_goal_tells_its_result(
    plan: PlanSection, outline: Outline, workspace: Workspace, qtbot: QtBot
) -> None:
    panel = show(plan, outline, "G2")
    assert not panel.closing.isVisible()
    workspace.write("Close", edit_item, outline.ref("G2"), status=GoalStatus.ACHIEVED)
    settle()
    assert panel.closing.isVisible()
    panel.closing.setFocus()
    qtbot.keyClicks(panel.closing, "Two months early")
    plan.view.setFocus()
    kept = workspace.read(item_details, outline.ref("G2"), today=TODAY)
    assert kept.closing_note == "Two months early"


def test_the_last_changes_are_told_and_all_of_them_when_asked(
    plan: PlanSection, outline: Outline, workspace: Workspace
) -> None:
    for number in range(1, 9):
        workspace.write("Rename", edit_item, outline.ref("M2"), weight=number + 1)
    settle()
    history = show(plan, outline, "M2").history
    assert history.text.count("\n") == 5
    assert "Weight: 8 → 9" in history.text.splitlines()[0]
    history.more.click()
    assert history.text.count("\n") == 8
    assert history.text.endswith("added")
    assert history.more.isHidden()


def test_what_a_colleague_writes_reaches_the_panel_and_leaves_what_is_typed(
    plan: PlanSection, outline: Outline, colleague: Colleague, desk: Desk, card: MeasureCard
) -> None:
    card.target.setFocus()
    card.target.insert("12")
    card.target.setModified(True)
    colleague.arrives(edit_item, outline.ref("G1"), why="Growth")
    assert plan.panel._text.toPlainText() == "Growth"
    assert card.target.text() == "12"


def test_tab_goes_through_the_panel_from_top_to_bottom(
    plan: PlanSection, outline: Outline, card: MeasureCard, qtbot: QtBot
) -> None:
    panel = plan.panel
    panel.first_field.setFocus()
    inside, tops = panel.first_field.parentWidget(), list[int]()
    for _step in range(24):
        focus = QApplication.focusWidget()
        assert focus is not None
        if not panel.isAncestorOf(focus):
            break
        tops.append(focus.mapTo(inside, focus.rect().topLeft()).y())
        qtbot.keyClick(focus, Key.Key_Tab)
    assert len(tops) >= 18
    assert all(below >= above - 12 for above, below in pairwise(tops)), tops


def test_a_date_being_typed_is_stored_for_the_item_it_was_typed_for(
    plan: PlanSection, outline: Outline, qtbot: QtBot
) -> None:
    fields = show(plan, outline, "M1").fields
    fields.due.setFocus()
    qtbot.keyClicks(fields.due, "2027-03-01")
    show(plan, outline, "M2")
    assert outline.item("M1").due_on == dt.date(2027, 3, 1)
    assert outline.item("M2").due_on is None
    assert fields.due.text() == ""
