"""Asks where the table is to be exported, and writes it in the background."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from csdesk.actions.editing import today
from csdesk.exchange.shown_table import ShownTable, export_shown
from csdesk.exchange.table_export import Exported
from csdesk.i18n import _, current, ngettext
from ui.desk import Desk
from ui.prompts import Message


class TableFiles(QObject):
    """Exports what is shown to XLSX or CSV."""

    def __init__(self, desk: Desk, make: Callable[[], ShownTable], window: QWidget) -> None:
        """`make` gives the table as it is shown when it is asked."""
        super().__init__(window)
        self._desk = desk
        self._make = make
        self._window = window
        self.folder = ""
        """The folder that was used last; empty for the computer's folder of documents."""

    @Slot()
    def export_xlsx(self) -> None:
        """Ask for a place and write a workbook there."""
        self._ask(_("Export what is shown as a workbook"), ".xlsx", _("Workbook (*.xlsx)"))

    @Slot()
    def export_csv(self) -> None:
        """Ask for a place and write CSV there."""
        self._ask(_("Export what is shown as CSV"), ".csv", _("CSV (*.csv)"))

    def write(self, path: Path) -> None:
        """Write what is shown now to `path`, in the background."""
        self.folder = str(path.parent)
        table = self._make()
        task = self._desk.work(
            _("Exporting the table"), lambda progress: export_shown(table, path, progress)
        )
        task.succeeded.connect(partial(self._on_written, path))
        self._desk.tasks.start(task)

    def _on_written(self, path: Path, done: Exported) -> None:
        said = ngettext(
            "{n} row was exported to “{name}”.", "{n} rows were exported to “{name}”.", done.rows
        ).format(n=current().number(done.rows), name=path.name)
        advice = ""
        if done.shortened:
            advice = ngettext(
                "{n} text was too long for a cell and was cut.",
                "{n} texts were too long for a cell and were cut.",
                done.shortened,
            ).format(n=done.shortened)
        self._desk.messages.say(Message(said, "good", advice, _("Open"), partial(_open, path)))

    @Slot(str)
    def _on_chosen(self, name: str) -> None:
        self.write(Path(name))

    def _ask(self, title: str, suffix: str, kind: str) -> None:
        dialog = QFileDialog(self._window, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(kind)
        dialog.setDefaultSuffix(suffix.removeprefix("."))
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        known = self.folder if self.folder and Path(self.folder).is_dir() else ""
        dialog.setDirectory(known or QStandardPaths.writableLocation(documents))
        dialog.selectFile(f"{_('Accounts')} {today().isoformat()}{suffix}")
        dialog.fileSelected.connect(self._on_chosen)
        dialog.open()


def _open(path: Path) -> None:
    """Let the computer's own program show a file."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
