"""What the worker does for the file in the background: look, exchange, write; no Qt in here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from csdesk.actions.editing import today
from csdesk.i18n import _, ngettext
from csdesk.progress import Progress
from csdesk.queries.arrivals import ArrivalLine, arrival_lines
from csdesk.queries.portfolio import ready_summaries
from csdesk.queries.summaries import are_kept, keep_summaries
from csdesk.team.place import FOLDER_ENDING
from csdesk.team.standing import Report, State
from csdesk.workspace.workspace import Workspace

MOST_TOLD = 2
"""Of more people and accounts than these the news only says that there is more."""


@dataclass(frozen=True, slots=True)
class Round:
    """How things stand after the worker looked, and what came and went."""

    shared: bool
    state: State
    places: tuple[str, ...]
    """Folders in which something may turn up."""
    arrived: tuple[ArrivalLine, ...] = ()
    notices: tuple[str, ...] = ()


def look_round(workspace: Workspace, progress: Progress, *, publish: bool) -> Round:
    """Look at the shared folder, and exchange with it where something is new or due.

    With `publish` the folder is given what it lacks, too.
    """
    team = workspace.team
    if not team.shared:
        return _standing(workspace, shared=False)
    if team.look():
        return _told(workspace, team.sync(progress, publish=publish))
    return _standing(workspace, shared=True)


def write_round(workspace: Workspace, progress: Progress) -> Round:
    """Bring what others see up to date: the shared folder, or the file of who is alone.

    Raises UserError where the file cannot be written.
    """
    if workspace.team.shared:
        told = _told(workspace, workspace.team.sync(progress))
    else:
        workspace.publish()
        told = _standing(workspace, shared=False)
    make_accounts_ready(workspace)
    return told


def make_accounts_ready(workspace: Workspace) -> None:
    """Work the lines of the accounts table out for the next start, unless they hold."""
    if not workspace.read(are_kept, today()):
        as_of, step, lines = workspace.read(ready_summaries, today=today())
        workspace.derive(keep_summaries, as_of, step, lines)


def news(lines: tuple[ArrivalLine, ...]) -> str:
    """Say in one line who changed what: the change itself where it is one, else how many."""
    if len(lines) == 1:
        return lines[0].words
    names = {line.account_id: line.account for line in lines if line.account}
    groups: dict[tuple[str, str], int] = {}
    for line in lines:
        key = (line.author, line.account_id)
        groups[key] = groups.get(key, 0) + max(line.count, 1)
    said = []
    for (author, account_id), count in list(groups.items())[:MOST_TOLD]:
        account = names.get(account_id, "")
        if account:
            words = ngettext(
                "{author}: {n} change in {account}", "{author}: {n} changes in {account}", count
            )
        else:
            words = ngettext("{author}: {n} change", "{author}: {n} changes", count)
        said.append(words.format(author=author, n=count, account=account))
    if len(groups) > MOST_TOLD:
        said.append(_("and more"))
    return " · ".join(said)


def _standing(workspace: Workspace, *, shared: bool) -> Round:
    return Round(shared, workspace.team.state, _places(workspace.path))


def _told(workspace: Workspace, report: Report) -> Round:
    steps = [step for arrival in report.arrivals for step in arrival.merged.steps]
    lines = workspace.read(arrival_lines, steps) if steps else ()
    places = _places(workspace.path)
    return Round(True, workspace.team.state, places, lines, report.notices)


def _places(document: Path) -> tuple[str, ...]:
    folder = document.with_name(f"{document.stem}{FOLDER_ENDING}")
    return tuple(str(place) for place in (document.parent, folder) if place.is_dir())
