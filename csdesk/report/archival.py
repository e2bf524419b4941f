"""What an archive asks of a file (PDF/A-2b): colours that mean the same on every screen.

The colour profile is made here, byte by byte, so that nobody else's profile is passed on and the
same document gives the same bytes.
"""

from __future__ import annotations

import io
import struct
from functools import cache
from typing import Any

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFStream,
    PDFString,
    PDFZCompress,
)

from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.report.metadata import MAKER

_STEPS = 1024
_NAME = "sRGB IEC61966-2.1"
_WHITE = (0.96420, 1.0, 0.82491)
"""D50, what profiles reckon with."""
_PRIMARIES = {
    "rXYZ": (0.43607, 0.22249, 0.01392),
    "gXYZ": (0.38515, 0.71687, 0.09708),
    "bXYZ": (0.14307, 0.06061, 0.71410),
}
"""Red, green and blue of IEC 61966-2-1, adapted to D50 (Bradford)."""


def add_output_intent(document: Any) -> None:
    """Let a ReportLab document say that its colours are sRGB."""
    profile = PDFStream(PDFDictionary({"N": 3}), srgb_profile(), [PDFZCompress])
    intent = PDFDictionary(
        {
            "Type": PDFName("OutputIntent"),
            "S": PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": PDFString(_NAME),
            "Info": PDFString(_NAME),
            "DestOutputProfile": document.Reference(profile),
        }
    )
    catalog = document.Catalog
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
    catalog.OutputIntents = PDFArray([intent])


def claims_to_be_archival(data: bytes) -> bool:
    """Tell whether a file of ours says that it is PDF/A; what it says lies open in it."""
    return b'pdfaid:part="2"' in data


def check_archival(data: bytes) -> None:
    """Check a file that claims to be PDF/A-2b; raise UserError where it is not, as a bug of ours.

    Any other file passes. Takes about a third of the time that laying out took.
    """
    if not claims_to_be_archival(data):
        return
    faults = archival_faults(data)
    if faults:
        raise UserError(
            _("The document does not fulfil PDF/A-2b: {fault}").format(fault=faults[0]),
            _("Turn off the option for archives, and report this as a fault of CSDesk."),
        )


def archival_faults(data: bytes) -> tuple[str, ...]:
    """Hold a finished file against PDF/A-2b with pikepdf's validator; return what is wrong."""
    from pikepdf import pdfa

    report = pdfa.validate_written(io.BytesIO(data), "2b")
    return tuple(str(finding) for finding in report.findings)


@cache
def srgb_profile() -> bytes:
    """Return an ICC profile (version 2.1, for displays) of the colours screens and offices use."""
    curve = _curve()
    tags = {
        "desc": _description(_NAME),
        "cprt": b"text\0\0\0\0" + f"Made by {MAKER}; free to use".encode() + b"\0",
        "wtpt": _xyz(_WHITE),
        **{name: _xyz(value) for name, value in _PRIMARIES.items()},
        "rTRC": curve,
    }
    directory, body = b"", b""
    start = 128 + 4 + 12 * (len(tags) + 2)
    for name, content in tags.items():
        entry = struct.pack(">II", start + len(body), len(content))
        for alias in (name, "gTRC", "bTRC") if name == "rTRC" else (name,):
            directory += alias.encode() + entry
        body += content + b"\0" * (-len(content) % 4)
    table = struct.pack(">I", len(directory) // 12) + directory
    return _header(128 + len(table) + len(body)) + table + body


def _header(size: int) -> bytes:
    """Describe the profile; its date is the day of the standard, not of this computer's clock."""
    header = struct.pack(">I4sI", size, b"\0\0\0\0", 0x02100000) + b"mntrRGB XYZ "
    header += struct.pack(">6H", 1999, 10, 1, 0, 0, 0) + b"acsp"
    header += b"\0" * 28 + b"".join(_fixed(part) for part in _WHITE)
    return header.ljust(128, b"\0")


def _curve() -> bytes:
    """Tabulate how light grows with the value, as IEC 61966-2-1 says."""
    values = []
    for step in range(_STEPS):
        share = step / (_STEPS - 1)
        light = share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        values.append(round(light * 65535))
    return struct.pack(f">4s4xI{_STEPS}H", b"curv", _STEPS, *values)


def _description(text: str) -> bytes:
    """Name the profile: in ASCII; the fields for Unicode and Macintosh stay empty."""
    plain = text.encode("ascii") + b"\0"
    return struct.pack(">4s4xI", b"desc", len(plain)) + plain + b"\0" * (4 + 4 + 2 + 1 + 67)


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + b"".join(_fixed(value) for value in values)


def _fixed(value: float) -> bytes:
    """Write a number as the format keeps it, in 65536ths."""
    return struct.pack(">i", round(value * 65536))
