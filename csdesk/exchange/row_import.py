"""Imports tables in which each row is one account, contact, member, contract or survey answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.errors import UserError
from csdesk.exchange.cells import RefusedRowError
from csdesk.exchange.directories import existing_rows
from csdesk.exchange.fields import Form
from csdesk.exchange.import_report import Outcome, Problem
from csdesk.exchange.table_import import ImportedTable, TableImport
from csdesk.exchange.tables import Row, cell_text, shorten
from csdesk.i18n import _
from csdesk.model.base import entity_table
from csdesk.model.identity import natural_id
from csdesk.model.vocabulary import SurveyKind
from csdesk.progress import Progress

_SCORES = {SurveyKind.NPS: (0, 10), SurveyKind.CSAT: (1, 5), SurveyKind.CES: (1, 7)}
_NAMED = frozenset({"account", "contact", "member"})
_CONTRACT_KEY = ("product", "start_on")
_SURVEY_KEY = ("contact_id", "kind", "score", "comment", "answered_on")


@dataclass(slots=True)
class _Draft:
    """What one row says, before it is known whether it changes anything."""

    row: Row
    values: dict[str, Any]
    references: dict[str, str | None] = field(default_factory=dict)
    scope: str = ""
    subject: str = ""
    boss: str = ""


class RowImport(TableImport):
    """Works through one table; what a row is about, it names or shows by its values."""

    def __init__(self, session: Session, imported: ImportedTable) -> None:
        super().__init__(session, imported)
        binding = imported.binding
        self._entity = binding.kind.entity
        self._claims: dict[str, tuple[int, dict[str, Any]]] = {}
        self._seen: dict[tuple[Any, ...], int] = {}
        self._bosses: list[tuple[int, str, str, str]] = []
        self._tags: set[str] = set()
        self._old_tags: set[str] = set()
        columns = {one.column for one in binding.kind.fields.values() if one.column}
        if "account_id" in entity_table(self._entity).columns:
            columns.add("account_id")
        columns.discard("account")
        self._existing = existing_rows(session, imported.changes, self._entity, sorted(columns))
        self._index = self._index_rows()
        if self._entity == "account" and binding.has("tags"):
            self._load_tags()

    def run(self, progress: Progress) -> None:
        """Decide about every row; raises CancelledError where the user cancels."""
        self._decide_each(self._take, self._name, progress)
        self._settle_bosses()

    def _name(self, row: Row) -> str:
        """Name a refused row as far as it can be named."""
        return shorten(cell_text(self._cells.cell(row, "name"))) if self._entity in _NAMED else ""

    def _take(self, row: Row) -> None:
        """Decide about one row."""
        draft = self._draft(row)
        row_id = self._identify(draft)
        if row_id is not None:
            self._check_claim(row_id, draft)
        self._check(draft, row_id)
        references = self._settle_references(draft)
        draft.values.update(references)
        if row_id is None:
            outcome, row_id = Outcome.ADDED, self._add(draft)
        else:
            outcome = self._change(row_id, draft)
        if self._entity == "account" and self._put_tags(row_id, draft):
            outcome = Outcome.UPDATED if outcome is Outcome.UNCHANGED else outcome
        line, claimed = self._claims.get(row_id, (row[0], {}))
        self._claims[row_id] = (line, {**claimed, **draft.values, **self._aside(draft)})
        index = self._results.add(row[0], outcome, draft.subject)
        if draft.boss:
            # Settled when all contacts are known: the boss may stand further down.
            self._bosses.append((index, row_id, draft.boss, draft.scope))

    def _draft(self, row: Row) -> _Draft:
        """Read the row's own values and find what it refers to, without creating anything."""
        self._cells.check_width(row)
        draft = _Draft(row, self._cells.values(row))
        if self._entity in _NAMED:
            draft.subject = str(draft.values.get("name") or "")
            if not draft.subject:
                raise RefusedRowError(Problem(_("The name is missing.")))
        if self._entity not in ("account", "member"):
            draft.scope = self._find_account(row)
        for name, one in self._binding.kind.fields.items():
            if one.form is Form.REFERENCE and one.column and name != "reports_to":
                self._find_reference(draft, name, one.entity)
        if self._entity == "contact":
            draft.boss = self._cells.text(row, "reports_to")
        return draft

    def _find_reference(self, draft: _Draft, name: str, entity: str) -> None:
        text = self._cells.text(draft.row, name)
        if text:
            scope = draft.scope if entity == "contact" else ""
            try:
                draft.references[name] = self._referred(draft.row, name, entity, text, scope)
            except UserError as error:
                raise self._cells.refused(name, error) from error

    def _identify(self, draft: _Draft) -> str | None:
        """Find the row in the workspace that this one is about."""
        own_id = self._cells.own_id(draft.row)
        if own_id in self._existing:
            return own_id
        external_id = str(draft.values.get("external_id") or "")
        if self._entity in _NAMED:
            directory = self._lookups.directory(self._entity)
            try:
                email = str(draft.values.get("email") or "")
                found = directory.identify(draft.subject, external_id, draft.scope, email)
            except UserError as error:
                raise self._cells.refused("name", error) from error
            if found is not None and found == external_id:
                # Our own id, from a table that CSDesk wrote; no id of another system.
                del draft.values["external_id"]
            return found
        if external_id:
            known = self._index.get(("external", external_id), [])
            return known[0] if known else None
        return self._identify_by_values(draft)

    def _identify_by_values(self, draft: _Draft) -> str | None:
        """Find a contract by product and start, a survey answer by all it says."""
        contact = draft.references.get("contact", "")
        # A contact about to be made has no answers yet, and is not the same as no contact.
        values = {**draft.values, "contact_id": "?" if contact is None else contact or None}
        fields = _CONTRACT_KEY if self._entity == "contract" else _SURVEY_KEY
        key = (draft.scope, *(values.get(name) for name in fields))
        known = self._index.get(key, [])
        if self._entity == "survey_response":
            # Equal answers are counted: the third in the table is the third in the workspace.
            number = self._seen.get(key, 0)
            self._seen[key] = number + 1
            return known[number] if number < len(known) else None
        if len(known) > 1:
            raise RefusedRowError(
                Problem(_("Several contracts of this account have this product and start."))
            )
        return known[0] if known else None

    def _index_rows(self) -> dict[tuple[Any, ...], list[str]]:
        """Index contracts and survey answers by what identifies them."""
        index: dict[tuple[Any, ...], list[str]] = {}
        if self._entity in _NAMED:
            return index
        for row_id, values in self._existing.items():
            self._index_row(index, row_id, values, values.get("account_id") or "")
        return index

    def _index_row(
        self,
        index: dict[tuple[Any, ...], list[str]],
        row_id: str,
        values: dict[str, Any],
        scope: str,
    ) -> None:
        if values.get("external_id"):
            index.setdefault(("external", values["external_id"]), []).append(row_id)
        fields = _CONTRACT_KEY if self._entity == "contract" else _SURVEY_KEY
        index.setdefault((scope, *(values.get(name) for name in fields)), []).append(row_id)

    def _check_claim(self, row_id: str, draft: _Draft) -> None:
        """Refuse a second row that says something else about the same thing."""
        line, values = self._claims.get(row_id, (0, {}))
        differing = [
            name for name, value in self._said(draft).items() if values.get(name, value) != value
        ]
        if differing:
            labels = {one.column: name for name, one in self._binding.kind.fields.items()}
            raise self._cells.refused(
                labels.get(differing[0], ""),
                UserError(
                    _("Line {line} says something else about “{name}”.").format(
                        line=line, name=shorten(draft.subject or str(draft.row[0]))
                    ),
                    _("Keep one of the two rows, or give each its own external ID."),
                ),
            )

    def _said(self, draft: _Draft) -> dict[str, Any]:
        """Collect all that a row says; what it refers to and is yet to be made is unlike all."""
        fields = self._binding.kind.fields
        referred = {fields[name].column: found or "?" for name, found in draft.references.items()}
        return {**draft.values, **referred, **self._aside(draft)}

    @staticmethod
    def _aside(draft: _Draft) -> dict[str, Any]:
        """Collect what a row says that is not among its values."""
        said = {"account_id": draft.scope, "reports_to": draft.boss}
        return {name: value for name, value in said.items() if value}

    def _check(self, draft: _Draft, row_id: str | None) -> None:
        """Refuse values that make no sense together."""
        values = {**self._existing.get(row_id or "", {}), **draft.values}
        if self._entity == "contract":
            start, renewal = values.get("start_on"), values.get("renewal_on")
            if start and renewal and renewal < start:
                raise self._cells.refused(
                    "renewal_on",
                    UserError(_("The renewal date lies before the start of the contract.")),
                )
        if self._entity == "survey_response":
            kind, score = draft.values.get("kind"), draft.values.get("score")
            if kind is None or score is None:
                name = "kind" if kind is None else "score"
                raise self._cells.refused(name, UserError(_("The cell is empty.")))
            low, high = _SCORES[kind]
            if not low <= score <= high:
                raise self._cells.refused(
                    "score",
                    UserError(
                        _("{value} is not between {low} and {high}.").format(
                            value=score, low=low, high=high
                        )
                    ),
                )

    def _settle_references(self, draft: _Draft) -> dict[str, str]:
        """Make what the row refers to and is not there yet; all else about it is settled."""
        settled: dict[str, str] = {}
        for name, row_id in draft.references.items():
            one = self._binding.kind.fields[name]
            if row_id is None:
                text = self._cells.text(draft.row, name)
                scope = draft.scope if one.entity == "contact" else ""
                row_id = self._lookups.directory(one.entity).refer(text, scope)
                row_id = row_id or self._lookups.create(
                    one.entity, text, self._mapping, self._results, scope
                )
            settled[one.column] = row_id
        return settled

    def _add(self, draft: _Draft) -> str:
        values = dict(draft.values)
        if draft.scope:
            values["account_id"] = draft.scope
        row_id = self._changes.add(self._entity, values)
        self._existing[row_id] = values
        if self._entity in _NAMED:
            self._lookups.directory(self._entity).add(
                row_id,
                draft.subject,
                str(values.get("external_id") or ""),
                scope=draft.scope,
                email=str(values.get("email") or ""),
            )
        else:
            added = {**values, "contact_id": values.get("contact_id")}
            if self._entity == "contract" or values.get("external_id"):
                self._index_row(self._index, row_id, added, draft.scope)
        return row_id

    def _change(self, row_id: str, draft: _Draft) -> Outcome:
        known = self._existing[row_id]
        new = {name: value for name, value in draft.values.items() if known.get(name) != value}
        if draft.scope and known.get("account_id") != draft.scope:
            new["account_id"] = draft.scope
        if not new:
            return Outcome.UNCHANGED
        self._changes.change(self._entity, row_id, new)
        known.update(new)
        if self._entity in _NAMED:
            found_by = {"name": "name", "external_id": "external_id", "email": "email"}
            found_by["account_id"] = "scope"
            moved = {found_by[name]: value for name, value in new.items() if name in found_by}
            self._lookups.directory(self._entity).change(row_id, **moved)
        return Outcome.UPDATED

    def _load_tags(self) -> None:
        """Learn which tags are on accounts, and which were once."""
        table = entity_table("account_tag")
        for tag_id, deleted in self._session.execute(select(table.c.id, table.c.deleted_at)):
            (self._tags if deleted is None else self._old_tags).add(tag_id)
        self._tags |= {
            *self._changes.added.get("account_tag", {}),
            *self._changes.changed.get("account_tag", {}),
        }

    def _put_tags(self, row_id: str, draft: _Draft) -> bool:
        """Put the row's tags on its account; tags the row does not name stay."""
        put = False
        for tag in self._cells.tags(draft.row) if self._binding.has("tags") else []:
            tag_id = natural_id("account_tag", row_id, tag.casefold())
            if tag_id in self._tags:
                continue
            self._tags.add(tag_id)
            put = True
            if tag_id in self._old_tags:
                self._changes.change("account_tag", tag_id, {"deleted_at": None})
            else:
                self._changes.add("account_tag", {"account_id": row_id, "tag": tag}, tag_id)
        return put

    def _settle_bosses(self) -> None:
        """Find whom contacts report to, now that all of them are known."""
        for index, row_id, boss, scope in self._bosses:
            try:
                boss_id = self._lookups.find("contact", boss, self._mapping, scope)
            except UserError as error:
                self._results.warn(index, Problem(str(error)))
                continue
            boss_id = boss_id or self._lookups.create(
                "contact", boss, self._mapping, self._results, scope
            )
            if self._existing[row_id].get("reports_to_id") != boss_id:
                self._changes.change("contact", row_id, {"reports_to_id": boss_id})
                if self._results.outcomes[index] is Outcome.UNCHANGED:
                    self._results.outcomes[index] = Outcome.UPDATED
