"""The card of copies that were found beside the team file, and what became of each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from csdesk.i18n import _
from csdesk.team.standing import FolderFile
from ui.pages.copies.files_table import FOUND_WIDTHS, FilesTable, found_columns
from ui.theme import Look


class FoundCopies(QFrame):
    """A table as high as its rows; the page shows it only where there are any."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        heading = QLabel(_("Copies found beside the team file"), self)
        heading.setProperty("kind", "heading")
        self._table = FilesTable(look, found_columns(), FOUND_WIDTHS, self)
        self._table.setAccessibleName(_("Copies found beside the team file"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(4)
        layout.addWidget(heading)
        layout.addWidget(self._table)

    @property
    def table(self) -> FilesTable:
        """The table."""
        return self._table

    @property
    def has_files(self) -> bool:
        """Whether any copies were found."""
        return self._table.model_of_files.total > 0

    def show_files(self, files: Sequence[FolderFile]) -> None:
        """Show these copies and no others."""
        self._table.show_files(files)
