"""What comes from outside is proven to be ours, or refused with the reason, and left alone."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import sys
import time
from pathlib import Path

import pytest

from csdesk import i18n
from csdesk.settings import Home
from csdesk.store.document import SEAL_BYTES, read_seal
from csdesk.store.driver import DatabaseError, connect, connect_live
from csdesk.store.schema import FORMAT
from csdesk.team.guard import Limits, Refusal, Refused, admit, admit_document, look_through
from csdesk.team.guard_refusals import Unfit, refused
from csdesk.team.merge import merge
from csdesk.workspace.workspace import Workspace
from tests.store.desk import looked_into
from tests.store.laws import broken_laws
from tests.team.hostile import (
    CODE_IN_SCHEMA,
    DAMAGED_FILES,
    FOREIGN_TABLES,
    NO_FILES_OF_OURS,
    TORN_FILES,
    Attack,
    Secret,
    added_row,
    changed,
    write_good_document,
    write_outbox_of,
)
from tests.team.hostile_rows import (
    BAD_DELETIONS,
    BAD_META,
    BAD_NAMES,
    BAD_NUMBERS,
    BAD_STEPS,
    BAD_VALUES,
    BEGINNING_IN_THE_MIDDLE,
    GAPS,
)

STORED = Path(__file__).parents[1] / "files" / "formats"
ATTACKS = [
    *TORN_FILES,
    *NO_FILES_OF_OURS,
    *DAMAGED_FILES,
    *CODE_IN_SCHEMA,
    *FOREIGN_TABLES,
    *BAD_NAMES,
    *BAD_NUMBERS,
    *BAD_STEPS,
    *GAPS,
    BEGINNING_IN_THE_MIDDLE,
    *BAD_VALUES,
    *BAD_DELETIONS,
    *BAD_META,
]
ON_WINDOWS = sys.platform == "win32"
SECONDS = 1.0
"""Of work, within which every hostile file is refused; a busy computer may take its time."""


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return a good document and a good outbox, by kind."""
    folder = tmp_path_factory.mktemp("good")
    document, outbox = folder / "North.csdesk", folder / "device.csdx"
    write_good_document(document, Home.at(folder / "home"))
    write_outbox_of(document, outbox, from_step=1)
    return {"document": document, "outbox": outbox}


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """Return a folder as a sync service fills it."""
    folder = tmp_path / "shared"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("kind", ["document", "outbox"])
def test_a_good_file_is_let_in_and_not_changed(
    good: dict[str, Path], kind: str, tmp_path: Path
) -> None:
    before = good[kind].read_bytes()
    admitted = admit(good[kind], tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_bytes() == before[:-SEAL_BYTES]
    assert good[kind].read_bytes() == before
    assert (admitted.kind, admitted.format) == (kind, FORMAT)
    assert admitted.seal == read_seal(good[kind])
    with looked_into(tmp_path / "copy.db") as connection:
        assert admitted.versions == dict(connection.execute("SELECT w, last_seq FROM writer"))
        assert admitted.first == dict(
            connection.execute("SELECT w, min(seq) FROM journal GROUP BY w")
        )
        (workspace,) = connection.execute("SELECT v FROM meta").fetchone()
    assert admitted.workspace == workspace
    assert (min(admitted.first.values()) == 1) or kind == "outbox"
    assert max(admitted.first.values()) > 1 or kind == "document"


def test_an_outbox_is_not_opened_as_a_document(good: dict[str, Path], tmp_path: Path) -> None:
    with pytest.raises(Refused, match="latest changes of one computer"):
        admit_document(good["outbox"], tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


@pytest.mark.parametrize("stored", sorted(STORED.glob("*.csdesk")), ids=lambda path: path.stem)
def test_files_of_every_format_are_let_in(stored: Path, tmp_path: Path) -> None:
    assert admit(stored, tmp_path / "copy.db").kind == "document"


def test_a_newer_minor_format_is_let_in(good: dict[str, Path], shared: Path) -> None:
    for name, statements in {
        "document": (
            "ALTER TABLE account ADD COLUMN mood TEXT",
            "CREATE TABLE robot(id TEXT PRIMARY KEY, deleted_at, title TEXT)",
            'CREATE TABLE "order" ( id TEXT NOT NULL, "group" INTEGER, PRIMARY KEY (id) )',
            "CREATE INDEX ix_order_group ON robot (title, deleted_at)",
        ),
        "outbox": (),
    }.items():
        path = shared / name
        shutil.copyfile(good[name], path)
        rows = (
            *added_row("robot", "title", "'Robby'"),
            *added_row("account", "mood", "x'ff00'"),
            *added_row("robot", "weight", "1.5"),
        )
        changed(path, f"PRAGMA user_version = {FORMAT + 7}", *statements, *rows)
        assert admit(path, shared / "copy.db").format == FORMAT + 7


CASES = [
    pytest.param(attack, kind, id=f"{attack.name} in {kind}")
    for attack in ATTACKS
    for kind in attack.kinds
]


@pytest.mark.parametrize(("attack", "kind"), CASES)
def test_hostile_files_are_refused_for_their_reason_and_left_alone(
    good: dict[str, Path], shared: Path, tmp_path: Path, attack: Attack, kind: str
) -> None:
    if ON_WINDOWS and attack.name in ("a pipe", "a device", "a link to nothing"):
        pytest.skip("Windows has none")
    path = shared / good[kind].name
    shutil.copyfile(good[kind], path)
    attack.spoil(path)
    before = state_of(shared)
    began = time.process_time()
    with pytest.raises(Refused) as told:
        admit(path, tmp_path / "copy.db")
    assert time.process_time() - began < SECONDS
    assert told.value.reason is attack.reason, told.value.detail
    assert path.name in told.value.message
    assert told.value.advice
    assert state_of(shared) == before
    assert [left for left in os.listdir(tmp_path) if left != "shared"] == []


def state_of(folder: Path) -> list[tuple[object, ...]]:
    """Describe everything in a folder: names, sizes, times and, of what is not huge, content."""
    found: list[tuple[object, ...]] = []
    for path in sorted(folder.iterdir()):
        about = path.lstat()
        plain = path.is_file() and not path.is_symlink() and about.st_size < 50 << 20
        content = path.read_bytes() if plain else b""
        found.append((path.name, about.st_mode, about.st_size, about.st_mtime_ns, content))
    return found


@pytest.mark.parametrize(
    ("attack", "kind"),
    [
        case
        for case in CASES
        if case.values[0] in [*CODE_IN_SCHEMA, *FOREIGN_TABLES, *BAD_NAMES, *DAMAGED_FILES]
    ],
)
def test_no_function_of_the_program_is_called(
    good: dict[str, Path], shared: Path, attack: Attack, kind: str
) -> None:
    """Even where the connection that looks has one, and whatever the reason is."""
    path = shared / good[kind].name
    shutil.copyfile(good[kind], path)
    attack.spoil(path)
    secret = Secret()
    with (
        contextlib.suppress(DatabaseError),
        contextlib.closing(connect(path, immutable=True)) as connection,
    ):
        secret.give_to(connection)
        assert connection.execute("SELECT app_secret('x')").fetchone() == ("TOKEN123",)
        with contextlib.suppress(Unfit):
            look_through(connection, FORMAT)
        with pytest.raises(DatabaseError):
            connection.execute("SELECT app_secret('x')")
    assert secret.calls <= 1, "only the call of the test itself"


def test_the_confined_connection_can_do_nothing_else(good: dict[str, Path]) -> None:
    with contextlib.closing(connect(good["document"], immutable=True)) as connection:
        look_through(connection, FORMAT)
        for statement in (
            "SELECT name FROM account",
            "SELECT load_extension('x')",
            "SELECT * FROM pragma_database_list",
            "ATTACH ':memory:' AS other",
            "CREATE TEMP TABLE t(a)",
            "DELETE FROM journal",
            "PRAGMA writable_schema = ON",
            "PRAGMA trusted_schema = ON",
            "PRAGMA query_only = OFF",
        ):
            with pytest.raises(DatabaseError):
                connection.execute(statement)


def test_a_file_of_another_workspace_is_refused_where_one_is_asked_for(
    good: dict[str, Path], tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    workspace = admit(good["outbox"], copy).workspace
    assert admit(good["document"], copy, workspace=workspace).workspace == workspace
    with pytest.raises(Refused, match="another workspace") as told:
        admit(good["document"], copy, workspace="0" * 32)
    assert told.value.reason is Refusal.FOREIGN_WORKSPACE
    assert not copy.exists()


def test_checks_end_at_the_deadline(good: dict[str, Path], tmp_path: Path) -> None:
    seconds = itertools.count(0, 30)
    limits = Limits(clock=lambda: float(next(seconds)))
    path = tmp_path / "many.csdesk"
    shutil.copyfile(good["document"], path)
    numbers = "WITH RECURSIVE c(x) AS (SELECT 9 UNION ALL SELECT x + 1 FROM c WHERE x < 50000)"
    changed(path, f"INSERT INTO seen {numbers} SELECT x, NULL, 'now' FROM c")
    with pytest.raises(Refused, match="took too long") as told:
        admit(path, tmp_path / "copy.db", limits=limits)
    assert told.value.reason is Refusal.TOO_SLOW
    assert not (tmp_path / "copy.db").exists()
    assert admit(path, tmp_path / "copy.db").kind == "document"


def test_a_large_file_may_take_longer() -> None:
    limits = Limits(clock=lambda: 100.0)
    assert limits.deadline(1 << 20) == 120.0
    assert limits.deadline(1000 << 20) == 300.0


def test_a_file_that_grows_while_it_is_read_is_not_whole(
    good: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when a sync service writes it just then: the seal is read first, the pages later."""
    path = tmp_path / "North.csdesk"
    shutil.copyfile(good["document"], path)
    fstat, looks = os.fstat, itertools.count()

    def fstat_and_write(handle: int) -> os.stat_result:
        found = fstat(handle)
        if found.st_size == path.stat().st_size and next(looks) == 1:
            with path.open("ab") as stream:
                stream.write(b"more")
        return found

    with monkeypatch.context() as patched:  # what clears the folder away later is not meant
        patched.setattr(os, "fstat", fstat_and_write)
        with pytest.raises(Refused) as told:
            admit(path, tmp_path / "copy.db")
    assert told.value.reason is Refusal.TORN


@pytest.mark.parametrize(
    "name", ["file:x?mode=memory.csdesk", "a#b%20c?.csdesk", "-rf", ":memory:", "日本語 🎉.csdesk"]
)
def test_a_name_is_only_a_name(good: dict[str, Path], shared: Path, name: str) -> None:
    path = shared / name
    shutil.copyfile(good["document"], path)
    assert admit(path, shared / f"{name}.copy").kind == "document"
    path.write_bytes(b"x")
    with pytest.raises(Refused) as told:
        admit(path, shared / f"{name}.copy")
    assert name in told.value.message


@pytest.mark.skipif(ON_WINDOWS, reason="links need a privilege there")
def test_a_link_to_a_good_file_is_followed(good: dict[str, Path], shared: Path) -> None:
    link = shared / "North.csdesk"
    link.symlink_to(good["document"])
    assert admit(link, shared / "copy.db").kind == "document"


def test_what_lies_beside_a_file_does_not_matter(good: dict[str, Path], shared: Path) -> None:
    """SQLite would play back such a log into the database."""
    path = shared / "North.csdesk"
    shutil.copyfile(good["document"], path)
    for suffix in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).write_bytes(os.urandom(5000))
    before = state_of(shared)
    admit(path, shared.parent / "copy.db")
    assert state_of(shared) == before


def test_millions_of_rows_are_no_danger(good: dict[str, Path], shared: Path) -> None:
    """Within the size that is allowed a file may have as many as it likes."""
    path = shared / "many.csdx"
    shutil.copyfile(good["outbox"], path)
    numbers = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 200000)"
    changed(
        path, f"INSERT INTO journal {numbers} SELECT 7, x, 1, 'a', 'r', 'f', 0, NULL, NULL FROM c"
    )
    with pytest.raises(Refused) as told:
        admit(path, shared / "copy.db")
    assert told.value.reason is Refusal.GAPS
    with pytest.raises(Refused) as told:
        admit(path, shared / "copy.db", limits=Limits(file_bytes=1 << 20))
    assert told.value.reason is Refusal.TOO_LARGE


def test_every_reason_is_told_in_both_languages() -> None:
    for language in ("en", "ja"):
        i18n.use_language(language)
        told = [refused(reason, "North.csdesk") for reason in Refusal]
        assert all("North.csdesk" in error.message and error.advice for error in told)
        kinds = {error.message for error in told}
        assert len(kinds) == len(Refusal) - 1, "not SQLite and not ours read alike"


def test_a_file_with_unknown_things_is_passed_on(
    good: dict[str, Path], shared: Path, tmp_path: Path
) -> None:
    """Their rows are merged and kept; nothing is made of them, and no function is called."""
    path, home = shared / "newer.csdx", Home.at(tmp_path / "home")
    shutil.copyfile(good["document"], shared / "mine.csdesk")
    write_outbox_of(good["document"], path)
    changed(
        path,
        *added_row("robot", "title", "'Robby'"),
        *added_row("robot", "deleted_at", '\'{"at":"2026-11-22T09:00:00.000Z","saw":[]}\''),
        *added_row("account", "mood", "'sunny'"),
    )
    admit(path, shared / "copy.db")
    with Workspace.open(shared / "mine.csdesk", home=home) as workspace:
        database = workspace.replica.database
    secret = Secret()
    with contextlib.closing(connect_live(database)) as live:
        secret.give_to(live)
        assert merge(live, shared / "copy.db").added == 3
        kept = live.execute("SELECT ent, fld FROM journal ORDER BY w, seq").fetchall()
    assert {("robot", "title"), ("robot", "deleted_at"), ("account", "mood")} <= set(kept)
    assert broken_laws(database) == []
    assert secret.calls == 0
