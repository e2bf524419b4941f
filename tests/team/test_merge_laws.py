"""However four copies are edited, cloned, set back and torn: merging loses nothing."""

from __future__ import annotations

import random
import shutil

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from csdesk.store import journal
from tests.rounds import SOAKING
from tests.team.fleet import Fleet
from tests.team.lives import live, new_folder
from tests.team.people import DAY, JUMPS, SIZE, TEXTS

WHO = st.integers(0, SIZE - 1)
WHICH = st.integers(0, 50)
ITEM = st.integers(0, 15)
THREE = st.integers(0, 2)
JUMP = st.sampled_from(JUMPS)


class MergeLaws(RuleBasedStateMachine):
    """Four copies; every rule is something that happens to teams."""

    @initialize(seed=st.integers(0, 2**32))
    def begin(self, seed: int) -> None:
        self.folder = new_folder()
        self.patched = pytest.MonkeyPatch()
        chance = random.Random(seed)
        # The numbers of writers break ties: they must be the same when an example is run again.
        self.patched.setattr(journal, "new_writer", lambda: chance.getrandbits(63) or 1)
        self.fleet = Fleet(self.folder, chance)
        self.fleet.begin()

    @rule(who=WHO, item=ITEM, text=st.sampled_from(TEXTS), jump=JUMP)
    def edit(self, who: int, item: int, text: str | None, jump: int) -> None:
        self.fleet.clock_jumps(who, jump)
        self.fleet.edit(who, item, text)

    @rule(who=WHO, contact=THREE, boss=st.none() | THREE)
    def move(self, who: int, contact: int, boss: int | None) -> None:
        self.fleet.move(who, contact, boss)

    @rule(who=WHO, milestone=THREE, after=THREE)
    def depend(self, who: int, milestone: int, after: int) -> None:
        self.fleet.depend(who, milestone, after)

    @rule(who=WHO, milestone=THREE, after=THREE)
    def depend_no_more(self, who: int, milestone: int, after: int) -> None:
        self.fleet.depend_no_more(who, milestone, after)

    @rule(who=WHO, month=st.integers(0, 1), value=st.none() | st.integers(0, 3))
    def enter_month(self, who: int, month: int, value: int | None) -> None:
        self.fleet.enter_month(who, month, value)

    @rule(who=WHO, item=ITEM, jump=JUMP)
    def delete(self, who: int, item: int, jump: int) -> None:
        self.fleet.clock_jumps(who, jump)
        self.fleet.delete(who, item)

    @rule(who=WHO, item=ITEM)
    def bring_back(self, who: int, item: int) -> None:
        self.fleet.bring_back(who, item)

    @rule(who=WHO)
    def undo(self, who: int) -> None:
        self.fleet.undo(who)

    @rule(who=WHO)
    def redo(self, who: int) -> None:
        self.fleet.redo(who)

    @rule(who=WHO)
    def restart(self, who: int) -> None:
        self.fleet.restart(who)

    @rule(seconds=st.sampled_from((1, 60, DAY)))
    def time_passes(self, seconds: int) -> None:
        self.fleet.time_passes(seconds)

    @rule(who=WHO)
    def publish(self, who: int) -> None:
        self.fleet.publish(who)

    @rule(who=WHO, which=WHICH)
    def send_outbox(self, who: int, which: int) -> None:
        self.fleet.send_outbox(who, which)

    @rule(who=WHO, which=st.just(-1) | WHICH)
    def observe(self, who: int, which: int) -> None:
        self.fleet.observe(who, which)

    @rule(who=WHO, which=WHICH, cut=st.integers(0, 2**30))
    def find_torn(self, who: int, which: int, cut: int) -> None:
        self.fleet.find_torn(who, which, cut)

    @rule(image=WHO, who=WHO, whole=st.booleans())
    def clone(self, image: int, who: int, whole: bool) -> None:
        self.fleet.clone(image, who, whole=whole)

    @rule(who=WHO)
    def keep_backup(self, who: int) -> None:
        self.fleet.keep_backup(who)

    @rule(who=WHO, which=WHICH)
    def restore_backup(self, who: int, which: int) -> None:
        self.fleet.restore_backup(who, which)

    @rule(one=WHO, other=WHO, item=ITEM, text=st.sampled_from(TEXTS))
    def both_delete(self, one: int, other: int, item: int, text: str | None) -> None:
        self.fleet.both_delete(one, other, item, text)

    @rule(one=WHO, other=WHO, item=ITEM, text=st.sampled_from(TEXTS))
    def delete_what_others_edit(self, one: int, other: int, item: int, text: str | None) -> None:
        self.fleet.delete_what_others_edit(one, other, item, text)

    @rule(one=WHO, other=WHO, contact=THREE)
    def close_a_circle(self, one: int, other: int, contact: int) -> None:
        self.fleet.close_a_circle(one, other, contact)

    @rule(one=WHO, other=WHO, milestone=THREE)
    def wait_for_each_other(self, one: int, other: int, milestone: int) -> None:
        self.fleet.wait_for_each_other(one, other, milestone)

    @rule(one=WHO, other=WHO, item=ITEM, text=st.sampled_from(TEXTS))
    def lose_an_outbox(self, one: int, other: int, item: int, text: str | None) -> None:
        self.fleet.lose_an_outbox(one, other, item, text)

    def teardown(self) -> None:
        if not hasattr(self, "fleet"):
            return
        try:
            self.fleet.meet_at_last()
        finally:
            self.fleet.end()
            self.patched.undo()
            shutil.rmtree(self.folder)


TestMergeLaws = MergeLaws.TestCase
TestMergeLaws.pytestmark = pytest.mark.soak  # type: ignore[attr-defined]
TestMergeLaws.settings = settings(
    max_examples=20_000 if SOAKING else 6,
    stateful_step_count=30,
    # A failure is read more easily short, but making it short takes many minutes.
    phases=[Phase.reuse, Phase.generate],
)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2_000 if SOAKING else 3))
def test_a_random_life_of_a_team_obeys_the_laws(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same lives in which the planted bugs are caught."""
    live(seed, monkeypatch)
