"""The page of an account: what it shows, where it leads, what it keeps."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar
from pytestqt.qtbot import QtBot

from csdesk.actions.accounts import delete_accounts, edit_account, segment_named
from csdesk.actions.contracts import add_contract
from csdesk.actions.people import edit_member
from csdesk.i18n import use_language
from csdesk.model.vocabulary import CsmView, Phase, TouchModel
from csdesk.queries.accounts import account_detail
from csdesk.workspace.workspace import Workspace
from tests.actions.outlines import Outline
from tests.ui.pages.fuji import Fuji, settle, undone
from ui.desk import Desk
from ui.pages.account.page import AccountPage
from ui.pages.plan.plan_section import PlanSection


def tab(page: AccountPage) -> str:
    bar = page.findChild(QTabBar)
    return bar.tabText(bar.currentIndex())


def test_the_header_says_who_the_customer_is(
    page: AccountPage, workspace: Workspace, fuji: Fuji, today: dt.date
) -> None:
    segment = workspace.write("Segment", segment_named, "Enterprise").result
    workspace.write(
        "Profile",
        edit_account,
        fuji.account,
        segment_id=segment,
        industry="Retail",
        touch_model=TouchModel.HIGH,
        csm_view=CsmView.AMBER,
        csm_view_reason="The champion left",
    )
    renewal = today + dt.timedelta(days=159)
    workspace.write(
        "Contract", add_contract, fuji.account, mrr=157_500, currency="JPY", renewal_on=renewal
    )
    settle()
    facts = page.header.facts
    for part in ("Enterprise", "Retail", "¥1,890,000", "159", "Yamada"):
        assert part in facts
    assert "Amber" in page.header._ring.accessibleName()
    assert "The champion left" in page.header._ring.toolTip()
    assert page.header._touch.text() == "High touch"


def test_an_account_nobody_judged_is_not_rated(page: AccountPage) -> None:
    assert page.header._ring.accessibleName() == "Not rated yet"


def test_a_phase_is_chosen_with_the_keyboard(
    page: AccountPage, workspace: Workspace, fuji: Fuji, qtbot: QtBot, today: dt.date
) -> None:
    assert page.header.stepper.phase is Phase.ADOPTION
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Return):
        qtbot.keyClick(page.header.stepper, key)
    detail = workspace.read(account_detail, fuji.account, today=today)
    assert detail is not None
    assert detail.row.phase is Phase.RETENTION
    assert page.header.stepper.phase is Phase.RETENTION
    assert workspace.undo_label == "Move Fuji Retail to Retention"


def test_an_item_of_a_plan_is_brought_into_view(
    page: AccountPage, outline: Outline, fuji: Fuji
) -> None:
    page.show_item("action", outline.ref("A3").id)
    assert tab(page) == "Success plan"
    section = page.section("plan")
    assert isinstance(section, PlanSection)
    current = section.view.current_item
    assert current is not None
    assert current.title == "A3"


@pytest.mark.parametrize(
    ("entity", "label"),
    [("contact", "Stakeholders"), ("plan", "Success plan"), ("account", "Overview")],
)
def test_each_entity_leads_to_its_tab(
    page: AccountPage, fuji: Fuji, entity: str, label: str
) -> None:
    ids = {"contact": fuji.sato, "plan": fuji.plan, "account": fuji.account}
    page.show_item(entity, ids[entity])
    assert tab(page) == label


def test_the_keyboard_goes_from_tab_to_tab_and_begins_in_each(
    page: AccountPage, plan: PlanSection, qtbot: QtBot
) -> None:
    down, up = Qt.Key.Key_PageDown, Qt.Key.Key_PageUp
    keys = {"KPIs": down, "Touchpoints": down, "Stakeholders": down, "Touchpoints ": up}
    for label, key in keys.items():
        qtbot.keyClick(page.window().focusWidget(), key, Qt.KeyboardModifier.ControlModifier)
        assert tab(page) == label.strip()
        focus = page.window().focusWidget()
        shown = page._sections.currentWidget()
        assert shown.isAncestorOf(focus) or focus is page._tabs
    page.show_item("plan", plan.plan_id)
    page.enter()
    assert page.window().focusWidget() is plan.view
    assert plan.view.currentIndex().isValid()


def test_a_deleted_account_says_so_and_undo_brings_it_back(
    page: AccountPage, workspace: Workspace, desk: Desk, fuji: Fuji, qtbot: QtBot
) -> None:
    workspace.write("Delete", delete_accounts, [fuji.account])
    settle()
    assert not page.header.isVisible()
    with qtbot.waitSignal(desk.changed):
        undone(desk, qtbot)
    assert page.header.isVisible()


def test_a_new_name_of_a_colleague_is_seen_at_once(
    page: AccountPage, workspace: Workspace, fuji: Fuji
) -> None:
    workspace.write("Rename", edit_member, fuji.yamada, name="Yamada Megumi")
    settle()
    assert "Yamada Megumi" in page.header.facts


def test_a_page_made_anew_in_another_language_shows_the_same_place(
    page: AccountPage, outline: Outline, desk: Desk, qtbot: QtBot
) -> None:
    page.show_item("action", outline.ref("A2").id)
    state = page.state()
    use_language("ja")
    other = AccountPage(desk)
    qtbot.addWidget(other)
    other.restore(state)
    assert other.account_id == page.account_id
    assert tab(other) == "サクセスプラン"
    section = other.section("plan")
    assert isinstance(section, PlanSection)
    current = section.view.current_item
    assert current is not None
    assert current.title == "A2"


def test_a_state_that_fits_nothing_is_passed_over(desk: Desk, qtbot: QtBot) -> None:
    page = AccountPage(desk)
    qtbot.addWidget(page)
    page.restore({"account": "gone", "tab": 7, "sections": {"plan": {"split": "no"}, "kpis": 3}})
    assert not page.header.isVisible()


def test_every_field_that_takes_the_focus_has_a_name(page: AccountPage) -> None:
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QWidget

    kinds = (QComboBox, QLineEdit, QPlainTextEdit, QAbstractButton)
    nameless = [
        (name, widget)
        for name in page.tab_names
        for section in (page.section(name),)
        for widget in section.findChildren(QWidget)
        if isinstance(widget, kinds)
        and widget.isVisibleTo(section)
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and widget.text())
        and not widget.objectName().startswith("qt_")
    ]
    assert nameless == []
