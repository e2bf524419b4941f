"""Fields that several people changed while apart, as items of the review page."""

from __future__ import annotations

from typing import Any

from csdesk.insight.text_join import Join, join_texts
from csdesk.queries.churn_question import STATUS, churnings
from csdesk.queries.fields import FieldKind, field_of, naming_field
from csdesk.queries.place_words import PLACE_FIELDS, place_words
from csdesk.queries.review_finding import EditFinding
from csdesk.queries.review_items import Decided, EditItem, JournalKey, ReviewKind, WrittenValue
from csdesk.queries.review_teller import Teller
from csdesk.queries.settlements import journal_matter, value_choice
from csdesk.queries.ways_back import parting, way_back

_LONG = 40
"""From how many characters on a text is offered joined."""


def edit_item(teller: Teller, finding: EditFinding) -> EditItem:
    """Tell what a field holds, what it held before, and what else was written into it."""
    t = teller.words.translator
    entity, row, field = finding.cell
    now = _written(teller, finding, finding.winner)
    others: dict[Any, WrittenValue] = {}
    for key in finding.losers:
        value = _written(teller, finding, key)
        known = others.get((type(value.stored), value.stored))
        if known is None or value.who.at > known.who.at:
            others[type(value.stored), value.stored] = value
    decided: list[Decided] = []
    for key in finding.disputed:
        for value in _decided_values(teller, finding, key):
            decided.append(Decided(value.words, value.who))
            if value.stored != now.stored:
                others.setdefault((type(value.stored), value.stored), value)
    told = sorted(others.values(), key=lambda value: value.who.at, reverse=True)
    before = _before(teller, finding)
    account_id, account = teller.words.account(entity, row)
    return EditItem(
        id=":".join((ReviewKind.EDIT, *finding.cell)),
        entity=entity,
        row_id=row,
        account_id=account_id,
        account=account,
        item=teller.words.item(entity, row),
        at=max([now.who.at, *(value.who.at for value in told)]),
        decided=tuple(decided),
        field=field,
        label=t("Place") if _is_place(finding) else teller.words.label(entity, field),
        before=_words(teller, finding, *before),
        now=now,
        others=tuple(told),
        losers=tuple(sorted({*finding.losers, *finding.disputed})),
        along=finding.along,
        join=_join(entity, field, before[0], now, told),
        note=_churn_note(teller, finding),
    )


def _churn_note(teller: Teller, finding: EditFinding) -> str:
    """Tell what hangs on whether a customer left; empty for any other question."""
    entity, account_id, field = finding.cell
    if (entity, field) != STATUS:
        return ""
    keys = (finding.winner, *finding.losers, *finding.disputed)
    noted = churnings(teller.connection, account_id, keys)
    if not noted:
        return ""
    t = teller.words.translator
    events = [row for one in noted for row in one.events]
    churns = " / ".join(words for row in events if (words := _event_words(teller, row)))
    return t(
        "If the customer left, the note of it stays ({churn}) and the contracts end. If not, that "
        "note goes, and the contracts it ended run again."
    ).format(churn=churns or "–")


def _event_words(teller: Teller, row: str) -> str:
    found = teller.connection.execute(
        "SELECT churned_on, reason, sub_reason FROM churn_event WHERE id = ?", (row,)
    ).fetchone()
    fields = ("churned_on", "reason", "sub_reason")
    said = (
        teller.words.value("churn_event", row, field, stored)
        for field, stored in zip(fields, found or (), strict=False)
    )
    return ", ".join(words for words in said if words)


def _is_place(finding: EditFinding) -> bool:
    entity, _row, field = finding.cell
    return field in PLACE_FIELDS.get(entity, ())


def _written(teller: Teller, finding: EditFinding, key: JournalKey) -> WrittenValue:
    stored = teller.stored(key)
    return WrittenValue(_words(teller, finding, stored, key), teller.who(key), key, stored)


def _words(teller: Teller, finding: EditFinding, stored: Any, key: JournalKey | None) -> str:
    if _is_place(finding):
        return place_words(teller.connection, teller.words, finding.cell, stored, key)
    return teller.words.value(*finding.cell, stored, whole=True)


def _before(teller: Teller, finding: EditFinding) -> tuple[Any, JournalKey | None]:
    """Return what the field held when the ways parted: the earliest time, where several did."""
    keys = finding.losers or finding.disputed
    roots = [parting(teller.connection, finding.winner, key)[0] for key in keys]
    known = [root for root in roots if root is not None]
    if len(known) < len(roots) or not known:
        return None, None
    earliest = min(known, key=lambda root: (root.hlc, root.key))
    return earliest.value, earliest.key


def _decided_values(teller: Teller, finding: EditFinding, matter: JournalKey) -> list[WrittenValue]:
    """Find the values that people chose for a cell, by what their decisions say of them."""
    by_choice: dict[str, JournalKey] = {}
    for start in (finding.winner, *_waiting(teller, finding), matter):
        for step in way_back(teller.connection, start):
            by_choice.setdefault(value_choice(step.value), step.key)
    values = []
    for ruling, who in teller.rulings(ReviewKind.EDIT, journal_matter(matter)):
        key = by_choice.get(ruling.choice)
        if key is not None:
            stored = teller.stored(key)
            words = _words(teller, finding, stored, key)
            values.append(WrittenValue(words, who, key, stored))
    return values


def _waiting(teller: Teller, finding: EditFinding) -> list[JournalKey]:
    found = teller.connection.execute(
        "SELECT w, seq FROM review WHERE kind = 'edit' AND (ent, row, fld) = (?, ?, ?)",
        finding.cell,
    )
    return [(w, seq) for w, seq in found]


def _join(
    entity: str, field: str, before: Any, now: WrittenValue, others: list[WrittenValue]
) -> Join | None:
    """Join a long text with the one other that there is."""
    known = field_of(entity, field)
    if known.kind is not FieldKind.TEXT or field == naming_field(entity) or len(others) != 1:
        return None
    texts = [before or "", now.stored, others[0].stored]
    if not all(isinstance(text, str) for text in texts) or max(map(len, texts)) < _LONG:
        return None
    return join_texts(*texts)
