"""Values of one month that two rows of one name both have, in words, so that one can choose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from csdesk.model.identity import kpi_value_id, kpi_value_parts
from csdesk.queries.duplicates import DuplicateGroup
from csdesk.queries.recovered import Recovered
from csdesk.queries.review_items import Place
from csdesk.queries.review_teller import Teller

MOST = 6
"""How many are told; of more only how many."""

_OF_KPIS = """
SELECT v.id, v.value, o.value FROM account a
CROSS JOIN kpi_value v
  ON v.id > a.id || ':' || :first || ':' AND v.id < a.id || ':' || :first || ';'
CROSS JOIN kpi_value o ON o.id = a.id || ':' || :second || ':' || v.period
WHERE v.deleted_at IS NULL AND o.deleted_at IS NULL AND v.value IS NOT o.value
  AND a.deleted_at IS NULL ORDER BY v.id
"""
_OF_ACCOUNTS = """
SELECT v.id, v.value, o.value FROM kpi_value v
CROSS JOIN kpi_value o ON o.id = :second || substr(v.id, length(:first) + 1)
WHERE v.id > :first || ':' AND v.id < :first || ';'
  AND v.deleted_at IS NULL AND o.deleted_at IS NULL AND v.value IS NOT o.value ORDER BY v.id
"""
_CLASHES = {"kpi": _OF_KPIS, "account": _OF_ACCOUNTS}


def clashes_of(teller: Teller, group: DuplicateGroup) -> tuple[str, ...]:
    """Tell which values the oldest of some rows and another one both have, and differ in."""
    statement = _CLASHES.get(group.entity)
    if statement is None:
        return ()
    first, *others = group.rows
    lines = [
        _line(teller, row, f"{_shown(teller, row, mine)} / {_shown(teller, row, theirs)}")
        for second in others
        for row, mine, theirs in teller.connection.execute(
            statement, {"first": first, "second": second}
        )
    ]
    return _few(teller, lines)


def values_of(teller: Teller, finding: Recovered, places: Sequence[Place]) -> tuple[str, ...]:
    """Tell the values among recovered rows, and what stands in their place where they could go."""
    if finding.entity != "kpi_value":
        return ()
    target = places[0].id.partition(":")[2] if len(places) == 1 else ""
    return _few(teller, (_recovered(teller, finding, row, target) for row in finding.rows))


def _recovered(teller: Teller, finding: Recovered, row: str, target: str) -> str:
    t = teller.words.translator
    line = _line(teller, row, _shown(teller, row, _value(teller, row)))
    if not target:
        return line
    account, kpi, period = kpi_value_parts(row)
    ends = {"account_id": account, "kpi_id": kpi} | {finding.field: target}
    there = _value(teller, kpi_value_id(ends["account_id"], ends["kpi_id"], period))
    if there is None:
        return line
    shown = _shown(teller, row, there)
    return t("{value} (where it would go: {other})").format(value=line, other=shown)


def _value(teller: Teller, row: str) -> str | None:
    found = teller.connection.execute(
        "SELECT value FROM kpi_value WHERE id = ? AND deleted_at IS NULL", (row,)
    ).fetchone()
    return None if found is None else found[0]


def _line(teller: Teller, row: str, text: str) -> str:
    label = _name(teller, row)
    return teller.words.translator("{label}: {text}").format(label=label, text=text)


def _name(teller: Teller, row: str) -> str:
    _id, account = teller.words.account("kpi_value", row)
    return " · ".join(part for part in (account, teller.words.title("kpi_value", row)) if part)


def _shown(teller: Teller, row: str, stored: str | None) -> str:
    return teller.words.value("kpi_value", row, "value", stored) or "–"


def _few(teller: Teller, lines: Iterable[str]) -> tuple[str, ...]:
    told = list(lines)
    more = len(told) - MOST
    if more <= 0:
        return tuple(told)
    t = teller.words.translator
    last = t.plural("and {n} more value", "and {n} more values", more).format(n=more)
    return (*told[:MOST], last)
