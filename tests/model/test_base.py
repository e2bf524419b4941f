"""What columns keep: instants in UTC, exact numbers, terms of newer versions as they are."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from csdesk.model.base import (
    Choice,
    Exact,
    Instant,
    columns_of,
    entity_records,
    entity_table,
    exact_number,
    exact_storage,
    instant_text,
)
from csdesk.model.records import Account
from csdesk.model.vocabulary import Phase

DIALECT = sqlite.dialect()
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, places=6) | st.integers().map(Decimal)


@given(DECIMALS)
def test_a_number_comes_back_exactly(number: Decimal) -> None:
    stored = exact_storage(number)
    assert not isinstance(stored, float)
    assert exact_number(stored) == number


@given(DECIMALS, st.integers(0, 5))
def test_equal_numbers_are_stored_alike(number: Decimal, zeros: int) -> None:
    """Else writing the same value again would look like a change."""
    text = format(number, "f")
    padded = Decimal(f"{text}{'' if '.' in text else '.'}{'0' * zeros}")
    assert exact_storage(padded) == exact_storage(number)
    assert type(exact_storage(padded)) is type(exact_storage(number))


@pytest.mark.parametrize(
    ("number", "stored"),
    [
        ("0", 0),
        ("-0", 0),
        ("1.50", "1.5"),
        ("1E+3", 1000),
        ("0.1", "0.1"),
        ("9223372036854775807", 2**63 - 1),
        ("9223372036854775808", "9223372036854775808"),
    ],
)
def test_numbers_are_stored_short_and_readable(number: str, stored: int | str) -> None:
    assert exact_storage(Decimal(number)) == stored


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_not_kept(number: str) -> None:
    with pytest.raises(ValueError, match="not a finite number"):
        Exact().process_bind_param(Decimal(number), DIALECT)


@given(st.datetimes(timezones=st.timezones()))
def test_an_instant_comes_back_to_the_millisecond(instant: dt.datetime) -> None:
    try:
        written = instant_text(instant)
    except OverflowError:
        return  # before the year 1 in UTC
    read = Instant().process_result_value(written, DIALECT)
    assert read is not None
    assert abs(read - instant) < dt.timedelta(milliseconds=1)
    assert read.tzinfo == dt.UTC


@given(st.lists(st.datetimes(min_value=dt.datetime.fromisoformat("1000-01-01")), min_size=2))
def test_instants_sort_by_time_as_text(instants: list[dt.datetime]) -> None:
    texts = [instant_text(instant.replace(tzinfo=dt.UTC)) for instant in instants]
    shortened = [
        instant.replace(microsecond=instant.microsecond // 1000 * 1000) for instant in instants
    ]
    assert sorted(texts) == [
        instant_text(instant.replace(tzinfo=dt.UTC)) for instant in sorted(shortened)
    ]


def test_an_instant_without_a_time_zone_is_a_bug() -> None:
    with pytest.raises(ValueError, match="time zone"):
        instant_text(dt.datetime.fromisoformat("2026-11-22T12:00:00"))


def test_a_term_of_a_newer_version_stays_what_it_is() -> None:
    column = Choice(Phase)
    assert column.process_result_value("adoption", DIALECT) is Phase.ADOPTION
    assert column.process_result_value("levitation", DIALECT) == "levitation"
    assert column.process_bind_param("levitation", DIALECT) == "levitation"
    assert column.process_result_value(None, DIALECT) is None


def test_entities_are_found_by_name() -> None:
    assert entity_records()["account"] is Account
    assert entity_table("account") is Account.__table__
    assert [column.name for column in columns_of("account")][:2] == ["id", "deleted_at"]
    with pytest.raises(KeyError):
        entity_table("nonsense")
