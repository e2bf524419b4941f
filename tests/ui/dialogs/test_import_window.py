"""The import shows what it understood before it does anything, and can be undone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QComboBox, QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from csdesk.actions.accounts import add_account
from csdesk.actions.people import add_member
from csdesk.exchange.import_report import Outcome
from csdesk.exchange.mapping import load_mapping
from csdesk.exchange.table_export import export_xlsx
from csdesk.i18n import Translator
from csdesk.queries.portfolio import portfolio_rows
from csdesk.queries.rows import rows_of
from ui.desk import Desk
from ui.dialogs.date_choice import DateChoice
from ui.dialogs.encoding_choice import EncodingChoice
from ui.dialogs.import_choices import ImportChoices
from ui.dialogs.import_preview import PreviewTable
from ui.dialogs.import_summary import ImportSummary
from ui.dialogs.import_window import ImportWindow
from ui.prompts import MessageBar

GOOD = "顧客名,業界,従業員数\n富士リテール,小売,120\n青葉物流,物流,80\n"
MIXED = "顧客名,業界,従業員数,謎\n富士リテール,小売,120,x\n,IT,5,y\n青葉物流,物流,many,z\n"


def open_window(qtbot: QtBot, desk: Desk, *paths: Path) -> ImportWindow:
    """Open the import with files and wait until it has looked into them."""
    window = ImportWindow(desk, paths)
    preview = window.findChild(PreviewTable).preview
    QAbstractItemModelTester(preview, QAbstractItemModelTester.FailureReportingMode.Fatal, preview)
    with qtbot.waitExposed(window):
        window.show()
    if paths:
        qtbot.waitUntil(lambda: window.findings is not None)
    return window


def table(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    """Write a table and return where it lies."""
    path = folder / "accounts.csv"
    path.write_bytes(text.encode(encoding))
    return path


def names(desk: Desk) -> list[str]:
    """Return the names of the accounts in the workspace."""
    return [row.name for row in desk.read(portfolio_rows, today=dt.date(2026, 11, 22))]


def import_button(window: ImportWindow) -> QPushButton:
    """Return the button that takes the files in."""
    button: QPushButton = window.findChild(QPushButton, "import")
    return button


def test_what_the_columns_were_taken_for_is_shown_before_anything_is_written(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    window = open_window(qtbot, desk, table(tmp_path, GOOD))
    preview = window.findChild(PreviewTable).preview
    heads = [
        preview.headerData(column, Qt.Orientation.Horizontal)
        for column in range(preview.columnCount())
    ]
    assert heads == ["顧客名\n→ Account name", "業界\n→ Industry", "従業員数\n→ Employees"]
    assert preview.data(preview.index(1, 0)) == "青葉物流"
    assert import_button(window).text() == "Import 2 rows"
    assert names(desk) == []
    window.reject()


def test_importing_is_one_step_that_undo_takes_back(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    window = open_window(qtbot, desk, table(tmp_path, GOOD))
    with qtbot.waitSignals([desk.messages.said, window.destroyed, desk.changed]):
        qtbot.mouseClick(import_button(window), Qt.MouseButton.LeftButton)
    assert sorted(names(desk)) == sorted(["富士リテール", "青葉物流"])
    assert desk.workspace.undo_label == "Import accounts.csv"
    with qtbot.waitSignal(desk.changed):
        desk.undo()
    assert names(desk) == []


def test_bad_rows_stop_nothing_and_are_listed_with_line_column_and_reason(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    window = open_window(qtbot, desk, table(tmp_path, MIXED))
    summary = window.findChild(ImportSummary)
    listed = [(row.result.line, row.result.column) for row in summary.refused.rows()]
    assert listed == [(3, ""), (4, "C (従業員数)")]
    assert all(row.result.reason for row in summary.refused.rows())
    pills = {label.text() for label in summary.findChildren(QLabel) if label.isVisible()}
    assert {"Added 1", "Refused 2"} <= pills
    with qtbot.waitSignal(desk.messages.said) as said, qtbot.waitSignal(window.destroyed):
        qtbot.mouseClick(import_button(window), Qt.MouseButton.LeftButton)
    assert said.args is not None
    assert said.args[0].text == "1 row was imported. 2 rows were left out."
    assert names(desk) == ["富士リテール"]


def test_a_table_that_is_all_there_already_offers_nothing_to_import(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    path = table(tmp_path, GOOD)
    window = open_window(qtbot, desk, path)
    with qtbot.waitSignal(window.destroyed):
        qtbot.mouseClick(import_button(window), Qt.MouseButton.LeftButton)
    again = open_window(qtbot, desk, path)
    assert again.findings is not None
    assert again.findings.report is not None
    assert again.findings.report.counts[Outcome.UNCHANGED] == 2
    assert not import_button(again).isEnabled()
    again.reject()


def test_two_possible_encodings_are_both_shown_and_the_user_decides(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    window = open_window(qtbot, desk, table(tmp_path, "顧客名,業界\nｱｵﾊﾞ,ﾌﾞﾂﾘｭｳ\n", "cp932"))
    choice = window.findChild(EncodingChoice)
    assert choice.isVisible()
    readings = {button.property("encoding"): button for button in choice.findChildren(QPushButton)}
    assert "cp932" in readings
    assert len(readings) > 1
    assert not import_button(window).isEnabled()
    qtbot.mouseClick(readings["cp932"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: import_button(window).isEnabled())
    assert not choice.isVisible()
    preview = window.findChild(PreviewTable).preview
    assert preview.data(preview.index(0, 0)) == "ｱｵﾊﾞ"
    window.reject()


def test_a_table_of_unknown_columns_is_shown_and_can_be_told_column_by_column(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    window = open_window(qtbot, desk, table(tmp_path, "alpha,beta\nAoba,Logistics\n"))
    bar = window.findChild(MessageBar)
    assert bar.message is not None
    assert "--" not in bar.message.advice, "the command line is of no use here"
    preview = window.findChild(PreviewTable)
    assert preview.preview.headerData(0, Qt.Orientation.Horizontal) == "alpha\nnot imported"
    choices = window.findChild(ImportChoices)
    before = window.findings
    choices._kind.setCurrentIndex(1)
    choices._kind.activated.emit(1)
    qtbot.waitUntil(lambda: window.findings not in (None, before))
    preview.horizontalHeader().sectionClicked.emit(0)
    menu = next(menu for menu in preview.findChildren(QMenu))
    next(action for action in menu.actions() if action.text() == "Account name").trigger()
    menu.close()
    qtbot.waitUntil(lambda: import_button(window).isEnabled())
    assert import_button(window).text() == "Import 1 row"
    window.reject()


def test_columns_are_told_by_keyboard_too(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    window = open_window(qtbot, desk, table(tmp_path, MIXED))
    preview = window.findChild(PreviewTable)
    preview.setFocus()
    preview.setCurrentIndex(preview.preview.index(0, 3))
    before = window.findings
    qtbot.keyClick(preview, Qt.Key.Key_Return)
    menu = next(menu for menu in preview.findChildren(QMenu))
    place = [action.text() for action in menu.actions()].index("Region")
    while menu.activeAction() is not menu.actions()[place]:
        qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.findings not in (None, before))
    head = preview.preview.headerData(3, Qt.Orientation.Horizontal)
    assert head == "謎\n→ Region"
    window.reject()


def test_the_encoding_that_was_found_is_told_and_another_can_be_chosen(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    window = open_window(qtbot, desk, table(tmp_path, GOOD))
    box = next(box for box in window.findChildren(QComboBox) if box.accessibleName() == "Encoding")
    assert box.isVisible()
    assert box.currentText() == "Found: UTF-8"
    preview = window.findChild(PreviewTable).preview
    for encoding, shown in (("cp932", False), ("", True)):
        before = window.findings
        box.setCurrentIndex(box.findData(encoding))
        box.activated.emit(box.currentIndex())
        qtbot.waitUntil(lambda seen=before: window.findings not in (None, seen))
        assert (preview.rowCount() > 0 and preview.header(0) == "顧客名") is shown
    window.reject()


def test_a_mapping_that_ships_with_the_program_can_be_chosen(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    window = open_window(qtbot, desk, table(tmp_path, "id,property_name\n7,Aoba\n"))
    choices = window.findChild(ImportChoices)
    place = choices._mapping.findData("hubspot")
    choices._mapping.setCurrentIndex(place)
    choices._mapping.activated.emit(place)
    qtbot.waitUntil(lambda: import_button(window).isEnabled())
    window.reject()


def test_a_table_of_a_known_program_is_recognised_and_its_mapping_offered(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    columns = [name for name in load_mapping("hubspot").columns if name.startswith("property_")]
    window = open_window(qtbot, desk, table(tmp_path, ",".join(columns) + "\nAoba,IT,Japan\n"))
    bar = window.findChild(MessageBar)
    assert bar.message is not None
    assert "HubSpot" in bar.message.text
    before = window.findings
    qtbot.mouseClick(bar.findChild(QPushButton), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.findings not in (None, before))
    assert window.findings is not None
    assert window.findings.files[0].source is not None
    window.reject()


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01\x02", b"%PDF-1.7\n", b"PK\x03\x04 not a workbook"]
)
def test_a_file_that_is_no_table_is_refused_in_words(
    qtbot: QtBot, desk: Desk, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "accounts.csv"
    path.write_bytes(content)
    window = open_window(qtbot, desk, path)
    bar = window.findChild(MessageBar)
    assert bar.message is not None
    assert bar.message.tone == "bad"
    assert not import_button(window).isEnabled()
    window.reject()


def test_without_files_it_says_what_can_be_dropped(qtbot: QtBot, desk: Desk) -> None:
    window = open_window(qtbot, desk)
    shown = {label.text() for label in window.findChildren(QLabel) if label.isVisible()}
    assert "Drop spreadsheets here" in shown
    assert not import_button(window).isEnabled()
    window.reject()


def test_closing_while_it_reads_leaves_nothing_behind(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    rows = "".join(f"Account {number},IT,5\n" for number in range(20_000))
    window = ImportWindow(desk, [table(tmp_path, "顧客名,業界,従業員数\n" + rows)])
    window.show()
    with qtbot.waitSignal(window.destroyed):
        window.reject()
    qtbot.waitUntil(lambda: not desk.tasks.busy, timeout=20_000)
    assert names(desk) == []


def test_our_own_workbook_opens_with_every_sheet_that_can_be_imported(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "all.xlsx"
    desk.write("Add", add_account, "富士リテール")
    with path.open("wb") as out:
        desk.read(export_xlsx, out, Translator("ja"))
    window = open_window(qtbot, desk, path)
    assert window.findings is not None
    assert window.findings.files[0].trouble is None
    desk.write("Add", add_member, "結衣")
    with path.open("wb") as out:
        desk.read(export_xlsx, out, Translator("ja"))
    window.use_files([str(path)])
    qtbot.waitUntil(lambda: window.findings is not None and len(window.findings.files) == 2)
    assert window.findings.names == ("当社担当者", "顧客")
    preview = window.findChild(PreviewTable).preview
    assert preview.headerData(0, Qt.Orientation.Horizontal) == "ID\n→ ID"
    assert window.findings.report is not None
    assert window.findings.report.changed == 0
    window.reject()


def test_dates_that_can_be_several_days_are_asked_about_and_the_answer_can_be_changed(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    path = table(tmp_path, "顧客名,利用開始日\n富士リテール,05/12/26\n青葉物流,2026-04-01\n")
    window = open_window(qtbot, desk, path)
    choice = window.findChild(DateChoice)
    assert choice.isVisible()
    offered = {
        button.property("order"): button
        for button in choice.findChildren(QPushButton)
        if button.isVisible()
    }
    assert {order: button.text() for order, button in offered.items()} == {
        "dmy": "December 5, 2026 (day first)",
        "mdy": "May 12, 2026 (month first)",
        "ymd": "December 26, 2005 (year first)",
    }
    assert import_button(window).text() == "Import 1 row"
    for order in ("mdy", "dmy"):
        before = window.findings
        offered[order].setFocus()
        qtbot.keyClick(offered[order], Qt.Key.Key_Space)
        qtbot.waitUntil(lambda known=before: window.findings not in (None, known))
        assert [one for one, button in offered.items() if button.isChecked()] == [order]
        assert import_button(window).text() == "Import 2 rows"
    with qtbot.waitSignal(desk.changed):
        qtbot.mouseClick(import_button(window), Qt.MouseButton.LeftButton)
    rows = desk.read(rows_of, "account")
    assert {row.values["go_live_on"] for row in rows} == {dt.date(2026, 12, 5), dt.date(2026, 4, 1)}


def test_dates_that_the_column_settles_are_not_asked_about(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    path = table(tmp_path, "name,go live\nFuji,05/12/26\nAoba,12/31/26\n")
    window = open_window(qtbot, desk, path)
    assert not window.findChild(DateChoice).isVisible()
    assert import_button(window).text() == "Import 2 rows"
    window.reject()
