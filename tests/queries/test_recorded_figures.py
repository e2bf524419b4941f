"""What the figures were at the ends of past months: always what the program said on that day."""

from __future__ import annotations

import dataclasses
import datetime as dt
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from csdesk.actions.accounts import add_account, delete_accounts, edit_account
from csdesk.actions.contracts import add_contract
from csdesk.actions.plan_items import add_item, delete_items, edit_item
from csdesk.actions.plans import add_plan, delete_plan, edit_plan
from csdesk.actions.risks import add_risk, edit_risk
from csdesk.errors import CancelledError, UserError
from csdesk.model.base import columns_of, entity_table
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.vocabulary import (
    AccountStatus,
    ActionStatus,
    CsmView,
    GoalStatus,
    PlanStatus,
    ProgressRag,
    RiskStage,
)
from csdesk.queries.portfolio import portfolio_rows
from csdesk.queries.portfolio_figures import PortfolioFigures, portfolio_figures
from csdesk.queries.portfolio_history import month_ends
from csdesk.queries.recorded_figures import PastFigures, RecordedFigures, recorded_figures
from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace
from tests.queries.apart import pair_after

FIRST = dt.datetime(2025, 9, 20, 9, tzinfo=dt.UTC)


class Book:
    """A workspace in which time passes, and what its figures said when a month ended."""

    def __init__(self, workspace: Workspace, now: list[dt.datetime]) -> None:
        self.workspace = workspace
        self._now = now
        self.said: dict[dt.date, dict[str, PortfolioFigures]] = {}

    @property
    def today(self) -> dt.date:
        """The day it is, as this computer tells it."""
        return self._now[0].astimezone().date()

    def wait(self, until: dt.datetime) -> None:
        """Let time pass; at the end of each month the figures of every account are noted."""
        while (end := _month_end(self.today)) < until.astimezone().date():
            self._now[0] = dt.datetime.combine(end, dt.time(23, 59)).astimezone(dt.UTC)
            rows = self.workspace.read(portfolio_rows, today=end)
            self.said[end] = {row.id: portfolio_figures([row], today=end) for row in rows}
            self._now[0] += dt.timedelta(minutes=1)
        self._now[0] = max(until, self._now[0])

    def on(self, day: dt.date, action: Any, *args: Any, **fields: Any) -> Any:
        """Write something down at noon of a day."""
        self.wait(dt.datetime.combine(day, dt.time(12), dt.UTC))
        return self.workspace.write("Note", action, *args, **fields).result

    def past(self) -> RecordedFigures:
        """Return the past as it is told today."""
        return self.workspace.read(recorded_figures, today=self.today)

    def check(self) -> None:
        """Compare what is told of each account with what the figures said then."""
        past = self.past()
        said = {day: self.said[day] for day in past.days}
        untold = set(self.said) & set(month_ends(self.today)) - set(past.days)
        assert not any(self.said[day] for day in untold)
        living = {row.id for row in self.workspace.read(portfolio_rows, today=self.today)}
        for account in living:
            then = {day: found[account] for day, found in said.items() if account in found}
            found = told(past.total([account]))
            # Whoever was deleted for a while counted for nothing then.
            first = min(then, default=self.today)
            assert list(found) == [day for day in past.days if day >= first]
            assert found == {day: plain(then[day]) if day in then else NOTHING for day in found}
        whole = past.total(list(living))
        for place, day in enumerate(whole.days):
            mine = [one for account, one in said[day].items() if account in living]
            assert whole.late_actions[place] == sum(one.late_actions for one in mine)
            assert whole.without_plan[place] == sum(one.without_plan for one in mine)


NOTHING = (0, 0, 0, dict[str, int]())
"""What an account counts for that is not there."""


def told(past: PastFigures) -> dict[dt.date, tuple[Any, ...]]:
    """Return what is told of each day."""
    return {
        day: (
            past.renewals_soon[place],
            past.without_plan[place],
            past.late_actions[place],
            {unit: line[place] for unit, line in past.arr_at_risk.items() if line[place]},
        )
        for place, day in enumerate(past.days)
    }


def plain(said: PortfolioFigures) -> tuple[Any, ...]:
    """Return the same of figures of one account."""
    money = {unit: amount for unit, amount in said.arr_at_risk.items() if amount}
    return said.renewals_soon, said.without_plan, said.late_actions, money


def _month_end(day: dt.date) -> dt.date:
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)


# Everything the figures hang on, with codes of a version that is yet to come.
_ENDS = month_ends(dt.date(2026, 6, 1))
_DAYS = [None, *(day.isoformat() for end in _ENDS[3:] for day in (end.replace(day=15), end))]
VALUES: Mapping[str, Mapping[str, list[Any]]] = {
    "account": {
        "status": [None, "active", "churned", "prospect", "later"],
        "csm_view": [None, "red", "amber", "green"],
        "archived_on": [None, None, "2026-01-31"],
        "name": ["Aoba", "Kita"],
    },
    "contract": {
        "account_id": ["account"],
        "status": ["running", "running", "ended", "upcoming", None],
        "start_on": _DAYS,
        "renewal_on": _DAYS,
        "mrr": [None, 0, 5, 700],
        "currency": [None, "JPY", "USD"],
    },
    "plan": {
        "account_id": ["account"],
        "status": ["draft", "active", "agreed", "completed", "canceled", "later"],
        "start_on": _DAYS,
    },
    "goal": {
        "plan_id": ["plan"],
        "status": [None, "in_progress", "achieved", "paused"],
        "progress_rag": [None, "on_track", "at_risk", "off_track", "later"],
    },
    "action": {
        "plan_id": ["plan"],
        "status": [None, "open", "done", "deferred", "canceled"],
        "due_on": _DAYS,
    },
    "risk": {
        "account_id": ["account"],
        "stage": [None, "identified", "lost", "accepted"],
        "probability": [None, 1, 3, 5],
        "impact": [None, 4, 5],
    },
}
EDIT = st.tuples(
    st.sampled_from([1, 5, 30, 200, 500]),
    st.sampled_from(["new", "set", "set", "set", "delete", "undo", "redo"]),
    st.sampled_from([*VALUES, "action", "account"]),
    st.lists(st.integers(0, 59), min_size=8, max_size=8),
)


def _edit(session: Session, kind: str, entity: str, picks: list[int]) -> None:
    """Make, change or delete a row as plain SQL, several fields of it at once."""
    table = entity_table(entity)
    living = select(table.c.id).where(table.c.deleted_at.is_(None)).order_by(table.c.id)
    ids = list(session.scalars(living))
    if kind != "new" and not ids:
        return
    chosen = ids[picks[0] % len(ids)] if ids else ""
    if kind == "delete":
        gone = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
        session.execute(update(table).where(table.c.id == chosen).values(deleted_at=gone))
        return
    values: dict[str, Any] = {}
    names = list(VALUES[entity])
    some = names if kind == "new" else [names[pick % len(names)] for pick in picks[6:]]
    for pick, name in zip(picks[1:], some, strict=False):
        found = VALUES[entity][name]
        value = found[pick % len(found)]
        if value in VALUES:
            others = list(session.scalars(select(entity_table(value).c.id).order_by("id")))
            value = others[pick % len(others)] if others else None
        is_day = name.endswith("_on") and value is not None
        values[name] = dt.date.fromisoformat(value) if is_day else value
    if kind == "new":
        known = {column.name for column in columns_of(entity)}
        titled = {"title": "Something"} if "title" in known else {}
        count = len(list(session.scalars(select(table.c.id))))
        session.execute(insert(table).values(id=f"{entity}{count}", **titled, **values))
    else:
        session.execute(update(table).where(table.c.id == chosen).values(**values))


# Without looking for a shorter example, which would take minutes.
@settings(
    max_examples=settings().max_examples // 20, phases=[Phase.explicit, Phase.reuse, Phase.generate]
)
@given(st.lists(EDIT, min_size=15, max_size=60))
def test_whatever_was_done_and_undone_the_past_is_told_as_it_was_shown_then(
    edits: list[tuple[int, str, str, list[int]]],
) -> None:
    now = [FIRST]
    with tempfile.TemporaryDirectory() as folder:
        file, home = Path(folder) / "law.csdesk", Home.at(Path(folder) / "home")
        with Workspace.create(file, home=home, author="Yui", clock=lambda: now[0]) as workspace:
            book = Book(workspace, now)
            for entity in VALUES:
                workspace.write("Begin", _edit, "new", entity, [1] * 8)
            for hours, kind, entity, picks in edits:
                book.wait(now[0] + dt.timedelta(hours=hours))
                if kind in ("undo", "redo"):
                    try:
                        workspace.undo() if kind == "undo" else workspace.redo()
                    except UserError:
                        continue  # nothing to take back
                else:
                    workspace.write(kind, _edit, kind, entity, picks)
            book.wait(now[0] + dt.timedelta(days=35))
            book.check()


@pytest.fixture
def book(tmp_path: Path, home: Home) -> Iterator[Book]:
    """Open a workspace whose clock can be set."""
    now = [FIRST]
    file = tmp_path / "team.csdesk"
    with Workspace.create(file, home=home, author="Yui", clock=lambda: now[0]) as workspace:
        yield Book(workspace, now)


def test_a_figure_is_told_as_it_was_whatever_came_later(book: Book) -> None:
    october, november = dt.date(2025, 10, 10), dt.date(2025, 11, 10)
    account = book.on(october, add_account, "Aoba")
    plan = book.on(october, add_plan, account, "Plan", status=PlanStatus.ACTIVE)
    due = {"due_on": dt.date(2025, 11, 15)}
    item = book.on(november, add_item, ItemKind.ACTION, ItemRef(None, plan), "Call", **due)
    book.on(dt.date(2025, 12, 10), edit_item, item, due_on=dt.date(2026, 1, 31))
    book.on(dt.date(2026, 2, 10), edit_item, item, status=ActionStatus.DONE)
    book.on(dt.date(2026, 3, 10), edit_item, item, status=ActionStatus.OPEN)
    book.on(dt.date(2026, 4, 10), delete_items, [item])
    book.on(dt.date(2026, 5, 10), edit_account, account, status=AccountStatus.CHURNED)
    book.workspace.undo()
    book.wait(dt.datetime(2026, 6, 10, tzinfo=dt.UTC))
    book.workspace.undo()  # the action item is back
    book.on(dt.date(2026, 7, 10), edit_plan, plan, status=PlanStatus.COMPLETED)
    book.on(dt.date(2026, 8, 10), edit_account, account, status=AccountStatus.CHURNED)
    book.on(dt.date(2026, 9, 10), delete_plan, plan)
    book.check()
    past = book.past().total([account])
    assert past.days[0] == dt.date(2025, 10, 31)
    assert past.late_actions == (0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0)
    assert past.without_plan == (0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0)


def test_arr_at_risk_and_renewals_are_those_of_the_day(book: Book) -> None:
    first = dt.date(2025, 12, 5)
    account = book.on(first, add_account, "Aoba")
    terms = {"start_on": dt.date(2026, 1, 31), "renewal_on": dt.date(2026, 4, 30), "mrr": 100}
    book.on(first, add_contract, account, currency="USD", **terms)
    risk = book.on(dt.date(2026, 1, 5), add_risk, account, "They may leave", probability=5)
    book.on(dt.date(2026, 3, 5), edit_risk, risk, impact=3)
    book.on(dt.date(2026, 4, 5), edit_risk, risk, stage=RiskStage.ACCEPTED)
    fields = {"status": PlanStatus.ACTIVE, "start_on": dt.date(2026, 1, 1)}
    plan = ItemRef(None, book.on(dt.date(2026, 5, 5), add_plan, account, "In force", **fields))
    stands = {"progress_rag": ProgressRag.OFF_TRACK}
    goal = book.on(dt.date(2026, 5, 5), add_item, ItemKind.GOAL, plan, "Goal", **stands)
    book.on(dt.date(2026, 5, 6), add_plan, account, "A draft that comes after it")
    book.on(dt.date(2026, 6, 5), edit_item, goal, status=GoalStatus.ACHIEVED)
    book.on(dt.date(2026, 7, 5), edit_account, account, csm_view=CsmView.RED)
    book.wait(dt.datetime(2026, 8, 5, tzinfo=dt.UTC))
    book.check()
    past = book.past().total([account])
    assert past.days[0] == dt.date(2025, 12, 31)
    assert past.renewals_soon == (0, 1, 1, 1, 1, 0, 0, 0)
    assert past.arr_at_risk == {"USD": (0, 0, 0, 1200, 0, 1200, 0, 1200)}
    assert not past.is_whole


def test_an_item_moved_and_dated_in_one_step_had_no_date_where_it_was(book: Book) -> None:
    plans = []
    for name in ("Aoba", "Kita"):
        account = book.on(dt.date(2026, 1, 10), add_account, name)
        plans.append((account, book.on(dt.date(2026, 1, 10), add_plan, account, "Plan")))
    (old, below), (new, other) = plans
    parent = ItemRef(None, below)
    item = book.on(dt.date(2026, 1, 11), add_item, ItemKind.ACTION, parent, "Call")

    def move_and_date(session: Session) -> None:
        values = {"plan_id": other, "due_on": dt.date(2026, 1, 1)}
        table = entity_table("action")
        session.execute(update(table).where(table.c.id == item.id).values(values))

    book.on(dt.date(2026, 3, 10), move_and_date)
    book.wait(dt.datetime(2026, 4, 5, tzinfo=dt.UTC))
    book.check()
    assert book.past().total([old]).late_actions == (0, 0, 0)
    assert book.past().total([new]).late_actions == (0, 0, 1)


def test_what_came_in_later_was_not_there_before(book: Book) -> None:
    first = book.on(dt.date(2025, 10, 10), add_account, "Aoba")
    later = book.on(dt.date(2026, 8, 10), add_account, "Kita")
    book.wait(dt.datetime(2026, 11, 10, tzinfo=dt.UTC))
    past = book.past()
    assert past.total([first]).is_whole
    assert past.total([first, later]).without_plan == (1,) * 9 + (2,) * 3
    alone = past.total([later])
    assert (alone.days[0], alone.is_whole) == (dt.date(2026, 8, 31), False)
    assert alone.without_plan == (1, 1, 1)
    assert past.total(["somebody"]).days == ()
    book.on(dt.date(2026, 11, 11), delete_accounts, [later])
    assert book.past().total([first]).without_plan == (1,) * 12


def test_what_is_known_is_read_again_only_where_older_steps_came_in(book: Book) -> None:
    account = book.on(dt.date(2026, 9, 1), add_account, "Aoba")
    book.wait(dt.datetime(2026, 11, 10, tzinfo=dt.UTC))
    known = book.past()
    book.on(dt.date(2026, 11, 11), edit_account, account, status=AccountStatus.CHURNED)
    assert book.workspace.read(recorded_figures, today=book.today, known=known) is known
    older = dataclasses.replace(known, steps=known.steps - 1)
    assert book.workspace.read(recorded_figures, today=book.today, known=older) == known
    book.wait(dt.datetime(2026, 12, 1, tzinfo=dt.UTC))
    fresh = book.workspace.read(recorded_figures, today=book.today, known=known)
    assert fresh.days[-1] == dt.date(2026, 11, 30)
    assert fresh.total([account]).without_plan[-2:] == (1, 0)


class Impatient:
    """Somebody who cancels at the first report."""

    def report(self, done: int, total: int | None, note: str = "") -> None:
        """Cancel."""
        raise CancelledError


def test_it_can_be_cancelled(book: Book) -> None:
    book.on(dt.date(2026, 9, 1), add_account, "Aoba")
    with pytest.raises(CancelledError):
        book.workspace.read(recorded_figures, today=dt.date(2026, 11, 1), progress=Impatient())


def test_a_deletion_that_an_edit_elsewhere_kept_from_holding_never_was(tmp_path: Path) -> None:
    def do(workspace: Workspace, action: Any, *args: Any, **fields: Any) -> Any:
        return workspace.write("Do", action, *args, **fields).result

    def prepare(workspace: Workspace) -> tuple[str, ItemRef]:
        account = do(workspace, add_account, "Aoba")
        plan = ItemRef(None, do(workspace, add_plan, account, "Plan", status=PlanStatus.ACTIVE))
        due = dt.date(2026, 11, 1)
        return account, do(workspace, add_item, ItemKind.ACTION, plan, "Call", due_on=due)

    with pair_after(tmp_path, prepare) as (pair, (account, item)):
        do(pair.aiko, delete_items, [item])
        do(pair.ben, edit_item, item, title="Call them")
        pair.meet()
        today = dt.date(2027, 1, 10)
        for workspace in (pair.aiko, pair.ben):
            past = workspace.read(recorded_figures, today=today).total([account])
            assert past.late_actions == (1, 1)
            rows = workspace.read(portfolio_rows, today=today)
            assert portfolio_figures(rows, today=today).late_actions == 1
