"""Files changed at random are refused, or merge without breaking a law or a page."""

from __future__ import annotations

import contextlib
import random
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from csdesk.model.base import entity_records
from csdesk.model.records import Account
from csdesk.settings import Home
from csdesk.store.document import SEAL_BYTES, seal_file
from csdesk.store.driver import connect, connect_live, transaction
from csdesk.store.following import make_follow
from csdesk.store.replica import Replica
from csdesk.team.guard import Refused, admit
from csdesk.team.merge import merge, take_in
from csdesk.workspace.workspace import Workspace
from tests.rounds import SOAKING
from tests.store.desk import SetClock, add_account, looked_into, set_fields
from tests.store.laws import broken_laws, lines_of, rows_in_table
from tests.team.everything import ask_everything
from tests.team.hostile import Secret, write_good_document, write_outbox_of
from tests.team.mutations import mutate, readable_values


class Bench:
    """Good files, a replica that has gone its own way since, and room to work."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.document, self.outbox = folder / "North.csdesk", folder / "device.csdx"
        write_good_document(self.document, Home.at(folder / "home"))
        mine = folder / "Mine.csdesk"
        shutil.copyfile(self.document, mine)
        clock = SetClock()
        clock.pass_by(hours=1)
        with Workspace.open(
            self.document, home=Home.at(folder / "home"), author="鈴木", clock=clock
        ) as workspace:
            made = workspace.write("追加", add_account, "North").result
            workspace.write("改名", set_fields, Account, made, name="South")
        write_outbox_of(self.document, self.outbox)
        with Workspace.open(mine, home=Home.at(folder / "other"), clock=clock) as workspace:
            workspace.write("追加", add_account, "Mine")
        # What no replica holds any more: a plain database, ready to be copied.
        self.mine = folder / "mine.db"
        self.mine.write_bytes(mine.read_bytes()[:-SEAL_BYTES])

    def replica(self) -> Path:
        """Return a fresh replica that has other steps than the files."""
        path = self.folder / "replica.db"
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(self.mine, path)
        return path


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("bench"))


SEED = 20261122


@pytest.mark.soak
def test_mutated_files_are_refused_or_merge_by_the_laws(bench: Bench, soaking: bool) -> None:
    """Sealed again or not: 150 of them in every run, 10,000 on demand."""
    outcomes: Counter[str] = Counter()
    secret = Secret()
    for turn in range(10_000 if soaking else 150):
        chance = random.Random(SEED + turn)
        good = chance.choice((bench.document, bench.outbox))
        path = bench.folder / f"mutated{good.suffix}"
        shutil.copyfile(good, path)
        done = mutate(path, chance)
        before = path.read_bytes()
        copy = bench.folder / "copy.db"
        outcome = "admitted"
        try:
            kind = admit(path, copy).kind
        except Refused as told:
            outcome = told.reason.value
            assert not copy.exists()
        else:
            check_admitted(bench, copy, kind, f"turn {turn}: {done}", secret)
        outcomes[outcome] += 1
        assert path.read_bytes() == before
    assert secret.calls == 0
    assert outcomes["admitted"] > 0
    assert len(outcomes) >= 5, outcomes


def check_admitted(bench: Bench, copy: Path, kind: str, done: str, secret: Secret) -> None:
    """Merge a file that was let in, and open it as a first one: both must keep the laws."""
    database = bench.replica()
    with contextlib.closing(connect_live(database)) as live:
        secret.give_to(live)
        merge(live, copy)
    assert laws_of(database) == [], done
    if kind == "document":
        first = Replica(bench.folder / "first")
        shutil.rmtree(first.folder, ignore_errors=True)
        first.folder.mkdir()
        take_in(first, copy)
        with contextlib.closing(connect_live(first.database)) as live:
            secret.give_to(live)
            with transaction(live):
                make_follow(live)
            merge(live, bench.mine)
            assert live.execute("PRAGMA integrity_check").fetchone() == ("ok",), done
        assert laws_of(first.database) == [], done
        if journal_of(database) == journal_of(first.database):
            assert tables_of(database) == tables_of(first.database), done


def laws_of(database: Path) -> list[str]:
    """Check the laws but one: that a stamp rises above what it replaced is for its writer to keep.

    A single file cannot show it, so the guard cannot ask it; readers bear it (guard_rows.py).
    """
    return [law for law in broken_laws(database) if "is not later than" not in law]


def journal_of(database: Path) -> set[object]:
    with looked_into(database) as connection:
        return set(lines_of(connection))


def tables_of(database: Path) -> dict[str, object]:
    with looked_into(database) as connection:
        return {entity: rows_in_table(connection, entity) for entity in entity_records()}


@pytest.fixture(params=["UTC", "Asia/Tokyo", "America/Los_Angeles"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Move the computer to another time zone for a test, where that can be done."""
    monkeypatch.setenv("TZ", request.param)
    if hasattr(time, "tzset"):
        time.tzset()
    yield request.param
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2) if SOAKING else range(1))
def test_every_page_survives_whatever_is_let_in(
    tmp_path: Path, zone: str, seed: int, soaking: bool
) -> None:
    """Values at the ends of their ranges, dangling and circular references, odd ids, any text."""
    for turn in range(50 if soaking else 1):
        survive(tmp_path / str(turn), random.Random(f"{zone}.{seed}.{turn}"))


def survive(folder: Path, chance: random.Random) -> None:
    folder.mkdir()
    home, document = Home.at(folder / "home"), folder / "North.csdesk"
    write_good_document(document, home)
    with looked_into(document) as connection:
        told = readable_values(connection, chance)
    outbox = folder / "odd.csdx"
    write_outbox_of(document, outbox)
    say(outbox, told)
    assert admit(outbox, folder / "copy.db").kind == "outbox"
    with Workspace.open(document, home=home) as workspace:
        database = workspace.replica.database
    with contextlib.closing(connect_live(database)) as live:
        assert merge(live, folder / "copy.db").added == len(told)
    assert laws_of(database) == []
    with Workspace.open(document, home=home) as workspace:
        assert ask_everything(workspace) > 100
        workspace.write("追加", add_account, "Still")


def say(outbox: Path, told: list[tuple[object, ...]]) -> None:
    """Add these values as one step of a writer of its own, and seal the outbox again."""
    outbox.write_bytes(outbox.read_bytes()[:-SEAL_BYTES])
    connection = connect(outbox)
    connection.executemany(
        "INSERT INTO journal VALUES (77, ?, ?, ?, ?, ?, ?, NULL, NULL)",
        [(seq, (2_000_000_000_000 << 16) + seq, *row) for seq, row in enumerate(told, 1)],
    )
    connection.execute(
        "INSERT INTO writer VALUES (77, 'd', 'Mallory', 'x', '2026-11-22T09:00:00.000Z', ?)",
        (len(told),),
    )
    connection.execute(
        "INSERT INTO txn(w, seq0, seq1, hlc, label, kind) VALUES (77, 1, ?, 9, 'x', 'edit')",
        (len(told),),
    )
    connection.close()
    seal_file(outbox)
