"""The line above a document: what it is, and the buttons that bring it out."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from csdesk.i18n import _, ngettext
from csdesk.model.vocabulary import DocumentKind
from ui.icons import icon
from ui.pages.document.layouts import LaidOut
from ui.theme import Look
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.pill import Pill


class DocumentHead(QWidget):
    """Tells what is in view and asks for what is done with it."""

    save_asked = Signal()
    print_asked = Signal()
    draft_asked = Signal()
    calendar_asked = Signal()
    workbook_asked = Signal()
    returned_asked = Signal()
    side_switched = Signal(bool)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._is_ready = False
        self._is_busy = False
        self._build()
        self._connect()
        self.show_laid_out(None)

    @property
    def words(self) -> str:
        """What is said of the document in view."""
        return self._words.whole

    @property
    def save_button(self) -> QPushButton:
        """The button that saves the document."""
        return self._save

    def show_laid_out(self, laid: LaidOut | None) -> None:
        """Show what is in view; None where there is nothing."""
        parts = []
        is_internal = laid is not None and laid.request.kind == DocumentKind.INTERNAL
        if laid is not None:
            count = laid.pages.count
            if laid.document is not None and laid.document.view.plan_id:
                parts.append(_("Version {n}").format(n=laid.document.view.version))
            parts.append(ngettext("{n} page", "{n} pages", count).format(n=count))
            if laid.unshown:
                parts.append(
                    ngettext(
                        "{n} character shown as 〓", "{n} characters shown as 〓", laid.unshown
                    ).format(n=laid.unshown)
                )
            if laid.unread_images:
                parts.append(_("a logo cannot be read"))
        self._words.show_text(" · ".join(parts))
        self._internal.show_words(_("Not for the customer") if is_internal else "", "warning")
        self._is_ready = laid is not None
        for action in (self._draft, self._calendar, self._workbook, self._returned):
            action.setVisible(not is_internal)
        for action in (self._calendar, self._workbook, self._returned):
            action.setEnabled(laid is not None and laid.has_version)
        self._more.setVisible(not is_internal)
        self._offer()

    @Slot(bool)
    def show_busy(self, is_busy: bool) -> None:
        """Let no second document go out while one is on its way."""
        self._is_busy = is_busy
        self._offer()

    def show_side(self, is_on: bool) -> None:
        """Show whether the panel beside the document is there."""
        self._side.setChecked(is_on)

    def _offer(self) -> None:
        possible = self._is_ready and not self._is_busy
        for button in (self._save, self._print, self._more):
            button.setEnabled(possible)

    def _build(self) -> None:
        self._words = ElidedLabel(self)
        self._words.setProperty("kind", "muted")
        self._internal = Pill(self)
        self._save = QPushButton(_("Save PDF…"), self)
        self._save.setProperty("kind", "primary")
        self._print = QPushButton(_("Print…"), self)
        self._more = QPushButton(_("Hand over"), self)
        self._more.setProperty("menu", "yes")
        menu = QMenu(self._more)
        self._draft = menu.addAction(icon(self._look, "mail"), _("Mail draft with the PDF…"))
        self._calendar = menu.addAction(icon(self._look, "calendar"), _("Calendar file…"))
        menu.addSeparator()
        self._workbook = menu.addAction(
            icon(self._look, "file-spreadsheet"), _("Workbook for the customer…")
        )
        self._returned = menu.addAction(
            icon(self._look, "file-input"), _("Take in a returned workbook…")
        )
        self._more.setMenu(menu)
        self._side = QToolButton(self)
        self._side.setIcon(icon(self._look, "panel-right", "muted", "accent"))
        self._side.setCheckable(True)
        self._side.setToolTip(_("Check, versions and changes"))
        self._side.setAccessibleName(_("Check, versions and changes"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._words, 1)
        layout.addWidget(self._internal)
        for widget in (self._more, self._print, self._save, self._side):
            layout.addWidget(widget)

    def _connect(self) -> None:
        self._save.clicked.connect(self.save_asked)
        self._print.clicked.connect(self.print_asked)
        self._draft.triggered.connect(self.draft_asked)
        self._calendar.triggered.connect(self.calendar_asked)
        self._workbook.triggered.connect(self.workbook_asked)
        self._returned.triggered.connect(self.returned_asked)
        self._side.toggled.connect(self.side_switched)
