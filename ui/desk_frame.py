"""What fills the window while a workspace is open: sidebar, top bar, pages, status bar."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.account_count import AccountCount
from ui.commands import Command, Commands
from ui.desk import Desk
from ui.page_stack import PageStack
from ui.pages.page import Page
from ui.prompts import MessageBar
from ui.returning import Returning
from ui.trail import Place, Trail
from ui.widgets.front_stack import LastResort
from ui.widgets.search_box import SearchBox
from ui.widgets.sidebar import Entry, Sidebar
from ui.widgets.status_bar import StatusBar
from ui.widgets.top_bar import TopBar

REVIEW = "review"
"""The room where decisions wait."""
HOME = "accounts"
"""The room one comes into: it has the first steps where the workspace is still empty."""


@dataclass(frozen=True, slots=True)
class Room:
    """One page of the window: how it is made, and what the sidebar shows for it.

    `shows` names the entities whose items the page brings into view; a room without an icon has
    no entry of its own and belongs to the one named `under`. `count` tells how much waited there
    when it was last counted.
    """

    name: str
    make: Callable[[Desk, QWidget | None], Page]
    label: Callable[[], str]
    icon: str = ""
    under: str = ""
    shows: tuple[str, ...] = ()
    at_foot: bool = False
    count: Callable[[Desk], int] | None = None
    keys: str = ""
    """What brings the page to the front from anywhere, such as "Ctrl+2"."""


class DeskFrame(QWidget):
    """Shows one desk; pages are made when they are first gone to."""

    page_changed = Signal()
    """Another page is in front, so other commands can be used."""
    title_changed = Signal()
    """The page in front has something else in view."""

    def __init__(
        self,
        desk: Desk,
        commands: Commands,
        rooms: Sequence[Room],
        new_commands: tuple[str, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._commands = commands
        self._rooms = {room.name: room for room in rooms}
        self._reviews = 0
        self.trail = Trail()
        """Where one was in this window."""
        self._workspace_id = desk.workspace.id
        self._build(new_commands)
        self._connect()
        self.show_counts()
        desk.reviews.count_soon()

    @property
    def desk(self) -> Desk:
        """The desk shown."""
        return self._desk

    @property
    def page(self) -> Page | None:
        """The page in front."""
        return self._stack.front

    @property
    def title(self) -> str:
        """What is in view: the name of an account, else that of the page."""
        words = self.page.title() if self.page is not None else ""
        here = self.trail.here
        return words or (self._rooms[here.page].label() if here is not None else "")

    @property
    def search(self) -> SearchBox:
        """The search field."""
        return self._search

    @Slot(str)
    def show_page(self, name: str) -> None:
        """Bring a page to the front, making it if it is not there yet."""
        self._go(name, "", "")

    @Slot(str, str)
    def show_item(self, entity: str, item_id: str) -> None:
        """Bring the page that has this item to the front, with the item in view."""
        room = next((room for room in self._rooms.values() if entity in room.shows), None)
        if room is not None:
            self._go(room.name, entity, item_id)
            self.focus_page()

    def can_show(self, entity: str) -> bool:
        """Tell whether there is a page for the items of an entity."""
        return any(entity in room.shows for room in self._rooms.values())

    def step(self, by: int) -> None:
        """Go back (-1) to where one was before, or forward (1) to where one came back from."""
        place = self.trail.step(by)
        if place is not None:
            self._bring(place)
            self.focus_page()

    def offers(self) -> Iterator[tuple[str, Sequence[Command]]]:
        """Yield what each page can do, by its name, making those nobody went to yet."""
        for room in self._rooms.values():
            for part, commands in self._stack.page(room.name).offers():
                yield " – ".join(words for words in (room.label(), part) if words), commands

    def state(self) -> dict[str, Any]:
        """Return where one is and how the pages look, to be taken up by a frame made anew."""
        here = self.trail.here
        place = [here.page, here.entity, here.item_id] if here else ["", "", ""]
        return {"place": place, "pages": self._stack.state()}

    def restore(self, state: dict[str, Any]) -> None:
        """Take up a state; a place that is gone leads home."""
        pages = state.get("pages")
        kept = pages.items() if isinstance(pages, dict) else ()
        self._stack.restore({name: page for name, page in kept if isinstance(page, dict)})
        place = state.get("place")
        texts = [one for one in place if isinstance(one, str)] if isinstance(place, list) else []
        name, entity, item_id = texts if len(texts) == 3 else ("",) * 3
        if name not in self._rooms:
            name, entity, item_id = HOME, "", ""
        self._go(name, entity, item_id)
        self.focus_page()

    def serve(self, command_id: str) -> None:
        """Let the page in front carry out a command it answers."""
        if self.page is not None:
            handler = self.page.handlers().get(command_id)
            if handler is not None:
                handler()

    def serves(self, command_id: str) -> bool:
        """Tell whether the page in front answers a command."""
        return self.page is not None and command_id in self.page.handlers()

    @Slot()
    def show_counts(self) -> None:
        """Say at the entries of the sidebar how much waits in each room."""
        for room in self._rooms.values():
            if room.count is not None:
                count = room.count(self._desk)
                self._sidebar.show_count(room.name, count)
                if room.name == REVIEW:
                    self._reviews = count
                    self._status.show_reviews(count)

    @Slot(str, str)
    def _on_state(self, text: str, tone: str) -> None:
        self._status.show_state(text, tone)
        self._status.explain(self._desk.publishing.details)

    @Slot()
    def _on_chip(self) -> None:
        """Go where there is more to see of what the chip says."""
        self._commands.run("page.review" if self._reviews else "page.copies")

    @Slot(str)
    def _on_news(self, account_id: str) -> None:
        """Go to the account that somebody changed, or where it says who was here."""
        if account_id:
            self.show_item("account", account_id)
        else:
            self._commands.run("page.copies")

    def _go(self, name: str, entity: str, item_id: str) -> None:
        place = Place(name, entity, item_id)
        self.trail.go(place)
        if item_id:
            self._desk.preferences.note_opened(self._workspace_id, entity, item_id)
        self._bring(place)

    def _bring(self, place: Place) -> None:
        self._sidebar.show_page(self._rooms[place.page].under or place.page)
        self._stack.bring(place.page, place.entity, place.item_id)
        self._offer_commands()
        self.page_changed.emit()

    @Slot()
    def _offer_commands(self) -> None:
        """Let the window offer what the page in front can do."""
        if self.page is not None:
            self._commands.show_page(self.page, self.page.commands(), self.page.further)

    def focus_page(self) -> None:
        """Let the keyboard work in the page at once."""
        if self.page is not None:
            self.page.enter()

    @Slot()
    def _on_retried(self) -> None:
        """Go once more to the page that failed."""
        if self.trail.here is not None:
            self._bring(self.trail.here)

    def _build(self, new_commands: tuple[str, ...]) -> None:
        entries = [
            Entry(room.name, room.icon, room.label(), room.at_foot)
            for room in self._rooms.values()
            if room.icon
        ]
        look = self._desk.look
        self._sidebar = Sidebar(look, entries, self)
        self._search = SearchBox(self._desk, self._commands, self.can_show, self)
        self._messages = MessageBar(look, self)
        makers = {room.name: room.make for room in self._rooms.values()}
        self._stack = PageStack(self._desk, makers, self)
        self._status = StatusBar(look, self._desk.tasks, self)
        path = self._desk.workspace.path
        self._status.show_file(path.name, str(path))
        self._status.show_state(*self._desk.publishing.state)
        notice = QVBoxLayout()
        notice.setContentsMargins(22, 10, 22, 0)
        notice.addWidget(self._messages)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(TopBar(self._commands, self._search, new_commands, self))
        right.addLayout(notice)
        right.addWidget(LastResort(self._stack, self), 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._sidebar)
        middle.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(middle, 1)
        layout.addWidget(self._status)

    def _connect(self) -> None:
        self._stack.commands_changed.connect(self._offer_commands)
        self._stack.title_changed.connect(self.title_changed)
        self._stack.retried.connect(self._on_retried)
        Returning(self._desk, lambda: self.page, self)
        self._desk.reviews.counted.connect(self.show_counts)
        self._desk.due.counted.connect(self.show_counts)
        self._sidebar.chosen.connect(self.show_page)
        self._search.chosen.connect(self.show_item)
        self._desk.place_asked.connect(self.show_item)
        self._desk.command_asked.connect(self._commands.run)
        AccountCount(self._desk, self).counted.connect(self._status.show_counts)
        self._desk.messages.said.connect(self._messages.show_message)
        self._desk.publishing.state_changed.connect(self._on_state)
        self._desk.publishing.arrived.connect(self._status.show_news)
        self._status.chip_pressed.connect(self._on_chip)
        self._status.news_pressed.connect(self._on_news)
