"""People and contracts are edited in their tables."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit, QToolTip
from pytestqt.qtbot import QtBot

from csdesk.actions.people import edit_contact
from csdesk.model.vocabulary import Influence
from csdesk.queries.accounts import ContactRow, ContractRow, contacts_of, contracts_of
from csdesk.workspace.workspace import Workspace
from tests.ui.pages.fuji import Fuji, settle, undone
from ui.desk import Desk
from ui.pages.account.page import AccountPage
from ui.pages.rows_section import RowsSection
from ui.widgets.choice_box import ChoiceBox

Key = Qt.Key


class Table:
    """A tab's table and hands on it."""

    def __init__(self, page: AccountPage, name: str, qtbot: QtBot) -> None:
        page.open_tab(name)
        section = page.section(name)
        assert isinstance(section, RowsSection)
        self.section, self.qtbot = section, qtbot
        self.tester = QAbstractItemModelTester(
            section.model, QAbstractItemModelTester.FailureReportingMode.Fatal
        )

    def go(self, row: int, key: str) -> None:
        column = [one.key for one in self.section.model.columns].index(key)
        self.section.table.setCurrentIndex(self.section.model.index(row, column))
        self.section.table.setFocus()

    def type(self, row: int, key: str, text: str) -> None:
        self.go(row, key)
        self.qtbot.keyClick(self.section.table, Key.Key_Return)
        editor = self.section.table.indexWidget(self.section.table.currentIndex())
        assert isinstance(editor, QLineEdit)
        self.qtbot.keyClicks(editor, text)
        self.qtbot.keyClick(editor, Key.Key_Return)
        settle()

    def choose(self, row: int, key: str, text: str) -> None:
        self.go(row, key)
        self.qtbot.keyClick(self.section.table, Key.Key_Return)
        box = self.section.table.indexWidget(self.section.table.currentIndex())
        assert isinstance(box, ChoiceBox)
        box.setCurrentIndex(box.findText(text))
        box.activated.emit(box.currentIndex())
        settle()

    def add(self, name: str) -> None:
        self.section.start_new()
        field = self.section.new_line.findChild(QLineEdit)
        self.qtbot.keyClicks(field, name)
        self.qtbot.keyClick(field, Key.Key_Return)
        settle()


@pytest.fixture
def people(page: AccountPage, qtbot: QtBot) -> Table:
    return Table(page, "stakeholders", qtbot)


@pytest.fixture
def contracts(page: AccountPage, qtbot: QtBot) -> Table:
    return Table(page, "contracts", qtbot)


def contact(workspace: Workspace, fuji: Fuji, name: str) -> ContactRow:
    rows = {row.name: row for row in workspace.read(contacts_of, fuji.account)}
    return rows[name]


def only_contract(workspace: Workspace, fuji: Fuji) -> ContractRow:
    (row,) = workspace.read(contracts_of, fuji.account)
    return row


def test_people_are_added_one_after_the_other(
    people: Table, workspace: Workspace, fuji: Fuji
) -> None:
    people.add("Takahashi")
    people.add("Ito")
    names = [row.name for row in workspace.read(contacts_of, fuji.account)]
    assert names == ["Ito", "Sato", "Takahashi"]
    assert people.section.table.chosen_ids() == [contact(workspace, fuji, "Ito").id]


def test_texts_terms_and_dates_of_a_person_are_edited_in_place(
    people: Table, workspace: Workspace, fuji: Fuji
) -> None:
    people.type(0, "title", "Head of sales")
    people.choose(0, "influence", "High influence")
    people.type(0, "left_on", "2026-10-31")
    row = contact(workspace, fuji, "Sato")
    assert row.title == "Head of sales"
    assert row.influence is Influence.HIGH
    assert row.left_on == dt.date(2026, 10, 31)


def test_a_name_cannot_be_emptied(
    people: Table, workspace: Workspace, fuji: Fuji, desk: Desk, qtbot: QtBot
) -> None:
    people.go(0, "name")
    qtbot.keyClick(people.section.table, Key.Key_F2)
    editor = people.section.table.indexWidget(people.section.table.currentIndex())
    with qtbot.waitSignal(desk.messages.said):
        qtbot.keyClick(editor, Key.Key_Delete)
        qtbot.keyClick(editor, Key.Key_Return)
    assert contact(workspace, fuji, "Sato").name == "Sato"


def test_a_deleted_person_comes_back_with_the_button(
    people: Table, workspace: Workspace, fuji: Fuji, desk: Desk, qtbot: QtBot
) -> None:
    people.go(0, "name")
    with qtbot.waitSignal(desk.messages.said) as said:
        qtbot.keyClick(people.section.table, Key.Key_Delete)
    settle()
    assert workspace.read(contacts_of, fuji.account) == []
    assert people.section.model.rowCount() == 0
    with qtbot.waitSignal(desk.changed):
        undone(desk, qtbot, said.args[0].act)
    assert people.section.model.rowCount() == 1


def test_what_is_typed_stays_when_the_row_changes_elsewhere(
    people: Table, workspace: Workspace, fuji: Fuji, qtbot: QtBot
) -> None:
    people.go(0, "title")
    qtbot.keyClicks(people.section.table, "H")
    editor = people.section.table.indexWidget(people.section.table.currentIndex())
    workspace.write("Elsewhere", edit_contact, fuji.sato, department="Sales")
    settle()
    qtbot.keyClicks(editor, "ead")
    qtbot.keyClick(editor, Key.Key_Return)
    settle()
    row = contact(workspace, fuji, "Sato")
    assert (row.title, row.department) == ("Head", "Sales")


def test_money_is_typed_in_its_currency_and_kept_in_minor_units(
    contracts: Table, workspace: Workspace, fuji: Fuji
) -> None:
    contracts.add("Analytics")
    contracts.type(0, "currency", "usd")
    contracts.type(0, "mrr", "1,234.50")
    row = only_contract(workspace, fuji)
    assert (row.product, row.currency, row.mrr) == ("Analytics", "USD", 123450)
    model = contracts.section.model
    texts = [model.index(0, column).data() for column in range(model.columnCount())]
    assert "$1,234.50" in texts
    assert "$14,814.00" in texts


@pytest.mark.parametrize(("key", "typed"), [("mrr", "12.345"), ("currency", "yen"), ("seats", "x")])
def test_what_a_contract_cannot_be_is_told(
    contracts: Table,
    workspace: Workspace,
    fuji: Fuji,
    desk: Desk,
    qtbot: QtBot,
    key: str,
    typed: str,
) -> None:
    contracts.add("Analytics")
    before = only_contract(workspace, fuji)
    with qtbot.waitSignal(desk.messages.said):
        contracts.type(0, key, typed)
    assert only_contract(workspace, fuji) == before


def test_a_yes_or_no_changes_with_the_space_bar(
    contracts: Table, workspace: Workspace, fuji: Fuji, qtbot: QtBot
) -> None:
    contracts.add("Analytics")
    for wanted in (True, False):
        contracts.go(0, "auto_renew")
        qtbot.keyClick(contracts.section.table, Key.Key_Space)
        settle()
        assert only_contract(workspace, fuji).auto_renew is wanted


def test_a_renewal_before_the_start_is_refused(
    contracts: Table, workspace: Workspace, fuji: Fuji, desk: Desk, qtbot: QtBot
) -> None:
    contracts.add("Analytics")
    contracts.type(0, "start_on", "2026-04-01")
    with qtbot.waitSignal(desk.messages.said):
        contracts.type(0, "renewal_on", "2026-03-31")
    assert only_contract(workspace, fuji).renewal_on is None


@pytest.mark.parametrize(("width", "is_told"), [(60, True), (900, False)])
def test_a_cell_too_narrow_for_its_text_tells_it_as_a_tooltip(
    people: Table, workspace: Workspace, fuji: Fuji, qtbot: QtBot, width: int, is_told: bool
) -> None:
    email = "a.very.long.name.of.a.person@customer.example"
    workspace.write("Mail", edit_contact, fuji.sato, email=email)
    settle()
    table, model = people.section.table, people.section.model
    column = [one.key for one in model.columns].index("email")
    table.setColumnWidth(column, width)
    spot = table.visualRect(model.index(model.place_of(fuji.sato), column)).center()
    asked = QHelpEvent(QEvent.Type.ToolTip, spot, table.viewport().mapToGlobal(spot))
    QApplication.sendEvent(table.viewport(), asked)
    assert QToolTip.text() == (email if is_told else "")
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())
