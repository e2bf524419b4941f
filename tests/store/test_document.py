"""The sealed document: whole or refused, written whole or not at all."""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csdesk.errors import UserError
from csdesk.store.document import (
    SEAL_BYTES,
    draft_stem,
    publish,
    read_seal,
    seal_file,
    stage_copy,
    unseal,
)
from csdesk.store.driver import connect, told_plainly
from csdesk.store.replica import new_database
from csdesk.workspace.workspace import Workspace
from tests.store.desk import add_account


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the bytes of a small sealed document."""
    path = tmp_path_factory.mktemp("sealed") / "small.db"
    new_database(path)
    seal_file(path)
    return path.read_bytes()


def is_refused(content: bytes, folder: Path) -> bool:
    document, target = folder / "Broken.csdesk", folder / "target.db"
    document.write_bytes(content)
    told: list[UserError] = []
    try:
        unseal(document, target)
    except UserError as error:
        told.append(error)
    if told:
        assert "Broken.csdesk" in told[0].message
        assert told[0].advice
        assert not target.exists()
    return bool(told)


def test_a_sealed_file_is_taken_apart_into_what_it_was(sealed: bytes, tmp_path: Path) -> None:
    document = tmp_path / "North.csdesk"
    document.write_bytes(sealed)
    seal = unseal(document, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_bytes() == sealed[:-SEAL_BYTES]
    assert seal == read_seal(document)


@pytest.mark.parametrize("left", [0, 1, 15, 16, 47, 48, 49, 100, 4095, 4096, 8192])
def test_a_file_cut_off_near_its_beginning_is_refused(
    sealed: bytes, tmp_path: Path, left: int
) -> None:
    assert is_refused(sealed[:left], tmp_path)


@given(st.data())
@settings(max_examples=150)
def test_every_truncation_is_found(sealed: bytes, tmp_path: Path, data: st.DataObject) -> None:
    left = data.draw(st.integers(0, len(sealed) - 1))
    assert is_refused(sealed[:left], tmp_path)


@given(st.data())
@settings(max_examples=150)
def test_every_flipped_bit_is_found(sealed: bytes, tmp_path: Path, data: st.DataObject) -> None:
    place = data.draw(
        st.integers(0, len(sealed) - 1) | st.integers(len(sealed) - SEAL_BYTES, len(sealed) - 1)
    )
    content = bytearray(sealed)
    content[place] ^= 1 << data.draw(st.integers(0, 7))
    assert is_refused(bytes(content), tmp_path)


@given(st.data())
@settings(max_examples=100)
def test_a_half_synced_file_is_found(sealed: bytes, tmp_path: Path, data: st.DataObject) -> None:
    """A sync service may leave old and new pages, zeros, or more bytes than there should be."""
    cut = data.draw(st.integers(1, len(sealed) // 4096 - 1)) * 4096
    extra = data.draw(st.binary(min_size=1, max_size=100))
    assert is_refused(sealed[:cut] + bytes(len(sealed) - cut), tmp_path)
    assert is_refused(bytes(cut) + sealed[cut:], tmp_path)
    assert is_refused(sealed + extra, tmp_path)
    assert is_refused(sealed[:cut] + sealed[cut + 4096 :], tmp_path)


def test_any_sqlite_tool_opens_a_document(workspace: Workspace, tmp_path: Path) -> None:
    """The program never does this; somebody with nothing but SQLite may."""
    workspace.write("Add account", add_account, "東京精密")
    workspace.publish()
    copy = tmp_path / "copy.sqlite"
    copy.write_bytes(workspace.path.read_bytes())
    connection = sqlite3.connect(f"{copy.as_uri()}?mode=ro", uri=True)
    assert connection.execute("SELECT name FROM account").fetchall() == [("東京精密",)]
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("PRAGMA application_id").fetchone() == (0x43534431,)
    connection.close()


def test_little_news_change_few_pages(workspace: Workspace, tmp_path: Path) -> None:
    """What a sync service uploads after one edit is not the whole file."""

    def add_many(session) -> None:  # type: ignore[no-untyped-def]
        for number in range(3000):
            add_account(session, f"Account {number}")

    workspace.write("Import", add_many)
    workspace.publish()
    before = workspace.path.read_bytes()
    workspace.write("Add account", add_account)
    workspace.publish()
    after = workspace.path.read_bytes()
    pages = range(0, min(len(before), len(after)), 4096)
    changed = sum(before[at : at + 4096] != after[at : at + 4096] for at in pages)
    assert changed < len(pages) * 0.15


def staged_in(folder: Path, text: str = "x") -> Path:
    staged = folder / "staged.db"
    new_database(staged)
    connection = connect(staged)
    connection.execute("INSERT INTO meta VALUES ('text', ?)", (text,))
    connection.close()
    seal_file(staged)
    return staged


def test_publishing_replaces_and_leaves_no_draft(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    target = folder / "North.csdesk"
    target.write_bytes(b"old")
    staged = staged_in(tmp_path)
    seal = publish(staged, target)
    assert target.read_bytes() == staged.read_bytes()
    assert read_seal(target) == seal
    assert os.listdir(folder) == ["North.csdesk"]


@pytest.mark.parametrize(
    "name", ["a b'c\"d?e#f%20g.csdesk", "日本語 髙.csdesk", "🎉" * 60 + ".csdesk", ".csdesk", "x"]
)
def test_documents_may_have_any_name(tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    assert publish(staged_in(tmp_path), target) == read_seal(target)


def test_a_document_that_may_not_be_written_is_told_by_its_name(tmp_path: Path) -> None:
    staged = staged_in(tmp_path)
    for folder in (tmp_path / "missing", tmp_path / "file"):
        if folder.name == "file":
            folder.write_text("no folder")
        with pytest.raises(UserError) as told, told_plainly():
            publish(staged, folder / "North.csdesk")
        assert "North.csdesk" in told.value.message
        assert draft_stem(folder) not in told.value.message


@pytest.mark.skipif(sys.platform == "win32", reason="Windows files have no such permissions")
def test_a_document_that_may_not_be_read_is_said_plainly(sealed: bytes, tmp_path: Path) -> None:
    document = tmp_path / "North.csdesk"
    document.write_bytes(sealed)
    document.chmod(0)
    if os.geteuid() == 0:
        for folder in (tmp_path, *tmp_path.parents):
            if folder == Path(tempfile.gettempdir()):
                break
            folder.chmod(0o755)
        os.seteuid(65534)
    try:
        with pytest.raises(UserError, match="may not be read"):
            unseal(document, tmp_path / "copy.db")
    finally:
        if os.getuid() == 0:
            os.seteuid(0)


def test_a_draft_that_cannot_be_moved_into_place_is_removed(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    target = folder / "North.csdesk"
    target.mkdir(parents=True)
    with pytest.raises(UserError, match=r"North\.csdesk” is not a file"), told_plainly():
        publish(staged_in(tmp_path), target)
    assert os.listdir(folder) == ["North.csdesk"]


def test_a_fork_differs_by_its_id_only(workspace: Workspace, tmp_path: Path) -> None:
    workspace.write("Add account", add_account)
    live = connect(workspace.replica.database)
    fork = tmp_path / "fork.db"
    stage_copy(live, fork, "0" * 32)
    live.close()
    connection = connect(fork, immutable=True)
    assert connection.execute("SELECT v FROM meta").fetchall() == [("0" * 32,)]
    assert connection.execute("SELECT count(*) FROM journal").fetchone() == (2,)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    connection.close()
    assert stat.S_ISREG(fork.stat().st_mode)
