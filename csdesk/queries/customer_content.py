"""What a plan revision keeps: the customer's view of a plan, frozen to text and thawed again.

The text is JSON: it can be read without CSDesk, and reading it runs nothing. Fields that have
their default value are left out, fields a newer version wrote are passed over. A long text is
compressed (docs/decisions/0050), because every copy of the file carries each revision for good.

What is thawed may come from a damaged or hostile file, so nothing in it is believed: not its
length, not its shape, not its numbers.
"""

from __future__ import annotations

import base64
import binascii
import dataclasses
import datetime as dt
import json
import types
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model.vocabulary import Term
from csdesk.queries.customer_rows import CustomerPlan

FORMAT = 1
"""The number of the way a content is written; a higher one is refused."""

LONGEST_KEPT = 4_000_000
"""How many characters a revision's content may take: no copy of a file lets more in."""

_COMPRESSED = "z1:"
_SHORT = 4_000
_LONGEST_READ = 24_000_000
_MOST_ROWS = 300_000
_MOST_DIGITS = 5_000


@dataclass(frozen=True, slots=True)
class BrandingNames:
    """How a document looked: the accent colour, and the logos by the SHA-256 of their images."""

    accent: str = ""
    logo: str = ""
    customer_logo: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """All that a revision keeps; the number is the revision's own and not in here."""

    plan: CustomerPlan
    branding: BrandingNames = BrandingNames()


def freeze(content: Content) -> str:
    """Write a content as text: equal contents give equal texts, whatever version they carry.

    Raises UserError where it is larger than a file may carry.
    """
    bare = replace(content, plan=replace(content.plan, version=1))
    values = {"format": FORMAT} | _frozen(bare)
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    packed = text if len(text) <= _SHORT else _packed(text)
    if len(packed) > LONGEST_KEPT or len(text) > _LONGEST_READ // 4 or _rows(values) > _MOST_ROWS:
        raise UserError(
            _("This plan is too large to be kept as a version."),
            _("Divide it into several plans, or shorten its longest texts."),
        )
    return packed


def thaw(text: str | None, *, number: int = 1) -> Content:
    """Read what `freeze` wrote; `number` becomes the version of the plan.

    Raises UserError where the text is damaged, or of a newer format.
    """
    try:
        values = json.loads(unpacked(text), parse_constant=_refuse, parse_float=_refuse)
        if not isinstance(values, dict):
            raise TypeError("not an object")
        newest = values.get("format")
        if isinstance(newest, int) and newest > FORMAT:
            raise UserError(
                _("This version of the plan was kept by a newer CSDesk."),
                _("Update CSDesk to see it."),
            )
        content = _Thawing().dataclass(Content, values)
    except (ValueError, TypeError, RecursionError, OverflowError) as trouble:
        raise damaged() from trouble
    assert isinstance(content, Content)
    return replace(content, plan=replace(content.plan, version=number))


def unpacked(text: str | None) -> str:
    """Return a kept content as plain JSON text; raises UserError where it is damaged.

    Contents are compared as this: two computers may compress the same text differently.
    """
    if not text or len(text) > LONGEST_KEPT * 2:
        raise damaged()
    if not text.startswith(_COMPRESSED):
        return text
    try:
        data = base64.b85decode(text.removeprefix(_COMPRESSED))
        stream = zlib.decompressobj()
        plain = stream.decompress(data, _LONGEST_READ)
        if not stream.eof:
            raise ValueError("cut off, or longer than any plan")
        return plain.decode()
    except (ValueError, binascii.Error, zlib.error) as trouble:
        raise damaged() from trouble


def is_same(kept: str | None, content: str) -> bool:
    """Tell whether a revision keeps this content; one that cannot be read keeps another."""
    if kept == content:
        return True
    try:
        return unpacked(kept) == unpacked(content)
    except UserError:
        return False


def _packed(text: str) -> str:
    return _COMPRESSED + base64.b85encode(zlib.compress(text.encode(), 9)).decode()


def damaged() -> UserError:
    """Say that the content of a version is damaged."""
    return UserError(
        _("The content of this version of the plan is damaged."),
        _("Use another version of the plan."),
    )


def _refuse(text: str) -> Any:
    raise ValueError(f"no such number is ever kept: {text[:40]}")


def _frozen(value: Any) -> Any:
    """Turn a value into what JSON can say."""
    if dataclasses.is_dataclass(value):
        return {
            field.name: _frozen(getattr(value, field.name))
            for field in dataclasses.fields(value)
            if not _is_default(getattr(value, field.name), field.default)
        }
    if isinstance(value, tuple):
        return [_frozen(entry) for entry in value]
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, str):
        return _whole_text(value)
    if value is None or isinstance(value, bool | int):
        return value
    raise TypeError(f"{type(value)} cannot be kept in a revision")


def _is_default(value: Any, default: Any) -> bool:
    """Tell whether a value need not be written: a term is not the plain text it equals."""
    return type(value) is type(default) and bool(value == default)


def _rows(values: Any) -> int:
    """Count the entries of all lists in what JSON is going to say."""
    if isinstance(values, dict):
        return sum(map(_rows, values.values()))
    return len(values) + sum(map(_rows, values)) if isinstance(values, list) else 0


def _whole_text(text: str) -> str:
    """Return a text as a file keeps it; half a character, which none can hold, becomes �."""
    return str(text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class _Thawing:
    """Reads the fields of dataclasses by their type hints, and counts the entries of lists."""

    def __init__(self) -> None:
        self._rows = 0

    def dataclass(self, kind: Any, values: Any) -> Any:
        """Make a row of what JSON says; unknown fields are passed over, missing ones default."""
        if not isinstance(values, dict):
            raise TypeError(f"no {kind.__name__}")
        hints = _hints(kind)
        return kind(
            **{name: self.value(hints[name], values[name]) for name in hints if name in values}
        )

    def value(self, hint: Any, value: Any) -> Any:
        """Make one value of the type that `hint` says; raises ValueError for any other."""
        origin = get_origin(hint)
        if origin in (Union, types.UnionType):
            return self._one_of(get_args(hint), value)
        if origin is tuple:
            if not isinstance(value, list):
                raise TypeError("no list")
            self._rows += len(value)
            if self._rows > _MOST_ROWS:
                raise ValueError("more rows than any plan has")
            entry = get_args(hint)[0]
            return tuple(self.value(entry, each) for each in value)
        if dataclasses.is_dataclass(hint):
            return self.dataclass(hint, value)
        return _READERS[hint](value)

    def _one_of(self, kinds: tuple[Any, ...], value: Any) -> Any:
        if type(None) in kinds and value is None:
            return None
        left = [kind for kind in kinds if kind is not type(None)]
        terms = [kind for kind in left if isinstance(kind, type) and issubclass(kind, Term)]
        for kind in terms:
            # What this version does not know stays plain text.
            if value in list(kind):
                return kind(value)
        return self.value(left[-1], value)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return _whole_text(value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError("no yes or no")
    return value


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31:
        raise ValueError("no whole number")
    return value


def _day(value: Any) -> dt.date:
    return dt.date.fromisoformat(_text(value))


def _number(value: Any) -> Decimal:
    text = _text(value)
    if len(text) > _MOST_DIGITS:
        raise ValueError("too many digits")
    try:
        number = Decimal(text)
    except InvalidOperation as trouble:
        raise ValueError("no number") from trouble
    # Written out, a number of a few letters can fill the memory: 1E+999999999.
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        raise ValueError("no finite number")
    return number


_READERS: dict[Any, Callable[[Any], Any]] = {
    str: _text,
    bool: _flag,
    int: _whole,
    dt.date: _day,
    Decimal: _number,
}
