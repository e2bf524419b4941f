"""A TrueType font in a PDF as one font, however many letters of it a document uses.

ReportLab cuts a TrueType font into pieces of 255 letters, each a font file of its own, so that a
line of Japanese changes its font every few letters. Here a letter has a number of two bytes
(ISO 32000-1, 9.7: a composite font with the encoding Identity-H): one file for each typeface, and
a line is one string.
"""

from __future__ import annotations

import threading
from typing import Any
from weakref import WeakKeyDictionary

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFStream,
    PDFString,
    PDFZCompress,
)
from reportlab.pdfbase.ttfonts import TTFont

_PER_BLOCK = 100
"""More mappings a block of a map from numbers to text must not have."""
_NO_BREAK_SPACE, _SPACE = 0xA0, 0x20

# Cutting a font reads its file at a place it remembers, one document after the other.
_cutting = threading.Lock()


class UsedLetters:
    """The letters one document uses of a font, numbered from 1 in the order they came up."""

    def __init__(self, resource: str) -> None:
        self.resource = resource
        """What the content of a page calls the font: /F1."""
        self.codes: list[int] = []
        self.numbers: dict[str, str] = {}
        """Each letter's number as four hexadecimal digits."""


class EmbeddedFont(TTFont):  # type: ignore[misc]  # reportlab publishes no types
    """A font whose letters can all be found and copied, rare ones such as 𠮷, too."""

    def __init__(self, name: str, filename: str) -> None:
        super().__init__(name, filename, shapable=False)
        self._used: WeakKeyDictionary[Any, UsedLetters] = WeakKeyDictionary()

    def shown(self, text: str, used: UsedLetters) -> str:
        """Return `text` as a string of a page's content; a letter not in the font is none."""
        numbers = used.numbers
        try:
            return f"<{''.join([numbers[letter] for letter in text])}>"
        except KeyError:
            for letter in text:
                if letter not in numbers:
                    numbers[letter] = self._number(ord(letter), used)
            return self.shown(text, used)

    def _number(self, code: int, used: UsedLetters) -> str:
        if code == _NO_BREAK_SPACE:
            code = _SPACE  # copied from the page it is a space
            if chr(code) in used.numbers:
                return used.numbers[chr(code)]
        if code not in self.face.charToGlyph:
            return "0000"
        used.codes.append(code)
        number = f"{len(used.codes):04X}"
        used.numbers[chr(code)] = number
        return number

    def used_in(self, document: Any) -> UsedLetters:
        """Return the letters `document` uses of this font; the first time adds it to the file."""
        used = self._used.get(document)
        if used is None:
            name = f"F{len(document.fontMapping) + 1}"
            document.fontMapping[self.fontName] = f"/{name}"
            document.delayedFonts.append(self)
            used = self._used[document] = UsedLetters(f"/{name}")
        return used

    # What ReportLab asks of a font that is cut to what a document uses.

    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> Any:  # noqa: N802
        """Return all of `text` as one piece; each letter is two bytes."""
        return [(0, bytes.fromhex(self.shown(text, self.used_in(doc))[1:-1]))]

    def getSubsetInternalName(self, subset: int, doc: Any) -> str:  # noqa: N802
        """Return the name of the one piece there is."""
        return self.used_in(doc).resource

    def addObjects(self, doc: Any) -> None:  # noqa: N802
        """Add the font to the file, with the letters that were used."""
        used = self._used.pop(doc)
        face = self.face
        base = f"AAAAAA+{face.name.decode('ascii')}"
        with _cutting:
            descriptor = face.addSubsetObjects(doc, base, used.codes)
        inner = PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("CIDFontType2"),
                "BaseFont": PDFName(base),
                "CIDSystemInfo": PDFDictionary(
                    {
                        "Registry": PDFString("Adobe"),
                        "Ordering": PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "FontDescriptor": descriptor,
                "CIDToGIDMap": self._glyphs(doc, used.codes),
                "DW": face.defaultWidth,
                "W": PDFArray([1, PDFArray([face.getCharWidth(code) for code in used.codes])]),
            }
        )
        font = PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("Type0"),
                "BaseFont": PDFName(base),
                "Encoding": PDFName("Identity-H"),
                "DescendantFonts": PDFArray([doc.Reference(inner)]),
                "ToUnicode": doc.Reference(_stream(_to_unicode(used.codes), doc)),
            }
        )
        doc.idToObject["BasicFonts"].dict[used.resource[1:]] = doc.Reference(font)

    def _glyphs(self, doc: Any, codes: list[int]) -> Any:
        """Map numbers to the glyphs of the cut font, which has each glyph once.

        Two letters that look alike, such as Ω and the sign of the ohm, may share one.
        """
        glyphs: dict[int, int] = {0: 0}
        own = self.face.charToGlyph
        mapped = [0, *(glyphs.setdefault(own[code], len(glyphs)) for code in codes)]
        if mapped == list(range(len(mapped))):
            return PDFName("Identity")
        return doc.Reference(_stream(b"".join(one.to_bytes(2, "big") for one in mapped), doc))


def _to_unicode(codes: list[int]) -> bytes:
    """Write the map from numbers to text (ISO 32000-1, 9.10.3)."""
    lines = [
        f"<{number:04X}> <{chr(code).encode('utf-16-be').hex().upper()}>"
        for number, code in enumerate(codes, 1)
    ]
    blocks = [lines[start : start + _PER_BLOCK] for start in range(0, len(lines), _PER_BLOCK)]
    parts = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <FFFF>",
        "endcodespacerange",
    ]
    for block in blocks:
        parts += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    parts += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(parts).encode("ascii")


def _stream(content: bytes, document: Any) -> Any:
    stream = PDFStream(content=content)
    if document.compression:
        stream.filters = [PDFZCompress]
    return stream
