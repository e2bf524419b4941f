"""A ReportLab canvas that writes tagged PDF: headings, paragraphs, tables and figures by role.

What is drawn inside `content` belongs to a structure element; all the rest (rules, backgrounds,
headers, footers) is marked as an artifact, which a screen reader passes over.
"""

from __future__ import annotations

import datetime as dt
import math
import time
from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

from reportlab.lib.colors import Color
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFStream,
    PDFString,
    PDFZCompress,
)
from reportlab.pdfgen.canvas import Canvas

from csdesk.report.archival import add_output_intent
from csdesk.report.compact_file import compact_bytes
from csdesk.report.metadata import MAKER, Facts, metadata_packet
from csdesk.report.structure_tree import Box, Element, Mark, Target, write_tree
from csdesk.report.typesetting import clean

_BEGIN_ARTIFACT = "/Artifact BMC"
_END = "EMC"
_PRINTED = 4
"""The flag of an annotation that shows on paper, too."""


class TaggedCanvas(Canvas):  # type: ignore[misc]  # reportlab publishes no types
    """Draws pages and keeps the tree of what is on them."""

    def __init__(self, *arguments: Any, is_archival: bool = False, **options: Any) -> None:
        """Begin a document; `is_archival` makes it claim PDF/A-2b instead of PDF/UA-1."""
        self._is_archival = is_archival
        self._root = Element("Document")
        self._open = [self._root]
        self._marked: list[list[Element]] = [[]]
        self._known: dict[Hashable, Element] = {}
        self._bookmarks: set[str] = set()
        self._content: Element | None = None
        """Whose content is drawn at this moment."""
        self._is_silent = False
        self._inside_form = False
        super().__init__(*arguments, **options)
        self.setViewerPreference("DisplayDocTitle", "true")

    def finished(self) -> bytes:
        """Return the file, structure and all; every page has been shown."""
        write_tree(self._doc, self._root, self._marked)
        self._write_metadata()
        # Every page counts, the cover too: what is printed at its foot is what a viewer says.
        numbers = PDFArray([0, PDFDictionary({"S": PDFName("D")})])
        self._doc.Catalog.PageLabels = PDFDictionary({"Nums": numbers})
        if self._is_archival:
            add_output_intent(self._doc)
        return compact_bytes(self)

    @contextmanager
    def content(
        self,
        role: str,
        *,
        key: Hashable = None,
        alternative: str = "",
        heads: str = "",
        box: Box | None = None,
    ) -> Iterator[None]:
        """Make what is drawn inside a structure element of `role`.

        The same `key` continues an element, as for a paragraph that goes on over a page.
        `alternative` is the text for those who cannot see a figure; a figure without one is
        decoration; `box` is where it stands. `heads` says what a table's header cell is the
        header of. Content within content, and in a form, belongs to the outer one.
        """
        if role == "BlockQuote":
            # A quotation only groups; its words are a paragraph in it.
            outer = None if key is None else (role, key)
            with self.element(role, key=outer), self.content("P", key=key):
                yield
            return
        is_bare = role == "Figure" and not clean(alternative).strip()
        if self._content is not None or self._is_silent or self._inside_form or is_bare:
            yield
            return
        element = self._element(role, key, alternative=alternative, heads=heads)
        element.box = self._on_page(box) if box is not None and not element.kids else None
        self._begin_mark(element)
        self._content = element
        try:
            yield
        finally:
            self._code += [_END, _BEGIN_ARTIFACT]
            self._content = None

    @contextmanager
    def link(self, address: str, box: Box, says: str) -> Iterator[None]:
        """Let a click into `box` (left, bottom, right, top) and what is drawn inside lead away.

        `address` is what `csdesk.report.links.link_address` returns, or "#" and the name of an
        `anchor` of this document; `says` is read out as the link's description. Decoration and
        forms lead nowhere. A text object must be begun and drawn wholly inside or outside.
        """
        outer = self._content
        if self._is_silent or self._inside_form or not address:
            yield
            return
        element = Element("Link")
        (outer or self._open[-1]).kids.append(element)
        self._begin_mark(element)
        self._content = element
        try:
            yield
        finally:
            element.kids.append(Target(len(self._marked) - 1, self._annotate(address, box, says)))
            self._content = outer
            if outer is None:
                self._code += [_END, _BEGIN_ARTIFACT]
            else:
                self._begin_mark(outer)

    @contextmanager
    def element(self, role: str, *, key: Hashable = None, title: str = "") -> Iterator[None]:
        """Make the elements drawn inside children of one of `role`; `key` as in `content`."""
        if self._content is not None or self._is_silent:
            yield
            return
        self._open.append(self._element(role, key, title=title))
        try:
            yield
        finally:
            self._open.pop()

    def put(self, code: str) -> None:
        """Add to the content of the page what is written in its own language (ISO 32000-1, 8)."""
        self._code.append(code)

    @property
    def is_heard(self) -> bool:
        """Whether what is drawn now is content, and no decoration."""
        return self._content is not None and not self._inside_form

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

    def anchor(self, name: str, top: float) -> None:
        """Make the height `top` of this page a place that a `link` may lead to."""
        self.bookmarkHorizontal(_anchor_key(name), 0, top)

    @contextmanager
    def decoration(self) -> Iterator[None]:
        """Keep what is drawn inside out of the structure, though it would belong there."""
        outside, self._is_silent = self._is_silent, True
        try:
            yield
        finally:
            self._is_silent = outside

    def _element(
        self, role: str, key: Hashable, *, title: str = "", alternative: str = "", heads: str = ""
    ) -> Element:
        found = self._known.get(key) if key is not None else None
        if found is None:
            found = Element(role, title, alternative, heads)
            self._open[-1].kids.append(found)
            if key is not None:
                self._known[key] = found
        return found

    def _begin_mark(self, element: Element) -> None:
        """End what was drawn before, and let `element` own what follows."""
        marks = self._marked[-1]
        element.kids.append(Mark(len(self._marked) - 1, len(marks)))
        self._end_mark()
        self._code.append(f"/{element.role} <</MCID {len(marks)}>> BDC")
        marks.append(element)

    def _end_mark(self) -> None:
        """End what was drawn last; decoration in which nothing was drawn is forgotten."""
        if self._code and self._code[-1] == _BEGIN_ARTIFACT:
            self._code.pop()
        else:
            self._code.append(_END)

    def _on_page(self, box: Box) -> Box:
        """Return a rectangle of what is drawn now in the page's own points."""
        return *self.absolutePosition(box[0], box[1]), *self.absolutePosition(box[2], box[3])

    def _annotate(self, address: str, box: Box, says: str) -> Any:
        target: dict[str, Any] = {
            "A": PDFDictionary({"S": PDFName("URI"), "URI": PDFString(address)})
        }
        if address.startswith("#"):
            target = {"Dest": self._bookmarkReference(_anchor_key(address[1:]))}
        annotation = PDFDictionary(
            {
                "Type": PDFName("Annot"),
                "Subtype": PDFName("Link"),
                "Rect": PDFArray([round(part, 2) for part in self._on_page(box)]),
                "Border": PDFArray([0, 0, 0]),
                "F": _PRINTED,
                **target,
                "Contents": PDFString(clean(says).strip() or address),
            }
        )
        self._addAnnotation(annotation)
        return annotation

    def _write_metadata(self) -> None:
        """Say in XMP what the document's information says, and which standard it follows."""
        info = self._doc.info
        info.producer = MAKER
        moment = dt.datetime.fromtimestamp(self._doc._timeStamp.t, dt.UTC)
        language = getattr(self._doc.Catalog, "Lang", None)
        packet = metadata_packet(
            Facts(
                title=info.title,
                author=info.author,
                subject=info.subject,
                language=language.s if language is not None else "",
                moment=moment,
                is_archival=self._is_archival,
            )
        )
        entries = {"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}
        self._doc.Catalog.Metadata = PDFStream(PDFDictionary(entries), packet)

    # ReportLab's overrides

    def beginForm(self, *arguments: Any, **options: Any) -> None:  # noqa: N802
        """Begin a reusable drawing; nothing in it is tagged."""
        super().beginForm(*arguments, **options)
        self._inside_form = True

    def endForm(self, **options: Any) -> None:  # noqa: N802
        """End the drawing begun last."""
        name = self._formData[0]
        super().endForm(**options)
        form = self._doc.idToObject[self._doc.getXObjectName(name)]
        if form.compression:
            form.compression = 0  # ReportLab's own way writes a quarter more
            form.Contents = PDFStream(content=form.stream, filters=[PDFZCompress])
        self._inside_form = False

    def showPage(self) -> None:  # noqa: N802
        """Finish the page and connect it with its elements."""
        self._code.insert(0, _BEGIN_ARTIFACT)
        self._end_mark()
        super().showPage()
        page = self._doc.Pages.pages[-1]
        page.Trans = None
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = len(self._marked) - 1
        page.Tabs = PDFName("S")
        page.Contents = PDFStream(content=page.stream, filters=[PDFZCompress])
        self._marked.append([])

    def linearGradient(  # noqa: N802
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        colors: Sequence[Color],
        positions: Sequence[float] | None = None,
        extend: bool = True,
    ) -> None:
        """Fill with a change of colours; in an archive's file with bands of plain ones.

        The validator of archives does not know shadings. Bands are so many that no eye tells.
        """
        if not self._is_archival:
            super().linearGradient(x0, y0, x1, y1, colors, positions, extend)
            return
        stops = list(positions or [at / (len(colors) - 1) for at in range(len(colors))])
        bands = [(-math.inf, colors[0]), *_bands(colors, stops)]
        length = math.hypot(x1 - x0, y1 - y0)
        along = ((x1 - x0) / length, (y1 - y0) / length)
        reach = sum(self._pagesize) + length
        last = reach if extend else length
        for share, color in bands:
            start = max(share * length, -reach if extend else 0.0)
            corners = [
                (x0 + along[0] * far - along[1] * side, y0 + along[1] * far + along[0] * side)
                for far, side in ((start, -reach), (last, -reach), (last, reach), (start, reach))
            ]
            path = self.beginPath()
            path.moveTo(*(round(part, 2) for part in corners[0]))
            for corner in corners[1:]:
                path.lineTo(*(round(part, 2) for part in corner))
            path.close()
            self.setFillColor(color)
            self.drawPath(path, stroke=0, fill=1)


def _anchor_key(name: str) -> str:
    """Keep the names of anchors apart from the keys of the outline."""
    return f"anchor-{name}"


def _bands(colors: Sequence[Color], stops: Sequence[float]) -> Iterator[tuple[float, Color]]:
    """Yield where each band begins and its colour, one band for each step of a screen's 256."""
    for (start, first), (end, second) in pairwise(zip(stops, colors, strict=True)):
        pairs = list(zip(first.rgb(), second.rgb(), strict=True))
        count = max(1, *(round(abs(after - before) * 255) for before, after in pairs))
        for step in range(1, count + 1):
            share = step / count
            mixed = [before + (after - before) * share for before, after in pairs]
            yield start + (end - start) * (step - 0.5) / count, Color(*mixed)
