"""The command line: the same core without a window, for scripts, tests and quick looks."""

from __future__ import annotations

from csdesk.cli.program import main

__all__ = ["main"]
