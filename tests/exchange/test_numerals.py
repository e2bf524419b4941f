"""Numbers and money as spreadsheets show them, read exactly or refused."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdesk.errors import UserError
from csdesk.exchange.numerals import Number, read_minor_units, read_number, read_whole
from csdesk.exchange.tables import Cell, Unreadable


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234", "1234"),
        ("1,234.5", "1234.5"),
        ("1 234", "1234"),
        ("1\u00a0234", "1234"),
        ("1\u202f234\u202f567", "1234567"),
        ("1'234", "1234"),
        ("１２３４", "1234"),
        ("１，２３４．５", "1234.5"),
        ("-5", "-5"),
        ("−5", "-5"),
        ("－５", "-5"),
        ("△5", "-5"),
        ("▲5", "-5"),
        ("▲ 1,234", "-1234"),
        ("(1,234)", "-1234"),
        ("（１，２３４）", "-1234"),
        ("+5", "5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("0.10", "0.10"),
        ("3.5万", "35000"),
        ("1億2,000万", "120000000"),
        ("1億 2,000万", "120000000"),
        ("1万2千", "12000"),
        ("1兆", "1000000000000"),
        ("2億5", "200000005"),
        ("1.5E+06", "1500000"),
        ("1e-3", "0.001"),
        ("  42  ", "42"),
    ],
)
def test_a_number_is_read_as_people_write_it(text: str, value: str) -> None:
    assert read_number(text) == Number(Decimal(value))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12%", Number(Decimal(12), is_percent=True)),
        ("１２．５％", Number(Decimal("12.5"), is_percent=True)),
        ("-3 %", Number(Decimal(-3), is_percent=True)),
        ("¥1,234", Number(Decimal(1234), currency="JPY")),
        ("￥1,234", Number(Decimal(1234), currency="JPY")),
        ("1,234円", Number(Decimal(1234), currency="JPY")),
        ("120万円", Number(Decimal(1200000), currency="JPY")),
        ("-¥5", Number(Decimal(-5), currency="JPY")),
        ("¥-5", Number(Decimal(-5), currency="JPY")),
        ("▲¥5", Number(Decimal(-5), currency="JPY")),
        ("€1,234.50", Number(Decimal("1234.50"), currency="EUR")),
        ("1234.50 EUR", Number(Decimal("1234.50"), currency="EUR")),
        ("USD 12", Number(Decimal(12), currency="USD")),
        ("US$12", Number(Decimal(12), currency="USD")),
        ("$12", Number(Decimal(12), currency="$")),
        ("($12)", Number(Decimal(-12), currency="$")),
        ("$(12)", Number(Decimal(-12), currency="$")),
    ],
)
def test_signs_of_percent_and_money_are_kept_apart_from_the_value(
    text: str, number: Number
) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "abc",
        "1,23",
        "12,34",
        "1,2345",
        "1,234,56",
        "1.2.3",
        "1.234,5",
        "--5",
        "+-5",
        "(-5)",
        "5-",
        "1 23",
        "12 34",
        "1万1億",
        "万",
        "5万5万",
        "¥",
        "%",
        "¥5円",
        "ABC 5",
        "NaN",
        "Infinity",
        "1e999",
        "10²",
        "1,234¹",
        "½",
        "1/2",
        "0x10",
        "1_000",
        "9" * 25,
        "1." + "0" * 24 + "1",
        "１,２３",
        "-",
        "−",
        "N/A",
        "5 apples",
        "\x075",
        "٣,",
        "1,234,",
        ",123",
        "1.⓵",
        "1.𐩀",
    ],
)
def test_what_is_no_number_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(UserError) as caught:
        read_number(text)
    assert "“" in caught.value.message


def test_a_decimal_comma_counts_only_when_it_was_declared() -> None:
    assert read_number("1.234,5", ",") == Number(Decimal("1234.5"))
    assert read_number("0,5", ",") == Number(Decimal("0.5"))
    assert read_number("1.234", ",") == Number(Decimal(1234))
    with pytest.raises(UserError, match="1,5") as caught:
        read_number("1,5")
    assert "decimal_mark" in caught.value.advice
    with pytest.raises(UserError):
        read_number("1,234.5", ",")


@pytest.mark.parametrize("cell", [None, "", "  ", "　"])
def test_a_blank_cell_is_no_number(cell: Cell) -> None:
    assert read_number(cell) is None
    assert read_whole(cell) is None
    assert read_minor_units(cell, "JPY") is None


@pytest.mark.parametrize("cell", [True, Unreadable("a formula without a result")])
def test_a_cell_that_holds_no_number_is_refused(cell: Cell) -> None:
    with pytest.raises(UserError):
        read_number(cell)


def test_whole_numbers_have_no_decimals_percent_or_currency() -> None:
    assert read_whole("1,234") == 1234
    assert read_whole(Decimal("50.0")) == 50
    for text in ("1.5", "50%", "¥50"):
        with pytest.raises(UserError, match="whole number"):
            read_whole(text)


@pytest.mark.parametrize(
    ("text", "currency", "minor", "code"),
    [
        ("1,234", "JPY", 1234, "JPY"),
        ("¥1,234", "", 1234, "JPY"),
        ("120万円", "JPY", 1200000, "JPY"),
        ("$12.34", "USD", 1234, "USD"),
        ("$12.3", "AUD", 1230, "AUD"),
        ("12.345", "KWD", 12345, "KWD"),
        ("€0.10", "", 10, "EUR"),
        ("¥12.50", "CNY", 1250, "CNY"),
        ("0.07", "USD", 7, "USD"),
        ("1.10", "USD", 110, "USD"),
        ("100.0", "JPY", 100, "JPY"),
    ],
)
def test_money_becomes_minor_units_exactly(text: str, currency: str, minor: int, code: str) -> None:
    assert read_minor_units(text, currency) == (minor, code)


@pytest.mark.parametrize(
    ("text", "currency", "reason"),
    [
        ("12.5", "JPY", "more decimals"),
        ("12.345", "USD", "more decimals"),
        ("12", "", "not known"),
        ("$12", "", "not known"),
        ("€12", "JPY", "not in JPY"),
        ("12円", "CNY", "not in CNY"),
        ("12%", "JPY", "not a number"),
    ],
)
def test_money_that_does_not_fit_its_currency_is_refused(
    text: str, currency: str, reason: str
) -> None:
    with pytest.raises(UserError, match=reason):
        read_minor_units(text, currency)


values = st.decimals(
    min_value=-(10**15), max_value=10**15, allow_nan=False, allow_infinity=False, places=4
)


@given(values)
def test_every_number_reads_back_from_every_way_of_writing_it(value: Decimal) -> None:
    plain = format(value, "f")
    size = format(abs(value), ",f")
    sign = "-" if value < 0 else ""
    for text in (
        plain,
        format(value, ",f"),
        plain.translate(str.maketrans("0123456789.-", "０１２３４５６７８９．－")),
        f"{sign}{size.replace(',', ' ')}",
        f"¥{plain}",
        f"({size})" if value < 0 else size,
        f"△{size}" if value < 0 else size,
    ):
        number = read_number(text)
        assert number is not None
        assert number.value == value
    swapped = format(value, ",f").translate(str.maketrans(".,", ",."))
    number = read_number(swapped, ",")
    assert number is not None
    assert number.value == value


@given(st.integers(-(10**14), 10**14), st.sampled_from(["JPY", "USD", "KWD"]))
def test_money_reads_back_to_the_last_unit(minor: int, currency: str) -> None:
    digits = {"JPY": 0, "USD": 2, "KWD": 3}[currency]
    text = format(Decimal(minor).scaleb(-digits), ",f")
    assert read_minor_units(text, currency) == (minor, currency)


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_a_plain_message(text: str) -> None:
    with suppress(UserError):
        number = read_number(text)
        assert number is None or number.value.is_finite()
