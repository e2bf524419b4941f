"""Where the quick log opens above the list: closed until somebody logs or a draft waits for it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from csdesk.queries.accounts import AccountDetail
from ui.desk import Desk
from ui.pages.touchpoints.quick_log import QuickLog


class LogDrawer(QWidget):
    """Holds the quick log, open or closed."""

    toggled = Signal(bool)
    """Whether it is open now."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._detail: AccountDetail | None = None
        self._channel_before: str | None = None
        self.quick = QuickLog(desk, self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.quick)
        self.hide()
        self.quick.restored.connect(self._on_restored)

    @property
    def is_open(self) -> bool:
        """Whether the form is shown."""
        return not self.isHidden()

    def show_account(self, detail: AccountDetail, channel_before: str | None) -> None:
        """Show an account, which was met by `channel_before` last; a draft of it opens the form."""
        other = self._detail is None or detail.row.id != self._detail.row.id
        self._detail, self._channel_before = detail, channel_before
        if other:
            self.quick.leave_account()
            self.set_open(self.quick.has_draft_of(detail.row.id))
        if self.is_open:  # closed it needs to know nothing
            self.quick.show_account(detail, channel_before)

    @Slot()
    def start_log(self) -> None:
        """Open the form with now proposed; a draft goes on where it was."""
        self._start(is_ahead=False)

    @Slot()
    def start_plan(self) -> None:
        """Open the form for a meeting that lies ahead."""
        self._start(is_ahead=True)

    def set_open(self, is_open: bool) -> None:
        """Show the form, or put it away with all that is typed."""
        if is_open and self._detail is not None:
            self.quick.show_account(self._detail, self._channel_before)
        if is_open != self.is_open:
            self.setVisible(is_open)
            self.toggled.emit(is_open)

    @Slot(str)
    def _on_restored(self, account_id: str) -> None:
        if self._detail is not None and self._detail.row.id == account_id:
            self.start_log()

    def _start(self, *, is_ahead: bool) -> None:
        if self._detail is not None:
            self.set_open(True)
            self.quick.start(is_ahead=is_ahead)
