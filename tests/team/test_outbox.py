"""The outbox: small, the same bytes for the same rows, and let in by the guard of others."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from csdesk.store import local
from csdesk.store.document import whole_seal
from csdesk.store.driver import RawConnection
from csdesk.store.schema import JOURNAL_TABLES, workspace_id
from csdesk.store.versions import Versions, versions
from csdesk.team.contents import Content, content_of, covered_by
from csdesk.team.guard import admit
from csdesk.team.outbox import Sender, count, write_outbox
from csdesk.workspace.workspace import Workspace
from tests.store.desk import Device, add_account, looked_into, names, rename

AIKO = Sender("desk · 0a1b2c3d", "Aiko")


@pytest.fixture
def replica(workspace: Workspace) -> Iterator[RawConnection]:
    """Return a live connection of a workspace with three steps of one writer."""
    made = workspace.write("Add", add_account, "North").result
    workspace.write("Rename", rename, made, "Northern")
    workspace.write("Rename", rename, made, "Northernmost")
    with contextlib.closing(local.connect_with(workspace.replica)) as connection:
        yield connection


def all_of(replica: RawConnection) -> dict[int, tuple[int, int]]:
    return {writer: (1, last) for writer, last in versions(replica).items()}


def test_the_same_rows_make_the_same_bytes(replica: RawConnection, tmp_path: Path) -> None:
    ranges = all_of(replica)
    written = []
    for number in range(3):
        seal = write_outbox(replica, tmp_path / f"{number}.csdx", ranges, AIKO)
        written.append((tmp_path / f"{number}.csdx").read_bytes())
        assert whole_seal(tmp_path / f"{number}.csdx") == seal
    assert written[0] == written[1] == written[2]
    assert len(written[0]) < 9000


def test_it_consists_of_four_tables_word_for_word(replica: RawConnection, tmp_path: Path) -> None:
    write_outbox(replica, tmp_path / "a.csdx", all_of(replica), AIKO)
    with looked_into(tmp_path / "a.csdx") as outbox:
        tables = outbox.execute("SELECT sql FROM sqlite_schema WHERE type = 'table'").fetchall()
        assert {sql for (sql,) in tables} == set(JOURNAL_TABLES[:4])
        meta = dict(outbox.execute("SELECT k, v FROM meta").fetchall())
    assert meta == {
        "workspace_id": workspace_id(replica),
        "kind": "outbox",
        "device": AIKO.device,
        "author": AIKO.author,
    }


def test_the_guard_lets_it_in_and_reads_whose_rows_it_has(
    replica: RawConnection, tmp_path: Path
) -> None:
    (writer,) = versions(replica)
    write_outbox(replica, tmp_path / "a.csdx", {writer: (3, 4)}, AIKO)
    admitted = admit(tmp_path / "a.csdx", tmp_path / "in.db", workspace=workspace_id(replica))
    assert (admitted.kind, dict(admitted.versions)) == ("outbox", {writer: 4})
    content = content_of(admitted, tmp_path / "in.db")
    assert content == Content(
        workspace_id(replica), True, {writer: 4}, {writer: 3}, AIKO.device, AIKO.author
    )
    with looked_into(tmp_path / "in.db") as outbox:
        assert outbox.execute("SELECT seq FROM journal ORDER BY seq").fetchall() == [(3,), (4,)]
        steps = outbox.execute("SELECT seq0, seq1, label FROM txn ORDER BY seq0").fetchall()
        assert steps == [(3, 3, "Rename"), (4, 4, "Rename")]


def test_one_with_nothing_in_it_is_one_all_the_same(replica: RawConnection, tmp_path: Path) -> None:
    write_outbox(replica, tmp_path / "a.csdx", {}, AIKO)
    admitted = admit(tmp_path / "a.csdx", tmp_path / "in.db", workspace=workspace_id(replica))
    assert dict(admitted.versions) == {}


def test_writing_it_leaves_the_replica_as_it_was(replica: RawConnection, tmp_path: Path) -> None:
    before = versions(replica)
    write_outbox(replica, tmp_path / "a.csdx", all_of(replica), AIKO)
    assert versions(replica) == before
    assert not replica.in_transaction
    attached = {row[1] for row in replica.execute("PRAGMA database_list")}
    assert "outbox" not in attached


def test_a_document_and_an_outbox_together_are_all_there_is(
    workspace: Workspace, device: Device, tmp_path: Path
) -> None:
    made = workspace.write("Add", add_account, "North").result
    workspace.publish()
    known = workspace.read(lambda session: versions(session.connection().connection))
    other = Device.beside(tmp_path / "other", device.document)
    workspace.write("Rename", rename, made, "Northern")
    with contextlib.closing(local.connect_with(workspace.replica)) as connection:
        ranges = {
            writer: (known.get(writer, 0) + 1, last)
            for writer, last in versions(connection).items()
            if last > known.get(writer, 0)
        }
        write_outbox(connection, tmp_path / "a.csdx", ranges, AIKO)
    with other.open() as theirs:
        assert theirs.team.merge(tmp_path / "a.csdx").merged.added == 1
        assert theirs.read(names) == ["Northern"]


def content(last: Versions, first: Versions | None = None) -> Content:
    return Content("w", True, last, first or {})


@pytest.mark.parametrize(
    ("contents", "covered"),
    [
        ([], {}),
        ([content({1: 5})], {1: 5}),
        ([content({1: 5}), content({1: 3, 2: 2})], {1: 5, 2: 2}),
        ([content({1: 9}, {1: 6}), content({1: 5})], {1: 9}),
        ([content({1: 9}, {1: 7}), content({1: 5})], {1: 5}),
        ([content({1: 9}, {1: 6})], {}),
        ([content({1: 9}, {1: 8}), content({1: 7}, {1: 4}), content({1: 3})], {1: 9}),
        ([content({1: 9}, {1: 4}), content({1: 6}, {1: 2}), content({1: 1})], {1: 9}),
    ],
)
def test_files_cover_together_what_they_have_without_a_gap(
    contents: list[Content], covered: Versions
) -> None:
    assert covered_by(contents) == covered
    assert covered_by(reversed(contents)) == covered


def test_rows_are_counted_beyond_what_is_known() -> None:
    assert count({1: (3, 9), 2: (1, 2)}, {1: 5}) == 6
    assert content({1: 9, 2: 2}, {1: 3}).rows() == 9
    assert content({1: 9, 2: 2}, {1: 3}).rows_beyond({1: 5}) == 6
    assert content({1: 9}, {1: 7}).adds_to({1: 5}) is False
    assert content({1: 9}, {1: 7}).adds_to({1: 6}) is True
    assert content({1: 9}, {1: 7}).is_within({1: 9}) is True
