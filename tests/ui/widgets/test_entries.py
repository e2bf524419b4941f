"""What is typed into a cell is read as its column means it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from csdesk.errors import UserError
from ui.widgets.entries import LONGEST, Entry, EntryKind


@dataclass(frozen=True)
class Row:
    """A price and a text."""

    amount: int | None = 12345
    currency: str = "USD"
    text: str = ""


PRICE: Entry[Row] = Entry(
    "amount",
    EntryKind.PRICE,
    lambda row: None if row.amount is None else (row.amount, row.currency),
    currency=lambda row: row.currency,
)
NOTE: Entry[Row] = Entry("text", EntryKind.NOTE, lambda row: row.text)


def test_a_price_is_shown_as_one_types_it_and_read_with_its_currency() -> None:
    assert PRICE.typed(Row()) == "123.45"
    assert PRICE.typed(Row(amount=None)) == ""
    assert PRICE.read(Row(), "99") == (9900, "USD")
    assert PRICE.read(Row(), "5,000円") == (5000, "JPY")
    assert PRICE.read(Row(), " ") is None


def test_the_field_of_an_amount_alone_holds_nothing_in_another_currency() -> None:
    assert PRICE.read_field(Row(), "99") == 9900
    assert PRICE.read_field(Row(), "") is None
    with pytest.raises(UserError, match="another currency"):
        PRICE.read_field(Row(), "5,000円")


@pytest.mark.parametrize(
    ("text", "is_beside"),
    [("", False), ("short", False), ("x" * LONGEST, False), ("x" * 81, True), ("a\nb", True)],
)
def test_a_text_that_outgrows_its_cell_is_written_beside_the_table(
    text: str, is_beside: bool
) -> None:
    assert NOTE.is_beside(Row(text=text)) is is_beside
    assert PRICE.is_beside(Row(text=text)) is False
