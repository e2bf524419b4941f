"""A team on one folder: sets it up, lets it work for some hours, brings everybody together.

At the end it can be asked what the design promises: whether an edit is missing anywhere, whether
all say the same, what lies in the folder, and what was uploaded.
"""

from __future__ import annotations

import datetime as dt
import io
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.simulation.agenda import Agenda, WallClock
from benchmarks.simulation.cloud import Cloud, SyncedFolder
from benchmarks.simulation.person import Person, Rows
from benchmarks.simulation.services import Service
from csdesk.actions.sample import add_sample
from csdesk.exchange.json_export import export_json
from csdesk.settings import Home, load_settings, save_settings
from csdesk.store.versions import Versions, versions
from csdesk.workspace.workspace import Workspace
from csdesk.workspace.writing import raw_connection

DOCUMENT = "Müller & 北日本.csdesk"
"""A name that computers write in more than one way."""

_NAMES = ("Aiko", "Ben", "Chloé", "Daichi", "Eva", "Farid", "Goro", "Hana")
_COMPUTERS = ("DESKTOP-A1B2C3", "MacBook Pro", "laguna", "PC-07", "Andy-PC", "NB 12", "x1", "Mini")


@dataclass(frozen=True, slots=True)
class Day:
    """What a day is like; times are in hours."""

    people: int = 5
    hours: float = 8.0
    edits_per_hour: float = 60.0
    clocks_off: float = 6.0
    """How far clocks may be off, either way."""
    offline: float = 0.25
    """How much of the time a computer has no network."""
    closes: float = 2.0
    """How often an hour somebody closes the program, and starts it again at the next edit."""
    crashes: float = 0.3
    """How often an hour a program is killed."""
    accidents: float = 0.0
    """How often an hour a file of the folder is lost or put back to what it was before."""
    restored: bool = False
    """Whether one computer is put back to what it was in the middle of the day."""


class Team:
    """People, their computers, and the service between them."""

    def __init__(self, service: Service, day: Day, seed: int, folder: Path) -> None:
        self.day = day
        self.agenda = Agenda()
        self.chance = random.Random(seed)
        self.cloud = Cloud(service, self.agenda, self.chance)
        self.people: list[Person] = []
        self._folder = folder
        self._yesterday: dict[str, bytes] = {}
        folder.mkdir(parents=True, exist_ok=True)
        for _number in range(day.people):
            self.join()

    def join(self) -> Person:
        """Give one more person a computer; the first makes the workspace and shares it."""
        number = len(self.people)
        name = _NAMES[number % len(_NAMES)]
        computer = _COMPUTERS[number % len(_COMPUTERS)]
        synced = SyncedFolder(
            self.cloud,
            self._folder / f"folder{number}",
            name,
            computer,
            splits_accents=computer.startswith("Mac"),
        )
        off = dt.timedelta(hours=self.chance.uniform(-self.day.clocks_off, self.day.clocks_off))
        home = Home.at(self._folder / f"home{number}")
        clock = WallClock(self.agenda, off)
        person = Person(
            name, synced, synced.at(DOCUMENT), home, clock, random.Random(self.chance.random())
        )
        settings = load_settings(home)
        settings.device = f"{computer} · {number:08x}"
        save_settings(home, settings)
        if number == 0:
            self._begin(person)
        for _round in range(40):
            synced.sync()
            if synced.settled:
                break
        assert person.open(), person.told
        self.people.append(person)
        return person

    def _begin(self, person: Person) -> None:
        Workspace.create(person.document, home=person.home, clock=person.clock).close()
        assert person.open(), person.told
        made = person.workspace.write("Sample", add_sample, "en", dt.date(2026, 11, 23))
        assert made.result > 0
        person.workspace.team.share()
        person.close()

    def work(self) -> None:
        """Let the day pass."""
        for person in self.people:
            self._often(3600 / self.day.edits_per_hour, person.edit)
            self._regularly((30, 30), person.look)
            self._regularly(self.cloud.service.delay, person.folder.sync)
            self._regularly(self.cloud.service.breaks, self._change_network(person))
            self._often(3600 / max(self.day.closes, 1e-9), person.close)
            self._often(3600 / max(self.day.crashes, 1e-9), person.crash)
        if self.day.accidents:
            self._often(3600 / self.day.accidents, self._have_an_accident)
        if self.day.restored:
            self._plan_restore(self.people[-1])
        self.agenda.after(self.day.hours * 900, self.remember)
        self.agenda.run(self.day.hours)
        self.agenda.clear()

    def remember(self) -> None:
        """Keep what the folder is now, for later accidents."""
        self._yesterday = self.cloud.files()

    def remembered(self, path: str) -> bytes | None:
        """Give what a file was when the folder was remembered; None where it was not there."""
        return self._yesterday.get(path)

    def put_back(self, *paths: str) -> None:
        """Make files of the folder (all where none is named) what they were when remembered."""
        self.cloud.put_back(self._yesterday, *paths)

    def settle(self, rounds: int = 60) -> int:
        """Bring everybody together: network, programs, and round after round of sharing.

        Returns how many rounds it took, or `rounds` where it did not come to an end.
        """
        for person in self.people:
            person.folder.online = True
        for done in range(rounds):
            before = [self._versions(person) for person in self.people]
            for person in self.people:
                person.folder.sync()
                if done % 10 == 9:
                    person.close()  # as people do when something does not get on
                if not person.open() and person.folder.settled:
                    person.mend()
                person.publish()
                person.folder.sync()
            self.agenda.pass_by(seconds=self.chance.uniform(30, 120))
            after = [self._versions(person) for person in self.people]
            at_rest = all(person.folder.settled for person in self.people)
            if at_rest and before == after and all(one == after[0] for one in after):
                return done + 1
        return rounds

    def close(self) -> None:
        """End all programs."""
        for person in self.people:
            person.close()

    def acknowledged(self) -> Rows:
        """Everything that anybody was told is done."""
        rows: Rows = {}
        for person in self.people:
            rows |= person.acknowledged
        return rows

    def lost(self) -> list[tuple[str, tuple[int, int]]]:
        """Name the edits that are missing or different in somebody's journal."""
        wanted = self.acknowledged().items()
        missing = []
        for person in self.people:
            known = person.journal()
            missing += [(person.name, key) for key, row in wanted if known.get(key) != row]
        return missing

    def states(self) -> list[bytes]:
        """Export every workspace: one state is what there has to be."""
        states = set()
        for person in self.people:
            out = io.BytesIO()
            person.workspace.read(export_json, out)
            states.add(out.getvalue())
        return sorted(states)

    def _versions(self, person: Person) -> Versions:
        if not person.open():
            return {}
        return person.workspace.read(lambda session: versions(raw_connection(session.connection())))

    def _often(self, seconds: float, event: Callable[[], None]) -> None:
        def happen() -> None:
            event()
            self.agenda.after(self.chance.expovariate(1 / seconds), happen)

        self.agenda.after(self.chance.expovariate(1 / seconds), happen)

    def _regularly(self, seconds: tuple[float, float], event: Callable[[], None]) -> None:
        def happen() -> None:
            event()
            self.agenda.after(self.chance.uniform(*seconds), happen)

        self.agenda.after(self.chance.uniform(0, seconds[1]), happen)

    def _change_network(self, person: Person) -> Callable[[], None]:
        def change() -> None:
            person.folder.online = self.chance.random() >= self.day.offline

        return change

    def _have_an_accident(self) -> None:
        files = sorted(self.cloud.files())
        path = self.chance.choice(files) if files else None
        if self._yesterday and (path is None or self.chance.random() < 0.6):
            self.put_back(*([path] if path and self.chance.random() < 0.7 else []))
        elif path is not None:
            self.cloud.drop(path)

    def _plan_restore(self, person: Person) -> None:
        """Set a computer back hours; what it published lies in the folder still."""
        copy = self._folder / "computer"
        self.agenda.after(self.day.hours * 1200, lambda: person.back_up_computer(copy))
        self.agenda.after(self.day.hours * 2400, lambda: person.restore_computer(copy))
