"""A field for an exact number as one types or pastes it."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from csdesk.exchange.numerals import read_number
from csdesk.i18n import current
from ui.widgets.value_line import ValueLine


class NumberLine(ValueLine):
    """Takes 1,234.5, １２３４, 12%, 3.5万."""

    number_entered = Signal(object)
    """The Decimal typed, or None where the field was cleared; only where it is another one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number: Decimal | None = None
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def set_number(self, number: Decimal | None, *, force: bool = False) -> None:
        """Show a number, unless somebody is typing here; `force` shows it all the same."""
        self._number = number
        self.store_shown("" if number is None else current().number(number), force=force)

    def read(self) -> Decimal | None:
        """Return the number typed. Raises UserError where it is none."""
        if not self.isModified():
            return self._number
        read = read_number(self.text())
        return read.value if read else None

    def _take(self, value: Decimal | None) -> None:
        before = self._number
        self.set_number(value, force=True)
        if value != before:
            self.number_entered.emit(value)
