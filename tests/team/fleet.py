"""Four copies of one file that edit apart and meet in every wrong way, and the laws they obey.

The state machine (test_merge_laws.py) and the planted bugs (test_planted_bugs.py) drive the same
fleet, so what catches the one catches the other.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

from csdesk.errors import UserError
from csdesk.store import deriving
from csdesk.store.driver import connect, transaction
from csdesk.store.replica import new_database
from csdesk.store.versions import Versions
from tests.team.copies import Copy, outbox_of
from tests.team.fleet_laws import (
    check_deletions,
    check_disagreements,
    check_no_orphan_is_unseen,
    check_nothing_is_lost,
    hold,
    state_in,
)
from tests.team.people import DAY, SIZE, People, WrongClock


class Services(People):
    """What time, disks and sync services do."""

    def time_passes(self, seconds: int) -> None:
        self.time.pass_by(seconds)

    def clock_jumps(self, who: int, seconds: int) -> None:
        wrong = self.clocks[who].wrong_by + seconds
        self.clocks[who].wrong_by = max(-400 * DAY, min(30 * DAY, wrong))

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


class Fleet(Services):
    """What goes wrong between two people, told in a few steps, and what must hold at last."""

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


def versions_of(file: Path) -> Versions:
    with contextlib.closing(connect(file, immutable=True)) as connection:
        return dict(connection.execute("SELECT w, last_seq FROM writer").fetchall())
