"""What a file says of itself to archives and readers' programs (XMP), in bytes of our own.

Written by hand rather than by a library, so that the same document gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from xml.sax.saxutils import escape

MAKER = "CSDesk"

_UNIVERSAL = 'xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"'
_ARCHIVAL = 'xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="2" pdfaid:conformance="B"'


@dataclass(frozen=True, slots=True)
class Facts:
    """What there is to say; the texts are cleaned already."""

    title: str
    author: str
    subject: str
    language: str
    moment: dt.datetime
    is_archival: bool
    """Whether the file claims PDF/A-2b, else PDF/UA-1: one of the two, never both."""


def metadata_packet(facts: Facts) -> bytes:
    """Return the XMP packet, UTF-8."""
    moment = facts.moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")
    lines = [
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>',
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">',
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"',
        ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"',
        f" {_ARCHIVAL if facts.is_archival else _UNIVERSAL}",
        f' dc:format="application/pdf" pdf:Producer="{MAKER}" xmp:CreatorTool="{MAKER}"',
        f' xmp:CreateDate="{moment}" xmp:ModifyDate="{moment}">',
        _choice("dc:title", facts.title),
        _choice("dc:description", facts.subject),
        _list("dc:creator", "Seq", facts.author),
        _list("dc:language", "Bag", facts.language),
        "</rdf:Description>",
        "</rdf:RDF>",
        "</x:xmpmeta>",
        '<?xpacket end="r"?>',
    ]
    return "\n".join(line for line in lines if line).encode()


def _choice(name: str, text: str) -> str:
    """Give a text for every language there is."""
    said = f'<rdf:li xml:lang="x-default">{_plain(text)}</rdf:li>'
    return f"<{name}><rdf:Alt>{said}</rdf:Alt></{name}>" if text else ""


def _list(name: str, kind: str, text: str) -> str:
    said = f"<{name}><rdf:{kind}><rdf:li>{_plain(text)}</rdf:li></rdf:{kind}></{name}>"
    return said if text else ""


def _plain(text: str) -> str:
    """Let a text be nothing but text, also to who only looks for words: it can claim nothing."""
    return escape(text, {'"': "&quot;"})
