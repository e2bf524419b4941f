"""Whether every row of a file from outside is one that a program of ours could have written.

Only what a row says for itself, and whether a writer's rows and steps are all there. What a row
says of rows in other files (which it replaced, what a deletion saw) is for the readers to bear: to
refuse it here would let one bad outbox make every good document that took it in unreadable.
Values of fields we know must be such as their columns can read; unknown entities and fields are
passed on unread, so only their names and sizes matter.
"""

from __future__ import annotations

from collections import deque
from functools import cache

from sqlalchemy import Boolean, Date, Integer

from csdesk.model.base import Exact, Instant, columns_of, entity_records
from csdesk.store.deriving import DERIVED_BY
from csdesk.store.driver import DatabaseError, RawConnection
from csdesk.store.journal import DELETED
from csdesk.store.schema import workspace_id
from csdesk.store.stamps import LATEST
from csdesk.store.versions import Versions
from csdesk.team.guard_refusals import Refusal, Unfit
from csdesk.team.guard_values import is_day, is_exact, is_instant

MOST_SEEN = 500
"""Winners that a deletion may list; no row has so many fields."""
_NAME_BYTES, _ROW_BYTES, _LABEL_BYTES, _META_ROWS = 63, 500, 1 << 20, 1000
_LARGEST = 2**53


def check_rows(connection: RawConnection, most_bytes: int) -> None:
    """Raise Unfit where a row of the journal tables is not such as we write; reads them all.

    `most_bytes` is how large one value may be.
    """
    if connection.execute(_BAD_SIZE, {"most": most_bytes}).fetchone() is not None:
        raise Unfit(Refusal.ROWS, "a value is too large")
    bad = connection.execute(_bad_journal()).fetchone()
    if bad is not None:
        raise Unfit(Refusal.ROWS, f"journal {bad[0]}/{bad[1]}: {bad[2]}")
    for table, statement in (("txn", _BAD_STEP), ("writer", _BAD_WRITER), ("meta", _BAD_META)):
        if connection.execute(statement).fetchone() is not None:
            raise Unfit(Refusal.ROWS, table)
    _check_texts(connection)
    _check_meta(connection)


def check_whole(connection: RawConnection, kind: str) -> tuple[Versions, Versions]:
    """Return each writer's last and first row; raise Unfit where rows or steps are not all there.

    A document has each writer's rows from the first; an outbox may begin in the middle of them.
    """
    if connection.execute(_STRANGERS).fetchone() is not None:
        raise Unfit(Refusal.GAPS, "rows of nobody")
    last: Versions = {}
    first: Versions = {}
    for w, last_seq, count, lowest, highest in connection.execute(_SPANS):
        begins = lowest if kind == "outbox" else 1
        if lowest is None or (lowest, highest, count) != (begins, last_seq, last_seq - begins + 1):
            raise Unfit(Refusal.GAPS, f"writer {w}")
        last[w], first[w] = last_seq, lowest
    steps: Versions = dict.fromkeys(first, 0) | {w: seq - 1 for w, seq in first.items()}
    for w, seq0, seq1 in connection.execute("SELECT w, seq0, seq1 FROM txn ORDER BY w, seq0"):
        if steps.get(w) != seq0 - 1:
            raise Unfit(Refusal.ROWS, f"steps of writer {w}")
        steps[w] = seq1
    if steps != last:
        raise Unfit(Refusal.ROWS, "rows of no step")
    return last, first


def _known_fields() -> dict[str, list[str]]:
    """List the fields we know as `entity.field`, by what their values are like."""
    known: dict[str, list[str]] = {}
    for entity, record in entity_records().items():
        for column in columns_of(entity):
            named = column.name == "id" or column.name in record.key_fields
            kind = "never" if named else _kind_of(column.type)
            known.setdefault(kind, []).append(f"{entity}.{column.name}")
    return known


def _kind_of(column_type: object) -> str:
    for types, kind in (
        (Boolean, "flag"),
        (Integer, "whole"),
        (Date, "day"),
        (Instant, "instant"),
        (Exact, "exact"),
    ):
        if isinstance(column_type, types):
            return kind
    return "text"


def _is_no_name(name: str) -> str:
    """Write SQL that tells whether something is no plain name of an entity or a field."""
    return (
        f"typeof({name}) <> 'text' OR octet_length({name}) > {_NAME_BYTES}"
        f" OR octet_length({name}) <> length({name}) OR {name} GLOB '*[^a-z0-9_]*'"
        f" OR {name} NOT GLOB '[a-z]*' OR {name} GLOB 'sqlite_*'"
    )


def _is_no_number(name: str, *, most: int = 2**63 - 1) -> str:
    return f"typeof({name}) <> 'integer' OR {name} < 1 OR {name} > {most}"


def _is_half(one: str, other: str) -> str:
    """Write SQL that tells whether a pair of numbers is neither there nor absent as a whole."""
    return (
        f"({one} IS NULL) <> ({other} IS NULL) OR ({one} IS NOT NULL"
        f" AND ({_is_no_number(one)} OR {_is_no_number(other)}))"
    )


def _is_long(name: str, most: int) -> str:
    return f"typeof({name}) <> 'text' OR octet_length({name}) > {most}"


# Exactly what the journal writes, so that nothing in it can be read in two ways.
_IS_DELETION = f"""
CASE WHEN typeof(j.val) <> 'text' OR NOT json_valid(j.val) THEN false
  WHEN json_type(j.val) <> 'object' OR json_type(j.val, '$.at') IS NOT 'text' THEN false
  WHEN json_type(j.val, '$.saw') IS NOT 'array' THEN false
  WHEN json_array_length(j.val, '$.saw') > {MOST_SEEN} THEN false
  WHEN NOT {is_instant("(j.val ->> '$.at')")} THEN false
  WHEN json_object('at', j.val ->> '$.at', 'saw', j.val -> '$.saw') <> j.val THEN false
  ELSE NOT EXISTS (SELECT 1 FROM json_each(j.val, '$.saw') s WHERE
    CASE WHEN s.type <> 'array' THEN true WHEN json_array_length(s.value) <> 3 THEN true
      ELSE json_type(s.value, '$[0]') <> 'text' OR typeof(s.value ->> 1) <> 'integer'
        OR typeof(s.value ->> 2) <> 'integer' END)
END
"""
_IS_KPI_ROW = (
    "(length(j.row) - length(replace(j.row, ':', '')) = 2 AND substr(j.row, -11, 1) = ':'"
    f" AND j.row NOT GLOB ':*' AND j.row NOT GLOB '*::*' AND {is_day('substr(j.row, -10)')})"
)
_KEYED = ", ".join(f"'{name}'" for name, record in entity_records().items() if record.key_fields)
# First of all: a larger one is not even to be loaded.
_BAD_SIZE = """
SELECT 1 FROM journal WHERE octet_length(val) > :most OR octet_length(row) > :most
OR octet_length(ent) > :most OR octet_length(fld) > :most LIMIT 1
"""


@cache
def _bad_journal() -> str:
    """Write SQL that finds a journal row that is none: its key, and what is wrong with it."""
    known = {
        kind: "j.ent || '.' || j.fld IN (" + ", ".join(f"'{name}'" for name in names) + ")"
        for kind, names in _known_fields().items()
    }
    read = {
        "text": "typeof(j.val) = 'text'",
        "whole": "typeof(j.val) = 'integer'",
        "flag": "typeof(j.val) = 'integer' AND j.val IN (0, 1)",
        "day": is_day("j.val"),
        "instant": is_instant("j.val"),
        "exact": is_exact("j.val"),
    }
    # Most values are texts or numbers: those are asked for first.
    kinds = "".join(
        f" WHEN {known[kind]} THEN {test}" for kind, test in read.items() if kind in known
    )
    return f"""
SELECT j.w, j.seq, CASE
  WHEN {_is_no_number("j.w")} OR {_is_no_number("j.seq")} THEN 'number'
  WHEN {_is_no_number("j.hlc", most=LATEST - 1)} THEN 'stamp'
  WHEN {_is_half("j.pw", "j.pseq")} OR (j.pw IS j.w AND j.pseq >= j.seq) THEN 'replaced row'
  WHEN {_is_no_name("j.ent")} THEN 'entity'
  WHEN {_is_no_name("j.fld")} THEN 'field'
  WHEN {_is_long("j.row", _ROW_BYTES)} OR j.row = '' OR instr(j.row, char(0)) THEN 'row'
  WHEN j.ent IN ({_KEYED}) AND NOT {_IS_KPI_ROW} THEN 'row'
  WHEN {known["never"]} THEN 'field'
  WHEN j.val IS NULL THEN NULL
  WHEN j.fld = '{DELETED}' THEN CASE WHEN {_IS_DELETION} THEN NULL ELSE 'deletion' END
  WHEN CASE {kinds} ELSE true END THEN NULL
  ELSE 'value of ' || j.ent || '.' || j.fld END AS fault
FROM journal j WHERE fault IS NOT NULL LIMIT 1
"""


_BAD_STEP = f"""
SELECT 1 FROM txn t WHERE {_is_no_number("t.n", most=_LARGEST)} OR {_is_no_number("t.w")}
OR {_is_no_number("t.seq0")} OR {_is_no_number("t.seq1")} OR t.seq1 < t.seq0
OR {_is_no_number("t.hlc", most=LATEST - 1)} OR {_is_long("t.label", _LABEL_BYTES)}
OR {_is_long("t.kind", _NAME_BYTES)} OR {_is_half("t.of_w", "t.of_seq")} LIMIT 1
"""
# What was saved from a damaged file may not know when its writer started.
_BAD_WRITER = f"""
SELECT 1 FROM writer t WHERE {_is_no_number("t.w")} OR {_is_no_number("t.last_seq")}
OR {_is_long("t.device", _ROW_BYTES)} OR {_is_long("t.author", _LABEL_BYTES)}
OR {_is_long("t.app", _ROW_BYTES)} OR NOT (t.started IS '' OR {is_instant("t.started")}) LIMIT 1
"""
_BAD_META = f"""
SELECT 1 FROM meta t WHERE {_is_long("t.k", _ROW_BYTES)}
OR octet_length(t.v) > {_LABEL_BYTES} OR typeof(t.v) IN ('real', 'blob')
UNION ALL SELECT 1 FROM (SELECT count(*) AS rows FROM meta) WHERE rows > {_META_ROWS} LIMIT 1
"""
_STRANGERS = """
SELECT 1 FROM (SELECT DISTINCT w FROM journal) j
WHERE NOT EXISTS (SELECT 1 FROM writer t WHERE t.w = j.w) LIMIT 1
"""
_SPANS = """
SELECT t.w, t.last_seq, count(j.seq), min(j.seq), max(j.seq)
FROM writer t LEFT JOIN journal j ON j.w = t.w GROUP BY t.w
"""
_TEXTS = (
    "SELECT row, CASE WHEN typeof(val) = 'text' THEN val END FROM journal",
    "SELECT label, kind FROM txn",
    "SELECT device, author, app FROM writer",
    "SELECT k, v FROM meta",
)


def _check_texts(connection: RawConnection) -> None:
    """Let the driver read every text: one that is not UTF-8 would stop a query some day."""
    for statement in _TEXTS:
        try:
            deque(connection.execute(statement), maxlen=0)
        except DatabaseError as error:
            if getattr(error, "sqlite_errorcode", None) is not None:
                raise
            raise Unfit(Refusal.ROWS, "a text is not UTF-8") from error


def _check_meta(connection: RawConnection) -> None:
    name = workspace_id(connection)
    if len(name) != 32 or set(name) - set("0123456789abcdef"):
        raise Unfit(Refusal.ROWS, "workspace id")
    by = connection.execute("SELECT typeof(v) FROM meta WHERE k = ?", (DERIVED_BY,)).fetchone()
    if by is not None and by[0] != "integer":
        raise Unfit(Refusal.ROWS, DERIVED_BY)
