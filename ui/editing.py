"""What becomes of a text somebody is typing while the same field is changed elsewhere.

One guard for every editor of a desk. Editors say which field of which row they stand for; the
guard looks at those in which somebody types, before and after the pages show a change. What is
typed stays: a bar tells what arrived and leaves the choice. Where the row went away, or the
editor with it, the typed text is kept in a bar until somebody has copied or stored it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from csdesk.actions.keeping import keep_what_was_typed
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.queries.field_state import Writing, deletion_of, last_writing
from csdesk.queries.rows import row_of
from csdesk.workspace.workspace import Workspace
from ui.prompts import Messages
from ui.theme import Look
from ui.widgets.meanwhile_bar import Choice, MeanwhileBar

MOST_SHOWN = 160
"""Characters of a text that a bar quotes; the rest is in its tooltip."""


class Typing(Protocol):
    """A field that keeps apart what is typed and what is stored."""

    @property
    def is_typing(self) -> bool:
        """Whether there is text here that is not stored yet."""
        ...

    @property
    def typed(self) -> str:
        """The text as it stands here."""
        ...

    @property
    def base(self) -> str:
        """The stored text when the typing began."""
        ...

    @property
    def stored(self) -> str:
        """The stored text of now."""
        ...

    def show_stored(self) -> None:
        """Give up what is typed for what is stored."""
        ...

    def acknowledge(self) -> None:
        """Count what is stored now as known to who is typing here."""
        ...


@dataclass(frozen=True, slots=True)
class Place:
    """The field of a row that an editor stands for.

    `holder` is the row that has to live for it (entity and id), where that is another one.
    """

    entity: str
    row_id: str
    field: str
    holder: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class _Watched:
    widget: QWidget
    typing: Typing
    place: Callable[[], Place | None]
    value: Callable[[], Any]


@dataclass(slots=True)
class _Held:
    """What was being typed just before the pages heard of a change."""

    watched: _Watched
    window: QWidget
    typed: str
    place: Place | None
    value: Any = None
    is_readable: bool = True
    deletion: Writing | None = None
    told: str = field(default="")


class Editing(QObject):
    """Looks after what is being typed at one desk."""

    def __init__(
        self, workspace: Workspace, look: Look, messages: Messages, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._look = look
        self._messages = messages
        self._watched: list[_Watched] = []
        self._held: list[_Held] = []
        self._bar: MeanwhileBar | None = None
        self._kept: list[_Held] = []
        self._kept_bar: MeanwhileBar | None = None

    @property
    def bar(self) -> MeanwhileBar | None:
        """The bar beside the field in which somebody types, while there is something to tell."""
        return self._bar

    @property
    def kept_bar(self) -> MeanwhileBar | None:
        """The bar with a typed text whose place went away."""
        return self._kept_bar

    @property
    def is_typing(self) -> bool:
        """Whether somebody is in the middle of typing."""
        return any(True for _one in self._now_typing())

    def watch(
        self,
        widget: QWidget,
        typing: Typing,
        place: Callable[[], Place | None],
        value: Callable[[], Any] | None = None,
    ) -> None:
        """Look after an editor as long as it lives.

        `place` tells what it stands for, None for a row that is not stored yet; `value` reads
        what is typed as the field keeps it and raises UserError where that cannot be read.
        """
        self._watched = [one for one in self._watched if shiboken6.isValid(one.widget)]
        self._watched.append(_Watched(widget, typing, place, value or (lambda: typing.typed)))

    def hold(self) -> None:
        """Note what is being typed, before the pages show a change.

        What belongs to a row that is deleted by now is taken out of its editor, so that no page
        tries to store it.
        """
        self._held = []
        for watched in list(self._now_typing()):
            held = _Held(watched, watched.widget.window(), watched.typing.typed, watched.place())
            try:
                held.value = watched.value()
            except UserError:
                held.is_readable = False
            if held.place is not None:
                row = held.place.holder or (held.place.entity, held.place.row_id)
                held.deletion = self._workspace.read(deletion_of, *row)
            self._held.append(held)
            if held.deletion is not None:
                watched.typing.show_stored()

    def tell(self) -> None:
        """Tell what the change meant for what is being typed, after the pages have shown it."""
        held, self._held = self._held, []
        for one in held:
            watched = one.watched
            if one.deletion is not None:
                self._keep(one)
            elif _is_open(watched) and watched.typing.typed == one.typed:
                self._compare(one)
            elif not self._is_stored(one):
                self._keep(one)

    def close(self) -> None:
        """Take all bars away."""
        self._close_bar()
        self._kept = []
        self._show_kept()

    def _now_typing(self) -> list[_Watched]:
        return [one for one in self._watched if _is_open(one)]

    def _compare(self, held: _Held) -> None:
        typing = held.watched.typing
        if typing.stored in (typing.base, typing.typed):
            return
        self._close_bar()
        bar = MeanwhileBar(self._look, held.window, held.watched.widget)
        bar.typing_checked.connect(partial(self._on_typing_checked, held.watched))
        choices: list[Choice] = [
            (_("&Take theirs"), partial(self._take, held.watched)),
            (_("&Keep mine"), partial(self._keep_mine, held.watched)),
        ]
        self._bar = bar
        bar.say(self._arrived(held.place, typing.stored), "accent", choices, typing.stored)

    def _arrived(self, place: Place | None, stored: str) -> str:
        """Say who wrote what meanwhile."""
        writing = None
        if place is not None:
            writing = self._workspace.read(last_writing, place.entity, place.row_id, place.field)
        who = self._name_of(writing)
        said = _shortened(stored)
        if not stored:
            return (
                _("{name} emptied this field meanwhile.").format(name=who)
                if who
                else _("This field was emptied meanwhile.")
            )
        if who:
            return _("{name} wrote “{text}” meanwhile.").format(name=who, text=said)
        return _("Meanwhile this became “{text}”.").format(text=said)

    def _name_of(self, writing: Writing | None) -> str:
        """Name who wrote something, unless it was done here."""
        if writing is None or (writing.author, writing.device) == (
            self._workspace.author,
            self._workspace.device,
        ):
            return ""
        return writing.author or writing.device

    def _take(self, watched: _Watched) -> None:
        self._close_bar()
        if _is_open(watched):
            watched.typing.show_stored()

    def _keep_mine(self, watched: _Watched) -> None:
        self._close_bar()
        if _is_open(watched):
            watched.typing.acknowledge()

    def _on_typing_checked(self, watched: _Watched) -> None:
        typing_on = _is_open(watched)
        if not typing_on or watched.typing.stored == watched.typing.typed:
            self._close_bar()

    def _close_bar(self) -> None:
        bar, self._bar = self._bar, None
        if bar is not None and shiboken6.isValid(bar):
            bar.dismiss()

    def _is_stored(self, held: _Held) -> bool:
        """Tell whether a text that is typed no more has reached its row."""
        place = held.place
        if place is None or not held.is_readable:
            return not held.typed.strip()
        row = self._workspace.read(row_of, place.entity, place.row_id)
        return row is not None and _plain(row.values.get(place.field)) == _plain(held.value)

    def _keep(self, held: _Held) -> None:
        if not held.typed.strip():
            return
        held.told = self._lost_place(held)
        self._kept.append(held)
        self._show_kept()

    def _lost_place(self, held: _Held) -> str:
        """Say why a text has no place any more."""
        text = _shortened(held.typed)
        if held.deletion is None:
            return _("The field you were typing in is gone. Your text is kept: “{text}”").format(
                text=text
            )
        who = self._name_of(held.deletion)
        if who:
            said = _("{name} deleted this meanwhile. Your text is kept: “{text}”")
            return said.format(name=who, text=text)
        return _("This was deleted meanwhile. Your text is kept: “{text}”").format(text=text)

    def _show_kept(self) -> None:
        """Show the oldest text that lost its place."""
        bar, self._kept_bar = self._kept_bar, None
        if bar is not None and shiboken6.isValid(bar):
            bar.dismiss()
        self._kept = [one for one in self._kept if shiboken6.isValid(one.window)]
        if not self._kept:
            return
        held = self._kept[0]
        choices: list[Choice] = [(_("&Copy the text"), partial(self._copy, held))]
        if held.place is not None and held.place.holder is None and held.is_readable:
            label = _("&Bring it back with my text") if held.deletion else _("&Store my text")
            choices.append((label, partial(self._store, held)))
        choices.append((_("&Discard"), partial(self._forget, held)))
        self._kept_bar = MeanwhileBar(self._look, held.window)
        self._kept_bar.say(held.told, "warning", choices, held.typed)

    def _copy(self, held: _Held) -> None:
        QGuiApplication.clipboard().setText(held.typed)
        self._forget(held)

    def _store(self, held: _Held) -> None:
        place = held.place
        assert place is not None
        try:
            self._workspace.write(
                _("Keep what was typed"),
                keep_what_was_typed,
                place.entity,
                place.row_id,
                place.field,
                held.value,
            )
        except UserError as error:
            self._messages.error(error)
        else:
            self._forget(held)

    def _forget(self, held: _Held) -> None:
        self._kept.remove(held)
        self._show_kept()


def _is_open(watched: _Watched) -> bool:
    """Tell whether somebody is typing in an editor that can be seen."""
    return (
        shiboken6.isValid(watched.widget)
        and not watched.widget.isHidden()
        and watched.widget.isVisible()
        and watched.typing.is_typing
    )


def _plain(value: Any) -> Any:
    """Return a value without what is trimmed before it is stored; no text is no value."""
    return " ".join(value.split()) or None if isinstance(value, str) else value


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= MOST_SHOWN else f"{line[: MOST_SHOWN - 1]}…"
