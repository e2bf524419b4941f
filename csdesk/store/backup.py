"""Rotating backups: sealed copies, the newest of each of 24 hours and of each of 30 days."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

HOURS = 24
DAYS = 30
_NAME = "%Y-%m-%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Backup:
    """One kept copy: when it was made, and where it lies."""

    made_at: dt.datetime
    path: Path


def backups(folder: Path) -> list[Backup]:
    """List the backups of a folder, newest first; other files are left out."""
    found = []
    for path in folder.glob("*.csdesk"):
        try:
            made_at = dt.datetime.strptime(path.stem, _NAME).replace(tzinfo=dt.UTC)
        except ValueError:
            continue
        found.append(Backup(made_at, path))
    return sorted(found, key=lambda backup: backup.made_at, reverse=True)


def keep(sealed: Path, folder: Path, now: dt.datetime, *, always: bool = False) -> Backup | None:
    """Keep a copy of a sealed document unless the newest is less than an hour old, then rotate."""
    known = backups(folder)
    if (
        known
        and not always
        and now - known[0].made_at < dt.timedelta(hours=1)
        and (known[0].made_at <= now)
    ):
        return None
    folder.mkdir(parents=True, exist_ok=True)
    made_at = now.replace(microsecond=0)
    path = folder / f"{made_at.strftime(_NAME)}.csdesk"
    draft = path.with_suffix(".tmp")
    try:
        with sealed.open("rb") as source, draft.open("wb") as copy:
            shutil.copyfileobj(source, copy, 1 << 20)
            copy.flush()
            os.fsync(copy.fileno())
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    rotate(folder, made_at)
    return Backup(made_at, path)


def rotate(folder: Path, now: dt.datetime) -> None:
    """Remove the backups that neither an hour nor a day still needs, never the one of `now`."""
    kept = {backup.path for backup in backups(folder) if backup.made_at >= now}
    hours: set[dt.datetime] = set()
    days: set[dt.date] = set()
    for backup in backups(folder):
        hour = backup.made_at.replace(minute=0, second=0)
        if hour not in hours and len(hours) < HOURS:
            hours.add(hour)
            kept.add(backup.path)
        if backup.made_at.date() not in days and len(days) < DAYS:
            days.add(backup.made_at.date())
            kept.add(backup.path)
    for backup in backups(folder):
        if backup.path not in kept:
            backup.path.unlink()
