"""The tree of what is on the pages of a tagged PDF, as a reader's program hears it.

Built while the pages are drawn and written once at the end, when every page and every link has
its place.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString

from csdesk.report.typesetting import clean

Box = tuple[float, float, float, float]
"""Left, bottom, right and top of a rectangle, in points."""

_MEANT_AS = {"Title": "H1", "Strong": "Span", "Em": "Span", "Aside": "Div"}
"""Roles that PDF 1.7 does not know, and which of its own they stand for."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of a page's content, by the number it carries there."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Target:
    """An annotation on a page; it is told which element it belongs to when that is written."""

    page: int
    annotation: Any


@dataclass(slots=True, eq=False)
class Element:
    """A heading, paragraph, table cell, figure and so on, with what is in it."""

    role: str
    title: str = ""
    alternative: str = ""
    heads: str = ""
    """What a table's header cell is the header of: Column or Row."""
    box: Box | None = None
    """Where a figure stands that is on one page; None for one on several, and for text."""
    kids: list[Element | Mark | Target] = field(default_factory=list)
    reference: Any = None

    def first_page(self) -> int | None:
        """Return the page of the first piece that is its own, not an element's inside it."""
        return next((kid.page for kid in self.kids if isinstance(kid, Mark)), None)


def write_tree(document: Any, root: Element, marked: list[list[Element]]) -> None:
    """Put the tree under `root` into a ReportLab document whose pages are all drawn.

    `marked` lists, for each page, the element of each number that its content carries.
    """
    tree = _Tree(document)
    entry = PDFDictionary({})
    top = tree.write(root, document.Reference(entry))
    numbers: list[Any] = []
    for index, elements in enumerate(marked[: len(tree.pages)]):
        numbers += [index, PDFArray([element.reference for element in elements])]
    for key, (annotation, reference) in enumerate(tree.targets, len(tree.pages)):
        annotation.dict["StructParent"] = key
        numbers += [key, reference]
    entry.dict.update(
        Type=PDFName("StructTreeRoot"),
        K=PDFArray([top]),
        ParentTree=document.Reference(PDFDictionary({"Nums": PDFArray(numbers)})),
        ParentTreeNextKey=len(tree.pages) + len(tree.targets),
    )
    if tree.unusual:
        roles = {role: PDFName(_MEANT_AS[role]) for role in sorted(tree.unusual)}
        entry.dict["RoleMap"] = PDFDictionary(roles)
    document.Catalog.StructTreeRoot = entry
    document.Catalog.MarkInfo = PDFDictionary({"Marked": pdfdoc.PDFtrue})


class _Tree:
    """The writing of one document's tree."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self.pages = [document.Reference(page) for page in document.Pages.pages]
        self.targets: list[tuple[Any, Any]] = []
        """Annotations with the elements they belong to, in reading order."""
        self.unusual: set[str] = set()

    def write(self, element: Element, parent: Any) -> Any:
        """Write an element and all that is in it; return the reference to it."""
        entry = PDFDictionary({"S": PDFName(element.role), "P": parent})
        element.reference = self._document.Reference(entry)
        if element.role in _MEANT_AS:
            self.unusual.add(element.role)
        own_page = element.first_page()
        if own_page is not None:
            entry.dict["Pg"] = self.pages[own_page]
        entry.dict["K"] = PDFArray([self._kid(kid, element, own_page) for kid in element.kids])
        if element.title:
            entry.dict["T"] = PDFString(clean(element.title))
        if element.alternative:
            entry.dict["Alt"] = PDFString(clean(element.alternative))
        if element.heads:
            entry.dict["A"] = PDFDictionary(
                {"O": PDFName("Table"), "Scope": PDFName(element.heads)}
            )
        if element.box is not None:
            corners = PDFArray([round(part, 2) for part in element.box])
            entry.dict["A"] = PDFDictionary(
                {"O": PDFName("Layout"), "Placement": PDFName("Block"), "BBox": corners}
            )
        return element.reference

    def _kid(self, kid: Element | Mark | Target, parent: Element, own_page: int | None) -> Any:
        if isinstance(kid, Element):
            return self.write(kid, parent.reference)
        if isinstance(kid, Target):
            self.targets.append((kid.annotation, parent.reference))
            return PDFDictionary(
                {
                    "Type": PDFName("OBJR"),
                    "Pg": self.pages[kid.page],
                    "Obj": self._document.Reference(kid.annotation),
                }
            )
        if kid.page == own_page:
            return kid.number
        return PDFDictionary(
            {"Type": PDFName("MCR"), "Pg": self.pages[kid.page], "MCID": kid.number}
        )
