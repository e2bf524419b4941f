"""Builds files of one workspace that have gone apart: two colleagues worked on without a word.

Both begin with the same 100,000 journal rows. Each goes on for 100,000 rows of the work of a team:
months of KPI values imported, conversations added, and thousands of small edits, some of them of
the same fields. A third file knows just 200 rows more than the first.
"""

from __future__ import annotations

import datetime as dt
import random
import shutil
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from benchmarks.sample_rows import SEED, Row, Rows, Size, kpi_value, months
from benchmarks.workspaces import add_rows, cache_folder, fill, fingerprint
from csdesk.model.base import entity_records
from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace

FEW_ROWS = 200


@dataclass(frozen=True, slots=True)
class Parting:
    """How much there was in common, and how much each of two people did since."""

    common: Size
    common_rows: int
    new_rows: int
    months: int
    conversations: int
    small_steps: int


LARGE = Parting(Size("parted", 100, 60, 50), 100_000, 100_000, 48, 3_000, 6_500)
SMALL = Parting(Size("parted-small", 10, 6, 50), 10_000, 10_000, 48, 300, 650)

_EDITED = (
    ("action", "status", ("open", "in_progress", "done", "waiting_customer")),
    (
        "action",
        "title",
        ("在庫データの確認", "Weekly review", "研修の日程を決める", "Rollout plan"),
    ),
    ("touchpoint", "summary", ("障害の報告と対策を共有した。", "Usage grew after the training.")),
    ("account", "csm_view", ("green", "amber", "red")),
)


@dataclass(frozen=True, slots=True)
class Parted:
    """The files: `mine` and `theirs` have gone apart, `later` is mine and 200 rows."""

    folder: Path

    @property
    def mine(self) -> Path:
        """The file into which the others are merged."""
        return self.folder / "mine.csdesk"

    @property
    def theirs(self) -> Path:
        """The file of a colleague who worked on for as long."""
        return self.folder / "theirs.csdesk"

    @property
    def later(self) -> Path:
        """Mine, and 200 rows of a colleague."""
        return self.folder / "later.csdesk"


def parted_files(parting: Parting) -> Parted:
    """Return the files, built now if the model changed since they were built."""
    name = parting.common.name
    parted = Parted(cache_folder() / f"{name}.{fingerprint('benchmarks/parted.py')}")
    if parted.folder.exists():
        return parted
    print("building two files that have gone apart (once) …", file=sys.stderr, flush=True)
    building = cache_folder() / f"{name}.building"
    for old in cache_folder().glob(f"{name}.*"):
        shutil.rmtree(old, ignore_errors=True)
    building.mkdir(parents=True)
    _build(Parted(building), parting)
    building.replace(parted.folder)
    return parted


def _build(files: Parted, parting: Parting) -> None:
    homes = [Home.at(files.folder / f"home{number}") for number in range(3)]
    rows = Rows(parting.common)
    with Workspace.create(files.mine, home=homes[0], author="Mine") as workspace:
        fill(workspace, rows)
        _fill_up(workspace, parting.common_rows)
    shutil.copyfile(files.mine, files.theirs)
    total = parting.common_rows + parting.new_rows
    for number, (document, author) in enumerate(((files.mine, "Mine"), (files.theirs, "Theirs"))):
        with Workspace.open(document, home=homes[number], author=author) as workspace:
            _work_on(workspace, rows, parting, number)
            _fill_up(workspace, total)
    shutil.copyfile(files.mine, files.later)
    with Workspace.open(files.later, home=homes[2], author="Later") as workspace:
        _edit(workspace, rows, random.Random(SEED + 2), FEW_ROWS // 5)
        _fill_up(workspace, total + FEW_ROWS)
    for home in homes:
        shutil.rmtree(home.data.parent)


def _work_on(workspace: Workspace, rows: Rows, parting: Parting, number: int) -> None:
    """Do what one person does: import other months than the other, converse, edit."""
    chance = random.Random(SEED + number)
    first = dt.date(2030 + 10 * number, 1, 1)
    for month in months(first, parting.months):
        values = [
            kpi_value(account["id"], kpi["id"], month, Decimal(chance.randrange(1_000)))
            for account in rows.accounts
            for kpi in rows.kpis
        ]
        workspace.write(f"Import {month:%Y-%m}", add_rows, "kpi_value", values)
    conversations = [
        {**chance.choice(rows.touchpoints), "id": f"talk-{number}-{place:06}"}
        for place in range(parting.conversations)
    ]
    for start in range(0, len(conversations), 20):
        some = conversations[start : start + 20]
        workspace.write("Add conversations", add_rows, "touchpoint", some)
    _edit(workspace, rows, chance, parting.small_steps)


def _edit(workspace: Workspace, rows: Rows, chance: random.Random, steps: int) -> None:
    """Make small steps of up to four fields each."""
    items: dict[str, list[Row]] = {
        "action": rows.actions,
        "touchpoint": rows.touchpoints,
        "account": rows.accounts,
    }
    for step in range(steps):
        chosen = []
        for _field in range(4):
            entity, field, values = chance.choice(_EDITED)
            value = chance.choice(values)
            text = value if value.isascii() and value.islower() else f"{value} {step}"
            chosen.append((entity, chance.choice(items[entity])["id"], field, text))
        workspace.write("Edit", set_values, chosen)


def set_values(session: Session, chosen: list[tuple[str, str, str, str]]) -> None:
    """Set one field of each of some rows, as actions do: through their records."""
    for entity, row_id, field, value in chosen:
        record = session.get(entity_records()[entity], row_id)
        if record is None:
            raise LookupError(row_id)
        setattr(record, field, value)


def _fill_up(workspace: Workspace, wanted: int) -> None:
    """Add members until the journal has exactly as many rows as wanted, one row each."""
    missing = wanted - workspace.read(count_rows)
    if not 0 <= missing < wanted // 10:
        raise RuntimeError(f"{missing} journal rows are missing")
    names = [{"id": f"extra-{wanted}-{number}", "name": f"{number}"} for number in range(missing)]
    workspace.write("Add members", add_rows, "member", names)


def count_rows(session: Session) -> int:
    """Count the rows of the journal."""
    return int(session.execute(text("SELECT count(*) FROM journal")).scalar() or 0)
