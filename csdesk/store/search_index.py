"""The full-text index over every text of every entity, in a database beside the replica.

It is derived from the journal: `follow` reads what was journalled since it last looked, so
writes, undo, imports and merges keep it in step alike, and a lost index is simply made again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache

from sqlalchemy import Text

from csdesk.model.base import columns_of, entity_records
from csdesk.store.driver import RawConnection, transaction
from csdesk.store.journal import DELETED, journalled_fields
from csdesk.store.words import indexable

INDEX_VERSION = 1
TITLES = ("name", "title", "subject", "tag", "label")
_NOT_WORDS = frozenset({"id", "logo", "position", "sha256", "currency", "formula"})
_NOT_READ = frozenset({("plan_revision", "content"), ("export_receipt", "setup")})
"""Texts that programs write: a version repeats what the plan says, and would be found for it."""
_IMAGES = "image:"
"""What the ids of settings begin with that hold an image."""
_TABLES = (
    "CREATE VIRTUAL TABLE local.words USING fts5(kind, title, body, content='',"
    " contentless_delete=1, prefix='1 2 3',"
    " tokenize=\"unicode61 remove_diacritics 2 categories 'L* N* Co So'\")",
    "CREATE TABLE local.indexed(n INTEGER PRIMARY KEY, ent TEXT NOT NULL, row TEXT NOT NULL,"
    " UNIQUE(ent, row))",
    "CREATE TABLE local.followed(w INTEGER PRIMARY KEY, seq INTEGER NOT NULL)",
    "CREATE TABLE local.note(k TEXT PRIMARY KEY, v) WITHOUT ROWID",
)


@cache
def text_fields(entity: str) -> tuple[str, ...]:
    """Name the fields of an entity whose words can be searched, its title first."""
    names = [
        column.name
        for column in columns_of(entity)
        if isinstance(column.type, Text)
        and "entity" not in column.info
        and column.name not in _NOT_WORDS
        and (entity, column.name) not in _NOT_READ
    ]
    return tuple(sorted(names, key=lambda name: name not in TITLES))


def searchable_entities() -> list[str]:
    """Name the entities that have words."""
    return [entity for entity in entity_records() if text_fields(entity)]


def prepare(connection: RawConnection) -> None:
    """Make the tables of the attached schema `local`.

    An index of another version is made anew, as is one that knows steps the replica does not
    have: after a crash, or when the replica was replaced.
    """
    version = connection.execute("PRAGMA local.user_version").fetchone()[0]
    if version == INDEX_VERSION and not _is_ahead(connection):
        return
    names = connection.execute(
        "SELECT name FROM local.sqlite_schema WHERE type = 'table' AND name IN"
        " ('words', 'indexed', 'followed')"
    ).fetchall()
    with transaction(connection):
        for (name,) in names:
            connection.execute(f"DROP TABLE local.{name}")
        for statement in _TABLES:
            if not (names and "local.note" in statement):
                connection.execute(statement)
        connection.execute(f"PRAGMA local.user_version = {INDEX_VERSION}")


def _is_ahead(connection: RawConnection) -> bool:
    found = connection.execute(
        "SELECT 1 FROM local.followed f LEFT JOIN main.writer x ON x.w = f.w"
        " WHERE f.seq > coalesce(x.last_seq, 0) LIMIT 1"
    )
    return found.fetchone() is not None


_NEW_ROWS = """
SELECT DISTINCT j.ent, j.row FROM main.writer x
LEFT JOIN local.followed f ON f.w = x.w
CROSS JOIN main.journal j ON j.w = x.w AND j.seq > coalesce(f.seq, 0)
WHERE x.last_seq > coalesce(f.seq, 0)
  AND (j.ent || '.' || j.fld) IN (SELECT value FROM json_each(?))
"""


@cache
def _watched() -> str:

    return json.dumps(
        [
            f"{entity}.{field}"
            for entity in searchable_entities()
            for field in (*text_fields(entity), DELETED)
            if field in journalled_fields(entity) and (entity, field) != ("kpi_value", DELETED)
        ]
    )


def follow(connection: RawConnection) -> None:
    """Index what was journalled since the last call, inside the caller's transaction."""
    found = connection.execute(_NEW_ROWS, (_watched(),)).fetchall()
    by_entity: dict[str, list[str]] = {}
    for entity, row in found:
        by_entity.setdefault(entity, []).append(row)
    for entity, rows in by_entity.items():
        for start in range(0, len(rows), 500):
            _index(connection, entity, rows[start : start + 500])
    connection.execute(
        "INSERT INTO local.followed(w, seq) SELECT x.w, x.last_seq FROM main.writer x"
        " LEFT JOIN local.followed f ON f.w = x.w WHERE f.seq IS NOT x.last_seq"
        " ON CONFLICT(w) DO UPDATE SET seq = excluded.seq"
    )


def _index(connection: RawConnection, entity: str, rows: list[str]) -> None:
    marks = ",".join("?" * len(rows))
    known = connection.execute(
        f"SELECT n FROM local.indexed WHERE ent = ? AND row IN ({marks})", (entity, *rows)
    ).fetchall()
    connection.executemany("DELETE FROM local.words WHERE rowid = ?", known)
    connection.executemany("DELETE FROM local.indexed WHERE n = ?", known)
    fields = text_fields(entity)
    columns = ", ".join(f'"{name}"' for name in ("id", *fields))
    for row, *texts in connection.execute(
        f'SELECT {columns} FROM main."{entity}" WHERE deleted_at IS NULL AND id IN ({marks})', rows
    ).fetchall():
        if entity == "workspace_setting" and row.startswith(_IMAGES):
            continue
        title, body = _title_and_body(fields, texts)
        if not (title or body):
            continue
        cursor = connection.execute(
            "INSERT INTO local.indexed(ent, row) VALUES (?, ?)", (entity, row)
        )
        connection.execute(
            "INSERT INTO local.words(rowid, kind, title, body) VALUES (?, ?, ?, ?)",
            (cursor.lastrowid, entity.replace("_", ""), title, body),
        )


def _title_and_body(fields: Iterable[str], texts: Iterable[str | None]) -> tuple[str, str]:
    titles: list[str] = []
    bodies: list[str] = []
    for field, text in zip(fields, texts, strict=True):
        if text:
            (titles if field in TITLES else bodies).append(indexable(str(text)))
    return " \n ".join(titles), " \n ".join(bodies)
