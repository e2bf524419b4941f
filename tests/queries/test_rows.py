"""Rows of any entity: listed, named, found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from csdesk.actions.rows import delete_row
from csdesk.actions.sample import add_sample
from csdesk.errors import UserError
from csdesk.model.base import entity_records
from csdesk.queries.rows import Row, account_of, find_row, row_of, rows_of, titles_of
from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace

TODAY = dt.date(2026, 11, 22)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Open a workspace with the English sample; the tests only read it."""
    folder: Path = tmp_path_factory.mktemp("rows")
    with Workspace.create(folder / "w.csdesk", home=Home.at(folder), author="Kim") as opened:
        opened.write("Sample", add_sample, "en", TODAY)
        doomed = next(
            row.id for row in opened.read(rows_of, "contact") if row.title == "Howard Pike"
        )
        opened.write("Delete", delete_row, "contact", doomed)
        yield opened


def named(workspace: Workspace, entity: str, title: str) -> Row:
    return next(row for row in workspace.read(rows_of, entity) if row.title == title)


@pytest.mark.parametrize("entity", sorted(entity_records()))
def test_every_row_has_a_title_that_is_not_its_id(workspace: Workspace, entity: str) -> None:
    rows = workspace.read(rows_of, entity, deleted=True)
    titles = [row.title for row in rows if entity != "workspace_setting"]
    assert all(title and "-" * 4 not in title for title in titles)
    assert not any(row.title == row.id for row in rows if entity != "workspace_setting")


@pytest.mark.parametrize(
    ("entity", "title"),
    [
        ("contract", "Store Reports · 62 stores"),
        ("measure", "New deals per month"),
        ("account_tag", "retail"),
        ("workspace_setting", "company_name"),
    ],
)
def test_rows_without_a_name_are_called_after_what_they_are_about(
    workspace: Workspace, entity: str, title: str
) -> None:
    assert named(workspace, entity, title)


def test_references_come_with_the_name_of_what_they_refer_to(workspace: Workspace) -> None:
    account = named(workspace, "account", "Harrowgate & Finch Stores")
    assert account.names["owner_id"] == "Maya Kim"
    assert account.names["segment_id"] == "Enterprise"
    assert "referred_by" not in account.names


def test_items_stand_in_the_order_they_were_put(workspace: Workspace) -> None:
    account = named(workspace, "account", "Harrowgate & Finch Stores").id
    goals = workspace.read(rows_of, "goal", account_id=account)
    assert [goal.title[:12] for goal in goals] == ["20 % more ne", "At most 10 h", "All 62 store"]


def test_values_come_by_time(workspace: Workspace) -> None:
    account = named(workspace, "account", "Blue Larch Insurance").id
    periods = [
        row.values["period"] for row in workspace.read(rows_of, "kpi_value", account_id=account)
    ]
    assert periods == sorted(periods)
    assert len(set(periods)) == 18


def test_rows_of_an_account_are_its_own_only(workspace: Workspace) -> None:
    accounts = workspace.read(rows_of, "account")
    for entity in ("contact", "milestone", "touchpoint_attendee", "kpi_value"):
        every = {row.id for row in workspace.read(rows_of, entity)}
        parts = [
            {row.id for row in workspace.read(rows_of, entity, account_id=account.id)}
            for account in accounts
        ]
        assert set().union(*parts) == every
        assert sum(map(len, parts)) == len(every)


@pytest.mark.parametrize(
    "which",
    ["Harrowgate & Finch Stores", " HARROWGATE & finch stores ", "C-1001", "Ｃ-１００１"],
)
def test_a_row_is_found_by_name_or_external_id_in_any_spelling(
    workspace: Workspace, which: str
) -> None:
    wanted = named(workspace, "account", "Harrowgate & Finch Stores").id
    assert workspace.read(find_row, "account", which) == wanted
    assert workspace.read(find_row, "account", wanted) == wanted


def test_what_several_rows_are_called_is_refused_unless_the_account_is_known(
    workspace: Workspace,
) -> None:
    with pytest.raises(UserError, match="2 rows of “Milestone” are called “Kick-off”"):
        workspace.read(find_row, "milestone", "Kick-off")
    account = named(workspace, "account", "Copper Fern Foods").id
    found = workspace.read(find_row, "milestone", "Kick-off", account_id=account)
    assert workspace.read(account_of, "milestone", found) == account


def test_a_deleted_row_is_not_found_by_name_and_told_by_id(workspace: Workspace) -> None:
    with pytest.raises(UserError, match="There is no “Contact” called “Howard Pike”"):
        workspace.read(find_row, "contact", "Howard Pike")
    gone = next(row for row in workspace.read(rows_of, "contact", deleted=True) if row.is_deleted)
    with pytest.raises(UserError, match="was deleted"):
        workspace.read(find_row, "contact", gone.id)


def test_a_kpi_value_is_found_by_account_kpi_and_month(workspace: Workspace) -> None:
    found = workspace.read(find_row, "kpi_value", "Blue Larch Insurance:User satisfaction:2026-10")
    row = workspace.read(row_of, "kpi_value", found)
    assert row is not None
    assert row.values["period"] == dt.date(2026, 10, 1)
    for which in ("a:b", "Blue Larch Insurance:User satisfaction:soon"):
        with pytest.raises(UserError, match="There is no"):
            workspace.read(find_row, "kpi_value", which)


def test_rows_of_our_own_belong_to_no_account(workspace: Workspace) -> None:
    kim = named(workspace, "member", "Maya Kim").id
    assert workspace.read(account_of, "member", kim) is None
    assert workspace.read(row_of, "member", "no such id") is None


def test_titles_of_many_rows_are_read_at_once(workspace: Workspace) -> None:
    ids = [row.id for row in workspace.read(rows_of, "kpi_value")] + ["unknown"]
    titles = workspace.read(titles_of, "kpi_value", ids)
    assert len(titles) == len(ids) - 1 > 500
