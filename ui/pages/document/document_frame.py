"""How the tab of the documents is arranged: options, pages, panels, and the lines above them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from csdesk.errors import UserError
from csdesk.i18n import _
from ui.desk import Desk
from ui.pages.document.document_head import DocumentHead
from ui.pages.document.document_side import DocumentSide
from ui.pages.document.layouts import LaidOut
from ui.pages.document.options_panel import OptionsPanel
from ui.pages.document.outcome_bar import OutcomeBar
from ui.pages.document.places import place_of
from ui.pages.document.preview import Preview
from ui.widgets.empty_state import EmptyState

SPLIT = [262, 620, 340]
"""Logical pixels of options, pages and panels until somebody moves them."""


class DocumentFrame(QWidget):
    """Holds the parts and shows one document in all of them."""

    place_asked = Signal(str, str)
    """Entity and id of an item to be shown in the plan."""
    plan_asked = Signal()
    """Whoever looks at an empty document wants to go where it is written."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._laid: LaidOut | None = None
        self._empty: EmptyState | None = None
        self._sizes = SPLIT
        look = desk.look
        self.head = DocumentHead(look, self)
        self.bar = OutcomeBar(look, self)
        self.options = OptionsPanel(look, self)
        self.preview = Preview(look, desk.drawing, self)
        self.side = DocumentSide(desk, self)
        self._build()
        self._connect()

    @property
    def laid(self) -> LaidOut | None:
        """What is in view."""
        return self._laid

    @property
    def empty_state(self) -> EmptyState | None:
        """What stands in the place of the pages; None where there are pages."""
        return self._empty if self._parts.currentWidget() is self._empty else None

    def show_laid_out(self, laid: LaidOut | None) -> None:
        """Show a document; None keeps the pages until there is something else to show."""
        if laid is not None and (self._laid is None or self._laid.pages is not laid.pages):
            self.preview.show_document(laid.pages, laid.places)
            self._parts.setCurrentWidget(self.preview)
        self._laid = laid
        self.head.show_laid_out(laid)
        self.side.show_document(laid.document if laid else None)

    def show_nothing(self, error: UserError) -> None:
        """Say in the place of the pages why there are none, and where to begin."""
        if self._empty is not None:
            self._parts.removeWidget(self._empty)
            self._empty.deleteLater()
        go = QAction(self)
        go.triggered.connect(self.plan_asked)
        words = "\n".join(part for part in (error.advice, _what_it_is_for()) if part)
        self._empty = EmptyState(
            self._desk.look, "file-text", error.message, words, ((_("Go to the plan"), go),)
        )
        go.setParent(self._empty)
        self._parts.addWidget(self._empty)
        self._parts.setCurrentWidget(self._empty)
        self.show_laid_out(None)

    @Slot()
    def show_check(self) -> None:
        """Bring the findings of the leak guard into view."""
        self._switch_side(True)
        self.side.open_tab("check")

    @Slot()
    def ask_returned(self) -> None:
        """Ask for a workbook that came back."""
        self._switch_side(True)
        self.side.ask_returned()

    def show_changes(self, revision_id: str) -> None:
        """Bring into view what changed since a version."""
        self._switch_side(True)
        self.side.show_changes(revision_id)

    def state(self) -> dict[str, Any]:
        """Return how it is arranged; plain values only."""
        return {
            "split": self._splitter.sizes() if self.side.isVisible() else self._sizes,
            "preview": self.preview.state(),
            "side": self.side.tab,
            "side_shown": not self.side.isHidden(),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take up what `state` returned."""
        split, preview = state.get("split"), state.get("preview")
        if isinstance(preview, dict):
            self.preview.restore(preview)
        if isinstance(split, list) and len(split) == 3 and all(isinstance(n, int) for n in split):
            self._sizes = split
            self._splitter.setSizes(split)
        self.side.open_tab(str(state.get("side", "")))
        self._switch_side(state.get("side_shown") is not False)

    @Slot(str, str)
    def _on_place(self, entity: str, item_id: str) -> None:
        document = self._laid.document if self._laid is not None else None
        place = place_of(document.view, entity, item_id) if document is not None else None
        if place is not None:
            self.place_asked.emit(*place)

    @Slot(bool)
    def _switch_side(self, is_on: bool) -> None:
        if not is_on and not self.side.isHidden() and self.side.isVisible():
            self._sizes = self._splitter.sizes()
        self.side.setVisible(is_on)
        self.head.show_side(is_on)

    @Slot()
    def _on_other_side(self) -> None:
        """Go from the options to the pages, to the panels, and back."""
        focus = QApplication.focusWidget()
        if focus is not None and self.options.isAncestorOf(focus):
            self.preview.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif (focus is not None and self.side.isAncestorOf(focus)) or self.side.isHidden():
            self.options.take_focus()
        elif focus is not None and self.preview.isAncestorOf(focus):
            self.side.take_focus()
        else:
            self.preview.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _build(self) -> None:
        self._parts = QStackedWidget(self)
        self._parts.addWidget(self.preview)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(12)
        for part in (self.options, self._parts, self.side):
            self._splitter.addWidget(part)
        for place, stretch in enumerate((0, 1, 0)):
            self._splitter.setStretchFactor(place, stretch)
        self._splitter.setSizes(SPLIT)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.head)
        layout.addWidget(self.bar)
        layout.addWidget(self._splitter, 1)
        self._switch_side(True)

    def _connect(self) -> None:
        self._desk.closed.connect(self.preview.close_documents)
        self.preview.place_clicked.connect(self._on_place)
        self.head.returned_asked.connect(self.ask_returned)
        self.head.side_switched.connect(self._switch_side)
        self.side.place_asked.connect(self.place_asked)
        other = QShortcut(QKeySequence(Qt.Key.Key_F6), self)
        other.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        other.activated.connect(self._on_other_side)


def _what_it_is_for() -> str:
    return _(
        "This page shows the document as the customer will get it: every goal, milestone and "
        "action that is meant for them appears here the moment it is written."
    )
