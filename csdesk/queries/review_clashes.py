"""Edits that each make sense alone and no sense together, though they are of different fields.

A customer was noted as gone, and a colleague who did not know went on with a contract; a person was
deleted, and a colleague named her as owner afterwards. No field has two values then, so nothing
else would tell. What would have come out had one person done both in that order is left as it is
(docs/decisions/0074).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from csdesk.model.base import entity_records
from csdesk.model.ownership import references_to
from csdesk.model.vocabulary import AccountStatus, ContractStatus
from csdesk.queries.churn_question import STATUS
from csdesk.queries.clashing_dates import SPANS, turned_spans
from csdesk.queries.duplicates import folded
from csdesk.queries.fields import key_fields
from csdesk.queries.recovered import owning_fields
from csdesk.queries.review_items import ClashItem, ClashWay, JournalKey, ReviewKind
from csdesk.queries.review_teller import Teller
from csdesk.queries.settlements import UNSETTLED, Matters, journal_matter, value_choice
from csdesk.queries.value_words import short
from csdesk.queries.ways_back import Ancestor, step_kind, way_back
from csdesk.store.driver import RawConnection
from csdesk.store.journal import DELETED
from csdesk.store.touching import Change

MOST = 6
"""How many of the edits are told; of more only how many."""

NAMED = ("member", "segment", "contact")
"""What is named by rows that stay when it is deleted."""

_WORKED_ON = ("start_on", "renewal_on", "notice_on", "auto_renew", "mrr", "seats", "plan_name")
"""The fields of a contract that nobody touches whose customer has left."""

STAYS, END, LEAVE = "stays", "end", "leave"
"""What can be said of a customer who left and whose contract goes on."""
RETURN = "return:"
"""What can be done for what would end before it starts; the field that gives way follows."""
BACK, BEFORE, GIVE = "back", "before", "give:"
"""What can be done for what names somebody deleted; the id of who is named then follows."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A field that was written, by which journal row."""

    entity: str
    row: str
    field: str
    key: JournalKey


@dataclass(frozen=True, slots=True)
class ClashFinding:
    """What happened to a row (`mark` in the journal), and what does not go with it."""

    entity: str
    row: str
    mark: JournalKey
    edits: tuple[Evidence, ...]

    @property
    def goes_on(self) -> bool:
        """Whether a contract runs still; else somebody only worked on one."""
        return any((edit.entity, edit.field) == _RUNS for edit in self.edits)

    def matter(self, goes_on: bool) -> str:
        """Name it for settlements: what happened, to which rows."""
        rows = value_choice(",".join(sorted({edit.row for edit in self.edits})))
        return f"{journal_matter(self.mark)}:{rows}:{'runs' if goes_on else 'worked'}"


_RUNS = ("contract", "status")


def find_clashes(connection: RawConnection, matters: Matters) -> tuple[ClashFinding, ...]:
    """Find what does not go together and was not settled."""
    found = [
        *_left_and_went_on(connection),
        *_named_when_deleted(connection),
        *_turned_spans(connection),
    ]
    return tuple(
        one
        for one in found
        if matters.get((ReviewKind.CLASH, one.matter(one.goes_on)), UNSETTLED) is UNSETTLED
    )


def _turned_spans(connection: RawConnection) -> Iterator[ClashFinding]:
    for entity, row, fields in turned_spans(connection):
        # What one computer wrote, such as an import, is meant as it is.
        if len({_said_by(connection, key).device for _field, key in fields}) < len(fields):
            continue
        edits = tuple(Evidence(entity, row, field, key) for field, key in fields)
        yield ClashFinding(entity, row, max(key for _field, key in fields), edits)


def may_clash(connection: RawConnection, changes: Iterable[Change]) -> bool:
    """Tell whether there may be other clashes after some changes than before them."""
    return any(_may_clash(connection, change) for change in changes)


def _may_clash(connection: RawConnection, change: Change) -> bool:
    if change.everything or change.touches("settlement", "contract"):
        return True
    if change.step is None:
        return change.touches(*{entity for entity, _field in _telling_fields()})
    found = connection.execute(
        "SELECT DISTINCT ent, fld FROM journal WHERE w = ? AND seq BETWEEN ? AND ?",
        (change.step.w, change.step.seq0, change.step.seq1),
    )
    return any((entity, field) in _telling_fields() for entity, field in found)


@cache
def _telling_fields() -> frozenset[tuple[str, str]]:
    """Return the fields that tell whether anything clashes, beside those of contracts."""
    naming = {pair for entity in NAMED for pair in naming_fields(entity)}
    users = {user for user, _field in naming}
    dates = {(entity, field) for entity, fields in SPANS.items() for field in fields}
    lives = {(one, DELETED) for one in users | {*NAMED, *SPANS}}
    return frozenset({STATUS} | naming | dates | lives)


@dataclass(frozen=True, slots=True)
class _Mark:
    """A journal row, when and on which device it was written."""

    key: JournalKey
    hlc: int
    device: str


_KIND = """(SELECT t.kind FROM txn t WHERE t.w = {0}.w AND t.seq0 <= {0}.seq
  ORDER BY t.seq0 DESC LIMIT 1)"""
# Whoever notes a churn ends what runs: what runs still, he did not know.
_WENT_ON = f"""
SELECT a.id, s.w, s.seq, s.hlc, sw.device, {_KIND.format("s")}, c.id, k.fld,
  k.w, k.seq, k.hlc, kw.device, {_KIND.format("k")}
FROM account a
CROSS JOIN cell s ON s.ent = 'account' AND s.row = a.id AND s.fld = 'status'
CROSS JOIN writer sw ON sw.w = s.w
CROSS JOIN contract c ON c.account_id = a.id AND c.deleted_at IS NULL
CROSS JOIN cell k ON k.ent = 'contract' AND k.row = c.id
CROSS JOIN writer kw ON kw.w = k.w
WHERE a.status = :churned AND a.deleted_at IS NULL AND (
  k.fld = 'status' AND c.status = :running
  OR k.fld IN (SELECT value FROM json_each(:worked))
    AND (k.hlc > s.hlc OR {_KIND.format("s")} = 'undo'))
ORDER BY a.id, c.id, k.fld
"""


def _left_and_went_on(connection: RawConnection) -> list[ClashFinding]:
    found: dict[tuple[str, JournalKey], list[Evidence]] = {}
    terms = {
        "churned": str(AccountStatus.CHURNED),
        "running": str(ContractStatus.RUNNING),
        "worked": json.dumps(_WORKED_ON),
    }
    for account, *left, contract, field, w, seq, hlc, device, kind in connection.execute(
        _WENT_ON, terms
    ).fetchall():
        mark = _first_said(connection, _Mark((left[0], left[1]), left[2], left[3]), left[4])
        went = _first_said(connection, _Mark((w, seq), hlc, device), kind)
        if went.device != mark.device and (field == "status" or went.hlc > mark.hlc):
            edit = Evidence("contract", contract, field, (w, seq))
            found.setdefault((account, mark.key), []).append(edit)
    return [
        ClashFinding(STATUS[0], account, mark, tuple(edits))
        for (account, mark), edits in found.items()
    ]


_SAID = """
SELECT j.hlc, w.device FROM journal j CROSS JOIN writer w ON w.w = j.w WHERE (j.w, j.seq) = (?, ?)
"""


def _first_said(connection: RawConnection, mark: _Mark, kind: str | None) -> _Mark:
    """Return the row whose value an undo gave back; the row itself where it is no undo's.

    So the question is there again once its answer is undone.
    """
    while kind in ("undo", "redo"):
        own, *before = way_back(connection, mark.key)
        told = [step for step in before[1:] if _says_the_same(step, own)]
        if not told:
            return mark
        hlc, device = connection.execute(_SAID, told[0].key).fetchone()
        mark = _Mark(told[0].key, hlc, device)
        kind = step_kind(connection, mark.key)
    return mark


def _said_by(connection: RawConnection, key: JournalKey) -> _Mark:
    """Return who first said what a journal row says, where undos brought that back."""
    hlc, device = connection.execute(_SAID, key).fetchone()
    return _first_said(connection, _Mark(key, hlc, device), step_kind(connection, key))


def _says_the_same(one: Ancestor, other: Ancestor) -> bool:
    """Compare what two rows say; of a deletion only that it is one."""
    if isinstance(one.value, str) and one.value.startswith("{"):
        return isinstance(other.value, str) and other.value.startswith("{")
    return bool(one.value == other.value)


_DELETED = f"""
SELECT p.id, c.w, c.seq, c.hlc, w.device, {_KIND.format("c")}
FROM (SELECT DISTINCT row FROM journal INDEXED BY journal_deletion
  WHERE fld = 'deleted_at' AND ent = '{{entity}}') d
CROSS JOIN "{{entity}}" p ON p.id = d.row AND p.deleted_at IS NOT NULL
CROSS JOIN cell c ON c.ent = '{{entity}}' AND c.row = p.id AND c.fld = 'deleted_at'
CROSS JOIN writer w ON w.w = c.w
"""
_NAMING = """
SELECT u.id, u."{field}", k.w, k.seq, k.hlc, w.device FROM "{user}" u
CROSS JOIN cell k ON k.ent = '{user}' AND k.row = u.id AND k.fld = '{field}' AND k.hlc > ?2
CROSS JOIN writer w ON w.w = k.w
WHERE u.deleted_at IS NULL AND u."{field}" IN (SELECT value FROM json_each(?1))
"""


def _named_when_deleted(connection: RawConnection) -> Iterator[ClashFinding]:
    for entity in NAMED:
        gone = {
            row: _first_said(connection, _Mark((w, seq), hlc, device), kind)
            for row, w, seq, hlc, device, kind in connection.execute(
                _DELETED.format(entity=entity)
            ).fetchall()
        }
        if not gone:
            continue
        asked = (json.dumps(sorted(gone)), min(mark.hlc for mark in gone.values()))
        edits: dict[str, list[Evidence]] = {}
        for user, field in naming_fields(entity):
            statement = _NAMING.format(user=user, field=field)
            for row, named, w, seq, hlc, device in connection.execute(statement, asked).fetchall():
                # Named before, it stays without anybody in sight, as after any deletion.
                mark = gone[named]
                if hlc <= mark.hlc:
                    continue
                kind = step_kind(connection, (w, seq))
                said = _first_said(connection, _Mark((w, seq), hlc, device), kind)
                if said.hlc > mark.hlc and said.device != mark.device:
                    edits.setdefault(named, []).append(Evidence(user, row, field, (w, seq)))
        for named, found in sorted(edits.items()):
            yield ClashFinding(entity, named, gone[named].key, tuple(found))


@cache
def naming_fields(entity: str) -> tuple[tuple[str, str], ...]:
    """List the fields that name rows of an entity without belonging to them."""
    return tuple(
        (user, field)
        for user, field in references_to(entity)
        if user in entity_records()
        and user != "saved_view"
        and not key_fields(user)
        and (field, entity) not in owning_fields(user)
        and user != "touchpoint_attendee"
    )


def clash_item(teller: Teller, finding: ClashFinding) -> ClashItem:
    """Tell what happened, what does not go with it, and what can be done."""
    t = teller.words.translator
    who = teller.who(finding.mark)
    latest = max((teller.who(edit.key) for edit in finding.edits), key=lambda one: one.at)
    about = teller.words.item(finding.entity, finding.row)
    account_id, account = teller.words.account(finding.entity, finding.row)
    if finding.entity == STATUS[0]:
        happened = t(
            "{who} noted that this customer left. Somebody who did not know of that, or since, "
            "went on with a contract:"
        ).format(who=who.author or who.computer)
        ways = _ways_of_left(teller, finding)
    elif finding.entity in SPANS:
        happened = t("Two people moved start and end of this. Now it would end before it starts:")
        ways = _ways_of_dates(teller, finding)
    else:
        happened = t(
            "{who} deleted this. Somebody who did not know of that chose it afterwards:"
        ).format(who=who.author or who.computer)
        ways = _ways_of_named(teller, finding)
    return ClashItem(
        id=":".join((ReviewKind.CLASH, finding.entity, finding.row)),
        entity=finding.entity,
        row_id=finding.row,
        account_id=account_id,
        account=account,
        item=about,
        at=max(who.at, latest.at),
        happened=happened,
        edits=_edits(teller, finding),
        who=latest,
        mark=finding.mark,
        matter=finding.matter(finding.goes_on),
        ways=ways,
    )


def _edits(teller: Teller, finding: ClashFinding) -> tuple[str, ...]:
    lines = []
    for edit in finding.edits[:MOST]:
        words = teller.words
        stored = teller.stored(edit.key)
        account = words.account(edit.entity, edit.row)[1]
        parts = (
            "" if account in words.item(edit.entity, edit.row) else account,
            words.item(edit.entity, edit.row),
            words.label(edit.entity, edit.field),
        )
        who = teller.who(edit.key)
        value = words.value(edit.entity, edit.row, edit.field, stored)
        head = " · ".join(part for part in parts if part)
        said = " · ".join((value or "–", who.author or who.computer))
        lines.append(words.translator("{label}: {text}").format(label=head, text=said))
    more = len(finding.edits) - MOST
    if more > 0:
        t = teller.words.translator
        lines.append(t.plural("and {n} more", "and {n} more", more).format(n=more))
    return tuple(lines)


def _ways_of_left(teller: Teller, finding: ClashFinding) -> tuple[ClashWay, ...]:
    t = teller.words.translator
    runs = finding.goes_on
    end = t("It has left: end the contract") if runs else t("It has left")
    ways = [ClashWay(STAYS, t("It is still ours"), "S"), ClashWay(END, end, "E")]
    if runs:
        ways.append(ClashWay(LEAVE, t("Leave it so"), "L"))
    return tuple(ways)


def _ways_of_named(teller: Teller, finding: ClashFinding) -> tuple[ClashWay, ...]:
    t = teller.words.translator
    name = short(teller.words.title(finding.entity, finding.row)) or "–"
    ways = [ClashWay(BACK, t("Bring {owner} back").format(owner=name), "B")]
    same = _of_the_name(teller, finding)
    if same:
        words = t("Name the other {name}").format(name=name)
        ways.append(ClashWay(f"{GIVE}{same}", words, "M"))
    return (*ways, ClashWay(BEFORE, t("As it was before"), "L"))


def _ways_of_dates(teller: Teller, finding: ClashFinding) -> tuple[ClashWay, ...]:
    t = teller.words.translator
    ways = []
    for number, edit in enumerate(finding.edits, 1):
        before = value_before(teller.connection, edit)
        shown = teller.words.value(edit.entity, edit.row, edit.field, before) or "–"
        label = teller.words.label(edit.entity, edit.field)
        words = t("{field} back to {value}").format(field=label, value=shown)
        ways.append(ClashWay(f"{RETURN}{edit.field}", words, str(number)))
    return tuple(ways)


def value_before(connection: RawConnection, edit: Evidence) -> Any:
    """Return what a field held before an edit of it."""
    before = list(way_back(connection, edit.key))[1:2]
    return before[0].value if before else None


def _of_the_name(teller: Teller, finding: ClashFinding) -> str:
    """Find the living row of the same name, such as the one it was made one with."""
    name = folded(teller.words.title(finding.entity, finding.row))
    scope = (
        " AND account_id = (SELECT account_id FROM contact WHERE id = :row)"
        if finding.entity == "contact"
        else ""
    )
    found = teller.connection.execute(
        f'SELECT id, name FROM "{finding.entity}" WHERE deleted_at IS NULL'
        f" AND name IS NOT NULL AND id <> :row{scope} ORDER BY id",
        {"row": finding.row},
    )
    return next((row for row, called in found if folded(called) == name), "")
