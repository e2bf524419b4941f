"""Short ways to write a table, import it, and look at what came of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from csdesk.exchange.fields import Kind
from csdesk.exchange.import_report import ImportReport, Outcome
from csdesk.exchange.importer import Source, apply_import, open_source, plan_import
from csdesk.exchange.mapping import parse_mapping
from csdesk.model.base import entity_table
from csdesk.workspace.workspace import Workspace

FILES = Path(__file__).resolve().parents[1] / "files" / "import"


class Desk:
    """Imports tables written in a test, and reads rows back."""

    def __init__(self, workspace: Workspace, folder: Path) -> None:
        self.workspace = workspace
        self._folder = folder
        self._count = 0

    def source(self, text: str, kind: str = "", mapping: str = "") -> Source:
        """Write a CSV table and open it."""
        self._count += 1
        path = self._folder / f"table{self._count}.csv"
        path.write_text(text, "utf-8", newline="")
        return open_source(
            path,
            kind=Kind(kind) if kind else None,
            mapping=parse_mapping(mapping, "map.toml") if mapping else None,
        )

    def look(self, *sources: Source) -> ImportReport:
        """Plan an import without writing."""
        return self.workspace.read(plan_import, list(sources))

    def apply(self, *sources: Source) -> ImportReport:
        """Import as one step; what was planned before must be what happens."""
        planned = self.look(*sources)
        step = self.workspace.write("Import", apply_import, list(sources))
        assert step.result.counts == planned.counts
        assert (step.change is not None) == bool(planned.changed)
        return step.result

    def take(self, text: str, kind: str = "", mapping: str = "") -> ImportReport:
        """Write a table and import it."""
        return self.apply(self.source(text, kind, mapping))

    def rows(self, entity: str) -> list[dict[str, Any]]:
        """Return the living rows of an entity, in the order they were made."""
        table = entity_table(entity)
        query = select(table).where(table.c.deleted_at.is_(None)).order_by(table.c.id)
        return self.workspace.read(
            lambda session: [dict(row) for row in session.execute(query).mappings()]
        )

    def names(self, entity: str, field: str = "name") -> list[Any]:
        """Return one field of all living rows, sorted."""
        return sorted(row[field] for row in self.rows(entity))

    def values(self) -> dict[tuple[str, str, str], Any]:
        """Return the KPI values by account name, KPI name and first day."""
        accounts = {row["id"]: row["name"] for row in self.rows("account")}
        kpis = {row["id"]: row["name"] for row in self.rows("kpi")}
        return {
            (accounts[row["account_id"]], kpis[row["kpi_id"]], str(row["period"])): row["value"]
            for row in self.rows("kpi_value")
        }


@pytest.fixture
def desk(workspace: Workspace, tmp_path: Path) -> Desk:
    folder = tmp_path / "tables"
    folder.mkdir()
    return Desk(workspace, folder)


def counts(report: ImportReport) -> dict[str, int]:
    """Return the counts that are not zero, by the outcome's name."""
    return {outcome.value: n for outcome, n in report.counts.items() if n}


def reasons(report: ImportReport) -> list[tuple[int, str, str]]:
    """Return line, column and reason of each refused row."""
    return [(result.line, result.column, result.reason) for result in report.refused()]


@pytest.fixture
def same_again(desk: Desk) -> Callable[..., None]:
    """Check that importing the same tables again changes nothing and writes nothing."""

    def check(*sources: Source) -> None:
        again = desk.workspace.write("Again", apply_import, list(sources))
        assert again.change is None
        assert not again.result.counts[Outcome.ADDED]
        assert not again.result.counts[Outcome.UPDATED]

    return check
