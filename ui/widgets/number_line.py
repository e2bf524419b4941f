"""A field for an exact number as one types or pastes it."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from csdesk.errors import UserError
from csdesk.exchange.numerals import read_number
from csdesk.i18n import current


class NumberLine(QLineEdit):
    """Takes 1,234.5, １２３４, 12%, 3.5万."""

    number_entered = Signal(object)
    """The Decimal typed, or None where the field was cleared; only where it is another one."""
    refused = Signal(object)
    """A UserError: what was typed is no number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number: Decimal | None = None
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.editingFinished.connect(self._on_finished)

    def set_number(self, number: Decimal | None) -> None:
        """Show a number, unless somebody is typing here."""
        self._number = number
        if not (self.hasFocus() and self.isModified()):
            self.setText("" if number is None else current().number(number))

    @Slot()
    def _on_finished(self) -> None:
        if not self.isModified():
            return
        try:
            read = read_number(self.text())
        except UserError as error:
            self.refused.emit(error)
            return
        number = read.value if read else None
        self.setModified(False)
        self.setText("" if number is None else current().number(number))
        if number != self._number:
            self._number = number
            self.number_entered.emit(number)
