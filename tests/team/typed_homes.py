"""Three homes that are worked with by the real command line: every step is a program of its own.

No clock can be set there and a program starts slowly, so that a run is shorter than in one
process (tests.team.three_homes), and none of it is assumed.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from benchmarks.simulation.agenda import Agenda
from benchmarks.simulation.cloud import Cloud, SyncedFolder
from benchmarks.simulation.person import Rows
from benchmarks.simulation.services import SERVICES, Copied
from csdesk.settings import Home, load_settings
from csdesk.store.replica import known_replica
from tests.store.desk import looked_into
from tests.store.laws import broken_laws

DOCUMENT = "North.csdesk"
_NAMES = ("Aiko", "Ben", "Chloé")


@dataclass(frozen=True, slots=True)
class Ended:
    """What one run came to; `wrong` says in words what should not be."""

    seed: int
    service: str
    edits: int
    troubles: dict[str, int]
    settled_after: int
    wrong: tuple[str, ...]

    def __str__(self) -> str:
        """Write one line."""
        troubles = ", ".join(f"{name} {count}" for name, count in sorted(self.troubles.items()))
        said = "; ".join(self.wrong) or "all three say the same, and nothing is lost"
        return (
            f"seed {self.seed}, {self.service}: {self.edits} journal rows; {troubles};"
            f" settled after {self.settled_after} rounds: {said}"
        )


class TypedHome:
    """One home and its copy of the folder, worked with by commands."""

    def __init__(self, name: str, folder: SyncedFolder, home: Path) -> None:
        self.name = name
        self.folder = folder
        self.document = folder.at(DOCUMENT)
        self.acknowledged: Rows = {}
        self._home = home

    def run(self, command: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `csdesk COMMAND FILE …`; what it said was done is kept."""
        known = self.journal()
        ended = subprocess.run(
            [sys.executable, "-m", "csdesk", command, str(self.document), *arguments],
            env={**os.environ, "CSDESK_HOME": str(self._home), "LANGUAGE": "en", "LANG": "C.UTF-8"},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert "Traceback" not in ended.stderr, ended.stderr
        if ended.returncode == 0 and command in ("set", "delete", "undo", "redo"):
            new = {key: row for key, row in self.journal().items() if key not in known}
            own = self._own_writers()
            self.acknowledged |= {key: row for key, row in new.items() if key[0] in own}
        return ended

    def must(self, command: str, *arguments: str) -> str:
        """Run a command that has to succeed, and return what it wrote."""
        ended = self.run(command, *arguments)
        assert ended.returncode == 0, (self.name, command, arguments, ended.stderr)
        return ended.stdout

    def export(self) -> bytes:
        """Take everything out as JSON."""
        out = self._home / "export.json"
        out.unlink(missing_ok=True)
        self.must("export", "--to", "json", str(out))
        return out.read_bytes()

    def database(self) -> Path | None:
        """Give the live database; None before the first command."""
        replica = known_replica(Home.at(self._home).replicas, self.document)
        return replica.database if replica is not None and replica.has_data() else None

    def journal(self) -> Rows:
        """Read the whole journal."""
        found = self._read("SELECT w, seq, hlc, ent, row, fld, val, pw, pseq FROM journal")
        return {(row[0], row[1]): tuple(row[2:]) for row in found}

    def _own_writers(self) -> set[int]:
        device = load_settings(Home.at(self._home)).device
        return {w for w, of in self._read("SELECT w, device FROM writer") if of == device}

    def _read(self, statement: str) -> list[tuple[Any, ...]]:
        database = self.database()
        if database is None:
            return []
        with looked_into(database) as connection:
            return list(connection.execute(statement).fetchall())


class TypedHomes:
    """Three of them, a folder between them, and what somebody types in one run."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.chance = random.Random(f"typed {seed}")
        self._seed = seed
        self._agenda = Agenda()
        service = self.chance.choice([one for one in SERVICES if one.placeholders == 0])
        self._cloud = Cloud(service, self._agenda, self.chance)
        self._yesterday: dict[str, bytes] = {}
        self.homes = [
            TypedHome(
                name,
                SyncedFolder(self._cloud, folder / f"{name} folder", name, f"PC-{number}"),
                folder / f"{name} home",
            )
            for number, name in enumerate(_NAMES)
        ]
        self._begin()

    def run(self, rounds: int) -> Ended:
        """Let things happen for so many rounds, bring all together, and look."""
        for number in range(rounds):
            for home in self.chance.sample(self.homes, 2):
                self._type(home, number)
                home.folder.sync()
            self._trouble()
            self._agenda.pass_by(hours=self.chance.choice([0.01, 3, 26]))
        for _round in range(2):
            for home in self.homes:
                self._bring(home)
                home.must("sync")
                self._bring(home)
        tally = self._cloud.tally
        return Ended(
            self._seed,
            f"typed, {self._cloud.service.name}",
            sum(len(home.acknowledged) for home in self.homes),
            {**tally.troubles, "conflicts": tally.conflicts.total()},
            2,
            tuple(self._wrong()),
        )

    def _begin(self) -> None:
        first, *others = self.homes
        first.must("new")
        first.must("set", "account", "new", "name=North")
        first.must("share")
        for home in self.homes:
            self._bring(home)
        for home in others:
            home.must("sync")
        self._yesterday = self._cloud.files()

    def _bring(self, home: TypedHome) -> None:
        """Let the service carry until all is carried."""
        for _round in range(50):
            home.folder.sync()
            if home.folder.settled:
                return
        raise AssertionError("the service never came to an end")

    def _type(self, home: TypedHome, number: int) -> None:
        name = f"{home.name} {number}"
        others = [path for path in home.folder.root.glob("*.csd*") if path != home.document]
        commands: list[tuple[str, ...]] = [
            ("set", "account", "new", f"name=New {name}"),
            ("set", "account", "North", f"business_summary=As {name} heard"),
            ("set", "account", "North", f"employees={number}"),
            ("set", "contact", "new", "account=North", f"name=Contact {name}"),
            ("delete", "account", f"New {home.name} {number - 1}"),
            ("undo",),
            ("sync",),
            *(("merge", str(path)) for path in sorted(others)[:1]),
        ]
        home.run(*self.chance.choice(commands))

    def _trouble(self) -> None:
        files = sorted(self._cloud.files())
        path = self.chance.choice(files)
        events: list[Callable[[], None]] = [
            lambda: self._cloud.put_back(self._yesterday, path),
            lambda: self._cloud.drop(path) if path != DOCUMENT else None,
            lambda: self._copy(path),
            self._remember,
        ]
        self.chance.choice(events)()

    def _remember(self) -> None:
        self._yesterday = self._cloud.files()

    def _copy(self, path: str) -> None:
        """The service keeps an older version under another name."""
        pure = PurePosixPath(path)
        copied = Copied(pure, "Ben", "DESKTOP-A1B2C3", self._agenda.now, 1)
        name = str(pure.with_name(self.chance.choice(SERVICES).name_copy(copied)))
        self._cloud.put(name, self._yesterday.get(path) or self._cloud.files()[path])
        self._cloud.tally.troubles["copied"] += 1

    def _wrong(self) -> list[str]:
        wrong = []
        wanted: Rows = {}
        for home in self.homes:
            wanted |= home.acknowledged
        for home in self.homes:
            known = home.journal()
            lost = [key for key, row in wanted.items() if known.get(key) != row]
            wrong += [f"{home.name} lacks {len(lost)} edits, such as {lost[0]}"] if lost else []
            database = home.database()
            assert database is not None
            wrong += [f"{home.name}: {law}" for law in broken_laws(database)[:3]]
        if len({home.export() for home in self.homes}) != 1:
            wrong.append("the exports differ")
        return wrong


def typed_seed(seed: int, rounds: int, folder: Path) -> Ended:
    """Run one seed below `folder`, and leave nothing of it."""
    own = folder / f"typed{seed}"
    own.mkdir(parents=True)
    try:
        return TypedHomes(seed, own).run(rounds)
    finally:
        shutil.rmtree(own, ignore_errors=True)
