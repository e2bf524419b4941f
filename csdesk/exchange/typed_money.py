"""An amount as one types it beside a currency: the amount's own sign wins, k and M are short."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from csdesk.errors import UserError
from csdesk.exchange.numerals import read_minor_units, read_number
from csdesk.i18n import _

_FACTORS = {"k": Decimal(1000), "m": Decimal(1_000_000)}
_SHORT = re.compile(
    r"^(?P<before>.*\d[\d.,' ]*)(?P<unit>[kKmM])(?P<after>\s*(?:円|[¥$€£₩]|[A-Z]{3})?)\s*$"
)
_COMMA_LAST = re.compile(r"^[^.,]*\d{1,3}(?:\.\d{3})+,\d+[^.,]*$")
"""Points between thousands before one comma can be read in one way alone: 1.200,50."""


def typed_price(text: str, currency: str) -> tuple[int, str] | None:
    """Read an amount in minor units with its currency; None for a blank text.

    `currency` counts where the text names none. Takes what spreadsheets show, and 120k, $1.2M,
    500万円 or 1.200,50 €; a lone $ is a dollar of `currency`, else the US one. Raises UserError
    where it is no amount, or has more decimals than its currency.
    """
    short = _SHORT.match(unicodedata.normalize("NFKC", text))
    factor = _FACTORS[short["unit"].lower()] if short else Decimal(1)
    mark = "," if _COMMA_LAST.match(unicodedata.normalize("NFKC", text)) else "."
    try:
        number = read_number(short["before"] + short["after"] if short else text, mark)
    except UserError as error:
        # What is said there of a mapping file helps nobody who is typing.
        raise UserError(error.message, _("Type a number such as 1,200,000 or $5,000.")) from error
    if number is None:
        return None
    if number.is_percent:
        raise UserError(
            _("“{text}” is no amount.").format(text=text.strip()),
            _("Type a number such as 1,200,000 or $5,000."),
        )
    return read_minor_units(number.value * factor, _code(number.currency, currency, text))


def _code(sign: str, currency: str, text: str) -> str:
    """Tell which currency a sign means beside another one."""
    if not sign:
        return currency
    if sign == "$":
        return currency if currency.endswith("D") else "USD"
    # The yen sign is the yuan's as well.
    if (sign, currency) == ("JPY", "CNY") and "円" not in text:
        return currency
    return sign
