"""Create, change and delete a row of any entity, by its metadata.

Where an entity has verbs of its own, these are used, so that what follows from a change follows
here too: a done action gets its date, a milestone stays with its plan, a position is found.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from babel.numbers import is_currency
from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.actions import (
    accounts,
    contracts,
    desk,
    documents,
    enquiries,
    feedback,
    holidays,
    kpis,
    opportunities,
    people,
    plan_items,
    plans,
)
from csdesk.actions.editing import clean, delete, edit, get
from csdesk.actions.ordering import place_last
from csdesk.actions.settling import settle
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model import ownership
from csdesk.model.base import entity_records, entity_table
from csdesk.model.identity import natural_id
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.records import (
    Account,
    AccountTag,
    Action,
    Goal,
    KpiValue,
    Milestone,
    MilestoneDependency,
    TouchpointAttendee,
)

Values = Mapping[str, Any]

_RANGES = {
    "risk.probability": (1, 5),
    "risk.impact": (1, 5),
    "account.fiscal_year_start_month": (1, 12),
    "survey_response.score": (0, 10),
    "health_measure.weight": (0, 1_000_000),
    "milestone.weight": (0, 1_000_000),
}
_MAY_CHANGE = {
    "plan_revision": frozenset({"note"}),
    "export_receipt": frozenset({"recipient"}),
}
"""All that may be edited of what says what a customer was given; the rest stays true."""
_ITEMS = {kind.value for kind in ItemKind}
_STRUCTURE = ("plan_id", "goal_id", "milestone_id")
_LARGEST = 2**63 - 1
_EDITS: dict[str, Callable[..., None]] = {
    "contract": contracts.edit_contract,
    "enquiry": enquiries.edit_enquiry,
    "feedback": feedback.edit_feedback,
    "holiday": holidays.edit_holiday,
    "opportunity": opportunities.edit_opportunity,
    "plan": plans.edit_plan,
}
"""The verbs that change rows of entities where more follows from it."""


def create_row(session: Session, entity: str, values: Values) -> str:
    """Add a row with these values and return its id.

    Defaults, positions and ids made from what the row says are filled in; a row with such an id
    that is there already is changed instead. Raises UserError where something needed is missing,
    out of range, or belongs to another account.
    """
    _check(session, entity, values)
    make = _MAKERS.get(entity, _make)
    row_id = make(session, entity, dict(values))
    session.flush()
    return row_id


def change_row(session: Session, entity: str, row_id: str, values: Values) -> None:
    """Set fields of a row; None clears one.

    Raises UserError where the row is gone, a value is out of range or of another account, or the
    field says what a customer was given.
    """
    record = entity_records()[entity]
    row = get(session, record, row_id)
    if values.keys() - _MAY_CHANGE.get(entity, values.keys()):
        raise UserError(
            _("What a customer was given stays as it is."),
            _("Export the plan again: that makes a new version."),
        )
    _check(session, entity, {**_references(row), **values}, given=values)
    _refuse_moving(session, entity, row, values)
    if entity in _ITEMS:
        _change_item(session, ItemRef(ItemKind(entity), row_id), values)
    elif entity in _EDITS:
        _EDITS[entity](session, row_id, **values)
    else:
        edit(session, record, row_id, dict(values))
    session.flush()


def delete_row(session: Session, entity: str, row_id: str) -> dict[str, int]:
    """Delete a row with all that belongs to it; return how many rows of which entity went.

    Raises UserError where it is gone already, or still needed.
    """
    get(session, entity_records()[entity], row_id)
    if entity == "kpi":
        kpis.delete_kpi(session, row_id)
        return {"kpi": 1}
    gone = delete(session, entity, [row_id])
    return {name: len(set(ids)) for name, ids in gone.items()}


def _check(session: Session, entity: str, values: Values, given: Values | None = None) -> None:
    """Refuse numbers out of range, unknown currencies, and references into other accounts."""
    for name, value in (values if given is None else given).items():
        _check_number(entity, name, value)
        if name == "currency" and value is not None and not is_currency(value):
            raise UserError(
                _("“{value}” is not a currency code.").format(value=value),
                _("Write one such as JPY, USD or EUR."),
            )
    owners = {
        owner
        for column in entity_table(entity).columns
        if "entity" in column.info and values.get(column.name) is not None
        for owner in _owners(session, column.info["entity"], values[column.name])
    }
    if len(owners) > 1:
        raise UserError(
            _("The rows named here belong to different accounts."),
            _("Name people, plans and items of one account only."),
        )


def _check_number(entity: str, name: str, value: object) -> None:
    if not isinstance(value, int) or isinstance(value, bool):
        return
    low, high = _RANGES.get(f"{entity}.{name}", (-_LARGEST, _LARGEST))
    if name in ("employees", "seats", "stale_after_days", "fresh_days", "cadence_days", "number"):
        low = 0
    if not low <= value <= high:
        raise UserError(
            _("{value} is out of range.").format(value=value),
            _("It must be from {low} to {high}.").format(low=low, high=high),
        )


def _owners(session: Session, entity: str, row_id: str) -> list[str]:
    """Return the account a referenced row belongs to; raises UserError where it is gone."""
    get(session, entity_records()[entity], row_id)
    while (field := ownership.parent_field(entity)) is not None:
        table = entity_table(entity)
        found = session.execute(select(table.c[field]).where(table.c.id == row_id)).scalar()
        parent = ownership.parent_entity(entity)
        if found is None or parent is None:
            return []
        entity, row_id = parent, found
    return [row_id] if entity == "account" else []


def _references(row: Any) -> dict[str, Any]:
    return {
        column.name: getattr(row, column.name)
        for column in row.__table__.columns
        if "entity" in column.info and _is_living(row, column.name)
    }


def _is_living(row: Any, field: str) -> bool:
    """Only what the row hangs below counts against new values; a person may have left since."""
    return field == ownership.parent_field(row.__tablename__)


def _refuse_moving(session: Session, entity: str, row: Any, values: Values) -> None:
    """Keep rows below what they belong to; items move within the outline of their plan."""
    key = ownership.parent_field(entity)
    fixed = {key} if key is not None else set()
    fixed |= set(entity_records()[entity].key_fields)
    if entity in _ITEMS or entity == "measure":
        fixed -= {"goal_id"}
    if entity in ("account_tag", "milestone_dependency", "touchpoint_attendee"):
        fixed |= {"tag", "after_id", "contact_id", "member_id"}
    for name in sorted(fixed & values.keys()):
        if values[name] != getattr(row, name):
            raise UserError(
                _("“{field}” says what this row belongs to and cannot be changed.").format(
                    field=name.removesuffix("_id")
                ),
                _("Make a new row there, and delete this one."),
            )
    if values.get("reports_to_id") is not None:
        people.check_reports_to(session, row.id, values["reports_to_id"])
    goal_id = values.get("goal_id")
    if goal_id is not None and entity in ("milestone", "action", "measure"):
        _check_same_plan(session, row, goal_id)


def _check_same_plan(session: Session, row: Any, goal_id: str) -> None:
    plan = row.plan_id if isinstance(row, Action) else get(session, Goal, row.goal_id).plan_id
    if get(session, Goal, goal_id).plan_id != plan:
        raise UserError(
            _("That goal belongs to another plan."), _("Choose a goal of the same plan.")
        )


def _change_item(session: Session, ref: ItemRef, values: Values) -> None:
    """Set the fields of an outline item, and move it where the values say so."""
    fields = {name: value for name, value in values.items() if name not in _STRUCTURE}
    row = plan_items.item(session, ref)
    moved = [n for n in _STRUCTURE if n in values and values[n] != getattr(row, n, None)]
    if moved:
        parent = _parent(session, ref.kind, {**_below(row), **_only_structure(values)}, values)
        siblings = plan_items.children(session, parent)
        last = siblings[-1] if siblings else None
        after = None if last is None else ItemRef(ItemKind(last.__tablename__), last.id)
        plan_items.move_item(session, ref, parent, after=after)
    if fields:
        plan_items.edit_item(session, ref, **fields)


def _below(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _STRUCTURE if hasattr(row, name)}


def _only_structure(values: Values) -> dict[str, Any]:
    return {name: values[name] for name in _STRUCTURE if name in values}


def _parent(session: Session, kind: ItemKind | None, values: Values, given: Values) -> ItemRef:
    """Tell what an item stands below by its references; the nearest one counts."""
    milestone, goal, plan = (values.get(name) for name in reversed(_STRUCTURE))
    if kind is ItemKind.ACTION and milestone is not None and given.get("milestone_id"):
        found = get(session, Milestone, milestone)
        if given.get("goal_id") not in (None, found.goal_id):
            raise UserError(
                _("The milestone “{title}” stands below another goal.").format(title=found.title),
                _("Name the milestone alone."),
            )
        return ItemRef(ItemKind.MILESTONE, milestone)
    if kind is not ItemKind.GOAL and goal is not None:
        return ItemRef(ItemKind.GOAL, goal)
    if plan is None:
        raise _missing("plan" if kind is not ItemKind.MILESTONE else "goal")
    return ItemRef(None, plan)


def _missing(field: str) -> UserError:
    return UserError(
        _("“{field}” is missing.").format(field=field), _("A new row needs it. Add it.")
    )


def _take(values: dict[str, Any], *names: str) -> list[Any]:
    """Take what a new row cannot do without out of its values; raises UserError."""
    for name in names:
        if values.get(name) is None:
            raise _missing(name.removesuffix("_id"))
    return [values.pop(name) for name in names]


def _make(session: Session, entity: str, values: dict[str, Any]) -> str:
    """Add a row of an entity that has no verb of its own, last in its order."""
    record = entity_records()[entity]
    needed = [ownership.parent_field(entity)]
    needed += [name for name in ("name", "title") if name in record.__table__.columns]
    if entity == "opportunity":
        needed.remove("title")
    _take(dict(values), *(name for name in needed if name is not None))
    fields = {name: clean(name, value) for name, value in values.items()}
    if "position" in record.__table__.columns and not fields.get("position"):
        fields["position"] = _last_place(session, entity, fields)
    row = record(**fields)
    session.add(row)
    session.flush()
    return row.id


def _last_place(session: Session, entity: str, values: Values) -> str:
    table = entity_table(entity)
    siblings = select(table.c.position).where(table.c.deleted_at.is_(None))
    parent = ownership.parent_field(entity) or ("playbook_id" if entity == "playbook_step" else "")
    if parent:
        siblings = siblings.where(table.c[parent] == values.get(parent))
    return place_last(session.scalars(siblings))


def _make_named(make: Callable[..., str], *needed: str) -> Callable[..., str]:
    """Serve an entity by its own verb, which takes what is needed first."""

    def made(session: Session, entity: str, values: dict[str, Any]) -> str:
        return make(session, *_take(values, *needed), **values)

    return made


def _make_item(session: Session, entity: str, values: dict[str, Any]) -> str:
    kind = ItemKind(entity)
    (title,) = _take(values, "title")
    parent = _parent(session, kind, values, values)
    for name in _STRUCTURE:
        values.pop(name, None)
    made = plan_items.add_item(session, kind, parent, title, **values)
    _date_what_is_done(session, made, values)
    return made.id


def _date_what_is_done(session: Session, made: ItemRef, values: Values) -> None:
    """Give a new item that is done already its date, unless one was given."""
    if values.get("status") is None or values.get("done_on") or values.get("achieved_on"):
        return
    plan_items.edit_item(session, made, status=values["status"])


def _make_kpi_value(session: Session, entity: str, values: dict[str, Any]) -> str:
    account_id, kpi_id, period, value = _take(values, "account_id", "kpi_id", "period", "value")
    row_id = kpis.set_kpi_value(session, account_id, kpi_id, period, value)
    if values:
        edit(session, KpiValue, row_id, values)
    return row_id


def _make_tag(session: Session, entity: str, values: dict[str, Any]) -> str:
    account_id, tag = _take(values, "account_id", "tag")
    accounts.tag_account(session, account_id, tag)
    session.flush()
    tags = select(AccountTag).where(
        AccountTag.account_id == account_id, AccountTag.deleted_at.is_(None)
    )
    wanted = str(clean("name", tag)).casefold()
    return next(row.id for row in session.scalars(tags) if row.tag.casefold() == wanted)


def _make_settlement(session: Session, entity: str, values: dict[str, Any]) -> str:
    return settle(session, *_take(values, "kind", "subject"))


def _make_options(session: Session, entity: str, values: dict[str, Any]) -> str:
    account_id, kind = _take(values, "account_id", "document_kind")
    return documents.keep_options(session, account_id, kind, **values)


def _make_dependency(session: Session, entity: str, values: dict[str, Any]) -> str:
    milestone_id, after_id = _take(values, "milestone_id", "after_id")
    known = select(MilestoneDependency.after_id).where(
        MilestoneDependency.milestone_id == milestone_id, MilestoneDependency.deleted_at.is_(None)
    )
    plan_items.set_dependencies(session, milestone_id, {after_id, *session.scalars(known)})
    return natural_id("milestone_dependency", milestone_id, after_id)


def _make_attendee(session: Session, entity: str, values: dict[str, Any]) -> str:
    (touchpoint_id,) = _take(values, "touchpoint_id")
    people_named = [values[name] for name in ("contact_id", "member_id") if values.get(name)]
    if len(people_named) != 1:
        raise UserError(
            _("An attendee is one person."), _("Name either a contact or a team member.")
        )
    row_id = natural_id("touchpoint_attendee", touchpoint_id, people_named[0])
    known = session.get(TouchpointAttendee, row_id)
    if known is None:
        session.add(TouchpointAttendee(id=row_id, touchpoint_id=touchpoint_id, **values))
    else:
        known.deleted_at = None
    return row_id


def _make_setting(session: Session, entity: str, values: dict[str, Any]) -> str:
    key, value = _take(values, "id", "value")
    desk.set_setting(session, key, value)
    return str(key)


def _make_account(session: Session, entity: str, values: dict[str, Any]) -> str:
    (name,) = _take(values, "name")
    taken = select(Account.id).where(Account.name == name, Account.deleted_at.is_(None))
    if session.scalars(taken).first() is not None:
        raise UserError(
            _("There is an account called “{name}” already.").format(name=name),
            _("Use that one, or choose another name."),
        )
    return accounts.add_account(session, name, **values)


_MAKERS: dict[str, Callable[[Session, str, dict[str, Any]], str]] = {
    "account": _make_account,
    "account_tag": _make_tag,
    "action": _make_item,
    "contact": _make_named(people.add_contact, "account_id", "name"),
    "contract": _make_named(contracts.add_contract, "account_id"),
    "document_options": _make_options,
    "goal": _make_item,
    "holiday": _make_named(holidays.add_holiday, "name", "first_on"),
    "kpi": _make_named(kpis.add_kpi, "name"),
    "kpi_value": _make_kpi_value,
    "measure": _make_named(plans.add_measure, "goal_id", "kpi_id"),
    "member": _make_named(people.add_member, "name"),
    "milestone": _make_item,
    "milestone_dependency": _make_dependency,
    "settlement": _make_settlement,
    "plan": _make_named(plans.add_plan, "account_id", "title"),
    "touchpoint_attendee": _make_attendee,
    "workspace_setting": _make_setting,
}
