"""Which addresses in a customer's text may lead out of a document."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from csdesk.report.typesetting import clean

_LONGEST = 2_000
_SAFE = "!#$%&'()*+,/:;=?@[]~-._"
_HOST = re.compile(r"[a-z0-9._-]+")
_MAIL = re.compile(r"[^\s@<>()\[\],;:\\\"]+@[^\s@<>()\[\],;:\\\"/]+\.[^\s@<>()\[\],;:\\\"/.]+")


def link_address(text: str) -> str:
    """Return what a link for `text` leads to: https and mail addresses only, else nothing.

    A bare mail address counts. Letters that an address cannot hold are written as percent codes.
    Anything else that a text may ask for (files, scripts, other programs) gets no link.
    """
    text = clean(text).strip()
    if len(text) > _LONGEST or re.search(r"\s", text):
        return ""
    if _MAIL.fullmatch(text):
        text = f"mailto:{text}"
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        return ""
    if parts.scheme == "https" and host and "@" not in parts.netloc:
        name = _ascii_host(host)
        rest = text.split("//", 1)[1][len(parts.netloc) :]
        at = f":{port}" if port is not None else ""
        return f"https://{name}{at}{quote(rest, safe=_SAFE)}" if name else ""
    if parts.scheme == "mailto" and _MAIL.fullmatch(parts.path) and not parts.query:
        return f"mailto:{quote(parts.path, safe=_SAFE)}"
    return ""


def _ascii_host(host: str) -> str:
    """Write a name of the network as its machines do (日本.jp is xn--wgv71a.jp)."""
    try:
        name = host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    return name if _HOST.fullmatch(name) else ""
