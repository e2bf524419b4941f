"""The open action items of an account, to be ticked off right here."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from csdesk.actions.editing import today
from csdesk.i18n import _, current, ngettext
from csdesk.queries.accounts import AccountDetail
from csdesk.queries.outline import OpenAction, open_actions
from ui.desk import Desk
from ui.pages.plan.outline_words import late_words, owner_words, short_owner_words
from ui.pages.plan.plan_edits import PlanEdits
from ui.widgets.elided_button import ElidedButton
from ui.widgets.pill import Pill

MOST = 10
"""How many are shown; the plan has the rest."""

COLUMNS = 4
"""Tick, title, owner, due."""


class OpenActionsCard(QFrame):
    """A line for each open action item: tick, title, owner, due."""

    edited = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._edits = PlanEdits(desk)
        self._lines: list[QWidget] = []
        self._shown: list[OpenAction] | None = None
        self.setProperty("kind", "card")
        heading = QLabel(_("Open actions"), self)
        heading.setProperty("kind", "heading")
        self._count = Pill(self)
        head = QHBoxLayout()
        head.addWidget(heading)
        head.addWidget(self._count)
        head.addStretch(1)
        self._list = QGridLayout()
        self._list.setHorizontalSpacing(8)
        self._list.setVerticalSpacing(3)
        self._list.setColumnStretch(1, 1)
        self._nothing = QLabel(_("Nothing is open."), self)
        self._nothing.setProperty("kind", "small")
        self._rest = QPushButton(self)
        self._rest.setProperty("kind", "link")
        self._rest.clicked.connect(self._on_rest)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 14, 14)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addLayout(self._list)
        layout.addWidget(self._nothing)
        layout.addWidget(self._rest, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def ticks(self) -> list[QCheckBox]:
        """The tick boxes from the top."""
        return [line for line in self._lines if isinstance(line, QCheckBox)]

    @property
    def rest(self) -> QPushButton:
        """The button that leads to those the card has no room for."""
        return self._rest

    def show_account(self, detail: AccountDetail) -> None:
        """Show the open action items of an account, those due first on top."""
        found = self._desk.read(open_actions, detail.row.id, today=today())
        if found == self._shown:
            return
        self._shown = found
        at = next((n for n, line in enumerate(self._lines) if line.hasFocus()), -1)
        for line in self._lines:
            self._list.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []
        for place, one in enumerate(found[:MOST]):
            self._add(place, one)
        self._count.show_words(current().number(len(found)) if found else "")
        left = max(len(found) - MOST, 0)
        self._rest.setText(
            ngettext("{n} more in the plan", "{n} more in the plan", left).format(n=left)
        )
        self._rest.setVisible(left > 0)
        self._nothing.setVisible(not found)
        if at >= 0 and self._lines:  # the keyboard stays in its place while lines come and go
            self._lines[min(at, len(self._lines) - COLUMNS + at % COLUMNS)].setFocus()

    def _add(self, place: int, one: OpenAction) -> None:
        item = one.item
        tick = QCheckBox(self)
        tick.setAccessibleName(_("Done: {title}").format(title=item.title))
        tick.setProperty("kind", "bare")
        tick.clicked.connect(lambda _on=False: self._on_tick(one))
        title = ElidedButton(item.title, self)
        title.setProperty("kind", "line")
        title.setToolTip(f"{item.title}\n{one.plan_title}")
        title.clicked.connect(lambda _on=False: self._desk.show("action", item.ref.id))
        owner = QLabel(short_owner_words(item), self)
        owner.setProperty("kind", "small")
        owner.setTextFormat(Qt.TextFormat.PlainText)
        owner.setToolTip(owner_words(item))
        due: QLabel = Pill(self) if item.late_days else QLabel(self)
        if isinstance(due, Pill):
            due.show_words(late_words(item.late_days), "bad")
        else:
            due.setText(current().short_date(item.due_on, today()))
            due.setProperty("kind", "small")
            due.setToolTip(current().date(item.due_on))
        for column, widget in enumerate((tick, title, owner, due)):
            side = Qt.AlignmentFlag.AlignRight if widget is due else Qt.AlignmentFlag(0)
            self._list.addWidget(widget, place, column, side)
            widget.show()
            self._lines.append(widget)

    @Slot()
    def _on_rest(self) -> None:
        """Go to the first that is not shown."""
        if self._shown and len(self._shown) > MOST:
            self._desk.show("action", self._shown[MOST].item.ref.id)

    def _on_tick(self, one: OpenAction) -> None:
        if self._edits.tick(one.item):
            said = _("“{title}” is done.").format(title=one.item.title)
            self._desk.offer_undo(said)
        else:
            self._shown = None  # the tick it was given goes again
        self.edited.emit()
