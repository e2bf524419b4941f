"""Risks, opportunities, feedback and enquiries are noted, rated, answered and closed in place."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from csdesk.actions.enquiries import add_enquiry
from csdesk.actions.feedback import add_feedback
from csdesk.actions.opportunities import add_opportunity, edit_opportunity
from csdesk.actions.risks import add_risk, edit_risk
from csdesk.model.vocabulary import FeedbackState, OpportunityStage, RiskStage
from csdesk.queries.customer_reader import CustomerReader
from csdesk.queries.risks import enquiries_of, feedback_of, opportunities_of, risks_of
from csdesk.workspace.workspace import Workspace
from tests.ui.colleague import Colleague
from tests.ui.pages.fuji import Fuji, settle, undone
from ui.desk import Desk
from ui.pages.account.page import AccountPage
from ui.pages.risks.relation_list import RelationList
from ui.pages.risks.risk_panel import RiskPanel
from ui.pages.risks.risks_section import RisksSection
from ui.pages.risks.texts_panel import TextsPanel
from ui.widgets.group_header import GroupHeader

Key = Qt.Key
DAY = dt.date(2026, 11, 20)
ADDED = {
    "risk": add_risk,
    "opportunity": add_opportunity,
    "feedback": add_feedback,
    "enquiry": add_enquiry,
}


@pytest.fixture
def section(page: AccountPage) -> RisksSection:
    page.open_tab("risks")
    section = page.section("risks")
    assert isinstance(section, RisksSection)
    return section


class Hands:
    """Hands on one of the lists."""

    def __init__(self, section: RisksSection, entity: str, qtbot: QtBot) -> None:
        section.open_list(entity)
        self.list: RelationList = section.list_of(entity)
        self.qtbot = qtbot
        self.tester = QAbstractItemModelTester(
            self.list.model, QAbstractItemModelTester.FailureReportingMode.Fatal
        )

    def add(self, text: str) -> str:
        """Note something new by keyboard; return its id."""
        self.list.start_new()
        field = self.list.new_line.findChild(QLineEdit)
        self.qtbot.keyClicks(field, text)
        self.qtbot.keyClick(field, Key.Key_Return)
        settle()
        (row,) = self.list.table.chosen_ids()
        self.list.new_line.close_line()
        return row

    def go(self, row_id: str, key: str) -> None:
        column = [one.key for one in self.list.model.columns].index(key)
        place = self.list.model.place_of(row_id)
        self.list.table.setCurrentIndex(self.list.model.index(place, column))
        self.list.table.setFocus()

    def type(self, row_id: str, key: str, text: str) -> None:
        self.go(row_id, key)
        self.qtbot.keyClick(self.list.table, Key.Key_Return)
        editor = self.list.table.indexWidget(self.list.table.currentIndex())
        assert isinstance(editor, QLineEdit)
        editor.setFocus()
        editor.selectAll()
        editor.insert(text)
        editor.setModified(True)
        self.qtbot.keyClick(editor, Key.Key_Return)
        settle()

    def choose(self, row_id: str, key: str, text: str) -> None:
        self.go(row_id, key)
        self.qtbot.keyClick(self.list.table, Key.Key_Return)
        box = self.list.table.indexWidget(self.list.table.currentIndex())
        assert isinstance(box, QComboBox)
        box.setCurrentIndex(box.findText(text))
        box.activated.emit(box.currentIndex())
        settle()

    def cell(self, row_id: str, key: str) -> str:
        column = [one.key for one in self.list.model.columns].index(key)
        text: str = self.list.model.index(self.list.model.place_of(row_id), column).data()
        return text

    @property
    def ids(self) -> list[str]:
        return [row.id for row in self.list.model.rows()]


def test_a_risk_is_noted_rated_and_moves_to_its_place(
    section: RisksSection, workspace: Workspace, fuji: Fuji, qtbot: QtBot
) -> None:
    hands = Hands(section, "risk", qtbot)
    small = hands.add("Small")
    hands.type(small, "probability", "1")
    hands.type(small, "impact", "2")
    large = hands.add("Large")
    assert hands.ids == [large, small]  # what is not rated stands on top
    hands.type(large, "probability", "4")
    hands.type(large, "impact", "5")
    hands.choose(large, "owner", "Yamada")
    hands.choose(large, "stage", "Being handled")
    assert hands.cell(large, "score") == "20"
    hands.type(small, "impact", "")
    assert (hands.cell(small, "score"), hands.ids) == ("", [small, large])
    risk = workspace.read(risks_of, fuji.account)[1]
    assert (risk.owner, risk.stage) == ("Yamada", RiskStage.SAVING)


def test_what_a_risk_cannot_be_is_told(
    section: RisksSection, workspace: Workspace, fuji: Fuji, desk: Desk, qtbot: QtBot
) -> None:
    hands = Hands(section, "risk", qtbot)
    row = hands.add("Risk")
    for typed in ("6", "many"):
        with qtbot.waitSignal(desk.messages.said):
            hands.type(row, "impact", typed)
    assert workspace.read(risks_of, fuji.account)[0].impact is None


def test_only_the_wording_of_a_risk_reaches_the_customer_and_the_panel_says_so(
    section: RisksSection, workspace: Workspace, fuji: Fuji, qtbot: QtBot
) -> None:
    hands = Hands(section, "risk", qtbot)
    row = hands.add("They may leave")
    panel = hands.list.panel
    assert isinstance(panel, TextsPanel)
    hands.list.view.go_on()
    for field, text in (
        ("reason", "The champion left"),
        ("mitigation", "Meet the board"),
        ("customer_wording", "Dates may move."),
    ):
        panel.note(field).setFocus()
        qtbot.keyClicks(panel.note(field), text)
    panel.note("customer_wording").flush()
    settle()

    def printed() -> tuple[str, ...]:
        return workspace.read(
            lambda session: CustomerReader(session, fuji.account, DAY).risks(None)
        )

    assert printed() == ("Dates may move.",)
    assert panel.printed_words.startswith("The PDF for the customer says this")
    workspace.write("Over", edit_risk, row, stage=RiskStage.RECOVERED)
    settle()
    assert printed() == ()
    assert panel.printed_words == "Not in the PDF: the risk is over."


def test_the_head_says_which_columns_are_internal_and_which_the_customers(
    section: RisksSection, qtbot: QtBot
) -> None:
    said = {}
    for entity in ADDED:
        hands = Hands(section, entity, qtbot)
        header = hands.list.table.horizontalHeader()
        assert isinstance(header, GroupHeader)
        said[entity] = {group.icon: set(group.keys) for group in hands.list.model.groups}
    assert said["risk"]["eye"] == {"customer_wording"}
    assert said["feedback"]["eye"] == {"customer_wording", "customer_answer"}
    assert set(said["opportunity"]) == set(said["enquiry"]) == {"eye-off"}
    for entity, groups in said.items():
        columns = {one.key for one in section.list_of(entity).model.columns}
        assert columns == set().union(*groups.values())


def test_an_amount_is_typed_with_its_currency(
    section: RisksSection, workspace: Workspace, fuji: Fuji, desk: Desk, qtbot: QtBot
) -> None:
    hands = Hands(section, "opportunity", qtbot)
    row = hands.add("More seats")
    for typed, shown in (("1,200", "$1,200.00"), ("500万円", "¥5,000,000"), ("€1.5k", "€1,500.00")):
        hands.type(row, "amount", typed)
        assert hands.cell(row, "amount") == shown
    with qtbot.waitSignal(desk.messages.said):
        hands.type(row, "amount", "a lot")
    (stored,) = workspace.read(opportunities_of, fuji.account)
    assert (stored.amount, stored.currency) == (150000, "EUR")
    hands.type(row, "amount", "")
    assert workspace.read(opportunities_of, fuji.account)[0].amount is None


def test_a_price_typed_while_a_colleague_writes_another_is_not_lost(
    section: RisksSection,
    workspace: Workspace,
    fuji: Fuji,
    desk: Desk,
    colleague: Colleague,
    qtbot: QtBot,
) -> None:
    hands = Hands(section, "opportunity", qtbot)
    row = hands.add("More seats")
    hands.go(row, "amount")
    qtbot.keyClicks(hands.list.table, "5")
    editor = hands.list.table.indexWidget(hands.list.table.currentIndex())
    qtbot.keyClicks(editor, "000")
    colleague.arrives(edit_opportunity, row, amount=700, currency="USD")
    assert desk.editing.bar is not None
    qtbot.keyClick(editor, Key.Key_Return)
    settle()
    assert hands.cell(row, "amount") == "$5,000.00"


def test_feedback_moves_on_with_what_is_written_about_it(
    section: RisksSection, workspace: Workspace, fuji: Fuji, qtbot: QtBot
) -> None:
    hands = Hands(section, "feedback", qtbot)
    row = hands.add("Exports are slow")
    hands.choose(row, "contact", "Sato")
    hands.type(row, "sent_to", "Product team")
    assert hands.cell(row, "state") == "Passed on"
    hands.type(row, "answered_on", "2026-11-02")
    assert hands.cell(row, "state") == "Answered"
    hands.type(row, "customer_wording", "Exports took long.")
    hands.type(row, "customer_answer", "They are ten times faster.")
    (stored,) = workspace.read(feedback_of, fuji.account)
    assert (stored.contact, stored.is_printed) == ("Sato", True)
    hands.choose(row, "state", "Done")
    assert hands.ids == []  # folded away
    hands.list.head.show_closed(on=True)
    assert hands.ids == [row]


def test_an_enquiry_is_closed_and_opened_again_with_one_key(
    section: RisksSection, workspace: Workspace, fuji: Fuji, desk: Desk, qtbot: QtBot
) -> None:
    hands = Hands(section, "enquiry", qtbot)
    row = hands.add("Screens stay empty")
    commands = {command.id: command for command in section.commands()}
    with qtbot.waitSignal(desk.messages.said) as said:
        commands["enquiries.close"].run()
    settle()
    (stored,) = workspace.read(enquiries_of, fuji.account, today=DAY)
    assert stored.is_closed
    undone(desk, qtbot, said.args[0].act)
    assert hands.ids == [row]
    hands.type(row, "opened_on", "2026-11-10")
    with qtbot.waitSignal(desk.messages.said):
        hands.type(row, "closed_on", "2026-11-09")
    hands.type(row, "closed_on", "2026-11-12")
    hands.list.head.show_closed(on=True)
    assert hands.cell(row, "open_days") == "took 2 days"


def test_rows_are_deleted_in_one_step_and_come_back(
    section: RisksSection, desk: Desk, qtbot: QtBot
) -> None:
    for entity in ADDED:
        hands = Hands(section, entity, qtbot)
        rows = {hands.add("One"), hands.add("Two")}
        hands.list.table.selectAll()
        with qtbot.waitSignal(desk.messages.said) as said:
            qtbot.keyClick(hands.list.table, Key.Key_Delete)
        settle()
        assert hands.ids == []
        undone(desk, qtbot, said.args[0].act)
        assert set(hands.ids) == rows


def test_each_list_says_how_many_are_open_and_is_reached_by_a_key(
    section: RisksSection, workspace: Workspace, fuji: Fuji, qtbot: QtBot
) -> None:
    workspace.write("Add", add_risk, fuji.account, "Over", stage=RiskStage.LOST)
    workspace.write("Add", add_risk, fuji.account, "Open")
    workspace.write("Add", add_opportunity, fuji.account, "Won", stage=OpportunityStage.WON)
    workspace.write("Add", add_feedback, fuji.account, "New")
    settle()
    shown = [section.tabs.tabText(place).split("  ") for place in range(section.tabs.count())]
    assert shown == [
        ["Risks and issues", "1"],
        ["Opportunities", "0"],
        ["Feedback", "1"],
        ["Enquiries", "0"],
    ]
    keys = {command.keys: command for command in section.commands()}
    for number, entity in enumerate(ADDED, start=1):
        keys[f"Alt+{number}"].run()
        assert section.entity == entity
        assert section.entrance() is section.focusWidget() or section.tabs.hasFocus()


def test_each_row_is_brought_up_from_anywhere_even_one_that_is_over(
    section: RisksSection, page: AccountPage, workspace: Workspace, fuji: Fuji
) -> None:
    closed: dict[str, dict[str, Any]] = {
        "risk": {"stage": RiskStage.RECOVERED},
        "opportunity": {"stage": OpportunityStage.LOST},
        "feedback": {"state": FeedbackState.DECLINED},
        "enquiry": {"opened_on": DAY, "closed_on": DAY},
    }
    for entity, add in ADDED.items():
        row = workspace.write("Add", add, fuji.account, "Over", **closed[entity]).result
        settle()
        page.open_tab("overview")
        page.show_item(entity, row)
        assert section.isVisible()
        assert section.entity == entity
        assert section.list_of(entity).table.chosen_ids() == [row]
        assert section.list_of(entity).table.hasFocus()


def test_what_was_chosen_here_is_there_again(section: RisksSection, desk: Desk) -> None:
    section.open_list("feedback")
    section.list_of("feedback").head.show_details(on=True)
    section.list_of("risk").view.choose_columns({"title", "reason"})
    kept = section.state()
    again = RisksSection(desk)
    again.restore(kept)
    assert again.entity == "feedback"
    assert again.list_of("feedback").head.is_details_shown
    assert again.list_of("risk").table.shown_columns == ["title", "reason"]
    again.deleteLater()


def test_other_accounts_and_no_account_show_nothing_of_this_one(
    section: RisksSection, page: AccountPage, workspace: Workspace, fuji: Fuji, qtbot: QtBot
) -> None:
    from csdesk.actions.accounts import add_account

    hands = Hands(section, "risk", qtbot)
    hands.add("They may leave")
    other = workspace.write("Add", add_account, "Sakura").result
    page.show_item("account", other)
    settle()
    assert hands.ids == []
    assert hands.list.panel is not None
    assert hands.list.panel.row is None


def test_the_matrix_counts_open_risks_where_they_stand_and_says_so(
    section: RisksSection, workspace: Workspace, fuji: Fuji, qtbot: QtBot
) -> None:
    for title, fields in (
        ("One", {"probability": 4, "impact": 5}),
        ("Two", {"probability": 4, "impact": 5}),
        ("Small", {"probability": 1, "impact": 2}),
        ("Half rated", {"impact": 3}),
        ("Over", {"probability": 5, "impact": 5, "stage": RiskStage.RECOVERED}),
    ):
        workspace.write("Add", add_risk, fuji.account, title, **fields)
    settle()
    risks = section.list_of("risk")
    risks.head.show_details(on=True)
    assert isinstance(risks.panel, RiskPanel)
    matrix = risks.panel.matrix
    assert matrix.counts == {(4, 5): 2, (1, 2): 1}
    assert matrix.accessibleDescription() == (
        "probability 4, impact 5: 2 risks; probability 1, impact 2: 1 risk"
    )
    matrix.grab()
    row = next(row.id for row in risks.model.rows() if row.title == "Two")
    workspace.write("Rate", edit_risk, row, impact=1)
    settle()
    assert matrix.counts == {(4, 5): 1, (4, 1): 1, (1, 2): 1}
