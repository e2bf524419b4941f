"""Writes a ReportLab document with its small objects compressed (PDF 1.5 object streams).

The structure of a tagged document is a thousand small objects; ReportLab writes each in plain
text, which doubles the size of the file.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from typing import Any

from reportlab.pdfbase.pdfdoc import format as as_bytes

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_PER_STREAM = 2_000
_ROW = 8
"""Bytes for each place in the table: its kind, where it is, and which one there."""
_END_STREAM = b"endstream"


def compact_bytes(canvas: Any) -> bytes:
    """Return the file of a canvas whose pages are all drawn; the same input, the same bytes."""
    document = canvas._doc
    objects = _objects(canvas, document)
    root = document.Reference(document.Catalog).format(document)
    info = document.Reference(document.info).format(document)
    file = _File()
    small = [(number, body) for number, body in objects if not body.endswith(_END_STREAM)]
    for number, body in objects:
        if body.endswith(_END_STREAM):
            # ReportLab leaves out the line end that archives ask for before the word.
            file.add(number, _ended(body.removesuffix(_END_STREAM)))
    free = len(objects) + 1
    for start in range(0, len(small), _PER_STREAM):
        file.add_packed(free, small[start : start + _PER_STREAM])
        free += 1
    identity = hashlib.sha256(b"".join(body for _, body in objects)).hexdigest()[:32].encode()
    return file.finished(
        free, b"/Root %b /Info %b /ID [<%b> <%b>]" % (root, info, identity, identity)
    )


def _objects(canvas: Any, document: Any) -> list[tuple[int, bytes]]:
    """Format every object by number; formatting one may make others."""
    for font in document.delayedFonts:
        font.addObjects(document)
    document.info.invariant = document.invariant
    document.Reference(document.Catalog)
    document.Reference(document.info)
    document.Outlines.prepare(document, canvas)
    if document.Outlines.ready < 0:
        document.Catalog.Outlines = None
    objects: list[tuple[int, bytes]] = []
    while len(objects) + 1 in document.numberToId:
        number = len(objects) + 1
        thing = document.idToObject[document.numberToId[number]]
        objects.append((number, as_bytes(thing, document, toplevel=1).strip()))
    return objects


class _File:
    """A file under construction, with the place of each of its objects."""

    def __init__(self) -> None:
        self._parts = [_HEADER]
        self._size = len(_HEADER)
        self._places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}

    def add(self, number: int, body: bytes) -> None:
        """Write an object of its own."""
        self._places[number] = (1, self._size, 0)
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, body))

    def add_packed(self, number: int, objects: list[tuple[int, bytes]]) -> None:
        """Write objects together as stream `number`."""
        offset, index, bodies = 0, [], []
        for place, (inner, body) in enumerate(objects):
            self._places[inner] = (2, number, place)
            index.append(b"%d %d" % (inner, offset))
            bodies.append(body)
            offset += len(body) + 1
        head = b" ".join(index) + b"\n"
        entries = b"/Type /ObjStm /N %d /First %d" % (len(objects), len(head))
        self.add(number, _stream(entries, head + b"\n".join(bodies)))

    def finished(self, number: int, trailer: bytes) -> bytes:
        """Write the table of places as stream `number`; return the file."""
        start = self._size
        self._places[number] = (1, start, 0)
        rows = [
            struct.pack(">B5sH", kind, place.to_bytes(5, "big"), extra)
            for kind, place, extra in (self._places[index] for index in range(number + 1))
        ]
        entries = b"/Type /XRef /Size %d /W [1 5 2] " % (number + 1) + trailer
        entries += b" /DecodeParms << /Predictor 12 /Columns %d >>" % _ROW
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, _stream(entries, _differences(rows))))
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)
        return b"".join(self._parts)

    def _write(self, part: bytes) -> None:
        self._parts.append(part)
        self._size += len(part)


def _differences(rows: list[bytes]) -> bytes:
    """Write each row as what is different from the one above (PNG's filter "up"), as it packs."""
    above = bytes(_ROW)
    parts = []
    for row in rows:
        parts.append(
            b"\x02" + bytes((new - old) & 0xFF for new, old in zip(row, above, strict=True))
        )
        above = row
    return b"".join(parts)


def _stream(entries: bytes, content: bytes) -> bytes:
    packed = zlib.compress(content, 9)
    head = b"<< %b /Filter /FlateDecode /Length %d >>\nstream\n" % (entries, len(packed))
    return _ended(head + packed)


def _ended(stream: bytes) -> bytes:
    """End a stream on a line of its own; one that ends with half a line end gets a whole one."""
    return stream + (b"\r\n" if stream.endswith(b"\r") else b"\n") + _END_STREAM
