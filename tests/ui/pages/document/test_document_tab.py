"""The document in view follows the plan and its options, and leads back to the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QPushButton,
    QTabBar,
)
from pytestqt.qtbot import QtBot

from csdesk import i18n
from csdesk.actions.accounts import add_account
from csdesk.actions.kpis import add_kpi, set_kpi_value
from csdesk.actions.people import edit_contact
from csdesk.actions.plan_items import add_item, edit_item
from csdesk.actions.plans import add_plan, edit_plan
from csdesk.model.document_setup import PLAIN_SETUP, Setup
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.vocabulary import DocumentKind, DocumentSection, PageSize
from csdesk.queries.document_request import document_options
from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace
from tests.actions.outlines import Outline
from tests.ui.colleague import settle
from tests.ui.pages.document.conftest import text_in_view
from tests.ui.pages.fuji import Fuji
from tests.ui.window_words import cut_words
from ui.desk import Desk
from ui.pages.account.page import AccountPage
from ui.pages.document.document_tab import DocumentTab
from ui.pages.plan.plan_section import PlanSection

Settle = Callable[[DocumentTab], None]


def kept(workspace: Workspace, fuji: Fuji, kind: DocumentKind) -> tuple[str, Setup]:
    """Return what is remembered for a kind of document."""
    return workspace.read(document_options, fuji.account, kind)


def test_an_edit_of_the_plan_is_seen_in_the_document(
    tab: DocumentTab, workspace: Workspace, fuji: Fuji, settled_tab: Settle
) -> None:
    assert "Second half" in text_in_view(tab)
    tab.frame.preview.view.step_zoom(1)
    tab.frame.preview.view.go_to_page(1)
    bar = tab.frame.preview.view.verticalScrollBar()
    before = (bar.value(), tab.frame.preview.view.zoom)
    workspace.write("Edit", edit_plan, fuji.plan, success_statement="Twice the orders by spring")
    settle()
    settled_tab(tab)
    assert "Twice the orders by spring" in text_in_view(tab)
    assert (bar.value(), tab.frame.preview.view.zoom) == before


def test_of_many_edits_in_a_row_the_last_one_is_shown(
    tab: DocumentTab, workspace: Workspace, fuji: Fuji, settled_tab: Settle
) -> None:
    for number in range(8):
        workspace.write("Edit", edit_plan, fuji.plan, to_be=f"State number {number}")
        settle()
    settled_tab(tab)
    assert "State number 7" in text_in_view(tab)


def test_what_is_internal_never_comes_into_view(
    tab: DocumentTab, workspace: Workspace, fuji: Fuji, settled_tab: Settle
) -> None:
    goal = Outline(workspace, fuji.plan).ref("G1")
    pages = tab.frame.preview.view.pages
    workspace.write("Note", edit_item, goal, internal_note="They may churn")
    settle()
    settled_tab(tab)
    assert "churn" not in text_in_view(tab)
    assert tab.frame.preview.view.pages is pages, "the same document is not laid out again"


def test_options_are_remembered_for_the_account_and_the_kind(
    tab: DocumentTab, workspace: Workspace, fuji: Fuji, settled_tab: Settle
) -> None:
    options = tab.frame.options
    plain = tab.frame.preview.view.pages
    assert plain is not None
    count = plain.count
    options._cover.click()
    options.sections.box(DocumentSection.PEOPLE).click()
    options._size.setCurrentIndex(options._size.findData("wide"))
    options._size.activated.emit(options._size.currentIndex())
    settled_tab(tab)
    _language, setup = kept(workspace, fuji, DocumentKind.CUSTOMER)
    assert setup == Setup(
        page_size=PageSize.WIDE, has_cover=False, left_out=frozenset({DocumentSection.PEOPLE})
    )
    pages = tab.frame.preview.view.pages
    assert pages is not None
    assert pages.sizes[0] == pytest.approx((842, 474), abs=1)
    assert pages.count != count
    assert kept(workspace, fuji, DocumentKind.EXECUTIVE)[1] == PLAIN_SETUP
    options.kind_chosen.emit(DocumentKind.EXECUTIVE)
    settled_tab(tab)
    assert options.setup == PLAIN_SETUP
    options.kind_chosen.emit(DocumentKind.CUSTOMER)
    settled_tab(tab)
    assert options.setup == setup


def test_looking_stores_nothing(
    tab: DocumentTab, page: AccountPage, workspace: Workspace, desk: Desk, settled_tab: Settle
) -> None:
    other = workspace.write("Other", add_account, "Other").result
    before = workspace.undo_label
    for kind in (DocumentKind.INTERNAL, DocumentKind.EXECUTIVE, DocumentKind.CUSTOMER):
        tab.frame.options.kind_chosen.emit(kind)
        settled_tab(tab)
    page.show_item("account", other)
    settled_tab(tab)
    assert workspace.undo_label == before


def test_an_option_is_undone_like_any_edit(
    tab: DocumentTab, desk: Desk, qtbot: QtBot, settled_tab: Settle
) -> None:
    tab.frame.options._cover.click()
    settled_tab(tab)
    assert not tab.frame.options.setup.has_cover
    desk.undo()
    settled_tab(tab)
    assert tab.frame.options.setup.has_cover


def test_the_document_speaks_its_own_language(tab: DocumentTab, settled_tab: Settle) -> None:
    assert "Goals" in text_in_view(tab)
    tab.frame.options.choose_language("ja")
    settled_tab(tab)
    assert "目標" in text_in_view(tab)
    assert tab.frame.head.words.startswith("Version 1"), "the window stays in English"


def test_a_click_on_a_goal_leads_to_it_in_the_plan(
    tab: DocumentTab, workspace: Workspace, fuji: Fuji, desk: Desk, qtbot: QtBot
) -> None:
    goal = Outline(workspace, fuji.plan).ref("G2")
    laid = tab.frame.laid
    assert laid is not None
    view = tab.frame.preview.view
    assert view._shown is not None
    places = [
        place
        for on_page in view._shown.places._places.values()
        for place in on_page
        if place.id == goal.id
    ]
    assert places, "the goal stands somewhere in the document"
    place = places[0]
    view.go_to_page(place.page)
    rect, scale = view._layout.pages[place.page], view._layout.scale
    middle = rect.topLeft() - view._view().topLeft()
    high = laid.pages.sizes[place.page][1]
    middle.setX(round(middle.x() + (place.x0 + 12) * scale))
    middle.setY(round(middle.y() + (high - place.y1 + 8) * scale))
    if not view.viewport().rect().contains(middle):
        bar = view.verticalScrollBar()
        bar.setValue(bar.value() + middle.y() - 100)
        middle.setY(100)
    with qtbot.waitSignal(desk.place_asked) as asked:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert asked.args == ["goal", goal.id]


def test_an_empty_plan_says_what_to_do_and_pages_come_with_the_first_goal(
    page: AccountPage, workspace: Workspace, qtbot: QtBot, desk: Desk, settled_tab: Settle
) -> None:
    account = workspace.write("New", add_account, "Newcomer").result
    plan = workspace.write("Plan", add_plan, account, "First plan").result
    page.show_item("account", account)
    tab = page.document_tab()
    qtbot.waitUntil(lambda: tab.frame.empty_state is not None)
    empty = tab.frame.empty_state
    assert empty is not None
    assert not tab.frame.head.save_button.isEnabled()
    button = empty.findChild(QPushButton)
    assert isinstance(button, QPushButton)
    with qtbot.waitSignal(desk.place_asked) as asked:
        button.click()
    assert asked.args == ["plan", plan]
    workspace.write("Goal", add_item, ItemKind.GOAL, ItemRef(None, plan), "More orders")
    settle()
    qtbot.waitUntil(lambda: tab.frame.empty_state is None)
    settled_tab(tab)
    assert "More orders" in text_in_view(tab)
    assert tab.frame.head.save_button.isEnabled()


def test_an_account_without_a_plan_shows_its_kpis(
    page: AccountPage, workspace: Workspace, settled_tab: Settle, today: object
) -> None:
    account = workspace.write("New", add_account, "Newcomer").result
    kpi = workspace.write("KPI", add_kpi, "Orders a week").result
    workspace.write("Value", set_kpi_value, account, kpi, today, Decimal(42))
    page.show_item("account", account)
    tab = page.document_tab()
    settled_tab(tab)
    text = text_in_view(tab)
    assert "Orders a week" in text
    assert "42" in text
    assert "Version" not in tab.frame.head.words


def test_the_internal_brief_is_marked_and_is_not_handed_over(
    tab: DocumentTab, settled_tab: Settle
) -> None:
    tab.frame.options.kind_chosen.emit(DocumentKind.INTERNAL)
    settled_tab(tab)
    assert tab.frame.head._internal.text() == "Not for the customer"
    assert not tab.frame.head._more.isVisible()
    assert not tab.frame.options._section_box.isVisible()
    assert tab.frame.laid is not None
    assert tab.frame.laid.document is None


def test_people_at_the_customer_are_offered_as_recipients(
    tab: DocumentTab, workspace: Workspace, fuji: Fuji, settled_tab: Settle
) -> None:
    box = tab.frame.options._recipient
    assert [box.itemText(at) for at in range(box.count())] == ["", "Sato"]
    box.setEditText("Sato and her team")
    workspace.write("Rename", edit_contact, fuji.sato, name="Sato Megumi")
    settle()
    settled_tab(tab)
    assert [box.itemText(at) for at in range(box.count())] == ["", "Sato Megumi"]
    assert tab.frame.options.recipient == "Sato and her team"


def test_another_account_begins_without_recipient_and_password(
    tab: DocumentTab, page: AccountPage, workspace: Workspace, settled_tab: Settle
) -> None:
    tab.frame.options._recipient.setEditText("Sato")
    tab.frame.options._password.setText("secret")
    page.show_item("account", workspace.write("Other", add_account, "Other").result)
    settled_tab(tab)
    assert tab.frame.options.recipient == ""
    assert tab.frame.options.password == ""


def test_the_document_is_about_the_plan_one_comes_from(
    page: AccountPage, workspace: Workspace, fuji: Fuji, settled_tab: Settle
) -> None:
    second = workspace.write("Plan", add_plan, fuji.account, "Another plan").result
    goal = ItemRef(None, second)
    workspace.write("Goal", add_item, ItemKind.GOAL, goal, "Of the other one")
    settle()
    page.show_item("plan", second)
    assert isinstance(page.section("plan"), PlanSection)
    page.open_tab("document")
    tab = page.document_tab()
    settled_tab(tab)
    assert "Of the other one" in text_in_view(tab)
    assert tab.frame.options._plan_box.isVisible()
    tab.frame.options.plan_chosen.emit(fuji.plan)
    settled_tab(tab)
    assert "Second half" in text_in_view(tab)


def test_f6_goes_around_the_parts(tab: DocumentTab, qtbot: QtBot) -> None:
    frame = tab.frame
    frame.options.take_focus()
    seen = []
    for _turn in range(3):
        focus = tab.window().focusWidget()
        assert focus is not None
        qtbot.keyClick(focus, Qt.Key.Key_F6)
        focus = tab.window().focusWidget()
        parts = {"pages": frame.preview, "side": frame.side, "options": frame.options}
        seen += [name for name, part in parts.items() if part.isAncestorOf(focus)]
    assert seen == ["pages", "side", "options"]


def test_the_look_of_the_tab_is_taken_up_again(
    tab: DocumentTab, desk: Desk, qtbot: QtBot, fuji: Fuji, settled_tab: Settle
) -> None:
    frame = tab.frame
    frame.preview.view.step_zoom(1)
    frame.preview.bar.strip_switched.emit(True)
    frame.side.open_tab("changes")
    frame.options.kind_chosen.emit(DocumentKind.EXECUTIVE)
    tab.handing_over.export.folder = "/somewhere"
    state = tab.state()
    again = AccountPage(desk)
    qtbot.addWidget(again)
    again.resize(1300, 800)
    again.restore({"account": fuji.account, "tab": "document", "sections": {"document": state}})
    again.show()
    settled_tab(again.document_tab())
    taken = again.document_tab().state()
    again.hide()
    assert {**taken, "split": 0} == {**state, "split": 0}


def test_a_state_that_does_not_fit_is_passed_over(tab: DocumentTab, settled_tab: Settle) -> None:
    states: list[dict[str, object]] = [
        {},
        {"kind": "portfolio", "split": [1], "preview": 7, "side": "none", "folder": None},
        {"kind": 3, "plan": "gone", "split": ["a", "b", "c"], "preview": {"zoom": "huge"}},
    ]
    for state in states:
        tab.restore(state)
        settled_tab(tab)
        assert "Second half" in text_in_view(tab)


def test_memory_goes_with_the_desk(tab: DocumentTab, desk: Desk) -> None:
    assert tab.frame.preview.open_documents == 1
    desk.closed.emit()
    assert tab.frame.preview.open_documents == 0


def test_the_command_exports_from_any_tab(
    page: AccountPage, tab: DocumentTab, qtbot: QtBot, settled_tab: Settle
) -> None:
    tab.frame.options.kind_chosen.emit(DocumentKind.INTERNAL)
    page.open_tab("overview")
    assert page.header._export.isVisible()
    page.handlers()["file.export_pdf"]()
    assert page._sections.currentWidget() is tab
    assert not page.header._export.isVisible(), "the tab has a button of its own"
    settled_tab(tab)
    dialog = page.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    assert Path(dialog.selectedFiles()[0]).name == "Fuji Retail - Success plan v1.pdf"
    dialog.close()


@pytest.fixture
def reader(home: Home, workspace: Workspace, fuji: Fuji) -> Iterator[Workspace]:
    """Return the workspace as another program on this computer sees it: to read only."""
    workspace.publish()
    with Workspace.open(workspace.path, home=home, author="Reader") as second:
        assert second.read_only
        yield second


def test_what_can_only_be_read_is_shown_with_any_options_and_stores_nothing(
    reader: Workspace, desk: Desk, fuji: Fuji, qtbot: QtBot, settled_tab: Settle
) -> None:
    other = Desk(reader, desk.look, desk.tasks, desk.messages, desk.preferences)
    page = AccountPage(other)
    qtbot.addWidget(page)
    page.resize(1300, 800)
    page.restore({"account": fuji.account, "tab": "document"})
    page.show()
    tab = page.document_tab()
    qtbot.waitUntil(lambda: tab.is_settled and not other.layouts.busy and not other.drawing.busy)
    with qtbot.assertNotEmitted(desk.messages.said):
        tab.frame.options._cover.click()
        page.refresh()
    assert not tab.frame.options.setup.has_cover
    qtbot.waitUntil(lambda: tab.is_settled and not other.layouts.busy and not other.drawing.busy)
    assert kept(reader, fuji, DocumentKind.CUSTOMER)[1] == PLAIN_SETUP
    page.hide()
    other.close()


@pytest.mark.parametrize("language", ["en", "ja"])
def test_no_word_is_cut_off_and_every_control_has_a_name(
    language: str, desk: Desk, fuji: Fuji, qtbot: QtBot, settled_tab: Settle
) -> None:
    i18n.use_language(language)
    page = AccountPage(desk)
    qtbot.addWidget(page)
    page.resize(1068, 700)  # what a window of 1280 × 800 leaves
    page.restore({"account": fuji.account, "tab": "document"})
    page.show()
    tab = page.document_tab()
    tab.frame.preview.find_bar.start()
    tab.frame.preview.bar.strip_switched.emit(True)
    controls = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView, QTabBar)
    for kind in (DocumentKind.CUSTOMER, DocumentKind.INTERNAL):
        tab.frame.options.kind_chosen.emit(kind)
        settled_tab(tab)
        assert page.minimumSizeHint().width() <= 1068
        assert cut_words(tab) == []
        nameless = [
            widget
            for control in controls
            for widget in tab.findChildren(control)
            if widget.isVisible()
            and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
            and not widget.accessibleName()
            and not getattr(widget, "text", str)()
        ]
        assert nameless == []
    page.hide()
