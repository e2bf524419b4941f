"""A field for a moment as one types it, which shows what the words come to."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from csdesk.errors import UserError
from csdesk.i18n import _, current
from csdesk.insight.typed_moments import typed_moment
from ui.theme import Look
from ui.widgets.typing_line import TypingLine

MARGIN = 9
"""Pixels between the field's frame and its text."""


class MomentLine(TypingLine):
    """Takes yesterday 15:00, 昨日15時, 12/5 3pm; Up and Down go a day on, with Shift an hour."""

    moment_entered = Signal(object)
    """The moment typed; only where it is another one."""
    refused = Signal(object)
    """A UserError: what was typed is no moment."""

    looking_back: bool
    """Whether a weekday alone is meant to lie behind."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._moment: dt.datetime | None = None
        self.looking_back = False
        self.setPlaceholderText(_("now, yesterday 15:00, 12/5 9:30…"))
        self.textEdited.connect(self.update)
        self.editingFinished.connect(self._on_finished)

    @property
    def moment(self) -> dt.datetime | None:
        """The moment the field was last set to."""
        return self._moment

    def set_moment(self, moment: dt.datetime | None, *, force: bool = False) -> None:
        """Show a moment in local time, unless somebody is typing; `force` shows it all the same."""
        self._moment = moment
        self.store_shown("" if moment is None else current().moment(moment), force=force)

    def read(self) -> dt.datetime:
        """Return the moment typed, in UTC. Raises UserError where it is none."""
        if not self.isModified() and self._moment is not None:
            return self._moment.astimezone(dt.UTC)
        now = dt.datetime.now(dt.UTC)
        usual = dt.time(10) if self._moment is None else self._moment.astimezone().time()
        back = self.looking_back
        return typed_moment(self.text(), now, usual=usual, looking_back=back).astimezone(dt.UTC)

    @Slot()
    def _on_finished(self) -> None:
        if not self.isModified():
            return
        try:
            moment = self.read()
        except UserError as error:
            self.refused.emit(error)
        else:
            before = self._moment
            self.set_moment(moment, force=True)
            if moment != before:
                self.moment_entered.emit(moment)

    def _preview(self) -> str:
        """Return what the words typed come to, where that is not what they say already."""
        if not (self.isModified() and self.hasFocus() and self.text().strip()):
            return ""
        try:
            words = current().moment(self.read())
        except UserError:
            return ""
        return "" if words == self.text() else f"→ {words}"

    def _step(self, **by: int) -> None:
        try:
            moment = self.read() + dt.timedelta(**by)
            self.setText(current().moment(moment))
        except (UserError, OverflowError):
            return
        self.setModified(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        sign = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if sign and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._step(hours=sign)
        elif sign:
            self._step(days=sign)
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
        if metrics.horizontalAdvance(preview) > room:
            return
        painter = QPainter(self)
        painter.setPen(self._look.colour("accent"))
        inside = QRect(MARGIN, 0, self.width() - 2 * MARGIN, self.height())
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inside, int(side), preview)
        painter.end()
