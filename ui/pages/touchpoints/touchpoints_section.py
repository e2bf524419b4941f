"""The tab of the touchpoints: how contact stands, the quick log, the list, one of them whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from csdesk.actions.touchpoints import delete_touchpoints
from csdesk.i18n import _
from csdesk.insight.typed_actions import Person
from csdesk.queries.accounts import AccountDetail
from csdesk.queries.cadence import cadence_of_account
from csdesk.queries.touchpoints import people_of, touchpoints_of
from csdesk.store.touching import Change
from ui.commands import Command
from ui.desk import Desk
from ui.pages.section import Section
from ui.pages.touchpoints.list_card import ListCard
from ui.pages.touchpoints.log_drawer import LogDrawer
from ui.pages.touchpoints.touchpoint_panel import TouchpointPanel
from ui.pages.touchpoints.touchpoint_words import title_words
from ui.pages.touchpoints.touchpoints_head import TouchpointsHead
from ui.widgets.empty_state import EmptyState

SIDE_BY_SIDE = 640
"""Pixels of width from which list and panel stand side by side."""

LIST_ROOM = 180
"""Pixels of height from which there is a list below the open form."""

MINUTE = 60_000
"""Milliseconds after which it is looked whether a planned meeting has begun."""


class TouchpointsSection(Section):
    """Every contact with the customer, newest first, with meetings that lie ahead on top."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._people: tuple[Person, ...] = ()
        self._awaited = ""
        self._clock = QTimer(self)
        self._clock.setInterval(MINUTE)
        self._build()
        self._connect()

    @property
    def card(self) -> ListCard:
        """The list with its filter."""
        return self._card

    @property
    def panel(self) -> TouchpointPanel:
        """The chosen touchpoint."""
        return self._panel

    @property
    def drawer(self) -> LogDrawer:
        """Where one is logged."""
        return self._drawer

    @property
    def head(self) -> TouchpointsHead:
        """The line above all."""
        return self._head

    def show_account(self, detail: AccountDetail) -> None:
        other = detail.row.id != self.account_id
        if other:
            self._panel.show_row(None, detail, (), is_planned=False)
            self._card.show_rows((), dt.datetime.now(dt.UTC))
            self._card.show_all()
        super().show_account(detail)

    def refresh(self) -> None:
        detail = self._detail
        if detail is None:
            return
        now = dt.datetime.now(dt.UTC)
        self._people = tuple(self._desk.read(people_of, detail.row.id))
        rows = self._desk.read(touchpoints_of, detail.row.id)
        self._card.show_rows(rows, now)
        cadence = self._desk.read(cadence_of_account, detail.row.id, now=now)
        if cadence is not None:
            self._head.show_cadence(cadence)
        if self._awaited:
            awaited, self._awaited = self._awaited, ""
            self._card.choose(awaited)
        held = (row.channel for row in rows if not row.is_planned(now))
        before = next((channel for channel in held if channel), None)
        self._drawer.show_account(detail, before)
        self._clock.start()

    def concerns(self, change: Change) -> bool:
        return change.touches("member", "segment")

    def show_item(self, entity: str, item_id: str) -> None:
        self._card.choose(item_id)
        self._card.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def entrance(self) -> QWidget | None:
        if self._drawer.is_open:
            return self._drawer.quick.form.channel
        return self._card.list if self._card.model.total else self._head.log

    def commands(self) -> tuple[Command, ...]:
        card = self._card
        return (
            Command(
                "touchpoints.filter",
                lambda: _("Filter the touchpoints"),
                card.start_filter,
                "Ctrl+F",
                "search",
            ),
            Command(
                "touchpoints.show_all",
                lambda: _("Show all touchpoints"),
                card.show_all,
                is_enabled=lambda: card.model.is_filtered,
            ),
            Command(
                "touchpoints.delete",
                lambda: _("Delete the touchpoint"),
                self._delete_chosen,
                "Del",
                "trash-2",
                is_enabled=lambda: bool(card.list.chosen_id),
                heard=True,
            ),
            Command("touchpoints.next_pane", lambda: _("Next part"), self.next_pane, "F6"),
        )

    @Slot()
    def next_pane(self) -> None:
        """Take the keyboard on: from the form to the list to the panel, and round again."""
        panes: list[tuple[QWidget, QWidget]] = []
        quick = self._drawer.quick
        if self._drawer.is_open:
            panes.append((quick, quick.form.channel))
        if self._card.model.total and not self._body.isHidden():
            panes += [(self._card, self._card.list), (self._panel, self._panel.first_field)]
        focus = self.window().focusWidget()
        if panes and focus is not None:
            within = (n for n, (pane, _goal) in enumerate(panes) if pane.isAncestorOf(focus))
            at = next(within, -1)
            panes[(at + 1) % len(panes)][1].setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(str)
    def delete(self, row_id: str) -> None:
        """Delete a touchpoint and offer to undo it; its neighbour is chosen."""
        row = self._card.model.find(row_id)
        if row is None:
            return
        title = title_words(row.channel, row.type)
        label = _("Delete “{title}”").format(title=title)
        near = self._card.neighbour(row_id)
        if self._desk.write(label, delete_touchpoints, [row_id]) is not None:
            self._awaited = near
            self._desk.offer_undo(_("“{title}” was deleted.").format(title=title))
            self.refresh()  # the page hears of it a moment later

    @Slot()
    def _delete_chosen(self) -> None:
        self.delete(self._card.list.chosen_id)

    @Slot(str)
    def _on_logged(self, row_id: str) -> None:
        self._awaited = row_id
        self._drawer.set_open(False)
        self.refresh()  # the page hears of it a moment later
        self._card.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_form_closed(self) -> None:
        self._drawer.set_open(False)
        goal = self.entrance()
        if goal is not None:
            goal.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _on_chosen(self, row_id: str) -> None:
        if self._detail is None:
            return
        model = self._card.model
        row = model.find(row_id)
        planned = row is not None and row.is_planned(model.now)
        self._panel.show_row(row, self._detail, self._people, is_planned=planned)

    @Slot()
    def _on_minute(self) -> None:
        """Count a meeting whose time has come among those held."""
        model, now = self._card.model, dt.datetime.now(dt.UTC)
        begun = [one for one in model.rows if one.is_planned(model.now) and not one.is_planned(now)]
        if begun and self.isVisible():
            self.refresh()

    @Slot()
    def _show_body(self) -> None:
        """Show how many there are, and the list, or what teaches where there are none."""
        model = self._card.model
        self._head.show_count(len(model.rows), model.total)
        self._head.show_buttons(not self._drawer.is_open)
        room = self.height() - self._head.height() - self._drawer.sizeHint().height()
        self._body.setVisible(not self._drawer.is_open or (bool(model.total) and room >= LIST_ROOM))
        self._body.setCurrentIndex(0 if model.total else 1)

    def _build(self) -> None:
        self._head = TouchpointsHead(self._desk.look, self)
        self._drawer = LogDrawer(self._desk, self)
        self._card = ListCard(self._desk.look, self)
        self._panel = TouchpointPanel(self._desk, self)
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._split.setHandleWidth(12)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._card)
        self._split.addWidget(self._panel)
        self._split.setStretchFactor(0, 1)
        self._split.setStretchFactor(1, 1)
        self._split.setSizes([540, 460])  # shares; the window gives them their pixels
        log, plan = QAction(self), QAction(self)
        log.triggered.connect(self._drawer.start_log)
        plan.triggered.connect(self._drawer.start_plan)
        purpose = _(
            "Log every call, meeting and mail in a few words: who was there, what was said, what"
            " comes next. The next actions go straight into the plan, and the cadence shows when"
            " the account should hear from you again."
        )
        nothing = EmptyState(
            self._desk.look,
            "message-square",
            _("No touchpoints yet"),
            purpose,
            ((_("Log a touchpoint"), log), (_("Plan a meeting"), plan)),
        )
        self._body = QStackedWidget(self)
        self._body.addWidget(self._split)
        self._body.addWidget(nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 14, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self._head)
        layout.addWidget(self._drawer)
        layout.addWidget(self._body, 1)
        layout.addStretch(0)

    def _connect(self) -> None:
        self._head.log_asked.connect(self._drawer.start_log)
        self._head.plan_asked.connect(self._drawer.start_plan)
        self._drawer.toggled.connect(self._show_body)
        self._drawer.quick.logged.connect(self._on_logged)
        self._drawer.quick.closed.connect(self._on_form_closed)
        self._card.chosen.connect(self._on_chosen)
        self._card.counted.connect(self._show_body)
        self._card.list.opened.connect(self._panel.enter)
        self._card.list.delete_asked.connect(self.delete)
        self._panel.delete_asked.connect(self.delete)
        self._panel.edited.connect(self.refresh)
        self._clock.timeout.connect(self._on_minute)

    def state(self) -> dict[str, Any]:
        return {
            "chosen": self._card.list.chosen_id,
            "split": self._split.sizes(),
            "logging": self._drawer.is_open,
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        split = state.get("split")
        if isinstance(split, list) and len(split) == 2 and all(isinstance(n, int) for n in split):
            self._split.setSizes(split)
        chosen = state.get("chosen")
        if isinstance(chosen, str):
            self._card.list.choose(chosen)
        if state.get("logging") is True and self._detail is not None:
            self._drawer.set_open(True)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        # The form grows with what is typed: the list gives way before a field is cut off.
        if event.type() == QEvent.Type.LayoutRequest and self._drawer.is_open:
            self._show_body()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= SIDE_BY_SIDE
        self._split.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)
        self._show_body()
