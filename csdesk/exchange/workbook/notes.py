"""Finds what customers said in notes and comment bubbles, which are no part of any cell."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree as ET

from csdesk.exchange.tables import shorten
from csdesk.i18n import _

_PARTS = re.compile(r"xl/(?:comments|threadedComments/)[^/]*\.xml$|xl/comments/[^/]+\.xml$")
_MOST = 50
_THREADED = "[Threaded comment]"


def cell_notes(data: bytes) -> list[str]:
    """Return a sentence for each note in a workbook that was checked already.

    A part that is no XML is told too, so that nobody believes there was nothing.
    """
    told: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in sorted(archive.namelist()):
            if not _PARTS.match(name):
                continue
            try:
                root = ET.fromstring(archive.read(name))
            except ET.ParseError:
                told.append(_("The workbook has notes that cannot be read; open it to see them."))
                continue
            told += [
                _("Note in cell {cell}: “{text}”").format(cell=cell, text=shorten(text, 400))
                for cell, text in _notes(root)
            ]
    if len(told) > _MOST:
        told[_MOST:] = [_("There are more notes; open the workbook to read them.")]
    return told


def _notes(root: ET.Element) -> list[tuple[str, str]]:
    found = []
    for element in root.iter():
        if element.tag.rpartition("}")[2] not in ("comment", "threadedComment"):
            continue
        text = " ".join("".join(element.itertext()).split())
        # Excel repeats each comment of a thread in a note for older versions.
        if text and not text.startswith(_THREADED):
            found.append((element.get("ref", ""), text))
    return found
