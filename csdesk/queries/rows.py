"""Rows of any entity, by its metadata: to list them, to show one, to find one by its name.

The screens have queries of their own; this is for what treats all entities alike, such as the
command line.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model import ownership
from csdesk.model.base import entity_records, entity_table
from csdesk.model.identity import kpi_value_id
from csdesk.model.vocabulary import label_of
from csdesk.queries.entity_words import entity_label
from csdesk.queries.fields import FieldKind, fields_of, naming_field
from csdesk.store.words import fold

_DATES = (
    *("period", "held_at", "opened_on", "answered_on", "churned_on"),
    *("made_at", "exported_at", "signed_on"),
)
_OTHER_NAMES = ("name_en", "external_id")
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Row:
    """A row of an entity: its values, and for each reference the name of what it refers to.

    `title` names the row for a reader; rows without a name of their own are called after what
    they are about.
    """

    entity: str
    id: str
    title: str
    values: Mapping[str, Any]
    names: Mapping[str, str]

    @property
    def is_deleted(self) -> bool:
        """Whether the row was deleted."""
        return self.values["deleted_at"] is not None


def rows_of(
    session: Session, entity: str, *, account_id: str | None = None, deleted: bool = False
) -> list[Row]:
    """List the rows of an entity, of one account if `account_id` is given.

    Ordered by hand where the entity has an order, else by time, else by title; deleted rows are
    left out unless `deleted` is set. Raises KeyError for a name that is no entity.
    """
    table = entity_table(entity)
    query = select(table)
    if not deleted:
        query = query.where(table.c.deleted_at.is_(None))
    owners = ownership.account_sql(entity)
    if account_id is not None and owners is not None:
        chosen = text(f"id IN (SELECT id FROM ({owners}) WHERE account_id = :account)")
        query = query.where(chosen.bindparams(account=account_id))
    return _ordered(_named(session, entity, session.execute(query).mappings().all()))


def count_rows(session: Session) -> dict[str, int]:
    """Return how many rows each entity has, deleted ones left out."""
    counts: dict[str, int] = {}
    for entity in sorted(entity_records()):
        table = entity_table(entity)
        living = select(func.count()).select_from(table).where(table.c.deleted_at.is_(None))
        counts[entity] = session.execute(living).scalar_one()
    return counts


def row_of(session: Session, entity: str, row_id: str) -> Row | None:
    """Return one row, deleted or not; None where there is none of this id."""
    table = entity_table(entity)
    found = session.execute(select(table).where(table.c.id == row_id)).mappings().all()
    return _named(session, entity, found)[0] if found else None


def find_row(
    session: Session,
    entity: str,
    which: str,
    *,
    account_id: str | None = None,
    deleted: bool = False,
) -> str:
    """Return the id of the row that `which` means: an id, or a name or title.

    A name counts exactly, or else without regard to case, width and kana. KPI values are also
    found as account:KPI:2026-03. With `deleted`, a deleted row may be meant where no living one
    is. Raises UserError where no row or more than one is meant.
    """
    row = row_of(session, entity, which)
    if row is None and entity == "kpi_value":
        row = _find_kpi_value(session, which)
    if row is not None:
        if row.is_deleted and not deleted:
            raise UserError(
                _("{kind} “{which}” was deleted.").format(kind=entity_label(entity), which=which),
                _("Undo the deletion to work on it again."),
            )
        return row.id
    rows = rows_of(session, entity, account_id=account_id)
    gone = rows_of(session, entity, account_id=account_id, deleted=True) if deleted else []
    for candidates in (rows, [row for row in gone if row.is_deleted]):
        for spell in (str, fold):
            meant = [
                row for row in candidates if spell(which.strip()) in map(spell, _names_for(row))
            ]
            if len(meant) == 1:
                return meant[0].id
            if meant:
                raise _several(entity, which, meant)
    raise _none(entity, which, rows)


def account_of(session: Session, entity: str, row_id: str) -> str | None:
    """Return the id of the account a row belongs to; None for rows that belong to none."""
    owners = ownership.account_sql(entity)
    if owners is None:
        return None
    found = session.execute(
        text(f"SELECT account_id FROM ({owners}) WHERE id = :id"), {"id": row_id}
    ).scalar_one_or_none()
    return None if found is None else str(found)


def titles_of(session: Session, entity: str, ids: Iterable[str]) -> dict[str, str]:
    """Return the titles of some rows of an entity by their id; unknown ids are left out."""
    wanted = sorted(set(ids))
    table = entity_table(entity)
    titles: dict[str, str] = {}
    for start in range(0, len(wanted), 500):
        some = select(table).where(table.c.id.in_(wanted[start : start + 500]))
        rows = _named(session, entity, session.execute(some).mappings().all())
        titles.update((row.id, row.title) for row in rows)
    return titles


def _named(session: Session, entity: str, found: Iterable[Mapping[Any, Any]]) -> list[Row]:
    """Make rows of what was selected, with the names of all they refer to."""
    values = [dict(row) for row in found]
    titles: dict[str, dict[str, str]] = {}
    references = [field for field in fields_of(entity) if field.kind is FieldKind.REFERENCE]
    for field in references:
        ids = {row[field.name] for row in values if row[field.name] is not None}
        known = titles.setdefault(field.entity, {})
        known.update(titles_of(session, field.entity, ids - known.keys()) if ids else {})
    rows = []
    for row in values:
        names = {
            field.name: titles[field.entity].get(row[field.name], "")
            for field in references
            if row[field.name] is not None
        }
        title = _title(entity, row, names)
        rows.append(Row(entity, row["id"], title, MappingProxyType(row), MappingProxyType(names)))
    return rows


def _title(entity: str, values: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Call a row by its name or, without one, by what it is about."""
    own = naming_field(entity)
    if own is not None and values[own]:
        return str(values[own])
    if entity == "workspace_setting":
        return str(values["id"])
    if entity == "contract":
        parts = [values["product"], values["plan_name"]]
    elif entity == "plan_revision":
        parts = [names.get("plan_id"), str(values["number"] or "")]
    else:
        parts = [names.get(field.name) for field in fields_of(entity) if _says_what(field.name)]
        parts += [_day(values[name]) for name in _DATES if values.get(name) is not None]
        parts += [label_of(values[name]) for name in ("type", "kind") if name in values]
    said = [part for part in parts if part]
    return " · ".join(said) or str(values["id"])


def _says_what(name: str) -> bool:
    return name.endswith("_id") and name not in ("owner_id", "segment_id", "goal_id")


def _day(value: dt.date | dt.datetime) -> str:
    day = value.astimezone().date() if isinstance(value, dt.datetime) else value
    return day.isoformat()


def _ordered(rows: list[Row]) -> list[Row]:
    def place(row: Row) -> tuple[str, str, str, str]:
        parent = ownership.parent_field(row.entity)
        when = next((str(row.values[name]) for name in _DATES if row.values.get(name)), "")
        group = row.names.get(parent, "") if parent and not when else ""
        return (group, row.values.get("position") or "", when, row.title)

    return sorted(rows, key=place)


def _names_for(row: Row) -> list[str]:
    others = [row.values.get(name) for name in _OTHER_NAMES]
    return [row.title, *(str(name) for name in others if name)]


def _find_kpi_value(session: Session, which: str) -> Row | None:
    """Find account:KPI:period written with names; the account's name may hold colons."""
    parts = which.rsplit(":", 2)
    if len(parts) < 3:
        return None
    period = parts[2] if parts[2].count("-") == 2 else f"{parts[2]}-01"
    try:
        first = dt.date.fromisoformat(period)
    except ValueError:
        return None
    account, kpi = find_row(session, "account", parts[0]), find_row(session, "kpi", parts[1])
    return row_of(session, "kpi_value", kpi_value_id(account, kpi, first))


def _several(entity: str, which: str, meant: list[Row]) -> UserError:
    shown = ", ".join(_told_apart(row) for row in meant[:_SHOWN])
    return UserError(
        _("{n} rows of “{kind}” are called “{which}”.").format(
            n=len(meant), kind=entity_label(entity), which=which
        ),
        _("Name the account too, or one of these ids: {ids}").format(ids=shown),
    )


def _told_apart(row: Row) -> str:
    parent = ownership.parent_field(row.entity)
    name = row.names.get(parent, "") if parent else ""
    return f"{row.id} ({name})" if name else row.id


def _none(entity: str, which: str, rows: list[Row]) -> UserError:
    said = _("There is no “{kind}” called “{which}”.").format(
        kind=entity_label(entity), which=which if len(which) <= 80 else f"{which[:80]}…"
    )
    titles = {fold(row.title): row.title for row in rows}
    near = difflib.get_close_matches(fold(which)[:200], titles, n=3, cutoff=0.6)
    if near:
        names = ", ".join(titles[name] for name in near)
        return UserError(said, _("Is one of these meant? {names}").format(names=names))
    return UserError(said, _("“csdesk show” lists what there is."))
