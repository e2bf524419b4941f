"""The list of touchpoints with what narrows it: words, channel, purpose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from csdesk.i18n import _
from csdesk.model.vocabulary import Channel, TouchpointType
from csdesk.queries.touchpoints import TouchpointRow
from ui.icons import icon
from ui.pages.touchpoints.touchpoint_list import TouchpointList, TouchpointsModel
from ui.theme import Look
from ui.widgets.choice_box import ChoiceBox


class FilterLine(QLineEdit):
    """Where the words to look for are typed; Down goes to what was found, Escape empties it."""

    left_down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left_down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class ListCard(QFrame):
    """Filter and list; what is chosen stays chosen while others write."""

    chosen = Signal(str)
    """The id of the touchpoint that is chosen now; empty for none."""
    counted = Signal()
    """How many are shown, or that there are any, may have changed."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.model = TouchpointsModel(self)
        self.list = TouchpointList(look, self.model, self)
        self.search = FilterLine(self)
        self.channel = ChoiceBox(Channel, self, none=_("Every channel"))
        self.purpose = ChoiceBox(TouchpointType, self, none=_("Every purpose"))
        self._build(look)
        self._connect()

    def show_rows(self, rows: Sequence[TouchpointRow], now: dt.datetime) -> None:
        """Show these touchpoints, the newest first, as far as they pass the filter."""
        self.model.show_rows(rows, now)
        self.list.choose_first()
        self.chosen.emit(self.list.chosen_id)

    def choose(self, row_id: str) -> None:
        """Choose a touchpoint; a filter that hides it is taken away."""
        if not self.list.choose(row_id) and self.model.find(row_id) is not None:
            self.show_all()
            self.list.choose(row_id)

    def neighbour(self, row_id: str) -> str:
        """Return the id of the touchpoint below one, else of the one above; empty for none."""
        ids = [row.id for row in self.model.rows]
        at = ids.index(row_id) if row_id in ids else len(ids)
        return next(iter(ids[at + 1 : at + 2] or ids[max(at - 1, 0) : at]), "")

    @Slot()
    def start_filter(self) -> None:
        """Put the cursor into the filter."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    @Slot()
    def show_all(self) -> None:
        """Take every filter away."""
        self.search.clear()
        self.channel.show_code(None)
        self.purpose.show_code(None)
        self._on_terms()

    @Slot()
    def _on_terms(self) -> None:
        self.model.set_terms(self.channel.code, self.purpose.code)
        self._after_filter()

    @Slot(str)
    def _on_search(self, text: str) -> None:
        self.model.set_search(text)
        self._after_filter()

    def _after_filter(self) -> None:
        self.list.choose_first()
        self.chosen.emit(self.list.chosen_id)

    @Slot()
    def _on_down(self) -> None:
        self.list.choose_first()
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _on_shown(self) -> None:
        self._parts.setCurrentIndex(0 if self.model.rows or not self.model.total else 1)
        self.counted.emit()

    def _build(self, look: Look) -> None:
        self.search.setPlaceholderText(_("Filter…"))
        self.search.setAccessibleName(_("Filter the touchpoints"))
        self.search.setProperty("kind", "search")
        self.search.addAction(icon(look, "search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setMinimumWidth(90)
        self.channel.setAccessibleName(_("Show only this channel"))
        self.purpose.setAccessibleName(_("Show only this purpose"))
        row = QHBoxLayout()
        row.setContentsMargins(5, 4, 5, 0)
        row.setSpacing(6)
        row.addWidget(self.search, 1)
        for box in (self.channel, self.purpose):
            row.addWidget(box)
        nothing = QWidget(self)
        nothing.setProperty("kind", "plain")
        words = QLabel(_("No touchpoint passes the filter."), nothing)
        words.setProperty("kind", "muted")
        words.setWordWrap(True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        show_all = QPushButton(_("Show all touchpoints"), nothing)
        show_all.clicked.connect(self.show_all)
        inside = QVBoxLayout(nothing)
        inside.addStretch(1)
        inside.addWidget(words)
        inside.addWidget(show_all, 0, Qt.AlignmentFlag.AlignHCenter)
        inside.addStretch(2)
        self._parts = QStackedWidget(self)
        self._parts.addWidget(self.list)
        self._parts.addWidget(nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(7, 7, 7, 7)
        layout.setSpacing(6)
        layout.addLayout(row)
        layout.addWidget(self._parts, 1)

    def _connect(self) -> None:
        self.list.chosen.connect(self.chosen)
        self.model.shown_changed.connect(self._on_shown)
        self.search.textChanged.connect(self._on_search)
        self.search.left_down.connect(self._on_down)
        self.channel.code_chosen.connect(self._on_terms)
        self.purpose.code_chosen.connect(self._on_terms)
