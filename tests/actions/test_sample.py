"""The sample: rich, whole, the same each time, in step with the day."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdesk.actions.sample import (
    add_sample,
    month_start,
    monthly_values,
    relative_day,
    relative_instant,
)
from csdesk.model.base import entity_records
from csdesk.queries.portfolio import portfolio_rows
from csdesk.queries.rows import Row, rows_of
from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace

TODAY = dt.date(2026, 11, 22)
languages = pytest.mark.parametrize("language", ["ja", "en"])


def sample(folder: Path, language: str, today: dt.date = TODAY) -> dict[str, list[Row]]:
    folder.mkdir(parents=True)
    with Workspace.create(folder / "w.csdesk", home=Home.at(folder), author="Kim") as workspace:
        workspace.write("Sample", add_sample, language, today)
        return {entity: workspace.read(rows_of, entity) for entity in entity_records()}


@languages
def test_it_has_what_a_portfolio_has(tmp_path: Path, language: str) -> None:
    rows = sample(tmp_path / "a", language)
    assert len(rows["account"]) == 12
    least = {"contact": 20, "contract": 12, "plan": 9, "goal": 12, "milestone": 22, "action": 40}
    least |= {"measure": 15, "kpi_value": 500, "touchpoint": 12, "risk": 4, "member": 4}
    for entity, count in least.items():
        assert len(rows[entity]) >= count, entity
    assert any(row.values["visibility"] == "internal" for row in rows["action"])
    assert {row.values["status"] for row in rows["account"]} == {"active", "churned"}


@languages
def test_it_is_the_same_each_time(tmp_path: Path, language: str) -> None:
    first, second = (sample(tmp_path / name, language) for name in ("a", "b"))
    for entity, rows in first.items():
        assert [dict(row.values) for row in rows] == [dict(row.values) for row in second[entity]]


@languages
def test_everything_refers_to_something_of_the_same_account(tmp_path: Path, language: str) -> None:
    rows = sample(tmp_path / "a", language)
    ids = {row.id for some in rows.values() for row in some}
    for some in rows.values():
        for row in some:
            named = {name: row.values[name] for name in row.names}
            assert set(named.values()) <= ids, (row.entity, row.title)
            assert all(row.names.values())


def test_both_languages_tell_the_same_story(tmp_path: Path) -> None:
    japanese, english = (sample(tmp_path / name, name) for name in ("ja", "en"))
    for entity in entity_records():
        assert len(japanese[entity]) == len(english[entity]), entity


@languages
@pytest.mark.parametrize(
    "today", [dt.date(2024, 2, 29), dt.date(2027, 1, 31), dt.date(2026, 12, 31)]
)
def test_it_can_be_made_on_any_day(tmp_path: Path, language: str, today: dt.date) -> None:
    rows = sample(tmp_path / "a", language, today)
    newest = max(row.values["period"] for row in rows["kpi_value"])
    assert newest == month_start(today, -1)


@languages
def test_the_portfolio_has_all_sorts_of_accounts(tmp_path: Path, home: Home, language: str) -> None:
    with Workspace.create(tmp_path / "w.csdesk", home=home, author="Kim") as workspace:
        workspace.write("Sample", add_sample, language, TODAY)
        rows = workspace.read(portfolio_rows, today=TODAY)
    assert {row.touch_model for row in rows} == {"high", "low", "tech"}
    assert {row.csm_view for row in rows} == {"green", "amber", "red"}
    assert {row.standing for row in rows} >= {"on_track", "at_risk", "off_track"}
    progress = [row.progress for row in rows if row.progress is not None]
    assert min(progress) < 0 < max(progress) < 1
    assert any(row.plan_id is None for row in rows)
    assert sum(row.late_actions for row in rows) == 7


@given(st.lists(st.floats(0, 1000), min_size=1, max_size=6), st.integers(1, 40), st.text())
def test_a_series_ends_where_it_should_and_is_never_negative(
    anchors: list[float], months: int, seed: str
) -> None:
    values = monthly_values(anchors, months, seed, 1)
    assert len(values) == months
    assert values[-1] == round(Decimal(repr(float(anchors[-1]))), 1)
    assert all(value >= 0 for value in values)
    assert values == monthly_values(anchors, months, seed, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("-12d", dt.date(2026, 11, 10)),
        ("+2w", dt.date(2026, 12, 6)),
        ("+3m", dt.date(2027, 2, 22)),
        ("+3me", dt.date(2027, 2, 28)),
        ("-1y", dt.date(2025, 11, 22)),
        ("+0d", TODAY),
    ],
)
def test_dates_count_from_today(text: str, day: dt.date) -> None:
    assert relative_day(text, TODAY) == day


def test_a_month_without_that_day_ends_sooner() -> None:
    assert relative_day("+1m", dt.date(2027, 1, 31)) == dt.date(2027, 2, 28)


def test_instants_are_local_times() -> None:
    instant = relative_instant("-1d 14:30", TODAY)
    assert instant.astimezone().strftime("%Y-%m-%d %H:%M") == "2026-11-21 14:30"


@pytest.mark.parametrize("text", ["tomorrow", "3m", "+3", "2026-01-01"])
def test_other_texts_are_no_dates(text: str) -> None:
    with pytest.raises(ValueError, match="relative"):
        relative_day(text, TODAY)
    with pytest.raises(ValueError, match="relative"):
        relative_instant(text, TODAY)
