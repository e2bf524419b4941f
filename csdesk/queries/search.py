"""Find anything by its words."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from csdesk.model.base import columns_of
from csdesk.model.ownership import account_sql
from csdesk.store.search_index import TITLES, text_fields
from csdesk.store.words import asked_words, fold, match_expression

_FIRST = ("account", "contact", "plan", "member")
"""Entities that are shown before others: what a CSM looks for most."""

# A character with the marks that folding may melt into it.
_CLUSTERS = re.compile(".[\u0300-\u036f\u3099\u309a\uff9e\uff9f]*", re.DOTALL)

_MATCHES = """
SELECT i.ent, i.row FROM local.words w JOIN local.indexed i ON i.n = w.rowid
WHERE words MATCH :asked ORDER BY w.rowid DESC LIMIT :limit
"""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """Something found: where it is, what it is called, and the words around the match."""

    entity: str
    id: str
    account_id: str | None
    account: str
    title: str
    field: str
    snippet: str


def search(session: Session, asked: str, *, limit: int = 50) -> list[SearchHit]:
    """Return what holds every word of `asked`, accounts and people first, else newest first.

    One and two Japanese characters are words too. Nothing asked finds nothing.
    """
    expression = match_expression(asked)
    if expression is None:
        return []
    found: list[tuple[str, str]] = []
    for kind in (*_FIRST, None):
        wanted = f"{{title body}}: ({expression})"
        if kind is not None:
            wanted = f"kind: {kind} AND {wanted}"
        rows = session.execute(text(_MATCHES), {"asked": wanted, "limit": limit})
        found += [pair for entity, row in rows if (pair := (entity, row)) not in found]
        if len(found) >= limit:
            break
    by_entity: dict[str, list[str]] = {}
    for entity, row_id in found[:limit]:
        by_entity.setdefault(entity, []).append(row_id)
    hits = {
        (hit.entity, hit.id): hit
        for entity, ids in by_entity.items()
        for hit in _hits(session, entity, ids, asked)
    }
    return [hits[key] for key in found[:limit] if key in hits]


def _hits(session: Session, entity: str, ids: list[str], asked: str) -> list[SearchHit]:
    fields = text_fields(entity)
    names = {column.name for column in columns_of(entity)}
    columns = ", ".join(f't."{name}"' for name in fields)
    owners = account_sql(entity)
    join = f"LEFT JOIN ({owners}) o ON o.id = t.id" if owners else ""
    account = "o.account_id" if owners else "NULL"
    rows = session.execute(
        text(
            f"SELECT t.id, {account}, (SELECT a.name FROM account a WHERE a.id = {account}),"
            f' {columns} FROM "{entity}" t {join}'
            " WHERE t.deleted_at IS NULL AND t.id IN (SELECT value FROM json_each(:ids))"
        ),
        {"ids": json.dumps(ids)},
    )
    words = asked_words(asked)
    hits = []
    for row_id, account_id, account_name, *texts in rows:
        values = dict(zip(fields, (str(value or "") for value in texts), strict=True))
        title = next((values[name] for name in TITLES if name in names and values.get(name)), "")
        field, snippet = _snippet(values, words)
        hits.append(
            SearchHit(
                entity, row_id, account_id, account_name or "", title or snippet, field, snippet
            )
        )
    return hits


def _snippet(values: dict[str, str], words: list[str], width: int = 60) -> tuple[str, str]:
    """Cut the text around the first word out of the first field that has it."""
    for field, value in values.items():
        folded = fold(value)
        at = min((folded.find(word) for word in words if word in folded), default=-1)
        if at >= 0:
            start = max(0, _unfolded(value, folded, at) - width // 3)
            cut = " ".join(value[start : start + width].split())
            return field, ("…" if start else "") + cut + ("…" if start + width < len(value) else "")
    first = next(((field, value) for field, value in values.items() if value), ("", ""))
    return first[0], " ".join(first[1][:width].split())


def _unfolded(value: str, folded: str, at: int) -> int:
    """Find the place in a text that a place in its folded form comes from."""
    if len(folded) == len(value):
        return at
    length = 0
    for cluster in _CLUSTERS.finditer(value):
        length += len(fold(cluster[0]))
        if length > at:
            return cluster.start()
    return len(value)
