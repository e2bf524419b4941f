"""The success plan is written as PDF from the window."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.ui.pages.account.conftest import Fuji
from ui.desk import Desk
from ui.pages.account.page import AccountPage
from ui.pages.account.plan_export import file_name


def text_of(path: Path) -> str:
    """Return the text of a PDF."""
    document = pypdfium2.PdfDocument(path)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return text


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_plan_is_written_and_the_bar_offers_to_open_it(
    page: AccountPage, fuji: Fuji, tmp_path: Path, qtbot: QtBot, language: str
) -> None:
    path = tmp_path / "plan.pdf"
    export = page._export
    with qtbot.waitSignal(export.written, timeout=60_000):
        export.write(fuji.account, fuji.plan, language, path)
        assert not page.header._export.isEnabled()
    text = text_of(path)
    assert "Second half" in text
    assert ("目標" in text) == (language == "ja")
    assert export.isVisible()
    assert "plan.pdf" in export.accessibleName()
    qtbot.waitUntil(page.header._export.isEnabled)


def test_a_folder_that_cannot_be_written_to_is_told(
    page: AccountPage, fuji: Fuji, tmp_path: Path, desk: Desk, qtbot: QtBot
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with qtbot.waitSignal(desk.messages.said, timeout=60_000) as said:
        page._export.write(fuji.account, fuji.plan, "en", blocked / "plan.pdf")
    assert said.args[0].tone == "bad"
    qtbot.waitUntil(page.header._export.isEnabled)
    assert not page._export.isVisible()


def test_the_dialog_suggests_a_name_and_writes_where_one_says(
    page: AccountPage, fuji: Fuji, tmp_path: Path, qtbot: QtBot
) -> None:
    page.export_pdf()
    dialog = page.findChild(QFileDialog)
    assert "Fuji Retail" in dialog.selectedFiles()[0]
    path = tmp_path / "chosen.pdf"
    with qtbot.waitSignal(page._export.written, timeout=60_000):
        dialog.fileSelected.emit(str(path))
    dialog.close()
    assert "Second half" in text_of(path)


def test_the_window_can_export_while_this_page_is_in_front(page: AccountPage) -> None:
    assert "file.export_pdf" in page.handlers()


@pytest.mark.parametrize(
    ("account", "language", "name"),
    [
        ("Fuji Retail", "en", "Fuji Retail - Success plan.pdf"),
        ("富士リテール", "ja", "富士リテール - サクセスプラン.pdf"),
        ('A/B: "C" <D>?', "en", "A B C D - Success plan.pdf"),
        ("...", "en", "CSDesk - Success plan.pdf"),
    ],
)
def test_the_file_is_named_after_the_customer(account: str, language: str, name: str) -> None:
    assert file_name(account, language) == name
