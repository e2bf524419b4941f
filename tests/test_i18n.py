"""Which language the program speaks before anybody chose one."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from csdesk import i18n


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "ja_JP.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
    ],
)
def test_the_program_speaks_the_language_the_computer_is_set_to(
    variables: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert i18n.system_language() == language


@pytest.mark.parametrize(
    ("number", "places", "written"),
    [
        ("100000000000000000", None, "100,000,000,000,000,000"),
        ("1E+40", 2, "1" + "0" * 1 + ",000" * 13 + ".00"),
        ("-0.125", None, "−0.125"),
        ("1234.5", 2, "1,234.50"),
    ],
)
def test_numbers_of_any_length_are_written(number: str, places: int | None, written: str) -> None:
    assert i18n.Translator("en").number(Decimal(number), places=places) == written


@pytest.mark.parametrize(
    ("day", "language", "written"),
    [
        (dt.date(2027, 3, 31), "en", "Mar 31"),
        (dt.date(2026, 1, 2), "en", "Jan 2"),
        (dt.date(2028, 1, 1), "en", "Jan 1, 2028"),
        (dt.date(2025, 12, 31), "en", "Dec 31, 2025"),
        (dt.date(2027, 3, 31), "ja", "2027/03/31"),
        (None, "en", ""),
    ],
)
def test_a_short_date_names_its_year_only_where_one_might_take_it_for_another(
    day: dt.date | None, language: str, written: str
) -> None:
    assert i18n.Translator(language).short_date(day, dt.date(2026, 11, 22)) == written
