"""What a document says to who hears it: the words of each structure element, in reading order."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

Marks = dict[tuple[tuple[int, int], int], str]
"""The words of each piece of content, by page and number."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One element with its own words, those of the elements inside it left out."""

    role: str
    parents: tuple[str, ...]
    """From the innermost on."""
    text: str
    alternative: str
    page: int
    """From 0; the page it begins on, -1 for one without words."""


def spoken(data: bytes) -> list[Spoken]:
    """Return every element in the order in which it is read out."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        marks: Marks = {}
        for page in pdf.pages:
            marks.update(_marks(page))
        return list(_elements(pdf.Root.StructTreeRoot.K[0], (), marks, pages))


def decoration(data: bytes) -> list[str]:
    """Return, for each page, the words that are never read out."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [_words(page)[None] for page in pdf.pages]


def _elements(
    entry: Dictionary, parents: tuple[str, ...], marks: Marks, pages: dict[Any, int]
) -> Iterator[Spoken]:
    role = str(entry.S)[1:]
    kids = entry.get("/K", Array())
    text, inner, places = "", [], []
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, int) or kid.get("/Type") == Name.MCR:
            page = entry.Pg if isinstance(kid, int) else kid.Pg
            number = int(kid) if isinstance(kid, int) else int(kid.MCID)
            text += marks[page.objgen, number]
            places.append(pages[page.objgen])
        elif "/S" in kid:
            inner.append(kid)
    alternative = str(entry.get("/Alt", ""))
    yield Spoken(role, parents, text, alternative, min(places, default=-1))
    for kid in inner:
        yield from _elements(kid, (role, *parents), marks, pages)


def _marks(page: pikepdf.Page) -> Marks:
    words = _words(page)
    return {(page.obj.objgen, mark): text for mark, text in words.items() if mark is not None}


def _words(page: pikepdf.Page) -> dict[int | None, str]:
    """Follow the page's drawing; return the words of each number, and of none."""
    found: dict[int | None, str] = defaultdict(str)
    fonts = {name: _Letters(font) for name, font in page.Resources.Font.items()}
    forms = page.Resources.get("/XObject", {})
    open_marks: list[int | None] = []
    letters: _Letters | None = None
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BMC", "BDC"):
            entries = operands[1] if name == "BDC" else {}
            number = entries.get("/MCID") if isinstance(entries, Dictionary) else None
            open_marks.append(None if number is None else int(number))
            found[open_marks[-1]] += ""
        elif name == "EMC":
            open_marks.pop()
        elif name == "Tf":
            letters = fonts[str(operands[0])]
        elif name in ("Tj", "TJ", "'"):
            assert letters is not None
            parts = operands[0] if name == "TJ" else operands[:1]
            said = "".join(
                letters.text(bytes(one)) for one in parts if isinstance(one, pikepdf.String)
            )
            found[open_marks[-1]] += said
        elif name == "Do" and forms[str(operands[0])].get("/Subtype") == Name.Form:
            found[None] += " "
    return found


class _Letters:
    """A font's map from the bytes of a string to letters."""

    def __init__(self, font: Dictionary) -> None:
        content = font.ToUnicode.read_bytes().decode("latin-1")
        self._size = 2 if font.Subtype == Name.Type0 else 1
        body = content.split("endcodespacerange", 1)[1]
        pairs = re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", body)
        self._known = {
            int(code, 16): bytes.fromhex(value).decode("utf-16-be") for code, value in pairs
        }

    def text(self, string: bytes) -> str:
        codes = [
            int.from_bytes(string[at : at + self._size], "big")
            for at in range(0, len(string), self._size)
        ]
        return "".join(self._known.get(code, "\ufffd") for code in codes)
