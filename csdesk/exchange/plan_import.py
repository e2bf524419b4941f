"""Imports success plans: one row a plan, goal, milestone or action item.

What a row is, its type column says, or else the deepest of its goal, milestone and action
columns that is filled. Blank parents are those of the row above, as in an indented list.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from csdesk.actions.editing import today
from csdesk.errors import UserError
from csdesk.exchange.cells import RefusedRowError
from csdesk.exchange.directories import existing_rows
from csdesk.exchange.fields import Form, field_label
from csdesk.exchange.import_report import Outcome, Problem
from csdesk.exchange.outline import Outline, Parent
from csdesk.exchange.table_import import ImportedTable, TableImport
from csdesk.exchange.tables import Row, cell_text, header_key, is_blank, shorten
from csdesk.exchange.terms import read_term
from csdesk.i18n import _
from csdesk.model.vocabulary import (
    ActionStatus,
    GoalStatus,
    MilestoneStatus,
    PlanStatus,
    Term,
)
from csdesk.progress import Progress

_TYPES = {
    "plan": ("plan", "success plan", "プラン", "サクセスプラン"),
    "goal": ("goal", "objective", "目標", "ゴール"),
    "milestone": ("milestone", "マイルストーン", "中間目標"),
    "action": ("action", "action item", "task", "to do", "アクション", "タスク", "施策"),
}
_TYPE_OF = {header_key(word): entity for entity, words in _TYPES.items() for word in words}
_STATUS: dict[str, type[Term]] = {
    "plan": PlanStatus,
    "goal": GoalStatus,
    "milestone": MilestoneStatus,
    "action": ActionStatus,
}
_COMMON = {"start_on": "start_on", "owner": "owner_id", "customer_owner": "customer_owner_id",
           "status": "status", "internal_note": "internal_note"}  # fmt: skip
_ITEM = {"due_on": "due_on", "visibility": "visibility"} | _COMMON
_COLUMNS: dict[str, dict[str, str]] = {
    "plan": _COMMON
    | {"due_on": "end_on", "plan_type": "type", "background": "background", "to_be": "to_be",
       "success_statement": "success_statement"},
    "goal": _ITEM | {"why": "why", "progress_rag": "progress_rag"},
    "milestone": _ITEM
    | {"done_definition": "done_definition", "done_on": "achieved_on", "weight": "weight"},
    "action": _ITEM | {"done_on": "done_on", "side": "side", "priority": "priority"},
}  # fmt: skip
"""Which field of the table fills which column of an item."""

_LEVELS = ("account", "plan", "goal", "milestone")
_DEPTH = {"plan": 1, "goal": 2, "milestone": 3, "action": 4}
"""How many of the levels stand above an item."""

_MEASURE = {"baseline": "baseline", "target": "target", "target_on": "target_on"}
_STRUCTURE = frozenset(
    {"account", "account_external_id", "plan", "item_type", "title", "goal", "milestone", "action"}
)


@dataclass(slots=True)
class _Place:
    """Where the table stands: blank parents of the next row are these."""

    account_id: str = ""
    plan_id: str = ""
    goal_id: str = ""
    milestone_id: str = ""


@dataclass(slots=True)
class _Item:
    """What one row is about."""

    entity: str
    title: str
    values: dict[str, Any] = field(default_factory=dict)
    references: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    unfit: list[str] = field(default_factory=list)
    kpi: str = ""
    measure: dict[str, Any] = field(default_factory=dict)

    def said(self) -> dict[str, Any]:
        """Collect all that the row says; what is yet to be made is unlike all that is there."""
        referred = {column: found or "?" for column, (_text, found) in self.references.items()}
        measured = {f"{self.kpi}: {column}": value for column, value in self.measure.items()}
        return {**self.values, **referred, **measured}


class PlanImport(TableImport):
    """Works through one table of plans."""

    def __init__(self, session: Session, imported: ImportedTable) -> None:
        super().__init__(session, imported)
        changes = imported.changes
        self._outline = Outline(session, changes)
        self._kpi_directions = {
            row_id: row.get("direction")
            for row_id, row in existing_rows(session, changes, "kpi", ("direction",)).items()
        }
        self._at = _Place()
        self._lost: set[str] = set()
        self._claims: dict[str, tuple[int, dict[str, Any]]] = {}

    def run(self, progress: Progress) -> None:
        """Decide about every row; raises CancelledError where the user cancels."""
        self._decide_each(self._take_in_place, lambda _row: "", progress)

    def _take_in_place(self, row: Row) -> None:
        """Decide about one row, and remember what its refusal loses for the rows below it."""
        named = self._named(row)
        try:
            self._take(row, named)
        except RefusedRowError:
            # Rows that leave their parents blank must not end up below another one.
            self._lost |= named
            raise
        self._lost -= named

    def _named(self, row: Row) -> set[str]:
        """Tell which levels a row names itself; the others are those of the row above."""
        named = {level for level in _LEVELS if not is_blank([self._cells.cell(row, level)])}
        if not is_blank([self._cells.cell(row, "account_external_id")]):
            named.add("account")
        entity = _TYPE_OF.get(header_key(cell_text(self._cells.cell(row, "item_type"))), "")
        if entity in _LEVELS:
            named.add(entity)
        # Below a goal that is named, a blank milestone means none.
        return named | ({"milestone"} if "goal" in named else set())

    def _check_lost(self, item: _Item, named: set[str]) -> None:
        """Refuse a row whose place is that of a row above which was refused."""
        above = _LEVELS[: _DEPTH[item.entity]]
        if any(level in self._lost and level not in named for level in above):
            raise RefusedRowError(
                Problem(
                    _("It belongs to a row above that was refused."),
                )
            )

    def _take(self, row: Row, named: set[str]) -> None:
        """Decide about one row: everything that can be refused is, before anything is made."""
        self._cells.check_width(row)
        item = self._item(row)
        if "account" in self._lost and "account" not in named:
            self._check_lost(item, named)
        account_id = self._account(row)
        if account_id != self._at.account_id:
            self._at = _Place(account_id)
            self._lost = set()
        self._check_lost(item, named)
        self._read_fields(row, item, account_id)
        try:
            parent = self._parent(row, item)
            known = None
            if item.entity == "plan":
                known = self._find_plan(item.title)
            elif parent is not None:
                known = self._outline.find(item.entity, parent, item.title)
        except UserError as error:
            raise self._cells.refused("title", error) from error
        self._check(row, item, known)
        if known is not None:
            self._check_claim(row, item, known)
        values = {**item.values, **self._settle_references(item)}
        outcome = Outcome.UNCHANGED
        if known is None:
            known = self._add(row, item, values)
            outcome = Outcome.ADDED
        elif self._outline.change(item.entity, known, values):
            outcome = Outcome.UPDATED
        self._move_to(item.entity, known)
        line, claimed = self._claims.get(known, (row[0], {}))
        self._claims[known] = (line, {**claimed, **item.said(), **values})
        if item.entity == "goal" and self._put_measure(item, known):
            outcome = Outcome.UPDATED if outcome is Outcome.UNCHANGED else outcome
        problem = None
        if item.unfit:
            problem = Problem(
                _("Left out, because this kind of item has no such field: {fields}.").format(
                    fields=", ".join(item.unfit)
                )
            )
        self._results.add(row[0], outcome, item.title, problem)

    def _account(self, row: Row) -> str:
        named = self._cells.text(row, "account") or self._cells.text(row, "account_external_id")
        if not named and self._at.account_id:
            return self._at.account_id
        return self._find_account(row)

    def _item(self, row: Row) -> _Item:
        """Tell what kind of item a row is, and its title."""
        titles = {name: self._cells.text(row, name) for name in ("goal", "milestone", "action")}
        titles["plan"] = self._cells.text(row, "plan")
        written = self._cells.text(row, "item_type")
        if written:
            entity = _TYPE_OF.get(header_key(written), "")
            if not entity:
                raise self._cells.refused(
                    "item_type",
                    UserError(
                        _("“{text}” is no kind of item.").format(text=shorten(written)),
                        _("Write plan, goal, milestone or action."),
                    ),
                )
            title = titles[entity] or self._cells.text(row, "title")
        else:
            order = ("action", "milestone", "goal", "plan")
            entity = next((name for name in order if titles[name]), "")
            title = titles.get(entity, "")
        if not entity or not title:
            raise RefusedRowError(Problem(_("The row names no goal, milestone or action item.")))
        return _Item(entity, title)

    def _read_fields(self, row: Row, item: _Item, account_id: str) -> None:
        """Read the fields that an item of this kind has, and note the others."""
        columns = _COLUMNS[item.entity]
        for name in (*self._binding.columns, *self._binding.constants):
            if name in _STRUCTURE or self._cells.cell(row, name) is None:
                continue
            one = self._binding.kind.fields[name]
            if name in ("kpi", *_MEASURE) and item.entity == "goal":
                continue
            if name not in columns:
                if name in self._binding.columns:
                    item.unfit.append(field_label(one))
            elif name == "status":
                item.values["status"] = self._status(row, item.entity)
            elif one.form is Form.REFERENCE:
                text = self._cells.text(row, name)
                scope = account_id if one.entity == "contact" else ""
                item.references[columns[name]] = (
                    text,
                    self._find(name, one.entity, text, scope),
                )
            else:
                item.values[columns[name]] = self._cells.value(row, one)
        if item.entity == "goal":
            self._read_measure(row, item)

    def _find(self, name: str, entity: str, text: str, scope: str = "") -> str | None:
        try:
            return self._lookups.find(entity, text, self._mapping, scope)
        except UserError as error:
            raise self._cells.refused(name, error) from error

    def _status(self, row: Row, entity: str) -> Term | None:
        try:
            return read_term(self._cells.cell(row, "status"), _STATUS[entity])
        except UserError as error:
            raise self._cells.refused("status", error) from error

    def _find_plan(self, title: str) -> str | None:
        """Return the row's plan; the only running one where no title is given."""
        if title:
            return self._outline.find("plan", ("account", self._at.account_id), title)
        return self._at.plan_id or self._outline.only_live_plan(self._at.account_id)

    def _parent(self, row: Row, item: _Item) -> Parent | None:
        """Return what the item stands below, None where that is yet to be made."""
        if item.entity == "plan":
            return ("account", self._at.account_id)
        plan_id = self._find_plan(self._cells.text(row, "plan"))
        if plan_id is None:
            self._need_goal(row, item, "")
            return None
        if plan_id != self._at.plan_id:
            self._at = _Place(self._at.account_id, plan_id)
        if item.entity == "goal":
            return ("plan", plan_id)
        goal, goal_id = self._cells.text(row, "goal"), self._at.goal_id
        if goal:
            found = self._outline.find("goal", ("plan", plan_id), goal)
            if found is None:
                return None
            goal_id = found
        self._need_goal(row, item, goal_id)
        if item.entity == "milestone":
            return ("goal", goal_id)
        return self._action_parent(row, goal, goal_id)

    def _action_parent(self, row: Row, goal: str, goal_id: str) -> Parent | None:
        milestone = self._cells.text(row, "milestone")
        if milestone:
            found = self._outline.find("milestone", ("goal", goal_id), milestone)
            return ("milestone", found) if found else None
        if not goal and self._at.milestone_id:
            return ("milestone", self._at.milestone_id)
        return ("goal", goal_id) if goal_id else ("plan", self._at.plan_id)

    def _need_goal(self, row: Row, item: _Item, goal_id: str) -> None:
        """Refuse a milestone that stands below no goal, or an action below such a milestone."""
        named = self._cells.text(row, "goal") or goal_id
        needs = item.entity == "milestone" or self._cells.text(row, "milestone")
        if item.entity != "goal" and needs and not named:
            raise UserError(
                _("A milestone stands below a goal, and the row names none."),
                _("Fill in the goal, or put the goal's own row above."),
            )

    def _check(self, row: Row, item: _Item, known: str | None) -> None:
        """Refuse dates that make no sense, and set what follows from a status."""
        before = self._outline.row(item.entity, known) if known else {}
        end = "end_on" if item.entity == "plan" else "due_on"
        values = {**before, **item.values}
        start, due = values.get("start_on"), values.get(end)
        if start and due and due < start:
            raise self._cells.refused("due_on", UserError(_("It would end before it starts.")))
        if item.entity == "action":
            self._follow(item, before, "done_on", ActionStatus.DONE)
        elif item.entity == "milestone":
            self._follow(item, before, "achieved_on", MilestoneStatus.ACHIEVED)
            if item.values.get("due_on") and not before.get("original_due_on"):
                item.values["original_due_on"] = item.values["due_on"]

    def _follow(self, item: _Item, before: dict[str, Any], column: str, done: Term) -> None:
        """Keep a done status and its date together."""
        on: dt.date | None = item.values.get(column)
        status = item.values.get("status")
        if on is not None and status is not None and status != done:
            raise self._cells.refused(
                "done_on", UserError(_("The item has a date of completion but is not done."))
            )
        if on is not None:
            item.values["status"] = done
        elif status == done:
            item.values[column] = before.get(column) or today()
        elif status is not None and before.get(column) is not None:
            item.values[column] = None

    def _check_claim(self, row: Row, item: _Item, known: str) -> None:
        """Refuse a second row that says something else about the same item."""
        line, values = self._claims.get(known, (0, {}))
        if any(values.get(name, value) != value for name, value in item.said().items()):
            raise self._cells.refused(
                item.entity if item.entity in self._binding.columns else "title",
                UserError(
                    _("Line {line} says something else about “{name}”.").format(
                        line=line, name=shorten(item.title)
                    ),
                    _("Keep one of the two rows, or give the items different titles."),
                ),
            )

    def _settle_references(self, item: _Item) -> dict[str, str]:
        settled: dict[str, str] = {}
        for column, (text, row_id) in item.references.items():
            entity = "contact" if column == "customer_owner_id" else "member"
            scope = self._at.account_id if entity == "contact" else ""
            settled[column] = row_id or self._lookups.create(
                entity, text, self._mapping, self._results, scope
            )
        return settled

    def _add(self, row: Row, item: _Item, values: dict[str, Any]) -> str:
        """Add the item, and the parents its row names that are not there yet."""
        values = {"title": item.title, **values}
        if item.entity == "plan":
            return self._outline.add("plan", ("account", self._at.account_id), values)
        self._stand_in_plan(row)
        parent: Parent = ("plan", self._at.plan_id)
        if item.entity != "goal":
            goal = self._cells.text(row, "goal")
            if goal:
                self._stand_below("goal", parent, goal)
            if self._at.goal_id:
                parent = ("goal", self._at.goal_id)
        if item.entity == "action":
            milestone = self._cells.text(row, "milestone")
            if milestone:
                self._stand_below("milestone", parent, milestone)
            if self._at.milestone_id and (milestone or not self._cells.text(row, "goal")):
                parent = ("milestone", self._at.milestone_id)
        return self._outline.add(item.entity, parent, values)

    def _stand_in_plan(self, row: Row) -> None:
        title = self._cells.text(row, "plan")
        plan_id = self._find_plan(title)
        if plan_id is None:
            title = title or _("Success plan")
            parent = ("account", self._at.account_id)
            plan_id = self._outline.add("plan", parent, {"title": title})
            self._results.note_created("plan", title)
        if plan_id != self._at.plan_id:
            self._at = _Place(self._at.account_id, plan_id)

    def _stand_below(self, entity: str, parent: Parent, title: str) -> None:
        row_id = self._outline.find(entity, parent, title)
        if row_id is None:
            row_id = self._outline.add(entity, parent, {"title": title})
            self._results.note_created(entity, title)
        self._move_to(entity, row_id)

    def _move_to(self, entity: str, row_id: str) -> None:
        """Let the rows below stand below this one, until another takes its place."""
        if entity == "plan":
            if row_id != self._at.plan_id:
                self._at = _Place(self._at.account_id, row_id)
        elif entity == "goal":
            if row_id != self._at.goal_id:
                self._at.goal_id, self._at.milestone_id = row_id, ""
        elif entity == "milestone":
            self._at.milestone_id = row_id
            self._at.goal_id = self._outline.row("milestone", row_id)["goal_id"]
        else:
            action = self._outline.row("action", row_id)
            self._at.goal_id = action.get("goal_id") or ""
            self._at.milestone_id = action.get("milestone_id") or ""

    def _read_measure(self, row: Row, item: _Item) -> None:
        """Read the success measure of a goal's row, to refuse it before the goal is made."""
        item.kpi = self._cells.text(row, "kpi")
        for name, column in _MEASURE.items():
            if self._cells.cell(row, name) is not None:
                item.measure[column] = self._cells.value(row, self._binding.kind.fields[name])
                if not item.kpi:
                    raise self._cells.refused(
                        name, UserError(_("A target needs the KPI it is measured by."))
                    )
        if item.kpi:
            self._find("kpi", "kpi", item.kpi)

    def _put_measure(self, item: _Item, goal_id: str) -> bool:
        """Measure the goal by the KPI its row names; return whether that changed anything."""
        if not item.kpi:
            return False
        kpi_id = self._find("kpi", "kpi", item.kpi) or self._lookups.create(
            "kpi", item.kpi, self._mapping, self._results
        )
        known = self._outline.measure(goal_id, kpi_id)
        if known is not None:
            return self._outline.change("measure", known, item.measure)
        direction = self._kpi_directions.get(kpi_id) or "higher"
        values = {"kpi_id": kpi_id, "direction": direction, **item.measure}
        self._outline.add("measure", ("goal", goal_id), values)
        return True
