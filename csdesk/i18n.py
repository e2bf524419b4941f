"""Texts, dates, numbers and money in the user's language, or in a document's own.

The interface speaks one language at a time for the whole process (`use_language`); a document
may speak another, so the report code holds a `Translator` of its own.
"""

from __future__ import annotations

import datetime as dt
import gettext as gettext_module
import locale
import os
import threading
from decimal import Decimal, localcontext
from functools import cache, lru_cache
from importlib import resources

from babel import Locale, dates, numbers

LANGUAGES = ("en", "ja")
_LONGEST_NUMBER = 1000
"""The digits a number may have to be written out."""
_MANY_WRITTEN = 4096
"""How many days and whole numbers are remembered as they are written."""


@cache
def _catalogue(language: str) -> gettext_module.NullTranslations:
    """Load the compiled catalogue of `language`; English is the source and needs none."""
    if language == "en":
        return gettext_module.NullTranslations()
    path = resources.files("resources") / "translations" / language / "LC_MESSAGES" / "csdesk.mo"
    with path.open("rb") as stream:
        return gettext_module.GNUTranslations(stream)


class Translator:
    """One language: its texts and its ways to write dates, numbers and money."""

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise ValueError(f"no such language: {language!r}")
        self.language = language
        self.locale = Locale.parse("ja_JP" if language == "ja" else "en_US")
        self._texts = _catalogue(language)
        # A table writes the same few again at each frame, and writing takes longer than drawing.
        self._day = lru_cache(maxsize=_MANY_WRITTEN)(self._write_day)
        self._whole = lru_cache(maxsize=_MANY_WRITTEN)(self._write_number)

    def __call__(self, message: str) -> str:
        """Translate `message`; an untranslated one comes back as it is."""
        return self._texts.gettext(message) if message else ""

    def plural(self, one: str, many: str, count: int) -> str:
        """Translate the form for `count`; the caller fills in the number."""
        return self._texts.ngettext(one, many, count)

    def context(self, context: str, message: str) -> str:
        """Translate a label whose meaning hangs on where it stands, such as a status."""
        return self._texts.pgettext(context, message)

    def plural_in(self, context: str, one: str, many: str, count: int) -> str:
        """Translate the form for `count` where its words hang on where it stands."""
        return self._texts.npgettext(context, one, many, count)

    def date(self, day: dt.date | None, *, long: bool = False) -> str:
        """Write a date: 2026/03/31 or, long, 2026年3月31日; Mar 31, 2026 or March 31, 2026."""
        if day is None:
            return ""
        if self.language == "ja" and not long:
            return f"{day.year:04}/{day.month:02}/{day.day:02}"
        return self._day(day, "long" if long else "medium")

    def short_date(self, day: dt.date | None, today: dt.date) -> str:
        """Write a date without its year where that is this one or the next: Mar 31; 2026/03/31.

        Japanese keeps the year: its dates are short as they are, and 3/31 might be a fraction.
        """
        if day is None or self.language == "ja" or day.year not in (today.year, today.year + 1):
            return self.date(day)
        return self._day(day, "MMM d")

    def month(self, day: dt.date) -> str:
        """Write the month of `day`: 2026年3月, Mar 2026."""
        pattern = "y年M月" if self.language == "ja" else "MMM y"
        return dates.format_date(day, pattern, locale=self.locale)

    def moment(self, instant: dt.datetime) -> str:
        """Write an instant in the local time zone, to the minute."""
        local = instant.astimezone()
        return f"{self.date(local.date())} {local:%H:%M}"

    def number(self, value: Decimal | int, *, places: int | None = None) -> str:
        """Write a number with separators; `places` fixes the decimals, else as many as it has."""
        if places is None and isinstance(value, int):
            return self._whole(value)
        return self._write_number(value, places)

    def money(self, minor: int | None, currency: str) -> str:
        """Write an amount given in minor units (yen, cents) with its currency sign."""
        if minor is None:
            return ""
        amount = Decimal(minor).scaleb(-minor_digits(currency))
        # CLDR gives Japanese the full-width sign, which leaves a gap before the digits.
        return numbers.format_currency(amount, currency, locale=self.locale).replace("￥", "¥")

    @property
    def usual_currency(self) -> str:
        """The ISO 4217 code that an amount gets where nobody said which currency it is in."""
        return "JPY" if self.language == "ja" else "USD"

    def _write_day(self, day: dt.date, pattern: str) -> str:
        return dates.format_date(day, pattern, locale=self.locale)

    def _write_number(self, value: Decimal | int, places: int | None = None) -> str:
        pattern = "#,##0." + ("0" * places if places is not None else "#" * 12)
        with localcontext(prec=_LONGEST_NUMBER):  # the usual 28 digits are too few to add decimals
            if places is not None:
                value = round(Decimal(value), places)
            text = numbers.format_decimal(value, format=pattern.rstrip("."), locale=self.locale)
        return text.replace("-", "−")


def minor_digits(currency: str) -> int:
    """Tell how many decimals an ISO 4217 currency has: 0 for JPY, 2 for USD, 3 for KWD."""
    return numbers.get_currency_precision(currency)


def system_language() -> str:
    """Tell which of our languages the computer is set to; English where it is neither.

    The variables come first: they say what is wanted even where the system lacks that locale.
    """
    wanted = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    name = next(filter(None, wanted), "") or locale.getlocale()[0] or ""
    return "ja" if name.lower().startswith(("ja", "japanese")) else "en"


class _Interface:
    """The one language the interface of this process speaks."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._translator: Translator | None = None

    def get(self) -> Translator:
        if self._translator is None:
            with self._lock:
                if self._translator is None:
                    self._translator = Translator("en")
        return self._translator

    def set(self, translator: Translator) -> None:
        self._translator = translator


_interface = _Interface()


def use_language(language: str) -> Translator:
    """Make `language` ("en", "ja", "system") the interface's language from now on."""
    translator = Translator(system_language() if language == "system" else language)
    _interface.set(translator)
    return translator


def current() -> Translator:
    """Return the interface's translator; English until `use_language` was called."""
    return _interface.get()


def _(message: str) -> str:
    """Translate into the interface's language."""
    return current()(message)


def ngettext(one: str, many: str, count: int) -> str:
    """Translate the form for `count` into the interface's language."""
    return current().plural(one, many, count)


def P_(context: str, message: str) -> str:  # noqa: N802 - the extractor's conventional name
    """Mark a label for extraction under a context; translated later, where it is shown."""
    return message
