"""What becomes of a document once somebody asked for it: files, paper, mail, and what is said."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from csdesk.actions.editing import today
from csdesk.errors import UserError
from csdesk.i18n import _, ngettext
from csdesk.progress import Progress
from csdesk.queries.document_request import DocumentRequest
from csdesk.workspace.workspace import Workspace
from ui.desk import Desk
from ui.pages.document.document_export import (
    Delivered,
    DocumentExport,
    Goal,
    Held,
    Order,
    Refused,
    accepting,
    write_draft,
)
from ui.pages.document.export_words import delivered_words, held_words
from ui.pages.document.layouts import LaidOut
from ui.pages.document.outcome_bar import Choice, OutcomeBar
from ui.pages.document.printing import print_document, printer_for
from ui.prompts import Tone


class HandingOver(QObject):
    """Carries out orders and tells in a bar what came of them."""

    check_asked = Signal()
    """The findings that hold a document back are to be looked at."""
    delivered = Signal(object)
    """A Delivered: a file was written."""
    drafted = Signal(object)
    """The path of a mail draft that was written."""
    printed = Signal(int)
    """Pages were sent to the printer."""
    busy_changed = Signal(bool)

    def __init__(self, desk: Desk, bar: OutcomeBar, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._bar = bar
        self._window = window
        self._laid: LaidOut | None = None
        self._printing: LaidOut | None = None
        self._printer: QPrinter | None = None
        self._export = DocumentExport(desk, window)
        self._connect()

    @property
    def export(self) -> DocumentExport:
        """What checks and writes."""
        return self._export

    def show_laid_out(self, laid: LaidOut | None) -> None:
        """Take note of the document in view, which is the one that is printed."""
        self._laid = laid

    def begin(self, order: Order) -> None:
        """Bring a document out."""
        self._bar.close_bar()
        self._export.begin(order)

    def again(self, receipt_id: str, file_name: str) -> None:
        """Write the file of an earlier export again."""
        title, kind = _("Save the document again"), _("PDF document (*.pdf)")
        self._export.ask_place(title, file_name, kind, partial(self.write_again, receipt_id))

    def write_again(self, receipt_id: str, path: Path) -> None:
        """Write the file of an earlier export to `path`."""
        workspace = self._desk.workspace

        def work(progress: Progress) -> Any:
            from csdesk.report.exporting import export_again

            return export_again(workspace, receipt_id, path, progress=progress)

        self._export.run(_("Writing the document"), work, self._on_again)

    @Slot(object)
    def print_on(self, printer: QPrinter) -> None:
        """Print the document that was in view when the dialog was opened."""
        laid = self._printing
        if laid is None:
            return

        def work(progress: Progress) -> int:
            return print_document(laid.data, printer, progress)

        self._printer = printer  # lives until the next one: the worker draws on it
        self._export.run(_("Printing"), work, self._on_printed)

    @Slot(object)
    def _on_held(self, held: Held) -> None:
        go_on = _("Print anyway") if held.order.goal is Goal.PRINT else _("Export anyway")
        self._bar.say(
            held_words(held),
            "warning",
            ((go_on, partial(self.begin, accepting(held))),),
        )
        self.check_asked.emit()

    @Slot(object)
    def _on_delivered(self, done: Delivered) -> None:
        choices: list[Choice] = [
            (_("Open"), partial(open_path, done.path)),
            (_("Show in folder"), partial(open_path, done.path.parent)),
        ]
        if done.order.goal.is_pdf and done.document is not None:
            choices.append((_("Mail draft"), partial(self._draft, done)))
        tone: Tone = "warning" if done.notices else "good"
        self._bar.say(delivered_words(done), tone, choices, str(done.path))
        self.delivered.emit(done)
        if done.order.goal is Goal.DRAFT:
            self._draft(done)

    def _draft(self, done: Delivered) -> None:
        """Write a mail draft beside a file and open it, unsent, in the computer's mail program."""
        self._export.run(
            _("Writing the mail draft"), lambda progress: write_draft(done), self._on_draft
        )

    @Slot(object)
    def _on_draft(self, path: Path) -> None:
        self.drafted.emit(path)
        open_path(path)

    @Slot(object)
    def _on_refused(self, refused: Refused) -> None:
        from csdesk.report.file_names import free_name

        choices: list[Choice] = []
        if refused.was_there:
            second = free_name(refused.path)
            label = _("Save as “{name}”").format(name=second.name)
            choices.append((label, partial(self._write, refused.order, second)))
        choices.append((_("Choose another place…"), partial(self.begin, refused.order)))
        self._bar.say(str(refused.error), "bad", choices, str(refused.path))

    def _write(self, order: Order, path: Path) -> None:
        self._bar.close_bar()
        self._export.write(order, path)

    @Slot(object)
    def _on_print_asked(self, order: Order) -> None:
        if self._laid is None or _paper(self._laid.request) != _paper(order.request):
            # What was checked is not what would be printed.
            self._bar.say(_("The document changed meanwhile. Print it again."), "warning")
            return
        self._printing = self._laid
        printer = printer_for(self._laid.pages.sizes, order.account)
        dialog = QPrintDialog(printer, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        options = QPrintDialog.PrintDialogOption
        dialog.setOption(options.PrintPageRange)
        dialog.setMinMax(1, self._laid.pages.count)
        dialog.accepted.connect(self.print_on)  # with the printer as the dialog left it
        self._printer = printer
        QDialog.open(dialog)

    @Slot(object)
    def _on_printed(self, pages: int) -> None:
        text = ngettext(
            "{n} page was sent to the printer.", "{n} pages were sent to the printer.", pages
        ).format(n=pages)
        choices: list[Choice] = []
        laid = self._printing
        if laid is not None and laid.has_version and not self._desk.workspace.read_only:
            # Paper is often for ourselves; only who printed knows whether the customer gets it.
            choices.append((_("The customer gets it"), partial(self._note_printed, laid)))
        self._bar.say(text, "good", choices)
        self.printed.emit(pages)

    def _note_printed(self, laid: LaidOut) -> None:
        """Make a version and a receipt of what was printed, as of any document given away."""
        workspace, pages = self._desk.workspace, laid.pages.count

        def work(progress: Progress) -> int:
            return note_printed(workspace, laid, pages)

        self._export.run(_("Noting the version"), work, self._on_noted)

    @Slot(object)
    def _on_noted(self, version: int) -> None:
        self._bar.say(_("Noted: the customer has version {n} on paper.").format(n=version), "good")

    @Slot(object)
    def _on_again(self, done: Any) -> None:
        path: Path = done.written.path
        text = ngettext(
            "Version {version} was saved again as “{name}”: {n} page.",
            "Version {version} was saved again as “{name}”: {n} pages.",
            done.written.pages,
        ).format(version=done.version, name=path.name, n=done.written.pages)
        choices: list[Choice] = [
            (_("Open"), partial(open_path, path)),
            (_("Show in folder"), partial(open_path, path.parent)),
        ]
        tone: Tone = "warning" if done.notices else "good"
        self._bar.say(" ".join((text, *done.notices)), tone, choices, str(path))

    def _connect(self) -> None:
        self._export.held.connect(self._on_held)
        self._export.delivered.connect(self._on_delivered)
        self._export.refused.connect(self._on_refused)
        self._export.print_asked.connect(self._on_print_asked)
        self._export.busy_changed.connect(self.busy_changed)


def _paper(request: DocumentRequest) -> DocumentRequest:
    """Return the request without what is not on the pages."""
    return replace(request, recipient="")


def open_path(path: Path) -> None:
    """Open a file or folder with the computer's own program."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def note_printed(workspace: Workspace, laid: LaidOut, pages: int) -> int:
    """Record version and receipt of a document that was printed; return the version.

    Raises UserError where the plan is another by now: its version would not be what is on paper.
    """
    import hashlib

    from csdesk.actions.revisions import Delivery, record_export
    from csdesk.queries.document_request import prepared_document

    request: DocumentRequest = laid.request
    prepared = workspace.read(prepared_document, request, today=today())
    if prepared.document != laid.document:
        raise UserError(
            _("The plan was changed since it was printed."),
            _("Print it again, then note it."),
        )
    made = replace(prepared.made, pages=pages, unshown=laid.unshown)
    delivery = Delivery(
        file_name=_("(printed)"), sha256=hashlib.sha256(laid.data).hexdigest(), made=made
    )
    version = prepared.document.view.version
    label = _("Version {n} given on paper").format(n=version)
    workspace.write(label, record_export, request, prepared, delivery)
    return version
