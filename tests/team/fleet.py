"""Four copies of one file that edit apart and meet in every wrong way, and the laws they obey.

The state machine (test_merge_laws.py) and the planted bugs (test_planted_bugs.py) drive the same
fleet, so what catches the one catches the other.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from csdesk.errors import UserError
from csdesk.model.base import instant_text
from csdesk.model.identity import kpi_value_id, natural_id
from csdesk.store import deriving
from csdesk.store.driver import RawConnection, connect, transaction
from csdesk.store.journal import Recorded, StepKind
from csdesk.store.replica import new_database
from csdesk.store.versions import Versions
from tests.store.desk import NOON
from tests.store.laws import broken_laws_in, lines_of, review_in
from tests.team.copies import Copy, outbox_of
from tests.team.fleet_laws import (
    Edits,
    Known,
    check_deletions,
    check_disagreements,
    check_no_circles,
    check_no_orphan_is_unseen,
    check_nothing_is_lost,
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
class Fleet:
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

    # What people do.

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

    # What time, disks and services do.

    def time_passes(self, seconds: int) -> None:
        self.time.pass_by(seconds)

    def clock_jumps(self, who: int, seconds: int) -> None:
        wrong = self.clocks[who].wrong_by + seconds
        self.clocks[who].wrong_by = max(-400 * DAY, min(30 * DAY, wrong))

    def publish(self, who: int) -> Path:
        self.files.append(self.copies[who].publish(self.path("csdesk")))
        return self.files[-1]

    def send_outbox(self, who: int, which: int) -> Path | None:
        """Write only one's own rows, and only those that some earlier file lacks: with gaps."""
        since = versions_of(self.files[which % len(self.files)])
        sent = outbox_of(self.copies[who], self.path("csdx"), since)
        if sent is not None:
            self.files.append(sent)
        return sent

    def observe(self, who: int, which: int) -> None:
        """Find any file ever written."""
        self.find(who, self.files[which % len(self.files)])

    def find(self, who: int, file: Path) -> None:
        """Take in a file; with it, all that it says is known, and nothing less."""
        before = self.copies[who].versions()
        merged = self.copies[who].observe(file)
        after = self.copies[who].versions()
        hold(all(after.get(w, 0) >= seq for w, seq in before.items()), "nothing is forgotten")
        offered = versions_of(file)
        waiting = set(merged.waiting) if merged else set()
        behind = {w for w, seq in offered.items() if after.get(w, 0) < seq}
        hold(behind == waiting, "what a file says is known, or said to wait", behind, waiting)
        shown = self.state(who)
        again = self.copies[who].observe(file)
        hold(not (again and again.anything), "a file that was merged brings nothing again")
        still = set(again.waiting) if again else set()
        hold(still == waiting, "what waits is looked at again", waiting, still)
        hold(self.state(who) == shown, "merging again changes nothing")
        self.check(who)

    def find_torn(self, who: int, which: int, cut: int) -> None:
        """Find a file whose beginning is of one version and whose end is of another."""
        one, other = (self.files[(which + step) % len(self.files)].read_bytes() for step in (0, 1))
        at = cut % len(one)
        torn = one[:at] + other[at:]
        if torn in (one, other):
            return
        file = self.path("torn")
        file.write_bytes(torn)
        before = self.state(who)
        with contextlib.suppress(UserError):
            # One whose seal was seen before is not even looked into.
            hold(self.copies[who].observe(file) is None, "a torn file is refused")
        hold(self.state(who) == before, "a torn file changes nothing")

    def clone(self, source: int, target: int, *, whole: bool) -> None:
        """Copy a laptop's disk onto another one: `whole` with the device's name."""
        if source == target:
            return
        self.publish(target)
        image = self.copies[source].keep_image(self.path("image"))
        self.images.append(image)
        self.copies[target].become(image)
        if whole:
            self.copies[target].device = self.copies[source].device

    def keep_backup(self, who: int) -> None:
        self.images.append(self.copies[who].keep_image(self.path("image")))

    def restore_backup(self, who: int, which: int) -> None:
        """Put an older replica in place; what it lacks was published before."""
        self.publish(who)
        self.copies[who].become(self.images[which % len(self.images)])

    # What goes wrong between two people, told in a few steps.

    def meet(self, one: int, other: int) -> None:
        mine, theirs = self.publish(one), self.publish(other)
        self.find(one, theirs)
        self.find(other, mine)

    def both_delete(self, one: int, other: int, item: int, text: str | None) -> None:
        """Two people delete the same item; one of them edited it before, unknown to the other."""
        self.meet(one, other)
        self.edit(one, item, text)
        self.delete(one, item)
        self.time_passes(1)
        self.delete(other, item)
        self.meet(one, other)

    def delete_what_others_edit(self, one: int, other: int, item: int, text: str | None) -> None:
        """An item is edited here and deleted there, and then deleted once more."""
        self.meet(one, other)
        self.edit(one, item, text)
        self.delete(other, item)
        self.meet(one, other)
        self.delete(one, item)
        self.meet(one, other)

    def close_a_circle(self, one: int, other: int, contact: int) -> None:
        """Each lets a contact report to the other's; a third person hears of it in any order."""
        first, second, third = contact, contact + 1, contact + 2
        self.move(one, first, third)
        self.move(one, second, third)
        self.meet(one, other)
        self.move(one, first, second)
        self.time_passes(1)
        self.move(other, second, first)
        self.meet(one, other)
        self.find(self.chance.randrange(SIZE), self.chance.choice(self.files[-2:]))

    def wait_for_each_other(self, one: int, other: int, milestone: int) -> None:
        self.meet(one, other)
        self.depend(one, milestone, milestone + 1)
        self.time_passes(1)
        self.depend(other, milestone + 1, milestone)
        self.meet(one, other)

    def lose_an_outbox(self, one: int, other: int, item: int, text: str | None) -> None:
        """An outbox arrives before what it goes on from."""
        self.edit(one, item, text)
        before = self.publish(one)
        self.edit(one, item + 1, text)
        sent = self.send_outbox(one, self.files.index(before))
        if sent is not None:
            self.find(other, sent)
            if self.chance.random() < 0.5:
                self.find(other, before)
                self.find(other, sent)

    def end(self) -> None:
        for copy in self.copies:
            copy.close()

    # The laws.

    def check(self, who: int) -> None:
        """What is derived follows from the journal, as the oracle derives it."""
        broken = broken_laws_in(self.copies[who].plain)
        hold(broken == [], "what is derived follows from the journal", broken[:3])
        check_no_circles(self.copies[who].plain)

    def meet_at_last(self) -> None:
        """Let everybody see every file, in any order, and check all that must hold then."""
        for who in range(SIZE):
            self.publish(who)
        for who in range(SIZE):
            order = [*self.files]
            self.chance.shuffle(order)
            for file in order:
                self.copies[who].observe(file)
            self.copies[who].publish(self.path("csdesk"))
            # Now everything is there, what had to wait is welcome.
            for file in order:
                self.copies[who].observe(file)
        states = [self.state(who) for who in range(SIZE)]
        hold(all(state == states[0] for state in states), "all copies show the same in the end")
        self.check(0)
        check_nothing_is_lost(self.edits, self.copies[0].plain)
        check_deletions(self.edits, self.copies[0].plain)
        check_disagreements(self.edits, self.copies[0].plain)
        check_no_orphan_is_unseen(self.copies[0].plain)
        self._check_rebuilding(states[0])
        self._check_algebra()

    def _check_rebuilding(self, state: dict[str, Any]) -> None:
        path = self.copies[0].keep_image(self.path("image"))
        with contextlib.closing(connect(path)) as copy:
            with transaction(copy):
                deriving.rebuild(copy)
            hold(state_in(copy) == state, "rebuilding from the journal changes nothing")

    def _check_algebra(self) -> None:
        """(A + B) + C, A + (B + C) and C + B + A are the same, where nothing has to wait."""
        whole = [file for file in self.files if file.suffix == ".csdesk"]
        a, b, c = (self.chance.choice(whole) for _ in range(3))
        left = self._merged(self._merged_file(a, b), c)
        right = self._merged(a, self._merged_file(b, c))
        backwards = self._merged(c, b, a, b)
        hold(left == right, "merging is associative")
        hold(left == backwards, "merging is commutative and idempotent")

    def _merged_file(self, *files: Path) -> Path:
        with contextlib.closing(self._fresh(*files)) as copy:
            return copy.publish(self.path("csdesk"))

    def _merged(self, *files: Path) -> dict[str, Any]:
        with contextlib.closing(self._fresh(*files)) as copy:
            return state_in(copy.plain)

    def _fresh(self, *files: Path) -> Copy:
        """Merge files into a copy that knew nothing."""
        empty = self.path("base")
        new_database(empty)
        copy = Copy(self.path("fresh"), "fresh", WrongClock(self.time), empty)
        for file in files:
            copy.observe(file)
        return copy

    # How an edit is made and noted.

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


def versions_of(file: Path) -> Versions:
    with contextlib.closing(connect(file, immutable=True)) as connection:
        return dict(connection.execute("SELECT w, last_seq FROM writer").fetchall())
