"""Mapping files: what they say, and how what is wrong in them is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from csdesk.errors import UserError
from csdesk.exchange.dates import DateOrder
from csdesk.exchange.fields import Kind
from csdesk.exchange.mapping import (
    CREATED_UNASKED,
    Combine,
    load_mapping,
    parse_mapping,
    shipped_mappings,
)
from csdesk.model.vocabulary import KpiKind

from .conftest import FILES, Desk, counts

FULL = """
kind = "kpi-values"
sheet = "Sheet 1"
header_row = 4
encoding = "cp932"
delimiter = "tab"
date_order = "dmy"
decimal_mark = ","
currency = "usd"
year = 2025
first_month = 4
period_unit = "quarter"
combine = "latest"
create = ["accounts"]
blank = ["-"]
month_columns = "売上 {period}"

[columns]
"店舗" = "account"
"メモ" = ""

[constants]
kpi = "売上"
is_estimate = true

[kpi_columns]
"人数" = "利用者数"

[only]
"区分" = ["直営", "FC"]

[skip]
"状態" = ["閉店"]

[kpis."売上"]
unit = "円"
kind = "money"
"""


def test_every_entry_is_read() -> None:
    mapping = parse_mapping(FULL, "map.toml")

    assert mapping.kind is Kind.KPI_VALUES
    assert (mapping.sheet, mapping.header_row, mapping.encoding) == ("Sheet 1", 4, "cp932")
    assert (mapping.delimiter, mapping.decimal_mark) == ("\t", ",")
    assert mapping.date_order is DateOrder.DAY_FIRST
    assert mapping.currency == "USD"
    assert (mapping.year, mapping.first_month, mapping.counts_quarters) == (2025, 4, True)
    assert mapping.combine is Combine.LATEST
    assert mapping.create == ("accounts",)
    assert mapping.blank == {"-"}
    assert mapping.columns == {"店舗": "account", "メモ": ""}
    assert mapping.constants == {"kpi": "売上", "is_estimate": "true"}
    assert mapping.kpi_columns == {"人数": "利用者数"}
    assert mapping.only == {"区分": {"直営", "FC"}}
    assert mapping.skip == {"状態": {"閉店"}}
    assert mapping.kpis["売上"].kind is KpiKind.MONEY


def test_an_empty_mapping_says_as_it_comes() -> None:
    mapping = parse_mapping("", "map.toml")
    assert mapping.kind is None
    assert mapping.create == CREATED_UNASKED


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('kind = "account"', ("line 1", "kind", "accounts")),
        ('\nkined = "accounts"', ("line 2", "kined", "Did you mean kind")),
        ("kind = 5", ("line 1", "quotation marks")),
        ("header_row = -1", ("line 1", "whole number")),
        ('header_row = "4"', ("line 1", "whole number")),
        ("header_row = true", ("line 1", "whole number")),
        ("optional_columns = 1", ("optional_columns", "true or false")),
        ('delimiter = "/"', ("delimiter", "semicolon")),
        ('date_order = "ydm"', ("date_order", "mdy")),
        ('decimal_mark = ";"', ("decimal_mark",)),
        ('currency = "Yen"', ("currency", "ISO")),
        ('combine = "add"', ("combine", "sum")),
        ('create = "accounts"', ("create", "list")),
        ('create = ["plans"]', ("create", "plans", "kpis")),
        ("columns = 5", ("columns", "[columns]")),
        ('[columns]\n\n"店舗" = "acount"', ("line 3", "店舗", "Did you mean account")),
        ('[columns]\n"店舗" = 5', ("line 2", "quotation marks")),
        ('kind = "members"\n[columns]\n"x" = "industry"', ("line 3", "industry")),
        ('[constants]\nkpii = "x"', ("line 2", "Did you mean kpi")),
        ("[constants]\nkpi = [1]", ("line 2", "single value")),
        ('[only]\n"x" = "y"', ("line 2", "list")),
        ('month_columns = "売上"', ("month_columns", "{period}")),
        ('[kpis]\n"売上" = "円"', ("売上", "section")),
        ('[kpis."売上"]\nunti = "円"', ("unti", "Did you mean unit")),
        ('[kpis."売上"]\nkind = "yen"', ("kind", "money")),
        ('kind = "accounts', ("TOML", "line 1")),
        ("[columns\n", ("TOML", "line 1")),
        ('kind = "a"\nkind = "b"', ("TOML", "line 2")),
    ],
)
def test_a_wrong_entry_is_named_with_its_line_and_what_would_be_right(
    text: str, says: tuple[str, ...]
) -> None:
    with pytest.raises(UserError) as caught:
        parse_mapping(text, "map.toml")

    message = str(caught.value)
    assert all(part in message for part in ("map.toml", *says)), message


def test_mappings_come_with_the_program_and_are_found_by_name() -> None:
    assert {"hubspot", "salesforce"} <= set(shipped_mappings())
    for name in shipped_mappings():
        assert load_mapping(name).kind is not None


def test_every_mapping_file_of_the_tests_is_valid() -> None:
    for path in FILES.glob("*.toml"):
        assert load_mapping(str(path)).kind is not None


def test_a_missing_mapping_file_names_those_that_are_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="hubspot, salesforce"):
        load_mapping(str(tmp_path / "nowhere.toml"))


def test_a_mapping_file_in_another_encoding_is_a_plain_message(tmp_path: Path) -> None:
    path = tmp_path / "map.toml"
    path.write_bytes('[columns]\n"店舗" = "name"'.encode("cp932"))
    with pytest.raises(UserError, match="UTF-8"):
        load_mapping(str(path))


def test_a_mapped_column_goes_before_a_recognised_one(desk: Desk) -> None:
    desk.take("name,title\nAcme,Acme Limited\n", "accounts", '[columns]\n"title" = "name"\n')
    assert desk.names("account") == ["Acme Limited"]


def test_a_column_can_be_left_out(desk: Desk) -> None:
    report = desk.take("name,industry\nAcme,Retail\n", "", '[columns]\n"industry" = ""\n')
    assert desk.rows("account")[0]["industry"] is None
    assert report.tables[0].unknown_columns == ()


def test_two_columns_that_claim_one_field_are_not_guessed_between(desk: Desk) -> None:
    with pytest.raises(UserError, match=r"A \(name\) and B \(Company\)"):
        desk.source("name,Company\nAcme,Acme Ltd\n", "accounts")


def test_two_columns_of_one_name_cannot_be_mapped(desk: Desk) -> None:
    with pytest.raises(UserError, match="several columns"):
        desk.source("note,note,name\n1,2,Acme\n", "accounts", '[columns]\n"note" = "industry"\n')


def test_columns_the_mapping_names_and_the_table_lacks_are_listed(desk: Desk) -> None:
    report = desk.take(
        "name\nAcme\n", "accounts", '[columns]\n"name" = "name"\n"Branche" = "industry"\n'
    )
    assert report.tables[0].missing_columns == ("Branche",)


def test_a_mapping_can_pass_over_columns_a_table_lacks(desk: Desk) -> None:
    mapping = 'optional_columns = true\n[columns]\n"name" = "name"\n"Branche" = "industry"\n'
    assert desk.take("name\nAcme\n", "accounts", mapping).tables[0].missing_columns == ()


def test_a_table_that_lacks_what_every_row_needs_is_refused_naming_it(desk: Desk) -> None:
    with pytest.raises(UserError) as caught:
        desk.source("industry,region\nRetail,West\n", "accounts")
    assert "Account name" in caught.value.message
    assert "industry, region" in caught.value.message


def test_rows_cannot_be_chosen_by_a_column_that_is_not_there(desk: Desk) -> None:
    with pytest.raises(UserError, match="land"):
        desk.source("name\nAcme\n", "accounts", '[only]\nland = ["JP"]\n')


def test_a_table_without_a_header_is_read_by_column_letters(desk: Desk) -> None:
    report = desk.take(
        "Acme,Retail\nBeta,Food\n",
        "accounts",
        'header_row = 0\n[columns]\n"A" = "name"\n"B" = "industry"\n',
    )
    assert counts(report) == {"added": 2}
    assert desk.names("account", "industry") == ["Food", "Retail"]
