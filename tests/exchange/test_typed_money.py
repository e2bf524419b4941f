"""Amounts are read as one types them, in the currency one means."""

from __future__ import annotations

import pytest

from csdesk.errors import UserError
from csdesk.exchange.typed_money import typed_price

EXAMPLES = [
    ("1,200,000", "JPY", (1200000, "JPY")),
    ("1,200.50", "USD", (120050, "USD")),
    ("$5,000", "JPY", (500000, "USD")),
    ("$5,000", "AUD", (500000, "AUD")),
    ("US$5,000", "JPY", (500000, "USD")),
    ("€ 99.90", "JPY", (9990, "EUR")),
    ("¥500", "USD", (500, "JPY")),
    ("￥５００", "USD", (500, "JPY")),
    ("¥500", "CNY", (50000, "CNY")),
    ("500円", "CNY", (500, "JPY")),
    ("500万", "JPY", (5000000, "JPY")),
    ("1億2千万円", "USD", (120000000, "JPY")),
    ("1.200,50 €", "USD", (120050, "EUR")),
    ("1.200.000,5", "EUR", (120000050, "EUR")),
    ("1億2,000万円", "USD", (120000000, "JPY")),
    ("120k", "USD", (12000000, "USD")),
    ("120K USD", "JPY", (12000000, "USD")),
    ("$1.2M", "JPY", (120000000, "USD")),
    ("1.2 m", "JPY", (1200000, "JPY")),
    ("１２０ｋ", "JPY", (120000, "JPY")),
    ("EUR 3.5k", "JPY", (350000, "EUR")),
    ("-300", "JPY", (-300, "JPY")),
    ("", "JPY", None),
    ("  ", "JPY", None),
]


@pytest.mark.parametrize(("text", "currency", "expected"), EXAMPLES)
def test_an_amount_is_read_as_typed(
    text: str, currency: str, expected: tuple[int, str] | None
) -> None:
    assert typed_price(text, currency) == expected


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("0.5", "JPY"),
        ("1.234", "USD"),
        ("12%", "JPY"),
        ("much", "JPY"),
        ("k", "JPY"),
        ("5kk", "USD"),
    ],
)
def test_what_is_no_amount_is_refused(text: str, currency: str) -> None:
    with pytest.raises(UserError):
        typed_price(text, currency)
