"""Four copies of one file, and people who edit in them; what they do is noted beside the file."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from csdesk.errors import UserError
from csdesk.model.base import instant_text
from csdesk.model.identity import kpi_value_id, natural_id
from csdesk.store.driver import RawConnection
from csdesk.store.journal import Recorded, StepKind
from csdesk.store.replica import new_database
from tests.store.desk import NOON
from tests.store.laws import broken_laws_in, lines_of, review_in
from tests.team.copies import Copy
from tests.team.fleet_laws import (
    Edits,
    Known,
    check_no_circles,
    hold,
    state_in,
)

SIZE = 4
DAY = 86_400
JUMPS = (0, 0, 0, 1, 3_600, -3_600, DAY, -400 * DAY, 30 * DAY)
ACCOUNTS = ("a0", "a1")
CONTACTS = ("c0", "c1", "c2")
MILESTONES = ("m0", "m1", "m2")
MONTHS = (dt.date(2026, 1, 1), dt.date(2026, 2, 1))
ITEMS = (
    *(("account", row) for row in ACCOUNTS),
    *(("contact", row) for row in CONTACTS),
    *(("milestone", row) for row in MILESTONES),
    ("goal", "g"),
)
TEXTS = ("", "North", "東京", "x", None)
FIELDS = {
    "account": ("name", "region"),
    "contact": ("title", "email"),
    "milestone": ("title", "owner_id"),
    "goal": ("title", "why"),
}


@dataclass
class SharedTime:
    """The time of all copies, to the millisecond; it stands still until it is let pass."""

    now: dt.datetime = NOON

    def pass_by(self, seconds: float) -> None:
        self.now += dt.timedelta(seconds=seconds)


@dataclass
class WrongClock:
    """A computer's clock, set wrong by some seconds."""

    time: SharedTime
    wrong_by: float = 0.0

    def __call__(self) -> dt.datetime:
        return self.time.now + dt.timedelta(seconds=self.wrong_by)


@dataclass
class Computers:
    """The copies, all files ever published, and what was ever edited."""

    folder: Path
    chance: random.Random
    time: SharedTime = field(default_factory=SharedTime)
    copies: list[Copy] = field(default_factory=list)
    clocks: list[WrongClock] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    images: list[Path] = field(default_factory=list)
    edits: Edits = field(default_factory=dict)
    given: int = 0

    def begin(self) -> None:
        """Lay out one file with a few items in it, and give each computer a copy."""
        base = self.path("base")
        new_database(base)
        for number in range(SIZE):
            clock = WrongClock(self.time)
            self.clocks.append(clock)
            self.copies.append(Copy(self.folder / f"d{number}", f"d{number}", clock, base))
            if number == 0:
                self._note(0, self.copies[0].write("Begin", lay_out))
                base = self.copies[0].keep_image(self.path("image"))
                self.images.append(base)
        self.publish(0)

    def path(self, kind: str) -> Path:
        self.given += 1
        return self.folder / f"{self.given}.{kind}"

    def publish(self, who: int) -> Path:
        self.files.append(self.copies[who].publish(self.path("csdesk")))
        return self.files[-1]

    def check(self, who: int) -> None:
        """What is derived follows from the journal, as the oracle derives it."""
        broken = broken_laws_in(self.copies[who].plain)
        hold(broken == [], "what is derived follows from the journal", broken[:3])
        check_no_circles(self.copies[who].plain)

    def end(self) -> None:
        for copy in self.copies:
            copy.close()

    def shown(self, who: int, entity: str, row: str, field_name: str) -> Any:
        found = (
            self.copies[who]
            .plain.execute(f'SELECT "{field_name}" FROM "{entity}" WHERE id = ?', (row,))
            .fetchone()
        )
        return None if found is None else found[0]

    def state(self, who: int) -> dict[str, Any]:
        return state_in(self.copies[who].plain)

    def _now(self, who: int) -> str:
        return instant_text(self.clocks[who]())

    def _set(self, who: int, entity: str, row: str, field_name: str, value: Any) -> None:
        """Set a field; it shows at once, unless that would close a circle."""
        deleted = self.shown(who, entity, row, "deleted_at") is not None
        try:
            recorded = self._write(
                who, f'UPDATE "{entity}" SET "{field_name}" = ? WHERE id = ?', (value, row)
            )
        except UserError:
            hold(deleted, "only what is deleted may not be edited", entity, row)
            return
        review = review_in(self.copies[who].plain)
        circles = {(one[1], one[2]) for one in review if one[0] == "circle"}
        if (entity, row) not in circles and recorded is not None:
            shown = self.shown(who, entity, row, field_name)
            hold(shown == value, "one's own edit shows at once", entity, row, shown, value)

    def _write(self, who: int, statement: str, values: tuple[Any, ...]) -> Recorded | None:
        def run(connection: RawConnection) -> None:
            connection.execute(statement, values)

        recorded = self.copies[who].write("Edit", run)
        self._note(who, recorded)
        return recorded

    def _note(self, who: int, recorded: Recorded | None) -> None:
        """Keep what was acknowledged, and what its writer knew then."""
        if recorded is None:
            return
        known = self.copies[who].versions()
        for line in lines_of(self.copies[who].plain):
            if line.w == recorded.key.w and line.seq >= recorded.key.seq0:
                hold(line.key not in self.edits, "no number is used twice", line)
                self.edits[line.key] = Known(line, known)
        self.check(who)


class People(Computers):
    """What people do at their computers."""

    def edit(self, who: int, item: int, text: str | None) -> None:
        entity, row = ITEMS[item % len(ITEMS)]
        self._set(who, entity, row, FIELDS[entity][item // len(ITEMS) % 2], text)

    def move(self, who: int, contact: int, boss: int | None) -> None:
        """Let a contact report to another one, or to nobody."""
        to = None if boss is None else CONTACTS[boss % 3]
        self._set(who, "contact", CONTACTS[contact % 3], "reports_to_id", to)

    def depend(self, who: int, milestone: int, after: int) -> None:
        """Let one milestone wait for another; again, where it did so before."""
        one, other = MILESTONES[milestone % 3], MILESTONES[after % 3]
        row = natural_id("milestone_dependency", one, other)
        if self.shown(who, "milestone_dependency", row, "id") is not None:
            self._set(who, "milestone_dependency", row, "deleted_at", None)
            return
        self._write(
            who,
            "INSERT INTO milestone_dependency(id, milestone_id, after_id) VALUES (?, ?, ?)",
            (row, one, other),
        )

    def depend_no_more(self, who: int, milestone: int, after: int) -> None:
        row = natural_id("milestone_dependency", MILESTONES[milestone % 3], MILESTONES[after % 3])
        if self.shown(who, "milestone_dependency", row, "id") is not None:
            self._set(who, "milestone_dependency", row, "deleted_at", self._now(who))

    def enter_month(self, who: int, month: int, value: int | None) -> None:
        """Enter a KPI's month: a row that others may have made, too."""
        period = MONTHS[month % 2]
        row = kpi_value_id("a0", "k", period)
        if self.shown(who, "kpi_value", row, "id") is None:
            self._write(
                who,
                "INSERT INTO kpi_value(id, account_id, kpi_id, period, value)"
                " VALUES (?, 'a0', 'k', ?, ?)",
                (row, period.isoformat(), value),
            )
            hold(self.shown(who, "kpi_value", row, "value") == value, "one's own entry shows")
        else:
            self._set(who, "kpi_value", row, "value", value)

    def delete(self, who: int, item: int) -> None:
        entity, row = ITEMS[item % len(ITEMS)]
        self._set(who, entity, row, "deleted_at", self._now(who))

    def bring_back(self, who: int, item: int) -> None:
        entity, row = ITEMS[item % len(ITEMS)]
        self._set(who, entity, row, "deleted_at", None)

    def undo(self, who: int) -> None:
        self._note(who, self.copies[who].undo())

    def redo(self, who: int) -> None:
        self._note(who, self.copies[who].undo(StepKind.REDO))

    def restart(self, who: int) -> None:
        before = self.state(who)
        self.copies[who].restart()
        hold(self.state(who) == before, "a restart changes nothing")


def lay_out(connection: RawConnection) -> None:
    connection.execute("INSERT INTO kpi(id, name) VALUES ('k', 'Sales')")
    connection.execute("INSERT INTO plan(id, account_id, title) VALUES ('p', 'a0', 'Plan')")
    connection.execute("INSERT INTO goal(id, plan_id, title) VALUES ('g', 'p', 'New')")
    for row in ACCOUNTS:
        connection.execute("INSERT INTO account(id, name) VALUES (?, 'New')", (row,))
    for row in CONTACTS:
        connection.execute(
            "INSERT INTO contact(id, account_id, name) VALUES (?, 'a0', 'New')", (row,)
        )
    for row in MILESTONES:
        connection.execute(
            "INSERT INTO milestone(id, goal_id, title) VALUES (?, 'g', 'New')", (row,)
        )
