"""The tables of files in and beside the exchange folder, and what became of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from csdesk.i18n import _, current
from csdesk.settings import computer_name
from csdesk.team.standing import Fate, FolderFile
from ui.pages.copies.fate_words import fate_tone, fate_word, kind_word
from ui.tables import Column, RowsModel
from ui.theme import Look
from ui.widgets.cells import PILL_ENDS, Ink
from ui.widgets.row_table import RowTable, TableLooks

MOST_ROWS = 12
"""Of more rows than these a table in a card shows some and scrolls."""

GAP = 8
TOLD = (Fate.REFUSED, Fate.GAPS, Fate.WAITING, Fate.ASKS, Fate.DISMISSED)
"""What a word alone does not explain; for the others the sentence is a tooltip."""

LINE_ROOM = 16
"""Pixels above and below the one line of a row, together."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file with an id of its own, as a table wants it."""

    id: str
    file: FolderFile


class FilesTable(RowTable):
    """A table of files that is as high as its rows."""

    def __init__(
        self,
        look: Look,
        columns: Sequence[Column[FileRow]],
        widths: Mapping[str, int],
        parent: QWidget | None = None,
    ) -> None:
        self._model: RowsModel[FileRow] = RowsModel(columns, lambda row: row.file.name)
        elastic = ("file", "fate") if "size" in widths else ("file",)
        least = {key: width * 2 // 3 for key, width in widths.items()}
        looks = TableLooks({"fate": _paint_fate}, widths, elastic, least)
        super().__init__(look, self._model, looks, parent)
        self._model.setParent(self)
        self.setSortingEnabled(False)
        self._model.sort(-1)  # as the exchange tells them, until somebody sorts
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + LINE_ROOM)

    @property
    def model_of_files(self) -> RowsModel[FileRow]:
        """The rows."""
        return self._model

    def show_files(self, files: Sequence[FolderFile]) -> None:
        """Show these files and no others."""
        self._model.set_rows(FileRow(file.name, file) for file in files)
        shown = min(len(files), MOST_ROWS)
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + shown * self.verticalHeader().defaultSectionSize() + 2)


def found_columns() -> list[Column[FileRow]]:
    """Return the columns for copies found beside the team file."""
    return [
        _column("file", _("File"), lambda file: file.name),
        _column("author", _("Written by"), written_by),
        Column(
            "new",
            _("Changes new to us"),
            lambda row: current().number(row.file.new_rows),
            lambda row: row.file.new_rows,
        ),
        _fate_column(_("State")),
    ]


FOUND_WIDTHS = {"file": 330, "author": 200, "new": 140, "fate": 220}


def folder_columns() -> list[Column[FileRow]]:
    """Return the columns for everything that lies in the folder."""
    return [
        _column("file", _("File"), lambda file: file.name),
        _column("kind", _("Kind"), lambda file: kind_word(file.kind)),
        _column("author", _("Written by"), written_by),
        Column(
            "size",
            _("Size"),
            lambda row: size_words(row.file.size),
            lambda row: row.file.size,
            right=True,
        ),
        Column(
            "modified",
            _("Modified"),
            lambda row: current().moment(row.file.modified),
            lambda row: row.file.modified,
        ),
        _fate_column(_("What became of it")),
    ]


FOLDER_WIDTHS = {
    "file": 260,
    "kind": 192,
    "author": 170,
    "size": 76,
    "modified": 146,
    "fate": 190,
}


def written_by(file: FolderFile) -> str:
    """Return who wrote a file and on which computer, as far as it says."""
    computer = computer_name(file.device) if file.device else ""
    return " · ".join(part for part in (file.author, computer) if part)


def size_words(size: int) -> str:
    """Write a size in bytes as people read it: 812 B, 14 KB, 3.2 MB."""
    t = current()
    if size < 1_000:
        return f"{t.number(size)} B"
    if size < 1_000_000:
        return f"{t.number(round(size / 1_000))} KB"
    return f"{t.number(Decimal(size) / 1_000_000, places=1)} MB"


def _column(key: str, title: str, words: Callable[[FolderFile], str]) -> Column[FileRow]:
    def text(row: FileRow) -> str:
        return words(row.file)

    return Column(key, title, text, text)


def _fate_column(title: str) -> Column[FileRow]:
    return Column("fate", title, _fate_text, _fate_text, tip=lambda row: row.file.said)


def _fate_text(row: FileRow) -> str:
    word = fate_word(row.file.fate)
    if not row.file.said:
        return word
    return _("{label}: {text}").format(label=word, text=row.file.said)


def _paint_fate(ink: Ink, painter: QPainter, rect: QRect, row: FileRow) -> None:
    word = fate_word(row.file.fate)
    used = ink.pill(painter, rect, word, fate_tone(row.file.fate))
    room = rect.adjusted(used + GAP, 0, 0, 0)
    if row.file.fate in TOLD and room.width() > PILL_ENDS:
        ink.text(painter, room, row.file.said, "muted", ink.small)
