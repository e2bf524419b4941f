"""A field for a moment as one types it, which shows what the words come to."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from csdesk.errors import UserError
from csdesk.i18n import _, current
from csdesk.insight.typed_moments import typed_moment
from ui.theme import Look
from ui.widgets.preview_line import PreviewLine


class MomentLine(PreviewLine):
    """Takes yesterday 15:00, 昨日15時, 12/5 3pm; Up and Down go a day on, with Shift an hour."""

    moment_entered = Signal(object)
    """The moment typed; only where it is another one."""

    looking_back: bool
    """Whether a weekday alone is meant to lie behind."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._moment: dt.datetime | None = None
        self.looking_back = False
        self.setPlaceholderText(_("now, yesterday 15:00, 12/5 9:30…"))

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

    def _take(self, value: dt.datetime) -> None:
        before = self._moment
        self.set_moment(value, force=True)
        if value != before:
            self.moment_entered.emit(value)

    def _words_read(self) -> str:
        return current().moment(self.read())

    def _step(self, sign: int, *, far: bool) -> None:
        by = dt.timedelta(hours=sign) if far else dt.timedelta(days=sign)
        try:
            self.setText(current().moment(self.read() + by))
        except (UserError, OverflowError):
            return
        self.setModified(True)
