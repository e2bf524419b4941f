"""Makes a plan of a template: dates from its days, persons from its parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from fractional_indexing import generate_n_keys_between
from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.actions.editing import clean, get, today
from csdesk.actions.kpis import plant_kpi
from csdesk.actions.plan_items import Item
from csdesk.actions.plans import add_plan
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.insight.plan_template import (
    CSM,
    SALES,
    Calendar,
    PlanTemplate,
    TemplateItem,
    TemplateMeasure,
)
from csdesk.model.identity import natural_id, new_id
from csdesk.model.items import ItemKind
from csdesk.model.records import (
    Account,
    Action,
    Contact,
    Goal,
    Kpi,
    Measure,
    Member,
    Milestone,
    MilestoneDependency,
)
from csdesk.model.vocabulary import Direction, KpiKind, PlanType, Side, TargetMode, Visibility
from csdesk.queries.templates import known_kpis, kpi_of, planted_kpi_id


def plant(
    session: Session,
    account_id: str,
    content: PlanTemplate,
    calendar: Calendar,
    *,
    title: str,
    type: str | None = None,
    template_id: str | None = None,
    make_kpis: bool = True,
) -> str:
    """Add a plan with all that a template holds to an account and return its id.

    Parts are filled by the account's owners and by the one contact of a role who is still there;
    where there are several or none, nobody is in charge. KPIs are found by name; those that are
    missing are made, or with `make_kpis` off the goals go without these measures. Raises
    UserError where the account is gone, or the template is not sound.
    """
    account = get(session, Account, account_id)
    _refuse_circles(content)
    people = _Cast(session, account)
    plan_id = add_plan(
        session,
        account_id,
        title,
        type=PlanType(type) if type in set(PlanType) else None,
        start_on=calendar.start,
        end_on=calendar.day(content.days),
        to_be=content.to_be,
        background=content.background,
        success_statement=content.success_statement,
        review_cadence=content.review_cadence,
        internal_note=content.internal_note,
        next_review_on=calendar.day(content.next_review),
        owner_id=people.ours(content.owner),
        customer_owner_id=people.theirs(content.customer_owner),
        template_id=template_id,
    )
    planting = _Planting(session, plan_id, calendar, people, make_kpis)
    planting.add(content.items, {})
    planting.link(content)
    session.flush()
    return plan_id


class _Cast:
    """Knows who plays which part for an account."""

    def __init__(self, session: Session, account: Account) -> None:
        members = select(Member.id).where(Member.deleted_at.is_(None))
        self._members = set(session.scalars(members))
        contacts = session.execute(
            select(Contact.id, Contact.role, Contact.left_on).where(
                Contact.account_id == account.id, Contact.deleted_at.is_(None)
            )
        ).all()
        there = [(row_id, role) for row_id, role, left in contacts if not left or left > today()]
        self._contacts = {row_id for row_id, _role in there}
        counts = Counter(role for _row_id, role in there)
        self._roles = {str(role): row_id for row_id, role in there if role and counts[role] == 1}
        self._ours = {CSM: account.owner_id, SALES: account.sales_owner_id}

    def ours(self, part: str) -> str | None:
        """Return who plays a part on our side, or the person of this id."""
        member = self._ours.get(part, part)
        return member if member in self._members else None

    def theirs(self, part: str) -> str | None:
        """Return who plays a part on the customer's side, or the person of this id."""
        contact = self._roles.get(part, part)
        return contact if contact in self._contacts else None


class _Planting:
    """Adds the items of one plan."""

    def __init__(
        self, session: Session, plan_id: str, calendar: Calendar, people: _Cast, make_kpis: bool
    ) -> None:
        self._session = session
        self._plan_id = plan_id
        self._calendar = calendar
        self._people = people
        self._make_kpis = make_kpis
        self._known = known_kpis(session)
        self._by_key: dict[str, str] = {}
        self._waits: list[tuple[str, tuple[str, ...]]] = []

    def add(self, items: Sequence[TemplateItem], above: dict[str, str]) -> None:
        """Add items below what `above` refers to, in their order."""
        places = generate_n_keys_between(None, None, len(items)) if items else []
        for item, place in zip(items, places, strict=True):
            row = self._row(item, above)
            row.position = str(place)
            self._session.add(row)
            self.add(item.children, {**above, f"{item.kind}_id": row.id})
            self._measure(row.id, item.measures)

    def link(self, content: PlanTemplate) -> None:
        """Let milestones wait for each other as the template says."""
        for milestone_id, keys in self._waits:
            for after_id in sorted({self._by_key[key] for key in keys if key in self._by_key}):
                row_id = natural_id("milestone_dependency", milestone_id, after_id)
                self._session.add(
                    MilestoneDependency(id=row_id, milestone_id=milestone_id, after_id=after_id)
                )

    def _row(self, item: TemplateItem, above: dict[str, str]) -> Item:
        start, due = self._calendar.day(item.start), self._calendar.day(item.due)
        fields = {
            "id": new_id(),
            "title": clean("title", item.title),
            "start_on": start,
            "due_on": due,
            "owner_id": self._people.ours(item.owner),
            "customer_owner_id": self._people.theirs(item.customer_owner),
            "visibility": item.visibility or Visibility.CUSTOMER,
            "internal_note": clean("internal_note", item.internal_note),
        }
        if item.kind is ItemKind.GOAL:
            return Goal(plan_id=self._plan_id, why=clean("why", item.text), **fields)
        if item.kind is ItemKind.ACTION:
            return Action(
                plan_id=self._plan_id,
                goal_id=above.get("goal_id"),
                milestone_id=above.get("milestone_id"),
                side=item.side or Side.US,
                priority=item.priority,
                **fields,
            )
        row = Milestone(
            goal_id=above["goal_id"],
            done_definition=clean("done_definition", item.text),
            original_due_on=due,
            weight=1 if item.weight is None else item.weight,
            **fields,
        )
        if item.key:
            self._by_key[item.key] = row.id
        self._waits.append((row.id, item.after))
        return row

    def _measure(self, goal_id: str, measures: Sequence[TemplateMeasure]) -> None:
        found = [(one, self._kpi(one)) for one in measures]
        kept = [(one, kpi_id) for one, kpi_id in found if kpi_id is not None]
        places = generate_n_keys_between(None, None, len(kept)) if kept else []
        for (one, kpi_id), place in zip(kept, places, strict=True):
            kpi = self._session.get(Kpi, kpi_id)
            measure = Measure(
                goal_id=goal_id,
                kpi_id=kpi_id,
                position=str(place),
                direction=one.direction or (kpi.direction if kpi is not None else None),
                baseline=one.baseline,
                baseline_on=self._calendar.day(one.baseline_day),
                target_mode=one.target_mode or TargetMode.ABSOLUTE,
                target=one.target,
                target_on=self._calendar.day(one.due),
                source=clean("source", one.source),
            )
            self._session.add(measure)

    def _kpi(self, measure: TemplateMeasure) -> str | None:
        kpi_id = kpi_of(measure, self._known)
        if kpi_id is None and self._make_kpis:
            wanted = {
                "name_en": measure.kpi_en or None,
                "unit": measure.unit or None,
                "kind": measure.kind or KpiKind.COUNT,
                "direction": measure.direction or Direction.HIGHER,
                "frequency": measure.frequency,
                "category": measure.category,
            }
            given = {name: value for name, value in wanted.items() if value is not None}
            kpi_id = plant_kpi(self._session, planted_kpi_id(measure), measure.kpi, **given)
            self._known = known_kpis(self._session)
        return kpi_id


def _refuse_circles(content: PlanTemplate) -> None:
    """Refuse milestones that would wait for each other in a circle."""
    waits = {item.key: set(item.after) for item in content.walk() if item.key}
    while free := [key for key, after in waits.items() if not after & waits.keys()]:
        for key in free:
            del waits[key]
    if waits:
        raise UserError(
            _("These milestones would wait for each other in a circle."),
            _("Remove one of the dependencies."),
        )
