"""Three homes, one folder between them, and everything that can happen to a folder.

    python -m tests.team.three_homes --seed 7 --rounds 40
    python -m tests.team.three_homes --seeds 500
    python -m tests.team.three_homes --seed 3 --rounds 8 --typed

Copies are delayed, renamed as each service renames them, dropped, torn and put back to what they
were; clocks are hours apart; programs are killed and computers set back. After a last sync
everywhere all three must export the same, and have every edit that was acknowledged. With
`--typed` every step is a command of its own, as somebody types it.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath

from benchmarks.simulation.person import Person
from benchmarks.simulation.services import SERVICES, Copied
from benchmarks.simulation.team import Day, Team
from tests.store.laws import broken_laws
from tests.team.typed_homes import Ended, typed_seed

LONGEST_NAME = 180
"""Bytes of a copy's name up to which a service may still name a copy of it."""


class ThreeHomes:
    """The three of them, and what happens to them in one run."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.chance = random.Random(f"three homes {seed}")
        self._seed = seed
        self._folder = folder
        service = replace(self.chance.choice(SERVICES), tears=self.chance.choice([0.0, 0.3, 0.6]))
        off = self.chance.choice([0.0, 3.0, 14.0, 400.0])
        self.team = Team(service, Day(people=3, clocks_off=off), seed, folder)
        self.team.remember()
        self._computers: dict[str, Path] = {}

    def run(self, rounds: int) -> Ended:
        """Let everything happen for so many rounds, bring all together, and look."""
        events, weights = zip(*self._events(), strict=True)
        for _round in range(rounds):
            for _event in range(self.chance.randrange(2, 9)):
                self.chance.choices(events, weights)[0](self.chance.choice(self.team.people))
            self.team.agenda.pass_by(seconds=self.chance.choice([1, 20, 300, 4000, 90_000]))
        settled_after = self.team.settle()
        wrong = tuple(self._wrong(settled_after))
        tally = self.team.cloud.tally
        troubles = {**tally.troubles, "conflicts": tally.conflicts.total()}
        edits = len(self.team.acknowledged())
        self.team.close()
        return Ended(
            self._seed, self.team.cloud.service.name, edits, troubles, settled_after, wrong
        )

    def _wrong(self, settled_after: int) -> list[str]:
        wrong = [
            f"{person.name} cannot open the file: {person.told[-1:]}"
            for person in self.team.people
            if not person.is_open
        ]
        if wrong:
            return wrong
        lost = self.team.lost()
        if lost:
            wrong.append(f"{len(lost)} edits lost, such as {lost[:3]}")
        states = self.team.states()
        if len(states) != 1:
            wrong.append(f"{len(states)} different exports")
        if settled_after >= 60:
            wrong.append("it never came to rest")
        for person in self.team.people:
            laws = broken_laws(person.workspace.replica.database)
            wrong += [f"{person.name}: {law}" for law in laws[:3]]
        return wrong

    def _events(self) -> list[tuple[Callable[[Person], None], int]]:
        return [
            (Person.edit, 30),
            (Person.publish, 14),
            (Person.look, 8),
            (lambda person: person.folder.sync(), 30),
            (self._change_network, 5),
            (Person.close, 4),
            (Person.crash, 2),
            (self._mend, 3),
            (self._set_clock, 3),
            (lambda _person: self.team.remember(), 2),
            (self._put_back, 3),
            (self._drop, 3),
            (self._copy_under_another_name, 4),
            (self._cut_off, 2),
            (self._spoil, 1),
            (self._tidy_up, 2),
            (self._back_up_or_restore, 2),
        ]

    def _change_network(self, person: Person) -> None:
        person.folder.online = not person.folder.online

    def _mend(self, person: Person) -> None:
        """A person whose document cannot be opened has it repaired."""
        if not person.open():
            person.mend()

    def _set_clock(self, person: Person) -> None:
        person.clock.off += dt.timedelta(hours=self.chance.uniform(-10, 10))

    def _put_back(self, _person: Person) -> None:
        """The service restores one file, or all of the folder, as it was yesterday."""
        path = self._any_file()
        self.team.put_back(*([path] if path and self.chance.random() < 0.7 else []))

    def _drop(self, _person: Person) -> None:
        path = self._any_file()
        if path:
            self.team.cloud.drop(path)

    def _copy_under_another_name(self, person: Person) -> None:
        """The service makes a copy of a file, as it is now or was yesterday."""
        service = self.chance.choice(SERVICES)
        path = self._any_file()
        if path is None:
            return
        pure = PurePosixPath(path)
        number = self.chance.randrange(1, 3)
        copied = Copied(pure, person.name, "DESKTOP-A1B2C3", self.team.agenda.now, number)
        content = self.team.remembered(path) if self.chance.random() < 0.5 else None
        name = str(pure.with_name(service.name_copy(copied)))
        if len(os.fsencode(PurePosixPath(name).name)) > LONGEST_NAME:
            return  # a copy of a copy of a copy: no disk would take the next one
        self.team.cloud.put(name, content or self.team.cloud.files()[path])
        self.team.cloud.tally.troubles["copied"] += 1

    def _cut_off(self, person: Person) -> None:
        """A file on one computer is cut off, or its end is zeros, and so it is uploaded."""
        path = self._file_of(person)
        if path is None or path.stat().st_size < 2:
            return
        content = path.read_bytes()
        cut = self.chance.randrange(1, len(content))
        path.write_bytes(content[:cut] + self.chance.choice([b"", bytes(len(content) - cut)]))
        self.team.cloud.tally.troubles["cut off"] += 1

    def _spoil(self, person: Person) -> None:
        """The middle of a file changes while its end, with the seal, stays as it was."""
        path = self._file_of(person)
        if path is None or path.stat().st_size < 10_000:
            return
        content = bytearray(path.read_bytes())
        start = self.chance.randrange(5_000, len(content) - 1_000)
        content[start : start + 900] = bytes(900)
        path.write_bytes(content)
        self.team.cloud.tally.troubles["spoiled"] += 1

    def _tidy_up(self, person: Person) -> None:
        """A person deletes a file that she does not know."""
        path = self._file_of(person)
        if path is not None:
            path.unlink()
            self.team.cloud.tally.troubles["deleted"] += 1

    def _back_up_or_restore(self, person: Person) -> None:
        """A computer is copied, or put back to its copy; what it shared lies in the folder."""
        copy = self._computers.get(person.name)
        if copy is None:
            copy = self._folder / f"copy of {person.home.data.parent.name}"
            person.back_up_computer(copy)
            self._computers[person.name] = copy
        elif self._is_shared(person):
            person.restore_computer(copy)
            self.team.cloud.tally.troubles["set back"] += 1

    def _is_shared(self, person: Person) -> bool:
        """Whether others have all that a computer knows; else setting it back is a real loss."""
        others = [other for other in self.team.people if other is not person and other.is_open]
        if not others:
            return False
        known = others[0].journal()
        return all(known.get(key) == row for key, row in person.acknowledged.items())

    def _any_file(self) -> str | None:
        files = sorted(self.team.cloud.files())
        return self.chance.choice(files) if files else None

    def _file_of(self, person: Person) -> Path | None:
        files = sorted(path for path in person.folder.root.rglob("*.csd*") if path.is_file())
        return self.chance.choice(files) if files else None


def run_seed(seed: int, rounds: int, folder: Path) -> Ended:
    """Run one seed below `folder`, and leave nothing of it."""
    own = folder / f"seed{seed}"
    try:
        return ThreeHomes(seed, own).run(rounds)
    finally:
        shutil.rmtree(own, ignore_errors=True)


def main() -> int:
    """Run the seeds that were asked for; 1 where anything was wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seed", type=int, default=1, help="the first seed")
    parser.add_argument("--seeds", type=int, default=1, help="how many seeds")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--typed", action="store_true", help="by the command line (slow)")
    options = parser.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(options.seed, options.seed + options.seeds):
            run = typed_seed if options.typed else run_seed
            ended = run(seed, options.rounds, Path(folder))
            print(ended, flush=True)
            failed += bool(ended.wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
