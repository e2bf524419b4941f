"""What the tabs of an account can do, as offered while they are not in front.

A tab is made when it is first looked at, and nobody should wait for nine of them because she
opened the palette. So what they can do without a row being chosen is written down here once more,
as light as a list of words; a test holds it to what the tabs themselves offer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from csdesk.i18n import _
from csdesk.queries.portfolio import AccountRow
from ui.commands import Command
from ui.desk import Desk
from ui.pages.account.page_commands import go_to_words, tab_words


@dataclass(frozen=True, slots=True)
class FarCommand:
    """One command of a tab: the last of `steps`, each the id of a command offered after the one
    before it, beginning where the tab is in front.
    """

    tab: str
    steps: tuple[str, ...]
    text: Callable[[], str]
    icon: str = ""
    needs_plan: bool = False


Far = tuple[FarCommand, ...]


def far_commands(
    desk: Desk,
    row: AccountRow | None,
    tabs: Iterable[str],
    *,
    from_outside: bool = False,
) -> tuple[Command, ...]:
    """Return what can be done for an account in its tabs; each goes to the tab first.

    Seen `from_outside` the page of the account, each goes there, and tells the account's name.
    """
    if row is None:
        return ()
    account_id = row.id if from_outside else ""
    return tuple(
        Command(
            one.steps[-1],
            one.text,
            partial(_do_in_turn, desk, account_id, one.steps),
            icon=one.icon,
            place=" · ".join(part for part in (row.name * from_outside, words) if part),
        )
        for one, words in _all(tabs, from_outside)
        if row.plan_id is not None or not one.needs_plan
    )


def _all(tabs: Iterable[str], from_outside: bool) -> Iterator[tuple[FarCommand, str]]:
    """Yield the commands with the words on their tab; what goes to a tab needs none."""
    names = tuple(tabs)
    if from_outside:
        for name in names:
            yield FarCommand("", (f"account.tab_{name}",), partial(go_to_words, name)), ""
    for one in FAR_COMMANDS:
        if one.tab in names:
            steps = (f"account.tab_{one.tab}", *one.steps)
            words = tab_words(one.tab)
            yield FarCommand(one.tab, steps, one.text, one.icon, one.needs_plan), words


def _do_in_turn(desk: Desk, account_id: str, steps: Sequence[str]) -> None:
    if account_id:
        desk.show("account", account_id)
    for step in steps:
        desk.command_asked.emit(step)


def _of_plan(
    name: str, text: Callable[[], str], icon: str = "", *, needs_plan: bool = True
) -> FarCommand:
    return FarCommand("plan", (name,), text, icon, needs_plan)


def _of_risks(entity: str, lists: str, title: Callable[[], str], new: Callable[[], str]) -> Far:
    front = f"risks.show_{entity}"
    return (
        FarCommand("risks", (front,), title),
        FarCommand("risks", (front, f"{lists}.new"), new, "plus"),
    )


FAR_COMMANDS: Far = (
    _of_plan("plan.new", lambda: _("&New plan…"), "plus", needs_plan=False),
    _of_plan("plan.copy", lambda: _("&Copy this plan…"), "copy"),
    _of_plan("plan.save_template", lambda: _("Save as &template…"), "list-checks"),
    _of_plan("plan.rename", lambda: _("&Rename the plan")),
    _of_plan("plan.add_goal", lambda: _("Add a goal"), "target"),
    _of_plan("outline.find", lambda: _("Find in this plan"), "search"),
    _of_plan("plan.timeline_fit", lambda: _("Timeline: show the whole plan")),
    FarCommand("kpis", ("kpis.new",), lambda: _("New KPI…"), "plus"),
    FarCommand("touchpoints", ("touchpoints.new",), lambda: _("Log a touchpoint"), "plus"),
    FarCommand(
        "touchpoints", ("touchpoints.plan_meeting",), lambda: _("Plan a meeting"), "calendar"
    ),
    FarCommand(
        "touchpoints", ("touchpoints.filter",), lambda: _("Filter the touchpoints"), "search"
    ),
    FarCommand("stakeholders", ("stakeholders.new",), lambda: _("Add person"), "plus"),
    *_of_risks("risk", "risks", lambda: _("Risks and issues"), lambda: _("Add risk")),
    *_of_risks(
        "opportunity", "opportunities", lambda: _("Opportunities"), lambda: _("Add opportunity")
    ),
    *_of_risks("feedback", "feedback", lambda: _("Feedback"), lambda: _("Add feedback")),
    *_of_risks("enquiry", "enquiries", lambda: _("Enquiries"), lambda: _("Add enquiry")),
    FarCommand("contracts", ("contracts.new",), lambda: _("Add contract"), "plus"),
    FarCommand("history", ("history.search",), lambda: _("Search the history"), "search"),
)
"""What is worth doing from another tab, tab by tab; nothing that turns off what is on already."""
