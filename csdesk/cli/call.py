"""What a command gets: its options, the folders of this computer, the terminal, the workspace."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from csdesk.cli.terminal import Terminal
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.settings import Home
from csdesk.store.document import read_seal
from csdesk.store.driver import told_plainly
from csdesk.store.touching import Change
from csdesk.workspace.workspace import Workspace


class Commands(Protocol):
    """Where a command declares itself (argparse's sub-parsers)."""

    def add_parser(self, name: str, *, help: str, description: str) -> argparse.ArgumentParser:
        """Add a command."""
        ...


@dataclass(frozen=True, slots=True)
class Call:
    """One run of one command."""

    options: argparse.Namespace
    home: Home
    author: str
    terminal: Terminal

    @property
    def file(self) -> Path:
        """The workspace file the command is about."""
        return Path(self.options.file)

    @contextlib.contextmanager
    def reading(self) -> Iterator[Workspace]:
        """Open the workspace to read; another program may have it open meanwhile."""
        with self._opened() as workspace:
            self._take_in(workspace)
            yield workspace

    @contextlib.contextmanager
    def writing(self) -> Iterator[Workspace]:
        """Open the workspace to change it; the file is written at the end.

        Raises UserError, before anything is changed, where it could not be.
        """
        with told_plainly():
            refuse_unwritable(self.file)
        with self._opened() as workspace:
            if workspace.read_only:
                raise self._open_elsewhere(_("Close it there first. Nothing was changed."))
            self._take_in(workspace)
            yield workspace

    @contextlib.contextmanager
    def exchanging(self) -> Iterator[Workspace]:
        """Open the workspace to take in what others did; its folder may be read-only just now.

        Raises UserError where another program has it open: that one exchanges by itself.
        """
        with self._opened() as workspace:
            if workspace.read_only:
                raise self._open_elsewhere(
                    _("Where it is shared, it exchanges changes there by itself.")
                )
            yield workspace

    def _take_in(self, workspace: Workspace) -> None:
        """Begin with what others left in the folder of a shared file, and say that it came."""
        if not workspace.read_only and workspace.team.shared:
            with self._saying_what_comes(workspace):
                workspace.team.sync(publish=False)

    def _open_elsewhere(self, advice: str) -> UserError:
        said = _("“{name}” is open in another CSDesk on this computer.")
        return UserError(said.format(name=self.file.name), advice)

    @contextlib.contextmanager
    def _opened(self) -> Iterator[Workspace]:
        workspace = Workspace.open(self.file, home=self.home, author=self.author)
        try:
            yield workspace
        finally:
            try:
                with uninterrupted(), self._saying_what_comes(workspace):
                    workspace.close()
            finally:
                for notice in workspace.notices:
                    self.terminal.note(notice)

    @contextlib.contextmanager
    def _saying_what_comes(self, workspace: Workspace) -> Iterator[None]:
        """Note whose changes come in meanwhile: nobody asked for them here."""
        labels: dict[str, None] = {}

        def hear(change: Change) -> None:
            if change.step is None:
                labels[change.label] = None

        unsubscribe = workspace.subscribe(hear)
        try:
            yield
        finally:
            unsubscribe()
            for label in labels:
                self.terminal.note(label)


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Let Ctrl+C wait: what was stored already is no longer cancelled, it only has to be written.

    Does nothing outside the main thread, which signals do not reach.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def refuse_unwritable(path: Path) -> None:
    """Raise UserError where a file that exists, or its folder, is read-only."""
    path = path.expanduser().absolute()
    if not path.exists() or path.is_dir():
        return
    for place in (path, path.parent):
        if not os.access(place, os.W_OK):
            raise UserError(
                _("“{path}” cannot be written to.").format(path=place),
                _("Nothing was changed. Check its permissions, or work on a copy elsewhere."),
            )


def refuse_workspace(target: Path) -> None:
    """Raise UserError where an output would replace a CSDesk file."""
    with told_plainly():
        if target.is_file() and read_seal(target) is not None:
            raise UserError(
                _("“{name}” is a CSDesk file and is not replaced by an export.").format(
                    name=target.name
                ),
                _("Choose another name for the output."),
            )


def add_file(command: argparse.ArgumentParser) -> None:
    """Declare the workspace file that nearly every command takes first."""
    command.add_argument("file", metavar="FILE", help=_("the workspace file"))
