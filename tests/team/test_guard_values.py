"""What the guard takes for a value is what Python reads, and all that the program writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdesk.model.base import exact_number, exact_storage, instant_text
from csdesk.store.driver import RawConnection, connect
from csdesk.team.guard_values import is_day, is_exact, is_instant

DAYS = st.dates()
MOMENTS = st.timedeltas(dt.timedelta(0), dt.timedelta(days=3_652_000)).map(
    lambda since: dt.datetime(1, 1, 3, tzinfo=dt.UTC) + since
)
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**60), max_value=10**60)
SIGNS = st.text("0123456789-+:.TZ eE_\0\u0660", max_size=26)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> RawConnection:
    return connect(tmp_path_factory.mktemp("values") / "empty.db")


def takes(database: RawConnection, test: Callable[[str], str], value: Any) -> bool:
    return bool(database.execute(f"SELECT {test(':v')}", {"v": value}).fetchone()[0])


@given(DAYS)
def test_every_day_is_one(database: RawConnection, day: dt.date) -> None:
    assert takes(database, is_day, day.isoformat())


@given(MOMENTS)
def test_every_moment_is_one(database: RawConnection, moment: dt.datetime) -> None:
    assert takes(database, is_instant, instant_text(moment))


@given(NUMBERS | st.integers(-(2**70), 2**70).map(Decimal))
def test_every_number_is_one(database: RawConnection, number: Decimal) -> None:
    assert takes(database, is_exact, exact_storage(number))


def near(written: str, place: int, sign: str) -> str:
    """Change one letter, or add it at the end."""
    return written[:place] + sign + written[place + 1 :]


ONE_SIGN = st.sampled_from("0123456789-+:.TZ eE\0")
ODD_DAYS = SIGNS | st.builds(near, DAYS.map(str), st.integers(0, 10), ONE_SIGN)
ODD_MOMENTS = SIGNS | st.builds(near, MOMENTS.map(instant_text), st.integers(0, 24), ONE_SIGN)
ODD_NUMBERS = SIGNS | st.builds(
    near, NUMBERS.map(lambda number: str(exact_storage(number))), st.integers(0, 40), ONE_SIGN
)


@given(ODD_DAYS)
def test_what_is_taken_for_a_day_is_read_as_one(database: RawConnection, text: str) -> None:
    if takes(database, is_day, text):
        assert dt.date.fromisoformat(text).isoformat() == text


@given(ODD_MOMENTS)
def test_what_is_taken_for_a_moment_is_read_as_one(database: RawConnection, text: str) -> None:
    if takes(database, is_instant, text):
        read = dt.datetime.fromisoformat(text)
        assert instant_text(read) == text
        for hours in (-14, 14):
            assert read.astimezone(dt.timezone(dt.timedelta(hours=hours)))


@given(ODD_NUMBERS)
def test_what_is_taken_for_a_number_is_read_as_one(database: RawConnection, text: str) -> None:
    if takes(database, is_exact, text):
        assert exact_number(text).is_finite()


@pytest.mark.parametrize("value", [None, 1.5, b"1", b"2026-01-01", 20260101])
def test_other_types_are_no_days(database: RawConnection, value: Any) -> None:
    assert not takes(database, is_day, value)
    assert not takes(database, is_instant, value)
