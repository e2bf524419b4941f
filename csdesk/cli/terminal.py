"""Where a command writes: results to stdout, everything else to stderr, JSON as UTF-8."""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Sequence
from typing import Any, TextIO

from csdesk.cli.tables import GAP, Column, clip, pad, printable, table_lines, width

_DRAW_EVERY = 0.1
_BAR = 24


class Terminal:
    """The standard streams of one run, as a command uses them."""

    def __init__(self, out: TextIO | None = None, err: TextIO | None = None) -> None:
        self._out = out or sys.stdout
        self._err = err or sys.stderr
        for stream in (self._out, self._err):
            # A name that the terminal's encoding lacks must not stop the command.
            reconfigure = getattr(stream, "reconfigure", None)
            if reconfigure is not None:
                reconfigure(errors="replace")

    @property
    def room(self) -> int | None:
        """The width of the terminal; None where the output goes to a file or another program."""
        return shutil.get_terminal_size().columns if self._out.isatty() else None

    def say(self, text: str = "") -> None:
        """Write a line of the result; the text is made safe to print."""
        self._out.write(f"{printable(text)}\n")

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
        """Write a table."""
        for line in table_lines(columns, rows, self.room):
            self._out.write(f"{line}\n")

    def heading(self, text: str) -> None:
        """Begin a part of the result."""
        self._out.write(f"\n## {printable(text)}\n\n")

    def facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Write labels with their values, the values of one under the other, in full."""
        labels = [printable(label) for label, _value in facts]
        column = max((width(label) for label in labels), default=0) + len(GAP)
        for label, (_label, value) in zip(labels, facts, strict=True):
            first, *rest = [printable(line) for line in value.splitlines()] or [""]
            self._out.write(f"{pad(label, column)}{first}".rstrip() + "\n")
            for line in rest:
                self._out.write(f"{' ' * column}{line}".rstrip() + "\n")

    def json(self, value: Any) -> None:
        """Write a value for machines: UTF-8 whatever the terminal's encoding, keys in order."""
        text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
        data = text.encode("utf-8", "backslashreplace")
        binary = getattr(self._out, "buffer", None)
        if binary is None:
            self._out.write(data.decode("utf-8"))
            return
        self._out.flush()
        binary.write(data)

    def note(self, text: str) -> None:
        """Write beside the result, such as a notice or an error; line breaks stay."""
        self._out.flush()
        for line in text.splitlines():
            self._err.write(f"{printable(line)}\n")
        self._err.flush()

    def bar(self) -> Bar:
        """Make a progress bar; it draws nothing where stderr is no terminal."""
        return Bar(self._err)

    def flush(self) -> None:
        """Hand over all that was written; raises BrokenPipeError where nobody reads any more."""
        self._out.flush()


class Bar:
    """Progress as one line on a terminal, drawn again ten times a second at most."""

    def __init__(self, err: TextIO) -> None:
        self._err = err
        self._drawn_at = 0.0
        self._is_shown = False
        self._is_terminal = err.isatty()

    def report(self, done: int, total: int | None, note: str = "") -> None:
        """Draw how far it is; never cancels by itself: Ctrl+C does."""
        now = time.monotonic()
        if not self._is_terminal or now - self._drawn_at < _DRAW_EVERY:
            return
        self._drawn_at = now
        self._is_shown = True
        room = shutil.get_terminal_size().columns - 1
        self._err.write(f"\r{pad(clip(bar_line(done, total, printable(note)), room), room)}")
        self._err.flush()

    def clear(self) -> None:
        """Take the line away."""
        if self._is_shown:
            self._err.write(f"\r{' ' * (shutil.get_terminal_size().columns - 1)}\r")
            self._err.flush()
            self._is_shown = False


def bar_line(done: int, total: int | None, note: str) -> str:
    """Write how far something is: a bar and per cent, or the count where no total is known."""
    if not total:
        return f"{done:,}  {note}".rstrip()
    share = min(max(done / total, 0.0), 1.0)
    filled = int(share * _BAR)
    return f"[{'#' * filled}{'·' * (_BAR - filled)}] {share:4.0%}  {note}".rstrip()
