"""What a person types, read by the kind of its field; values written for her."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from csdesk.cli.field_text import (
    entity_named,
    field_named,
    money_text,
    percent_text,
    read_instant,
    read_moment,
    split_assignment,
)
from csdesk.errors import UserError
from csdesk.i18n import use_language
from csdesk.model.base import entity_records


@pytest.mark.parametrize(
    ("word", "entity"),
    [
        ("account", "account"),
        ("Accounts", "account"),
        ("顧客", "account"),
        ("kpi-value", "kpi_value"),
        ("KPI values", "kpi_value"),
        ("実績値", "kpi_value"),
        ("opportunities", "opportunity"),
        ("enquiries", "enquiry"),
        ("action item", "action"),
        ("アクション", "action"),
    ],
)
def test_an_entity_goes_by_its_code_plural_or_label(word: str, entity: str) -> None:
    assert entity_named(word, list(entity_records())) == entity


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("owner", "owner_id"),
        ("owner_id", "owner_id"),
        ("Sales owner", "sales_owner_id"),
        ("営業担当者", "sales_owner_id"),
        ("go-live on", "go_live_on"),
    ],
)
def test_a_field_goes_by_its_code_or_label(word: str, name: str) -> None:
    assert field_named("account", word).name == name


def test_a_value_may_hold_equals_signs() -> None:
    assert split_assignment("org_notes= a=b ") == ("org_notes", " a=b ")
    for text in ("name", "=x", " = "):
        with pytest.raises(UserError, match="does not say"):
            split_assignment(text)


def test_instants_are_local_unless_they_say_otherwise() -> None:
    noon = dt.datetime(2026, 3, 31, 12, tzinfo=dt.UTC)
    assert read_instant("2026-03-31 21:00+09:00") == noon
    assert read_instant("2026/03/31 12:00Z") == noon
    local = read_instant("2026-03-31T12:00")
    assert local.astimezone().replace(tzinfo=None).isoformat() == "2026-03-31T12:00:00"
    with pytest.raises(UserError, match="not a date with a time"):
        read_instant("tomorrow")


def test_money_and_shares_are_written_for_a_reader() -> None:
    assert money_text(123450, "USD") == "$1,234.50"
    assert percent_text(Decimal("0.426")) == "43 %"
    assert percent_text(Decimal("-0.1")) == "−10 %"
    assert percent_text(None) == ""
    use_language("ja")
    assert money_text(1234, None) == "¥1,234"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2025-11-20 14:00", "2025-11-20T14:00:00"),
        ("2025/11/20 9:05:07", "2025-11-20T09:05:07"),
        ("2025年11月20日 9:05", "2025-11-20T09:05:00"),
        ("20 November 2025 9:05", "2025-11-20T09:05:00"),
        ("R7.11.20", "2025-11-20T23:59:59.999"),
        (" 2025-11-20 ", "2025-11-20T23:59:59.999"),
    ],
)
def test_a_moment_is_read_in_local_time_and_a_day_means_its_end(typed: str, meant: str) -> None:
    assert read_moment(typed) == dt.datetime.fromisoformat(meant).astimezone()


def test_a_moment_may_be_an_instant_or_a_word() -> None:
    assert read_moment("2025-11-20T14:00:00Z") == dt.datetime(2025, 11, 20, 14, tzinfo=dt.UTC)
    assert read_moment("2025-11-20T14:00+09:00") == dt.datetime(2025, 11, 20, 5, tzinfo=dt.UTC)
    yesterday = dt.datetime.now().astimezone().date() - dt.timedelta(days=1)
    assert read_moment("yesterday 9:00").astimezone().date() == yesterday
    assert read_moment("昨日").astimezone().date() == yesterday
