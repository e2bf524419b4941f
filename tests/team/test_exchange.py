"""Rounds of the exchange: any order of files, gaps that are filled, folders that come to rest."""

from __future__ import annotations

import contextlib
import itertools
import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from csdesk.errors import UserError
from csdesk.store import local
from csdesk.store.driver import connect_live
from csdesk.store.versions import versions
from csdesk.team.exchange import fetch
from csdesk.team.hub import Parcel
from csdesk.team.merge import Merged
from csdesk.team.outbox import Sender, write_outbox
from csdesk.team.standing import Fate
from csdesk.workspace.workspace import Workspace
from tests.store.desk import add_account, names, rename
from tests.store.laws import broken_laws
from tests.team.failing_files import FailingFiles
from tests.team.sharing_desk import Member, exchange_folder, outboxes, team


@pytest.fixture
def members(tmp_path: Path) -> list[Member]:
    """Return three people on one folder; the workspace is shared."""
    three = team(tmp_path, "Aiko", "Ben", "Chloé")
    with three[0].create() as workspace:
        workspace.write("Add", add_account, "North")
        workspace.team.share()
    return three


class Shelf:
    """A hub of parcels that lie there in an order of one's choice."""

    def __init__(self, parcels: list[Parcel]) -> None:
        self._parcels = parcels

    def versions(self) -> dict[int, int]:
        return {}

    def parcels(self, known: dict[int, int]) -> Iterator[Parcel]:
        for parcel in self._parcels:
            if any(seq > known.get(writer, 0) for writer, seq in parcel.versions.items()):
                yield parcel

    def take(self, replica: object) -> int:
        return 0


@pytest.fixture
def pieces(members: list[Member], tmp_path: Path) -> list[Parcel]:
    """Return the journal of one writer in four pieces, each good for nothing without the last."""
    with members[0].open() as hers:
        made = hers.write("Add", add_account, "Piece").result
        for number in range(6):
            hers.write("Rename", rename, made, f"Piece {number}")
        with contextlib.closing(local.connect_with(hers.replica)) as connection:
            (writer,) = [w for w, last in versions(connection).items() if last > 4]
            last = versions(connection)[writer]
            parcels = []
            for number, (low, high) in enumerate([(1, 2), (3, 4), (5, 6), (7, last)]):
                path = tmp_path / f"piece{number}.db"
                write_outbox(connection, path, {writer: (low, high)}, Sender("d", "a"))
                parcels.append(Parcel(path.name, path, {writer: high}))
    return parcels


def test_pieces_come_in_whatever_order_they_lie_in(
    members: list[Member], pieces: list[Parcel], tmp_path: Path
) -> None:
    with members[1].open() as his:
        empty = tmp_path / "empty.db"
        with contextlib.closing(local.connect_with(his.replica)) as connection:
            connection.execute("VACUUM INTO ?", (str(empty),))
    for order in itertools.permutations(pieces):
        database = tmp_path / "replica.db"
        shutil.copyfile(empty, database)
        with contextlib.closing(connect_live(database)) as connection:
            merged: list[Merged] = []
            fetch(
                Shelf(list(order)),  # type: ignore[arg-type]
                connection,
                contextlib.nullcontext(),
                lambda _parcel, one, merged=merged: merged.append(one),  # type: ignore[misc]
                never,
            )
            found = connection.execute("SELECT name FROM account ORDER BY name").fetchall()
        assert found == [("North",), ("Piece 5",)]
        assert sum(one.added for one in merged) == 8
        assert broken_laws(database) == []
        for suffix in ("", "-wal", "-shm"):
            database.with_name(database.name + suffix).unlink(missing_ok=True)


def never(error: UserError) -> None:
    raise error


@pytest.mark.parametrize("seed", range(4))
def test_files_under_any_names_in_any_order_come_to_the_same(
    members: list[Member], seed: int
) -> None:
    chance = random.Random(seed)
    for member in members[:2]:
        with member.open() as workspace:
            workspace.write("Add", add_account, f"Of {member.name}")
    folder = exchange_folder(members[0].document)
    files = outboxes(members[0].document)
    new_names = [f"{chance.getrandbits(40):010x}.csdx" for _file in files]
    contents = [path.read_bytes() for path in files]
    for path in files:
        path.unlink()
    for name, content in zip(new_names, chance.sample(contents, len(contents)), strict=True):
        (folder / name).write_bytes(content)
    with members[2].open() as hers:
        hers.team.sync()
        assert hers.read(names) == ["North", "Of Aiko", "Of Ben"]


def test_two_who_fill_the_same_gap_come_to_rest(members: list[Member]) -> None:
    with members[2].open() as gone:
        gone.write("Add", add_account, "Of who left")
    with members[0].open() as hers, members[1].open() as his:
        hers.team.sync()
        his.team.sync()
        for path in outboxes(members[0].document):
            path.unlink()
        for _turn in range(2):
            hers.team.sync()
            his.team.sync()
        before = {path: path.read_bytes() for path in outboxes(members[0].document)}
        for _turn in range(4):
            hers.team.sync()
            his.team.sync()
        assert {path: path.read_bytes() for path in outboxes(members[0].document)} == before
    shutil.rmtree(members[2].home.data)
    with members[2].open() as again:
        again.team.sync()
        assert again.read(names) == ["North", "Of who left"]


def test_a_history_that_split_is_refused_and_told_and_stops_nobody(
    members: list[Member], tmp_path: Path
) -> None:
    """A program ran on while its computer was set back under it: a virtual machine, say."""
    with members[0].open() as hers:
        with members[1].open() as his:
            his.write("Add", add_account, "Of Ben")
            his.team.sync()
            hers.team.sync()
            writer = his.history(limit=1)[0].key.w
            his.write("Add", add_account, "Later")
            split = tmp_path / "split.db"
            with contextlib.closing(local.connect_with(his.replica)) as connection:
                connection.execute("VACUUM INTO ?", (str(split),))
        for path in outboxes(hers.path):
            if path.stat().st_size > 0 and path.name not in {
                file.name for file in hers.team.files() if file.fate is Fate.MINE
            }:
                path.unlink()
        strange = exchange_folder(hers.path) / "split.csdx"
        with contextlib.closing(connect_live(split)) as connection:
            last = versions(connection)[writer]
            connection.execute(
                "UPDATE journal SET val = 'Otherwise' WHERE w = ? AND seq = ?", (writer, last - 2)
            )
            write_outbox(connection, strange, {writer: (1, last)}, Sender("d", "Ben"))
        hers.write("Add", add_account, "Goes on")
        report = hers.team.sync()
        assert hers.read(names) == ["Goes on", "North", "Of Ben"]
        (told,) = [file for file in hers.team.files() if file.name == strange.name]
        assert told.fate is Fate.REFUSED
        assert "was set back while CSDesk was running" in told.said
        assert told.said in report.notices
        assert report.delivered > 0
        assert hers.team.sync().notices == ()


def test_a_look_where_nothing_is_new_reads_names_and_48_bytes(members: list[Member]) -> None:
    members[0].files = FailingFiles()
    disk = members[0].files
    assert isinstance(disk, FailingFiles)
    with members[0].open() as hers, members[1].open() as his:
        his.write("Add", add_account, "Of Ben")
        his.team.sync()
        hers.team.sync()
        disk.done.clear()
        assert not hers.team.look()
        operations = [operation for operation, _name in disk.done]
        assert operations.count("tail") == 3
        assert set(operations) == {"entries", "tail"}


def test_a_look_where_nothing_is_new_takes_a_millisecond(members: list[Member]) -> None:
    with contextlib.ExitStack() as stack:
        opened = [stack.enter_context(member.open()) for member in members]
        for workspace in opened:
            workspace.write("Add", add_account, workspace.author)
            workspace.team.sync()
        hers: Workspace = opened[0]
        hers.team.sync()
        assert not hers.team.look()
        quickest = min(_seconds(hers) for _turn in range(60))
        assert quickest <= 0.001


def _seconds(workspace: Workspace) -> float:
    began = time.perf_counter()
    workspace.team.look()
    return time.perf_counter() - began


def test_a_round_where_nothing_is_new_opens_no_file(members: list[Member]) -> None:
    members[0].files = FailingFiles()
    disk = members[0].files
    assert isinstance(disk, FailingFiles)
    with members[0].open() as hers, members[1].open() as his:
        his.write("Add", add_account, "Of Ben")
        his.team.sync()
        hers.team.sync()
        disk.done.clear()
        report = hers.team.sync()
        assert not report.anything
        assert {operation for operation, _name in disk.done} <= {"entries", "tail", "exists"}


def test_what_a_file_says_is_read_again_after_the_notes_were_lost(members: list[Member]) -> None:
    with members[1].open() as his:
        his.write("Add", add_account, "Of Ben")
    with members[0].open() as hers:
        hers.team.sync()
        local_database = hers.replica.local
    for suffix in ("", "-wal", "-shm"):
        local_database.with_name(local_database.name + suffix).unlink(missing_ok=True)
    with members[0].open() as hers:
        assert hers.team.look()
        before = {path: path.read_bytes() for path in outboxes(hers.path)}
        report = hers.team.sync()
        assert report.arrivals == ()
        assert {path: path.read_bytes() for path in outboxes(hers.path)} == before
        assert hers.read(names) == ["North", "Of Ben"]
