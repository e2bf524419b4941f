"""The import: choose files, see what they were taken for and what would happen, then do it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from csdesk.errors import UserError
from csdesk.exchange.encodings import UndecidedEncodingError
from csdesk.exchange.import_report import ImportReport, Outcome
from csdesk.i18n import _, current, ngettext
from csdesk.workspace.workspace import Step
from ui.desk import Desk
from ui.dialogs.date_choice import DateChoice
from ui.dialogs.encoding_choice import EncodingChoice
from ui.dialogs.import_choices import ImportChoices, mapping_label
from ui.dialogs.import_preview import PreviewTable
from ui.dialogs.import_summary import ImportSummary
from ui.dialogs.import_work import Findings, look_into, take_in
from ui.prompts import Message, MessageBar
from ui.tasks import Task
from ui.widgets.empty_state import EmptyState
from ui.widgets.wrapped_label import WrappedLabel

TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm")
"""Endings of the files that can be imported."""


class ImportWindow(QDialog):
    """Looks into the chosen files at once and after each choice; imports as one undo step."""

    def __init__(self, desk: Desk, paths: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._paths = tuple(paths)
        self._findings: Findings | None = None
        self._task: Task | None = None
        # Several choices in one turn of the event loop are looked into once.
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(0)
        self._build()
        self._connect()
        self.look_again()

    @property
    def findings(self) -> Findings | None:
        """What was found in the files, once it is."""
        return self._findings

    @Slot()
    def choose_files(self) -> None:
        """Ask for the files to import."""
        dialog = QFileDialog(self, _("Choose spreadsheets"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        endings = " ".join(f"*{ending}" for ending in TABLES)
        dialog.setNameFilters([_("Spreadsheets") + f" ({endings})", _("All files") + " (*)"])
        dialog.filesSelected.connect(self.use_files)
        dialog.open()

    @Slot(list)
    def use_files(self, names: list[str]) -> None:
        """Look into these files in place of those before."""
        self._paths = tuple(Path(name) for name in names)
        self._choices.reset()
        self.look_again()

    @Slot()
    def look_again(self) -> None:
        """Read the files anew with what the user has said by now."""
        self._stop()
        self._findings = None
        self._show_state()
        if self._paths:
            paths, choices = self._paths, self._choices.choices
            workspace = self._desk.workspace
            task = self._desk.tasks.prepare(
                _("Reading the files"),
                lambda progress: look_into(workspace, paths, choices, progress),
            )
            task.succeeded.connect(self._on_looked)
            self._start(task)

    @Slot()
    def take_in(self) -> None:
        """Import what can be."""
        if self._findings is None or self._findings.report is None:
            return
        sources, workspace = self._findings.sources, self._desk.workspace
        label = _("Import {names}").format(names=self._names())
        task = self._desk.tasks.prepare(
            label, lambda progress: take_in(workspace, label, sources, progress)
        )
        task.succeeded.connect(self._on_taken_in)
        self._start(task)

    @Slot(object)
    def _on_looked(self, findings: Findings) -> None:
        if self.sender() is not self._task:
            return
        self._findings = findings
        troubled = (n for n, file in enumerate(findings.files) if file.trouble is not None)
        self._choices.show_files(findings.names, next(troubled, 0))
        self._show_file()

    @Slot(object)
    def _on_taken_in(self, step: Step[ImportReport]) -> None:
        rows, refused = step.result.changed, step.result.counts[Outcome.REFUSED]
        said = ngettext("{n} row was imported.", "{n} rows were imported.", rows).format(
            n=current().number(rows)
        )
        if refused:
            left = ngettext("{n} row was left out.", "{n} rows were left out.", refused)
            said = f"{said} {left.format(n=current().number(refused))}"
        self._desk.offer_undo(said)
        self.accept()

    @Slot(object)
    def _on_failed(self, error: UserError) -> None:
        if self.sender() is self._task:
            self._tell(error)

    @Slot()
    def _on_finished(self) -> None:
        if self.sender() is self._task:
            self._task = None
            self._show_state()

    @Slot(object, object, str)
    def _on_progressed(self, done: int, total: int | None, note: str) -> None:
        if self.sender() is self._task:
            self._progress.setRange(0, 1000 if total else 0)
            self._progress.setValue(min(1000, done * 1000 // total) if total else 0)

    @Slot(str)
    def _on_encoding(self, encoding: str) -> None:
        if self._findings is not None and 0 <= self._choices.file < len(self._findings.files):
            self._choices.say_encoding(self._findings.files[self._choices.file].path, encoding)

    @Slot()
    def _show_file(self) -> None:
        """Show the file chosen for the preview, and what is to be said or asked about it."""
        findings = self._findings
        if findings is None or not 0 <= self._choices.file < len(findings.files):
            return
        file = findings.files[self._choices.file]
        kind = self._choices.choices.kind
        self._preview.show_table(file.table, file.source, kind)
        self._encoding.hide()
        self._bar.close_message()
        if isinstance(file.trouble, UndecidedEncodingError):
            self._encoding.ask(file.path.name, file.trouble.readings, file.trouble.line)
        elif file.fits:
            self._offer_mapping(file.path.name, file.fits)
        elif file.table is not None and file.trouble is not None:
            # The file can be read, but not understood: what helps stands in this window.
            advice = _("Say what it holds, how its columns are told, or click the heads below.")
            self._tell(UserError(file.trouble.message, advice))
        elif file.trouble is not None:
            self._tell(file.trouble)
        self._dates.show_file(file, self._choices.choices.date_orders.get(file.path))
        said = self._choices.choices.encodings.get(file.path, "")
        self._choices.show_encoding(file.table.encoding if file.table is not None else "", said)
        if kind is None:
            self._choices.show_recognised(file.source.kind if file.source is not None else None)
        self._hint.setVisible(file.table is not None)
        self._preview.setVisible(file.table is not None)
        self._show_state()

    def _show_state(self) -> None:
        """Show what can be done now."""
        report = self._findings.report if self._findings is not None else None
        working = self._task is not None
        self._parts.setCurrentWidget(self._body if self._paths else self._nothing)
        self._title.setText(self._names())
        self._progress.setVisible(working)
        self._summary.show_report(report)
        count = report.changed if report is not None else 0
        words = ngettext("Import {n} row", "Import {n} rows", count) if count else _("Import")
        self._import.setText(words.format(n=current().number(count)))
        self._import.setEnabled(not working and count > 0)

    def _tell(self, error: UserError) -> None:
        self._bar.show_message(Message(error.message, "bad", error.advice))

    def _offer_mapping(self, name: str, mapping: str) -> None:
        program = mapping_label(mapping)
        self._bar.show_message(
            Message(
                _("{name} looks like a table from {mapping}.").format(name=name, mapping=program),
                "warning",
                label=_("Use the mapping for {mapping}").format(mapping=program),
                act=partial(self._choices.choose_mapping, mapping),
            )
        )

    def _names(self) -> str:
        return _(", ").join(path.name for path in self._paths)

    def _start(self, task: Task) -> None:
        task.progressed.connect(self._on_progressed)
        task.failed.connect(self._on_failed)
        task.finished.connect(self._on_finished)
        self._task = task
        self._progress.setRange(0, 0)
        self._show_state()
        self._desk.tasks.start(task)

    def _stop(self) -> None:
        """Cancel what runs; its signals are not heard any more."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _build(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Import"))
        self.setAcceptDrops(True)
        self.resize(920, 700)
        self._bar = MessageBar(self._desk.look, self)
        self._choose = QPushButton(_("Choose files…"), self)
        self._title = QLabel(self)
        self._title.setProperty("kind", "heading")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._choose)
        self._nothing = EmptyState(
            self._desk.look,
            "file-spreadsheet",
            _("Drop spreadsheets here"),
            _(
                "CSV or Excel files with accounts, contacts, contracts, KPI values, survey answers "
                "or success plans. Nothing is changed before you have seen what would happen."
            ),
        )
        self._body = self._build_body()
        self._parts = QStackedWidget(self)
        self._parts.addWidget(self._nothing)
        self._parts.addWidget(self._body)
        self._progress = QProgressBar(self)
        self._progress.setTextVisible(False)
        self._import = QPushButton(_("Import"), self)
        self._import.setObjectName("import")
        self._import.setProperty("kind", "primary")
        self._import.setDefault(True)
        self._cancel = QPushButton(_("Cancel"), self)
        foot = QHBoxLayout()
        foot.addWidget(self._progress, 1, Qt.AlignmentFlag.AlignVCenter)
        foot.addStretch(1)
        foot.addWidget(self._cancel)
        foot.addWidget(self._import)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self._bar)
        layout.addWidget(self._parts, 1)
        layout.addLayout(foot)

    def _build_body(self) -> QWidget:
        body = QWidget(self)
        self._choices = ImportChoices(body)
        self._encoding = EncodingChoice(body)
        self._dates = DateChoice(self._desk.look, body)
        self._hint = WrappedLabel(
            _("Click the head of a column, or press Enter in it, to say what it holds."),
            body,
            "small",
        )
        self._preview = PreviewTable(body)
        self._summary = ImportSummary(body)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self._choices)
        layout.addWidget(self._encoding)
        layout.addWidget(self._dates)
        layout.addWidget(self._preview, 3)
        layout.addWidget(self._hint)
        layout.addWidget(self._summary, 2)
        layout.addStretch(0)  # what is left stays at the top where there is nothing to preview
        return body

    def _connect(self) -> None:
        self._pause.timeout.connect(self.look_again)
        self._choose.clicked.connect(self.choose_files)
        self._choices.changed.connect(self._pause.start)
        self._choices.file_chosen.connect(self._show_file)
        self._encoding.chosen.connect(self._on_encoding)
        self._dates.chosen.connect(self._choices.say_date_order)
        self._choices.encoding_chosen.connect(self._on_encoding)
        self._preview.column_named.connect(self._choices.say_column)
        self._import.clicked.connect(self.take_in)
        self._cancel.clicked.connect(self.reject)

    def done(self, result: int) -> None:
        self._pause.stop()
        self._stop()
        super().done(result)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        names = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if names:
            event.acceptProposedAction()
            self.use_files(names)
