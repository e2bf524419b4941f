"""The program on the command line: its options, its commands, its exit status."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, NoReturn

from csdesk import __version__
from csdesk.cli import (
    branding,
    changing,
    checking,
    customer_files,
    documents,
    exporting,
    importing,
    journal,
    keeping,
    leaks,
    plan_templates,
    reviewing,
    sharing,
    showing,
    signing,
    versions,
)
from csdesk.cli.call import Call
from csdesk.cli.terminal import Terminal
from csdesk.errors import CancelledError, UserError
from csdesk.i18n import LANGUAGES, _, use_language
from csdesk.settings import Home, Settings, load_settings

DONE, USER_ERROR, WRONG_USAGE, CANCELLED = 0, 1, 2, 130

_GROUPS = (
    keeping,
    sharing,
    reviewing,
    importing,
    exporting,
    changing,
    showing,
    documents,
    leaks,
    versions,
    signing,
    plan_templates,
    branding,
    customer_files,
    journal,
    checking,
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status.

    0 done, 1 something the user can mend (one sentence on stderr, nothing changed), 2 wrong
    usage, 130 cancelled with Ctrl+C. What is a bug of ours is raised.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    terminal = Terminal()
    try:
        status = _run(arguments, terminal)
        terminal.flush()
    except (CancelledError, KeyboardInterrupt):
        terminal.note(_("Cancelled. Nothing was changed."))
        return CANCELLED
    except UserError as error:
        terminal.note(f"csdesk: {error}")
        return USER_ERROR
    except BrokenPipeError:
        _stop_writing()
        return DONE
    return status


def _run(arguments: list[str], terminal: Terminal) -> int:
    asked = _language_in(arguments)
    use_language(asked or "system")
    home = Home.of_this_computer()
    settings = Settings()
    if not _asks_about_the_program(arguments):
        settings = load_settings(home)
        use_language(asked or (settings.language if settings.language in LANGUAGES else "system"))
    try:
        options = _parser().parse_args(arguments)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else WRONG_USAGE
    call = Call(options, home, options.author or settings.author, terminal)
    status: int | None = options.run(call)
    return status or DONE


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, and where the help is; speaks the user's language."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_Help, **{**options, "add_help": False})
        self._positionals.title = _("Arguments")
        self._optionals.title = _("Options")
        self.add_argument("-h", "--help", action="help", help=_("show this help and end"))

    def error(self, message: str) -> NoReturn:
        said = _("csdesk: the command is not right: {detail}").format(detail=message)
        advice = _("“{program} --help” shows how it is written.").format(program=self.prog)
        self.exit(WRONG_USAGE, f"{said}\n{advice}\n")


class _Help(argparse.HelpFormatter):
    """Begins with the word for usage in the user's language."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, _("usage: ") if prefix is None else prefix)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="csdesk",
        description=_("Success plans for customer success managers: one local file."),
        epilog=_("“csdesk FILE” opens the window. “csdesk COMMAND --help” tells the rest."),
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"CSDesk {__version__}",
        help=_("print the version and end"),
    )
    _add_common(parser, default=None)
    commands = parser.add_subparsers(
        metavar=_("COMMAND"), required=True, title=_("Commands"), parser_class=_Parser
    )
    for group in _GROUPS:
        group.add_commands(commands)
    for command in commands.choices.values():
        _add_common(command, default=argparse.SUPPRESS)
    return parser


def _add_common(parser: argparse.ArgumentParser, default: str | None) -> None:
    """Declare what every command takes, before its name and after it."""
    parser.add_argument(
        "--author",
        metavar=_("NAME"),
        default=default,
        help=_("who makes the changes; otherwise the name in the settings"),
    )
    parser.add_argument(
        "--language",
        choices=(*LANGUAGES, "system"),
        default=default,
        help=_("the language of the output; otherwise the one in the settings"),
    )


def _asks_about_the_program(arguments: Sequence[str]) -> bool:
    """Tell whether help is wanted, or the program's own version: a plan's has a number behind."""
    if {"-h", "--help"} & set(arguments):
        return True
    behind = [after for one, after in pairwise([*arguments, "-"]) if one == "--version"]
    return any(after.startswith("-") for after in behind)


def _language_in(arguments: Sequence[str]) -> str | None:
    """Look for --language before anything is parsed: the parser's own texts depend on it."""
    for index, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name == "--language":
            value = value if equals else "".join(arguments[index + 1 : index + 2])
            return value if value in (*LANGUAGES, "system") else None
    return None


def _stop_writing() -> None:
    """Send what is still buffered nowhere: the reader of the pipe has gone."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, sys.stdout.fileno())
    finally:
        os.close(nowhere)
