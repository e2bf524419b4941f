"""What stands where a page would be that made a mistake; all others go on working."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from csdesk.i18n import _
from ui.theme import Look
from ui.widgets.empty_state import EmptyState


class FaultNotice(QWidget):
    """Says that the data is safe, and offers to try once more."""

    retried = Signal()
    """The page is to be made anew."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        again = QAction(self)
        again.triggered.connect(self.retried)
        state = EmptyState(
            look,
            "bug",
            _("CSDesk made a mistake here"),
            _(
                "Your data is safe: every edit was stored when you made it. Everything else goes "
                "on working; a report was kept, to be sent to the makers of CSDesk."
            ),
            ((_("Try again"), again),),
            self,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(state)
