"""Reads numbers and money exactly, as Decimal, in the ways spreadsheets show them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import is_currency

from csdesk.errors import UserError
from csdesk.exchange.tables import Cell, Unreadable, shorten
from csdesk.i18n import _, minor_digits

MAX_DIGITS = 24
"""More digits than any amount or count has; a longer text is an identifier, not a number.

Fewer than the 28 of Python's decimal arithmetic, so that no sum of parts is ever rounded.
"""

_SIGNS = str.maketrans({"−": "-", "－": "-", "–": "-", "—": "-", "△": "-", "▲": "-"})
_ZEROS = {"兆": 12, "千億": 11, "億": 8, "千万": 7, "万": 4, "千": 3}
_MYRIADS = {word: Decimal(10**zeros) for word, zeros in _ZEROS.items()}
_CURRENCY_SIGNS = {"¥": "JPY", "円": "JPY", "€": "EUR", "£": "GBP", "₩": "KRW", "$": "$"}
_RAISED = ("<super>", "<sub>")
_SIGN = r"(US\$|[¥$€£₩]|[A-Z]{3})"
_BEFORE = re.compile(rf"^(-?)\s*{_SIGN}\s*")
_AFTER = re.compile(r"\s*(円|[¥$€£₩]|[A-Z]{3})$")
_PART = re.compile(r"(\d[\d.,' ]*|\.\d+)\s*(千[億万]|[兆億万千]?)\s*")
_WHOLE = re.compile(r"(?:\d+|\d{1,3}(?:(?P<mark>[,.' ])\d{3})(?:(?P=mark)\d{3})*)$")
_EXPONENT = re.compile(r"^(.*\d)[eE]([+-]?\d{1,2})$")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it was written: its value, whether it had a % sign, and its currency.

    12.5% is 12.5 with `is_percent`. `currency` is an ISO code, "$" for a dollar of some
    country, or empty.
    """

    value: Decimal
    is_percent: bool = False
    currency: str = ""


def read_number(cell: Cell, decimal_mark: str = ".") -> Number | None:
    """Read a number; None for a blank cell.

    Takes 1,234.5, 1 234.5, １，２３４, ¥1,234, 1,234円, 12%, (1,234), −5, △5, ▲5, 3.5万,
    1億2,000万, 5千万 and 1.5E+06. `decimal_mark` "," makes 1.234,5 a number instead. Raises
    UserError for everything else, numbers of more than 24 digits among it.
    """
    if cell is None:
        return None
    if isinstance(cell, Unreadable):
        raise UserError(cell.reason)
    if isinstance(cell, Decimal):
        return Number(_bounded(cell, format(cell, "f")))
    if not isinstance(cell, str):
        raise _no_number(str(cell))
    text = unicodedata.normalize("NFKC", cell).translate(_SIGNS).strip()
    if not text:
        return None
    return _read_text(text, cell, decimal_mark)


def read_whole(cell: Cell, decimal_mark: str = ".") -> int | None:
    """Read a whole number; None for a blank cell. Raises UserError where it has decimals."""
    number = read_number(cell, decimal_mark)
    if number is None:
        return None
    if number.value != number.value.to_integral_value() or number.is_percent or number.currency:
        raise UserError(
            _("“{text}” is not a whole number.").format(text=shorten(str(cell))),
            _("Write it without decimals."),
        )
    return int(number.value)


def read_minor_units(
    cell: Cell, currency: str, decimal_mark: str = ".", default: str = ""
) -> tuple[int, str] | None:
    """Read an amount of money in minor units, with its currency; None for a blank cell.

    `currency` is what the table or mapping says, and may be empty where the amount carries a
    sign; `default` counts where neither says anything. Raises UserError where the currency is
    missing, another one, or has no such decimals.
    """
    number = read_number(cell, decimal_mark)
    if number is None:
        return None
    if not number.currency:
        currency = currency or default
    code = _agree(number.currency, currency, str(cell))
    if number.is_percent:
        raise _no_number(str(cell))
    minor = number.value.scaleb(minor_digits(code))
    if minor != minor.to_integral_value():
        raise UserError(
            _("“{text}” has more decimals than {currency} has.").format(
                text=shorten(str(cell)), currency=code
            )
        )
    return int(minor), code


def _agree(sign: str, currency: str, text: str) -> str:
    """Settle on one currency between an amount's own sign and what the table says."""
    if (not sign and not currency) or (sign == "$" and not currency):
        raise UserError(
            _("The currency of “{text}” is not known.").format(text=shorten(text)),
            _('Add a currency column, or currency = "JPY" in the mapping file.'),
        )
    if not sign or sign == currency or (sign == "$" and currency.endswith("D")):
        return currency
    # The yen sign is the yuan's as well.
    if not currency or (sign == "JPY" and currency == "CNY" and "円" not in text):
        return currency or sign
    raise UserError(
        _("“{text}” is not in {currency}.").format(text=shorten(text), currency=currency)
    )


def _read_text(text: str, cell: str, decimal_mark: str) -> Number:
    if any(unicodedata.decomposition(one).startswith(_RAISED) for one in cell):
        # A footnote or an exponent, which would turn into ordinary digits.
        raise _no_number(cell)
    text, currency = _take_currency(text, cell)
    negative = text.startswith("(") and text.endswith(")")
    if negative:
        text = text[1:-1].strip()
        if not currency:
            text, currency = _take_currency(text, cell)
    is_percent = text.endswith("%")
    if is_percent:
        text = text[:-1].rstrip()
    if text[:1] in "+-" and text:
        if negative:
            raise _no_number(cell)
        negative, text = text[0] == "-", text[1:].lstrip()
    exponent = 0
    if found := _EXPONENT.match(text):
        text, exponent = found[1], int(found[2])
    value = _read_parts(text, cell, decimal_mark)
    if exponent:
        value = value.scaleb(exponent)
    return Number(_bounded(-value if negative else value, cell), is_percent, currency)


def _take_currency(text: str, cell: str) -> tuple[str, str]:
    """Take a currency sign or code off either end; both ends at once is no number."""
    currency = ""
    if found := _BEFORE.match(text):
        currency, text = found[2], found[1] + text[found.end() :]
    if found := _AFTER.search(text):
        if currency:
            raise _no_number(cell)
        currency, text = found[1], text[: found.start()]
    code = "USD" if currency == "US$" else _CURRENCY_SIGNS.get(currency, currency)
    if code and code != "$" and not is_currency(code):
        raise _no_number(cell)
    return text, code


def _read_parts(text: str, cell: str, decimal_mark: str) -> Decimal:
    """Add up the parts of a number with Japanese units, or read the one part it has."""
    total = Decimal(0)
    end = 0
    smallest: Decimal | None = None
    while end < len(text):
        found = _PART.match(text, end)
        if found is None:
            raise _no_number(cell)
        unit = _MYRIADS.get(found[2], Decimal(1))
        # 万 must come after 億; a second plain number can follow only a unit.
        if smallest is not None and unit >= smallest:
            raise _no_number(cell)
        smallest = unit
        total += _read_plain(found[1].strip(), cell, decimal_mark) * unit
        end = found.end()
    if smallest is None:
        raise _no_number(cell)
    return total


def _read_plain(text: str, cell: str, decimal_mark: str) -> Decimal:
    """Read digits with separators: groups of three, then the decimals."""
    whole, mark, decimals = text.partition(decimal_mark)
    if mark and not (decimals.isdecimal() or (not decimals and whole)):
        raise _no_number(cell)
    if not whole and mark:
        whole = "0"
    found = _WHOLE.match(whole)
    if found is None or found["mark"] == decimal_mark:
        raise _no_number(cell)
    digits = re.sub(r"[,.' ]", "", whole)
    return Decimal(f"{digits}.{decimals}" if decimals else digits)


def _bounded(value: Decimal, text: str) -> Decimal:
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int):
        raise _no_number(text)
    if max(value.adjusted() + 1, 0) + max(-exponent, 0) > MAX_DIGITS:
        raise UserError(_("“{text}” is too long for a number.").format(text=shorten(text)))
    return value


def _no_number(text: str) -> UserError:
    return UserError(
        _("“{text}” is not a number.").format(text=shorten(text)),
        _('Write it as 1234.5 or 1,234.5 (for 1.234,5 add decimal_mark = "," to the mapping).'),
    )
