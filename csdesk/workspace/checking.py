"""Whether a file is whole: its seal, its database, its journal, and what is derived from it.

Nothing is changed. What is derived is compared with what the journal alone gives, in a copy.
"""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from csdesk.errors import UserError
from csdesk.i18n import _, ngettext
from csdesk.model.base import columns_of, entity_records
from csdesk.settings import Home
from csdesk.store.deriving import rebuild
from csdesk.store.document import Seal, remove_database, unseal
from csdesk.store.driver import DatabaseError, RawConnection, connect, told_plainly, transaction
from csdesk.store.replica import Replica, known_replica
from csdesk.store.schema import FORMAT, check_columns, check_format, check_tables, workspace_id
from csdesk.store.versions import Versions, gaps, versions
from csdesk.team.guard import look_through
from csdesk.team.guard_refusals import Unfit
from csdesk.workspace.opening import scratch


class Fault(Enum):
    """What kind of thing is wrong, for who is to mend it."""

    MISSING = auto()
    UNREADABLE = auto()
    FOREIGN = auto()
    GAPS = auto()
    DERIVED = auto()
    """Only what can be made anew from the journal."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, in a plain sentence."""

    fault: Fault
    message: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What is wrong with a document and with this computer's copy of it."""

    path: Path
    document: tuple[Finding, ...]
    replica: tuple[Finding, ...]
    unpublished: int
    """Changes that only this computer's copy has: no fault, the next close writes them."""
    checked: int
    """Changes of fields that were checked."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.document or self.replica)

    def lines(self) -> list[str]:
        """Tell the result in plain sentences."""
        lines = [finding.message for finding in (*self.document, *self.replica)]
        if self.is_whole:
            lines.append(
                ngettext(
                    "Everything is in order: {n} change was checked.",
                    "Everything is in order: {n} changes were checked.",
                    self.checked,
                ).format(n=self.checked)
            )
        if self.unpublished:
            lines.append(
                ngettext(
                    "{n} change is not in the document yet; it is safe on this computer.",
                    "{n} changes are not in the document yet; they are safe on this computer.",
                    self.unpublished,
                ).format(n=self.unpublished)
            )
        return lines


def check(path: Path, home: Home) -> CheckReport:
    """Check a document and this computer's copy of it, and change neither.

    Raises UserError where there is neither of them.
    """
    path = path.expanduser().absolute()
    with told_plainly(), scratch(home) as document, scratch(home) as copy:
        looked = look_at_document(path, document)
        replica = replica_for(path, home, looked.workspace)
        if not path.exists() and replica is None:
            raise UserError(looked.findings[0].message, _("Check the name and the folder."))
        in_replica: tuple[Finding, ...] = ()
        if replica is not None:
            in_replica = look_at_replica(replica, copy)
        theirs = _versions_in(document) if looked.seal is not None else {}
        mine = _versions_in(copy) if replica is not None and not in_replica else {}
    unpublished = sum(max(0, seq - theirs.get(writer, 0)) for writer, seq in mine.items())
    checked = unpublished + sum(theirs.values())
    return CheckReport(path, looked.findings, in_replica, unpublished, checked)


def replica_for(path: Path, home: Home, workspace: str) -> Replica | None:
    """Find the replica of a document; one of another workspace only where it says of none."""
    replica = known_replica(home.replicas, path, workspace)
    return replica if replica is not None and replica.database.exists() else None


@dataclass(frozen=True, slots=True)
class LookedAt:
    """What is wrong with a document; its workspace and seal where its database is whole."""

    findings: tuple[Finding, ...]
    workspace: str = ""
    seal: Seal | None = None

    def has(self, *faults: Fault) -> bool:
        """Tell whether any finding is one of these."""
        return any(finding.fault in faults for finding in self.findings)


def look_at_document(path: Path, copy: Path) -> LookedAt:
    """Copy a document's database out to `copy` and examine it.

    There is no copy where the document is not whole.
    """
    if not path.exists():
        missing = _("“{path}” was not found.").format(path=path)
        return LookedAt((Finding(Fault.MISSING, missing),))
    try:
        seal = unseal(path, copy)
    except UserError as error:
        return LookedAt((Finding(Fault.UNREADABLE, error.message),))
    name = _("The document")
    found = examine(copy, name)
    if all(finding.fault is Fault.DERIVED for finding in found):
        found = _unlike_ours(copy, name) or found
    if any(finding.fault is not Fault.DERIVED for finding in found):
        remove_database(copy)
        return LookedAt(found)
    with contextlib.closing(connect(copy, immutable=True)) as connection:
        return LookedAt(found, workspace_id(connection), seal)


def _unlike_ours(database: Path, name: str) -> tuple[Finding, ...]:
    """Find what would keep other copies from taking a document in, though it is whole."""
    with contextlib.closing(connect(database, immutable=True)) as connection:
        number = connection.execute("PRAGMA user_version").fetchone()[0]
        try:
            look_through(connection, number, size=database.stat().st_size)
        except Unfit as unfit:
            said = _("{name} is not as CSDesk writes it: {detail}.")
            return (Finding(Fault.FOREIGN, said.format(name=name, detail=unfit.detail)),)
    return ()


def look_at_replica(replica: Replica, copy: Path) -> tuple[Finding, ...]:
    """Copy a replica's database to `copy` and examine it."""
    name = _("The copy on this computer")
    try:
        with (
            contextlib.closing(connect(replica.database)) as live,
            contextlib.closing(connect(copy)) as target,
        ):
            live.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")
    except DatabaseError:
        return (unreadable(name),)
    return examine(copy, name)


def examine(database: Path, name: str) -> tuple[Finding, ...]:
    """Examine a database that nothing else uses; `name` is what findings call it."""
    try:
        with contextlib.closing(connect(database, immutable=True)) as connection:
            try:
                check_format(connection)
                check_tables(connection)
                if connection.execute("PRAGMA user_version").fetchone()[0] >= FORMAT:
                    check_columns(connection)
            except UserError as error:
                return (Finding(Fault.FOREIGN, f"{name}: {error.message}"),)
            if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                return (unreadable(name),)
            if writers := gaps(connection):
                gap = ngettext(
                    "{name}: the changes of {n} session are not complete.",
                    "{name}: the changes of {n} sessions are not complete.",
                    len(writers),
                ).format(name=name, n=len(writers))
                return (Finding(Fault.GAPS, gap),)
            if connection.execute("PRAGMA user_version").fetchone()[0] < FORMAT:
                return ()
        return _examine_derived(database, name)
    except DatabaseError:
        return (unreadable(name),)


def unreadable(name: str) -> Finding:
    """Say that a database is damaged."""
    return Finding(Fault.UNREADABLE, _("{name} is damaged.").format(name=name))


def _examine_derived(database: Path, name: str) -> tuple[Finding, ...]:
    """Compare cells and entity rows with what the journal alone gives."""
    again = database.with_name(f"{database.stem}-again.db")
    try:
        shutil.copyfile(database, again)
        with contextlib.closing(connect(again)) as connection:
            with transaction(connection):
                rebuild(connection)
            connection.execute("ATTACH ? AS kept", (str(database),))
            wrong = {
                table: count
                for table, columns in _derived_tables().items()
                if (count := _differences(connection, table, columns))
            }
    finally:
        remove_database(again)
    if not wrong:
        return ()
    tables = ", ".join(f"{table} ({count})" for table, count in wrong.items())
    said = _("{name} does not show what its journal says, in: {tables}.")
    return (Finding(Fault.DERIVED, said.format(name=name, tables=tables)),)


def _derived_tables() -> dict[str, list[str]]:
    tables = {entity: [column.name for column in columns_of(entity)] for entity in entity_records()}
    return {"cell": ["ent", "row", "fld", "hlc", "w", "seq"], **tables}


def _differences(connection: RawConnection, table: str, columns: list[str]) -> int:
    shown = ", ".join(f'"{column}"' for column in columns)
    main, kept = f'SELECT {shown} FROM main."{table}"', f'SELECT {shown} FROM kept."{table}"'
    counted = connection.execute(
        f"SELECT max((SELECT count(*) FROM ({main} EXCEPT {kept})),"
        f" (SELECT count(*) FROM ({kept} EXCEPT {main})))"
    )
    return int(counted.fetchone()[0])


def _versions_in(database: Path) -> Versions:
    with contextlib.closing(connect(database, immutable=True)) as connection:
        return versions(connection)
