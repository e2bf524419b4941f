"""The Today page: what needs somebody now, across all accounts, and the way to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import partial
from operator import attrgetter
from typing import Any

from babel.dates import format_date
from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from csdesk.actions.plan_items import ItemKind, ItemRef, tick_item
from csdesk.i18n import _, current, ngettext
from csdesk.queries.account_names import account_names
from csdesk.queries.today import (
    coming_meetings,
    coming_renewals,
    due_actions,
    planless_accounts,
    silent_accounts,
)
from csdesk.store.touching import Change
from ui.commands import Command
from ui.desk import Desk
from ui.pages.page import Page
from ui.pages.today.agenda import Line, Lines
from ui.pages.today.agenda_card import AgendaCard
from ui.pages.today.columns import Columns
from ui.pages.today.head import TodayHead
from ui.pages.today.lines import (
    action_line,
    meeting_line,
    planless_line,
    renewal_line,
    silent_line,
)
from ui.widgets.empty_state import EmptyState

SHOWS = (
    "account",
    "action",
    "contact",
    "contract",
    "goal",
    "member",
    "milestone",
    "plan",
    "segment",
    "touchpoint",
    "touchpoint_attendee",
)
"""The entities whose changes may show here."""

PAUSE = 30
"""Milliseconds after a change until the page reads again: a burst is read once."""

MINUTE = 60_000

_own, _accounts = attrgetter("id"), attrgetter("account_id")


class TodayPage(Page):
    """Five lists; each line opens what it is about, action items are ticked off in place."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._everyone = False
        self._is_stale = False
        self._me: str | None = None
        self._now = dt.datetime.now(dt.UTC)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._clock = QTimer(self)
        self._clock.setInterval(MINUTE)
        self._build()
        self._connect()
        self.refresh()

    @property
    def head(self) -> TodayHead:
        """The day, what there is to do in a sentence, and whose it is."""
        return self._head

    def card(self, name: str) -> AgendaCard:
        """Return a list by its name: actions, meetings, silent, renewals, planless."""
        return self._cards[name]

    @Slot(bool)
    def show_everyones(self, everyone: bool) -> None:
        """Show what is to be done by anybody, or only what is mine."""
        self._everyone = everyone
        self.refresh()

    @Slot(object)
    def tick(self, line: Line) -> None:
        """Tick an action item off, and offer to undo it."""
        label = _("Tick off “{title}”").format(title=line.title)
        ref = ItemRef(ItemKind.ACTION, line.item_id)
        if self._desk.write(label, tick_item, ref, True) is not None:
            self._desk.offer_undo(_("“{title}” is done.").format(title=line.title))
            card = self._cards["actions"]  # at once; all is read again when the write is told of
            card.show_lines(card.model.source.without(line.id))

    @Slot(object)
    def on_changed(self, change: Change) -> None:
        """Read again in a moment, where the change may show here."""
        if not change.touches(*SHOWS):
            return
        if self.isVisible():
            self._pause.start()
        else:
            self._is_stale = True

    @Slot()
    def _on_stepped(self) -> None:
        """Show at once what an undo brought back: the cursor is about to be put on it."""
        if self._pause.isActive():
            self._pause.stop()
            self.refresh()

    @Slot(str)
    def _on_me(self, member_id: str) -> None:
        self._everyone = False
        self._desk.preferences.choose_me(self._desk.workspace.id, member_id)

    @Slot()
    def _on_preferences(self) -> None:
        """Show what is mine where somebody else sits here now, said in the settings perhaps."""
        if self._desk.me == self._me:
            return
        if self.isVisible():
            self.refresh()
        else:
            self._is_stale = True

    @Slot(object)
    def _on_opened(self, line: Line) -> None:
        self._desk.show(line.entity, line.item_id)

    @Slot()
    def _on_minute(self) -> None:
        """Keep up with the clock: meetings pass, and days end."""
        if self.isVisible():
            self.refresh()

    def _go_to(self, name: str) -> None:
        self._cards[name].view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _has_lines(self, name: str) -> bool:
        return not self._cards[name].view.isHidden()

    def _tick_current(self) -> None:
        line = self._cards["actions"].view.line
        if line is not None:
            self.tick(line)

    def _build(self) -> None:
        look = self._desk.look
        self._head = TodayHead(self._desk, self)
        self._cards = {
            name: AgendaCard(look, heading, hint, nothing, self)
            for name, (heading, hint, nothing) in _cards_in_words().items()
        }
        inside = QWidget(self)
        inside.setProperty("kind", "page")
        self._columns = Columns(
            (("actions",), ("meetings", "silent"), ("renewals", "planless")), self._cards, inside
        )
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(22, 14, 22, 18)
        layout.setSpacing(14)
        layout.addWidget(self._head)
        layout.addWidget(self._columns)
        layout.addWidget(self._beginning(inside), 1)
        layout.addStretch(0)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _beginning(self, parent: QWidget) -> EmptyState:
        """Return what stands here while there is no account: without one, no list means much."""
        add, bring = QAction(self), QAction(self)
        add.triggered.connect(partial(self._desk.command_asked.emit, "accounts.new"))
        bring.triggered.connect(partial(self._desk.command_asked.emit, "file.import"))
        self._start = EmptyState(
            self._desk.look,
            "calendar",
            _("Your day begins with your accounts"),
            _(
                "Late and due actions, meetings, renewals and accounts that wait to hear from you "
                "come together here. Add the first account, or import the spreadsheet you have."
            ),
            ((_("New account"), add), (_("Import a spreadsheet…"), bring)),
            parent,
        )
        self._start.hide()
        return self._start

    def _lead(self, *, is_blank: bool) -> None:
        """Show the lists, or how to begin."""
        self._columns.setVisible(not is_blank)
        self._start.setVisible(is_blank)

    def _connect(self) -> None:
        self._desk.changed.connect(self.on_changed)
        self._desk.preferences.changed.connect(self._on_preferences)
        self._desk.stepped.connect(self._on_stepped)
        self._pause.timeout.connect(self.refresh)
        self._clock.timeout.connect(self._on_minute)
        self._clock.start()
        self._head.everyone_chosen.connect(self.show_everyones)
        self._head.me_chosen.connect(self._on_me)
        self._cards["actions"].view.ticked.connect(self.tick)
        for card in self._cards.values():
            card.view.opened.connect(self._on_opened)

    def entrance(self) -> QWidget | None:
        if not self._start.isHidden():
            return self._start
        filled = (card for card in self._cards.values() if card.model.rowCount())
        return next(filled, self._cards["actions"])

    def refresh(self) -> None:
        self._is_stale = False
        self._now = dt.datetime.now(dt.UTC)
        today, me = self._now.astimezone().date(), self._desk.me
        self._me = me
        of = None if self._everyone else me
        read = self._desk.read
        actions = read(due_actions, today=today, of=of)
        meetings = read(coming_meetings, now=self._now, of=of)
        lines = {
            "actions": Lines(actions, _own, partial(action_line, today=today)),
            "meetings": Lines(meetings, _own, partial(meeting_line, today=today)),
            "silent": Lines(read(silent_accounts, now=self._now, of=of), _accounts, silent_line),
            "renewals": Lines(
                read(coming_renewals, today=today, of=of),
                _accounts,
                partial(renewal_line, today=today),
            ),
            "planless": Lines(
                read(planless_accounts, today=today, of=of),
                _accounts,
                partial(planless_line, today=today),
            ),
        }
        for name, card in self._cards.items():
            card.show_lines(lines[name])
        urgent = sum(one.due_on <= today for one in actions)
        self._head.show_day(_day_words(today), _summary(urgent, len(meetings)))
        self._head.show_scope(me, self._everyone)
        self._lead(is_blank=not any(map(len, lines.values())) and not read(account_names))

    def commands(self) -> tuple[Command, ...]:
        places = {name: words[0] for name, words in _cards_in_words().items()}
        return (
            *(
                Command(
                    f"today.{name}",
                    partial(_go_words, heading),
                    partial(self._go_to, name),
                    f"Alt+{number}",
                    is_enabled=partial(self._has_lines, name),
                )
                for number, (name, heading) in enumerate(places.items(), start=1)
            ),
            Command(
                "today.tick",
                lambda: _("Tick off the chosen action"),
                self._tick_current,
                is_enabled=lambda: self._cards["actions"].view.line is not None,
            ),
            Command(
                "today.everyone",
                lambda: _("Show only mine") if self._everyone else _("Show everyone's"),
                self._head.switch_scope,
                "Ctrl+E",
            ),
        )

    def state(self) -> dict[str, Any]:
        return {"everyone": self._everyone}

    def restore(self, state: Mapping[str, Any]) -> None:
        if state.get("everyone") is True:
            self.show_everyones(True)

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        if self._is_stale or dt.datetime.now(dt.UTC) - self._now > dt.timedelta(minutes=1):
            self.refresh()


def _cards_in_words() -> dict[str, tuple[str, str, str]]:
    """Return heading, explanation, and the words for "nothing" of each list, in their order."""
    return {
        "actions": (
            _("Do now"),
            _("Open action items that are late or due within seven days"),
            _("Nothing is late, and nothing is due within seven days."),
        ),
        "meetings": (
            _("Meetings, next 7 days"),
            _("Touchpoints planned for the coming seven days"),
            _("No meeting is planned. Plan one in an account's touchpoints."),
        ),
        "silent": (
            _("Waiting to hear from us"),
            _(
                "Accounts without a touchpoint within their cadence (of the segment, else by "
                "touch model), and without a meeting planned within as many days"
            ),
            _("Every account heard from us within its cadence."),
        ),
        "renewals": (
            _("Renewals, next 120 days"),
            _("Running contracts that renew within 120 days, with what they bring a year"),
            _("No contract renews within 120 days."),
        ),
        "planless": (
            _("Accounts without a plan"),
            _("Accounts that have neither a plan in force nor one being prepared"),
            _("Every account has a success plan."),
        ),
    }


def _go_words(heading: str) -> str:
    return _("Go to “{heading}”").format(heading=heading)


def _day_words(day: dt.date) -> str:
    """Write the day with its weekday: Sunday, November 22; 11月22日（日）."""
    if current().language == "ja":
        return format_date(day, "M月d日（E）", locale=current().locale)
    return format_date(day, "EEEE, MMMM d", locale=current().locale)


def _summary(urgent: int, meetings: int) -> str:
    said = [
        ngettext("{n} action needs you", "{n} actions need you", urgent).format(n=urgent),
        ngettext("{n} meeting ahead", "{n} meetings ahead", meetings).format(n=meetings),
    ]
    return " · ".join(said)
