"""The people of our own team: who they are, what each of them owns, and which of them sits here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from csdesk.actions.people import add_member, delete_members, edit_member, hand_over
from csdesk.i18n import _, current, ngettext
from csdesk.queries.team import OWNED_ENTITIES, TeamRow, team
from csdesk.store.touching import Change
from csdesk.store.words import fold
from ui.commands import Command
from ui.desk import Desk
from ui.prompts import Message
from ui.row_columns import name_column
from ui.tables import Column
from ui.widgets.cells import Ink
from ui.widgets.edit_table import EditRowsModel
from ui.widgets.entries import Entry, EntryKind
from ui.widgets.short_table import ShortTable
from ui.widgets.typing_line import TypingLine
from ui.widgets.wrapped_label import WrappedLabel

_WIDTHS = {"name": 176, "name_kana": 120, "role": 120, "email": 150, "accounts": 84}
_LEAST = {"name": 130, "name_kana": 84, "role": 84, "email": 100, "accounts": 64}
_SPARE = ("name_kana", "accounts")
_TYPED = ("name", "name_kana", "role", "email")
"""What is typed into cells."""


class TeamTable(ShortTable):
    """The people by name, with the one who sits here marked."""

    def __init__(
        self,
        desk: Desk,
        store: Callable[[TeamRow, str, Any], bool],
        parent: QWidget | None = None,
    ) -> None:
        """`store` keeps what is typed into a cell of a row."""
        self.me: str | None = None
        columns: list[Column[TeamRow]] = [
            Column("name", _("Name"), self._in_words, lambda row: fold(row.name)),
            name_column("name_kana", _("Kana")),
            name_column("role", _("Job title")),
            name_column("email", _("E-mail")),
            Column(
                "accounts",
                _("Accounts"),
                lambda row: current().number(row.accounts),
                lambda row: row.accounts,
                right=True,
                hint=_("How many accounts they own"),
                tip=lambda row: _owned([row]),
            ),
        ]
        entries: dict[str, Entry[TeamRow]] = {
            field: Entry(field, EntryKind.TEXT, attrgetter(field)) for field in _TYPED
        }
        self.people = EditRowsModel(columns, entries, store, entity="member")
        """The rows."""
        super().__init__(
            desk,
            self.people,
            {"name": self._paint_name},
            _WIDTHS,
            "name",
            parent,
            least=_LEAST,
            spare=_SPARE,
        )
        self.people.setParent(self)
        self.setAccessibleName(_("Team members"))

    def show_team(self, rows: Sequence[TeamRow], me: str | None) -> None:
        """Show people and which of them sits here; readings of names where any are known."""
        self.me = me
        is_read = current().language == "ja" or any(row.name_kana for row in rows)
        keys = [column.key for column in self.people.columns]
        self.offer_columns([key for key in keys if is_read or key != "name_kana"])
        self.people.show_rows(rows)
        if rows and not self.currentIndex().isValid():
            self.choose(rows[0].id)
        self.updateGeometry()

    def chosen_rows(self) -> list[TeamRow]:
        """Return the chosen people."""
        chosen = self.chosen_ids()
        return [row for row in self.people.all_rows() if row.id in chosen]

    def _paint_name(self, ink: Ink, painter: QPainter, rect: QRect, row: TeamRow) -> None:
        """Draw a name, and beside it whether this is who sits here."""
        words = _("you") if row.id == self.me else ""
        room = ink.width(words, ink.small) + 24 if words else 0
        name = rect.adjusted(0, 0, -min(room, max(0, rect.width() - 40)), 0)
        width = ink.text(painter, name, row.name, "text", ink.bold)
        if words:
            ink.pill(painter, rect.adjusted(width + 6, 0, 0, 0), words, "accent")

    def _in_words(self, row: TeamRow) -> str:
        return _("{name} (you)").format(name=row.name) if row.id == self.me else row.name


class HandOverButton(QPushButton):
    """Opens a menu of the people who can take over what others own."""

    chosen = Signal(str)
    """The id of who takes it over."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Hand over to"), parent)
        self._people: tuple[tuple[str, str], ...] = ()
        self.setProperty("menu", "yes")
        self.setToolTip(_("Give what they own and what is not over to somebody else"))
        menu = QMenu(self)
        menu.aboutToShow.connect(self._fill)
        self.setMenu(menu)

    def offer(self, people: Sequence[tuple[str, str]]) -> None:
        """Offer people by id and name."""
        self._people = tuple(people)
        self.setEnabled(bool(people))

    @Slot()
    def _fill(self) -> None:
        self.menu().clear()
        for member_id, name in self._people:
            action = self.menu().addAction(name.replace("&", "&&"))
            action.triggered.connect(partial(self.chosen.emit, member_id))


class Team(QWidget):
    """Each edit is stored at once as a step of its own, which Undo takes back."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_stale = True
        self._shown_at = -1
        self._build()
        self._connect()

    @property
    def table(self) -> ShortTable:
        """The people."""
        return self._table

    @property
    def name(self) -> TypingLine:
        """Where a new one is named."""
        return self._name

    @property
    def me_button(self) -> QPushButton:
        """The button by which the chosen one is who sits here, or is it no more."""
        return self._mine

    @property
    def give_button(self) -> HandOverButton:
        """The button that gives what the chosen ones own to somebody else."""
        return self._give

    @property
    def entrance(self) -> QWidget:
        """Where the keyboard begins: the list, or the new name while there is nobody."""
        return self._name if self._table.isHidden() else self._table

    @property
    def word(self) -> str:
        """What is said of what the chosen ones own."""
        return self._word.text()

    @Slot()
    def refresh(self) -> None:
        """Show who there is now, and what they own."""
        self._is_stale, self._shown_at = False, self._desk.moment
        rows = self._desk.read(team)
        self._table.show_team(rows, self._desk.me)
        for part in (self._table, self._word, self._mine, self._give, self._delete):
            part.setVisible(bool(rows))
        self._none.setVisible(not rows)
        self._name.setEnabled(not self._desk.workspace.read_only)
        self._add.setEnabled(not self._desk.workspace.read_only)
        self._offer()

    @Slot(object)
    def on_changed(self, change: Change) -> None:
        """Read again what may have changed, at once or when it comes into view."""
        # What was written here was read at once; the word of it brings nothing new then.
        if change.touches("member", *OWNED_ENTITIES) and self._shown_at != self._desk.moment:
            self._follow()

    @Slot()
    def add(self) -> None:
        """Add the person whose name is typed, and be ready for the next."""
        name = self._name.text().strip()
        if not name:
            return
        step = self._desk.write(_("Add {name}").format(name=name), add_member, name)
        if step is not None:
            self._name.clear()
            self.refresh()
            self._table.choose(step.result)

    @Slot(list)
    def delete(self, row_ids: list[str]) -> None:
        """Delete people, say what has no owner any more, and offer to undo it."""
        gone = [row for row in self._table.people.all_rows() if row.id in row_ids]
        if not gone:
            return
        count = len(gone)
        label = ngettext("Delete team member “{name}”", "Delete {n} team members", count)
        label = label.format(name=gone[0].name, n=count)
        if self._desk.write(label, delete_members, [row.id for row in gone]) is None:
            return
        said = ngettext("“{name}” was deleted.", "{n} team members were deleted.", count)
        left = _owned(gone)
        note = _("Without an owner now: {things}. Undo gives them back.").format(things=left)
        words = said.format(name=gone[0].name, n=count)
        self._desk.messages.say(
            Message(words, "good", note if left else "", label=_("Undo"), act=self._desk.undo)
        )
        self.refresh()

    @Slot()
    def delete_chosen(self) -> None:
        """Delete the chosen people."""
        self.delete(self._table.chosen_ids())
        if not self._table.isHidden():
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def hand_over(self, to_id: str) -> None:
        """Give what the chosen people own to another one, and offer to undo it."""
        rows = self._table.chosen_rows()
        to = next((row.name for row in self._table.people.all_rows() if row.id == to_id), "")
        label = _("Hand over to {name}").format(name=to)
        chosen = [row.id for row in rows]
        if self._desk.write(label, hand_over, chosen, to_id) is not None:
            things = _owned([row for row in rows if row.id != to_id])
            self._desk.offer_undo(_("{name} owns {things} now.").format(name=to, things=things))
            self.refresh()
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def choose_me(self) -> None:
        """Say that the chosen one sits at this computer, or that it is nobody in particular."""
        chosen = self._table.chosen_ids()
        if len(chosen) == 1:
            said = self._desk.preferences.me(self._desk.workspace.id)
            self._desk.preferences.choose_me(
                self._desk.workspace.id, "" if chosen[0] == said else chosen[0]
            )

    @property
    def can_choose_me(self) -> bool:
        """Whether there is one chosen who may be said to sit here, or not any more."""
        chosen = self._table.chosen_ids()
        said = self._desk.preferences.me(self._desk.workspace.id)
        # Who is called like the author sits here without being chosen: nothing to take back.
        return len(chosen) == 1 and (chosen[0] != self._table.me or chosen[0] == said)

    @Slot()
    def start(self, member_id: str = "") -> None:
        """Give the keyboard to the list, with a person chosen, or to the first name."""
        if self._is_stale:
            self.refresh()
        self._table.choose(member_id)
        self.entrance.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def commands(self) -> tuple[Command, ...]:
        """Return what can be done with the team."""
        return (
            Command("team.new", lambda: _("New team member"), self.start_new, "Ins", "plus"),
            Command(
                "team.me", self._mine.text, self.choose_me, is_enabled=lambda: self.can_choose_me
            ),
            Command(
                "team.hand_over",
                lambda: _("Hand over what the chosen team members own…"),
                self._give.showMenu,
                is_enabled=self._give.isEnabled,
            ),
            Command(
                "team.delete",
                lambda: _("Delete the chosen team members"),
                self.delete_chosen,
                "Del",
                "trash-2",
                is_enabled=self._delete.isEnabled,
                heard=True,
            ),
        )

    @Slot()
    def start_new(self) -> None:
        """Put the cursor where a new one is named."""
        self._name.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _follow(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self.refresh()

    @Slot()
    def _on_preferences(self) -> None:
        if self._desk.me != self._table.me:
            self._follow()
        self._offer()

    @Slot()
    def _offer(self) -> None:
        """Offer what can be done with the chosen ones, and say what they own."""
        rows = self._table.chosen_rows()
        self._delete.setEnabled(bool(rows) and not self._desk.workspace.read_only)
        self._mine.setEnabled(self.can_choose_me)
        is_said = bool(rows) and rows[0].id == self._desk.preferences.me(self._desk.workspace.id)
        self._mine.setText(_("This is not me") if len(rows) == 1 and is_said else _("This is me"))
        things = _owned(rows)
        others = [one for one in self._table.people.all_rows() if one not in rows]
        can_give = bool(things) and not self._desk.workspace.read_only
        self._give.offer([(one.id, one.name) for one in others] if can_give else ())
        if not rows:
            words = ""
        elif things:
            words = _("Owns {things}. Deleted, they would have no owner.").format(things=things)
        else:
            words = _("Owns nothing.")
        self._word.setText(words)

    def _store(self, row: TeamRow, field: str, value: Any) -> bool:
        label = _("Change team member “{name}”").format(name=row.name)
        done = self._desk.write(label, edit_member, row.id, **{field: value}) is not None
        self.refresh()
        return done

    def _build(self) -> None:
        self._table = TeamTable(self._desk, self._store, self)
        self._none = WrappedLabel(
            _(
                "Nobody yet. Add yourself first, then your colleagues: whoever is here can own "
                "accounts, plans and actions."
            ),
            self,
        )
        hint = WrappedLabel(
            _(
                "Who owns accounts, plans and actions on our side. F2 changes a cell; a new name "
                "shows everywhere at once."
            ),
            self,
            "small",
        )
        self._word = WrappedLabel("", self, "small")
        self._name = TypingLine(self)
        self._name.setPlaceholderText(_("Name of a colleague"))
        self._name.setAccessibleName(_("New team member"))
        self._add = QPushButton(_("Add"), self)
        self._mine = QPushButton(_("This is me"), self)
        self._mine.setToolTip(_("“Mine” on the Today page and in views is what this person owns."))
        self._give = HandOverButton(self)
        self._delete = QPushButton(_("Delete"), self)
        self._delete.setToolTip(_("Delete the chosen team members (Delete)"))
        first, last = QHBoxLayout(), QHBoxLayout()
        for row, widgets in (
            (first, (self._name, self._add)),
            (last, (self._mine, self._give, self._delete)),
        ):
            row.setSpacing(8)
            for widget in widgets:
                row.addWidget(widget)
        last.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(9)
        for part in (hint, self._none, self._table, self._word):
            layout.addWidget(part)
        layout.addLayout(last)
        layout.addLayout(first)

    def _connect(self) -> None:
        self._table.delete_asked.connect(self.delete)
        self._table.selectionModel().selectionChanged.connect(self._offer)
        self._mine.clicked.connect(self.choose_me)
        self._give.chosen.connect(self.hand_over)
        self._delete.clicked.connect(self.delete_chosen)
        self._add.clicked.connect(self.add)
        self._name.returnPressed.connect(self.add)
        self._desk.changed.connect(self.on_changed)
        self._desk.preferences.changed.connect(self._on_preferences)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.refresh()


def _owned(rows: list[TeamRow]) -> str:
    """Say what people own together; empty where that is nothing."""
    accounts, plans, items, risks = (
        sum(getattr(row, field) for row in rows)
        for field in ("accounts", "plans", "items", "risks")
    )
    parts = (
        (accounts, ngettext("{n} account", "{n} accounts", accounts)),
        (plans, ngettext("{n} plan", "{n} plans", plans)),
        (items, ngettext("{n} goal or action", "{n} goals, milestones and actions", items)),
        (risks, ngettext("{n} risk", "{n} risks", risks)),
    )
    return _(", ").join(words.format(n=current().number(count)) for count, words in parts if count)
