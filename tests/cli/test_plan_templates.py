"""template: the library on the command line, a plan from it, and a plan saved into it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from csdesk.queries.accounts import plans_of
from csdesk.queries.outline import plan_outline
from csdesk.queries.rows import find_row
from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace
from tests.cli.conftest import Run


def test_the_templates_are_listed_for_people_and_machines(run: Run, sample: Path) -> None:
    listed = run("template", sample).out
    assert "Renewal, high touch (from 180 days before)" in listed
    assert "First 90 days" in listed
    rows = run("template", sample, "renewal", "--json").json()
    assert {row["type"] for row in rows} == {"renewal"}
    assert run("template", sample, "no such thing", "--json").json() == []


def test_a_plan_begins_with_a_template(run: Run, sample: Path, home: Home) -> None:
    account = ("--account", "Blue Larch Insurance")
    name = "recovery, LOW touch (back in use, 60 days)"
    run("template", sample, name, *account, "--title", "Again", "--start", "2027-02-01")
    with Workspace.open(sample, home=home) as workspace:
        account_id = workspace.read(find_row, "account", "Blue Larch Insurance")
        (made,) = [row for row in workspace.read(plans_of, account_id) if row.title == "Again"]
        assert made.start_on == dt.date(2027, 2, 1)
        outline = workspace.read(plan_outline, made.id, today=dt.date(2027, 2, 1))
        assert outline is not None
        assert len(outline.items) == 3


def test_a_plan_is_saved_as_a_template_once_under_a_name(run: Run, sample: Path) -> None:
    for _time in range(2):
        run("template", sample, "Our own", "--from", "Blue Larch Insurance")
    rows = run("template", sample, "our own", "--json").json()
    assert [(row["name"], row["is_shipped"]) for row in rows] == [("Our own", False)]


def test_what_cannot_be_meant_is_said_and_nothing_changes(run: Run, sample: Path) -> None:
    assert "no such" in run("template", sample, "no such", "--account", "C-1001", status=1).err
    assert run("template", sample, "--account", "C-1001", status=1).err
    day = ("--account", "C-1001", "--start", "someday")
    assert "someday" in run("template", sample, "First 90 days", *day, status=1).err
