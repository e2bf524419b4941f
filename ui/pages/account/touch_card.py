"""How contact with an account stands: the next meeting, the cadence, what was said last."""

from __future__ import annotations

import datetime as dt
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from csdesk.i18n import _
from csdesk.model.vocabulary import TouchpointType
from csdesk.queries.accounts import AccountDetail
from csdesk.queries.cadence import cadence_of_account
from csdesk.queries.touchpoints import TouchpointRow, next_meeting, touchpoints_of
from ui.desk import Desk
from ui.icons import icon
from ui.pages.touchpoints.touchpoint_words import (
    ahead_words,
    cadence_rule,
    cadence_words,
    first_line,
    last_touch_words,
    people_words,
    title_words,
    when_words,
)
from ui.widgets.elided_button import ElidedButton
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.flow import Flow
from ui.widgets.pill import Pill

MOST = 4
"""How many touchpoints are shown; the tab has the rest."""

INSIDE = 5
"""Pixels of border and padding before the words of a line one can press (style.qss)."""

_WITH_DOCUMENT = frozenset({TouchpointType.QBR, TouchpointType.EBR})
"""Meetings to which one brings the document; to others one comes with the plan."""


class TouchCard(QFrame):
    """The next meeting with its preparation, the cadence in words, the last touchpoints."""

    way_asked = Signal(str, str)
    """The name of a tab to open, and what to begin there: "log", "plan" or nothing."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._meeting: TouchpointRow | None = None
        self._recent: tuple[TouchpointRow, ...] | None = None
        self._lines: list[QWidget] = []
        self.setProperty("kind", "card")
        self._build()

    @property
    def titles(self) -> list[ElidedButton]:
        """The last touchpoints, each leading to it whole."""
        return [line for line in self._lines if isinstance(line, ElidedButton)]

    @property
    def words(self) -> str:
        """How contact stands, as shown."""
        return f"{self._last.text()} {self._cadence.text()}".strip()

    @property
    def meeting(self) -> ElidedButton:
        """The next meeting, leading to it whole."""
        return self._meeting_title

    @property
    def prepare_button(self) -> QPushButton:
        """The button that opens what one prepares the next meeting with."""
        return self._prepare

    def show_account(self, detail: AccountDetail) -> None:
        """Show how contact with an account stands now."""
        now = dt.datetime.now(dt.UTC)
        account_id = detail.row.id
        cadence = self._desk.read(cadence_of_account, account_id, now=now)
        if cadence is not None:
            words, tone = cadence_words(cadence)
            self._cadence.show_words(words, tone)
            self._last.setText(last_touch_words(cadence))
            for widget in (self._cadence, self._last):
                widget.setToolTip(cadence_rule(cadence))
        self._show_meeting(self._desk.read(next_meeting, account_id, now), now)
        self._show_recent(self._desk.read(touchpoints_of, account_id, limit=MOST, before=now), now)

    def _show_meeting(self, meeting: TouchpointRow | None, now: dt.datetime) -> None:
        self._meeting = meeting
        held_at = meeting.held_at if meeting else None
        for widget in (self._ahead, self._meeting_title, self._prepare):
            widget.setVisible(held_at is not None)
        self._plan.setVisible(held_at is None)
        if meeting is None or held_at is None:
            self._who.show_text(_("None is planned."))
            return
        self._ahead.show_words(ahead_words(held_at, now), "accent")
        title = f"{when_words(held_at, now)} · {title_words(meeting.channel, meeting.type)}"
        self._meeting_title.show_whole(title)
        self._meeting_title.setToolTip(title)
        self._who.show_text(people_words(meeting) or first_line(meeting))

    def _show_recent(self, rows: tuple[TouchpointRow, ...], now: dt.datetime) -> None:
        self._nothing.setVisible(not rows)
        if rows == self._recent:
            return
        focused = next((n for n, title in enumerate(self.titles) if title.hasFocus()), -1)
        self._recent = rows
        for line in self._lines:
            self._grid.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []
        for place, row in enumerate(rows):
            when = QLabel(when_words(row.held_at, now), self)
            when.setProperty("kind", "small")
            said = first_line(row)
            title = title_words(row.channel, row.type)
            button = ElidedButton(f"{title} – {said}" if said else title, self)
            button.setProperty("kind", "line")
            button.setToolTip(said or title)
            button.clicked.connect(partial(self._desk.show, "touchpoint", row.id))
            for column, widget in enumerate((button, when)):
                self._grid.addWidget(widget, place, column)
                widget.show()
                self._lines.append(widget)
        if 0 <= focused < len(self.titles):
            self.titles[focused].setFocus()

    @Slot()
    def _on_meeting(self) -> None:
        if self._meeting is not None:
            self._desk.show("touchpoint", self._meeting.id)

    def _on_way(self, step: str, _is_checked: bool = False) -> None:
        self.way_asked.emit("touchpoints", step)

    @Slot()
    def _on_prepare(self) -> None:
        """Open the document for a review of the business, else the plan that is talked about."""
        meeting = self._meeting
        if meeting is None:
            return
        if meeting.type in _WITH_DOCUMENT:
            self.way_asked.emit("document", "")
        elif meeting.plan_id is not None:
            self._desk.show("plan", meeting.plan_id)
        else:
            self.way_asked.emit("plan", "")

    def _build(self) -> None:
        heading = QLabel(_("Touchpoints"), self)
        heading.setProperty("kind", "heading")
        self._log = QPushButton(_("Log touchpoint"), self)
        self._log.setIcon(icon(self._desk.look, "plus", "text"))
        self._log.setIconSize(QSize(16, 16))
        head = QHBoxLayout()
        head.addWidget(heading)
        head.addStretch(1)
        head.addWidget(self._log)
        self._last = QLabel(self)
        self._last.setProperty("kind", "small")
        self._cadence = Pill(self)
        standing = Flow(self, gap=8)
        for label in (self._last, self._cadence):
            standing.add(label)
        self._nothing = QLabel(_("What was said with the customer will stand here."), self)
        self._nothing.setProperty("kind", "small")
        self._nothing.setWordWrap(True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16 - INSIDE, 12, 14, 14)
        layout.setSpacing(8)
        layout.addLayout(head)
        head.setContentsMargins(INSIDE, 0, 0, 0)
        layout.addLayout(_level(standing))
        layout.addLayout(_level(self._next()))
        layout.addLayout(self._grid)
        layout.addLayout(_level(self._nothing))
        self._log.clicked.connect(partial(self._on_way, "log"))

    def _next(self) -> QFrame:
        """Build the part of the next meeting."""
        frame = QFrame(self)
        frame.setProperty("kind", "inset")
        label = QLabel(_("Next meeting"), frame)
        label.setProperty("kind", "small")
        self._ahead = Pill(frame)
        self._meeting_title = ElidedButton(_("Next meeting"), frame)
        self._meeting_title.setProperty("kind", "line")
        self._who = ElidedLabel(frame)
        self._who.setProperty("kind", "small")
        self._prepare = QPushButton(_("Prepare"), frame)
        self._prepare.setProperty("kind", "small")
        self._prepare.setToolTip(_("Open the plan, or for a QBR or EBR the document"))
        self._plan = QPushButton(_("Plan meeting"), frame)
        self._plan.setProperty("kind", "small")
        grid = QGridLayout(frame)
        grid.setContentsMargins(10 - INSIDE, 6, 8, 8)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        top = _level(label)
        top.setSpacing(8)
        top.addWidget(self._ahead)
        top.addStretch(1)
        grid.addLayout(top, 0, 0)
        grid.addWidget(self._meeting_title, 1, 0)
        grid.addLayout(_level(self._who), 2, 0)
        for button in (self._prepare, self._plan):
            grid.addWidget(button, 0, 1, 3, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.setColumnStretch(0, 1)
        self._meeting_title.clicked.connect(self._on_meeting)
        self._prepare.clicked.connect(self._on_prepare)
        self._plan.clicked.connect(partial(self._on_way, "plan"))
        return frame


def _level(widget: QWidget) -> QHBoxLayout:
    """Let a widget begin where the words of a line one can press begin."""
    row = QHBoxLayout()
    row.setContentsMargins(INSIDE, 0, 0, 0)
    row.addWidget(widget)
    return row
