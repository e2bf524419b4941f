"""What a round found, in the user's words: one state, and the fate of each file."""

from __future__ import annotations

import errno
from pathlib import Path

from csdesk.errors import UserError
from csdesk.i18n import _, ngettext
from csdesk.store.driver import disk_full
from csdesk.team.files import is_away, is_forbidden, is_passing
from csdesk.team.folder import PATIENCE, FolderHub, Looked
from csdesk.team.standing import Fate, FileKind, FolderFile, State, StateKind


def state_of(hub: FolderHub, trouble: OSError | None, *, lacking: bool, before: State) -> State:
    """Tell the one state after a round; `lacking` says that the folder has not got everything."""
    waiting = [one for one in hub.looked if one.fate is Fate.WAITING]
    long = [one for one in waiting if one.since and hub.now - one.since >= PATIENCE]
    notices = [_still_waiting(one, hub.place.service) for one in long]
    notices += [str(one.refused) for one in hub.looked if one.refused and _is_our_business(one)]
    if hub.place.folder is None:
        kind, shared_at = StateKind.SAVED_HERE, None
    else:
        kind = StateKind.TO_SHARE if lacking else StateKind.SHARED
        shared_at = before.shared_at if lacking else hub.now
        if long and not lacking:
            kind = StateKind.WAITING_FOR_SERVICE
    document = hub.document
    if hub.place.folder is not None and document is not None and document.refused is not None:
        kind = StateKind.TROUBLE
    if trouble is not None and not _may_be_a_moment(trouble):
        kind, said = told_plainly_of(trouble, hub.place.document)
        notices.insert(0, said)
    return State(
        kind,
        shared_at,
        len(waiting),
        sum(one.fate is Fate.ASKS for one in hub.looked),
        hub.place.service,
        tuple(notices),
    )


def _may_be_a_moment(trouble: OSError) -> bool:
    """Tell whether something may just have been held by another program: try again, say nothing."""
    return is_passing(trouble) and not is_forbidden(trouble) and not is_away(trouble)


def _is_our_business(looked: Looked) -> bool:
    """Tell whether a refusal is worth a notice: not for what lies beside by its own right."""
    return looked.glimpse.kind is not FileKind.AMBIGUOUS_COPY


def _still_waiting(looked: Looked, service: str) -> str:
    name = looked.glimpse.name
    if service:
        return _(
            "“{name}” has not come completely for more than ten minutes: {service} is late."
        ).format(name=name, service=service)
    return _("“{name}” has not come completely for more than ten minutes.").format(name=name)


def told_plainly_of(error: OSError, document: Path) -> tuple[StateKind, str]:
    """Say what keeps the folder of a document from being read or written."""
    folder = document.parent
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StateKind.TROUBLE, str(disk_full())
    if is_forbidden(error):
        said = _("The shared folder “{folder}” cannot be written to.").format(folder=folder)
        safe = _("Your changes are safe on this computer. Check the permissions of the folder.")
        return StateKind.READ_ONLY, str(UserError(said, safe))
    if error.strerror == "moved":
        said = _("“{name}” and its shared folder are not in “{folder}” any more.").format(
            name=document.name, folder=folder
        )
        safe = _("Your changes are safe on this computer. Open the file where it lies now.")
        return StateKind.OFFLINE, str(UserError(said, safe))
    said = _("The shared folder “{folder}” cannot be reached just now.").format(folder=folder)
    safe = _("Your changes are safe on this computer and will be shared as soon as it is back.")
    return StateKind.OFFLINE, str(UserError(said, safe))


def tell_files(hub: FolderHub) -> tuple[FolderFile, ...]:
    """Tell of each file what it is and what became of it."""
    return tuple(_tell(looked) for looked in hub.looked)


def _tell(looked: Looked) -> FolderFile:
    glimpse, content = looked.glimpse, looked.content
    rows = looked.brought or (looked.offered if looked.fate in _OFFERING else 0)
    away = glimpse.is_placeholder and content is None
    return FolderFile(
        glimpse.name,
        FileKind.PLACEHOLDER if away else glimpse.kind,
        looked.fate,
        _words(looked),
        glimpse.entry.size,
        glimpse.modified,
        "" if content is None else content.device,
        "" if content is None else content.author,
        rows,
    )


_OFFERING = (Fate.ASKS, Fate.DISMISSED, Fate.GAPS)


def _words(looked: Looked) -> str:
    match looked.fate:
        case Fate.MINE:
            return _("This computer writes it.")
        case Fate.MERGED:
            return ngettext(
                "Taken in: {n} change.", "Taken in: {n} changes.", looked.brought
            ).format(n=looked.brought)
        case Fate.NOTHING_NEW:
            return _("Nothing new.")
        case Fate.GAPS:
            return _("Waits for earlier changes, which another file has.")
        case Fate.WAITING:
            return _("Not completely here yet; it is tried again.")
        case Fate.REFUSED:
            return str(looked.refused) if looked.refused else _("Left alone.")
        case Fate.ASKS:
            return ngettext(
                "Has {n} change that is not here. Take it in?",
                "Has {n} changes that are not here. Take them in?",
                looked.offered,
            ).format(n=looked.offered)
        case Fate.DISMISSED:
            return _("Left alone, as you wished.")
        case Fate.ARCHIVED:
            return _("All it says is in other files; it was moved to the archive.")
        case Fate.IGNORED:
            return _("Not looked at.")
