"""What comes from others is told in lines: who, what from what to what, where."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from csdesk.actions.accounts import add_account, edit_account
from csdesk.actions.kpis import add_kpi, set_kpi_values
from csdesk.actions.plan_items import add_item, delete_items, edit_item
from csdesk.actions.plans import add_plan
from csdesk.i18n import Translator
from csdesk.model.items import ItemKind, ItemRef
from csdesk.queries.arrivals import arrival_lines, incoming_lines
from csdesk.store import local
from csdesk.store.driver import connect
from csdesk.team.preview import Incoming, preview
from csdesk.workspace.workspace import Workspace
from tests.queries.apart import Pair, copied, pair_of, prepared
from tests.store.desk import looked_into


class Desk:
    """What both have at first."""

    def __init__(self, workspace: Workspace) -> None:
        write = workspace.write
        self.account = write("Account", add_account, "富士リテール").result
        self.plan = write("Plan", add_plan, self.account, "Onboarding").result
        goal = write("Goal", add_item, ItemKind.GOAL, ItemRef(None, self.plan), "One").result
        self.milestone = write(
            "Add", add_item, ItemKind.MILESTONE, goal, "Live", due_on=dt.date(2027, 1, 15)
        ).result
        self.kpi = write("KPI", add_kpi, "Sales").result


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Desk]:
    """Return the document of a small workspace and what is in it."""
    return prepared(tmp_path_factory.mktemp("prepared"), Desk)


@pytest.fixture
def apart(tmp_path: Path, document: tuple[Path, Desk]) -> Iterator[tuple[Pair, Desk]]:
    """Return two copies of it, open."""
    with pair_of(tmp_path, document[0]) as pair:
        yield pair, document[1]


def coming(pair: Pair) -> tuple[Incoming, ...]:
    """Return what Ben's document would change for Aiko."""
    pair.ben.publish()
    return pair.aiko.team.preview(pair.ben.path)


def told_before(pair: Pair) -> list[str]:
    return [line.words for line in pair.aiko.read(incoming_lines, coming(pair))]


def told_after(pair: Pair) -> list[str]:
    pair.ben.publish()
    arrival = pair.aiko.team.merge(pair.ben.path)
    return [line.words for line in pair.aiko.read(arrival_lines, arrival.merged.steps)]


def test_a_change_is_told_alike_before_and_after_it_comes(apart: tuple[Pair, Desk]) -> None:
    pair, desk = apart
    pair.ben.write("Due", edit_item, desk.milestone, due_on=dt.date(2027, 1, 31))
    line = "Ben: Due Jan 15, 2027 → Jan 31, 2027 (富士リテール · Milestone “Live”)"
    assert told_before(pair) == [line]
    assert told_after(pair) == [line]


def test_the_language_asked_for_is_used(apart: tuple[Pair, Desk]) -> None:
    pair, desk = apart
    pair.ben.write("Due", edit_item, desk.milestone, due_on=dt.date(2027, 1, 31))
    (line,) = pair.aiko.read(incoming_lines, coming(pair), translator=Translator("ja"))
    assert line.text == "期限 2027/01/15 → 2027/01/31"


def test_what_is_new_is_called_by_the_name_it_comes_with(apart: tuple[Pair, Desk]) -> None:
    pair, _desk = apart
    account = pair.ben.write("Add", add_account, "Blue Harbor").result
    plan = pair.ben.write("Plan", add_plan, account, "Renewal").result
    goal = pair.ben.write("Add", add_item, ItemKind.GOAL, ItemRef(None, plan), "Grow").result
    lines = [
        "Ben: Account “Blue Harbor” added",
        "Ben: Success plan “Renewal” added (Blue Harbor)",
        "Ben: Goal “Grow” added (Blue Harbor)",
    ]
    assert told_before(pair) == lines
    assert told_after(pair) == lines
    pair.ben.write("Delete", delete_items, [goal])
    assert told_after(pair) == ["Ben: Goal “Grow” deleted (Blue Harbor)"]


def test_an_import_is_one_line_with_a_count(apart: tuple[Pair, Desk]) -> None:
    pair, desk = apart
    values = [
        (desk.kpi, dt.date(year, month, 1), Decimal(month))
        for year in range(2000, 2025)
        for month in range(1, 13)
    ]
    pair.ben.write("Import", set_kpi_values, desk.account, values)
    assert told_before(pair) == ["Ben: KPI value: 300 added"]
    assert [line.count for line in pair.aiko.read(incoming_lines, coming(pair))] == [300]
    assert told_after(pair) == ["Ben: KPI value: 300 added"]


def test_of_very_many_steps_the_rest_is_counted(apart: tuple[Pair, Desk]) -> None:
    pair, desk = apart
    for number in range(8):
        pair.ben.write("Edit", edit_account, desk.account, employees=number)
    pair.ben.publish()
    steps = pair.aiko.team.merge(pair.ben.path).merged.steps
    lines = pair.aiko.read(arrival_lines, steps, limit=3)
    assert len(lines) == 4
    assert lines[-1].words == "and 5 more steps"


def test_what_would_not_show_is_said_to_wait(apart: tuple[Pair, Desk]) -> None:
    pair, desk = apart
    pair.ben.write("Region", edit_account, desk.account, region="West")
    pair.pass_by(hours=1)
    pair.aiko.write("Region", edit_account, desk.account, region="East")
    pair.ben.publish()
    (before,) = pair.aiko.read(incoming_lines, pair.aiko.team.preview(pair.ben.path))
    merged = pair.aiko.team.merge(pair.ben.path).merged
    (after,) = pair.aiko.read(arrival_lines, merged.steps)
    assert before.waits
    assert after.waits
    assert before.text == "Region East → West"


def test_a_preview_tells_each_field_once_and_changes_nothing(apart: tuple[Pair, Desk]) -> None:
    pair, desk = apart
    for region in ("North", "South", "West"):
        pair.ben.write("Region", edit_account, desk.account, region=region)
    before = whole(pair.aiko)
    (change,) = coming(pair)
    assert (change.author, change.entity, change.row, change.field) == (
        *("Ben", "account"),
        *(desk.account, "region"),
    )
    assert (change.before, change.after, change.wins) == (None, "West", True)
    assert change.device == pair.ben.device
    assert whole(pair.aiko) == before
    pair.meet()
    assert coming(pair) == ()


def whole(workspace: Workspace) -> list[object]:
    """Return all rows of all tables of the replica."""
    with looked_into(workspace.replica.database) as connection:
        tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        return [
            (name, connection.execute(f'SELECT * FROM "{name}"').fetchall())
            for (name,) in tables.fetchall()
        ]


def test_a_preview_needs_no_more_than_reading(apart: tuple[Pair, Desk], tmp_path: Path) -> None:
    pair, desk = apart
    pair.ben.write("Region", edit_account, desk.account, region="West")
    pair.aiko.write("Region", edit_account, desk.account, region="East")
    copy = copied(pair.ben.replica.database, tmp_path / "copy.db")
    with contextlib.closing(local.connect_reader(pair.aiko.replica)) as reader:
        (change,) = preview(reader, copy)
        assert [row[1] for row in reader.execute("PRAGMA database_list")] == ["main", "local"]
    assert (change.before, change.after) == ("East", "West")


def test_rows_with_a_gap_before_them_are_not_told(apart: tuple[Pair, Desk], tmp_path: Path) -> None:
    pair, desk = apart
    for region in ("North", "South"):
        pair.ben.write("Region", edit_account, desk.account, region=region)
    copy = copied(pair.ben.replica.database, tmp_path / "gap.db")
    with contextlib.closing(connect(copy)) as target:
        writer = target.execute("SELECT w FROM writer ORDER BY started DESC").fetchone()[0]
        target.execute("DELETE FROM journal WHERE w = ? AND seq = 1", (writer,))
    with contextlib.closing(local.connect_reader(pair.aiko.replica)) as reader:
        assert preview(reader, copy) == ()
