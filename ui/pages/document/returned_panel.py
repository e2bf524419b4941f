"""A workbook that came back from the customer: what they changed, taken over line by line."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from csdesk.exchange.customer_workbook import WorkbookReview
from csdesk.i18n import _, current, ngettext
from csdesk.queries.customer_document import CustomerDocument
from ui.desk import Desk
from ui.pages.document.difference_card import DifferenceCard
from ui.pages.document.returned_review import ReturnedReview
from ui.pages.document.side_panel import SidePanel
from ui.widgets.file_drop import FileDrop
from ui.widgets.flow import Flow
from ui.widgets.wrapped_label import WrappedLabel

FIRST = 30
"""Differences that are shown before one asks for more of them."""


class ReturnedPanel(SidePanel):
    """Takes a workbook by a button or dropped here, and lists what the customer changed."""

    taken_over = Signal(int)
    """How many differences were just taken over."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("What came back"), parent)
        self._returned = ReturnedReview(desk, self)
        self._shown = FIRST
        self._build_head()
        self._connect()
        self._rebuild()

    @property
    def returned(self) -> ReturnedReview:
        """The workbook that is being decided on."""
        return self._returned

    @property
    def accept_button(self) -> QPushButton:
        """The button that takes over what is ticked."""
        return self._accept

    @property
    def choose_button(self) -> QPushButton:
        """The button that asks for a workbook."""
        return self._choose

    def cards(self) -> list[DifferenceCard]:
        """Return the cards of the list, from top to bottom."""
        items = [self._list.itemAt(at) for at in range(self._list.count())]
        widgets = [item.widget() for item in items if item is not None]
        return [one for one in widgets if isinstance(one, DifferenceCard)]

    def show_document(self, document: CustomerDocument | None) -> None:
        before = (self.account_id, self.plan_id)
        super().show_document(document)
        other = document is not None and before != (self.account_id, self.plan_id)
        if other and before != ("", ""):
            self._returned.put_away()

    @Slot(object)
    def read(self, path: Path) -> None:
        """Read a workbook, and list what it changes."""
        self._shown = FIRST
        self._returned.read(path, self.plan_id)

    @Slot()
    def ask(self) -> None:
        """Ask which workbook came back."""
        dialog = QFileDialog(self, _("Workbook that came back"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(_("Excel workbooks") + " (*.xlsx)")
        dialog.fileSelected.connect(self._on_file)
        dialog.open()

    @Slot()
    def accept(self) -> None:
        """Take over what is ticked."""
        count = self._returned.accept()
        if count:
            self.taken_over.emit(count)

    @Slot(str)
    def _on_file(self, name: str) -> None:
        self.read(Path(name))

    @Slot()
    def _on_more(self) -> None:
        self._shown += 4 * FIRST
        self._rebuild()

    @Slot()
    def _build_list(self) -> None:
        was = self._take_out()
        self._show_buttons()
        review = self._returned.review
        if self._returned.trouble:
            self._say(self._returned.trouble, "bad")
        if review is not None:
            self._add_review(review)
        elif self._returned.is_looking:
            self._say(_("Reading {name}…").format(name=self._returned.name))
        else:
            self._say(
                _(
                    "The workbook that the customer fills in comes back with their answers. "
                    "Choose it, or drop it here, to see what they changed."
                )
            )
        self._put_focus(was)

    def _add_review(self, review: WorkbookReview) -> None:
        sent = _("sent with v{n}").format(n=review.version) if review.version else ""
        self._say(" · ".join(part for part in (self._returned.name, sent) if part), "small")
        if review.notices:
            self._add(self._notices(review.notices))
        if not review.differences:
            self._say(_("Nothing in it differs from the plan."), "strong")
            return
        for difference in review.differences[: self._shown]:
            chosen = self._returned.is_chosen(difference.key)
            card = DifferenceCard(difference, chosen, self._inside)
            card.chosen.connect(self._returned.choose)
            self._add(card)
        left = len(review.differences) - self._shown
        if left > 0:
            words = ngettext("Show {n} more", "Show {n} more", left)
            more = self._link(
                words.format(n=current().number(left)), "more:", self._inside, kind="link"
            )
            more.clicked.connect(self._on_more)
            self._add(more)

    def _notices(self, notices: tuple[str, ...]) -> QFrame:
        frame = QFrame(self._inside)
        frame.setProperty("kind", "message")
        frame.setProperty("tone", "warning")
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(11, 8, 10, 9)
        layout.setSpacing(5)
        for notice in notices:
            layout.addWidget(WrappedLabel(notice, frame, "body"))
        return frame

    @Slot()
    def _show_buttons(self) -> None:
        review, chosen = self._returned.review, len(self._returned.chosen)
        count = len(review.differences) if review is not None else 0
        self._count.show_words(current().number(count) if count else "")
        words = ngettext("Take over {n}", "Take over {n}", chosen)
        self._accept.setText(words.format(n=current().number(chosen)))
        self._accept.setVisible(count > 0)
        self._accept.setEnabled(chosen > 0 and not self._desk.workspace.read_only)
        self._every.setVisible(count > 1)
        self._close.setVisible(review is not None)
        self._choose.setVisible(review is None)
        self._choose.setEnabled(review is None and not self._returned.is_looking)

    def _build_head(self) -> None:
        self._choose = QPushButton(_("Choose the workbook…"), self)
        self._accept = QPushButton(self)
        self._accept.setProperty("kind", "primary")
        self._every = QPushButton(_("All or none"), self)
        self._every.setToolTip(_("Ticks all that we did not change meanwhile, or nothing."))
        self._close = QPushButton(_("Put away"), self)
        self._close.setToolTip(_("What is not taken over stays in the file alone."))
        flow = Flow(self)
        for button in (self._choose, self._accept, self._every, self._close):
            button.setAutoDefault(False)
            flow.add(button)
        line = QHBoxLayout()
        line.setContentsMargins(14, 0, 12, 0)
        line.addWidget(flow)
        self._head.addLayout(line)

    def _connect(self) -> None:
        self._returned.changed.connect(self._rebuild)
        self._returned.ticked.connect(self._show_buttons)
        self._choose.clicked.connect(self.ask)
        self._accept.clicked.connect(self.accept)
        self._every.clicked.connect(self._returned.choose_every)
        self._close.clicked.connect(self._returned.put_away)
        drop = FileDrop(self)
        drop.hovered.connect(self._mark_over)
        drop.dropped.connect(self.read)

    @Slot(bool)
    def _mark_over(self, is_over: bool) -> None:
        self.setProperty("on", "yes" if is_over else "no")
        self.style().unpolish(self)
        self.style().polish(self)
