"""The one thing that is said of the open file at any time: the chip's words and tone."""

from __future__ import annotations

from csdesk.actions.editing import today
from csdesk.i18n import _, current, ngettext
from csdesk.team.standing import State, StateKind


def state_words(
    team: State | None, *, edits: bool, failed: bool, read_only: bool
) -> tuple[str, str]:
    """Say how the file stands; `team` is how the shared folder does, None where there is none.

    `edits` tells of edits that others cannot see yet, `failed` that the file could not be written.
    """
    if read_only:
        return _("For reading only"), "warning"
    if team is not None:
        words, tone = _team_words(team, edits)
        return " · ".join((words, *_waiting(team))), tone
    if failed:
        return _("Saved on this computer; the file could not be written"), "bad"
    if edits:
        return _("Saved; the file follows shortly"), "good"
    return _("All changes saved"), "good"


def _team_words(team: State, edits: bool) -> tuple[str, str]:
    if team.kind is StateKind.OFFLINE:
        return _("Saved here; the shared folder is out of reach"), "warning"
    if team.kind is StateKind.READ_ONLY:
        return _("Saved here; the shared folder cannot be written to"), "bad"
    if team.kind is StateKind.TROUBLE:
        return _("Saved here; sharing needs a look"), "bad"
    if team.kind is StateKind.WAITING_FOR_SERVICE:
        if team.service:
            return _("Waiting for {service}").format(service=team.service), "warning"
        return _("Waiting for the sync service"), "warning"
    if edits or team.kind is StateKind.TO_SHARE or team.shared_at is None:
        return _("Saved here; shared shortly"), "good"
    when = team.shared_at.astimezone()
    if when.date() == today():
        return _("Shared {time}").format(time=f"{when:%H:%M}"), "good"
    return _("Shared {time}").format(time=current().moment(team.shared_at)), "good"


def _waiting(team: State) -> list[str]:
    parts = []
    if team.waiting and team.kind is not StateKind.WAITING_FOR_SERVICE:
        parts.append(ngettext("{n} waiting", "{n} waiting", team.waiting).format(n=team.waiting))
    if team.asking:
        parts.append(ngettext("{n} copy asks", "{n} copies ask", team.asking).format(n=team.asking))
    return parts
