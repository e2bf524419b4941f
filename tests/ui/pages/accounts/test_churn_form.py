"""A churn is noted in the page by keyboard: day, reason, evidence, what it costs; one undo."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from csdesk.actions.contracts import add_contract
from csdesk.actions.editing import today as this_day
from csdesk.model.vocabulary import AccountStatus, ChurnReason
from csdesk.queries.churn import ChurnOutlook, churn_outlook
from ui.desk import Desk
from ui.pages.accounts.churn_form import ChurnForm
from ui.pages.accounts.page import AccountsPage

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def form(qtbot: QtBot, rows_page: AccountsPage, desk: Desk, filled: list[str]) -> ChurnForm:
    """Return the form, open for Aoba Logistics, which pays in two currencies."""
    with qtbot.waitSignal(desk.changed):
        desk.write("Contract", add_contract, filled[0], mrr=50_050, currency="USD")
    rows_page.table.choose_place(0)
    next(one for one in rows_page.commands() if one.id == "accounts.churn").run()
    return rows_page.doing.churn_form


def field(form: ChurnForm, name: str, kind: type) -> QLineEdit | QComboBox | QPlainTextEdit:
    """Return a field by its label."""
    return next(one for one in form.findChildren(kind) if one.accessibleName() == name)


def outlook(desk: Desk, account: str) -> ChurnOutlook:
    """Return what is stored of an account's churns."""
    found = desk.read(churn_outlook, account)
    assert found is not None
    return found


def test_the_form_proposes_what_is_known_and_says_what_will_happen(form: ChurnForm) -> None:
    day = this_day()
    assert field(form, "When it left", QLineEdit).text() == f"{day:%b} {day.day}, {day.year}"
    assert field(form, "Lost MRR", QLineEdit).text() == f"{12_400_000 // 12:,}"
    assert field(form, "Currency of the lost MRR", QLineEdit).text() == "JPY"
    said = " ".join(label.text() for label in form.findChildren(type(form._hint)))
    assert "2 running contracts end." in said
    assert "$500.50" in said


def test_a_churn_is_noted_by_keyboard_alone_and_undone_in_one_step(
    qtbot: QtBot, form: ChurnForm, rows_page: AccountsPage, desk: Desk, filled: list[str]
) -> None:
    qtbot.keyClicks(QApplication.focusWidget(), "Price")  # the reason has the keyboard
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), "Too dear")
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), "$1,234.5")
    for _step in range(4):
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), "Mail of Monday")
    with qtbot.waitSignals([desk.changed, desk.messages.said]):
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return, CONTROL)
    assert desk.workspace.undo_label == "Churn of Aoba Logistics"
    assert form.isHidden()
    assert rows_page.table.hasFocus()
    found = outlook(desk, filled[0])
    [event] = found.churns
    assert (found.status, found.contracts) == (AccountStatus.CHURNED, 0)
    assert (event.reason, event.sub_reason) == (ChurnReason.COMMERCIAL, "Too dear")
    assert (event.lost_mrr, event.currency) == (123_450, "USD")
    assert (event.evidence, event.churned_on) == ("Mail of Monday", this_day())
    [row] = [row for row in rows_page.model.all_rows() if row.id == filled[0]]
    assert (row.status, row.arr) == (AccountStatus.CHURNED, None)
    with qtbot.waitSignal(desk.changed):
        desk.undo()
    assert outlook(desk, filled[0]).churns == ()
    assert outlook(desk, filled[0]).contracts == 2


def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    qtbot: QtBot, form: ChurnForm, desk: Desk, filled: list[str]
) -> None:
    evidence = field(form, "Evidence", QPlainTextEdit)
    qtbot.keyClicks(evidence, "Call")
    store = next(one for one in form.findChildren(QPushButton) if one.text() == "Note churn")
    with qtbot.waitSignal(desk.messages.said) as said:
        store.click()
    assert said.args is not None
    assert "Why" in said.args[0].text
    mrr = field(form, "Lost MRR", QLineEdit)
    mrr.setText("much")
    with qtbot.waitSignal(desk.messages.said) as said:
        store.click()
    assert said.args is not None
    assert said.args[0].tone == "bad"
    assert form.isVisible()
    assert isinstance(evidence, QPlainTextEdit)
    assert evidence.toPlainText() == "Call"
    assert outlook(desk, filled[0]).status == AccountStatus.ACTIVE
    qtbot.keyClick(evidence, Key.Key_Escape)
    assert form.isHidden()


def test_who_does_not_pay_did_not_decide_to_go(form: ChurnForm) -> None:
    own = field(form, "By its own decision", QComboBox)
    assert own.currentText() == "Not known"
    for reason, words in ((ChurnReason.PRODUCT, "Yes"), (ChurnReason.INVOLUNTARY, "No")):
        form._reason.show_code(reason)
        form._reason.activated.emit(0)
        assert own.currentText() == words


def test_a_churn_can_be_corrected_and_the_customer_won_back(
    qtbot: QtBot, form: ChurnForm, rows_page: AccountsPage, desk: Desk, filled: list[str]
) -> None:
    form._reason.show_code(ChurnReason.PRODUCT)
    with qtbot.waitSignal(desk.changed):
        form.store()
    rows_page.table.choose(filled[0])
    commands = {one.id: one for one in rows_page.commands()}
    assert commands["accounts.win_back"].can_run
    commands["accounts.churn"].run()
    assert form._reason.code == ChurnReason.PRODUCT
    day = this_day() - dt.timedelta(days=3)
    date = field(form, "When it left", QLineEdit)
    assert isinstance(date, QLineEdit)
    date.setText(day.isoformat())
    date.setModified(True)
    with qtbot.waitSignal(desk.changed):
        form.store()
    assert desk.workspace.undo_label == "Correct the churn of Aoba Logistics"
    assert [one.churned_on for one in outlook(desk, filled[0]).churns] == [day]
    with qtbot.waitSignal(desk.changed):
        commands["accounts.win_back"].run()
    assert outlook(desk, filled[0]).status == AccountStatus.ACTIVE
    assert len(outlook(desk, filled[0]).churns) == 1
    assert not commands["accounts.win_back"].can_run
