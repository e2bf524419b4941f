"""Turns the bytes of a text table into text by a strict ladder, and never guesses in silence.

UTF-8 and UTF-16 prove themselves: their bytes have a structure other texts do not meet by
chance. CP932, EUC-JP and cp1252 do not, so where more than one of them reads the bytes without
an error, the person decides (docs/import.md).
"""

from __future__ import annotations

import codecs
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from csdesk.errors import UserError
from csdesk.i18n import _

LADDER = ("utf-8", "utf-16", "cp932", "euc_jp", "cp1252")
"""The encodings that are tried, in this order."""

_LEGACY = ("cp932", "euc_jp", "cp1252")
_SAME_AS = {
    # What Windows calls Shift_JIS has NEC's and IBM's characters (①, 髙) beside the standard's.
    "shift_jis": "cp932",
    "ms_kanji": "cp932",
    "utf-8": "utf-8-sig",
}
_SAMPLE_LENGTH = 60
_FEW_SEQUENCES = 4
_LONG_RUN = 4

_SIGNATURES = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"%PDF-", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"\x1f\x8b", "packed"),
    (b"7z\xbc\xaf\x27\x1c", "packed"),
    (b"Rar!", "packed"),
    (b"SQLite format 3\x00", "database"),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the file: the encoding's name, and a line that shows the difference."""

    encoding: str
    sample: str


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file and the encoding it was read with."""

    text: str
    encoding: str


class UndecidedEncodingError(UserError):
    """The bytes can be read in more than one way; `readings` shows each on one line."""

    def __init__(self, name: str, readings: tuple[Reading, ...], line: int) -> None:
        if len(readings) == 1:
            message = _("{name} may be in an encoding CSDesk does not recognise.")
        else:
            message = _("{name} can be read in more than one way, and CSDesk does not guess.")
        samples = "\n".join(f"    {reading.encoding}: {reading.sample}" for reading in readings)
        super().__init__(
            message.format(name=name),
            _(
                "Choose the encoding in which line {line} looks right"
                ' (--encoding NAME, or encoding = "NAME" in the mapping file):\n{samples}'
            ).format(line=line, samples=samples),
        )
        self.readings = readings
        self.line = line


def file_kind(data: bytes) -> str:
    """Tell by its first bytes what a file is: "zip", "ole", "pdf", "image", "packed",
    "database", or "text" for everything else.
    """
    return next((kind for start, kind in _SIGNATURES if data.startswith(start)), "text")


def decode(data: bytes, name: str, encoding: str = "") -> Decoded:
    """Read bytes as text, by `encoding` when given, else by the ladder.

    A byte-order mark is not part of the text. Raises UndecidedEncodingError where several
    readings are possible and differ, UserError where none is, where the bytes are no text, or
    where `encoding` is unknown or does not fit.
    """
    _refuse_binary(data, name)
    if encoding:
        decoded = Decoded(_decode_as(data, name, encoding), encoding)
    else:
        decoded = _climb(data, name)
    if "\0" in decoded.text:
        raise _no_text(name)
    return decoded


def _refuse_binary(data: bytes, name: str) -> None:
    kind = file_kind(data)
    if kind == "text":
        return
    what = {
        "ole": _("{name} is an old or password-protected Office file."),
        "zip": _("{name} is not a text table."),
        "pdf": _("{name} is a PDF."),
        "image": _("{name} is a picture."),
        "packed": _("{name} is a packed file."),
        "database": _("{name} is a database."),
    }[kind]
    raise UserError(
        what.format(name=name), _("Save the table as CSV or as an Excel workbook (.xlsx).")
    )


def _no_text(name: str) -> UserError:
    return UserError(
        _("{name} contains NUL bytes, so it is not a text table.").format(name=name),
        _("Save the table again as CSV (UTF-8) or as an Excel workbook (.xlsx)."),
    )


def _decode_as(data: bytes, name: str, encoding: str) -> str:
    """Decode by a named encoding; any text encoding Python knows will do."""
    try:
        known = codecs.lookup(encoding).name
        codec = _SAME_AS.get(known, known)
        return data.decode(codec).removeprefix("\ufeff")
    except LookupError as error:
        raise UserError(
            _("There is no encoding called {encoding}.").format(encoding=encoding),
            _("Known are, among others: {names}.").format(names=", ".join(LADDER)),
        ) from error
    except UnicodeError as error:
        # The stateful codecs report no position.
        where = error.start if isinstance(error, UnicodeDecodeError) else 0
        raise UserError(
            _("{name} is not written in {encoding}: it does not fit in line {line}.").format(
                name=name, encoding=encoding, line=data.count(b"\n", 0, where) + 1
            ),
            _("Leave the encoding out, or try another: {names}.").format(names=", ".join(LADDER)),
        ) from error


def _climb(data: bytes, name: str) -> Decoded:
    marked = _by_mark(data, name)
    if marked is not None:
        return marked
    if b"\0" in data:
        return _by_zeros(data, name)
    if data.isascii():
        return _ascii(data, name)
    readings = {codec: text for codec in _LEGACY if (text := _read(data, codec)) is not None}
    utf8 = _read(data, "utf-8")
    if utf8 is not None:
        rivals = {
            codec: text
            for codec, text in readings.items()
            if codec != "cp1252" and _is_weak(utf8) and _stands_alone(text)
        }
        if not rivals:
            return Decoded(utf8, "utf-8")
        raise _undecided(name, {"utf-8": utf8, **rivals})
    if not readings:
        raise UserError(
            _("{name} is in none of the encodings CSDesk knows, or it is damaged.").format(
                name=name
            ),
            _("Save the table again as CSV (UTF-8), or name the encoding (--encoding NAME)."),
        )
    distinct = set(readings.values())
    if len(distinct) > 1:
        raise _undecided(name, readings)
    codec, text = next(iter(readings.items()))
    if codec == "cp1252" and _is_garbled(text):
        raise _undecided(name, readings)
    return Decoded(text, codec)


def _by_mark(data: bytes, name: str) -> Decoded | None:
    """Read a text that begins with a byte-order mark; None where there is none."""
    for mark, codec in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            text = _read(data[len(mark) :], codec)
            if text is None:
                raise UserError(
                    _("{name} begins as {encoding} and is damaged or cut off.").format(
                        name=name, encoding=codec
                    ),
                    _("Save the table again as CSV (UTF-8)."),
                )
            return Decoded(text, codec)
    return None


def _by_zeros(data: bytes, name: str) -> Decoded:
    """Read UTF-16 without a mark; the zero bytes of its ASCII characters give it away."""
    texts = {
        codec: text
        for codec in ("utf-16-le", "utf-16-be")
        if (text := _read(data, codec)) is not None and _is_plain_text(text)
    }
    if len(texts) != 1:
        raise _no_text(name)
    codec, text = next(iter(texts.items()))
    return Decoded(text, codec)


def _ascii(data: bytes, name: str) -> Decoded:
    if b"\x1b$" in data:
        # Escape sequences: Japanese as old mail programs write it.
        text = _read(data, "iso2022_jp")
        if text is not None:
            raise _undecided(name, {"iso2022_jp": text})
    return Decoded(data.decode("ascii"), "utf-8")


def _read(data: bytes, codec: str) -> str | None:
    """Decode strictly; None where the bytes do not fit."""
    # Python's euc_jp lacks the characters ① and Ⅰ of JIS X 0213, which real files have.
    for each in ("euc_jp", "euc_jis_2004") if codec == "euc_jp" else (codec,):
        try:
            return data.decode(each)
        except UnicodeDecodeError:
            continue
    return None


def _is_plain_text(text: str) -> bool:
    """Tell whether a UTF-16 reading is text: assigned characters, some of them ASCII."""
    characters = set(text)
    categories = {unicodedata.category(one) for one in characters - {"\t", "\r", "\n"}}
    return not categories & {"Cn", "Cc", "Co"} and any(one.isascii() for one in characters)


def _is_weak(text: str) -> bool:
    """Tell whether too little speaks for UTF-8 to rule chance out.

    A character of three bytes is proof enough: read as CP932 or EUC-JP it would begin with a
    kanji of the second level, as almost no word does.
    """
    written = {one for one in text if not one.isascii()}
    return len(written) < _FEW_SEQUENCES and max(written) < "\u0800"


def _stands_alone(text: str) -> bool:
    """Tell whether all that is not ASCII in `text` are whole Japanese words.

    The é of Café, read as EUC-JP, is a kanji glued to Caf: no word of any language.
    """
    padded = f" {text} "
    for before, after in pairwise(padded):
        if before.isascii() != after.isascii():
            inside, outside = (after, before) if before.isascii() else (before, after)
            if outside.isalnum() or not _is_japanese(inside):
                return False
    return True


def _is_japanese(character: str) -> bool:
    name = unicodedata.name(character, "")
    return name.startswith(("CJK", "HIRAGANA", "KATAKANA", "HALFWIDTH KATAKANA"))


def _is_garbled(text: str) -> bool:
    """Tell whether a cp1252 reading has runs of accented letters and signs no word has."""
    run = 0
    for one in text:
        run = run + 1 if not one.isascii() else 0
        if run >= _LONG_RUN:
            return True
    return False


def _undecided(name: str, texts: dict[str, str]) -> UndecidedEncodingError:
    """Show the first line on which the readings differ from plain ASCII."""
    columns = [text.splitlines() for text in texts.values()]
    number = next(
        (
            index
            for index, line in enumerate(columns[0])
            if not line.isascii()
            or any(line != (other[index : index + 1] or [""])[0] for other in columns[1:])
        ),
        0,
    )
    readings = tuple(
        Reading(codec, _shorten((lines[number : number + 1] or [""])[0]))
        for codec, lines in zip(texts, columns, strict=True)
    )
    return UndecidedEncodingError(name, readings, number + 1)


def _shorten(line: str) -> str:
    """Cut a line to what a terminal shows, around its first character that is not ASCII."""
    first = next((index for index, one in enumerate(line) if not one.isascii()), 0)
    start = max(0, first - _SAMPLE_LENGTH // 2)
    shown = line[start : start + _SAMPLE_LENGTH]
    return "".join(one if one.isprintable() else "�" for one in shown)
