"""A password for a document: asked for, or read from a file; never an argument others can see."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path

from csdesk.cli.call import Call
from csdesk.errors import UserError
from csdesk.i18n import _

_LONGEST_FILE = 10_000


def add_password(command: argparse.ArgumentParser) -> None:
    """Declare the two ways to a password."""
    ways = command.add_mutually_exclusive_group()
    ways.add_argument(
        "--password", action="store_true", help=_("ask for a password that opens the document")
    )
    ways.add_argument(
        "--password-file",
        metavar=_("FILE"),
        help=_("take the password from this file's first line"),
    )


def password_meant(call: Call) -> str:
    """Return the password; nothing where none is wanted.

    Raises UserError where nobody can be asked, where both times differ, or where the file has
    none.
    """
    if call.options.password_file is not None:
        return _from_file(Path(call.options.password_file).expanduser())
    if not call.options.password:
        return ""
    if not sys.stdin.isatty():
        raise UserError(
            _("Nobody can be asked for a password here."),
            _("Write it into a file and name that with --password-file."),
        )
    password = getpass.getpass(_("Password of the document: "))
    if not password:
        raise UserError(_("No password was typed."), _("Leave --password out to go without one."))
    if getpass.getpass(_("Once more: ")) != password:
        raise UserError(_("The two passwords differ."), _("Try again. Nothing was written."))
    return password


def _from_file(path: Path) -> str:
    try:
        with path.open(encoding="utf-8-sig") as stream:
            said = stream.read(_LONGEST_FILE)
    except (OSError, UnicodeDecodeError, ValueError) as trouble:
        raise UserError(
            _("The file with the password cannot be read: “{path}”").format(path=path),
            _("Check its name; it has to be a text file."),
        ) from trouble
    password = said.split("\n", 1)[0].rstrip("\r")
    if not password:
        raise UserError(
            _("The first line of “{path}” has no password.").format(path=path),
            _("Write it there, and nothing else."),
        )
    return password
