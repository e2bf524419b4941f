"""Rules of PDF/UA-1 that a program can check, by their numbers in the Matterhorn protocol.

Where that has none, the clause of ISO 14289-1 is named, or "own" for what we ask of ourselves.

Written against the standard's words, not against what our documents happen to be: `faults` says
which checkpoint a file fails, and where.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import pikepdf
from pikepdf import Array, Dictionary, Name

_GROUPS = {"Document", "Part", "Art", "Sect", "Div", "BlockQuote", "TOC", "NonStruct", "Private"}
_TEXTS = {"P", "H", "Caption", "Span", "Quote", "Note", "Reference", "Code", "Link", "Annot"}
_LISTS = {"L", "LI", "Lbl", "LBody"}
_TABLES = {"Table", "TR", "TH", "TD", "THead", "TBody", "TFoot"}
_PICTURES = {"Figure", "Formula", "Form"}
_HEADINGS = {f"H{level}" for level in range(1, 7)}
STANDARD = _GROUPS | _TEXTS | _LISTS | _TABLES | _PICTURES | _HEADINGS | {"TOCI", "Index"}

_PARENTS = {
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "LI": {"L"},
    "Lbl": {"LI", "Note"},
    "LBody": {"LI"},
}
_CHILDREN = {
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "TR": {"TH", "TD"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "L": {"L", "LI", "Caption"},
    "LI": {"Lbl", "LBody"},
}
_WRONG_PLACE = dict.fromkeys(_LISTS, "09-005")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_XMP = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
}


class _Node:
    """A structure element as it is read, with its role resolved."""

    def __init__(self, entry: Dictionary, role: str, parent: _Node | None) -> None:
        self.entry = entry
        self.role = role
        self.parent = parent
        self.kids: list[_Node] = []
        self.has_content = False

    def ancestors(self) -> Iterator[str]:
        """Yield the roles above."""
        if self.parent is not None:
            yield self.parent.role
            yield from self.parent.ancestors()


class _File:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.root = pdf.Root
        self.tree = self.root.get("/StructTreeRoot")
        self.roles = {} if self.tree is None else dict(self.tree.get("/RoleMap", {}).items())
        self.nodes: list[_Node] = []
        self.owned: set[tuple[tuple[int, int], int]] = set()
        """Pieces of content that the tree reaches, by page and number."""
        self.objects: dict[tuple[int, int], _Node] = {}
        """Annotations that the tree reaches."""
        if self.tree is not None:
            self._walk(self.tree, None, None)

    def _walk(self, entry: Dictionary, parent: _Node | None, page: Any) -> None:
        kids = entry.get("/K", Array())
        for kid in kids if isinstance(kids, Array) else [kids]:
            if isinstance(kid, int):
                self.owned.add((page.objgen, kid))
                parent.has_content = True
            elif kid.get("/Type") == Name.MCR:
                self.owned.add((kid.get("/Pg", page).objgen, int(kid.MCID)))
                parent.has_content = True
            elif kid.get("/Type") == Name.OBJR:
                self.objects[kid.Obj.objgen] = parent
                parent.has_content = True
            else:
                node = _Node(kid, self._resolved(str(kid.S)), parent)
                self.nodes.append(node)
                if parent is not None:
                    parent.kids.append(node)
                self._walk(kid, node, kid.get("/Pg", page))

    def _resolved(self, role: str) -> str:
        seen = set()
        while role in self.roles and role not in seen:
            seen.add(role)
            role = str(self.roles[role])
        return role[1:]


def faults(data: bytes, password: str = "") -> list[str]:
    """Return each broken rule as "checkpoint: what and where"; an empty list for a sound file."""
    with pikepdf.open(io.BytesIO(data), password=password) as pdf:
        file = _File(pdf)
        if file.tree is None:
            return ["7.1: no structure tree"]
        return [
            *_identity(file),
            *_metadata(file),
            *_content(file),
            *_roles(file),
            *_headings(file),
            *_tables(file),
            *_figures(file),
            *_annotations(file),
            *_numbers(file),
            *_fonts(file),
            *_safety(file),
            *_outline(file),
        ]


def _identity(file: _File) -> Iterator[str]:
    if not file.root.get("/MarkInfo", {}).get("/Marked", False):
        yield "7.1: not marked as tagged"
    if file.root.get("/MarkInfo", {}).get("/Suspects", False):
        yield "01-007: suspects"
    if not file.root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "07-001: the title bar would show the file's name"
    language = str(file.root.get("/Lang", ""))
    if not _LANGUAGE.fullmatch(language):
        yield f"11-006: no natural language: {language!r}"


def _metadata(file: _File) -> Iterator[str]:
    stream = file.root.get("/Metadata")
    if stream is None or stream.get("/Type") != Name.Metadata or stream.get("/Subtype") != Name.XML:
        yield "06-001: no metadata"
        return
    packet = ET.fromstring(stream.read_bytes().decode())
    parts = [one.get(f"{{{_XMP['pdfuaid']}}}part") for one in packet.iter()]
    if [part for part in parts if part is not None] != ["1"]:
        yield "06-002: does not claim PDF/UA-1"
    titles = [one.text for one in packet.iterfind(".//dc:title/rdf:Alt/rdf:li", _XMP)]
    if not titles or not (titles[0] or "").strip():
        yield "06-003: no title"
    elif titles[0] != str(file.pdf.docinfo.get("/Title", "")):
        yield "own: two different titles"


def _content(file: _File) -> Iterator[str]:
    """Everything drawn is an artifact or belongs to an element that the tree reaches."""
    for number, page in enumerate(file.pdf.pages, 1):
        depth: list[str] = []
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in ("BMC", "BDC"):
                kind = str(operands[0])
                inner = operands[1] if name == "BDC" else {}
                has_number = isinstance(inner, Dictionary) and "/MCID" in inner
                if kind == "/Artifact" and "content" in depth:
                    yield f"01-003: an artifact inside content on page {number}"
                if has_number and "artifact" in depth:
                    yield f"01-004: content inside an artifact on page {number}"
                if has_number and (page.obj.objgen, int(inner.MCID)) not in file.owned:
                    yield f"01-005: content {int(inner.MCID)} of page {number} is in no element"
                depth.append("artifact" if kind == "/Artifact" else "content" if has_number else "")
            elif name == "EMC":
                if not depth:
                    yield f"01-005: an end without a beginning on page {number}"
                    return
                depth.pop()
            elif name in _PAINTING and not {"artifact", "content"} & set(depth):
                yield f"01-005: {name} on page {number} is neither content nor artifact"
        if depth:
            yield f"01-005: a mark does not end on page {number}"


_PAINTING = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh", "EI"}


def _roles(file: _File) -> Iterator[str]:
    for role, meant in file.roles.items():
        if str(role)[1:] in STANDARD:
            yield f"02-004: the standard role {role} is given another meaning"
        if str(meant)[1:] not in STANDARD:
            yield f"02-001: {role} stands for {meant}, which is no standard role"
    for node in file.nodes:
        where = f"{node.role} in {' in '.join(node.ancestors())}"
        if node.role not in STANDARD:
            yield f"02-001: {where} is no standard role"
        parent = node.parent.role if node.parent else ""
        if node.role in _PARENTS and parent not in _PARENTS[node.role]:
            yield f"{_WRONG_PLACE.get(node.role, '09-004')}: {where}"
        if parent in _CHILDREN and node.role not in _CHILDREN[parent]:
            yield f"{_WRONG_PLACE.get(node.role, '09-004')}: {where}"
        if node.role in _GROUPS and node.has_content:
            yield f"7.1: {where} has content of its own"
        if not node.has_content and not node.kids and node.role not in {"TD", "TH", "Document"}:
            yield f"own: {where} is empty"
        for key in ("/Alt", "/ActualText", "/E"):
            if key in node.entry and not str(node.entry[key]).strip():
                yield f"own: {where} has an empty {key}"


def _headings(file: _File) -> Iterator[str]:
    last = 0
    for node in file.nodes:
        if node.role not in _HEADINGS:
            continue
        level = int(node.role[1:])
        if not last and level != 1:
            yield f"14-002: the first heading is H{level}"
        if level > last + 1:
            yield f"14-003: H{level} after H{last}"
        last = level


def _tables(file: _File) -> Iterator[str]:
    for table in (node for node in file.nodes if node.role == "Table"):
        rows = [kid for kid in _below(table) if kid.role == "TR"]
        cells = [cell for row in rows for cell in row.kids]
        if not any(cell.role == "TH" for cell in cells):
            yield "15-003: a table without header cells"
        for cell in cells:
            attributes = cell.entry.get("/A", {})
            listed = list(attributes) if isinstance(attributes, Array) else [attributes]
            scopes = [str(one.get("/Scope", "")) for one in listed if isinstance(one, Dictionary)]
            if cell.role == "TH" and not {"/Row", "/Column", "/Both"} & set(scopes):
                yield "15-003: a header cell does not say what it heads"
        if len({len(row.kids) for row in rows}) > 1:
            yield f"7.2: rows of {sorted({len(row.kids) for row in rows})} cells in one table"


def _below(node: _Node) -> Iterator[_Node]:
    for kid in node.kids:
        yield kid
        yield from _below(kid)


def _figures(file: _File) -> Iterator[str]:
    for node in file.nodes:
        if node.role in {"Figure", "Formula"}:
            text = f"{node.entry.get('/Alt', '')}{node.entry.get('/ActualText', '')}".strip()
            if not text:
                yield f"13-004: a {node.role} that nobody describes"
            box = node.entry.get("/A", {}).get("/BBox")
            if box is None:
                if not isinstance(node.entry.K, Array) or len(node.entry.K) == 1:
                    yield f"own: a {node.role} on one page does not say where it stands"
                continue
            left, bottom, right, top = (float(part) for part in box)
            _, _, width, height = (float(part) for part in node.entry.Pg.MediaBox)
            if not (-1 <= left < right <= width + 1 and -1 <= bottom < top <= height + 1):
                yield f"own: a {node.role} stands beside its page"


def _annotations(file: _File) -> Iterator[str]:
    for number, page in enumerate(file.pdf.pages, 1):
        annotations = list(page.obj.get("/Annots", []))
        if page.obj.get("/Tabs") != Name.S:
            yield f"28-009: the tab order of page {number} is not that of the structure"
        for one in annotations:
            kind = str(one.Subtype)
            owner = file.objects.get(one.objgen)
            if owner is None:
                yield f"28-002: {kind} on page {number} is in no element"
                continue
            if kind == "/Link":
                if owner.role != "Link":
                    yield f"28-011: a link on page {number} is in {owner.role}"
                if not str(one.get("/Contents", "")).strip():
                    yield f"28-012: a link on page {number} does not say where it leads"
            entry = _lookup(file.tree.ParentTree, int(one.get("/StructParent", -1)))
            if entry is None or entry.objgen != owner.entry.objgen:
                yield f"28-002: {kind} on page {number} does not find its element"


def _numbers(file: _File) -> Iterator[str]:
    """Each piece of content finds the element that owns it."""
    for number, page in enumerate(file.pdf.pages, 1):
        owners = _lookup(file.tree.ParentTree, int(page.obj.get("/StructParents", -1)))
        marks = {mark for objgen, mark in file.owned if objgen == page.obj.objgen}
        if owners is None or len(owners) != len(marks):
            yield f"7.1: page {number} does not find its elements"
            continue
        for mark, owner in enumerate(owners):
            kids = owner.get("/K", [])
            listed = [
                int(kid) if isinstance(kid, int) else int(kid.get("/MCID", -1))
                for kid in (kids if isinstance(kids, Array) else [kids])
                if isinstance(kid, int)
                or (kid.get("/Type") == Name.MCR and kid.Pg.objgen == page.obj.objgen)
            ]
            if mark not in listed:
                yield f"7.1: content {mark} of page {number} finds another element"


def _lookup(tree: Dictionary, key: int) -> Any:
    numbers = list(tree.get("/Nums", []))
    for at in range(0, len(numbers), 2):
        if int(numbers[at]) == key:
            return numbers[at + 1]
    for kid in tree.get("/Kids", []):
        found = _lookup(kid, key)
        if found is not None:
            return found
    return None


def _fonts(file: _File) -> Iterator[str]:
    for font in file.pdf.objects:
        if not isinstance(font, Dictionary) or font.get("/Type") != Name.Font:
            continue
        name = str(font.BaseFont)
        if str(font.Subtype).startswith("/CIDFont"):
            if font.Subtype == Name.CIDFontType2 and "/CIDToGIDMap" not in font:
                yield f"31-006: {name} does not say which glyph a number is"
            continue
        inner = font.get("/DescendantFonts", [font])[0]
        descriptor = inner.get("/FontDescriptor", {})
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys()):
            yield f"31-009: {name} is not in the file"
        if "/ToUnicode" not in font:
            yield f"31-027: {name} has no map to text"
            continue
        text = font.ToUnicode.read_bytes().decode("latin-1")
        for _, value in re.findall(r"<([0-9A-Fa-f]+)> <([0-9A-Fa-f]+)>\n(?!endcodespace)", text):
            if value.upper() in {"0000", "FEFF", "FFFE"}:
                yield f"31-028: {name} maps a glyph to U+{value}"
        is_simple = font.Subtype == Name.TrueType
        if is_simple and descriptor.get("/Flags", 0) & 4 and font.get("/Encoding") is not None:
            yield f"31-025: {name} is symbolic and has an encoding"


def _safety(file: _File) -> Iterator[str]:
    for thing in file.pdf.objects:
        if isinstance(thing, Dictionary) and thing.get("/S") in (Name.JavaScript, Name.Launch):
            yield f"own: an action {thing.S}"
    if "/AcroForm" in file.root and "/XFA" in file.root.AcroForm:
        yield "25-001: a dynamic form"
    if file.pdf.is_encrypted and not file.pdf.allow.accessibility:
        yield "26-002: reading aloud is forbidden"
    for page in file.pdf.pages:
        for thing in page.obj.get("/Resources", {}).get("/XObject", {}).values():
            if "/Ref" in thing:
                yield "30-001: a picture of another file"
            if thing.get("/Subtype") == Name.Form and b"/MCID" in thing.read_bytes():
                yield "30-002: numbered content in a reusable drawing"


def _outline(file: _File) -> Iterator[str]:
    with file.pdf.open_outline() as outline:
        waiting = list(outline.root)
        while waiting:
            entry = waiting.pop(0)
            if not (entry.title or "").strip():
                yield "own: an entry of the outline without a title"
            waiting = [*entry.children, *waiting]
