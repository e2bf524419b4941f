"""Beside the document: what to check, its versions, what changed, and what came back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from csdesk.i18n import _
from csdesk.queries.customer_document import CustomerDocument
from ui.desk import Desk
from ui.pages.document.changes_panel import ChangesPanel
from ui.pages.document.check_panel import CheckPanel
from ui.pages.document.returned_panel import ReturnedPanel
from ui.pages.document.versions_panel import VersionsPanel

TABS = ("check", "versions", "changes", "returned")


class DocumentSide(QWidget):
    """Four panels, one of them in front."""

    place_asked = Signal(str, str)
    """Entity and id of an item to be shown in the plan."""
    again_asked = Signal(str, str)
    """The id of an export receipt whose file is to be written again, and that file's name."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build(desk)
        self._connect()

    @property
    def tab(self) -> str:
        """The name of the panel in front, one of TABS."""
        return TABS[self._tabs.currentIndex()]

    @property
    def check(self) -> CheckPanel:
        """The findings of the leak guard."""
        return self._check

    @property
    def versions(self) -> VersionsPanel:
        """The versions of the plan."""
        return self._versions

    @property
    def changes(self) -> ChangesPanel:
        """What changed since a version."""
        return self._changes

    @property
    def returned(self) -> ReturnedPanel:
        """A workbook that came back."""
        return self._returned

    def show_changes(self, revision_id: str) -> None:
        """Show what changed since a version."""
        self.open_tab("changes")
        self._changes.choose(revision_id)

    def show_document(self, document: CustomerDocument | None) -> None:
        """Let every panel show what belongs to a document."""
        for panel in self._panels:
            panel.show_document(document)
        if document is None:
            self._on_counted(0)

    @Slot(str)
    def open_tab(self, name: str) -> None:
        """Bring a panel to the front; an unknown name changes nothing."""
        if name in TABS:
            self._tabs.setCurrentIndex(TABS.index(name))

    def take_focus(self) -> None:
        """Let the keyboard work here."""
        self._tabs.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def ask_returned(self) -> None:
        """Ask for a workbook that came back."""
        self.open_tab("returned")
        self._returned.ask()

    @Slot(int)
    def _on_counted(self, serious: int) -> None:
        words = _("Check")
        self._tabs.setTabText(0, f"{words} ({serious})" if serious else words)

    @Slot(str)
    def _on_again(self, receipt_id: str) -> None:
        for version in self._versions.versions:
            for receipt in version.receipts:
                if receipt.id == receipt_id:
                    self.again_asked.emit(receipt_id, receipt.file_name)

    def _build(self, desk: Desk) -> None:
        self._tabs = QTabBar(self)
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setAccessibleName(_("Beside the document"))
        self._tabs.setProperty("kind", "narrow")
        for words in (_("Check"), _("Versions"), _("Changes"), _("Returned")):
            self._tabs.addTab(words)
        self._tabs.setUsesScrollButtons(False)  # then it asks for the room of all its words
        self._check = CheckPanel(desk, self)
        self._versions = VersionsPanel(desk, self)
        self._changes = ChangesPanel(desk, self)
        self._returned = ReturnedPanel(desk, self)
        self._panels = (self._check, self._versions, self._changes, self._returned)
        self._stack = QStackedWidget(self)
        for panel in self._panels:
            self._stack.addWidget(panel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._tabs)
        layout.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self._tabs.currentChanged.connect(self._stack.setCurrentIndex)
        self._check.counted.connect(self._on_counted)
        self._check.place_asked.connect(self.place_asked)
        self._changes.place_asked.connect(self.place_asked)
        self._versions.again_asked.connect(self._on_again)
        self._versions.compare_asked.connect(self.show_changes)
