"""What can be done on the page of an account whatever tab is in front, and what its tabs say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from csdesk.i18n import _
from ui.commands import Command, in_submenu

TAB_NAMES = (
    "overview",
    "plan",
    "kpis",
    "touchpoints",
    "stakeholders",
    "risks",
    "contracts",
    "document",
    "history",
)
"""The names of the tabs, from the left."""


def tab_words(name: str) -> str:
    """Return the words on a tab. Raises KeyError where there is none of this name."""
    return {
        "overview": _("Overview"),
        "plan": _("Success plan"),
        "kpis": _("KPIs"),
        "touchpoints": _("Touchpoints"),
        "stakeholders": _("Stakeholders"),
        "risks": _("Risks & opportunities"),
        "contracts": _("Contracts"),
        "document": _("Document"),
        "history": _("History"),
    }[name]


def touchpoint_commands(begin: Callable[[str, str], object]) -> tuple[Command, ...]:
    """Return what begins a touchpoint; `begin` takes the tab and what to begin there."""
    return (
        Command(
            "touchpoints.new",
            lambda: _("Log a touchpoint"),
            partial(begin, "touchpoints", "log"),
            "Ctrl+L",
            "plus",
        ),
        Command(
            "touchpoints.plan_meeting",
            lambda: _("Plan a meeting"),
            partial(begin, "touchpoints", "plan"),
            "Ctrl+Shift+L",
            "calendar",
        ),
    )


def tab_commands(
    names: Iterable[str], go: Callable[[str], object], step: Callable[[int], object]
) -> tuple[Command, ...]:
    """Return what goes to each of the tabs, and to the next and the previous one."""
    tabs = (
        Command(f"account.tab_{name}", partial(go_to_words, name), partial(go, name))
        for name in names
    )
    steps = (
        Command("account.next_tab", lambda: _("Next tab"), partial(step, 1), "Ctrl+PgDown"),
        Command("account.previous_tab", lambda: _("Previous tab"), partial(step, -1), "Ctrl+PgUp"),
    )
    return in_submenu(lambda: _("Parts of the account"), (*steps, *tabs))


def go_to_words(name: str) -> str:
    """Return the words of the command that goes to a tab."""
    return _("Go to “{title}”").format(title=tab_words(name))
