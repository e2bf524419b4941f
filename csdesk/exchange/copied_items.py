"""Writes items of an outline for the clipboard, so that spreadsheets, mails and CSDesk read them.

What stands here leaves CSDesk with one key press: the internal notes are never part of it.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence

from csdesk.exchange.fields import Kind, field_label, kind_fields
from csdesk.i18n import _, current
from csdesk.model.items import ItemKind
from csdesk.model.vocabulary import label_of
from csdesk.queries.outline import OutlineItem

_COLUMNS = (
    "title",
    "item_type",
    "owner",
    "customer_owner",
    "start_on",
    "due_on",
    "status",
    "priority",
    "visibility",
)
STEP = "  "
"""What stands before a title for each level it is below the first."""


def items_as_text(items: Sequence[OutlineItem]) -> str:
    """Write items, with what stands below them, as cells between tabs under a header line.

    Pasted into a plan they give the same items again; pasted into a spreadsheet, a table.
    """
    rows = [_header(), *(_cells(item, depth) for item, depth in _walk(items))]
    return "\n".join("\t".join(map(_quoted, row)) for row in rows)


def items_as_html(items: Sequence[OutlineItem]) -> str:
    """Write items, with what stands below them, as a table of HTML."""
    head = "".join(f"<th>{html.escape(cell)}</th>" for cell in _header())
    lines = []
    for item, depth in _walk(items):
        cells = [html.escape(cell.strip()) for cell in _cells(item, depth)]
        inset = f' style="padding-left:{depth * 1.5:g}em"' if depth else ""
        rest = "".join(f"<td>{cell}</td>" for cell in cells[1:])
        lines.append(f"<tr><td{inset}>{cells[0]}</td>{rest}</tr>")
    return f"<table><tr>{head}</tr>{''.join(lines)}</table>"


def _walk(items: Sequence[OutlineItem], depth: int = 0) -> Iterator[tuple[OutlineItem, int]]:
    for item in items:
        yield item, depth
        yield from _walk(item.children, depth + 1)


def _header() -> list[str]:
    fields = kind_fields(Kind.PLANS).fields
    return [field_label(fields[name]) for name in _COLUMNS]


def _cells(item: OutlineItem, depth: int) -> list[str]:
    kinds = {
        ItemKind.GOAL: _("Goal"),
        ItemKind.MILESTONE: _("Milestone"),
        ItemKind.ACTION: _("Action item"),
    }
    customer = current().context("customer", "{name}")
    return [
        STEP * depth + item.title,
        kinds[item.ref.kind or ItemKind.ACTION],
        item.owner,
        customer.format(name=item.customer_owner) if item.customer_owner else "",
        item.start_on.isoformat() if item.start_on else "",
        item.due_on.isoformat() if item.due_on else "",
        label_of(item.status),
        label_of(item.priority),
        label_of(item.visibility),
    ]


def _quoted(cell: str) -> str:
    """Write a cell so that no sign in it is taken for the end of it."""
    plain = cell.lstrip()
    if plain.startswith('"') or any(one in cell for one in "\t\n\r"):
        return '"' + cell.replace('"', '""') + '"'
    return cell
