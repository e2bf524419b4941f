"""The people at a customer: a list edited in place, one person whole, those who left folded."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from csdesk.actions.people import add_contact, edit_contact
from csdesk.actions.plan_items import edit_item
from csdesk.actions.rows import create_row
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.vocabulary import Sentiment
from csdesk.queries.outline import plan_outline
from csdesk.queries.stakeholders import Stakeholder, stakeholders_of
from csdesk.workspace.workspace import Workspace
from tests.ui.colleague import Colleague
from tests.ui.pages.fuji import Fuji, settle, undone
from ui.desk import Desk
from ui.pages.account.page import AccountPage
from ui.pages.stakeholders.person_panel import PersonPanel
from ui.pages.stakeholders.stakeholders_section import StakeholdersSection
from ui.widgets.choice_box import NameBox
from ui.widgets.group_header import GroupHeader

Key = Qt.Key
NOW = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)


@pytest.fixture
def section(page: AccountPage) -> StakeholdersSection:
    page.open_tab("stakeholders")
    section = page.section("stakeholders")
    assert isinstance(section, StakeholdersSection)
    section.tester = QAbstractItemModelTester(  # type: ignore[attr-defined]
        section.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    return section


def person(workspace: Workspace, fuji: Fuji, name: str) -> Stakeholder:
    rows = {row.name: row for row in workspace.read(stakeholders_of, fuji.account, now=NOW)}
    return rows[name]


def add(workspace: Workspace, fuji: Fuji, name: str, **fields: object) -> str:
    row_id = workspace.write("Add", add_contact, fuji.account, name, **fields).result
    settle()
    return row_id


def go(section: StakeholdersSection, row_id: str, key: str) -> None:
    column = [one.key for one in section.model.columns].index(key)
    section.table.setCurrentIndex(section.model.index(section.model.place_of(row_id), column))
    section.table.setFocus()


def names(section: StakeholdersSection) -> list[str]:
    return [row.name for row in section.model.rows()]


def choose_boss(section: StakeholdersSection, row_id: str, qtbot: QtBot) -> NameBox:
    go(section, row_id, "reports_to")
    qtbot.keyClick(section.table, Key.Key_Return)
    box = section.table.indexWidget(section.table.currentIndex())
    assert isinstance(box, NameBox)
    return box


def test_the_boss_is_picked_from_those_who_do_not_report_to_oneself(
    section: StakeholdersSection, workspace: Workspace, fuji: Fuji, qtbot: QtBot
) -> None:
    mori = add(workspace, fuji, "Mori")
    ito = add(workspace, fuji, "Ito", reports_to_id=mori)
    add(workspace, fuji, "Gone", left_on=dt.date(2026, 1, 1))
    box = choose_boss(section, mori, qtbot)
    assert [box.itemText(at) for at in range(box.count())] == ["Nobody", "Sato"]
    box.setCurrentIndex(box.findText("Sato"))
    box.activated.emit(box.currentIndex())
    settle()
    assert person(workspace, fuji, "Mori").reports_to_id == fuji.sato
    assert person(workspace, fuji, "Ito").reports_to_id == mori
    section.view.choose(ito)
    section.release()
    settle()
    assert person(workspace, fuji, "Ito").reports_to_id is None


def test_those_who_left_stand_last_and_are_folded_away_until_asked_for(
    section: StakeholdersSection, workspace: Workspace, fuji: Fuji, qtbot: QtBot
) -> None:
    add(workspace, fuji, "Abe", left_on=dt.date(2026, 3, 31))
    assert names(section) == ["Sato"]
    section.head.show_closed(on=True)
    assert names(section) == ["Sato", "Abe"]
    go(section, fuji.sato, "left_on")
    qtbot.keyClick(section.table, Key.Key_Return)
    editor = section.table.indexWidget(section.table.currentIndex())
    qtbot.keyClicks(editor, "2026-02-01")
    qtbot.keyClick(editor, Key.Key_Return)
    settle()
    assert names(section) == ["Abe", "Sato"]
    section.head.show_closed(on=False)
    assert names(section) == []
    assert section.view.front.rows_view is None  # says that everybody has left


def test_somebody_who_left_is_found_all_the_same(
    section: StakeholdersSection, page: AccountPage, workspace: Workspace, fuji: Fuji
) -> None:
    abe = add(workspace, fuji, "Abe", left_on=dt.date(2026, 3, 31))
    section.head.find_line.setText("sato")
    page.show_item("contact", abe)
    assert section.table.chosen_ids() == [abe]
    assert names(section) == ["Sato", "Abe"]


def test_the_filter_looks_at_every_cell_and_escape_takes_it_away(
    section: StakeholdersSection, workspace: Workspace, fuji: Fuji, qtbot: QtBot
) -> None:
    add(workspace, fuji, "Ito", department="情報システム部")
    section.head.start_search()
    section.head.find_line.insert("ｼｽﾃﾑ")
    assert names(section) == ["Ito"]
    qtbot.keyClick(section.head.find_line, Key.Key_Escape)
    assert names(section) == ["Ito", "Sato"]
    assert section.table.hasFocus()


def test_what_is_internal_is_named_so_for_eyes_and_ears(section: StakeholdersSection) -> None:
    header = section.table.horizontalHeader()
    assert isinstance(header, GroupHeader)
    ((group, band),) = header.runs()
    assert (group.label, group.icon) == ("Internal only", "eye-off")
    keys = [one.key for one in section.model.columns]
    role = header.sectionViewportPosition(keys.index("role"))
    assert role <= band.left() < band.right() < role + 600
    spoken = [
        section.model.headerData(
            keys.index(key), Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole
        )
        for key in ("role", "email")
    ]
    assert spoken == ["Role (Internal only)", "E-mail"]


def test_the_usual_columns_never_need_sideways_scrolling(
    section: StakeholdersSection, page: AccountPage
) -> None:
    for width in (1050, 740):
        page.resize(width, 700)
        settle()
        assert section.table.horizontalScrollBar().maximum() == 0
        assert section.table.shown_columns[0] == "name"
        assert "internal_note" not in section.table.shown_columns


def test_columns_are_chosen_and_kept(section: StakeholdersSection, page: AccountPage) -> None:
    section.view.choose_columns({"name", "phone", "internal_note"})
    assert section.table.shown_columns == ["name", "internal_note", "phone"]
    kept = section.state()
    section.view.choose_columns(None)
    assert "email" in section.table.shown_columns
    section.restore(kept)
    assert section.table.shown_columns == ["name", "internal_note", "phone"]


def test_f6_leads_into_the_whole_person_and_back(
    section: StakeholdersSection, workspace: Workspace, fuji: Fuji, qtbot: QtBot
) -> None:
    panel = section.panel
    assert isinstance(panel, PersonPanel)
    assert panel.isHidden()
    section.table.setFocus()
    keys = {command.keys: command.run for command in section.commands()}
    keys["F6"]()
    assert panel.isVisible()
    assert panel.first_field.hasFocus()
    qtbot.keyClicks(panel.line("phone"), "03-1234")
    panel.line("phone").setFocus()
    qtbot.keyClick(panel.line("phone"), Key.Key_Return)
    panel.note("internal_note").setFocus()
    qtbot.keyClicks(panel.note("internal_note"), "Decides alone")
    keys["F6"]()
    settle()
    row = person(workspace, fuji, "Sato")
    assert (row.phone, row.internal_note) == ("03-1234", "Decides alone")
    assert section.table.hasFocus()


def test_a_person_leads_to_touchpoints_and_items(
    section: StakeholdersSection, workspace: Workspace, fuji: Fuji, desk: Desk, qtbot: QtBot
) -> None:
    outline = workspace.read(plan_outline, fuji.plan, today=NOW.date())
    assert outline is not None
    goal = outline.items[0].ref

    def meet(session: Session) -> str:
        values = {"account_id": fuji.account, "held_at": NOW, "summary": "Kick-off"}
        row = create_row(session, "touchpoint", values)
        create_row(session, "touchpoint_attendee", {"touchpoint_id": row, "contact_id": fuji.sato})
        edit_item(session, ItemRef(ItemKind.GOAL, goal.id), customer_owner_id=fuji.sato)
        return row

    touchpoint = workspace.write("Met", meet).result
    settle()
    section.head.show_details(on=True)
    assert isinstance(section.panel, PersonPanel)
    places = []
    desk.place_asked.connect(lambda entity, row: places.append((entity, row)))
    for link in section.panel.story.links:
        qtbot.keyClick(link, Key.Key_Space)
    assert places == [("touchpoint", touchpoint), ("goal", goal.id)]


def test_email_addresses_of_the_chosen_people_are_copied(
    section: StakeholdersSection, workspace: Workspace, fuji: Fuji, desk: Desk, qtbot: QtBot
) -> None:
    add(workspace, fuji, "Ito", email="ito@fuji.example")
    workspace.write("Mail", edit_contact, fuji.sato, email="sato@fuji.example")
    settle()
    section.table.selectAll()
    with qtbot.waitSignal(desk.messages.said):
        section.copy_email()
    assert QGuiApplication.clipboard().text() == "ito@fuji.example; sato@fuji.example"


def test_a_note_of_several_lines_is_written_beside_the_table(
    section: StakeholdersSection, workspace: Workspace, fuji: Fuji, qtbot: QtBot
) -> None:
    section.view.choose_columns({"internal_note"})
    go(section, fuji.sato, "internal_note")
    qtbot.keyClick(section.table, Key.Key_Return)
    assert isinstance(section.table.indexWidget(section.table.currentIndex()), QLineEdit)
    workspace.write("Note", edit_contact, fuji.sato, internal_note="One\ntwo")
    settle()
    section.table.closePersistentEditor(section.table.currentIndex())
    qtbot.keyClick(section.table, Key.Key_Escape)
    section.table.setFocus()
    qtbot.keyClick(section.table, Key.Key_Return)
    assert section.panel is not None
    assert section.panel.note("internal_note").hasFocus()


def test_what_is_typed_in_the_panel_stays_when_a_colleague_writes_elsewhere(
    section: StakeholdersSection,
    workspace: Workspace,
    fuji: Fuji,
    colleague: Colleague,
    qtbot: QtBot,
) -> None:
    section.head.show_details(on=True)
    assert section.panel is not None
    note = section.panel.note("internal_note")
    note.setFocus()
    qtbot.keyClicks(note, "Half a sent")
    colleague.arrives(edit_contact, fuji.sato, sentiment=Sentiment.POSITIVE)
    qtbot.keyClicks(note, "ence")
    note.flush()
    settle()
    row = person(workspace, fuji, "Sato")
    assert (row.internal_note, row.sentiment) == ("Half a sentence", Sentiment.POSITIVE)


def test_every_command_can_be_run_from_the_registry(
    section: StakeholdersSection, workspace: Workspace, fuji: Fuji, desk: Desk, qtbot: QtBot
) -> None:
    commands = {command.id: command for command in section.commands()}
    assert all(command.text() for command in commands.values())
    commands["stakeholders.new"].run()
    qtbot.keyClicks(section.new_line.findChild(QLineEdit), "Ito\r")
    settle()
    assert names(section) == ["Ito", "Sato"]
    with qtbot.waitSignal(desk.messages.said) as said:
        commands["stakeholders.delete"].run()
    settle()
    assert names(section) == ["Sato"]
    undone(desk, qtbot, said.args[0].act)
    assert names(section) == ["Ito", "Sato"]
    commands["stakeholders.chart"].run()
    assert section.is_chart
    assert section.chart.view.hasFocus()
