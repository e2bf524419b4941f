"""The pages of the window, in the order of the sidebar."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from csdesk.i18n import _
from ui.desk import Desk
from ui.desk_frame import Room
from ui.pages.accounts.page import AccountsPage
from ui.pages.page import Page

NEW_COMMANDS = ("accounts.new", "file.import", "file.new")
"""What the button "New" offers."""

OF_AN_ACCOUNT = (
    "account",
    "plan",
    "new_plan",
    "goal",
    "milestone",
    "action",
    "kpi_value",
    "touchpoint",
    "contact",
    "risk",
    "opportunity",
    "feedback",
    "enquiry",
    "contract",
    "plan_revision",
)
"""The entities whose items the page of an account brings into view."""


def rooms() -> tuple[Room, ...]:
    """Return the rooms there are."""
    return (
        Room(
            "today",
            _today,
            lambda: _("Today"),
            "calendar",
            count=_due_today,
            keys="Ctrl+1",
        ),
        Room(
            "accounts",
            AccountsPage,
            lambda: _("Accounts"),
            "users",
            shows=("saved_view", "account_filter"),
            keys="Ctrl+2",
        ),
        Room("account", _account, lambda: _("Account"), under="accounts", shows=OF_AN_ACCOUNT),
        Room(
            "templates",
            _templates,
            lambda: _("Templates"),
            "layout-template",
            shows=("template",),
            keys="Ctrl+3",
        ),
        Room(
            "review",
            _review,
            lambda: _("To review"),
            "arrow-left-right",
            at_foot=True,
            count=_open_reviews,
            keys="Ctrl+Shift+R",
        ),
        Room(
            "copies",
            _copies,
            lambda: _("People and copies"),
            "folder-sync",
            at_foot=True,
            keys="Ctrl+Shift+P",
        ),
        Room(
            "settings",
            _settings,
            lambda: _("Settings"),
            "settings",
            shows=("member",),
            at_foot=True,
            keys="Ctrl+,",
        ),
        Room("keys", _keys, lambda: _("Keyboard shortcuts")),
    )


# Pages that are not shown at the start are loaded when they are first gone to.


def _today(desk: Desk, parent: QWidget | None) -> Page:
    from ui.pages.today.page import TodayPage

    return TodayPage(desk, parent)


def _due_today(desk: Desk) -> int:
    return desk.due.number


def _account(desk: Desk, parent: QWidget | None) -> Page:
    from ui.pages.account.page import AccountPage

    return AccountPage(desk, parent)


def _templates(desk: Desk, parent: QWidget | None) -> Page:
    from ui.pages.templates.page import TemplatesPage

    return TemplatesPage(desk, parent)


def _review(desk: Desk, parent: QWidget | None) -> Page:
    from ui.pages.review.page import ReviewPage

    return ReviewPage(desk, parent)


def _open_reviews(desk: Desk) -> int:
    return desk.reviews.number


def _copies(desk: Desk, parent: QWidget | None) -> Page:
    from ui.pages.copies.page import CopiesPage

    return CopiesPage(desk, parent)


def _keys(desk: Desk, parent: QWidget | None) -> Page:
    from ui.pages.keys.page import KeysPage

    return KeysPage(desk, parent)


def _settings(desk: Desk, parent: QWidget | None) -> Page:
    from ui.pages.settings import SettingsPage

    return SettingsPage(desk, parent)
