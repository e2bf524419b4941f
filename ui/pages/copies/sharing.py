"""What sharing a workspace means, offered as the first step; and what a round of it did."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from csdesk.i18n import _, ngettext
from csdesk.team.standing import Report
from ui.theme import Look
from ui.widgets.icon_label import IconLabel
from ui.widgets.wrapped_label import WrappedLabel


class ShareOffer(QFrame):
    """Explains in two sentences what happens and where to put the file; one press does it."""

    asked = Signal()

    def __init__(self, look: Look, document: str, parent: QWidget | None = None) -> None:
        """`document` is the file's name without its suffix, as the folder beside it is called."""
        super().__init__(parent)
        self.setProperty("kind", "card")
        heading = QLabel(_("Work on this file together"), self)
        heading.setProperty("kind", "heading")
        words = WrappedLabel(
            _(
                "CSDesk makes a folder “{folder}” beside the file; each computer leaves its "
                "changes there and takes those of the others, so nobody’s work is overwritten. "
                "Put the file and this folder where your team’s sync service or network drive "
                "reaches them, and let everybody open the file there."
            ).format(folder=f"{document}.csdesk-sync"),
            self,
        )
        self._button = QPushButton(_("Share this file with a team"), self)
        self._button.setProperty("kind", "primary")
        self._button.clicked.connect(self.asked)
        line = QHBoxLayout()
        line.addWidget(self._button)
        line.addStretch(1)
        text = QVBoxLayout()
        text.setSpacing(8)
        text.addWidget(heading)
        text.addWidget(words)
        text.addLayout(line)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 18)
        layout.setSpacing(18)
        layout.addWidget(IconLabel(look, "folder-sync", "accent", 32, self))
        layout.addLayout(text, 1)

    @property
    def button(self) -> QPushButton:
        """The button that shares it."""
        return self._button


def report_words(report: Report) -> str:
    """Say in a line what a round of the exchange did."""
    rows = sum(arrival.merged.added for arrival in report.arrivals)
    said = []
    if rows:
        said.append(ngettext("{n} change came in", "{n} changes came in", rows).format(n=rows))
    if report.delivered:
        count = report.delivered
        said.append(ngettext("{n} change went out", "{n} changes went out", count).format(n=count))
    return " · ".join(said) if said else _("Nothing new on either side.")
