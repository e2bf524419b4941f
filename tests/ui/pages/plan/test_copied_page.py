"""A table or list of a web page is pasted as what it looks like there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication

from ui.pages.plan.copied_page import copied_text

TABLE = (
    "<p>Next steps</p><table><tr><th>タスク</th><th>期限</th></tr>"
    "<tr><td>Send <b>the</b><br>deck</td><td>12/5</td></tr><tr><td>Call</td><td></td></tr></table>"
)
TABBED = "Next steps\nタスク\t期限\nSend the deck\t12/5\nCall\t"
LIST = "<ul><li>Goal<ul><li>Step one</li><li>Step two</li></ul></li><li>Other</li></ul>"


@pytest.mark.parametrize(
    ("page", "text", "expected"),
    [
        (TABLE, "", TABBED),
        (TABLE, "Next steps\nタスク\n期限\nSend the deck\n12/5\nCall", TABBED),
        (TABLE, "タスク\t期限\nSend the deck\t12/5", "タスク\t期限\nSend the deck\t12/5"),
        (LIST, "", "- Goal\n  - Step one\n  - Step two\n- Other"),
        (LIST, "• Goal\n• Other", "• Goal\n• Other"),
        ("<table><tr><td>a</td></tr><tr><td>b</td></tr></table>", "a\nb", "a\nb"),
        ("", "a\nb", "a\nb"),
        ("<table></table>", "", ""),
    ],
)
def test_what_was_copied_becomes_lines_and_cells(
    qapp: QApplication, page: str, text: str, expected: str
) -> None:
    data = QMimeData()
    if page:
        data.setHtml(page)
    if text:
        data.setText(text)
    assert copied_text(data) == expected
