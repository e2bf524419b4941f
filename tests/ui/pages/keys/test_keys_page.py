"""The page of keys lists every key there is, page by page, and finds them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from ui.app import Program
from ui.pages.keys.page import KeysPage


@pytest.fixture
def keys(program: Program, qtbot: QtBot, tmp_path: Path) -> KeysPage:
    """Return the page, opened from the keyboard over the sample, with all it lists."""
    program.files.create_sample(tmp_path / "Sample")
    program.window.activateWindow()
    qtbot.keyClick(program.window, Qt.Key.Key_F1)
    frame = program.window.frame
    assert frame is not None
    page = frame.page
    assert isinstance(page, KeysPage)
    qtbot.waitUntil(lambda: page.is_complete)
    return page


def heads(page: KeysPage) -> list[str]:
    """Return the heads shown, from the top."""
    model = page.model
    return [
        str(model.index(row).data()) for row in range(model.rowCount()) if model.find(row) is None
    ]


def test_every_page_and_tab_tells_its_keys_once(keys: KeysPage, program: Program) -> None:
    assert heads(keys)[0] == "Everywhere"
    assert {"Accounts", "Account", "Account – Success plan"} <= set(heads(keys))
    told = {find.title: find.keys for find in keys.model.finds}
    assert told["Search"] == "Ctrl+K"
    assert told["Next tab"] == "Ctrl+PgDown"
    ids = [find.id for find in keys.model.finds]
    assert len(ids) == len(set(ids))
    assert all(find.keys for find in keys.model.finds)


def test_words_and_keys_find_a_shortcut(keys: KeysPage, qtbot: QtBot) -> None:
    field = keys.findChild(QLineEdit)
    assert field.hasFocus()
    for typed, title in (("redo", "Redo"), ("ctrl+k", "Search"), ("Ctrl K", "Search")):
        field.clear()
        qtbot.keyClicks(field, typed)
        assert title in [find.title for find in keys.model.finds]
    field.setText("no such thing")
    assert keys.model.rowCount() == 0
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert len(keys.model.finds) > 20
