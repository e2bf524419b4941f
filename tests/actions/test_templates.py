"""Plans start from templates and become templates; what differs between two customers stays out."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from csdesk.actions.accounts import add_account
from csdesk.actions.kpis import add_kpi
from csdesk.actions.people import add_contact, add_member
from csdesk.actions.plan_items import add_item, set_dependencies, tick_item
from csdesk.actions.plans import add_measure, add_plan
from csdesk.actions.templates import (
    copy_plan,
    delete_templates,
    duplicate_template,
    edit_template,
    plan_from_template,
    save_as_template,
)
from csdesk.errors import UserError
from csdesk.insight.template_text import read_template
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.records import Measure, Milestone, Plan, Template
from csdesk.model.vocabulary import (
    ActionStatus,
    ContactRole,
    PlanStatus,
    PlanType,
    Side,
    TargetMode,
    TouchModel,
    Visibility,
)
from csdesk.queries.outline import OutlineItem, PlanOutline, plan_outline
from csdesk.queries.templates import TemplateRow, missing_kpis, template_content, templates
from csdesk.workspace.workspace import Workspace
from tests.rounds import SOAKING

MORE = 40 if SOAKING else 1
MONDAY = dt.date(2026, 11, 23)
TODAY = dt.date(2026, 11, 22)
GOAL, MILESTONE, ACTION = ItemKind.GOAL, ItemKind.MILESTONE, ItemKind.ACTION


def outline_of(workspace: Workspace, plan_id: str) -> PlanOutline:
    found = workspace.read(plan_outline, plan_id, today=TODAY)
    assert found is not None
    return found


def row_of(workspace: Workspace, template_id: str) -> TemplateRow | None:
    rows = workspace.read(templates)
    return next((row for row in rows if row.id == template_id), None)


def shape(outline: PlanOutline) -> Any:
    """Tell all of a plan that a template promises to bring back."""
    titles = {item.ref.id: item.title for item in walk(outline.items)}

    def told(item: OutlineItem) -> Any:
        return (
            *(item.ref.kind, item.title, item.text, item.start_on, item.due_on),
            *(item.side, item.priority, item.visibility),
            sorted(titles[one] for one in item.depends_on),
            [(one.kpi_name, one.target_mode, one.target, one.target_on) for one in item.measures],
            [told(child) for child in item.children],
        )

    return [told(item) for item in outline.items]


def walk(items: tuple[OutlineItem, ...]) -> list[OutlineItem]:
    return [one for item in items for one in (item, *walk(item.children))]


@st.composite
def plans(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Draw the items of a plan: kind, what they stand below, days from the start."""
    made: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, 9))):
        kind = draw(st.sampled_from(ItemKind)) if number else GOAL
        above = [
            place
            for place, one in enumerate(made)
            if (kind is MILESTONE and one["kind"] is GOAL)
            or (kind is ACTION and one["kind"] in (GOAL, MILESTONE))
        ]
        options = [None, *above] if kind is ACTION else above
        below = draw(st.sampled_from(options)) if kind is not GOAL and options else None
        start = draw(st.none() | st.integers(-20, 200))
        due = draw(st.none() | st.integers(-20 if start is None else start, 400))
        waits = [place for place, one in enumerate(made) if one["kind"] is MILESTONE]
        made.append(
            {
                "kind": kind,
                "below": below,
                "start": start,
                "due": due,
                "visibility": draw(st.sampled_from(Visibility)),
                "after": draw(st.sets(st.sampled_from(waits))) if waits else set(),
            }
        )
    return made


def build(session: Session, account: str, items: list[dict[str, Any]], start: dt.date) -> str:
    plan = add_plan(session, account, "Drawn", start_on=start, end_on=start + dt.timedelta(400))
    refs: list[ItemRef] = []
    for number, item in enumerate(items):
        parent = ItemRef(None, plan) if item["below"] is None else refs[item["below"]]
        dates = {
            name: None if item[day] is None else start + dt.timedelta(item[day])
            for name, day in (("start_on", "start"), ("due_on", "due"))
        }
        given = {**dates, "visibility": item["visibility"]}
        refs.append(add_item(session, item["kind"], parent, f"Item {number}", **given))
        if item["kind"] is MILESTONE and item["after"]:
            set_dependencies(session, refs[-1].id, {refs[place].id for place in item["after"]})
    return plan


@settings(max_examples=12 * MORE)
@given(items=plans(), start=st.dates(dt.date(2024, 1, 1), dt.date(2030, 1, 1)))
def test_a_plan_that_became_a_template_comes_back_the_same_from_the_same_start(
    shared: Workspace, items: list[dict[str, Any]], start: dt.date
) -> None:
    account = shared.write("Account", add_account, f"Law {start} {len(items)}").result
    plan = shared.write("Build", build, account, items, start).result
    template = shared.write("Save", save_as_template, plan, "Drawn").result
    made = shared.write(
        "Use", plan_from_template, account, template, "Again", start, on_working_days=False
    ).result
    before, after = outline_of(shared, plan), outline_of(shared, made)
    assert shape(after) == shape(before)
    assert (after.start_on, after.end_on) == (before.start_on, before.end_on)


@settings(max_examples=12 * MORE)
@given(items=plans(), start=st.dates(dt.date(2024, 1, 1), dt.date(2030, 1, 1)))
def test_nothing_starts_or_is_due_on_a_weekend_and_all_keeps_its_order(
    shared: Workspace, items: list[dict[str, Any]], start: dt.date
) -> None:
    account = shared.write("Account", add_account, f"Week {start} {len(items)}").result
    plan = shared.write("Build", build, account, items, start).result
    made = shared.write("Copy", copy_plan, plan, account, "Again", start).result
    before, after = walk(outline_of(shared, plan).items), walk(outline_of(shared, made).items)
    for old, new in zip(before, after, strict=True):
        for was, day in ((old.start_on, new.start_on), (old.due_on, new.due_on)):
            assert (was is None) == (day is None)
            assert day is None or (day.weekday() < 5 and dt.timedelta(0) <= day - was)
        assert not (new.start_on and new.due_on) or new.start_on <= new.due_on


@pytest.fixture
def kim(workspace: Workspace) -> str:
    return workspace.write("Kim", add_member, "Kim").result


@pytest.fixture
def aoba(workspace: Workspace, kim: str) -> str:
    return workspace.write(
        "Aoba", add_account, "青葉物流", owner_id=kim, touch_model=TouchModel.HIGH
    ).result


@pytest.fixture
def champion(workspace: Workspace, aoba: str) -> str:
    return workspace.write("Sato", add_contact, aoba, "Sato", role=ContactRole.CHAMPION).result


@pytest.fixture
def lived(workspace: Workspace, aoba: str, kim: str, champion: str) -> str:
    """Return a plan that has seen some life."""

    def live(session: Session) -> str:
        users = add_kpi(session, "Users")
        plan = add_plan(
            session,
            aoba,
            "First half",
            type=PlanType.ADOPTION,
            status=PlanStatus.ACTIVE,
            start_on=MONDAY,
            end_on=MONDAY + dt.timedelta(100),
            to_be="One set of numbers",
            internal_note="They look at a competitor",
            owner_id=kim,
            customer_owner_id=champion,
        )
        goal = add_item(session, GOAL, ItemRef(None, plan), "G", internal_note="Secret")
        add_measure(
            session,
            goal.id,
            users,
            baseline=Decimal(80),
            baseline_on=MONDAY,
            target_mode=TargetMode.PERCENT_OF_BASELINE,
            target=Decimal(120),
            target_on=MONDAY + dt.timedelta(90),
            agreed_with="Sato",
        )
        done = add_item(
            session,
            ACTION,
            goal,
            "A",
            due_on=MONDAY + dt.timedelta(7),
            side=Side.CUSTOMER,
            customer_owner_id=champion,
        )
        tick_item(session, done, True)
        return plan

    return workspace.write("Live", live).result


def test_what_a_customer_lived_through_stays_out_of_the_template(
    workspace: Workspace, lived: str, champion: str, kim: str
) -> None:
    made = workspace.write("Save", save_as_template, lived, "Adoption").result
    row = row_of(workspace, made)
    assert row is not None
    assert (row.type, row.touch_model) == (PlanType.ADOPTION, TouchModel.HIGH)
    assert (row.goals, row.milestones, row.actions, row.days) == (1, 0, 1, 100)
    text = workspace.read(lambda session: session.get(Template, made).content)
    for word in ("Sato", "Kim", champion, kim, "Secret", "competitor", "done", '"80"'):
        assert word not in text
    (goal,) = row.content.items
    assert goal.owner == ""
    assert goal.children[0].customer_owner == ContactRole.CHAMPION
    assert row.content.owner == "csm"


def test_internal_notes_come_along_where_that_is_wanted(workspace: Workspace, lived: str) -> None:
    made = workspace.write("Save", save_as_template, lived, "With", with_notes=True).result
    content = workspace.read(template_content, made)
    assert content.internal_note == "They look at a competitor"
    assert content.items[0].internal_note == "Secret"


def test_a_plan_can_be_saved_in_place_of_an_older_template(
    workspace: Workspace, lived: str
) -> None:
    made = workspace.write("Save", save_as_template, lived, "Ours", description="v1").result
    workspace.write("Add", add_item, GOAL, ItemRef(None, lived), "G2")
    again = workspace.write("Save", save_as_template, lived, "Ours", template_id=made).result
    assert again == made
    saved = [row for row in workspace.read(templates) if not row.is_shipped]
    assert [(row.name, row.goals, row.description) for row in saved] == [("Ours", 2, "v1")]


def test_parts_are_played_by_the_people_of_the_account(
    workspace: Workspace, lived: str, kim: str
) -> None:
    made = workspace.write("Save", save_as_template, lived, "Adoption").result
    lee = workspace.write("Lee", add_member, "Lee").result
    other = workspace.write("Other", add_account, "Birch", owner_id=lee).result
    ito = workspace.write("Ito", add_contact, other, "Ito", role=ContactRole.CHAMPION).result
    workspace.write(
        "Left", add_contact, other, "Gone", role=ContactRole.CHAMPION, left_on=dt.date(2020, 1, 1)
    )
    plan = workspace.write("Use", plan_from_template, other, made, "New", MONDAY).result
    outline = outline_of(workspace, plan)
    assert (outline.owner_id, outline.customer_owner_id) == (lee, ito)
    assert outline.items[0].children[0].customer_owner_id == ito
    assert outline.status is PlanStatus.DRAFT
    assert outline.type is PlanType.ADOPTION
    assert workspace.read(lambda session: session.get(Plan, plan).template_id) == made


def test_where_two_could_play_a_part_nobody_is_chosen(workspace: Workspace, lived: str) -> None:
    made = workspace.write("Save", save_as_template, lived, "Adoption").result
    other = workspace.write("Other", add_account, "Birch").result
    for name in ("Ito", "Mori"):
        workspace.write(name, add_contact, other, name, role=ContactRole.CHAMPION)
    plan = workspace.write("Use", plan_from_template, other, made, "New", MONDAY).result
    outline = outline_of(workspace, plan)
    assert outline.items[0].children[0].customer_owner_id is None
    assert outline.owner_id is None


def test_a_copy_in_the_same_account_keeps_people_notes_and_baselines(
    workspace: Workspace, lived: str, aoba: str, champion: str, kim: str
) -> None:
    start = MONDAY + dt.timedelta(364)
    copy = workspace.write("Copy", copy_plan, lived, aoba, "Second half", start).result
    outline = outline_of(workspace, copy)
    assert (outline.title, outline.status, outline.owner_id) == (
        "Second half",
        PlanStatus.DRAFT,
        kim,
    )
    assert (outline.start_on, outline.end_on) == (start, start + dt.timedelta(100))
    (goal,) = outline.items
    (measure,), (action,) = goal.measures, goal.children
    assert goal.internal_note == "Secret"
    assert (measure.baseline, measure.target_number) == (Decimal(80), Decimal(96))
    assert action.customer_owner_id == champion
    assert (action.status, action.done_on) == (ActionStatus.OPEN, None)
    agreed = workspace.read(lambda session: session.get(Measure, measure.id).agreed_with)
    assert agreed is None


def test_a_copy_for_another_customer_brings_no_secret_of_the_first(
    workspace: Workspace, lived: str
) -> None:
    other = workspace.write("Other", add_account, "Birch").result
    copy = workspace.write("Copy", copy_plan, lived, other, "Like Aoba", MONDAY).result
    outline = outline_of(workspace, copy)
    assert outline.internal_note == ""
    assert outline.items[0].internal_note == ""
    assert outline.items[0].measures[0].baseline is None
    assert outline.items[0].children[0].customer_owner_id is None


def test_kpis_are_found_by_either_name_and_made_where_they_are_missing(
    workspace: Workspace, aoba: str
) -> None:
    workspace.write("KPI", add_kpi, "利用の割合", name_en="monthly ACTIVE users")
    shipped = "shipped:en/01_onboarding_high"
    content = workspace.read(template_content, shipped)
    assert workspace.read(missing_kpis, content) == (
        "Onboarding completion",
        "Hours spent on reporting",
    )
    without = workspace.write(
        "Use", plan_from_template, aoba, shipped, "Bare", MONDAY, make_kpis=False
    ).result
    names = [m.kpi_name for item in outline_of(workspace, without).items for m in item.measures]
    assert names == ["利用の割合"]
    plan = workspace.write("Use", plan_from_template, aoba, shipped, "Whole", MONDAY).result
    found = [m for item in outline_of(workspace, plan).items for m in item.measures]
    assert [m.kpi_name for m in found] == [
        "Onboarding completion",
        "利用の割合",
        "Hours spent on reporting",
    ]
    assert all(m.baseline is None and m.target is not None for m in found)
    assert workspace.read(missing_kpis, content) == ()


def test_starting_a_plan_from_a_template_is_one_step(workspace: Workspace, aoba: str) -> None:
    shipped = "shipped:ja/07_renewal_high"
    plan = workspace.write("Use", plan_from_template, aoba, shipped, "更新", MONDAY).result
    workspace.undo()
    assert workspace.read(plan_outline, plan, today=TODAY) is None
    assert workspace.read(missing_kpis, workspace.read(template_content, shipped)) != ()


def test_a_shipped_template_is_edited_as_a_copy_and_never_deleted(workspace: Workspace) -> None:
    shipped = "shipped:en/10_recovery_low"
    made = workspace.write("Copy", duplicate_template, shipped, "Ours").result
    workspace.write("Edit", edit_template, made, name="Ours too", description="Short")
    row = row_of(workspace, made)
    assert row is not None
    assert (row.name, row.description) == ("Ours too", "Short")
    assert row.content == workspace.read(template_content, shipped)
    with pytest.raises(UserError):
        workspace.write("Delete", delete_templates, [shipped])
    workspace.write("Delete", delete_templates, [made])
    assert row_of(workspace, made) is None
    with pytest.raises(UserError):
        workspace.read(template_content, made)


def test_content_that_cannot_be_read_is_said_and_breaks_no_list(
    workspace: Workspace, aoba: str
) -> None:
    made = workspace.write("Copy", duplicate_template, "shipped:en/10_recovery_low", "Odd").result
    with pytest.raises(UserError):
        workspace.write("Edit", edit_template, made, content="{")
    workspace.write(
        "Break", lambda session: setattr(session.get(Template, made), "content", "{broken")
    )
    row = row_of(workspace, made)
    assert row is not None
    assert row.trouble
    assert row.actions == 0
    with pytest.raises(UserError):
        workspace.write("Use", plan_from_template, aoba, made, "New", MONDAY)


def test_milestones_that_wait_in_a_circle_are_refused(workspace: Workspace, aoba: str) -> None:
    content = (
        '{"items": [{"kind": "goal", "title": "G", "items": ['
        '{"kind": "milestone", "title": "A", "key": "a", "after": ["b"]},'
        '{"kind": "milestone", "title": "B", "key": "b", "after": ["a", "nowhere"]}]}]}'
    )
    read_template(content)
    made = workspace.write("Copy", duplicate_template, "shipped:en/10_recovery_low", "Odd").result
    workspace.write("Edit", edit_template, made, content=content)
    with pytest.raises(UserError):
        workspace.write("Use", plan_from_template, aoba, made, "New", MONDAY)
    assert workspace.read(lambda session: session.query(Plan).count()) == 0


def test_the_first_due_date_of_a_milestone_is_remembered(workspace: Workspace, aoba: str) -> None:
    workspace.write("Use", plan_from_template, aoba, "shipped:en/01_onboarding_high", "P", MONDAY)
    rows = workspace.read(
        lambda session: [(m.due_on, m.original_due_on) for m in session.query(Milestone)]
    )
    assert rows
    assert all(due == first for due, first in rows)


def test_what_suits_the_account_comes_first(workspace: Workspace, lived: str) -> None:
    workspace.write("Save", save_as_template, lived, "Mine", type=PlanType.RECOVERY)
    low = workspace.write(
        "Low", add_account, "Larch", phase="renewal", touch_model=TouchModel.LOW
    ).result
    rows = workspace.read(templates, "ja", account_id=low)
    assert rows[0].id == "shipped:ja/08_renewal_low"
    assert rows[1].id == "shipped:ja/07_renewal_high"
    assert len(rows) == 11


def test_a_day_beyond_the_calendar_is_said(workspace: Workspace, aoba: str) -> None:
    with pytest.raises(UserError):
        workspace.write(
            "Use",
            plan_from_template,
            aoba,
            "shipped:en/01_onboarding_high",
            "Late",
            dt.date(9999, 12, 20),
        )
