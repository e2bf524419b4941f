"""A field for a date as one types it, which shows what the words come to."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from csdesk.actions.editing import today
from csdesk.errors import UserError
from csdesk.i18n import _, current
from csdesk.insight.typed_dates import typed_date
from ui.theme import Look
from ui.widgets.typing_line import TypingLine

MARGIN = 9


class DateLine(TypingLine):
    """Takes 2026-12-05, 12/5, +2w, 来週金曜; Up and Down go a day on, with Shift a week."""

    day_entered = Signal(object)
    """The date typed, or None where the field was cleared; only where it is another one."""
    refused = Signal(object)
    """A UserError: what was typed is no date."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._day: dt.date | None = None
        self._refusal = ""
        self.setPlaceholderText(_("12/5, +2w, next friday…"))
        self.textEdited.connect(self._on_edited)
        self.editingFinished.connect(self._on_finished)

    @property
    def day(self) -> dt.date | None:
        """The date the field was last set to."""
        return self._day

    def set_day(self, day: dt.date | None, *, force: bool = False) -> None:
        """Show a date, unless somebody is typing here; `force` shows it all the same."""
        self._day = day
        self.store_shown(current().date(day), force=force)

    def read(self) -> dt.date | None:
        """Return the date typed. Raises UserError where it is none."""
        if not self.isModified():
            return self._day
        return typed_date(self.text(), today())

    def refuses(self) -> bool:
        """Tell whether what is typed is no date; if so, say so in the field and keep it."""
        try:
            self.read()
        except UserError as error:
            self._refusal = _("not a date")
            self.setToolTip(str(error))
            self.setAccessibleDescription(str(error))
            self.update()
            return True
        return False

    @Slot()
    def _on_edited(self) -> None:
        if self._refusal:
            self._refusal = ""
            self.setToolTip("")
            self.setAccessibleDescription("")
        self.update()

    @Slot()
    def _on_finished(self) -> None:
        if not self.isModified():
            return
        try:
            day = self.read()
        except UserError as error:
            self.refused.emit(error)
        else:
            before = self._day
            self.set_day(day, force=True)
            if day != before:
                self.day_entered.emit(day)

    def _preview(self) -> str:
        """Return what the words typed come to, where that is not what they say already."""
        if self._refusal:
            return f"⚠ {self._refusal}"
        if not (self.isModified() and self.hasFocus()):
            return ""
        try:
            day = self.read()
        except UserError:
            return ""
        words = current().date(day)
        return "" if day is None or words == self.text() else f"→ {words}"

    def _step(self, days: int) -> None:
        try:
            day = self.read() or today()
            day += dt.timedelta(days=days)
        except (UserError, OverflowError):
            return
        self.setText(current().date(day))
        self.setModified(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            week = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            size = 7 if week else 1
            self._step(size if event.key() == Qt.Key.Key_Up else -size)
        elif event.key() == Qt.Key.Key_Escape and self.isModified():
            self.show_stored()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        preview = self._preview()
        if not preview:
            return
        metrics = self.fontMetrics()
        room = self.width() - metrics.horizontalAdvance(self.text()) - 4 * MARGIN
        if metrics.horizontalAdvance(preview) > room and self._refusal:
            preview = "⚠"
        elif metrics.horizontalAdvance(preview) > room:
            return
        painter = QPainter(self)
        painter.setPen(self._look.colour("bad" if self._refusal else "accent"))
        inside = QRect(MARGIN, 0, self.width() - 2 * MARGIN, self.height())
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inside, int(side), preview)
        painter.end()
