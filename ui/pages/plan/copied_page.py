"""What a browser or a mail program puts on the clipboard, as a text that can be pasted.

Most programs give plain text beside it. Some give none, or one in which the cells of a table stand
one below the other; then the page itself says which words stand side by side.
"""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextBlock, QTextDocument, QTextList, QTextTable

_BREAKS = str.maketrans({"\u2028": " ", "\u2029": " ", "\t": " ", "\n": " "})


def copied_text(data: QMimeData) -> str:
    """Return what was copied as plain text, the cells of a table between tabs."""
    text = data.text() if data.hasText() else ""
    if not data.hasHtml() or "\t" in text:
        return text
    page = QTextDocument()
    page.setHtml(data.html())
    tables = [one for one in page.rootFrame().childFrames() if isinstance(one, QTextTable)]
    if text and not any(table.columns() > 1 for table in tables):
        return text
    lines: list[str] = []
    shown: set[int] = set()
    block = page.begin()
    while block.isValid():
        number = _table_at(tables, block.position())
        if number is None:
            lines.append(_line(block))
        elif number not in shown:
            shown.add(number)
            lines += _rows(tables[number])
        block = block.next()
    return "\n".join(line for line in lines if line.strip())


def _table_at(tables: list[QTextTable], position: int) -> int | None:
    for number, table in enumerate(tables):
        if table.firstPosition() <= position <= table.lastPosition():
            return number
    return None


def _rows(table: QTextTable) -> list[str]:
    rows = []
    for row in range(table.rows()):
        cells = []
        for column in range(table.columns()):
            cursor = table.cellAt(row, column).firstCursorPosition()
            cursor.setPosition(table.cellAt(row, column).lastPosition(), cursor.MoveMode.KeepAnchor)
            cells.append(" ".join(cursor.selectedText().translate(_BREAKS).split()))
        rows.append("\t".join(cells))
    return rows


def _line(block: QTextBlock) -> str:
    """Write a paragraph; one of a list stands in as far as it does there."""
    text = block.text().translate(_BREAKS)
    listed: QTextList | None = block.textList()
    return text if listed is None else f"{'  ' * (listed.format().indent() - 1)}- {text}"
