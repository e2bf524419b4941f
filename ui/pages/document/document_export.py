"""Brings a document out of the program: checked for leaks first, then saved, mailed or printed.

Nothing here asks in a box of its own but the system's dialogs for a place and a printer. A check
that finds something serious holds the document back until somebody says to go on; it is repeated
when the file is written, for the plan may have changed while the dialog was open.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from csdesk.actions.editing import today
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model.document_setup import PLAIN_SETUP
from csdesk.model.vocabulary import CUSTOMER_KINDS, DocumentKind
from csdesk.progress import Progress
from csdesk.queries.customer_document import CustomerDocument
from csdesk.queries.document_request import DocumentRequest, customer_document
from csdesk.queries.leak_guard import Finding, leak_findings
from csdesk.queries.leak_guard_matches import Gravity
from csdesk.workspace.workspace import Workspace
from ui.desk import Desk


class Goal(Enum):
    """What a document is brought out for."""

    FILE = "file"
    DRAFT = "draft"
    """A file, and a mail draft beside it that has it attached."""
    PRINT = "print"
    CALENDAR = "calendar"
    """What the customer wants to see in a calendar (.ics)."""
    WORKBOOK = "workbook"
    """What the customer fills in and sends back (.xlsx)."""

    @property
    def suffix(self) -> str:
        """How the names of its files end."""
        return {Goal.CALENDAR: ".ics", Goal.WORKBOOK: ".xlsx"}.get(self, ".pdf")

    @property
    def is_pdf(self) -> bool:
        """Tell whether a PDF goes out, which makes a version and a receipt."""
        return self in (Goal.FILE, Goal.DRAFT)


@dataclass(frozen=True, slots=True)
class Order:
    """A wish to bring a document out."""

    request: DocumentRequest
    account: str
    """The customer's name, for the name of the file."""
    goal: Goal = Goal.FILE
    password: str = ""
    to: str = ""
    """The mail address of the recipient, where it is known."""
    accepted: frozenset[str] = frozenset()
    """Keys of findings somebody has seen and goes on with all the same."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """A file that was written."""

    order: Order
    path: Path
    pages: int = 0
    """How many pages it has; 0 for a file without pages."""
    version: int | None = None
    """The version that was recorded; None where none was."""
    unshown: int = 0
    notices: tuple[str, ...] = ()
    document: CustomerDocument | None = None
    sha256: str = ""
    """Of the bytes that were written; empty for a file that is no document."""


@dataclass(frozen=True, slots=True)
class Held:
    """What keeps a document for a customer from going out without a word."""

    order: Order
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that could not be written."""

    order: Order
    path: Path
    error: UserError
    was_there: bool
    """Whether a file of that name was there before, which may be open elsewhere."""


class DocumentExport(QObject):
    """Works one order after the other in the background."""

    held = Signal(object)
    """A Held: nothing was written."""
    delivered = Signal(object)
    """A Delivered."""
    refused = Signal(object)
    """A Refused."""
    print_asked = Signal(object)
    """An Order to print that was checked."""
    busy_changed = Signal(bool)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._open = 0
        self.folder = ""
        """The folder that was used last; empty for the computer's folder of documents."""

    def begin(self, order: Order) -> None:
        """Check a document, then ask for a place; serious findings are told instead."""
        workspace, day = self._desk.workspace, today()

        def check(progress: Progress) -> Held | tuple[Order, int | None]:
            if order.request.kind not in CUSTOMER_KINDS:
                return order, None
            document = workspace.read(customer_document, order.request, today=day)
            found = open_findings(workspace, as_shown(document, order.goal), order.accepted)
            version = document.view.version if document.view.plan_id else None
            return Held(order, found) if found else (order, version)

        task = self._desk.work(_("Checking the document"), check)
        task.succeeded.connect(self._on_checked)
        self._start(task)

    def write(self, order: Order, path: Path) -> None:
        """Write a document to `path` in the background, with version and receipt."""
        self.folder = str(path.parent)
        workspace, day, was_there = self._desk.workspace, today(), path.exists()

        def work(progress: Progress) -> Held | Delivered | Refused:
            try:
                return _written(workspace, order, path, day, progress)
            except UserError as error:
                return Refused(order, path, error, was_there)

        task = self._desk.work(_("Writing the document"), work)
        task.succeeded.connect(self._on_written)
        self._start(task)

    def run(self, title: str, work: Callable[[Progress], Any], then: Callable[[Any], None]) -> None:
        """Do other work on documents in the background; its user errors go to the message bar.

        `then` is a slot of a QObject: it is not called once that is gone.
        """
        task = self._desk.work(title, work)
        task.succeeded.connect(then)
        self._start(task)

    def ask_place(self, title: str, name: str, kind: str, then: Callable[[Path], None]) -> None:
        """Ask where a file is to be written; `kind` is a filter such as "PDF (*.pdf)"."""
        dialog = QFileDialog(self._window, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setNameFilter(kind)
        dialog.setDirectory(self._place())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
        dialog.open()

    @Slot(object)
    def _on_checked(self, found: Any) -> None:
        if isinstance(found, Held):
            self.held.emit(found)
            return
        order, version = found
        if order.goal is Goal.PRINT:
            self.print_asked.emit(order)
            return
        # Loaded with the documents only, like all of csdesk.report.
        from csdesk.report.file_names import file_name_for

        request = order.request
        suffix = order.goal.suffix
        name = file_name_for(
            order.account, request.kind.value, request.language, version, suffix=suffix
        )
        title, kind = {
            ".ics": (_("Save the calendar file"), _("Calendar (*.ics)")),
            ".xlsx": (_("Save the workbook for the customer"), _("Workbook (*.xlsx)")),
        }.get(suffix, (_("Save the document as PDF"), _("PDF document (*.pdf)")))
        self.ask_place(title, name, kind, partial(self.write, order))

    @Slot(object)
    def _on_written(self, found: Any) -> None:
        if isinstance(found, Held):
            self.held.emit(found)
        elif isinstance(found, Refused):
            self.refused.emit(found)
        else:
            self.delivered.emit(found)

    @Slot()
    def _on_finished(self) -> None:
        self._open -= 1
        if not self._open:
            self.busy_changed.emit(False)

    def _start(self, task: Any) -> None:
        task.finished.connect(self._on_finished)
        self._open += 1
        self.busy_changed.emit(True)
        self._desk.tasks.start(task)

    def _place(self) -> str:
        if self.folder and Path(self.folder).is_dir():
            return self.folder
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        return QStandardPaths.writableLocation(documents)


def as_shown(document: CustomerDocument, goal: Goal) -> CustomerDocument:
    """Return the document as the check has to read it: files beside the PDF have all sections."""
    if goal in (Goal.CALENDAR, Goal.WORKBOOK):
        return replace(document, kind=DocumentKind.CUSTOMER, setup=PLAIN_SETUP)
    return document


def open_findings(
    workspace: Workspace, document: CustomerDocument, accepted: frozenset[str]
) -> tuple[Finding, ...]:
    """Return what is serious, was never acknowledged, and is not accepted this time either."""
    return tuple(
        one
        for one in workspace.read(leak_findings, document)
        if one.severity == Gravity.SERIOUS and not one.is_acknowledged and one.key not in accepted
    )


def accepting(held: Held) -> Order:
    """Return the order that goes on in spite of what was found."""
    keys = frozenset(one.key for one in held.findings)
    return replace(held.order, accepted=held.order.accepted | keys)


def _written(
    workspace: Workspace, order: Order, path: Path, day: Any, progress: Progress
) -> Held | Delivered:
    from csdesk.report.exporting import export_document, export_internal

    request = order.request
    if request.kind not in CUSTOMER_KINDS:
        written = export_internal(
            workspace, request, path, today=day, progress=progress, password=order.password
        )
        return Delivered(order, written.path, written.pages, None, written.unshown)
    assert order.goal is not Goal.PRINT, "paper is no file"
    document = workspace.read(customer_document, request, today=day)
    found = open_findings(workspace, as_shown(document, order.goal), order.accepted)
    if found:
        return Held(order, found)
    if not order.goal.is_pdf:
        _write_file(order.goal, document, path)
        return Delivered(order, path, document=document)
    done = export_document(
        workspace,
        request,
        path,
        today=day,
        progress=progress,
        password=order.password,
        checked=document,
    )
    written = done.written
    return Delivered(
        order,
        written.path,
        written.pages,
        done.version,
        written.unshown,
        done.notices,
        done.document,
        written.sha256,
    )


def _write_file(goal: Goal, document: CustomerDocument, path: Path) -> None:
    """Write a file that goes with a document; raises UserError where it cannot be written."""
    if goal is Goal.WORKBOOK:
        from csdesk.exchange.customer_workbook import write_workbook

        write_workbook(document, path)
    else:
        from csdesk.exchange.calendar_file import calendar_bytes
        from csdesk.report.output import write_whole

        write_whole(calendar_bytes(document), path)


def write_draft(done: Delivered) -> Path:
    """Write a mail draft with the file attached beside it; return its path.

    Raises UserError where it cannot be written, or where the file is gone meanwhile.
    """
    from csdesk.exchange.mail_draft import mail_draft_bytes
    from csdesk.report.file_names import free_name
    from csdesk.report.output import explained, write_whole

    assert done.document is not None, "only a customer gets mail"
    try:
        data = done.path.read_bytes()
    except OSError as trouble:
        raise explained(trouble, done.path) from trouble
    if hashlib.sha256(data).hexdigest() != done.sha256:
        raise UserError(
            _("“{name}” is another file by now.").format(name=done.path.name),
            _("Save the document again, then write the mail."),
        )
    target = done.path.with_suffix(".eml")
    if target.exists():
        target = free_name(target)
    draft = mail_draft_bytes(
        done.document,
        data,
        done.path.name,
        to=done.order.to,
        recipient=done.order.request.recipient,
    )
    write_whole(draft, target)
    return target
