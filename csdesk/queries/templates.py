"""The plan templates one can start from: those shipped and those saved in the workspace."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.errors import UserError
from csdesk.i18n import LANGUAGES, _
from csdesk.insight.plan_template import PlanTemplate, TemplateMeasure, fit
from csdesk.insight.template_text import read_template
from csdesk.model.identity import natural_id
from csdesk.model.items import ItemKind
from csdesk.model.records import Account, Kpi, Segment, Template
from csdesk.model.vocabulary import DocumentLanguage, PlanType, TouchModel
from csdesk.queries.shipped_templates import PREFIX, shipped_template, shipped_templates
from csdesk.store.words import fold


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A template as a list shows it.

    `trouble` says why its content cannot be read; it has no items to show then.
    """

    id: str
    name: str
    description: str
    type: str | None
    segment_id: str | None
    segment: str
    touch_model: str | None
    language: str | None
    is_shipped: bool
    goals: int
    milestones: int
    actions: int
    days: int
    content: PlanTemplate
    trouble: str = ""
    fit: int = 0
    """How well it suits the account it is offered for; the higher, the better."""


def templates(
    session: Session, language: str | None = None, *, account_id: str | None = None
) -> tuple[TemplateRow, ...]:
    """Return the saved templates by name, then the shipped ones of a language, or of both.

    For an account, those that suit its phase, segment and touch model best come first.
    """
    account = session.get(Account, account_id) if account_id else None
    segments = {
        row_id: name or ""
        for row_id, name in session.execute(
            select(Segment.id, Segment.name).where(Segment.deleted_at.is_(None))
        )
    }
    saved = session.scalars(
        select(Template).where(Template.deleted_at.is_(None)).order_by(Template.name, Template.id)
    )
    rows = [_saved_row(one, segments, account) for one in saved]
    for spoken in LANGUAGES if language is None else (language,):
        for one in shipped_templates(spoken):
            row = _row(
                id=one.id,
                name=one.name,
                description=one.description,
                type=PlanType(one.type),
                segment_id=None,
                segment="",
                touch_model=TouchModel(one.touch_model),
                language=DocumentLanguage(one.language),
                is_shipped=True,
                content=one.content,
                account=account,
            )
            rows.append(row)
    return tuple(sorted(rows, key=lambda row: -row.fit))


def template_content(session: Session, template_id: str) -> PlanTemplate:
    """Return the content of a template, shipped or saved.

    Raises UserError where it is gone or its content cannot be read.
    """
    if template_id.startswith(PREFIX):
        shipped = shipped_template(template_id)
        if shipped is not None:
            return shipped.content
    else:
        row = session.get(Template, template_id)
        if row is not None and row.deleted_at is None:
            return read_template(row.content)
    raise UserError(
        _("This template is no longer there: it was deleted."), _("Choose another template.")
    )


def known_kpis(session: Session) -> dict[str, str]:
    """Return the ids of all KPIs by themselves and by their folded names, in either language."""
    found: dict[str, str] = {}
    rows = session.execute(
        select(Kpi.id, Kpi.name, Kpi.name_en)
        .where(Kpi.deleted_at.is_(None))
        .order_by(Kpi.position.desc(), Kpi.id.desc())
    ).all()
    for row_id, _name, name_en in rows:
        if name_en:
            found[fold(name_en)] = row_id
    for row_id, name, _name_en in rows:
        if name:
            found[fold(name)] = row_id
        found[row_id] = row_id
    return found


def kpi_of(measure: TemplateMeasure, known: dict[str, str]) -> str | None:
    """Tell which of the known KPIs a measure means; None where there is none of its name.

    One that a template made counts still after it got another name.
    """
    names = (fold(measure.kpi), fold(measure.kpi_en)) if measure.kpi_en else (fold(measure.kpi),)
    keys = (measure.kpi_id, *names, planted_kpi_id(measure))
    return next((known[key] for key in keys if key in known), None)


def planted_kpi_id(measure: TemplateMeasure) -> str:
    """Make the id of the KPI that a template brings along, from its name, the English one first.

    Two people who start from one template apart, even in two languages, meet in one KPI
    (docs/decisions/0074).
    """
    return natural_id("kpi", fold(measure.kpi_en or measure.kpi))


def missing_kpis(session: Session, content: PlanTemplate) -> tuple[str, ...]:
    """Return the names of the KPIs a template measures by that the workspace does not have."""
    known = known_kpis(session)
    names = (one.kpi for one in content.measures() if kpi_of(one, known) is None)
    return tuple(dict.fromkeys(names))


def _saved_row(row: Template, segments: dict[str, str], account: Account | None) -> TemplateRow:
    content, trouble = PlanTemplate(), ""
    try:
        content = read_template(row.content)
    except UserError as error:
        trouble = str(error)
    return _row(
        id=row.id,
        name=row.name or "",
        description=row.description or "",
        type=row.type,
        segment_id=row.segment_id if row.segment_id in segments else None,
        segment=segments.get(row.segment_id or "", ""),
        touch_model=row.touch_model,
        language=row.language,
        is_shipped=False,
        content=content,
        account=account,
        trouble=trouble,
    )


def _row(
    *,
    id: str,
    name: str,
    description: str,
    type: str | None,
    segment_id: str | None,
    segment: str,
    touch_model: str | None,
    language: str | None,
    is_shipped: bool,
    content: PlanTemplate,
    account: Account | None,
    trouble: str = "",
) -> TemplateRow:
    suits = 0
    if account is not None:
        suits = fit(
            type=type,
            touch_model=touch_model,
            segment_id=segment_id,
            phase=account.phase,
            account_touch_model=account.touch_model,
            account_segment_id=account.segment_id,
        )
    return TemplateRow(
        id=id,
        name=name,
        description=description,
        type=type,
        segment_id=segment_id,
        segment=segment,
        touch_model=touch_model,
        language=language,
        is_shipped=is_shipped,
        goals=content.count(ItemKind.GOAL),
        milestones=content.count(ItemKind.MILESTONE),
        actions=content.count(ItemKind.ACTION),
        days=content.length,
        content=content,
        trouble=trouble,
        fit=suits,
    )
