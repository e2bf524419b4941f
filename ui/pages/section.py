"""What every tab of an account's page is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from csdesk.queries.accounts import AccountDetail
from csdesk.store.touching import Change
from ui.commands import Command
from ui.desk import Desk


class Section(QWidget):
    """One tab: it shows an account as the page read it, and reads by itself what only it shows."""

    edited = Signal()
    """Something was written here; the page reads the account again."""
    commands_changed = Signal()
    """`commands` gives others now."""

    way_asked = Signal(str, str)
    """The name of another tab to open, and what to begin there: "log", "plan" or nothing."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._detail: AccountDetail | None = None

    @property
    def account_id(self) -> str:
        """The account shown; empty before the first."""
        return self._detail.row.id if self._detail else ""

    def show_account(self, detail: AccountDetail) -> None:
        """Show an account, or the same one as it is now."""
        self._detail = detail
        self.refresh()

    def refresh(self) -> None:
        """Show what is known now; never writes."""

    def concerns(self, change: Change) -> bool:
        """Tell whether a change that does not touch the account may show here."""
        return change.touches("member")

    def show_item(self, entity: str, item_id: str) -> None:
        """Bring one item into view."""

    def entrance(self) -> QWidget | None:
        """Return where the keyboard begins in this tab; None leaves it on the tabs."""
        return None

    def commands(self) -> tuple[Command, ...]:
        """Return what can be done in this tab."""
        return ()

    def state(self) -> dict[str, Any]:
        """Return what should be as it was when the page is built anew; plain values only."""
        return {}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take up what `state` returned."""
