"""What came from others, in lines that one reads at a glance: 鈴木: 期限 1/15 → 1/31.

A step that changed much of one kind, such as an import, is one line with a count.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from csdesk.i18n import Translator, current
from csdesk.model.base import entity_records
from csdesk.model.ownership import parent_entity, parent_field
from csdesk.queries.entity_words import entity_label
from csdesk.queries.fields import naming_field
from csdesk.queries.row_story import FOLLOWING, PLACES, Happening, happening_of
from csdesk.queries.value_words import ValueWords
from csdesk.settings import computer_name
from csdesk.store.driver import RawConnection
from csdesk.store.history import FieldChange
from csdesk.store.journal import DELETED, StepKey, deletion_time
from csdesk.store.stamps import instant_of
from csdesk.team.preview import Incoming
from csdesk.workspace.writing import raw_connection

MOST_LINES = 100
_TOLD_SINGLY = 5
"""Of more changes of one kind in one step than these, only the number is told."""

_SILENT = frozenset({"settlement", "document_options"})
"""What nobody reads: that somebody decided stands in what he changed, and options in the export."""


@dataclass(frozen=True, slots=True)
class ArrivalLine:
    """One line: who did what to which item of which account; `count` items where it is several.

    `words` is the whole line, `text` what changed alone; `waits` where it does not show, but waits
    for review, and `names_item` where the text says already which item it is about.
    """

    author: str
    computer: str
    at: dt.datetime
    account_id: str
    account: str
    entity: str
    row_id: str
    item: str
    text: str
    words: str
    count: int = 1
    waits: bool = False
    names_item: bool = False


@dataclass(frozen=True, slots=True)
class _Change:
    """A field that somebody changed, as the journal holds it, in the step numbered `step`."""

    author: str
    device: str
    at: dt.datetime
    step: int
    field: FieldChange
    wins: bool = True


def arrival_lines(
    session: Session,
    steps: Sequence[StepKey],
    *,
    limit: int = MOST_LINES,
    translator: Translator | None = None,
) -> tuple[ArrivalLine, ...]:
    """Tell what steps changed, in their order; the last line counts what there is beyond `limit`.

    Written in the interface's language, or in `translator`'s.
    """
    raw = raw_connection(session.connection())
    writer = _Writer(session, translator or current(), limit)
    for number, step in enumerate(steps):
        if writer.is_full:
            writer.leave_out(len(steps) - number)
            break
        writer.tell(_changes_of(raw, step, number))
    return writer.lines()


def incoming_lines(
    session: Session,
    incoming: Sequence[Incoming],
    *,
    limit: int = MOST_LINES,
    translator: Translator | None = None,
) -> tuple[ArrivalLine, ...]:
    """Tell what a file would change here, as `csdesk.team.preview` read it.

    Written in the interface's language, or in `translator`'s.
    """
    writer = _Writer(session, translator or current(), limit)
    writer.suppose(incoming)
    moments: dict[tuple[str, str, dt.datetime], list[_Change]] = {}
    for one in incoming:
        before, after = one.before, one.after
        if one.field == DELETED:
            before, after = deletion_time(before), deletion_time(after)
        field = FieldChange(one.entity, one.row, one.field, before, after)
        change = _Change(one.author, one.device, one.at, len(moments), field, one.wins)
        moments.setdefault((one.author, one.device, one.at), []).append(change)
    for number, changes in enumerate(moments.values()):
        if writer.is_full:
            writer.leave_out(len(moments) - number)
            break
        writer.tell(changes)
    return writer.lines()


_FIELDS = """
SELECT w.author, w.device, j.hlc, j.ent, j.row, j.fld, p.val, j.val
FROM writer w CROSS JOIN journal j ON j.w = w.w AND j.seq BETWEEN :seq0 AND :seq1
LEFT JOIN journal p ON p.w = j.pw AND p.seq = j.pseq
  AND p.ent = j.ent AND p.row = j.row AND p.fld = j.fld
WHERE w.w = :w ORDER BY j.seq
"""
# Not shown: something newer stands there that did not know of it.
_WAITING = """
SELECT r.ent, r.row, r.fld FROM review r
WHERE r.kind = 'edit' AND r.w = :w AND r.seq BETWEEN :seq0 AND :seq1
"""


def _changes_of(raw: RawConnection, step: StepKey, number: int) -> list[_Change]:
    key = {"w": step.w, "seq0": step.seq0, "seq1": step.seq1}
    waiting = set(raw.execute(_WAITING, key).fetchall())
    changes = []
    for author, device, hlc, ent, row, fld, before, after in raw.execute(_FIELDS, key):
        if fld == DELETED:
            before, after = deletion_time(before), deletion_time(after)
        field = FieldChange(ent, row, fld, before, after)
        wins = (ent, row, fld) not in waiting
        changes.append(_Change(author, device, instant_of(hlc), number, field, wins))
    return changes


class _Writer:
    """Writes lines until there are enough, and counts the rest."""

    def __init__(self, session: Session, translator: Translator, limit: int) -> None:
        self._t = translator
        self._words = ValueWords(session, translator)
        self._limit = limit
        self._lines: list[ArrivalLine] = []
        self._left_out = 0

    @property
    def is_full(self) -> bool:
        return len(self._lines) >= self._limit

    def leave_out(self, steps: int) -> None:
        self._left_out += steps

    def lines(self) -> tuple[ArrivalLine, ...]:
        if not self._left_out:
            return tuple(self._lines)
        last = self._lines[-1]
        t, n = self._t, self._left_out
        more = t.plural("and {n} more step", "and {n} more steps", n).format(n=n)
        rest = ArrivalLine(
            author="",
            computer="",
            at=last.at,
            account_id="",
            account="",
            entity="",
            row_id="",
            item="",
            text=more,
            words=more,
            count=n,
        )
        return (*self._lines, rest)

    def suppose(self, incoming: Sequence[Incoming]) -> None:
        """Learn what rows are called, and belong to, that are not here yet."""
        owners: dict[tuple[str, str], tuple[str, str]] = {}
        for one in incoming:
            if one.entity not in entity_records() or not isinstance(one.after, str):
                continue
            if one.field == naming_field(one.entity) and one.before is None:
                self._words.suppose_title(one.entity, one.row, one.after)
            parent = parent_entity(one.entity)
            if parent is not None and one.field == parent_field(one.entity):
                owners[one.entity, one.row] = (parent, one.after)
        self._words.suppose_owners(owners)

    def tell(self, changes: Iterable[_Change]) -> None:
        """Tell one step: each kind of happening to each entity by itself, or as a number."""
        rows: dict[tuple[str, str], list[_Change]] = {}
        for change in changes:
            if change.field.entity not in _SILENT:
                rows.setdefault((change.field.entity, change.field.row), []).append(change)
        kinds: dict[tuple[str, Happening], list[list[_Change]]] = {}
        for (entity, _row), of_row in rows.items():
            happening = _happening(entity, of_row)
            kinds.setdefault((entity, happening), []).append(of_row)
        for (_entity, happening), told in kinds.items():
            if len(told) > _TOLD_SINGLY:
                self._lines.append(self._many(happening, told))
            else:
                for of_row in told:
                    self._lines += self._one(happening, of_row)

    def _one(self, happening: Happening, changes: list[_Change]) -> list[ArrivalLine]:
        if happening is not Happening.CHANGED:
            return [self._happened(changes[0], happening)]
        hidden = PLACES | FOLLOWING | {DELETED}
        shown = [change for change in changes if change.field.field not in hidden]
        return [self._line(change, self._field(change.field)) for change in shown or changes[:1]]

    def _field(self, field: FieldChange) -> str:
        cell = (field.entity, field.row, field.field)
        t = self._t
        return t("{field} {before} → {after}").format(
            field=self._words.label(field.entity, field.field),
            before=self._words.value(*cell, field.before) or _NOTHING,
            after=self._words.value(*cell, field.after) or _NOTHING,
        )

    def _happened(self, change: _Change, happening: Happening) -> ArrivalLine:
        entity, row = change.field.entity, change.field.row
        text = _happened(self._t, happening).format(item=self._words.item(entity, row))
        line = self._line(change, text)
        place = "" if entity == "account" else line.account
        words = self._whole(change, text, place)
        return dataclasses.replace(line, words=words, names_item=True)

    def _line(self, change: _Change, text: str) -> ArrivalLine:
        entity, row = change.field.entity, change.field.row
        account_id, account = self._words.account(entity, row)
        item = "" if (entity, row) == ("account", account_id) else self._words.item(entity, row)
        return ArrivalLine(
            author=change.author,
            computer=computer_name(change.device),
            at=change.at,
            account_id=account_id,
            account=account,
            entity=entity,
            row_id=row,
            item=item,
            text=text,
            words=self._whole(change, text, account, item),
            waits=not change.wins,
        )

    def _whole(self, change: _Change, text: str, *place: str) -> str:
        """Write who changed what where as one line."""
        t, where = self._t, " · ".join(part for part in place if part)
        if not where:
            return t("{author}: {change}").format(author=change.author, change=text)
        return t("{author}: {change} ({place})").format(
            author=change.author, change=text, place=where
        )

    def _many(self, happening: Happening, told: list[list[_Change]]) -> ArrivalLine:
        """Count rows of one entity to which the same happened; one account is named if it is."""
        first = told[0][0]
        entity = first.field.entity
        accounts = {self._words.account(entity, row[0].field.row) for row in told[:_MOST_ASKED]}
        one_account = len(accounts) == 1 and len(told) <= _MOST_ASKED
        account_id, account = accounts.pop() if one_account else ("", "")
        kind, n = entity_label(entity, self._t), len(told)
        text = _many_happened(self._t, happening, n).format(kind=kind, n=n)
        return ArrivalLine(
            author=first.author,
            computer=computer_name(first.device),
            at=first.at,
            account_id=account_id,
            account=account,
            entity=entity,
            row_id="",
            item="",
            text=text,
            words=self._whole(first, text, account),
            count=n,
            waits=all(not change.wins for row in told for change in row),
        )


_NOTHING = "–"
_MOST_ASKED = 200


def _happening(entity: str, changes: list[_Change]) -> Happening:
    if entity not in entity_records():  # of a newer version
        return Happening.CHANGED
    return happening_of(entity, [change.field for change in changes])


def _happened(t: Translator, happening: Happening) -> str:
    return {
        Happening.ADDED: t("{item} added"),
        Happening.MOVED: t("{item} moved"),
        Happening.DELETED: t("{item} deleted"),
        Happening.RESTORED: t("{item} brought back"),
    }[happening]


def _many_happened(t: Translator, happening: Happening, count: int) -> str:
    return {
        Happening.ADDED: t.plural("{kind}: {n} added", "{kind}: {n} added", count),
        Happening.CHANGED: t.plural("{kind}: {n} changed", "{kind}: {n} changed", count),
        Happening.MOVED: t.plural("{kind}: {n} moved", "{kind}: {n} moved", count),
        Happening.DELETED: t.plural("{kind}: {n} deleted", "{kind}: {n} deleted", count),
        Happening.RESTORED: t.plural("{kind}: {n} brought back", "{kind}: {n} brought back", count),
    }[happening]
