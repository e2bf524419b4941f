"""A panel beside a document whose list a worker finds out: what it came to, and what went wrong."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from csdesk.errors import UserError
from ui.desk import Desk
from ui.looking import Looking
from ui.pages.document.places import place_of
from ui.pages.document.side_panel import SidePanel


class LookingPanel(SidePanel):
    """Keeps what was found last; the list is built anew only where it differs."""

    place_asked = Signal(str, str)
    """Entity and id of what a line is about: its page is to be shown."""

    first = 30
    """Lines of a kind that are shown before one asks for more of them."""
    more = 30
    """How many more are shown then."""

    def __init__(self, desk: Desk, title: str, label: str, parent: QWidget | None = None) -> None:
        """`label` names what the worker does."""
        super().__init__(desk, title, parent)
        self._found: tuple[Any, ...] | None = None
        self._trouble = ""
        self._shown: dict[str, int] = {}
        self._looking = Looking(desk, label, self)
        self._looking.found.connect(self._on_found)
        self._looking.refused.connect(self._on_refused)

    @property
    def is_looking(self) -> bool:
        """Whether an answer is on its way."""
        return self._looking.is_looking

    def _forget(self) -> None:
        """Forget what was found: it belongs to something else."""
        self._found, self._trouble = None, ""
        self._shown.clear()

    @Slot(object)
    def _on_found(self, found: Iterable[Any]) -> None:
        known = tuple(found)
        if known != self._found:
            self._found, self._trouble = known, ""
            self._rebuild()

    @Slot(object)
    def _on_refused(self, error: UserError) -> None:
        self._found = None
        self._trouble = str(error)
        self._rebuild()

    def _shown_of(self, kind: str) -> int:
        """Return how many lines of a kind are shown."""
        return self._shown.get(kind, self.first)

    def _show_more(self, kind: str) -> None:
        self._shown[kind] = self._shown_of(kind) + self.more
        self._rebuild()

    def _lead_to(self, entity: str, row_id: str) -> None:
        """Ask for the page of something that the document tells of."""
        place = self._document and place_of(self._document.view, entity, row_id)
        if place:
            self.place_asked.emit(*place)
