"""Where the program starts: a window for a file or nothing, the command line for anything else."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from csdesk.i18n import _, use_language

SUFFIX = ".csdesk"


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window, or hand over to the command line; return the exit status.

    The window opens without arguments, and for one argument that is a workspace file: its name
    ends in .csdesk or a file of that name exists.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not wants_window(arguments):
        from csdesk.cli import main as command_line

        return command_line(arguments)
    use_language("system")
    if not display_is_there():
        print(
            _("CSDesk cannot open a window: there is no display."),
            _("“csdesk --help” shows what works without one."),
            file=sys.stderr,
        )
        return 1
    from ui.app import run

    return run(Path(arguments[0]) if arguments else None)


def wants_window(arguments: Sequence[str]) -> bool:
    """Tell whether these arguments ask for the window."""
    if not arguments:
        return True
    first = arguments[0]
    if len(arguments) > 1 or first.startswith("-"):
        return False
    return first.lower().endswith(SUFFIX) or Path(first).is_file()


def display_is_there() -> bool:
    """Tell whether a window can be shown; asked before Qt, which would abort without one."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    sys.exit(main())
