"""How files of older formats become files of this one.

Named, in order, each in one transaction, as plain SQL against the tables as they were then, and
tested on stored files of the old formats. A backup is made before the first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from csdesk.store.driver import RawConnection, transaction
from csdesk.store.schema import FORMAT


@dataclass(frozen=True, slots=True)
class Migration:
    """One step from an older format to `to_format`; the name says what it brings."""

    to_format: int
    name: str
    statements: tuple[str, ...]


MIGRATIONS: tuple[Migration, ...] = (
    Migration(
        1001,
        "what copies disagree about, and what was settled",
        (
            "CREATE INDEX journal_replaced ON journal(pw, pseq) WHERE pw IS NOT NULL",
            "CREATE INDEX journal_deletion ON journal(ent, row) WHERE fld = 'deleted_at'",
            "CREATE TABLE settlement ( id TEXT NOT NULL, deleted_at VARCHAR, kind TEXT,"
            " subject TEXT, PRIMARY KEY (id) )",
        ),
    ),
    Migration(
        1002,
        "how documents were made, and what customers are told of their feedback",
        (
            "ALTER TABLE export_receipt ADD COLUMN setup TEXT",
            "ALTER TABLE feedback ADD COLUMN customer_wording TEXT",
            "ALTER TABLE feedback ADD COLUMN customer_answer TEXT",
            "CREATE TABLE document_options ( id TEXT NOT NULL, deleted_at VARCHAR, account_id TEXT,"
            " document_kind VARCHAR, language VARCHAR, page_size VARCHAR, has_cover BOOLEAN,"
            " left_out TEXT, marks_unagreed BOOLEAN, is_archival BOOLEAN, PRIMARY KEY (id) )",
            "CREATE INDEX ix_document_options_account_id ON document_options (account_id)",
        ),
    ),
    Migration(
        1003,
        "archived accounts, holidays, why schedules were shifted",
        (
            "ALTER TABLE account ADD COLUMN archived_on DATE",
            "ALTER TABLE template ADD COLUMN language VARCHAR",
            "CREATE TABLE holiday ( id TEXT NOT NULL, deleted_at VARCHAR, name TEXT,"
            " first_on DATE, last_on DATE, PRIMARY KEY (id) )",
            "CREATE TABLE schedule_shift ( id TEXT NOT NULL, deleted_at VARCHAR, plan_id TEXT,"
            " cause TEXT, days INTEGER, items INTEGER, reason TEXT, PRIMARY KEY (id) )",
            "CREATE INDEX ix_schedule_shift_plan_id ON schedule_shift (plan_id)",
        ),
    ),
)


def migrate(
    connection: RawConnection,
    before: Callable[[], None],
    migrations: Sequence[Migration] = MIGRATIONS,
    target: int = FORMAT,
) -> tuple[str, ...]:
    """Bring a database to the format `target`; return the names of the migrations that ran.

    `before` is called once, before anything changes, to make a backup. A newer minor format is
    left as it is.
    """
    present = int(connection.execute("PRAGMA user_version").fetchone()[0])
    due = [step for step in migrations if present < step.to_format <= target]
    due.sort(key=lambda step: step.to_format)
    if due:
        before()
    for step in due:
        with transaction(connection):
            for statement in step.statements:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {step.to_format}")
    return tuple(step.name for step in due)
