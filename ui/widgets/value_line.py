"""A line of text that stands for a value: what is typed is read when the typing ends.

What cannot be read stays where it is, so that it can be mended rather than typed again.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from csdesk.errors import UserError
from ui.widgets.typing_line import TypingLine


class ValueLine(TypingLine):
    """Reads what was typed with Enter or when the line is left; each kind of line says how."""

    refused = Signal(object)
    """A UserError: what was typed cannot be read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editingFinished.connect(self._on_finished)

    def read(self) -> Any:
        """Return the value typed. Raises UserError where it is none."""
        raise NotImplementedError

    @Slot()
    def _on_finished(self) -> None:
        if not self.isModified():
            return
        try:
            value = self.read()
        except UserError as error:
            self.refused.emit(error)
        else:
            self._take(value)

    def _take(self, value: Any) -> None:
        """Show a value that was typed, and tell of it where it is another one."""
        raise NotImplementedError
