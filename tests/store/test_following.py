"""What a database shows is what its journal says, whoever filled its tables."""

from __future__ import annotations

import contextlib

import pytest

from csdesk.model.records import Contact
from csdesk.settings import Home
from csdesk.store.driver import connect, connect_live, transaction
from csdesk.store.following import make_follow
from csdesk.workspace.workspace import Workspace
from tests.rounds import some
from tests.store.desk import Device, add, add_account, looked_into, names, resealed
from tests.store.laws import broken_laws
from tests.team.hostile import fill


@pytest.fixture
def written(device: Device) -> Device:
    """Return a device whose closed document has some of everything."""
    with device.create() as workspace:
        workspace.write("Add", fill)
        workspace.write("Add", add_account, "North")
        workspace.undo()
        workspace.redo()
    return device


def test_a_document_of_ours_follows_and_keeps_its_pages(written: Device) -> None:
    """So that the next writing changes few of them."""
    with contextlib.closing(connect(written.document, read_only=True)) as document:
        copy = connect(written.document.with_name("copy.db"))
        document.backup(copy)
    before = written.document.with_name("copy.db").read_bytes()
    with transaction(copy):
        assert not make_follow(copy)
    copy.close()
    after = written.document.with_name("copy.db").read_bytes()
    changed = [
        at for at in range(0, len(after), 4096) if before[at : at + 4096] != after[at : at + 4096]
    ]
    assert len(changed) <= 2, "the first page counts changes, and review may have one"


LIES = [
    "UPDATE account SET name = 'Lie'",
    "UPDATE account SET deleted_at = '2026-11-22T09:00:00.000Z'",
    "DELETE FROM account",
    "INSERT INTO account(id, name) VALUES ('lie', 'Lie')",
    "UPDATE contract SET mrr = mrr + 1",
    "UPDATE contract SET auto_renew = NULL",
    "UPDATE kpi_value SET value = 1.5",
    "UPDATE kpi_value SET value = CAST(value AS REAL) WHERE typeof(value) = 'integer'",
    "UPDATE kpi_value SET period = '2020-01-01'",
    "UPDATE kpi_value SET account_id = 'lie'",
    "UPDATE goal SET id = 'lie'",
    "DELETE FROM cell",
    "DELETE FROM cell WHERE fld = 'name'",
    "UPDATE cell SET hlc = hlc + 1",
    "UPDATE cell SET seq = seq + 1",
    "UPDATE cell SET row = row || 'lie' WHERE fld = 'name'",
    "INSERT INTO cell VALUES ('account', 'lie', 'name', 1, 1, 1)",
    "INSERT INTO review VALUES ('x', 'edit', 'account', 'r', 'name', 1, 1, 'open')",
    "INSERT INTO review VALUES ('x', 'circle', 'contact', 'r', 'reports_to_id', 1, 1, 'closed')",
]


@pytest.mark.parametrize("lie", LIES)
def test_a_first_opening_shows_what_the_journal_says(written: Device, lie: str) -> None:
    with written.open() as workspace:
        honest = workspace.read(names)
    resealed(written.document, lie)
    with Workspace.open(
        written.document, home=Home.at(written.document.parent / "fresh")
    ) as workspace:
        assert workspace.read(names) == honest
        assert broken_laws(workspace.replica.database) == []


@pytest.mark.parametrize("lie", some(LIES, every=4))
def test_restoring_a_lying_copy_brings_back_what_its_journal_says(
    written: Device, lie: str
) -> None:
    copy = written.document.with_name("copy.csdesk")
    copy.write_bytes(written.document.read_bytes())
    resealed(copy, lie)
    with written.open() as workspace:
        honest = workspace.read(names)
        workspace.write("Add", add_account, "Later")
        workspace.restore(copy)
        assert workspace.read(names) == honest


def test_files_that_somebody_else_merged_are_not_ours(written: Device) -> None:
    """Else a list that lies would keep a colleague's changes out for ever."""
    resealed(written.document, "INSERT INTO seen VALUES ('f00d', 'Colleague.csdesk', 'now')")
    with (
        Workspace.open(
            written.document, home=Home.at(written.document.parent / "fresh")
        ) as workspace,
        looked_into(workspace.replica.database) as connection,
    ):
        assert connection.execute("SELECT 1 FROM seen WHERE sha256 = 'f00d'").fetchall() == []


def test_a_circle_that_is_open_stays_open(written: Device, device: Device) -> None:
    """Contacts that report to each other look unlike their cells, and rightly so."""
    with device.open() as workspace:
        account = workspace.write("Add", add_account, "Round").result
        one, other = (
            workspace.write(
                "Add",
                lambda session, name=name: add(session, Contact(account_id=account, name=name)),
            ).result
            for name in ("One", "Other")
        )
        database = workspace.replica.database
    with contextlib.closing(connect_live(database)) as live, transaction(live):
        for number, (row, boss) in enumerate(((one, other), (other, one)), 1):
            live.execute(
                "INSERT INTO journal VALUES"
                " (5, ?, ?, 'contact', ?, 'reports_to_id', ?, NULL, NULL)",
                (number, (2_000_000_000_000 << 16) + number, row, boss),
            )
        live.execute("INSERT INTO writer VALUES (5, 'd', 'a', 'x', '', 2)")
        live.execute(
            "INSERT INTO txn(w, seq0, seq1, hlc, label, kind) VALUES (5, 1, 2, 9, 'x', 'edit')"
        )
        assert make_follow(live)
    assert broken_laws(database) == []
    with looked_into(database) as connection:
        bosses = dict(
            connection.execute(
                "SELECT id, reports_to_id FROM contact WHERE id IN (?, ?)", (one, other)
            ).fetchall()
        )
    assert sorted(bosses.values(), key=str) == sorted([other, None], key=str)
