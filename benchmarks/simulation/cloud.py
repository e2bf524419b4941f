"""A folder that lies on a server and on several computers: versions, delays, copies, troubles."""

from __future__ import annotations

import contextlib
import os
import random
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from benchmarks.simulation.agenda import Agenda
from benchmarks.simulation.services import Copied, Copies, Service

Content = bytes | None
"""What a file says; None once it was deleted."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a file on the server."""

    number: int
    content: Content


_NEVER = Version(0, None)


@dataclass
class Tally:
    """What happened so far: what a test wants to have happened, and a benchmark compares."""

    uploaded: int = 0
    """Bytes, all uploads together."""
    conflicts: Counter[str] = field(default_factory=Counter)
    """How often two versions of a file met, by its path."""
    troubles: Counter[str] = field(default_factory=Counter)
    """How often the service did what it should not, by kind."""

    def conflicts_of(self, suffix: str) -> int:
        """Count how often versions of files of one kind met."""
        return sum(n for path, n in self.conflicts.items() if path.endswith(suffix))


class Cloud:
    """The server: the newest version of each file."""

    def __init__(self, service: Service, agenda: Agenda, chance: random.Random) -> None:
        self.service = service
        self.agenda = agenda
        self.chance = chance
        self.tally = Tally()
        self._files: dict[str, Version] = {}
        self._made = 0

    def newest(self, path: str) -> Version:
        """Give the newest version of a file; number 0 where there never was one."""
        return self._files.get(path, _NEVER)

    def paths(self) -> list[str]:
        """Name every file that there is or was, in order."""
        return sorted(self._files)

    def files(self) -> dict[str, bytes]:
        """Give every file that there is."""
        return {
            path: version.content
            for path, version in sorted(self._files.items())
            if version.content is not None
        }

    def put(self, path: str, content: Content) -> Version:
        """Take a new version of a file, or its deletion."""
        self._made += 1
        self._files[path] = Version(self._made, content)
        return self._files[path]

    def put_back(self, yesterday: dict[str, bytes], *paths: str) -> None:
        """Make files what they were (all of the folder where none is named), as a new version.

        What was not there then is deleted, as when a whole folder is restored.
        """
        for path in paths or tuple(sorted({*self._files, *yesterday})):
            if self.newest(path).content != yesterday.get(path):
                self.put(path, yesterday.get(path))
                self.tally.troubles["put back"] += 1

    def drop(self, path: str) -> None:
        """Lose a file, on the server and from there everywhere."""
        self.put(path, None)
        self.tally.troubles["dropped"] += 1


@dataclass(frozen=True, slots=True)
class _Known:
    """What a computer's sync program last saw of a file."""

    version: int
    content: Content
    signature: tuple[int, int, int] | None
    whole: bool = True


class SyncedFolder:
    """The folder as it lies on one computer, and the service's program there."""

    def __init__(
        self,
        cloud: Cloud,
        root: Path,
        person: str,
        computer: str,
        *,
        splits_accents: bool = False,
    ) -> None:
        self.root = root
        self.online = True
        self._cloud = cloud
        self._person = person
        self._computer = computer
        self._splits_accents = splits_accents
        self._known: dict[str, _Known] = {}
        self._only_here: set[str] = set()
        root.mkdir(parents=True, exist_ok=True)

    def sync(self) -> None:
        """Carry once: what was changed here up, what was changed elsewhere down."""
        if not self.online:
            return
        for path in self._here():
            self._look_at(path)
        for path in [path for path in self._known if not self.at(path).exists()]:
            self._look_for_deleted(path)
        for path in self._cloud.paths():
            self._bring(path)

    def at(self, path: str) -> Path:
        """Give where a file of the server lies here, as this computer writes its name."""
        return self.root / (unicodedata.normalize("NFD", path) if self._splits_accents else path)

    @property
    def settled(self) -> bool:
        """Whether nothing is left to be carried, either way."""
        return self.online and all(
            (known := self._known.get(path)) is not None
            and known.whole
            and known.version == self._cloud.newest(path).number
            and known.signature == _signature(self.at(path))
            for path in {*self._here(), *self._cloud.paths()} - self._only_here
        )

    def _here(self) -> list[str]:
        found = []
        for folder, _folders, names in os.walk(self.root):
            below = Path(folder).relative_to(self.root)
            found += [(below / name).as_posix() for name in names if self._is_carried(name)]
        return sorted({unicodedata.normalize("NFC", name) for name in found} - self._only_here)

    def _is_carried(self, name: str) -> bool:
        if name.endswith(".icloud"):
            return False
        is_draft = name.startswith("~$") or name.endswith(".tmp")
        return self._cloud.service.carries_drafts or not is_draft

    def _look_at(self, path: str) -> None:
        """Upload a file that was changed here, or find that it was changed elsewhere, too."""
        known = self._known.get(path)
        signature = _signature(self.at(path))
        if signature is None or (known is not None and signature == known.signature):
            return
        content = self.at(path).read_bytes()
        self._date(path)
        newest = self._cloud.newest(path)
        if known is not None and known.whole and known.content == content:
            self._keep(path, Version(known.version, content))
        elif newest.content == content:
            self._keep(path, newest)
        elif (
            newest.content is None
            or newest.number == (known.version if known else 0)
            or self._cloud.service.overwrites
        ):
            self._upload(path, content)
        else:
            self._meet(path, content, newest)

    def _upload(self, path: str, content: bytes) -> None:
        self._cloud.tally.uploaded += len(content)
        self._keep(path, self._cloud.put(path, content))

    def _meet(self, path: str, mine: bytes, newest: Version) -> None:
        """Let one of two versions win, and do with the other what the service does."""
        service, tally = self._cloud.service, self._cloud.tally
        tally.conflicts[path] += 1
        assert newest.content is not None
        loser = mine
        if service.either_wins and self._cloud.chance.random() < 0.5:
            loser = newest.content
            self._upload(path, mine)
        else:
            self._write(path, newest)
        if service.copies is Copies.NOWHERE:
            tally.troubles["copy not kept"] += 1
            return
        copy = self._name_copy(path)
        self.at(copy).write_bytes(loser)
        self._date(copy)
        if service.copies is Copies.HERE:
            self._only_here.add(copy)
            return
        self._upload(copy, loser)
        self._keep_few(path)

    def _name_copy(self, path: str) -> str:
        pure = PurePosixPath(path)
        number = 1
        while True:
            at = self._cloud.agenda.now
            copied = Copied(pure, self._person, self._computer, at, number)
            name = str(pure.with_name(self._cloud.service.name_copy(copied)))
            if not self.at(name).exists() and self._cloud.newest(name).content is None:
                return name
            number += 1

    def _keep_few(self, path: str) -> None:
        most = self._cloud.service.most_copies
        pure = PurePosixPath(path)
        start = str(pure.with_name(f"{pure.stem}.sync-conflict-"))
        copies = [name for name in self._cloud.files() if name.startswith(start)]
        for name in copies[: max(0, len(copies) - most)] if most is not None else ():
            self._cloud.drop(name)

    def _look_for_deleted(self, path: str) -> None:
        """Tell the server that a file was deleted here, unless it was changed there meanwhile."""
        known = self._known[path]
        newest = self._cloud.newest(path)
        if known.content is None or self.at(_placeholder(path)).exists():
            if known.signature is not None:
                # The first half of it that had come was deleted here: it comes anew.
                self._known[path] = _Known(0, None, None)
            return
        if newest.number == known.version:
            newest = self._cloud.put(path, None)
        self._known[path] = _Known(newest.number if newest.content is None else 0, None, None)

    def _bring(self, path: str) -> None:
        """Write here what is new on the server; some of it in two halves, or only by name."""
        known = self._known.get(path, _Known(0, None, None))
        newest = self._cloud.newest(path)
        waits = self.at(_placeholder(path)).exists()
        if newest.number == known.version and known.whole and not waits:
            return
        if _signature(self.at(path)) != known.signature:
            return  # changed here since: the next round looks at it
        service, chance = self._cloud.service, self._cloud.chance
        if waits and chance.random() < 0.5:
            return
        if not waits and known.whole and newest.content is not None:
            if chance.random() < service.placeholders:
                self._only_name(path)
                return
            if len(newest.content) > 4096 and chance.random() < service.tears:
                self._write_half(path, newest, known)
                return
        self._write(path, newest)

    def _only_name(self, path: str) -> None:
        self._cloud.tally.troubles["only named"] += 1
        target = self.at(_placeholder(path))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(b"bplist00")
        self.at(path).unlink(missing_ok=True)
        known = self._known.get(path, _Known(0, None, None))
        self._known[path] = _Known(known.version, known.content, None)

    def _write_half(self, path: str, newest: Version, known: _Known) -> None:
        """Leave a file as it is while it arrives: cut off, zeros at its end, or half the old."""
        self._cloud.tally.troubles["torn"] += 1
        assert newest.content is not None
        cut = self._cloud.chance.randrange(1, len(newest.content))
        rest = self._cloud.chance.choice(
            [b"", bytes(len(newest.content) - cut), (known.content or b"")[cut:]]
        )
        self._put_down(path, newest.content[:cut] + rest)
        signature = _signature(self.at(path))
        self._known[path] = _Known(known.version, known.content, signature, whole=False)

    def _write(self, path: str, version: Version) -> None:
        self.at(_placeholder(path)).unlink(missing_ok=True)
        if version.content is None:
            self.at(path).unlink(missing_ok=True)
            self._remove_empty(self.at(path).parent)
        else:
            self._put_down(path, version.content)
        self._keep(path, version)

    def _remove_empty(self, folder: Path) -> None:
        if folder != self.root and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()

    def _put_down(self, path: str, content: bytes) -> None:
        target = self.at(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        self._date(path)

    def _keep(self, path: str, version: Version) -> None:
        signature = _signature(self.at(path))
        self._known[path] = _Known(version.number, version.content, signature)

    def _date(self, path: str) -> None:
        """Give a file the true time of the simulation, which alone passes here."""
        at = self._cloud.agenda.now.timestamp()
        with contextlib.suppress(FileNotFoundError):
            os.utime(self.at(path), (at, at))


def _placeholder(path: str) -> str:
    pure = PurePosixPath(path)
    return str(pure.with_name(f".{pure.name}.icloud"))


def _signature(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
