"""Commands that bring tables in and take everything out: import and export."""

from __future__ import annotations

from csdesk.cli.call import Commands


def add_commands(commands: Commands) -> None:
    """Declare the commands of this module."""
