"""Whatever is edited, deleted, undone, merged, restarted and whatever the clock shows: the laws."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from sqlalchemy.orm import Session

from csdesk.errors import UserError
from csdesk.model.identity import kpi_value_id
from csdesk.model.records import Account, Goal, KpiValue
from csdesk.store import deriving
from csdesk.store.driver import connect, transaction
from csdesk.workspace.workspace import Workspace
from tests.rounds import SOAKING
from tests.store.desk import NOON, Device, add, row_of, set_fields
from tests.store.laws import broken_laws, rows_in_table

TEXTS = st.sampled_from(["", "North", "東京", "a\x00b", "𠮷野家", "x" * 300, "'; --"])
JUMPS = st.sampled_from([0, 1, 60, 86_400, -60, -3_600, -400 * 86_400, 30 * 86_400])
MONTHS = st.integers(1, 3).map(lambda month: dt.date(2026, month, 1))


class JournalLaws(RuleBasedStateMachine):
    """Two devices with one file: what one publishes the other takes in."""

    rows = Bundle("rows")

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.devices = [Device.beside(self.folder / "mine")]
        self.devices[0].create().close()
        self.devices.append(Device.beside(self.folder / "theirs", self.devices[0].document))
        self.published = [self.devices[0].document.read_bytes()]
        self.open: list[Workspace] = [device.open() for device in self.devices]

    @rule(target=rows, who=st.integers(0, 1), name=TEXTS, bare=st.booleans())
    def create(self, who: int, name: str, bare: bool) -> str:
        made = Account(name=None if bare else name, region=name)
        return self.open[who].write("Create", add, made).result

    @rule(who=st.integers(0, 1), row=rows, name=TEXTS, region=st.none() | TEXTS, jump=JUMPS)
    def edit(self, who: int, row: str, name: str, region: str | None, jump: int) -> None:
        """An edit shows at once, unless the row is unknown here or deleted: then it is refused."""
        self.clock_jumps(who, jump)
        known = self.known(who, row)
        if known is None:
            return
        try:
            self.open[who].write("Edit", set_fields, Account, row, name=name, region=region)
        except UserError:
            assert known["deleted_at"] is not None
            assert self.known(who, row) == known
            return
        now = self.known(who, row)
        assert now is not None
        assert (now["name"], now["region"]) == (name, region)

    @rule(who=st.integers(0, 1), row=rows, back=st.booleans(), jump=JUMPS)
    def delete_or_bring_back(self, who: int, row: str, back: bool, jump: int) -> None:
        self.clock_jumps(who, jump)
        if self.known(who, row) is None:
            return
        at = None if back else self.devices[who].clock()
        self.open[who].write("Delete", set_fields, Account, row, deleted_at=at)
        assert ((self.known(who, row) or {})["deleted_at"] is None) == back

    @rule(who=st.integers(0, 1), month=MONTHS, value=st.none() | st.integers(-5, 5))
    def enter_value(self, who: int, month: dt.date, value: int | None) -> None:
        row_id = kpi_value_id("a", "k", month)

        def enter(session: Session) -> None:
            row = session.get(KpiValue, row_id)
            if row is None:
                row = KpiValue(id=row_id, account_id="a", kpi_id="k", period=month)
                session.add(row)
            row.value, row.deleted_at = value, None

        self.open[who].write("Enter", enter)

    @rule(who=st.integers(0, 1), names=st.lists(TEXTS, min_size=1, max_size=4))
    def import_many(self, who: int, names: list[str]) -> None:
        def bulk(session: Session) -> None:
            plan = add(session, Goal(title="Plan"))
            session.add_all(Goal(title=name, plan_id=plan) for name in names)

        self.open[who].write("Import", bulk)

    @rule(who=st.integers(0, 1))
    def undo(self, who: int) -> None:
        if self.open[who].undo_label is not None:
            self.open[who].undo()

    @rule(who=st.integers(0, 1))
    def redo(self, who: int) -> None:
        if self.open[who].redo_label is not None:
            self.open[who].redo()

    @rule(who=st.integers(0, 1))
    def undo_then_redo_changes_nothing(self, who: int) -> None:
        before = self.state(who)
        if self.open[who].undo_label is None or self.open[who].undo().change is None:
            return
        assert self.open[who].redo().skipped == ()
        assert living(self.state(who)) == living(before)

    def clock_jumps(self, who: int, seconds: int) -> None:
        now = self.devices[who].clock.now + dt.timedelta(seconds=seconds)
        farthest = dt.timedelta(days=800)
        self.devices[who].clock.now = min(max(now, NOON - farthest), NOON + farthest)

    @rule(who=st.integers(0, 1))
    def restart(self, who: int) -> None:
        before = self.state(who)
        self.open[who].close()
        self.open[who] = self.devices[who].open()
        assert self.state(who) == before

    @rule(giver=st.integers(0, 1))
    def meet(self, giver: int) -> None:
        """The other device finds this one's document in the place of its own."""
        taker = 1 - giver
        before = self.journal(taker)
        self.open[giver].publish()
        shutil.copyfile(self.devices[giver].document, self.devices[taker].document)
        self.open[taker].publish()
        assert self.journal(taker) >= before
        assert self.journal(taker) >= self.journal(giver)

    @rule(who=st.integers(0, 1), which=st.integers(0, 50))
    def find_an_old_document(self, who: int, which: int) -> None:
        """Whatever whole document of the workspace is put in its place, all is in it again."""
        self.open[who].publish()
        document = self.devices[who].document
        self.published.append(document.read_bytes())
        document.write_bytes(self.published[which % len(self.published)])
        self.open[who].publish()
        assert journal_in(document) == self.journal(who)

    @invariant()
    @precondition(lambda self: hasattr(self, "open"))
    def laws_hold(self) -> None:
        for workspace in self.open:
            assert broken_laws(workspace.replica.database) == []

    def teardown(self) -> None:
        if not hasattr(self, "open"):
            return
        for turn in (0, 1, 0):
            self.meet(turn)
        assert self.state(0) == self.state(1), "both know the same, and show something else"
        for workspace in self.open:
            rebuilt = rebuilt_state(workspace, self.folder / "rebuilt.db")
            assert rebuilt == self.state(self.open.index(workspace))
            workspace.close()
        shutil.rmtree(self.folder)

    def known(self, who: int, row: str) -> dict[str, object] | None:
        def look(session: Session) -> dict[str, object] | None:
            return row_of(session, Account, row) if session.get(Account, row) else None

        return self.open[who].read(look)

    def state(self, who: int) -> dict[str, dict[str, dict[str, object]]]:
        return state_of(self.open[who].replica.database)

    def journal(self, who: int) -> set[tuple[int, int]]:
        return journal_in(self.open[who].replica.database)


def journal_in(database: Path) -> set[tuple[int, int]]:
    connection = connect(database, read_only=True)
    try:
        return set(connection.execute("SELECT w, seq FROM journal").fetchall())
    finally:
        connection.close()


def state_of(database: Path) -> dict[str, dict[str, dict[str, object]]]:
    connection = connect(database, read_only=True)
    try:
        return {
            entity: rows_in_table(connection, entity) for entity in ("account", "goal", "kpi_value")
        }
    finally:
        connection.close()


def living(
    state: dict[str, dict[str, dict[str, object]]],
) -> dict[str, dict[str, dict[str, object]]]:
    return {
        entity: {key: row for key, row in rows.items() if row["deleted_at"] is None}
        for entity, rows in state.items()
    }


def rebuilt_state(workspace: Workspace, scratch: Path) -> dict[str, dict[str, dict[str, object]]]:
    """Return what the program itself makes of the journal alone."""
    source = connect(workspace.replica.database, read_only=True)
    copy = connect(scratch)
    try:
        source.backup(copy)
        with transaction(copy):
            deriving.rebuild(copy)
    finally:
        copy.close()
        source.close()
    return state_of(scratch)


TestJournalLaws = JournalLaws.TestCase
TestJournalLaws.pytestmark = pytest.mark.soak  # type: ignore[attr-defined]
TestJournalLaws.settings = settings(
    max_examples=1000 if SOAKING else 6,
    stateful_step_count=20,
    # A failure is read more easily short, but making it short takes many minutes.
    phases=[Phase.reuse, Phase.generate],
)
