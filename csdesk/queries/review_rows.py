"""Deleted, recovered and doubled rows, as items of the review page."""

from __future__ import annotations

from csdesk.model.base import entity_records, entity_table
from csdesk.model.ownership import references_to
from csdesk.queries.duplicates import DuplicateGroup, births_of
from csdesk.queries.fields import fields_of, naming_field
from csdesk.queries.gone_together import comes_back_with, deletion_of, gone_with
from csdesk.queries.other_places import other_places
from csdesk.queries.place_words import PLACE_FIELDS, place_words
from csdesk.queries.recovered import Recovered
from csdesk.queries.review_deletions import DeletionFinding, made_by_others
from csdesk.queries.review_items import (
    Candidate,
    Decided,
    DeletionItem,
    DuplicateItem,
    FieldEdit,
    JournalKey,
    RecoveredItem,
    ReviewKind,
)
from csdesk.queries.review_teller import Teller
from csdesk.queries.settlements import (
    BROUGHT_BACK,
    DELETED_AFTER_ALL,
    KEPT,
    NOW_ONE,
    STILL_TWO,
    journal_matter,
    pair_matter,
    recovered_matter,
)
from csdesk.queries.value_clashes import clashes_of, values_of
from csdesk.queries.ways_back import Ancestor, living_rows, way_back

_MOST_DETAILS = 8

# What neither this deletion of the row nor an older one had seen; later ones were undone.
_UNSEEN = """
SELECT c.fld, c.w, c.seq FROM cell c
WHERE c.ent = :ent AND c.row = :row AND c.fld <> 'deleted_at' AND NOT EXISTS (
  SELECT 1 FROM journal d INDEXED BY journal_deletion, json_each(d.val, '$.saw') s
  WHERE d.ent = c.ent AND d.row = c.row AND d.fld = 'deleted_at' AND d.val IS NOT NULL
    AND (d.hlc, d.w, d.seq) <= (SELECT j.hlc, j.w, j.seq FROM journal j
      WHERE j.w = :w AND j.seq = :seq)
    AND s.value ->> 0 = c.fld AND s.value ->> 1 = c.w AND s.value ->> 2 = c.seq)
ORDER BY c.hlc DESC, c.w, c.seq
"""


def deletion_item(teller: Teller, finding: DeletionFinding) -> DeletionItem:
    """Tell who deleted an item, and who edited what of it without knowing."""
    t = teller.words.translator
    item = (finding.entity, finding.row)
    account_id, account = teller.words.account(*item)
    deleted = teller.who(finding.deletion)
    w, seq = finding.deletion
    unseen = teller.connection.execute(
        _UNSEEN, {"ent": item[0], "row": item[1], "w": w, "seq": seq}
    ).fetchall()
    edits = tuple(_field_edit(teller, (*item, fld), (w, seq)) for fld, w, seq in unseen)
    is_gone = item not in living_rows(teller.connection, [item])
    others = made_by_others(teller.connection, *item, *finding.deletion) if is_gone else {}
    if others:
        heads = sorted((field, (head.w, head.seq)) for field, head in others.items())
        shown = [(field, key) for field, key in heads if _tells(item[0], field)]
        edits = tuple(_field_edit(teller, (*item, field), key) for field, key in shown or heads)
    said = {KEPT: t("keep it"), DELETED_AFTER_ALL: t("delete it after all")}
    return DeletionItem(
        id=f"{ReviewKind.DELETION}:{finding.deletion[0]}:{finding.deletion[1]}",
        entity=finding.entity,
        row_id=finding.row,
        account_id=account_id,
        account=account,
        item=teller.words.item(*item),
        at=max([deleted.at, *(edit.who.at for edit in edits)]),
        decided=teller.decided(ReviewKind.DELETION, journal_matter(finding.deletion), said),
        deletion=finding.deletion,
        below=finding.below,
        deleted=deleted,
        edits=edits,
        went_along=len(gone_with(teller.connection, item, finding.deletion)),
        is_gone=is_gone,
        taken_along=bool(others),
    )


def _tells(entity: str, field: str) -> bool:
    """Tell whether a field says more of a row that somebody made than that it is there."""
    column = entity_table(entity).columns[field]
    return field != "position" and "entity" not in column.info


def _field_edit(teller: Teller, cell: tuple[str, str, str], key: JournalKey) -> FieldEdit:
    steps = list(way_back(teller.connection, key))[:2]
    return FieldEdit(
        label=teller.words.label(cell[0], cell[2]),
        before=_told(teller, cell, steps[1]) if len(steps) > 1 else "",
        after=_told(teller, cell, steps[0]),
        who=teller.who(key),
    )


def _told(teller: Teller, cell: tuple[str, str, str], step: Ancestor) -> str:
    entity, _row, field = cell
    if field in PLACE_FIELDS.get(entity, ()):
        return place_words(teller.connection, teller.words, cell, step.value, step.key)
    return teller.words.value(*cell, step.value)


def recovered_item(teller: Teller, finding: Recovered) -> RecoveredItem:
    """Tell what lives without its owner, who deleted that, and where else it could go."""
    t = teller.words.translator
    item = (finding.entity, finding.row)
    parent = (finding.parent_entity, finding.parent)
    deletion = None
    if not finding.is_missing:
        # Of a matter decided in two ways the owner may be back, and the item deleted.
        deletion = deletion_of(teller.connection, parent) or deletion_of(teller.connection, item)
    account_id, account = teller.words.account(*item)
    made = teller.connection.execute(
        "SELECT w, seq FROM cell WHERE ent = ? AND row = ? ORDER BY hlc DESC, w DESC, seq DESC",
        item,
    ).fetchone()
    edited = teller.who((made[0], made[1]))
    deleted = None if deletion is None else teller.who(deletion)
    named = teller.words.item(*item)
    places = other_places(teller.connection, teller.words, finding)
    if len(finding.rows) > 1:
        more = len(finding.rows) - 1
        named = t.plural("{item} and {n} more", "{item} and {n} more", more).format(
            item=named, n=more
        )
    return RecoveredItem(
        id=":".join((ReviewKind.RECOVERED, *item)),
        entity=finding.entity,
        row_id=finding.row,
        account_id=account_id,
        account=account,
        item=named,
        at=max(edited.at, deleted.at) if deleted else edited.at,
        decided=teller.decided(
            ReviewKind.RECOVERED,
            recovered_matter(finding.entity, finding.rows, finding.parent),
            {BROUGHT_BACK: t("bring its owner back"), DELETED_AFTER_ALL: t("delete it too")},
        ),
        rows=finding.rows,
        field=finding.field,
        parent_entity=finding.parent_entity,
        parent_id=finding.parent,
        parent=teller.words.item(*parent),
        edited=edited,
        deleted=deleted,
        comes_back=len(comes_back_with(teller.connection, item)) if deleted else 0,
        places=places,
        values=values_of(teller, finding, places),
        stayed_behind=deletion is not None and _made_one(teller, deletion),
    )


_JOINING = """
SELECT 1 FROM txn t CROSS JOIN journal j ON j.w = t.w AND j.seq BETWEEN t.seq0 AND t.seq1
WHERE t.w = :w AND t.seq0 <= :seq AND t.seq1 >= :seq
  AND j.ent = 'settlement' AND j.fld = 'kind' AND j.val = 'duplicate' LIMIT 1
"""


def _made_one(teller: Teller, deletion: JournalKey) -> bool:
    """Tell whether a deletion was part of making two rows one."""
    w, seq = deletion
    return teller.connection.execute(_JOINING, {"w": w, "seq": seq}).fetchone() is not None


def duplicate_item(teller: Teller, group: DuplicateGroup) -> DuplicateItem:
    """Tell what is known of each of several rows that may be the same."""
    births = births_of(teller.connection, group.entity, group.rows)
    candidates = tuple(_candidate(teller, group.entity, row, births[row].key) for row in group.rows)
    account_id, account = teller.words.account(group.entity, group.rows[0])
    return DuplicateItem(
        id=":".join((ReviewKind.DUPLICATE, group.entity, *sorted(group.rows))),
        entity=group.entity,
        row_id=group.rows[0],
        account_id=account_id,
        account=account,
        item=teller.words.item(group.entity, group.rows[0]),
        at=max(candidate.who.at for candidate in candidates),
        decided=_decided_on_pairs(teller, group),
        label=teller.words.label(group.entity, group.field),
        value=_value(teller, group.entity, group.rows[0], group.field),
        candidates=candidates,
        clashes=clashes_of(teller, group),
    )


def _decided_on_pairs(teller: Teller, group: DuplicateGroup) -> tuple[Decided, ...]:
    t = teller.words.translator
    said = {NOW_ONE: t("make these one"), STILL_TWO: t("these are two")}
    return tuple(
        decided
        for number, one in enumerate(group.rows)
        for other in group.rows[number + 1 :]
        for decided in teller.decided(
            ReviewKind.DUPLICATE, pair_matter(group.entity, (one, other)), said
        )
    )


def _candidate(teller: Teller, entity: str, row: str, birth: JournalKey) -> Candidate:
    details = []
    for field in fields_of(entity):
        shown = field.name not in ("id", "deleted_at", "position", naming_field(entity))
        words = _value(teller, entity, row, field.name) if shown else ""
        if words:
            details.append((field.label(teller.words.translator), words))
    return Candidate(
        id=row,
        name=teller.words.title(entity, row),
        details=tuple(details[:_MOST_DETAILS]),
        who=teller.who(birth),
        belongings=count_belongings(teller, entity, row),
        is_gone=(entity, row) not in living_rows(teller.connection, [(entity, row)]),
    )


def _value(teller: Teller, entity: str, row: str, field: str) -> str:
    found = teller.connection.execute(
        f'SELECT "{field}" FROM "{entity}" WHERE id = ?', (row,)
    ).fetchone()
    return "" if found is None else teller.words.value(entity, row, field, found[0])


_VALUES_OF = {
    "account_id": "SELECT count(*) FROM kpi_value v WHERE v.deleted_at IS NULL"
    " AND v.id > :id || ':' AND v.id < :id || ';'",
    "kpi_id": "SELECT count(*) FROM account a CROSS JOIN kpi_value v"
    " ON v.id > a.id || ':' || :id || ':' AND v.id < a.id || ':' || :id || ';'"
    " WHERE v.deleted_at IS NULL",
}


def count_belongings(teller: Teller, entity: str, row: str) -> int:
    """Count the living rows that belong or refer to a row."""
    count = 0
    for user, field in references_to(entity):
        if user not in entity_records():
            continue
        statement = (
            _VALUES_OF[field]
            if user == "kpi_value"
            else f'SELECT count(*) FROM "{user}" WHERE deleted_at IS NULL AND "{field}" = :id'
        )
        count += teller.connection.execute(statement, {"id": row}).fetchone()[0]
    return count
