"""What of an outline travels by clipboard or drag: a table for others, the items for CSDesk."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMimeData

from csdesk.actions.plan_items import ItemKind, ItemRef
from csdesk.exchange.copied_items import items_as_html, items_as_text
from csdesk.queries.outline import OutlineItem, PlanOutline

MIME = "application/x-csdesk-outline"


@dataclass(frozen=True, slots=True)
class Carried:
    """Items on their way, and where they come from."""

    workspace: str
    account: str
    plan: str
    refs: tuple[ItemRef, ...]
    title: str
    """The title of the first of them."""
    is_cut: bool = False
    """Whether they go away from where they are once they are put somewhere."""


def mime_of(
    workspace: str, outline: PlanOutline, items: Sequence[OutlineItem], *, is_cut: bool = False
) -> QMimeData:
    """Write items of a plan for the clipboard: by name for CSDesk, as text and HTML for others."""
    data = QMimeData()
    content = {
        "workspace": workspace,
        "account": outline.account_id,
        "plan": outline.id,
        "items": [[str(item.ref.kind), item.ref.id] for item in items],
        "title": items[0].title if items else "",
        "cut": is_cut,
    }
    data.setData(MIME, json.dumps(content).encode())
    data.setText(items_as_text(items))
    data.setHtml(items_as_html(items))
    return data


def carried_by(data: QMimeData) -> Carried | None:
    """Tell which items are on their way; None where it is something else or from elsewhere."""
    if not data.hasFormat(MIME):
        return None
    try:
        content = json.loads(bytes(data.data(MIME).data()).decode())
        refs = tuple(ItemRef(ItemKind(kind), str(row_id)) for kind, row_id in content["items"])
        return Carried(
            str(content["workspace"]),
            str(content["account"]),
            str(content["plan"]),
            refs,
            str(content["title"]),
            bool(content["cut"]),
        )
    except (ValueError, KeyError, TypeError):
        # Another version of CSDesk may write it otherwise; its text can still be read.
        return None
