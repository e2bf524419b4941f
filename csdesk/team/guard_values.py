"""SQL that tells whether a value is one that our columns can read (model/base.py).

In sets, not row by row in Python: a file may hold millions of values.
"""

from __future__ import annotations

_DIGITS = 900
"""More than any number has that is entered, and fewer than can be written out (i18n.py)."""


def is_day(value: str) -> str:
    """Write SQL that tells whether a text is a date that Python reads, too."""
    return (
        f"(typeof({value}) = 'text' AND octet_length({value}) = 10"
        f" AND date({value}) IS {value} AND {value} >= '0001')"
    )


def is_instant(value: str) -> str:
    """Write SQL that tells whether a text is a moment, as `instant_text` writes it."""
    # SQLite takes 24:00 for a time of day, Python does not; and a day at either end of the calendar
    # would fall out of it in another time zone.
    return (
        f"(typeof({value}) = 'text' AND octet_length({value}) = 24"
        f" AND strftime('%Y-%m-%dT%H:%M:%fZ', {value}) IS {value}"
        f" AND {is_day(f'substr({value}, 1, 10)')} AND substr({value}, 12, 2) < '24'"
        f" AND {value} BETWEEN '0001-01-02' AND '9999-12-31')"
    )


def is_exact(value: str) -> str:
    """Write SQL that tells whether a value is an exact number that can be read and shown."""
    return (
        f"(typeof({value}) = 'integer' OR (typeof({value}) = 'text'"
        f" AND octet_length({value}) BETWEEN 1 AND {_DIGITS} AND {value} NOT GLOB '*[^-0-9.]*'"
        f" AND octet_length({value}) = length({value}) AND {value} GLOB '*[0-9]'"
        f" AND ltrim({value}, '-') GLOB '[0-9]*' AND instr(substr({value}, 2), '-') = 0"
        f" AND {value} NOT GLOB '*.*.*'))"
    )
