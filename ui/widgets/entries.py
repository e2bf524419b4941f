"""How the cells of a table are edited: what is typed or chosen, and how it is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, TypeVar

from csdesk.errors import UserError
from csdesk.exchange.numerals import read_minor_units, read_whole
from csdesk.exchange.typed_money import typed_price
from csdesk.i18n import _, current, minor_digits
from csdesk.model.vocabulary import Term

LONGEST = 80
"""Characters from which a text is written beside the table rather than in its cell."""

Row_contra = TypeVar("Row_contra", contravariant=True)


class EntryKind(StrEnum):
    """What is typed into a cell."""

    TEXT = "text"
    DAY = "day"
    CHOICE = "choice"
    NAME = "name"
    """One of some people, by their ids."""
    FLAG = "flag"
    WHOLE = "whole"
    MONEY = "money"
    PRICE = "price"
    """Money that may be typed in another currency; its value is the amount with its currency."""
    NOTE = "note"
    """A text that may outgrow a cell: one of several lines is written beside the table."""


@dataclass(frozen=True, slots=True)
class Entry(Generic[Row_contra]):
    """How the cells of a column are edited: their field, kind, and the value of a row.

    Money is in minor units of the currency that `currency` gives of the row. `choices` gives the
    ids and names that can be chosen for a row, `none` what stands for nobody.
    """

    field: str
    kind: EntryKind
    value: Callable[[Row_contra], Any]
    vocabulary: type[Term] | None = None
    currency: Callable[[Row_contra], str] | None = None
    choices: Callable[[Row_contra], Sequence[tuple[str, str]]] | None = None
    none: str = ""

    def read(self, row: Row_contra, typed: str) -> Any:
        """Return the value of what was typed. Raises UserError where it cannot be read."""
        if self.kind is EntryKind.WHOLE:
            return read_whole(typed)
        if self.kind is EntryKind.MONEY:
            money = read_minor_units(typed, self._currency(row))
            return money[0] if money else None
        if self.kind is EntryKind.PRICE:
            return typed_price(typed, self._currency(row))
        return typed.strip()

    def read_field(self, row: Row_contra, typed: str) -> Any:
        """Return what the field alone would hold of what was typed.

        Raises UserError where it cannot be read, or needs another field beside it: an amount in
        another currency.
        """
        value = self.read(row, typed)
        if self.kind is not EntryKind.PRICE or value is None:
            return value
        amount, currency = value
        if currency != self._currency(row):
            raise UserError(
                _("“{text}” is in another currency.").format(text=typed.strip()),
                _("Type it once more."),
            )
        return amount

    def typed(self, row: Row_contra) -> str:
        """Return a row's value as one would type it."""
        value = self.value(row)
        if self.kind is EntryKind.PRICE and value is not None:
            value = value[0]
        if value is None:
            return ""
        if self.kind in (EntryKind.MONEY, EntryKind.PRICE):
            digits = minor_digits(self._currency(row))
            return current().number(Decimal(value).scaleb(-digits))
        return str(value)

    def is_beside(self, row: Row_contra) -> bool:
        """Tell whether the text of a row is too long to be edited in its cell."""
        if self.kind is not EntryKind.NOTE:
            return False
        text = str(self.value(row) or "")
        return len(text) > LONGEST or "\n" in text

    def _currency(self, row: Row_contra) -> str:
        return self.currency(row) if self.currency else ""
