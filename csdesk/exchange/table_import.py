"""What the imports of one table share: what they work with, and how they go through its rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from csdesk.errors import UserError
from csdesk.exchange.binding import Binding
from csdesk.exchange.cells import CellReader, RefusedRowError
from csdesk.exchange.changes import Changes
from csdesk.exchange.directories import Lookups
from csdesk.exchange.import_report import Outcome, Results
from csdesk.exchange.mapping import TableMapping
from csdesk.exchange.tables import Row, Table
from csdesk.i18n import _
from csdesk.progress import Progress

REPORT_EVERY = 500
"""Rows from one telling of the progress to the next."""


@dataclass(frozen=True, slots=True)
class ImportedTable:
    """A table with how it is to be read, and where what is decided about its rows goes."""

    table: Table
    binding: Binding
    mapping: TableMapping
    lookups: Lookups
    changes: Changes
    results: Results


class TableImport:
    """Works through one table; everything it decides goes into its changes and results."""

    def __init__(self, session: Session, imported: ImportedTable) -> None:
        self._session = session
        self._table = imported.table
        self._binding = imported.binding
        self._mapping = imported.mapping
        self._lookups = imported.lookups
        self._changes = imported.changes
        self._results = imported.results
        self._cells = CellReader(imported.table, imported.binding, imported.mapping)

    def _decide_each(
        self, take: Callable[[Row], None], name: Callable[[Row], str], progress: Progress
    ) -> None:
        """Let `take` decide about each row that is not skipped; `name` names a refused one.

        What a row made before it was refused is taken back. Raises CancelledError where the user
        cancels.
        """
        total = len(self._table.rows)
        for count, row in enumerate(self._table.rows):
            if count % REPORT_EVERY == 0:
                progress.report(count, total, self._table.name)
            if not self._binding.keeps(row):
                self._results.add(row[0], Outcome.SKIPPED)
                continue
            before = len(self._lookups.creations)
            try:
                take(row)
            except RefusedRowError as error:
                self._lookups.take_back(self._lookups.creations[before:], self._results)
                self._results.add(row[0], Outcome.REFUSED, name(row), error.problem)

    def _referred(self, row: Row, name: str, entity: str, text: str, scope: str = "") -> str | None:
        """Return the row that a field names; among rows of one name, the one whose id is beside it.

        None where it is missing and may be created. Raises UserError as `Lookups.find` does.
        """
        known = self._cells.named_id(row, name)
        if known and self._lookups.directory(entity).is_called(known, text, scope):
            return known
        return self._lookups.find(entity, text, self._mapping, scope)

    def _find_account(self, row: Row) -> str:
        """Return the account a row names, by its external id or name; make it where allowed.

        Raises RefusedRowError where it is not named, missing or one of several.
        """
        external_id = self._cells.text(row, "account_external_id")
        name = self._cells.text(row, "account")
        try:
            if name and not external_id:
                found = self._referred(row, "account", "account", name)
                if found is not None:
                    return found
            return self._account_named(external_id, name)
        except UserError as error:
            blamed = "account_external_id" if external_id and not name else "account"
            raise self._cells.refused(blamed, error) from error

    def _account_named(self, external_id: str, name: str) -> str:
        lookups, mapping, results = self._lookups, self._mapping, self._results
        directory = lookups.directory("account")
        if not external_id:
            if not name:
                raise UserError(_("The account is missing."))
            found = lookups.find("account", name, mapping)
            return found or lookups.create("account", name, mapping, results)
        found = directory.by_external_id(external_id) or lookups.meant.get(external_id)
        if found is None and name:
            found = directory.identify(name, external_id)
            if found is None and "accounts" in mapping.create:
                return lookups.create("account", name, mapping, results, external_id=external_id)
        found = found or lookups.find("account", name or external_id, mapping)
        if found is None:
            return lookups.create("account", external_id, mapping, results)
        # An id that meant an account by its name once means it in every row.
        lookups.meant[external_id] = found
        return found
