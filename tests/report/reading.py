"""Reads a PDF back, as its reader's programs do."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
import pypdfium2 as pdfium

from csdesk.model.vocabulary import DocumentKind
from csdesk.progress import SILENT, Progress
from csdesk.queries.customer_document import CustomerDocument
from csdesk.queries.customer_rows import CustomerPlan
from csdesk.report.customer_document import customer_document_bytes
from csdesk.report.document import Made


def laid_out(
    view: CustomerPlan,
    language: str = "en",
    kind: DocumentKind = DocumentKind.CUSTOMER,
    progress: Progress = SILENT,
    **rest: Any,
) -> Made:
    """Make a document for the customer; `rest` are more fields of `CustomerDocument`."""
    return customer_document_bytes(CustomerDocument(kind, language, view, **rest), progress)


def made(
    view: CustomerPlan,
    language: str = "en",
    kind: DocumentKind = DocumentKind.CUSTOMER,
    **rest: Any,
) -> bytes:
    """Make a document for the customer and return its bytes."""
    return laid_out(view, language, kind, **rest).data


def page_texts(data: bytes) -> list[str]:
    """Return the text of each page."""
    with pdfium.PdfDocument(data) as document:
        return [page.get_textpage().get_text_range() for page in document]


def whole_text(data: bytes) -> str:
    """Return all text on one line, as searching for it sees it."""
    return " ".join("\n".join(page_texts(data)).split())


def outline(data: bytes) -> list[str]:
    """Return the titles of the outline."""
    with pdfium.PdfDocument(data) as document:
        return [entry.get_title() for entry in document.get_toc()]


def font_files(data: bytes) -> dict[str, bool]:
    """Return the name of every font, and whether the file has its letters with it."""
    found: dict[str, bool] = {}
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font":
                inner = thing.get("/DescendantFonts", [thing])[0]
                descriptor = inner.get("/FontDescriptor")
                found[str(thing.BaseFont)] = descriptor is not None and "/FontFile2" in descriptor
    return found


def pieces(data: bytes) -> Iterator[bytes]:
    """Yield every stream, decompressed, and every string and name of a PDF."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream):
                yield thing.read_bytes()
            yield from _strings(thing)
        yield from _strings(pdf.trailer)


def _strings(thing: Any) -> Iterator[bytes]:
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for key in list(thing.keys()):
            yield str(key).encode()
            value = thing.get(key)
            if not getattr(value, "is_indirect", False):
                yield from _strings(value)
    elif isinstance(thing, pikepdf.Array):
        for value in list(thing):
            if not getattr(value, "is_indirect", False):
                yield from _strings(value)
    elif isinstance(thing, pikepdf.String):
        yield bytes(thing)
        yield str(thing).encode()
    elif thing is not None:
        yield str(thing).encode()


@dataclass(frozen=True, slots=True)
class Element:
    """A structure element: its role, its text for those who cannot see it, its children."""

    role: str
    alternative: str
    children: int


def structure(data: bytes) -> list[Element]:
    """Return every structure element, parents first."""
    found = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        waiting = [pdf.Root.StructTreeRoot.K[0]]
        while waiting:
            entry = waiting.pop(0)
            if not isinstance(entry, pikepdf.Dictionary) or "/S" not in entry:
                continue
            kids = entry.get("/K", [])
            kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
            found.append(Element(str(entry.S)[1:], str(entry.get("/Alt", "")), len(kids)))
            waiting = [*kids, *waiting]
    return found
