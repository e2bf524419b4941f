"""A field for a target as one says it: 96, 120%, 20%増, keep."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from csdesk.errors import UserError
from csdesk.exchange.numerals import read_number
from csdesk.i18n import current
from csdesk.insight.typed_targets import UNKNOWN, Measured, TypedTarget, typed_target
from csdesk.model.vocabulary import TargetMode
from ui.widgets.value_line import ValueLine


class TargetLine(ValueLine):
    """Shows a target in the way it is meant; a plain number keeps that way."""

    target_entered = Signal(object)
    """The TypedTarget, or None where the field was cleared; only where it is another one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number: Decimal | None = None
        self._mode: str | None = None
        self._of = UNKNOWN
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def set_target(
        self,
        number: Decimal | None,
        mode: str | None,
        *,
        of: Measured = UNKNOWN,
        force: bool = False,
    ) -> None:
        """Show a target of what is measured; what somebody is typing here stays.

        `force` shows it all the same.
        """
        self._number, self._mode, self._of = number, mode, of
        self.store_shown(self._words(), force=force)

    def read(self) -> TypedTarget | None:
        """Return the target typed. Raises UserError where it is none."""
        if not self.isModified():
            return None if self._number is None else TypedTarget(self._number, self._known_mode())
        text = self.text().strip()
        if not text:
            return None
        try:
            read = read_number(text)
        except UserError:
            read = None
        plain = text[:1] not in "+＋" and read is not None and not read.is_percent
        if plain and read is not None:
            return TypedTarget(read.value, self._known_mode())
        return typed_target(text, mode=self._mode, of=self._of)

    def read_number(self) -> Decimal | None:
        """Return the number typed alone. Raises UserError where it is no target."""
        read = self.read()
        return None if read is None else read.value

    def _known_mode(self) -> TargetMode | None:
        return TargetMode(self._mode) if self._mode in set(TargetMode) else None

    def _words(self) -> str:
        if self._number is None:
            return ""
        text = current().number(self._number)
        if self._mode == TargetMode.PERCENT_OF_BASELINE:
            return f"{text}%"
        if self._mode == TargetMode.PERCENT_INCREASE:
            return f"{'+' if self._number >= 0 else ''}{text}%"
        return text

    def _take(self, value: TypedTarget | None) -> None:
        before = (self._number, self._mode)
        number = None if value is None else value.value
        mode = self._mode if value is None or value.mode is None else value.mode
        self.set_target(number, mode, of=self._of, force=True)
        if (number, mode) != before or (value is not None and value.direction is not None):
            self.target_entered.emit(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self.show_stored()
        else:
            super().keyPressEvent(event)
