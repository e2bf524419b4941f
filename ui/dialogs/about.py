"""The window that says what this program is, and under which terms."""

from __future__ import annotations

from importlib import metadata

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from csdesk.i18n import _
from ui.widgets.wrapped_label import WrappedLabel


class AboutWindow(QDialog):
    """Names the program, its version, its licence and whose work it stands on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("About CSDesk"))
        title = QLabel(f"CSDesk {metadata.version('csdesk')}", self)
        title.setProperty("kind", "title")
        words = WrappedLabel(
            _(
                "Accounts, success plans and KPIs for customer success managers, in one file "
                "of your own. The program has no network code: nothing leaves this computer "
                "unless you send it."
            ),
            self,
        )
        terms = WrappedLabel(
            _(
                "MIT licence. Icons: Lucide (ISC). Fonts: Noto (SIL Open Font License). "
                "Window: Qt and PySide6 (LGPL)."
            ),
            self,
            "small",
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 22, 24, 18)
        layout.setSpacing(12)
        layout.addWidget(title)
        layout.addWidget(words)
        layout.addWidget(terms)
        layout.addWidget(buttons)
        self.setMinimumWidth(440)
