"""The pages of the window, in the order of the sidebar."""

from __future__ import annotations

from csdesk.i18n import _
from ui.desk_frame import Room
from ui.pages.account.page import SHOWN_IN, AccountPage
from ui.pages.accounts import AccountsPage
from ui.pages.settings import SettingsPage

NEW_COMMANDS = ("accounts.new", "file.import", "file.new")
"""What the button "New" offers."""


def rooms() -> tuple[Room, ...]:
    """Return the rooms there are."""
    return (
        Room("accounts", AccountsPage, lambda: _("Accounts"), "users"),
        Room("account", AccountPage, lambda: _("Account"), under="accounts", shows=tuple(SHOWN_IN)),
        Room("settings", SettingsPage, lambda: _("Settings"), "settings", at_foot=True),
    )
