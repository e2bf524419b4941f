"""What every page of the window is: a widget that knows the desk and can be asked for little."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from ui.commands import Command
from ui.desk import Desk


class Page(QWidget):
    """A page in the window's stack.

    A page is built anew when the language changes, so it asks for its texts once, while it is
    built; `state` and `restore` carry over what the user sees. It hears of changed rows through
    `desk.changed` and paints those again.
    """

    commands_changed = Signal()
    """`commands` gives others now; whether one can be used is asked anyway, whenever it matters."""
    title_changed = Signal()
    """`title` says something else now."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    @property
    def desk(self) -> Desk:
        """The desk this page works at."""
        return self._desk

    def title(self) -> str:
        """Return what is in view, such as the name of an account; empty where the page has none."""
        return ""

    def show_item(self, entity: str, item_id: str) -> None:
        """Bring one item of this page into view; a page without items does nothing."""

    def entrance(self) -> QWidget | None:
        """Return where the keyboard begins when one goes to the page; None for the page itself.

        It is no focus proxy: of what stands before one, Tab comes by nothing.
        """
        return None

    @Slot()
    def enter(self) -> None:
        """Let the keyboard work in the page at once."""
        (self.entrance() or self).setFocus()

    def refresh(self) -> None:
        """Read everything again and show it."""

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return the window's commands this page answers, such as "file.export_pdf"."""
        return {}

    def commands(self) -> tuple[Command, ...]:
        """Return what this page can do beside what the window offers everywhere.

        Their keys work while this page is in front; those without Ctrl or Alt, such as Delete,
        while the keyboard is in it.
        """
        return ()

    def further(self) -> tuple[Command, ...]:
        """Return what can be done near by, such as in a tab that is not in front, for the palette.

        Asked while somebody types: nothing is made for it.
        """
        return ()

    def offers(self) -> Iterator[tuple[str, Sequence[Command]]]:
        """Yield what each part of this page can do, also those not in front, by its name.

        A page of one part yields its commands, without a name.
        """
        yield "", self.commands()

    def state(self) -> dict[str, Any]:
        """Return what should be as it was when the page is built anew; plain values only."""
        return {}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take up what `state` returned; values that do not fit are passed over."""
