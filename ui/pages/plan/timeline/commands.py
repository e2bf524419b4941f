"""What can be done with a timeline, for menus and the palette."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from csdesk.i18n import _
from ui.commands import Command, in_submenu
from ui.pages.plan.timeline.holding import Grip
from ui.pages.plan.timeline.view import TimelineView


def timeline_commands(
    view: TimelineView, begin_shift: Callable[[], object], has_plan: Callable[[], bool]
) -> tuple[Command, ...]:
    """Return the commands of a timeline; the keys they tell are heard while it has the focus.

    `has_plan` tells whether there is a plan to be seen in it.
    """

    def nudge(grip: Grip, days: int) -> None:
        row = view.current_row
        if row is not None:
            view.hand.nudge(row, grip, days, view.today)

    def is_chosen() -> bool:
        row = view.current_row
        return row is not None and not row.item.is_closed

    def told(name: str, text: Callable[[], str], keys: str, grip: Grip, days: int) -> Command:
        run = partial(nudge, grip, days)
        return Command(f"plan.{name}", text, run, keys, is_enabled=is_chosen, heard=True)

    commands = (
        Command(
            "plan.shift_schedule",
            lambda: _("Shift the schedule…"),
            begin_shift,
            icon="calendar",
            is_enabled=has_plan,
        ),
        *_looks(view, has_plan),
        told("later", lambda: _("Timeline: move a day later"), "Alt+Right", Grip.MOVE, 1),
        told("earlier", lambda: _("Timeline: move a day earlier"), "Alt+Left", Grip.MOVE, -1),
        told("longer", lambda: _("Timeline: end a day later"), "Shift+Right", Grip.END, 1),
        told("shorter", lambda: _("Timeline: end a day earlier"), "Shift+Left", Grip.END, -1),
    )
    return in_submenu(lambda: _("Timeline"), commands)


def _looks(view: TimelineView, has_plan: Callable[[], bool]) -> tuple[Command, ...]:
    """Return the ways to look at another span of time."""
    return (
        Command(
            "plan.timeline_today",
            lambda: _("Timeline: show today"),
            view.show_today,
            "T",
            is_enabled=has_plan,
            heard=True,
        ),
        Command(
            "plan.timeline_fit",
            lambda: _("Timeline: show the whole plan"),
            view.fit,
            "0",
            is_enabled=has_plan,
            heard=True,
        ),
        Command(
            "plan.timeline_closer",
            lambda: _("Timeline: look closer"),
            view.zoom_in,
            "Ctrl++",
            is_enabled=has_plan,
            heard=True,
        ),
        Command(
            "plan.timeline_wider",
            lambda: _("Timeline: show more time"),
            view.zoom_out,
            "Ctrl+-",
            is_enabled=has_plan,
            heard=True,
        ),
    )
