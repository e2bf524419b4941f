"""The card in which a touchpoint is logged: by keyboard alone, in twenty seconds.

Nothing of it is stored before it is logged, and nothing typed is lost before that: what stands
here is kept for each account, whatever page or language comes in between.
"""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from csdesk.actions.plan_items import ItemRef
from csdesk.actions.touchpoints import log_touchpoint
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.insight.typed_actions import Person
from csdesk.model.vocabulary import Channel
from csdesk.queries.accounts import AccountDetail
from csdesk.queries.touchpoints import action_places, people_of
from ui.desk import Desk
from ui.pages.touchpoints.draft import Draft, Drafts
from ui.pages.touchpoints.form_scroll import FormScroll
from ui.pages.touchpoints.log_form import LogForm
from ui.pages.touchpoints.touchpoint_words import title_words
from ui.prompts import Message


class QuickLog(QFrame):
    """The form with what it takes to log it; Ctrl+Enter does."""

    logged = Signal(str)
    """The id of the touchpoint that was logged."""
    closed = Signal()
    """The form was closed; what is typed is kept."""
    restored = Signal(str)
    """The id of the account whose discarded draft is kept again."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._drafts = Drafts.of(desk)
        self._detail: AccountDetail | None = None
        self._channel_before: str | None = None
        self._discarded: tuple[str, Draft] | None = None
        self._is_filling = False
        self._is_plan = False
        self.setProperty("kind", "card")
        self._build()

    @property
    def form(self) -> LogForm:
        """The fields."""
        return self._form

    @property
    def log_button(self) -> QPushButton:
        """The button that logs."""
        return self._log

    @property
    def account_id(self) -> str:
        """The account shown; empty before the first."""
        return self._detail.row.id if self._detail is not None else ""

    @property
    def has_draft(self) -> bool:
        """Whether anything is typed for the account shown that is not logged."""
        return self._detail is not None and self.has_draft_of(self._detail.row.id)

    def has_draft_of(self, account_id: str) -> bool:
        """Tell whether anything is typed for an account that is not logged."""
        draft = self._drafts.draft(account_id, self._desk)
        return draft is not None and draft.has_words

    def show_account(self, detail: AccountDetail, channel_before: str | None) -> None:
        """Be ready for an account; `channel_before` is how it was met last."""
        other = detail.row.id != self.account_id
        if other:
            self.leave_account()
        self._detail = detail
        self._channel_before = channel_before
        people = self._desk.read(people_of, detail.row.id)
        self._form.who.know(people)
        places = self._desk.read(action_places, detail.row.id)
        self._form.next_actions.know(people, places, detail.row.name)
        if other:
            self._fill(self._waiting())

    def leave_account(self) -> None:
        """Let other windows have what was typed for the account that was shown."""
        if self._detail is not None:
            self._drafts.let_go(self._detail.row.id, self._desk)
            self._detail = None

    def start(self, *, is_ahead: bool = False) -> None:
        """Take the keyboard; a form in which nothing is typed proposes now, `is_ahead` no time."""
        if not self.has_draft:
            self._is_plan = is_ahead
            self._fill(None)
        goal: QWidget = self._form.when if is_ahead else self._form.channel
        goal.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def log(self) -> None:
        """Store the touchpoint with people and actions as one step."""
        detail, form = self._detail, self._form
        if detail is None:
            return
        try:
            held_at = form.read_moment()
        except UserError as error:
            self._desk.messages.error(error)
            return
        actions, place = form.next_actions.typed_actions, form.next_actions.place
        label = _("Log {what}").format(what=title_words(form.channel.code, form.purpose.code))
        step = self._desk.write(
            label,
            log_touchpoint,
            detail.row.id,
            held_at=held_at,
            attendees=form.who.people,
            next_actions=actions,
            below=place.ref if actions else self._usual_place(),
            new_plan=place.new_plan if actions else "",
            channel=form.channel.code,
            type=form.purpose.code,
            **{name: field.typed for name, field in form.texts.items()},
        )
        if step is None:
            return
        self._drafts.forget(detail.row.id, self._desk)
        self._is_plan = False
        self._fill(self._waiting())
        said = _("The meeting is planned.") if held_at > _now() else _("The touchpoint is logged.")
        self._desk.offer_undo(said)
        self.logged.emit(step.result)

    @Slot()
    def discard(self) -> None:
        """Empty the form and close it, offering what was typed once more."""
        if self._detail is None:
            return
        account_id, draft = self._detail.row.id, self._waiting()
        self._drafts.forget(account_id, self._desk)
        self._fill(self._waiting())
        self.closed.emit()
        if draft is not None and draft.has_words:
            self._discarded = (account_id, draft)
            said = _("The draft is gone.")
            self._desk.messages.say(Message(said, "good", label=_("Undo"), act=self.bring_back))

    def bring_back(self) -> None:
        """Take up again what was discarded last."""
        if self._discarded is None:
            return
        account_id, draft = self._discarded
        self._discarded = None
        self._drafts.put_back(account_id, draft, self._desk)
        if self._detail is not None and self._detail.row.id == account_id:
            self._fill(draft)
        self.restored.emit(account_id)

    def _waiting(self) -> Draft | None:
        """Take up what was typed for the account shown, where no other window is at it."""
        return self._drafts.draft(self._detail.row.id, self._desk) if self._detail else None

    @Slot(str)
    def _on_taken(self, account_id: str) -> None:
        if account_id == self.account_id:
            self._elsewhere.setVisible(self._drafts.is_elsewhere(account_id, self._desk))

    def _usual_place(self) -> ItemRef | None:
        """Return the plan that a touchpoint without actions belongs to: the current one."""
        plan_id = self._detail.row.plan_id if self._detail else None
        return ItemRef(None, plan_id) if plan_id else None

    @Slot()
    def _keep(self) -> None:
        """Keep what stands here, so that nothing on the way to its logging can lose it."""
        if self._detail is not None and not self._is_filling:
            self._drafts.keep(self._detail.row.id, self._form.draft(), self._desk)
            self._tell()

    def _fill(self, draft: Draft | None) -> None:
        """Show a draft, or what is proposed for a new touchpoint."""
        self._is_filling = True
        self._form.when.looking_back = not self._is_plan
        usual = Draft(channel=self._usual_channel(), people=self._usual_people())
        self._form.show_draft(draft or usual, None if self._is_plan and draft is None else _now())
        self._is_filling = False
        self._tell()

    def _usual_channel(self) -> str | None:
        preferred = self._detail.preferred_channel if self._detail else None
        return self._channel_before or preferred or Channel.WEB_MEETING

    def _usual_people(self) -> tuple[Person, ...]:
        me = self._desk.me
        return tuple(person for person in self._form.who.known if me and person.id == me)

    def _tell(self) -> None:
        """Say whether this was held or lies ahead, and offer to discard what is typed."""
        try:
            is_ahead = self._form.when.read() > _now()
        except UserError:
            is_ahead = self._is_plan
        self._title.setText(_("Plan a meeting") if is_ahead else _("Log a touchpoint"))
        self._log.setText(_("Plan the meeting") if is_ahead else _("Log touchpoint"))
        self._form.tell_kind(is_ahead=is_ahead)
        self._on_taken(self.account_id)
        self._discard.setVisible(self.has_draft)

    def _build(self) -> None:
        self._title = QLabel(self)
        self._title.setProperty("kind", "heading")
        close = QPushButton(_("Close"), self)
        close.setProperty("kind", "link")
        close.setToolTip(_("Close the form; what is typed stays (Esc)"))
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(close)
        self._form = LogForm(self._desk.look, self)
        scroll = FormScroll(self._form, self)
        self._discard = QPushButton(_("Discard"), self)
        self._discard.setProperty("kind", "link")
        self._elsewhere = QLabel(_("Another window has a draft of its own."), self)
        self._elsewhere.setProperty("kind", "small")
        self._elsewhere.hide()
        hint = QLabel(_("Ctrl+Enter"), self)
        hint.setProperty("kind", "small")
        self._log = QPushButton(self)
        self._log.setProperty("kind", "primary")
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(self._discard)
        foot.addWidget(self._elsewhere)
        foot.addStretch(1)
        foot.addWidget(hint)
        foot.addWidget(self._log)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(scroll)
        layout.addLayout(foot)
        close.clicked.connect(self.closed)
        self._form.edited.connect(self._keep)
        self._log.clicked.connect(self.log)
        self._discard.clicked.connect(self.discard)
        self._drafts.taken.connect(self._on_taken)
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.log()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _now() -> dt.datetime:
    """Tell the moment it is, to the minute, as a field shows it."""
    return dt.datetime.now(dt.UTC).replace(second=0, microsecond=0)
