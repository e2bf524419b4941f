"""A ReportLab canvas that writes tagged PDF: headings, paragraphs, tables and figures by role.

What is drawn inside `content` belongs to a structure element; all the rest (rules, backgrounds,
headers, footers) is marked as an artifact, which a screen reader passes over.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFStream,
    PDFString,
    PDFZCompress,
)
from reportlab.pdfgen.canvas import Canvas

from csdesk.report.compact_file import compact_bytes
from csdesk.report.typesetting import clean

_BEGIN_ARTIFACT = "/Artifact BMC"
_END = "EMC"


@dataclass(frozen=True, slots=True)
class _Mark:
    """A piece of a page's content, by the number it carries there."""

    page: int
    number: int


@dataclass(slots=True)
class _Element:
    role: str
    title: str = ""
    alternative: str = ""
    heads: str = ""
    """What a table's header cell is the header of: Column or Row."""
    kids: list[_Element | _Mark] = field(default_factory=list)
    reference: Any = None

    def first_page(self) -> int | None:
        return next((kid.page for kid in self.kids if isinstance(kid, _Mark)), None)


class TaggedCanvas(Canvas):  # type: ignore[misc]  # reportlab publishes no types
    """Draws pages and keeps the tree of what is on them."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self._root = _Element("Document")
        self._open = [self._root]
        self._marked: list[list[_Element]] = [[]]
        self._known: dict[Hashable, _Element] = {}
        self._bookmarks: set[str] = set()
        self._inside_content = False
        self._inside_form = False
        super().__init__(*arguments, **options)
        self.setViewerPreference("DisplayDocTitle", "true")

    def finished(self) -> bytes:
        """Return the file, structure and all; every page has been shown."""
        self._write_structure()
        return compact_bytes(self)

    @contextmanager
    def content(
        self, role: str, *, key: Hashable = None, alternative: str = "", heads: str = ""
    ) -> Iterator[None]:
        """Make what is drawn inside a structure element of `role`.

        The same `key` continues an element, as for a paragraph that goes on over a page.
        `alternative` is the text for those who cannot see a figure; `heads` says what a table's
        header cell is the header of. Content within content, and in a form, belongs to the
        outer one.
        """
        if self._inside_content or self._inside_form:
            yield
            return
        element = self._element(role, key, alternative=alternative, heads=heads)
        marks = self._marked[-1]
        element.kids.append(_Mark(len(self._marked) - 1, len(marks)))
        self._code += [_END, f"/{role} <</MCID {len(marks)}>> BDC"]
        marks.append(element)
        self._inside_content = True
        try:
            yield
        finally:
            self._code += [_END, _BEGIN_ARTIFACT]
            self._inside_content = False

    @contextmanager
    def element(self, role: str, *, key: Hashable = None, title: str = "") -> Iterator[None]:
        """Make the elements drawn inside children of one of `role`; `key` as in `content`."""
        if self._inside_content:
            yield
            return
        self._open.append(self._element(role, key, title=title))
        try:
            yield
        finally:
            self._open.pop()

    def set_time(self, moment: dt.datetime) -> None:
        """Let the file say it was made at `moment` (aware), whenever it is really made."""
        stamp = self._doc._timeStamp
        stamp.t = moment.timestamp()
        stamp.lt = time.gmtime(stamp.t)
        stamp.YMDhms = tuple(stamp.lt)[:6]
        stamp.dhh = stamp.dmm = 0

    def bookmark(self, title: str, top: float, level: int = 0) -> None:
        """Add `title` to the outline, leading to the height `top` of this page; once for each."""
        if title in self._bookmarks:
            return
        self._bookmarks.add(title)
        key = f"place-{len(self._bookmarks)}"
        self.bookmarkHorizontal(key, 0, top)
        self.addOutlineEntry(clean(title), key, level=level)

    @contextmanager
    def decoration(self) -> Iterator[None]:
        """Keep what is drawn inside out of the structure, though it would belong there."""
        outside, self._inside_content = self._inside_content, True
        try:
            yield
        finally:
            self._inside_content = outside

    def _element(
        self, role: str, key: Hashable, *, title: str = "", alternative: str = "", heads: str = ""
    ) -> _Element:
        found = self._known.get(key) if key is not None else None
        if found is None:
            found = _Element(role, title, alternative, heads)
            self._open[-1].kids.append(found)
            if key is not None:
                self._known[key] = found
        return found

    def _write_structure(self) -> None:
        document = self._doc
        pages = [document.Reference(page) for page in document.Pages.pages]
        root = PDFDictionary({})
        tree = self._write_element(self._root, document.Reference(root), pages)
        numbers: list[Any] = []
        for index, elements in enumerate(self._marked[: len(pages)]):
            numbers += [index, PDFArray([element.reference for element in elements])]
        root.dict.update(
            Type=PDFName("StructTreeRoot"),
            K=PDFArray([tree]),
            ParentTree=document.Reference(PDFDictionary({"Nums": PDFArray(numbers)})),
            ParentTreeNextKey=len(pages),
        )
        document.Catalog.StructTreeRoot = root
        document.Catalog.MarkInfo = PDFDictionary({"Marked": pdfdoc.PDFtrue})

    def _write_element(self, element: _Element, parent: Any, pages: list[Any]) -> Any:
        entry = PDFDictionary({"S": PDFName(element.role), "P": parent})
        element.reference = self._doc.Reference(entry)
        own_page = element.first_page()
        if own_page is not None:
            entry.dict["Pg"] = pages[own_page]
        entry.dict["K"] = PDFArray(
            [self._write_kid(kid, element, own_page, pages) for kid in element.kids]
        )
        if element.title:
            entry.dict["T"] = PDFString(clean(element.title))
        if element.alternative:
            entry.dict["Alt"] = PDFString(clean(element.alternative))
        if element.heads:
            entry.dict["A"] = PDFDictionary(
                {"O": PDFName("Table"), "Scope": PDFName(element.heads)}
            )
        return element.reference

    def _write_kid(
        self, kid: _Element | _Mark, parent: _Element, own_page: int | None, pages: list[Any]
    ) -> Any:
        if isinstance(kid, _Element):
            return self._write_element(kid, parent.reference, pages)
        if kid.page == own_page:
            return kid.number
        return PDFDictionary({"Type": PDFName("MCR"), "Pg": pages[kid.page], "MCID": kid.number})

    # ReportLab's overrides

    def beginForm(self, *arguments: Any, **options: Any) -> None:  # noqa: N802
        """Begin a reusable drawing; nothing in it is tagged."""
        super().beginForm(*arguments, **options)
        self._inside_form = True

    def endForm(self, **options: Any) -> None:  # noqa: N802
        """End the drawing begun last."""
        super().endForm(**options)
        self._inside_form = False

    def showPage(self) -> None:  # noqa: N802
        """Finish the page and connect it with its elements."""
        self._code.insert(0, _BEGIN_ARTIFACT)
        self._code.append(_END)
        super().showPage()
        page = self._doc.Pages.pages[-1]
        page.Trans = None
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = len(self._marked) - 1
        page.Tabs = PDFName("S")
        page.Contents = PDFStream(content=page.stream, filters=[PDFZCompress])
        self._marked.append([])
