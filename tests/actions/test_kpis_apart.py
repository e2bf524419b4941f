"""KPIs that two people make alike while apart: one row where a template says so, else an offer."""

from __future__ import annotations

import contextlib
import datetime as dt
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.actions.accounts import add_account
from csdesk.actions.joining import make_one
from csdesk.actions.kpis import add_kpi, delete_kpi, edit_kpi, set_kpi_value
from csdesk.actions.people import add_member
from csdesk.actions.plan_items import add_item
from csdesk.actions.plans import add_measure, add_plan, delete_plan
from csdesk.actions.review import make_these_one, move_recovered
from csdesk.actions.rows import create_row
from csdesk.actions.templates import plan_from_template
from csdesk.actions.views import save_view
from csdesk.errors import UserError
from csdesk.insight.account_view import AccountFilter, AccountView, view_of
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.records import Goal, HealthMeasure, Kpi, KpiValue, Measure, Plan
from csdesk.queries.kpis import kpi_catalogue
from csdesk.queries.review import review_items
from csdesk.queries.review_items import DuplicateItem, EditItem, RecoveredItem, ReviewItem
from csdesk.queries.shipped_templates import shipped_templates
from csdesk.queries.templates import missing_kpis
from csdesk.queries.views import ACCOUNTS, saved_views
from csdesk.workspace.workspace import Workspace
from tests.queries.apart import Pair, pair_after
from tests.rounds import SOAKING
from tests.store.laws import broken_laws

DAY = dt.date(2026, 4, 1)
ENGLISH, JAPANESE = (shipped_templates(language)[0] for language in ("en", "ja"))


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Pair]:
    """Open two copies of a workspace in which nobody planted anything yet."""
    with pair_after(tmp_path, lambda workspace: None) as (pair, _made):
        yield pair


def plant(workspace: Workspace, account: str, template: str, title: str) -> str:
    made: str = workspace.write("Plan", plan_from_template, account, template, title, DAY).result
    return made


def called(workspace: Workspace, names: set[str]) -> list[str]:
    rows = workspace.read(kpi_catalogue)
    return sorted(row.name for row in rows if {row.name, row.name_en} & names)


def test_a_template_that_two_people_start_from_apart_brings_its_kpis_once(fresh: Pair) -> None:
    account = fresh.aiko.write("Add", add_account, "Planted").result
    fresh.meet()
    names = {measure.kpi for measure in ENGLISH.content.measures()}
    plant(fresh.aiko, account, ENGLISH.id, "First")
    fresh.ben.write("KPI", add_kpi, "Something else in between")
    plan = plant(fresh.ben, account, ENGLISH.id, "Second")
    fresh.meet()
    assert called(fresh.ben, names) == sorted(names)
    assert [item for item in fresh.waiting() if item.entity == "kpi"] == []

    # Its KPIs stay the template's under another name, and come back after they were deleted.
    first, *_others = [row for row in fresh.ben.read(kpi_catalogue) if row.name in names]
    fresh.ben.write("Rename", edit_kpi, first.id, name="As we call it")
    assert fresh.ben.read(missing_kpis, ENGLISH.content) == ()
    fresh.ben.write("Name", edit_kpi, first.id, name=first.name)
    fresh.meet()
    for workspace in (fresh.aiko, fresh.ben):
        workspace.write("Value", set_kpi_value, account, first.id, DAY, Decimal(1))
    fresh.meet()
    for row in fresh.aiko.read(living_plans, account):
        fresh.aiko.write("Delete", delete_plan, row)
    fresh.aiko.write("Delete", delete_kpi, first.id)
    fresh.meet()
    assert plan not in fresh.ben.read(living_plans, account)
    for title, workspace in (("Third", fresh.aiko), ("Fourth", fresh.ben)):
        plant(workspace, account, ENGLISH.id, title)
    fresh.meet()
    assert called(fresh.aiko, names) == sorted(names)
    assert [item for item in fresh.waiting() if item.entity in ("kpi", "measure")] == []
    assert fresh.aiko.read(numbers_of, {first.id}) == []


def test_one_template_in_two_languages_brings_one_kpi_and_asks_for_its_name(
    fresh: Pair,
) -> None:
    account = fresh.aiko.write("Add", add_account, "Two languages").result
    fresh.meet()
    english, japanese = shipped_templates("en")[1], shipped_templates("ja")[1]
    before = len(fresh.aiko.read(kpi_catalogue))
    new = fresh.aiko.read(missing_kpis, english.content)
    assert new
    plant(fresh.aiko, account, english.id, "English")
    plant(fresh.ben, account, japanese.id, "日本語")
    fresh.meet()
    assert len(fresh.aiko.read(kpi_catalogue)) == before + len(new)
    asked = [item for item in fresh.waiting() if item.entity == "kpi"]
    assert {item.field for item in asked if isinstance(item, EditItem)} <= {"name", "unit"}
    assert not any(isinstance(item, DuplicateItem) for item in asked)


@pytest.mark.parametrize(
    "renamed",
    [
        pytest.param(False, id="typed alike"),
        pytest.param(True, id="renamed alike", marks=pytest.mark.long),
    ],
)
def test_kpis_of_one_name_are_made_one_in_a_step_and_nothing_is_lost(
    two: Pair, renamed: bool
) -> None:
    name = f"Net score {renamed}"
    account = two.aiko.write("Add", add_account, name).result
    plan = two.aiko.write("Plan", add_plan, account, "Plan").result
    goal = two.aiko.write("Goal", add_item, ItemKind.GOAL, ItemRef(None, plan), "Goal").result
    made = [two.aiko.write("KPI", add_kpi, f"{name} {n}").result for n in range(2)]
    two.meet()
    for number, workspace in enumerate((two.aiko, two.ben)):
        if renamed:
            workspace.write("Name", edit_kpi, made[number], name=name)
        else:
            made[number] = workspace.write("KPI", add_kpi, name).result
        for month in (1, 2 + number):
            value = Decimal(10 * number + month)
            day = dt.date(2026, month, 1)
            workspace.write("Value", set_kpi_value, account, made[number], day, value)
        workspace.write("Measure", add_measure, goal.id, made[number], target=Decimal(number))
        weight = {"kpi_id": made[number], "weight": number + 1}
        workspace.write("Weight", create_row, "health_measure", weight)
        two.pass_by(minutes=3)
    two.meet()
    item = next(item for item in two.waiting() if item.row_id in made)
    assert isinstance(item, DuplicateItem)
    [clash] = item.clashes
    assert clash.endswith("Jan 2026: 1 / 11")
    two.aiko.write("One", make_these_one, item)
    two.meet()
    first, second = made
    assert two.ben.read(numbers_of, {first}) == [1, 2, 13]
    assert two.ben.read(measures_of, goal.id) == [first, first]
    stayed = {one.entity: one for one in two.waiting() if is_of(one, second)}
    assert set(stayed) == {"kpi_value", "health_measure"}
    assert all(one.stayed_behind for one in stayed.values())
    [line] = stayed["kpi_value"].values
    assert line.endswith("Jan 2026: 11 (where it would go: 1)")
    for one in stayed.values():
        two.ben.write("Take over", move_recovered, one, one.places[0])
    two.meet()
    assert two.aiko.read(numbers_of, {first}) == [2, 11, 13]
    assert two.aiko.read(weights_of, first) == [2]
    assert not [one for one in two.waiting() if is_of(one, second)]
    for _step in stayed:
        two.ben.undo()
    two.aiko.undo()
    two.meet()
    assert two.ben.read(numbers_of, {first}) == [1, 2]
    assert two.ben.read(numbers_of, {second}) == [11, 13]
    assert item.id in {one.id for one in two.waiting()}


def test_a_saved_view_goes_on_showing_the_accounts_of_two_who_became_one(two: Pair) -> None:
    members = [two.aiko.write("Add", add_member, f"Yui {n}").result for n in range(2)]
    shown = AccountView(filter=AccountFilter(chosen=(("owner", (members[1],)),)))
    view = two.aiko.write("View", save_view, ACCOUNTS, "Hers", shown, None).result
    two.aiko.write("One", make_one, "member", *members)
    [kept] = [one for one in two.aiko.read(saved_views, ACCOUNTS, None) if one.id == view]
    assert view_of(kept.content).filter.values("owner") == (members[0],)


def is_of(item: ReviewItem, kpi: str) -> bool:
    return isinstance(item, RecoveredItem) and item.parent_id == kpi


def living_plans(session: Session, account: str) -> list[str]:
    asked = select(Goal.plan_id).where(Goal.deleted_at.is_(None)).distinct()
    return [row for row in session.scalars(asked) if _account_of(session, row) == account]


def _account_of(session: Session, plan: str) -> Any:
    return session.get_one(Plan, plan).account_id


def numbers_of(session: Session, kpis: set[str]) -> list[int]:
    asked = select(KpiValue.value).where(KpiValue.kpi_id.in_(kpis), KpiValue.deleted_at.is_(None))
    return sorted(int(value or 0) for value in session.scalars(asked))


def measures_of(session: Session, goal: str) -> list[str]:
    asked = select(Measure.kpi_id).where(Measure.goal_id == goal, Measure.deleted_at.is_(None))
    return [str(row) for row in session.scalars(asked)]


def weights_of(session: Session, kpi: str) -> list[int]:
    asked = select(HealthMeasure.weight).where(
        HealthMeasure.kpi_id == kpi, HealthMeasure.deleted_at.is_(None)
    )
    return [int(row or 0) for row in session.scalars(asked)]


Moves = list[tuple[str, int, int]]
MOVES: st.SearchStrategy[Moves] = st.lists(
    st.tuples(
        st.sampled_from(["kpi", "plant", "value", "value", "undo", "join", "rename"]),
        st.integers(0, 3),
        st.integers(0, 2),
    ),
    max_size=6,
)


class Hand:
    """Does things to KPIs out of small numbers; each value it enters is told apart from all."""

    def __init__(self, workspace: Workspace, account: str, first: int) -> None:
        self._workspace = workspace
        self._account = account
        self._next = first
        self.entered: set[int] = set()
        self.given_up: set[int] = set()

    def play(self, moves: Moves) -> None:
        for kind, which, what in moves:
            # What makes no sense here is refused, and changes nothing.
            with contextlib.suppress(UserError):
                self._one(kind, which, what)

    def _one(self, kind: str, which: int, what: int) -> None:
        write = self._workspace.write
        kpis = sorted(row.id for row in self._workspace.read(kpi_catalogue))
        if kind == "kpi":
            write("KPI", add_kpi, f"KPI {what}")
        elif kind == "plant":
            plant(self._workspace, self._account, shipped_templates("en")[what].id, f"{what}")
        elif kind == "undo":
            before = self._shown()
            self._workspace.undo()
            self.given_up |= before - self._shown()
        elif kind == "join":
            twins = [
                one
                for one in self._workspace.read(review_items)
                if isinstance(one, DuplicateItem) and one.entity == "kpi"
            ]
            if twins:
                write("One", make_these_one, twins[which % len(twins)])
        elif kpis and kind == "value":
            before = self._shown()
            day = dt.date(2026, what + 1, 1)
            kpi, value = kpis[which % len(kpis)], Decimal(self._next)
            write("Value", set_kpi_value, self._account, kpi, day, value)
            self.given_up |= before - self._shown()
            self.entered.add(self._next)
            self._next += 1
        elif kpis and kind == "rename":
            write("Name", edit_kpi, kpis[which % len(kpis)], name=f"KPI {what}")

    def _shown(self) -> set[int]:
        return self._workspace.read(all_numbers)


def all_numbers(session: Session) -> set[int]:
    asked = select(KpiValue.value).where(KpiValue.deleted_at.is_(None))
    return {int(value or 0) for value in session.scalars(asked)}


def waiting_numbers(pair: Pair) -> set[int]:
    """Return the numbers that the review shows beside what the tables hold."""
    found: set[int] = set()
    for item in pair.waiting():
        if isinstance(item, EditItem) and item.entity == "kpi_value":
            found |= {int(other.stored) for other in item.others if other.stored is not None}
        elif item.entity == "kpi_value" and not isinstance(item, RecoveredItem):
            found |= {
                int(edit.after) for edit in getattr(item, "edits", ()) if edit.after.isdigit()
            }
    return found


def living_kpis(session: Session) -> int:
    return len(list(session.scalars(select(Kpi.id).where(Kpi.deleted_at.is_(None)))))


def _begin(workspace: Workspace) -> str:
    account: str = workspace.write("Add", add_account, "Law").result
    return account


@pytest.mark.long
@settings(max_examples=300 if SOAKING else 4, deadline=None)
@given(rounds=st.lists(st.tuples(MOVES, MOVES), min_size=1, max_size=2))
def test_whatever_two_people_do_with_kpis_apart_no_number_is_out_of_sight(
    rounds: list[tuple[Moves, Moves]],
) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        pair_after(Path(folder), lambda w: w.write("Add", add_account, "Law").result) as (
            pair,
            made,
        ),
    ):
        hands = (Hand(pair.aiko, made, 100), Hand(pair.ben, made, 500))
        for moves in rounds:
            for hand, mine in zip(hands, moves, strict=True):
                hand.play(mine)
                pair.pass_by(minutes=3)
            pair.meet()
            assert pair.aiko.read(all_numbers) == pair.ben.read(all_numbers)
            assert pair.aiko.read(living_kpis) == pair.ben.read(living_kpis)
            seen = pair.aiko.read(all_numbers) | waiting_numbers(pair)
            kept = {one for hand in hands for one in hand.entered - hand.given_up}
            kept -= {one for hand in hands for one in hand.given_up}
            assert kept <= seen
        for workspace in (pair.aiko, pair.ben):
            assert broken_laws(workspace.replica.database) == []
