"""show: the portfolio, a list, one row whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from csdesk.model.base import columns_of, entity_records
from tests.cli.conftest import Run

HARROWGATE = "Harrowgate & Finch Stores"


def test_the_overview_has_the_figures_and_every_account(run: Run, sample: Path) -> None:
    shown = run("show", sample).out
    assert "Lanternfield Cloud, Inc." in shown
    assert "11 accounts" in shown
    assert "7 late action items" in shown
    content = run("show", sample, "--json").json()
    assert len(content["accounts"]) == 12
    assert all(row["name"] in shown for row in content["accounts"])
    assert content["figures"]["arr"] == {"USD": 108732000}
    assert content["rows"]["account"] == 12
    assert content["settings"] == {"company_name": "Lanternfield Cloud, Inc."}


def test_the_overview_speaks_japanese(run: Run, japanese: Path) -> None:
    shown = run("show", japanese, "--language", "ja").out
    assert "千鳥浦ストアーズ株式会社" in shown
    assert "アダプション" in shown
    assert re.search(r"\d{4}/\d\d/\d\d", shown)
    lines = [line for line in shown.splitlines() if "¥" in line and "ARR" not in line]
    assert len(lines) == 11


def test_an_empty_workspace_says_so(run: Run, file: Path) -> None:
    assert run("show", file).out.splitlines()[:2] == [
        "North.csdesk",
        "0 accounts · 0 renewals within 90 days · 0 accounts without a plan · 0 late action items",
    ]


@pytest.mark.parametrize("entity", sorted(entity_records()))
def test_every_entity_can_be_listed_in_both_ways(run: Run, sample: Path, entity: str) -> None:
    rows = run("show", sample, entity, "--json").json()
    names = [column.name for column in columns_of(entity)]
    assert all(list(row) == names for row in rows)
    lines = run("show", sample, entity, "--language", "ja").out.splitlines()
    assert len(lines) == len(rows) + 2


@pytest.mark.parametrize("entity", ["contact", "milestone", "risk", "touchpoint", "measure"])
def test_one_row_is_shown_with_all_that_it_says(run: Run, sample: Path, entity: str) -> None:
    row = run("show", sample, entity, "--json").json()[0]
    assert run("show", sample, entity, row["id"], "--json").json() == row
    shown = run("show", sample, entity, row["id"]).out
    values = [value for value in row.values() if isinstance(value, str) and " " in value]
    assert values
    assert all(value in shown for value in values)


def test_an_account_comes_with_contracts_kpis_plan_and_people(run: Run, sample: Path) -> None:
    shown = run("show", sample, "account", HARROWGATE).out
    for text in (
        "Kestrelview Analytics",
        "$11,800.00",
        "Monthly active users (%)",
        "68.2",
        "One set of numbers for stores and head office",
        "20 % more new deals per month",
        "Three sales sites use it every week",
        "Find out whether more training is needed",
        "4 days late",
        "◇ New deals per month: 84 → 100.8 deals",
        "Renee Whitlock",
        "IT approves access late",
    ):
        assert text in shown, text


def test_an_account_is_found_by_external_id_and_loosely_by_name(run: Run, sample: Path) -> None:
    wanted = run("show", sample, "account", HARROWGATE, "--json").json()
    for which in ("C-1001", "harrowgate & finch stores", wanted["id"]):
        assert run("show", sample, "account", which, "--json").json() == wanted


def test_machines_get_an_account_with_everything_that_belongs_to_it(run: Run, sample: Path) -> None:
    account = run("show", sample, "account", HARROWGATE, "--json").json()
    assert account["tags"] == ["key account", "reference candidate", "retail"]
    assert (account["arr"], account["arr_currency"]) == (16920000, "USD")
    assert [len(account[name]) for name in ("contacts", "contracts", "plans")] == [4, 2, 1]
    csat = next(kpi for kpi in account["kpis"] if kpi["name"] == "User satisfaction")
    assert len(csat["values"]) == 11, "one of twelve months is a gap"
    assert all(isinstance(value, str) for value in csat["values"].values())


def test_internal_items_are_marked_in_a_plan(run: Run, sample: Path) -> None:
    shown = run("show", sample, "plan", "One set of numbers for stores and head office").out
    line = next(line for line in shown.splitlines() if "Settle our discount" in line)
    assert line.endswith("Internal")


def test_a_list_can_be_of_one_account_and_of_chosen_columns(run: Run, sample: Path) -> None:
    shown = run("show", sample, "contact", "--account", HARROWGATE, "--columns", "name,title").out
    assert shown.splitlines()[0].split() == ["Name", "Job", "title"]
    assert len(shown.splitlines()) == 6
    assert "no field “shoe”" in run("show", sample, "contact", "--columns", "shoe", status=1).err


def test_deleted_rows_are_listed_when_asked_for(run: Run, sample: Path) -> None:
    run("delete", sample, "contact", "Renee Whitlock")
    living = run("show", sample, "contact", "--json").json()
    every = run("show", sample, "contact", "--deleted", "--json").json()
    assert len(every) == len(living) + 1
    assert [row["name"] for row in every if row["deleted_at"]] == ["Renee Whitlock"]


def test_a_near_name_is_suggested(run: Run, sample: Path) -> None:
    said = run("show", sample, "account", "Alderbrok Freight", status=1).err
    assert "Is one of these meant? Alderbrook Freight" in said


def test_showing_changes_nothing(run: Run, sample: Path) -> None:
    before = sample.read_bytes()
    run("show", sample)
    run("show", sample, "account", HARROWGATE)
    assert sample.read_bytes() == before
