"""A field for a date as one types it, which shows what the words come to."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from csdesk.actions.editing import today
from csdesk.errors import UserError
from csdesk.i18n import _, current
from csdesk.insight.typed_dates import typed_date
from ui.theme import Look
from ui.widgets.preview_line import PreviewLine, Remark


class DateLine(PreviewLine):
    """Takes 2026-12-05, 12/5, +2w, 来週金曜; Up and Down go a day on, with Shift a week."""

    day_entered = Signal(object)
    """The date typed, or None where the field was cleared; only where it is another one."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._day: dt.date | None = None
        self._refusal = ""
        self.setPlaceholderText(_("12/5, +2w, next friday…"))
        self.textEdited.connect(self._on_edited)

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

    def _take(self, value: dt.date | None) -> None:
        before = self._day
        self.set_day(value, force=True)
        if value != before:
            self.day_entered.emit(value)

    def _words_read(self) -> str:
        return current().date(self.read())

    def _remark(self) -> Remark | None:
        if self._refusal:
            return Remark(f"⚠ {self._refusal}", "bad", "⚠")
        return super()._remark()

    def _step(self, sign: int, *, far: bool) -> None:
        try:
            day = self.read() or today()
            day += dt.timedelta(days=sign * (7 if far else 1))
        except (UserError, OverflowError):
            return
        self.setText(current().date(day))
        self.setModified(True)
