"""What is shown is copied and exported as it is shown: rows, order, columns, groups."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from csdesk.actions.accounts import add_account
from tests.ui.portfolio import ACCOUNTS
from ui.desk import Desk
from ui.pages.accounts.page import AccountsPage

CONTROL = Qt.KeyboardModifier.ControlModifier


def pasted() -> list[list[str]]:
    """Return the cells of what is on the clipboard."""
    text = QGuiApplication.clipboard().text()
    return [line.split("\t") for line in text.split("\n")]


def test_chosen_rows_are_copied_with_the_visible_columns_in_their_order(
    qtbot: QtBot, rows_page: AccountsPage, today: dt.date
) -> None:
    header = rows_page.table.horizontalHeader()
    keys = [column.key for column in rows_page.model.columns]
    rows_page.table.setColumnHidden(keys.index("touch_model"), True)
    header.moveSection(header.visualIndex(keys.index("phase")), 0)
    qtbot.keyClick(rows_page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(rows_page.table, Qt.Key.Key_C, CONTROL)
    head, *lines = pasted()
    assert head[:5] == ["Phase", "Account", "Health", "ARR", "Currency"]
    assert "Touch model" not in head
    renewal = head.index("Renewal")
    assert [line[:2] for line in lines] == [
        ["Adoption", "Aoba Logistics"],
        ["Renewal", "Blue Harbor Bank"],
    ]
    assert lines[1][head.index("ARR") :][:2] == [str(31_000_000 // 12 * 12), "JPY"]
    soon = today + dt.timedelta(days=54)
    assert lines[1][renewal : renewal + 2] == [soon.isoformat(), "54"]
    assert "Blue Harbor Bank" in QGuiApplication.clipboard().mimeData().html()


def test_all_that_is_shown_is_copied_where_nothing_is_chosen(
    qtbot: QtBot, rows_page: AccountsPage, desk: Desk
) -> None:
    with qtbot.waitSignal(desk.changed):
        desk.write("Add", add_account, '=HYPERLINK("http://x")')
    rows_page.table.clearSelection()
    qtbot.keyClick(rows_page.table, Qt.Key.Key_C, CONTROL)
    names = [line[0] for line in pasted()[1:]]
    assert len(names) == len(ACCOUNTS) + 1
    assert '\'=HYPERLINK("http://x")' in names
    assert "<td" in QGuiApplication.clipboard().mimeData().html()


def test_the_group_of_each_row_goes_out_too_closed_ones_included(rows_page: AccountsPage) -> None:
    rows_page.control.group_by("phase")
    rows_page.model.open_group(0, False)
    table = rows_page.doing.shown()
    assert table.columns[0].title == "Group"
    assert [row[0] for row in table.rows] == [
        *["Onboarding"],
        *["Adoption"] * 4,
        *["Expansion"],
        *["Renewal"] * 2,
    ]
    assert len(table.rows) == len(ACCOUNTS)


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_what_is_shown_is_exported_where_the_dialog_says(
    qtbot: QtBot, rows_page: AccountsPage, desk: Desk, tmp_path: Path, suffix: str
) -> None:
    rows_page.control.bar.field.setText("mid-market")
    qtbot.waitUntil(lambda: len(rows_page.model.rows()) == 4)
    next(one for one in rows_page.commands() if one.id == f"accounts.export_{suffix}").run()
    dialog = rows_page.findChild(QFileDialog)
    assert dialog.defaultSuffix() == suffix
    target = tmp_path / f"shown.{suffix}"
    with qtbot.waitSignal(desk.messages.said) as said:
        dialog.fileSelected.emit(str(target))
        dialog.reject()
    assert said.args is not None
    assert "4 rows" in said.args[0].text
    if suffix == "csv":
        lines = list(csv.reader(target.read_text("utf-8-sig").splitlines()))
    else:
        sheet = openpyxl.load_workbook(target).active
        assert sheet is not None
        lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
        assert isinstance(lines[1][lines[0].index("ARR")], int)
        assert isinstance(lines[1][lines[0].index("Renewal")], dt.datetime)
    assert [line[0] for line in lines[1:]] == [row.name for row in rows_page.model.rows()]


def test_a_place_that_cannot_be_written_is_told(
    qtbot: QtBot, rows_page: AccountsPage, desk: Desk, tmp_path: Path
) -> None:
    with qtbot.waitSignal(desk.messages.said) as said:
        rows_page.doing.files.write(tmp_path / "nowhere" / "a.xlsx")
    assert said.args is not None
    assert said.args[0].tone == "bad"
