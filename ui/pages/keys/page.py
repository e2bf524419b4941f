"""The page that lists the keys of everything that has some, found by words or by the keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from csdesk.i18n import _
from csdesk.insight.fuzzy import match
from csdesk.store.words import fold
from ui.commands import Command
from ui.desk import Desk
from ui.icons import icon
from ui.pages.page import Page
from ui.palette.finds import Find, Group
from ui.palette.palette_list import PaletteDelegate, PaletteList


class KeysPage(Page):
    """Shows groups of commands with their keys; the window tells them when the page is shown."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._groups: list[Group] = []
        self._rest: Iterator[Group] = iter(())
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._build()
        self._connect()

    @property
    def model(self) -> PaletteList:
        """The commands shown."""
        return self._model

    @property
    def is_complete(self) -> bool:
        """Whether all pages have told their keys."""
        return bool(self._groups) and not self._timer.isActive()

    def show_groups(self, groups: Iterator[Group]) -> None:
        """Show these groups, the first at once and the others one after the other."""
        self._groups = []
        self._model.set_groups([])
        self._rest = groups
        self._take_next()
        self._timer.start()

    @Slot()
    def _take_next(self) -> None:
        group = next(self._rest, None)
        if group is None:
            self._timer.stop()
            return
        self._groups.append(group)
        fitting = self._fitting(group)
        if fitting is not None:
            self._model.add_groups([fitting])
        self._nothing.setVisible(not self._model.finds)

    @Slot()
    def _filter(self) -> None:
        shown = [one for group in self._groups if (one := self._fitting(group)) is not None]
        self._model.set_groups(shown)
        self._nothing.setVisible(not shown)

    def _fitting(self, group: Group) -> Group | None:
        """Leave of a group what fits the words in the field; None where nothing does."""
        words = self._field.text().strip()
        if not words:
            return group
        if match(words, group.head, fold) is not None:
            return group
        finds = [find for find in group.finds if _fits(words, find)]
        return Group(group.head, finds) if finds else None

    def _build(self) -> None:
        title = QLabel(_("Keyboard shortcuts"), self)
        title.setProperty("kind", "title")
        self._field = QLineEdit(self)
        self._field.setPlaceholderText(_("Find by words or keys, such as “goal” or “Ctrl+D”"))
        self._field.setAccessibleName(_("Find a shortcut"))
        self._field.setClearButtonEnabled(True)
        self._field.addAction(
            icon(self._desk.look, "search"), QLineEdit.ActionPosition.LeadingPosition
        )
        self._field.setMaximumWidth(560)
        self._model = PaletteList(self)
        self._list = QListView(self)
        self._list.setModel(self._model)
        self._list.setItemDelegate(PaletteDelegate(self._desk.look, self._list))
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName(_("Keyboard shortcuts"))
        self._nothing = QLabel(_("Nothing found."), self)
        self._nothing.setProperty("kind", "muted")
        self._nothing.hide()
        card = QFrame(self)
        card.setProperty("kind", "card")
        card.setMaximumWidth(760)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(8, 8, 8, 8)
        inside.addWidget(self._nothing)
        inside.addWidget(self._list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 14, 22, 14)
        layout.setSpacing(10)
        layout.addWidget(title)
        layout.addWidget(self._field)
        layout.addWidget(card, 1)

    def _connect(self) -> None:
        self._timer.timeout.connect(self._take_next)
        self._field.textChanged.connect(self._filter)

    def entrance(self) -> QWidget | None:
        return self._field

    def commands(self) -> tuple[Command, ...]:
        return (
            Command("keys.find", lambda: _("&Find a shortcut"), self._field.setFocus, "Ctrl+F"),
        )

    def state(self) -> dict[str, Any]:
        return {"words": self._field.text()}

    def restore(self, state: Mapping[str, Any]) -> None:
        self._field.setText(str(state.get("words", "")))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._groups:
            self._desk.command_asked.emit("help.keys")  # the window knows what there is

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self._field.hasFocus():
            self._list.setFocus(Qt.FocusReason.TabFocusReason)
            self._list.setCurrentIndex(self._model.index(self._model.step(-1, 1)))
        elif event.key() == Qt.Key.Key_Escape and self._field.text():
            self._field.clear()
        else:
            super().keyPressEvent(event)


def _fits(words: str, find: Find) -> bool:
    """Tell whether a command fits by its words, or by its keys however they are written."""
    if match(words, find.title, fold) is not None:
        return True
    return _joined(words) in _joined(find.keys)


def _joined(keys: str) -> str:
    """Write keys without what stands between them: “Ctrl K”, “ctrl-k” and “Ctrl+K” are one."""
    return "".join(char for char in fold(keys) if char not in " -+")
