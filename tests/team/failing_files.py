"""Files on a disk that fails: any operation, with the error of one's choice."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from csdesk.team.files import DiskFiles, Entry


class FailingFiles(DiskFiles):
    """A real disk until it is told to fail."""

    def __init__(self) -> None:
        self.failing: dict[str, int] = {}
        """The name of an operation to the number of the error it raises."""
        self.placeholders: set[str] = set()
        """Names of files whose content is with the service."""
        self.done: list[tuple[str, str]] = []
        """Operations and the names of their files, in order."""

    def entries(self, folder: Path) -> tuple[Entry, ...]:
        self._do("entries", folder)
        return tuple(
            replace(entry, placeholder=entry.name in self.placeholders)
            for entry in super().entries(folder)
        )

    def tail(self, path: Path) -> bytes:
        self._do("tail", path)
        return super().tail(path)

    def copy_out(self, path: Path, target: Path) -> None:
        self._do("copy_out", path)
        super().copy_out(path, target)

    def write(self, staged: Path, target: Path) -> None:
        self._do("write", target)
        super().write(staged, target)

    def archive(self, path: Path, target: Path) -> None:
        self._do("archive", path)
        super().archive(path, target)

    def exists(self, path: Path) -> bool:
        self._do("exists", path)
        return super().exists(path)

    def make_folder(self, path: Path) -> None:
        self._do("make_folder", path)
        super().make_folder(path)

    def _do(self, operation: str, path: Path) -> None:
        self.done.append((operation, path.name))
        number = self.failing.get(operation)
        if number is not None:
            raise OSError(number, os.strerror(number), str(path))
