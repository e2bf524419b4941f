"""Single cells as customers fill them in: days, statuses, numbers."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from csdesk.errors import UserError
from csdesk.exchange.dates import DateOrder
from csdesk.exchange.tables import Cell, Unreadable, header_key
from csdesk.exchange.workbook.answers import DayReader, read_comment, read_status, read_value

SENT, RECEIVED = dt.date(2025, 10, 15), dt.date(2025, 11, 20)
DAYS = DayReader(SENT, RECEIVED)


@pytest.mark.parametrize(
    ("cell", "due", "done"),
    [
        (dt.date(2025, 12, 5), "2025-12-05", "2025-12-05"),
        (dt.datetime(2025, 12, 5, 9, 30, tzinfo=dt.UTC), "2025-12-05", "2025-12-05"),
        ("2025-12-05", "2025-12-05", "2025-12-05"),
        ("２０２５年１２月５日", "2025-12-05", "2025-12-05"),
        ("2025/12/5(金)", "2025-12-05", "2025-12-05"),
        ("令和7年12月5日", "2025-12-05", "2025-12-05"),
        ("R7.12.5", "2025-12-05", "2025-12-05"),
        ("5 Dec 2025", "2025-12-05", "2025-12-05"),
        ("December 5, 2025", "2025-12-05", "2025-12-05"),
        ("20251205", "2025-12-05", "2025-12-05"),
        (Decimal(45996), "2025-12-05", "2025-12-05"),
        ("12/25/2025", "2025-12-25", "2025-12-25"),
        ("12/5", "2025-12-05", "2024-12-05"),
        ("１２／５", "2025-12-05", "2024-12-05"),
        ("12月5日（金）", "2025-12-05", "2024-12-05"),
        ("10.3", "2025-10-03", "2025-10-03"),
        ("9/1", "2026-09-01", "2025-09-01"),
        ("11/18", "2025-11-18", "2025-11-18"),
        ("Dec 5", "2025-12-05", "2024-12-05"),
        ("5th Dec.", "2025-12-05", "2024-12-05"),
        ("2/29", "2028-02-29", "2024-02-29"),
        (None, None, None),
        ("　", None, None),
    ],
)
def test_days_are_read_as_people_write_them(cell: Cell, due: str | None, done: str | None) -> None:
    assert DAYS.day(cell) == (dt.date.fromisoformat(due) if due else None)
    assert DAYS.day(cell, is_past=True) == (dt.date.fromisoformat(done) if done else None)


def test_the_column_tells_which_of_day_and_month_comes_first() -> None:
    reader = DayReader(SENT, RECEIVED, DateOrder.DAY_FIRST)
    assert reader.day("05/12/2025") == dt.date(2025, 12, 5)
    assert reader.day("5/12") == dt.date(2025, 12, 5)
    assert reader.day("12月5日") == dt.date(2025, 12, 5)
    with pytest.raises(UserError, match="can be 2025-05-12 or 2025-12-05"):
        DAYS.day("05/12/2025")


@pytest.mark.parametrize(
    "cell",
    [
        "明日",
        "来週金曜",
        "+2w",
        "tomorrow",
        "5日",
        "未定",
        "13/32",
        "2025-13-01",
        "TBD",
        True,
        "1.2.3",
    ],
)
def test_what_is_no_day_or_depends_on_when_it_was_typed_is_refused(cell: Cell) -> None:
    with pytest.raises(UserError) as caught:
        DAYS.day(cell)
    assert "mapping" not in str(caught.value)


OFFERED = {
    header_key("Waiting for Acme, Ltd."): "waiting_customer",
    header_key("アクメの回答待ち"): "waiting_customer",
}


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("完了", "done"),
        ("ＤＯＮＥ", "done"),
        ("Done ", "done"),
        ("済み", "done"),
        ("✓", "done"),
        ("完了しました", "done"),
        ("closed", "done"),
        ("進行中", "in_progress"),
        ("in-progress", "in_progress"),
        ("対応中", "in_progress"),
        ("to do", "open"),
        ("未着手", "open"),
        ("Not started", "open"),
        ("on hold", "deferred"),
        ("保留", "deferred"),
        ("キャンセル", "canceled"),
        ("waiting for  ACME, ltd", "waiting_customer"),
        ("アクメ の 回答待ち", "waiting_customer"),
        ("waiting_internal", "waiting_internal"),
        (None, ""),
        ("  ", ""),
    ],
)
def test_statuses_are_read_in_either_language_and_any_width(cell: Cell, status: str) -> None:
    assert read_status(cell, OFFERED) == status


@pytest.mark.parametrize("cell", ["maybe", Decimal(1), True, Unreadable("An error."), "完了予定"])
def test_what_is_no_status_is_refused(cell: Cell) -> None:
    with pytest.raises(UserError):
        read_status(cell, OFFERED)


@pytest.mark.parametrize(
    ("cell", "unit", "value"),
    [
        (Decimal("74.8"), "%", "74.8"),
        ("74.8%", "%", "74.8"),
        ("７４．８％", "％", "74.8"),
        ("1,234件", "件", "1234"),
        ("約", "", None),
        ("12.5 h", "h", "12.5"),
        ("12.5 H", "h", "12.5"),
        ("27.5時間", "時間", "27.5"),
        ("¥4,731万", "円", "47310000"),
        ("47,310,000円", "円", "47310000"),
        ("$473,100", "$", "473100"),
        ("△5", "", "-5"),
        ("(5)", "点", "-5"),
        ("１，２３４", "", "1234"),
    ],
)
def test_values_are_read_with_their_unit(cell: Cell, unit: str, value: str | None) -> None:
    if value is None:
        with pytest.raises(UserError):
            read_value(cell, unit)
    else:
        assert read_value(cell, unit) == Decimal(value)


@pytest.mark.parametrize(
    ("cell", "unit"),
    [
        ("12%", "時間"),
        ("5 days", "h"),
        ("7,5", "h"),
        (Unreadable("x"), ""),
        (True, ""),
        ("1e999", ""),
    ],
)
def test_values_that_could_mean_two_things_are_refused(cell: Cell, unit: str) -> None:
    with pytest.raises(UserError) as caught:
        read_value(cell, unit)
    assert "mapping" not in str(caught.value)


def test_a_comment_keeps_its_lines_and_loses_blank_ones() -> None:
    assert read_comment("  一行目 \r\n\r\n二行目\n") == "一行目\n二行目"
    assert read_comment(Decimal("12.5")) == "12.5"
