"""The bar that asks whether more is to be shifted, by how much, and why; never a dialog."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from csdesk.errors import UserError
from csdesk.i18n import _, ngettext
from ui.theme import Look
from ui.typed_forms import field_values, set_field_values
from ui.widgets.choice_box import ElidedBox
from ui.widgets.date_line import DateLine
from ui.widgets.flow import Flow
from ui.widgets.number_line import NumberLine
from ui.widgets.wrapped_label import WrappedLabel

MOST_DAYS = 3650
"""Days by which a schedule can be shifted at once."""
WEEK, WORKING_WEEK = 7, 5


class ShiftBar(QFrame):
    """Asks about followers of an item, or about a whole schedule; Enter shifts, Escape leaves."""

    changed = Signal()
    """Other items or other dates are wanted: the preview is no longer right."""
    applied = Signal()
    left = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setProperty("kind", "message")
        self.setProperty("tone", "accent")
        self._build()
        self._connect()
        self.show_count(0)
        self.hide()

    @property
    def keeps_working_days(self) -> bool:
        """Whether to count in working days."""
        return self._working.isChecked()

    @property
    def reason(self) -> str:
        """Why, as typed."""
        return self._reason.text().strip()

    @property
    def scope(self) -> str:
        """The id of the goal or milestone to shift with all below it; empty for the plan."""
        return str(self._scope.currentData() or "")

    @property
    def since(self) -> dt.date | None:
        """The day from which on dates move; None for all. Raises UserError where it is none."""
        return self._since.read()

    @property
    def days(self) -> int:
        """By how many days to shift, working days where these are kept.

        Raises UserError where what is typed is no whole number of days, or too many.
        """
        week = WORKING_WEEK if self.keeps_working_days else WEEK
        days = (self._amount.read() or Decimal(0)) * (week if self._unit.currentData() else 1)
        if days != int(days) or abs(days) > MOST_DAYS:
            raise UserError(
                _("A schedule shifts by whole days, at most {most}.").format(most=MOST_DAYS),
                _("Type a number such as 2 or -3."),
            )
        return int(days)

    @property
    def takes_end_along(self) -> bool:
        """Whether the plan's end moves too."""
        return not self._end.isHidden() and self._end.isChecked()

    @property
    def is_about_schedule(self) -> bool:
        """Whether a whole schedule is asked about, and not what follows one item."""
        return not self._fields.isHidden()

    def ask_about_followers(self, words: str) -> None:
        """Ask whether what follows an item is to be shifted too."""
        self._fields.hide()
        self._end.hide()
        self._open(words)

    def ask_about_schedule(self, scopes: Sequence[tuple[str, str]], chosen: str) -> None:
        """Ask by how much to shift a plan or a part of it: pairs of title and id."""
        self._scope.clear()
        for title, item_id in scopes:
            self._scope.addItem(title, item_id)
        self._scope.setCurrentIndex(max(self._scope.findData(chosen), 0))
        self._fields.show()
        self._open(_("Shift the schedule: what is open moves, what is done stays."))

    def take_keyboard(self) -> None:
        """Put the cursor where one types by how much to shift."""
        self._amount.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._amount.selectAll()

    def typed(self) -> dict[str, Any]:
        """Return what is typed and chosen here."""
        return {"scope": self.scope, "fields": field_values(self)}

    def take_up(self, typed: Mapping[str, Any]) -> None:
        """Show again what `typed` returned; a part that is gone gives way to the whole plan."""
        set_field_values(self, typed["fields"])
        self._scope.setCurrentIndex(max(self._scope.findData(typed["scope"]), 0))

    def offer_end(self, *, is_there: bool) -> None:
        """Offer to move the plan's end too, where that makes sense."""
        self._end.setVisible(is_there)

    def show_count(self, count: int, note: str = "") -> None:
        """Say how many items would move, and a note such as their dates."""
        text = ngettext("Shift {n} item", "Shift {n} items", count).format(n=count)
        self._apply.setText(text)
        self._apply.setEnabled(count > 0)
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def set_since(self, day: dt.date) -> None:
        """Begin with this day."""
        self._since.set_day(day, force=True)

    def close_bar(self) -> None:
        """Ask no longer."""
        self._reason.clear()
        self.hide()

    @Slot()
    def apply(self) -> None:
        """Say yes, where there is something to shift."""
        if self._apply.isEnabled():
            self.applied.emit()

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit()

    def _open(self, words: str) -> None:
        self._words.setText(words)
        self._words.setVisible(not self.is_about_schedule)  # its fields say it themselves
        self.setAccessibleName(words)
        is_new = self.isHidden()
        self.show()
        if is_new:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _build(self) -> None:
        self._words = WrappedLabel("", self)
        self._note = QLabel(self)
        self._note.setProperty("kind", "small")
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._build_fields()
        self._working = QCheckBox(_("Count in working days"), self)
        self._working.setToolTip(_("Weekends and holidays are passed over."))
        self._end = QCheckBox(_("Move the plan's end too"), self)
        self._end.hide()
        self._reason = QLineEdit(self)
        self._reason.setPlaceholderText(_("Reason, kept in the history"))
        self._reason.setAccessibleName(_("Reason for the shift"))
        self._reason.setMinimumWidth(190)
        self._apply = QPushButton(self)
        self._apply.setProperty("kind", "primary")
        self._apply.setToolTip(_("Shift them (Enter)"))
        self._leave = QPushButton(_("Leave them"), self)
        self._leave.setToolTip(_("Leave them as they are (Escape)"))
        self._line = Flow(self, gap=8)
        members = (self._working, self._end, self._reason, self._apply, self._leave, self._note)
        for widget in members:
            self._line.add(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 6)
        layout.setSpacing(4)
        for part in (self._words, self._fields, self._line):
            layout.addWidget(part)

    def _build_fields(self) -> None:
        """Make the fields of a whole schedule: what, by how much, from when."""
        self._scope = ElidedBox(self)
        self._scope.setAccessibleName(_("What to shift"))
        self._scope.setMinimumWidth(150)
        self._scope.setMaximumWidth(230)
        self._amount = NumberLine(self)
        self._amount.set_number(Decimal(1), force=True)
        self._amount.setFixedWidth(64)
        self._amount.setAccessibleName(_("By how many"))
        self._unit = QComboBox(self)
        self._unit.addItem(_("days"), False)
        self._unit.addItem(_("weeks"), True)
        self._unit.setCurrentIndex(1)
        self._unit.setAccessibleName(_("Days or weeks"))
        self._since = DateLine(self._look, self)
        self._since.setAccessibleName(_("Dates from this day on"))
        self._since.setFixedWidth(130)
        self._fields = Flow(self, gap=8)
        since = QLabel(_("Dates from"), self)
        for widget in (self._scope, self._amount, self._unit, since, self._since):
            self._fields.add(widget)
        self._fields.hide()

    def _connect(self) -> None:
        self._working.toggled.connect(self._on_changed)
        self._end.toggled.connect(self._on_changed)
        self._scope.activated.connect(self._on_changed)
        self._amount.textEdited.connect(self._on_changed)
        self._unit.activated.connect(self._on_changed)
        self._since.textEdited.connect(self._on_changed)
        self._since.day_entered.connect(self._on_changed)
        self._apply.clicked.connect(self.apply)
        self._leave.clicked.connect(self.left)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit() if self._leave.hasFocus() else self.apply()
        else:
            super().keyPressEvent(event)
