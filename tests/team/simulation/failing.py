"""Lets the k-th thing that is done to files below a folder fail, wherever the program does it.

Python tells its audit hooks of every file it opens, moves, removes or lists, before it does so,
and what a hook raises is raised there: real code on a real disk, and no operation is forgotten.
What SQLite does itself is not seen: that a full disk harms no database is tested elsewhere. A
hook stays for the life of the process, so there is one, and it sleeps unless it is armed.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

EVENTS = frozenset(
    ("open", "os.rename", "os.remove", "os.scandir", "os.listdir", "os.mkdir", "os.rmdir")
)


def held_by_another_program(number: int) -> OSError:
    """Make the error that Windows gives for a file that another program has open."""
    error = PermissionError(errno.EACCES, "The process cannot access the file")
    error.winerror = number  # type: ignore[attr-defined]
    return error


ERRORS: dict[str, Callable[[], OSError]] = {
    "full": lambda: OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)),
    "broken": lambda: OSError(errno.EIO, os.strerror(errno.EIO)),
    "forbidden": lambda: PermissionError(errno.EACCES, os.strerror(errno.EACCES)),
    "gone": lambda: FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)),
    "winerror 5": lambda: held_by_another_program(5),
    "winerror 32": lambda: held_by_another_program(32),
    "winerror 33": lambda: held_by_another_program(33),
}


class Disk:
    """What is watched, what is to fail, and what happened."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self._root: str | None = None
        self._fails: Callable[[int], BaseException | None] = lambda _number: None
        self._is_hooked = False

    @contextlib.contextmanager
    def failing(
        self, root: Path, fails: Callable[[int], BaseException | None] = lambda _number: None
    ) -> Iterator[None]:
        """Count what is done below `root`; `fails` says which of it (from 1) fails, and how."""
        if not self._is_hooked:
            sys.addaudithook(self._hook)
            self._is_hooked = True
        self.seen, self._root, self._fails = [], os.fspath(root), fails
        try:
            yield
        finally:
            self._root = None

    def _hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self._root is None or event not in EVENTS or not self._is_below(arguments):
            return
        path = next(str(one) for one in arguments if isinstance(one, str | bytes | os.PathLike))
        self.seen.append(f"{event} {path}")
        error = self._fails(len(self.seen))
        if isinstance(error, OSError):
            error.filename = path
        if error is not None:
            raise error

    def _is_below(self, arguments: tuple[Any, ...]) -> bool:
        assert self._root is not None
        paths = [one for one in arguments if isinstance(one, str | os.PathLike)]
        return any(os.fspath(path).startswith(self._root) for path in paths)
