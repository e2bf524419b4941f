"""A line in which one types the words of a tag for accounts that are chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QWidget

from csdesk.i18n import _
from csdesk.queries.account_tags import known_tags
from ui.pages.accounts.doing import Accounts, AccountsDoing, accounts_named
from ui.widgets.new_line import NewLine


class TagLine(NewLine):
    """Puts what is typed on accounts as a tag, and closes; tags in use are offered."""

    def __init__(self, doing: AccountsDoing, parent: QWidget | None = None) -> None:
        super().__init__(_("New tag"), "", parent)
        self._doing = doing
        self._rows: Accounts = ()
        self.entered.connect(self._on_entered)

    def start_for(self, rows: Accounts) -> None:
        """Ask for a tag of these accounts."""
        self._rows = rows
        hint = _("A tag for {accounts}").format(accounts=accounts_named(self._rows))
        self._field.setPlaceholderText(hint)
        completer = QCompleter(self._doing.desk.read(known_tags), self._field)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._field.setCompleter(completer)
        self.start()

    def typed_state(self) -> dict[str, Any] | None:
        state = super().typed_state()
        return None if state is None else {**state, "rows": self._rows}

    def take_up_typed(self, state: Mapping[str, Any]) -> None:
        self.start_for(state["rows"])
        super().take_up_typed(state)

    def _on_entered(self, tag: str) -> None:
        rows = self._rows
        self.close_line()
        self._doing.add_tag(rows, tag)
