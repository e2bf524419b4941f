"""Files of older formats become files of this one, after a backup, whole or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from csdesk.store.driver import DatabaseError, connect
from csdesk.store.migrations import MIGRATIONS, Migration, migrate
from csdesk.store.replica import new_database
from csdesk.store.schema import FORMAT
from csdesk.team import guard_schema
from csdesk.workspace import opening
from csdesk.workspace.workspace import Workspace
from tests.store.desk import Device, add_account, looked_into, names, resealed
from tests.store.laws import broken_laws

STORED = Path(__file__).parents[1] / "files" / "formats"
ADD_MOOD = Migration(FORMAT + 2, "moods", ("ALTER TABLE account ADD COLUMN mood TEXT",))
ADD_ROBOT = Migration(
    FORMAT + 1, "robots", ("CREATE TABLE robot(id TEXT)", "INSERT INTO robot VALUES(1)")
)
BROKEN = Migration(
    FORMAT + 3, "broken", ("CREATE TABLE half(id)", "INSERT INTO nowhere VALUES (1)")
)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "replica.db"
    new_database(path)
    return path


def number(path: Path) -> int:
    with looked_into(path) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def test_migrations_run_in_order_after_one_backup(database: Path) -> None:
    backups: list[int] = []
    connection = connect(database)
    ran = migrate(
        connection, lambda: backups.append(number(database)), (ADD_MOOD, ADD_ROBOT), FORMAT + 2
    )
    assert ran == ("robots", "moods")
    assert backups == [FORMAT]
    assert number(database) == FORMAT + 2
    assert connection.execute("SELECT mood FROM account").fetchall() == []
    assert migrate(connection, lambda: backups.append(0), (ADD_MOOD, ADD_ROBOT), FORMAT + 2) == ()
    assert backups == [FORMAT]
    connection.close()


def test_a_file_in_between_gets_only_what_it_lacks(database: Path) -> None:
    connection = connect(database)
    connection.execute(f"PRAGMA user_version = {FORMAT + 1}")
    assert migrate(connection, lambda: None, (ADD_MOOD, ADD_ROBOT), FORMAT + 2) == ("moods",)
    connection.close()


def test_a_migration_that_fails_leaves_the_file_as_it_was(database: Path) -> None:
    connection = connect(database)
    with pytest.raises(DatabaseError, match="nowhere"):
        migrate(connection, lambda: None, (ADD_ROBOT, BROKEN), FORMAT + 3)
    assert number(database) == FORMAT + 1
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}
    assert "half" not in tables
    assert "robot" in tables
    connection.close()


def test_without_a_backup_nothing_is_changed(database: Path) -> None:
    def no_room() -> None:
        raise OSError(28, "No space left on device")

    connection = connect(database)
    with pytest.raises(OSError, match="No space"):
        migrate(connection, no_room, (ADD_ROBOT,), FORMAT + 1)
    assert number(database) == FORMAT
    connection.close()


def test_a_newer_minor_format_is_left_as_it_is(database: Path) -> None:
    connection = connect(database)
    connection.execute("PRAGMA user_version = 1009")
    assert migrate(connection, lambda: None, (ADD_MOOD,), FORMAT + 2) == ()
    connection.close()
    assert number(database) == 1009


def test_our_migrations_lead_to_our_format() -> None:
    numbers = [step.to_format for step in MIGRATIONS]
    assert numbers == sorted(set(numbers))
    assert numbers[-1:] in ([], [FORMAT])
    assert len({step.name for step in MIGRATIONS}) == len(MIGRATIONS)


def test_opening_an_older_file_migrates_it_and_keeps_a_backup(
    device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of format 0.9, to which a migration gives what the journal already says."""
    with device.create() as workspace:
        workspace.write("Add", add_account, "North")
    resealed(
        device.document,
        "ALTER TABLE account DROP COLUMN region",
        "PRAGMA user_version = 999",
    )
    older = Migration(FORMAT, "regions", ("ALTER TABLE account ADD COLUMN region TEXT",))
    monkeypatch.setattr(guard_schema, "MIGRATIONS", (older,))
    monkeypatch.setattr(
        opening, "migrate", lambda connection, before: migrate(connection, before, (older,))
    )
    elsewhere = Device.beside(device.document.parent / "elsewhere", device.document)
    with elsewhere.open() as workspace:
        assert workspace.read(names) == ["North"]
        assert len(workspace.backups()) == 1
        assert number(workspace.backups()[0].path) == 999
        assert broken_laws(workspace.replica.database) == []
        workspace.write("Add", add_account, "South")
    assert number(elsewhere.document) == FORMAT


def test_an_older_document_is_joined_into_a_newer_replica(
    device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It never takes the replica's place: the replica would lose its newer tables."""
    older = Migration(FORMAT, "regions", ("ALTER TABLE account ADD COLUMN region TEXT",))
    monkeypatch.setattr(guard_schema, "MIGRATIONS", (older,))
    with device.create() as workspace:
        workspace.write("Add", add_account, "North")
    other = Device.beside(device.document.parent / "other", device.document)
    with other.open() as workspace:
        workspace.write("Add", add_account, "South")
    resealed(other.document, "ALTER TABLE account DROP COLUMN region", "PRAGMA user_version = 999")
    device.document.write_bytes(other.document.read_bytes())
    with device.open() as workspace:
        assert workspace.read(names) == ["North", "South"]
        assert broken_laws(workspace.replica.database) == []
        assert number(workspace.replica.database) == FORMAT


def test_steps_for_fields_that_became_known_are_applied(device: Device) -> None:
    """An older version joined journals with a newer one's fields in them; now we know those."""
    with device.create() as workspace:
        made = workspace.write("Add", add_account, "North", region="East").result
    resealed(
        device.document,
        "UPDATE account SET region = NULL",
        "INSERT INTO meta VALUES ('derived_by', 999)",
    )
    elsewhere = Device.beside(device.document.parent / "elsewhere", device.document)
    with elsewhere.open() as workspace:
        region = workspace.read(
            lambda session: (
                session.connection()
                .exec_driver_sql("SELECT region FROM account WHERE id = ?", (made,))
                .scalar()
            )
        )
        assert region == "East"
        assert broken_laws(workspace.replica.database) == []


@pytest.mark.parametrize("stored", sorted(STORED.glob("*.csdesk")), ids=lambda path: path.stem)
def test_a_stored_file_of_each_format_opens(stored: Path, device: Device) -> None:
    """These files were written by the versions that first had each format; they never change."""
    shutil.copyfile(stored, device.document)
    with device.open() as workspace:
        assert "東京精密株式会社" in workspace.read(names)
        assert workspace.history()
        assert broken_laws(workspace.replica.database) == []
        workspace.write("Add", add_account, "New")
    with Workspace.open(device.document, home=device.home) as workspace:
        assert "New" in workspace.read(names)


@pytest.mark.parametrize("stored", sorted(STORED.glob("*.csdesk")), ids=lambda path: path.stem)
def test_a_migrated_file_has_just_the_tables_of_a_new_one(
    stored: Path, device: Device, database: Path
) -> None:
    shutil.copyfile(stored, device.document)
    with device.open() as workspace:
        workspace.write("Add", add_account, "New")
        assert schema_of(workspace.replica.database) == schema_of(database)
    assert schema_of(device.document) == schema_of(database)
    assert number(device.document) == FORMAT


def schema_of(path: Path) -> dict[tuple[str, str], str]:
    with looked_into(path) as connection:
        rows = connection.execute("SELECT type, name, sql FROM sqlite_schema").fetchall()
    return {(kind, name): sql for kind, name, sql in rows}


def test_every_format_has_a_stored_file() -> None:
    formats = {FORMAT, *(step.to_format for step in MIGRATIONS)}
    names_wanted = {f"format-{one // 1000}.{one % 1000}.csdesk" for one in formats}
    assert names_wanted <= {path.name for path in STORED.glob("*.csdesk")}
