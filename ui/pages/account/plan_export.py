"""Writing a success plan as PDF from the window: where to, how far, and what to do with it."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QWidget,
)

from csdesk.actions.editing import today
from csdesk.i18n import Translator, _, ngettext
from csdesk.model.vocabulary import DocumentKind
from csdesk.progress import Progress
from csdesk.queries.accounts import AccountDetail
from csdesk.queries.customer_document import CustomerDocument
from ui.desk import Desk
from ui.icons import icon, pixmap


class PlanExport(QFrame):
    """Asks for a place, writes in the background, and tells in a line what became of it."""

    busy_changed = Signal(bool)
    written = Signal(object)
    """The path of the PDF."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._path: Path | None = None
        self._build()
        self.hide()

    def ask(self, detail: AccountDetail, plan_id: str | None, language: str) -> None:
        """Ask where to write; an existing file is replaced only after a question."""
        dialog = QFileDialog(self, _("Export the success plan as PDF"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(_("PDF document (*.pdf)"))
        dialog.setDefaultSuffix("pdf")
        place = QStandardPaths.StandardLocation.DocumentsLocation
        dialog.setDirectory(QStandardPaths.writableLocation(place))
        dialog.selectFile(file_name(detail.row.name, language))
        account_id = detail.row.id
        dialog.fileSelected.connect(
            lambda name: self.write(account_id, plan_id, language, Path(name))
        )
        dialog.open()

    def write(self, account_id: str, plan_id: str | None, language: str, path: Path) -> None:
        """Write the plan to `path` in the background."""
        workspace, day = self._desk.workspace, today()

        def work(progress: Progress) -> tuple[Path, int, int]:
            # Laying out text and charts loads large libraries, so only here.
            from csdesk.queries.customer_plan import customer_plan
            from csdesk.report.customer_document import customer_document_bytes
            from csdesk.report.document import keep

            view = workspace.read(customer_plan, plan_id, account_id, today=day)
            document = CustomerDocument(DocumentKind.CUSTOMER, language, view)
            done = keep(customer_document_bytes(document, progress), path)
            return done.path, done.pages, done.unshown

        task = self._desk.work(_("Writing the success plan"), work)
        task.succeeded.connect(self._on_written)
        task.finished.connect(self._on_finished)
        self.close_bar()
        self.busy_changed.emit(True)
        self._desk.tasks.start(task)

    @Slot()
    def close_bar(self) -> None:
        """Take the line away."""
        self._path = None
        self.hide()

    @Slot()
    def open_file(self) -> None:
        """Open the PDF with the computer's own program."""
        if self._path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path)))

    @Slot()
    def open_folder(self) -> None:
        """Open the folder the PDF is in."""
        if self._path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path.parent)))

    @Slot(object)
    def _on_written(self, result: tuple[Path, int, int]) -> None:
        path, pages, unshown = result
        self._path = path
        text = ngettext(
            "The plan was saved as {name}, {n} page.",
            "The plan was saved as {name}, {n} pages.",
            pages,
        ).format(name=path.name, n=pages)
        if unshown:
            text += " " + ngettext(
                "{n} character that no font has is shown as 〓.",
                "{n} characters that no font has are shown as 〓.",
                unshown,
            ).format(n=unshown)
        self._text.setText(text)
        self._text.setToolTip(str(path))
        self.setAccessibleName(text)
        picture = pixmap(self._desk.look, "circle-check", "good", 18, self.devicePixelRatioF())
        self._icon.setPixmap(picture)
        self.show()
        self.written.emit(path)

    @Slot()
    def _on_finished(self) -> None:
        self.busy_changed.emit(False)

    def _build(self) -> None:
        self.setProperty("kind", "message")
        self.setProperty("tone", "good")
        self._icon = QLabel(self)
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        opens = QPushButton(_("Open"), self)
        shows = QPushButton(_("Show in folder"), self)
        for button in (opens, shows):
            button.setProperty("kind", "link")
        close = QToolButton(self)
        close.setIcon(icon(self._desk.look, "x"))
        close.setAccessibleName(_("Close the message"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 5, 6, 5)
        layout.addWidget(self._icon)
        layout.addWidget(self._text, 1)
        layout.addWidget(opens)
        layout.addWidget(shows)
        layout.addWidget(close)
        opens.clicked.connect(self.open_file)
        shows.clicked.connect(self.open_folder)
        close.clicked.connect(self.close_bar)


def file_name(account: str, language: str) -> str:
    """Suggest a file name: the account and what it is, in the document's language."""
    plain = " ".join(re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", account).split()).strip(" .")[:80]
    title = Translator(language)("Success plan")
    return f"{plain or 'CSDesk'} - {title}.pdf"
