"""Making one of two rows that are the same, and taking them apart again.

Everything that refers to the second turns to the first; nothing is thrown away. Where both have a
value for the same month, or weigh in the health score differently, the first keeps its own and the
other one stays a living row of the deleted one: it waits among the recovered items until somebody
decides.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.actions.accounts import tag_account
from csdesk.actions.editing import get
from csdesk.actions.folding_plans import fold_items, items_of
from csdesk.actions.reviving import delete_alone
from csdesk.model.base import Record, columns_of, entity_records
from csdesk.model.identity import kpi_value_id, natural_id
from csdesk.model.ownership import references_to
from csdesk.model.records import (
    AccountTag,
    Contact,
    HealthMeasure,
    KpiValue,
    MilestoneDependency,
    SavedView,
    TouchpointAttendee,
)
from csdesk.store import rewriting
from csdesk.store.journal import StepKey
from csdesk.store.stamps import utc_now
from csdesk.store.undo import want_back
from csdesk.workspace.writing import raw_connection

_TEXTS = frozenset(
    {
        *("business_summary", "org_notes", "market_trends", "competitors", "products"),
        *("busy_periods", "csm_view_reason", "internal_note", "description"),
        *("success_definition", "background", "to_be", "success_statement", "evidence"),
    }
)
"""Fields that hold notes: two of them stand one below the other."""

_LINES = frozenset({"sub_reason", "competitor"})
"""Fields of one line in which both may be right: two of them stand one behind the other."""

_WEIGHTS = ("weight", "best", "worst", "fresh_days")
"""What a weight of the health score says."""

_NEVER_FILLED = frozenset({"id", "deleted_at", "position"})


def make_one(session: Session, entity: str, first: str, second: str) -> None:
    """Turn all that refers to the second row to the first, join their fields, delete the second.

    Of two plans the items that say the same become one, too. Raises UserError where one of them
    is gone.
    """
    record = entity_records()[entity]
    kept, joined = get(session, record, first), get(session, record, second)
    _fill(kept, joined)
    session.flush()
    moved = items_of(session, second) if entity == "plan" else frozenset()
    for user, field in references_to(entity):
        turn_references(session, user, field, second, first)
    if entity in ("member", "segment"):
        _turn_views(session, second, first)
    if isinstance(kept, Contact) and kept.reports_to_id == first:
        kept.reports_to_id = None
    session.flush()
    delete_alone(session, entity, second)
    if moved:
        fold_items(session, first, moved, make_one)


def take_apart(session: Session, steps: list[StepKey]) -> None:
    """Give back what the steps changed that made two rows one; later changes of it stay."""
    session.flush()
    raw = raw_connection(session.connection())
    for step in steps:
        want_back(raw, step)
        rewriting.apply(raw, utc_now)
    session.expire_all()


def turn_references(
    session: Session, user: str, field: str, old: str, new: str, *, replacing: bool = False
) -> None:
    """Let every living row of an entity refer to `new` where its field says `old`.

    Rows whose id is made of what they refer to are made anew. `replacing` takes over a value even
    where `new` has one of its own.
    """
    record: Any = entity_records()[user]
    rows: list[Any] = list(session.scalars(_living(record, field, old)))
    for row in rows:
        if isinstance(row, KpiValue):
            _turn_value(session, row, field, new, replacing)
        elif isinstance(row, AccountTag):
            tag_account(session, new, row.tag)
            row.deleted_at = utc_now()
        elif isinstance(row, TouchpointAttendee) and field != "touchpoint_id":
            _turn_attendee(session, row, field, new)
        elif isinstance(row, MilestoneDependency):
            _turn_dependency(session, row, field, new)
        elif isinstance(row, HealthMeasure):
            _turn_weight(session, row, field, new, replacing)
        else:
            setattr(row, field, new)
    session.flush()


def _living(record: Any, field: str, value: str) -> Any:
    asked = select(record).where(record.deleted_at.is_(None))
    if record is KpiValue and field == "account_id":
        # The ids begin with the account: the table needs no other index.
        return asked.where(KpiValue.id > f"{value}:", KpiValue.id < f"{value};")
    return asked.where(getattr(record, field) == value)


def _turn_value(session: Session, row: KpiValue, field: str, new: str, replacing: bool) -> None:
    account_id = new if field == "account_id" else row.account_id
    kpi_id = new if field == "kpi_id" else row.kpi_id
    row_id = kpi_value_id(account_id, kpi_id, row.period)
    known = session.get(KpiValue, row_id)
    if known is not None and known.deleted_at is None and known.value != row.value:
        if not replacing:
            return
        known.value = row.value
    if known is None:
        known = KpiValue(
            id=row_id, account_id=account_id, kpi_id=kpi_id, period=row.period, value=row.value
        )
        session.add(known)
    elif known.deleted_at is not None:
        known.deleted_at = known.note = known.source = known.is_estimate = None
        known.value = row.value
    for name in ("is_estimate", "source"):
        if getattr(known, name) is None:
            setattr(known, name, getattr(row, name))
    known.note = _joined_text(known.note, row.note)
    row.deleted_at = utc_now()


def _turn_attendee(session: Session, row: TouchpointAttendee, field: str, new: str) -> None:
    row_id = natural_id("touchpoint_attendee", row.touchpoint_id, new)
    known = session.get(TouchpointAttendee, row_id)
    if known is None:
        people: dict[str, Any] = {"contact_id": row.contact_id, "member_id": row.member_id}
        session.add(
            TouchpointAttendee(id=row_id, touchpoint_id=row.touchpoint_id, **people | {field: new})
        )
    elif known.deleted_at is not None:
        known.deleted_at = None
    row.deleted_at = utc_now()


def _turn_dependency(session: Session, row: MilestoneDependency, field: str, new: str) -> None:
    ends = {"milestone_id": row.milestone_id, "after_id": row.after_id} | {field: new}
    row.deleted_at = utc_now()
    if ends["milestone_id"] == ends["after_id"]:
        return
    row_id = natural_id("milestone_dependency", ends["milestone_id"], ends["after_id"])
    known = session.get(MilestoneDependency, row_id)
    if known is None:
        session.add(MilestoneDependency(id=row_id, **ends))
    else:
        known.deleted_at = None


def _turn_weight(
    session: Session, row: HealthMeasure, field: str, new: str, replacing: bool
) -> None:
    """Let a weight of the health score count for another KPI or segment.

    Where that has one already, what it lacks is filled in; one that says something else stays.
    """
    wanted = {"kpi_id": row.kpi_id, "segment_id": row.segment_id} | {field: new}
    asked = select(HealthMeasure).where(
        HealthMeasure.deleted_at.is_(None),
        HealthMeasure.kpi_id == wanted["kpi_id"],
        HealthMeasure.segment_id.is_not_distinct_from(wanted["segment_id"]),
        HealthMeasure.id != row.id,
    )
    known = session.scalars(asked.order_by(HealthMeasure.id)).first()
    if known is None:
        setattr(row, field, new)
        return
    said = {name: getattr(row, name) for name in _WEIGHTS if getattr(row, name) is not None}
    differs = [name for name in said if getattr(known, name) not in (None, said[name])]
    if differs and not replacing:
        return
    for name, value in said.items():
        setattr(known, name, value)
    row.deleted_at = utc_now()


def _turn_views(session: Session, old: str, new: str) -> None:
    """Let saved views that ask for one row ask for another; their content is text with its id."""
    asked = select(SavedView).where(
        SavedView.deleted_at.is_(None), SavedView.content.contains(f'"{old}"', autoescape=True)
    )
    for view in session.scalars(asked):
        view.content = (view.content or "").replace(f'"{old}"', f'"{new}"')


def _fill(kept: Record, joined: Record) -> None:
    """Give the first what it lacks, and put notes below its own."""
    for column in columns_of(kept.__tablename__):
        name = column.name
        mine, theirs = getattr(kept, name), getattr(joined, name)
        if name in _NEVER_FILLED or theirs is None:
            continue
        if mine is None:
            setattr(kept, name, None if theirs == kept.id else theirs)
        elif name in _TEXTS:
            setattr(kept, name, _joined_text(mine, theirs))
        elif name in _LINES and theirs.strip() not in mine:
            setattr(kept, name, f"{mine.strip()} / {theirs.strip()}")


def _joined_text(mine: str | None, theirs: str | None) -> str | None:
    if not mine or not theirs:
        return mine or theirs
    return mine if theirs.strip() in mine else f"{mine.rstrip()}\n{theirs.strip()}"
