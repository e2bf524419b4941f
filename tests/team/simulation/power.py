"""A disk that forgets, when the power goes, all that nobody asked it to keep.

The strictest reading of POSIX: what a file says lasts once it was flushed, and what a folder lists
(new names, moves, removals) once the folder was. Of what was not flushed, chance decides. SQLite's
live databases are left as they are: they flush by themselves, where Python does not see it.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

LIVE = ("replica.db", "local.db")

Listing = dict[str, int]
"""The names in a folder, and which file each means."""


class PowerLossError(BaseException):
    """The power went; no `except Exception` of the program notices."""


class ForgetfulDisk:
    """All files below a folder, as they would be after the power went."""

    def __init__(self, root: Path, chance: random.Random) -> None:
        self._root = root
        self._chance = chance
        self._kept: dict[int, bytes] = {}
        self._listings: dict[Path, Listing] = {}
        self._held: dict[int, int] = {}
        self.flushed = 0

    @contextlib.contextmanager
    def watching(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        """Note what is flushed; everything there is at the beginning was."""
        for folder in self._folders():
            self._keep_folder(folder)
            for path in self._files(folder):
                self._keep_file(path)
        flush = os.fsync

        def noted(handle: int) -> None:
            flush(handle)
            self._flush(handle)

        with monkeypatch.context() as patched:
            patched.setattr(os, "fsync", noted)
            yield

    def lose_power(self) -> None:
        """Make everything what it would be now."""
        wanted: dict[Path, dict[str, bytes]] = {}
        for folder in self._folders():
            now = self._listing(folder)
            before = self._listings.get(folder, {})
            wanted[folder] = {}
            for name in sorted({*now, *before}):
                if name.startswith(LIVE):
                    continue
                number = self._chance.choice([now, before]).get(name)
                if number is not None:
                    wanted[folder][name] = self._content(number)
        for folder, files in wanted.items():
            for path in self._files(folder):
                if path.name not in files:
                    path.unlink()
            for name, content in files.items():
                (folder / name).write_bytes(content)
        self._lose_new_folders()

    def _lose_new_folders(self) -> None:
        for folder in self._folders():
            is_new = folder.exists() and folder not in self._listings
            live = is_new and any(name.startswith(LIVE) for name in os.listdir(folder))
            if is_new and not live and self._chance.random() < 0.5:
                shutil.rmtree(folder)

    def let_go(self) -> None:
        """Close what was held so that no file's number is used again."""
        for handle in self._held.values():
            os.close(handle)
        self._held.clear()

    def _content(self, number: int) -> bytes:
        with os.fdopen(os.dup(self._held[number]), "rb") as stream:
            stream.seek(0)
            now = stream.read()
        kept = self._kept.get(number)
        if kept == now:
            return now
        cut = self._chance.randrange(len(now) + 1)
        lost = [b"", bytes(len(now)), now[:cut], now[:cut] + bytes(len(now) - cut), now]
        return self._chance.choice(lost if kept is None else [kept, now])

    def _flush(self, handle: int) -> None:
        status = os.fstat(handle)
        for folder in self._folders():
            if stat.S_ISDIR(status.st_mode):
                if folder.stat().st_ino == status.st_ino:
                    self.flushed += 1
                    self._keep_folder(folder)
                continue
            for path in self._files(folder):
                if path.stat().st_ino == status.st_ino:
                    self.flushed += 1
                    self._keep_file(path)

    def _keep_folder(self, folder: Path) -> None:
        self._listings[folder] = self._listing(folder)

    def _keep_file(self, path: Path) -> None:
        self._hold(path)
        self._kept[path.stat().st_ino] = path.read_bytes()

    def _listing(self, folder: Path) -> Listing:
        return {path.name: self._hold(path) for path in self._files(folder)}

    def _hold(self, path: Path) -> int:
        number = path.stat().st_ino
        if number not in self._held:
            self._held[number] = os.open(path, os.O_RDONLY)
        return number

    def _folders(self) -> list[Path]:
        return [Path(folder) for folder, _folders, _names in os.walk(self._root)]

    def _files(self, folder: Path) -> list[Path]:
        return sorted(
            path for path in folder.iterdir() if path.is_file() and not path.name.startswith(LIVE)
        )
