"""Builds the workspaces to measure on once, keeps them, and lends each run a copy of its own."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import platformdirs
from sqlalchemy import insert
from sqlalchemy.orm import Session

from benchmarks.sample_rows import Row, Rows, Size
from csdesk.model.base import entity_table
from csdesk.settings import Home
from csdesk.store.driver import RawConnection, connect_live
from csdesk.workspace.workspace import Workspace

ROOT = Path(__file__).resolve().parents[1]
ON_FORMAT = ("csdesk/model/*.py", "csdesk/store/schema.py", "benchmarks/sample_rows.py")


@dataclass(frozen=True, slots=True)
class Bench:
    """What a benchmark works with: a copy of the workspace, how often to run, room for files."""

    size: Size
    runs: int
    folder: Path

    @property
    def document(self) -> Path:
        """The workspace file, copied at first use and opened once, so that it is warm."""
        document = self.folder / f"{self.size.name}.csdesk"
        if not document.exists():
            shutil.copyfile(cached_workspace(self.size), document)
            with self._opened(document):
                pass
        return document

    @property
    def home(self) -> Home:
        """Where the workspace's replica lies."""
        return Home.at(self.folder / "home")

    @contextlib.contextmanager
    def open(self) -> Iterator[Workspace]:
        """Open the workspace."""
        with self._opened(self.document) as workspace:
            yield workspace

    def _opened(self, document: Path) -> Workspace:
        return Workspace.open(document, home=self.home, author="benchmark")

    def bare_database(self, name: str) -> RawConnection:
        """Open an empty database with the settings of ours: for the yardsticks."""
        path = self.folder / f"{name}.db"
        for old in self.folder.glob(f"{name}.db*"):
            old.unlink()
        return connect_live(path)


def cache_folder() -> Path:
    """Tell where workspaces and results are kept: outside the repository."""
    return Path(platformdirs.user_cache_dir("csdesk-benchmarks", appauthor=False))


def cached_workspace(size: Size) -> Path:
    """Return the workspace file of a size, built now if the model changed since it was built."""
    document = cache_folder() / f"{size.name}-{fingerprint()}.csdesk"
    if document.exists():
        return document
    print(f"building the {size.name} workspace (once) …", file=sys.stderr, flush=True)
    building = cache_folder() / "building"
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True)
    for old in cache_folder().glob(f"{size.name}-*.csdesk"):
        old.unlink()
    draft = building / document.name
    with Workspace.create(draft, home=Home.at(building / "home"), author="benchmark") as workspace:
        fill(workspace, Rows(size))
    draft.replace(document)
    shutil.rmtree(building)
    return document


def fill(workspace: Workspace, rows: Rows) -> None:
    """Write all rows, the KPI values month by month as a team imports them."""
    for entity, entity_rows in rows.tables():
        workspace.write(f"Add each {entity}", add_rows, entity, entity_rows)
    for month, values in rows.kpi_values():
        workspace.write(f"Import {month:%Y-%m}", add_rows, "kpi_value", values)


def add_rows(session: Session, entity: str, rows: list[Row]) -> None:
    """Insert rows of one entity in bulk."""
    session.execute(insert(entity_table(entity)), rows)


def fingerprint(*more: str) -> str:
    """Make a short name for the model and the sample, and `more` files, as they are now."""
    digest = hashlib.sha256()
    for pattern in (*ON_FORMAT, *more):
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
