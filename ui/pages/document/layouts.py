"""Lays a document out while one looks on: soon after a change, off the interface thread.

Only the newest wish counts. One that is overtaken is told to stop, and where the content turns out
to be the same as before, nothing is laid out at all: the same document gives the same pages.
"""

from __future__ import annotations

import datetime as dt
import gc
import importlib
from dataclasses import dataclass
from functools import cache
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model.vocabulary import CUSTOMER_KINDS
from csdesk.progress import Progress
from csdesk.queries.customer_document import CustomerDocument
from csdesk.queries.customer_rows import CustomerPlan
from csdesk.queries.document_request import DocumentRequest, customer_document
from csdesk.workspace.workspace import Workspace
from ui.desk import Desk
from ui.pages.document.pdf_pages import PdfPages
from ui.pages.document.place_map import PlaceMap, names_of
from ui.tasks import Task

PAUSE = 60
"""Milliseconds in which several changes become one layout."""

_LARGE = (
    "csdesk.report.exporting",
    "csdesk.report.matplotlib_canvas",
    "matplotlib.figure",
    "pypdfium2",
)


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A document ready to be looked at."""

    request: DocumentRequest
    document: CustomerDocument | None
    """None for a document that is not for the customer."""
    pages: PdfPages
    places: PlaceMap
    data: bytes
    """The PDF itself, as it would be saved without a password."""
    unshown: int
    """How many characters no font could draw."""
    unread_images: int = 0
    """How many logos are no pictures and were left out."""

    @property
    def has_version(self) -> bool:
        """Tell whether it is a version of a plan, which can be recorded and filled in."""
        return self.document is not None and bool(self.document.view.plan_id)


class Layouts(QObject):
    """Takes wishes for one preview."""

    ready = Signal(object)
    """A LaidOut; who takes it closes its pages."""
    unchanged = Signal(object)
    """The DocumentRequest: what is in view is what was wished for."""
    refused = Signal(object)
    """A UserError: there is nothing to lay out."""
    busy_changed = Signal(bool)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wish: tuple[DocumentRequest, dt.date] | None = None
        self._running: Task | None = None
        self._last: LaidOut | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._start)

    @property
    def is_busy(self) -> bool:
        """Tell whether a wish is not answered yet."""
        return self._running is not None or self._pause.isActive()

    def ask(self, request: DocumentRequest, today: dt.date) -> None:
        """Lay out this instead of whatever was wished for before."""
        self._wish = (request, today)
        self._pause.start()

    def forget(self) -> None:
        """Wish for nothing, and forget what was laid out last."""
        self.pause()
        self._last = None

    def pause(self) -> None:
        """Lay nothing out until the next wish; what was laid out is still known."""
        self._pause.stop()
        self._drop()

    def _drop(self) -> None:
        if self._running is not None:
            self._running.cancel()
            self._running = None
            self.busy_changed.emit(False)

    @Slot()
    def _start(self) -> None:
        assert self._wish is not None, "the pause begins with a wish"
        self._drop()
        (request, today), workspace, last = self._wish, self._desk.workspace, self._last

        def work(progress: Progress) -> LaidOut | DocumentRequest:
            return lay_out_document(workspace, request, today, last, progress)

        task = self._desk.layouts.prepare(_("Laying out the document"), work)
        task.succeeded.connect(self._on_ready)
        task.failed.connect(self._on_refused)
        task.finished.connect(self._on_finished)
        self._running = task
        self.busy_changed.emit(True)
        self._desk.layouts.start(task)

    @Slot(object)
    def _on_ready(self, found: Any) -> None:
        if self.sender() is not self._running:
            if isinstance(found, LaidOut):
                found.pages.close()  # nobody has drawn of it, so there is nothing to wait for
        elif isinstance(found, LaidOut):
            self._last = found
            self.ready.emit(found)
        else:
            self.unchanged.emit(found)

    @Slot(object)
    def _on_refused(self, error: object) -> None:
        if self.sender() is self._running:
            self._last = None
            self.refused.emit(error)

    @Slot()
    def _on_finished(self) -> None:
        if self.sender() is self._running:
            self._running = None
            self.busy_changed.emit(False)


def lay_out_document(
    workspace: Workspace,
    request: DocumentRequest,
    today: dt.date,
    last: LaidOut | None,
    progress: Progress,
) -> LaidOut | DocumentRequest:
    """Lay out a document and open it; return the request where `last` shows the same already.

    Raises UserError where there is nothing to lay out, CancelledError from `progress`.
    """
    load_libraries()
    from csdesk.report.customer_document import customer_document_bytes
    from csdesk.report.exporting import internal_document_bytes

    progress.report(0, None)
    document = None
    if request.kind in CUSTOMER_KINDS:
        document = workspace.read(customer_document, request, today=today)
        if last is not None and last.document == document:
            return request
        if is_bare(document.view):
            raise UserError(
                _("There is nothing in the plan yet."),
                _("Write where the customer wants to be, or add the first goal."),
            )
        progress.report(0, None)
        made = customer_document_bytes(document, progress)
    else:
        made = internal_document_bytes(workspace, request, today=today, progress=progress)
    progress.report(0, None)
    names = names_of(document.view) if document is not None else {}
    places = PlaceMap(made.places, names)
    pages = PdfPages(made.data)
    return LaidOut(request, document, pages, places, made.data, made.unshown, made.unread_images)


def is_bare(view: CustomerPlan) -> bool:
    """Tell whether a document would have a cover and nothing worth a page behind it."""
    written = (view.background, view.to_be, view.success_statement)
    listed = (view.goals, view.actions, view.kpis, view.risks, view.feedback)
    return not any(written) and not any(listed)


@cache
def load_libraries() -> None:
    """Load what lays out text and charts, once; it is large and the program's start goes without.

    What is loaded then stays for good, so the garbage collector need not look at it again: looking
    through it stops the window for a tenth of a second, while loading and every few documents.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        for name in _LARGE:
            importlib.import_module(name)
    finally:
        if was_on:
            gc.enable()
    gc.freeze()
