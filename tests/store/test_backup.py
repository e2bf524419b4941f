"""Backups: the newest of each of 24 hours and of each of 30 days."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdesk.store.backup import DAYS, HOURS, backups, keep
from csdesk.workspace.workspace import Workspace
from tests.store.desk import NOON, add_account
from tests.store.laws import broken_laws


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    path = tmp_path / "sealed"
    path.write_bytes(b"sealed")
    return path


def test_a_backup_is_kept_once_an_hour(sealed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    assert keep(sealed, folder, NOON) is not None
    assert keep(sealed, folder, NOON + dt.timedelta(minutes=59)) is None
    assert keep(sealed, folder, NOON + dt.timedelta(minutes=61)) is not None
    assert keep(sealed, folder, NOON + dt.timedelta(minutes=62), always=True) is not None


def test_months_of_work_leave_a_day_of_hours_and_a_month_of_days(
    sealed: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    for hour in range(24 * 45):
        keep(sealed, folder, NOON + dt.timedelta(hours=hour))
    kept = [backup.made_at for backup in backups(folder)]
    last = NOON + dt.timedelta(hours=24 * 45 - 1)
    assert kept[:HOURS] == [last - dt.timedelta(hours=hours) for hours in range(HOURS)]
    assert len({instant.date() for instant in kept}) == DAYS
    assert len(kept) <= HOURS + DAYS


@given(
    st.lists(st.integers(-400 * 24 * 60, 400 * 24 * 60), min_size=1, max_size=60),
    st.booleans(),
)
def test_whatever_the_clock_does_the_backup_just_made_is_there(
    tmp_path_factory: pytest.TempPathFactory, minutes: list[int], always: bool
) -> None:
    folder = tmp_path_factory.mktemp("backups")
    sealed = folder / "sealed"
    sealed.write_bytes(b"sealed")
    for minute in minutes:
        made = keep(sealed, folder, NOON + dt.timedelta(minutes=minute), always=always)
        found = backups(folder)
        assert made is None or made in found
        assert found
        assert len(found) <= 2 * (HOURS + DAYS)


def test_other_files_are_left_alone(sealed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    for name in ("notes.txt", "North.csdesk", "2026-11-22.csdesk"):
        (folder / name).write_text("mine")
    for day in range(60):
        keep(sealed, folder, NOON + dt.timedelta(days=day))
    assert len(backups(folder)) == DAYS
    assert (folder / "North.csdesk").read_text() == "mine"


def test_a_backup_is_a_whole_document(workspace: Workspace) -> None:
    workspace.write("Add", add_account)
    kept = workspace.back_up()
    assert kept in workspace.backups()
    assert broken_laws(kept.path) == []
