"""KPIs and their values: one exact number for one account, KPI and period."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from csdesk.actions.accounts import add_account, delete_accounts
from csdesk.actions.editing import edit
from csdesk.actions.kpis import (
    add_kpi,
    delete_kpi,
    edit_kpi,
    period_start,
    set_kpi_value,
    set_kpi_values,
)
from csdesk.errors import UserError
from csdesk.model.records import KpiValue
from csdesk.model.vocabulary import Direction, Frequency
from csdesk.queries.kpis import KpiPoint, account_kpis, kpi_catalogue
from csdesk.workspace.workspace import Workspace

JUNE_18 = dt.date(2026, 6, 18)


@pytest.fixture
def kpi(workspace: Workspace) -> str:
    """Add a monthly KPI and return its id."""
    return workspace.write("KPI", add_kpi, "週間アクティブ率").result


def points(workspace: Workspace, account: str) -> tuple[KpiPoint, ...]:
    """Return the values of the account's only KPI."""
    series = workspace.read(account_kpis, account)
    return series[0].points if series else ()


@pytest.mark.parametrize(
    ("day", "frequency", "first"),
    [
        (JUNE_18, Frequency.MONTHLY, dt.date(2026, 6, 1)),
        (JUNE_18, Frequency.QUARTERLY, dt.date(2026, 4, 1)),
        (JUNE_18, Frequency.WEEKLY, dt.date(2026, 6, 15)),
        (dt.date(2026, 6, 15), Frequency.WEEKLY, dt.date(2026, 6, 15)),
        (dt.date(2026, 6, 21), Frequency.WEEKLY, dt.date(2026, 6, 15)),
        (dt.date(2027, 1, 1), Frequency.WEEKLY, dt.date(2026, 12, 28)),
        (dt.date(2026, 1, 1), Frequency.QUARTERLY, dt.date(2026, 1, 1)),
        (dt.date(2026, 12, 31), Frequency.QUARTERLY, dt.date(2026, 10, 1)),
        (dt.date(2028, 2, 29), Frequency.MONTHLY, dt.date(2028, 2, 1)),
        (JUNE_18, None, dt.date(2026, 6, 1)),
        (JUNE_18, "fortnightly", dt.date(2026, 6, 1)),
    ],
)
def test_a_period_begins_with_its_month_quarter_or_monday(
    day: dt.date, frequency: str | None, first: dt.date
) -> None:
    assert period_start(day, frequency) == first


@given(st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)), st.sampled_from(list(Frequency)))
def test_a_period_begins_where_it_is_said_to_begin(day: dt.date, frequency: Frequency) -> None:
    first = period_start(day, frequency)
    assert first <= day
    assert period_start(first, frequency) == first
    days = {Frequency.WEEKLY: 7, Frequency.MONTHLY: 31, Frequency.QUARTERLY: 92}[frequency]
    assert (day - first).days < days


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=6, min_value=-(10**24), max_value=10**24
    )
)
def test_any_number_comes_back_exactly(law: tuple[Workspace, str, str], number: Decimal) -> None:
    workspace, account, kpi = law
    workspace.write("Set", set_kpi_value, account, kpi, JUNE_18, number)
    assert points(workspace, account)[0].value == number


@pytest.fixture
def law(workspace: Workspace, account: str, kpi: str) -> tuple[Workspace, str, str]:
    """Give one KPI of one account to all examples of a law."""
    return workspace, account, kpi


@pytest.mark.parametrize(
    "number",
    ["0", "-0", "0.1", "1E+3", "12345678901234567890.123456789", "-2.5", "1.10", str(2**63)],
)
def test_a_number_is_never_rounded(
    workspace: Workspace, account: str, kpi: str, number: str
) -> None:
    workspace.write("Set", set_kpi_value, account, kpi, JUNE_18, Decimal(number))
    (point,) = points(workspace, account)
    assert point.value == Decimal(number)
    assert isinstance(point.value, Decimal)


def test_two_days_of_one_month_are_one_value(workspace: Workspace, account: str, kpi: str) -> None:
    first = workspace.write("Set", set_kpi_value, account, kpi, JUNE_18, Decimal(1)).result
    second = workspace.write(
        "Set", set_kpi_value, account, kpi, dt.date(2026, 6, 30), Decimal(2)
    ).result
    assert first == second == f"{account}:{kpi}:2026-06-01"
    assert [(point.period, point.value) for point in points(workspace, account)] == [
        (dt.date(2026, 6, 1), Decimal(2))
    ]


def test_the_same_number_written_otherwise_is_no_change(
    workspace: Workspace, account: str, kpi: str
) -> None:
    workspace.write("Set", set_kpi_value, account, kpi, JUNE_18, Decimal("1.5"))
    again = workspace.write("Set", set_kpi_value, account, kpi, JUNE_18, Decimal("1.50"))
    assert again.change is None


def test_a_value_that_is_taken_away_leaves_a_gap_and_not_a_zero(
    workspace: Workspace, account: str, kpi: str
) -> None:
    workspace.write("Set", set_kpi_value, account, kpi, JUNE_18, Decimal(7))
    workspace.write("Clear", set_kpi_value, account, kpi, JUNE_18, None)
    assert points(workspace, account) == ()
    assert workspace.write("Clear", set_kpi_value, account, kpi, JUNE_18, None).change is None
    workspace.undo()
    assert [point.value for point in points(workspace, account)] == [Decimal(7)]


def test_a_value_set_again_starts_without_the_note_of_the_one_taken_away(
    workspace: Workspace, account: str, kpi: str
) -> None:
    row = workspace.write("Set", set_kpi_value, account, kpi, JUNE_18, Decimal(7)).result
    workspace.write(
        "Note",
        edit,
        KpiValue,
        row,
        {"note": "guessed by phone", "is_estimate": True, "source": "phone"},
    )
    workspace.write("Clear", set_kpi_value, account, kpi, JUNE_18, None)
    workspace.write("Set", set_kpi_value, account, kpi, JUNE_18, Decimal(8))
    (point,) = points(workspace, account)
    assert (point.value, point.is_estimate, point.note) == (Decimal(8), False, "")
    workspace.undo()
    workspace.undo()
    (point,) = points(workspace, account)
    assert (point.value, point.is_estimate, point.note) == (Decimal(7), True, "guessed by phone")


def test_a_corrected_value_keeps_its_note(workspace: Workspace, account: str, kpi: str) -> None:
    row = workspace.write("Set", set_kpi_value, account, kpi, JUNE_18, Decimal(7)).result
    workspace.write("Note", edit, KpiValue, row, {"note": "from the log"})
    workspace.write("Set", set_kpi_value, account, kpi, JUNE_18, Decimal(8))
    (point,) = points(workspace, account)
    assert (point.value, point.note) == (Decimal(8), "from the log")


def test_a_block_of_values_is_one_step(workspace: Workspace, account: str, kpi: str) -> None:
    block = [(kpi, dt.date(2026, month, 1), Decimal(month)) for month in range(1, 13)]
    block[4] = (kpi, dt.date(2026, 5, 1), None)
    assert workspace.write("Paste", set_kpi_values, account, block).result == 12
    assert [point.period.month for point in points(workspace, account)] == [
        *(1, 2, 3, 4),
        *(6, 7, 8, 9, 10, 11, 12),
    ]
    workspace.undo()
    assert points(workspace, account) == ()


def test_what_is_no_number_or_an_endless_one_is_refused_and_changes_nothing(
    workspace: Workspace, account: str, kpi: str
) -> None:
    for number in ("NaN", "-Infinity", "sNaN", "1E+999999", "1E-999999", "9" * 61):
        with pytest.raises(UserError, match="number"):
            workspace.write("Set", set_kpi_value, account, kpi, JUNE_18, Decimal(number))
    assert points(workspace, account) == ()


def test_a_value_of_a_deleted_account_or_kpi_is_refused(
    workspace: Workspace, account: str, kpi: str
) -> None:
    workspace.write("Delete", delete_kpi, kpi)
    with pytest.raises(UserError, match="deleted"):
        workspace.write("Set", set_kpi_value, account, kpi, JUNE_18, Decimal(1))
    workspace.undo()
    workspace.write("Delete", delete_accounts, [account])
    with pytest.raises(UserError, match="deleted"):
        workspace.write("Set", set_kpi_value, account, kpi, JUNE_18, Decimal(1))


def test_a_deleted_kpi_takes_its_values_along_and_undo_brings_them_back(
    workspace: Workspace, account: str, kpi: str
) -> None:
    workspace.write("Set", set_kpi_value, account, kpi, JUNE_18, Decimal(1))
    workspace.write("Delete", delete_kpi, kpi)
    assert workspace.read(account_kpis, account) == []
    assert workspace.read(kpi_catalogue) == []
    workspace.undo()
    assert len(points(workspace, account)) == 1


def test_a_kpi_name_is_used_once_until_it_is_deleted(workspace: Workspace, kpi: str) -> None:
    with pytest.raises(UserError, match="already"):
        workspace.write("KPI", add_kpi, " 週間アクティブ率 ")
    other = workspace.write("KPI", add_kpi, "NPS").result
    with pytest.raises(UserError, match="already"):
        workspace.write("Rename", edit_kpi, other, name="週間アクティブ率")
    workspace.write("Rename", edit_kpi, other, name="NPS", unit="pt")
    workspace.write("Delete", delete_kpi, kpi)
    workspace.write("Rename", edit_kpi, other, name="週間アクティブ率")


def test_kpis_stand_in_the_order_they_were_added(workspace: Workspace) -> None:
    names = ["Z", "あ", "A", "10", "9"]
    for name in names:
        workspace.write("KPI", add_kpi, name)
    assert [row.name for row in workspace.read(kpi_catalogue)] == names


def test_a_kpi_is_monthly_and_better_when_higher_unless_told(workspace: Workspace) -> None:
    workspace.write("KPI", add_kpi, "Logins")
    (row,) = workspace.read(kpi_catalogue)
    assert (row.frequency, row.direction) == (Frequency.MONTHLY, Direction.HIGHER)


def test_values_of_two_accounts_keep_apart(workspace: Workspace, account: str, kpi: str) -> None:
    def add_both(session: Session) -> str:
        other = add_account(session, "Other")
        set_kpi_value(session, other, kpi, JUNE_18, Decimal(2))
        set_kpi_value(session, account, kpi, JUNE_18, Decimal(1))
        return other

    other = workspace.write("Both", add_both).result
    assert [point.value for point in points(workspace, account)] == [Decimal(1)]
    assert [point.value for point in points(workspace, other)] == [Decimal(2)]
