"""Why a file from outside is refused, in words that say what to do.

The checks raise `Unfit`, which knows nothing of files; the guard turns it into `Refused`, which
names the file for the user. A torn file is a reason of its own: nobody is to blame, and it is
looked at again later.
"""

from __future__ import annotations

from enum import StrEnum

from csdesk.errors import UserError
from csdesk.i18n import _


class Refusal(StrEnum):
    """The reasons; the codes are for programs, never shown."""

    TOO_LARGE = "too_large"
    NOT_SQLITE = "not_sqlite"
    NOT_OURS = "not_ours"
    TORN = "torn"
    """Not whole, or not there just now: try again later."""
    FOREIGN_WORKSPACE = "foreign_workspace"
    DAMAGED = "damaged"
    TABLES = "tables"
    """The schema is not ours."""
    CODE = "code"
    """The schema holds something that runs: a view, a trigger, a computed or virtual thing."""
    ROWS = "rows"
    """Types, ranges or the shape of rows."""
    GAPS = "gaps"
    TOO_SLOW = "too_slow"
    NEWER_FORMAT = "newer_format"


class Unfit(Exception):  # noqa: N818 - it is what the file is, not an error of ours
    """A database is not one that may come in; `detail` names the place, for those who look."""

    def __init__(self, reason: Refusal, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


class Refused(UserError):  # noqa: N818 - what became of a file, told to the user
    """A file from outside was not taken, and was left as it is.

    `reason` is for the program, `detail` a technical word on where it was found, not translated.
    """

    def __init__(self, reason: Refusal, message: str, advice: str, detail: str = "") -> None:
        super().__init__(message, advice)
        self.reason = reason
        self.detail = detail


def refused(reason: Refusal, name: str, detail: str = "") -> Refused:
    """Say why the file of this name was refused, and what to do."""
    message, advice = _words(reason)
    return Refused(reason, message.format(name=name), advice, detail)


def missing(path: str) -> Refused:
    """Say that there is no file; it may have been moved or removed a moment ago."""
    return Refused(
        Refusal.TORN,
        _("“{path}” was not found.").format(path=path),
        _("Check the name and the folder."),
        "missing",
    )


def empty(name: str) -> Refused:
    """Say that a file has no bytes; so a sync service may begin a copy."""
    return Refused(
        Refusal.TORN,
        _("“{name}” is empty.").format(name=name),
        _("If a sync service is still copying it, wait and try again; or restore a backup."),
        "empty",
    )


def unreadable(name: str) -> Refused:
    """Say that the system does not let us read a file; on Windows just now, perhaps."""
    return Refused(
        Refusal.TORN,
        _("“{name}” may not be read.").format(name=name),
        _("Check its permissions, or ask who gave it to you."),
        "permission",
    )


def no_file(name: str) -> Refused:
    """Say that a path leads to a folder, a pipe or a device."""
    return Refused(
        Refusal.NOT_SQLITE,
        _("“{name}” is not a file.").format(name=name),
        _("Choose a file whose name ends in .csdesk."),
        "no regular file",
    )


def half_a_document(name: str) -> Refused:
    """Say that an outbox holds only what one computer changed lately."""
    return Refused(
        Refusal.TABLES,
        _("“{name}” holds only the latest changes of one computer.").format(name=name),
        _("Open the file whose name ends in .csdesk; such changes are taken in by themselves."),
        "an outbox",
    )


def _words(reason: Refusal) -> tuple[str, str]:
    ask_again = _("It was left alone. Ask the person you have it from for a new copy.")
    match reason:
        case Refusal.TOO_LARGE:
            return _("“{name}” is larger than a CSDesk file can be."), ask_again
        case Refusal.NOT_SQLITE | Refusal.NOT_OURS:
            return (
                _("“{name}” is not a CSDesk file."),
                _("Choose a file whose name ends in .csdesk."),
            )
        case Refusal.TORN:
            return (
                _("“{name}” is damaged or not completely copied."),
                _(
                    "If a sync service is still copying it, wait and try again. Otherwise run"
                    " “csdesk check FILE --repair”, or restore a backup."
                ),
            )
        case Refusal.FOREIGN_WORKSPACE:
            return (
                _("“{name}” belongs to another workspace."),
                _("It was left alone. Only copies of the same file can be joined."),
            )
        case Refusal.DAMAGED:
            return (
                _("“{name}” is damaged inside."),
                _("Run “csdesk check FILE --repair”, or restore a backup."),
            )
        case _:
            return _words_on_content(reason, ask_again)


def _words_on_content(reason: Refusal, ask_again: str) -> tuple[str, str]:
    match reason:
        case Refusal.TABLES:
            return _("“{name}” says it is a CSDesk file, but its tables are not ours."), ask_again
        case Refusal.CODE:
            return _("“{name}” contains program code, which no CSDesk file does."), ask_again
        case Refusal.GAPS:
            return (
                _("There are gaps in the history of “{name}”."),
                _("It was left alone. Run “csdesk check FILE --repair”, or ask for a new copy."),
            )
        case Refusal.TOO_SLOW:
            return (
                _("Checking “{name}” took too long."),
                _("It was left alone. Try again when this computer is less busy."),
            )
        case Refusal.NEWER_FORMAT:
            return (
                _("“{name}” was written by a newer version of CSDesk."),
                _("Update CSDesk on this computer to open it. The file was not changed."),
            )
        case _:
            return _("“{name}” contains entries that no version of CSDesk writes."), ask_again
