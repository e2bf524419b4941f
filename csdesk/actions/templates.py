"""What can be done with plan templates: start a plan from one, save a plan as one, keep them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from csdesk.actions.capturing import capture_plan
from csdesk.actions.editing import clean, delete, edit, get
from csdesk.actions.planting import plant
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.insight.plan_template import Calendar, PlanTemplate
from csdesk.insight.template_text import read_template, write_template
from csdesk.model.records import Account, Plan, Template
from csdesk.queries.calendar import work_calendar
from csdesk.queries.shipped_templates import shipped_template
from csdesk.queries.templates import template_content


def plan_from_template(
    session: Session,
    account_id: str,
    template_id: str,
    title: str,
    start_on: dt.date,
    *,
    on_working_days: bool = True,
    make_kpis: bool = True,
) -> str:
    """Add a plan to an account as a template, shipped or saved, has it; return the plan's id.

    Day 0 is `start_on`. With `on_working_days` what would fall on a day off moves on to the next
    working day. KPIs that the workspace lacks are made, unless `make_kpis` is off. Raises
    UserError where the template or the account is gone, or the template's content is not sound.
    """
    content = template_content(session, template_id)
    shipped = shipped_template(template_id)
    source: Any = shipped if shipped is not None else get(session, Template, template_id)
    return plant(
        session,
        account_id,
        content,
        _calendar(session, account_id, start_on, on_working_days),
        title=title,
        type=source.type,
        template_id=source.id if shipped is None else None,
        make_kpis=make_kpis,
    )


def copy_plan(
    session: Session,
    plan_id: str,
    account_id: str,
    title: str,
    start_on: dt.date,
    *,
    on_working_days: bool = True,
) -> str:
    """Add a copy of a plan to its own or another account, nothing of it done; return its id.

    All dates move with the start. In its own account people and baselines stay; in another one
    the parts people play stay, filled by those who play them there, and internal notes stay
    behind. Raises UserError where the plan or the account is gone.
    """
    plan = get(session, Plan, plan_id)
    content, _start = capture_plan(session, plan_id, keep_people=plan.account_id == account_id)
    calendar = _calendar(session, account_id, start_on, on_working_days)
    return plant(session, account_id, content, calendar, title=title, type=plan.type)


def save_as_template(
    session: Session,
    plan_id: str,
    name: str,
    *,
    template_id: str | None = None,
    with_notes: bool = False,
    **fields: Any,
) -> str:
    """Save a plan as a template and return its id; with `template_id` in place of that one.

    `fields` are type, segment_id, touch_model, description and language; what is left out comes
    from the plan and its account. People become parts and dates become days from the start; what
    is done, results, and what was agreed stay behind, internal notes too unless `with_notes`.
    Raises UserError where the plan, or the template to replace, is gone.
    """
    plan = get(session, Plan, plan_id)
    account = get(session, Account, plan.account_id)
    content, _start = capture_plan(session, plan_id, with_notes=with_notes)
    values = {
        "type": plan.type,
        "segment_id": account.segment_id,
        "touch_model": account.touch_model,
        "language": account.document_language,
        **fields,
        "name": name,
        "content": write_template(content),
    }
    if template_id is not None:
        edit(session, Template, template_id, values)
        return template_id
    return _add(session, values)


def duplicate_template(session: Session, template_id: str, name: str) -> str:
    """Copy a template, shipped or saved, and return the id of the copy, which can be edited.

    Raises UserError where it is gone or its content cannot be read.
    """
    content = template_content(session, template_id)
    shipped = shipped_template(template_id)
    source: Any = shipped if shipped is not None else get(session, Template, template_id)
    values = {
        field: getattr(source, field, None)
        for field in ("type", "segment_id", "touch_model", "description", "language")
    }
    return _add(session, {**values, "name": name, "content": write_template(content)})


def edit_template(session: Session, template_id: str, **fields: Any) -> None:
    """Set fields of a saved template; raises UserError where it is gone or would be nameless."""
    if "content" in fields:
        read_template(fields["content"])
    edit(session, Template, template_id, fields)


def edit_template_content(session: Session, template_id: str, content: PlanTemplate) -> None:
    """Give a saved template other content; raises UserError where that is not sound."""
    edit_template(session, template_id, content=write_template(content))


def delete_templates(session: Session, template_ids: list[str]) -> None:
    """Delete saved templates; the plans made of them stay. Raises UserError for shipped ones."""
    if any(shipped_template(one) is not None for one in template_ids):
        raise UserError(
            _("This template comes with CSDesk and cannot be deleted."),
            _("Duplicate it to make one of your own."),
        )
    delete(session, "template", template_ids)


def _add(session: Session, values: dict[str, Any]) -> str:
    fields = {name: clean(name, value) for name, value in values.items()}
    row = Template(**fields)
    session.add(row)
    session.flush()
    return row.id


def _calendar(session: Session, account_id: str, start: dt.date, on_working_days: bool) -> Calendar:
    return Calendar(start, work_calendar(session, account_id).is_off if on_working_days else None)
