"""Where a replica lies, who has it, and how it is found again."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path, PurePosixPath, PureWindowsPath

from csdesk.store.driver import database_uri
from csdesk.store.replica import Replica, known_replica, path_hash, remove_stale, replica_of

WORKSPACE = "0123456789abcdef0123456789abcdef"


def test_a_path_has_one_name_however_it_is_written(tmp_path: Path) -> None:
    real = tmp_path / "計画 été.csdesk"
    real.write_bytes(b"")
    link = tmp_path / "link.csdesk"
    link.symlink_to(real)
    decomposed = tmp_path / unicodedata.normalize("NFD", real.name)
    dotted = tmp_path / "x" / ".." / real.name
    assert {path_hash(path) for path in (real, link, decomposed, dotted)} == {path_hash(real)}
    assert path_hash(tmp_path / "other.csdesk") != path_hash(real)
    assert len(path_hash(real)) == 12


def test_only_one_has_the_lock(tmp_path: Path) -> None:
    replica = Replica(tmp_path)
    lock = replica.lock()
    assert lock is not None
    assert replica.lock() is None
    lock.release()
    again = replica.lock()
    assert again is not None
    again.release()


def test_a_replica_is_found_by_its_documents_path(tmp_path: Path) -> None:
    document = tmp_path / "North.csdesk"
    replicas = tmp_path / "replicas"
    replicas.mkdir()
    assert known_replica(replicas, document) is None
    made = replica_of(replicas, document, WORKSPACE)
    assert known_replica(replicas, document) == made
    assert known_replica(replicas, document, WORKSPACE) == made
    assert known_replica(replicas, document, "f" * 32) is None
    assert made.noted_document() == document


def test_a_moved_documents_replica_moves_along_but_not_under_a_running_program(
    tmp_path: Path,
) -> None:
    replicas = tmp_path / "replicas"
    replicas.mkdir()
    old, new = tmp_path / "old.csdesk", tmp_path / "new.csdesk"
    replica = replica_of(replicas, old, WORKSPACE)
    replica.database.write_bytes(b"data")
    lock = replica.lock()
    assert lock is not None
    assert replica_of(replicas, new, WORKSPACE).folder != replica.folder
    assert replica.database.exists()
    lock.release()
    newer = tmp_path / "newer.csdesk"
    moved = replica_of(replicas, newer, WORKSPACE)
    assert moved.database.read_bytes() == b"data"
    assert moved.noted_document() == newer
    assert not replica.folder.exists()


def test_a_document_that_is_still_there_keeps_its_replica(tmp_path: Path) -> None:
    replicas = tmp_path / "replicas"
    replicas.mkdir()
    old, copy = tmp_path / "old.csdesk", tmp_path / "copy.csdesk"
    old.write_bytes(b"document")
    copy.write_bytes(b"document")
    replica = replica_of(replicas, old, WORKSPACE)
    replica.database.write_bytes(b"data")
    assert not replica_of(replicas, copy, WORKSPACE).has_data()
    assert replica.has_data()


def test_another_name_of_the_same_file_keeps_the_replica(tmp_path: Path) -> None:
    """On a file system that knows no case, North.csdesk and NORTH.csdesk are one file."""
    replicas = tmp_path / "replicas"
    replicas.mkdir()
    old, new = tmp_path / "North.csdesk", tmp_path / "NORTH.csdesk"
    old.write_bytes(b"document")
    os.link(old, new)
    replica = replica_of(replicas, old, WORKSPACE)
    replica.database.write_bytes(b"data")
    assert replica_of(replicas, new, WORKSPACE).has_data()


def test_only_stale_files_are_swept(tmp_path: Path) -> None:
    old, fresh = tmp_path / "old", tmp_path / "fresh"
    for path in (old, fresh):
        path.write_bytes(b"x")
    os.utime(old, (0, 0))
    remove_stale([old, fresh, tmp_path / "never there"])
    assert not old.exists()
    assert fresh.exists()


def test_paths_become_uris_that_mean_the_same_file() -> None:
    posix = PurePosixPath("/a b/100%/x?y#z.db")
    assert database_uri(posix, "mode=ro") == "file:///a%20b/100%25/x%3Fy%23z.db?mode=ro"
    drive = PureWindowsPath("C:/Users/愛 子/x.db")
    assert database_uri(drive, "mode=ro") == ("file:///C:/Users/%E6%84%9B%20%E5%AD%90/x.db?mode=ro")
    share = PureWindowsPath("//server/share/x.db")
    assert database_uri(share, "mode=ro") == "file:////server/share/x.db?mode=ro"
