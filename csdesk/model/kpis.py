"""Numbers: KPIs, their values, survey answers, and the weights of the health score."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy.orm import Mapped

from csdesk.i18n import P_
from csdesk.model.base import Record, choice, day, exact, flag, reference, text, whole
from csdesk.model.vocabulary import Direction, Frequency, KpiCategory, KpiKind, SurveyKind


class Kpi(Record):
    """A named number tracked per account and period."""

    __tablename__ = "kpi"

    name: Mapped[str] = text(P_("field", "KPI name"), customer=True)
    name_en: Mapped[str | None] = text(P_("field", "KPI name (English)"), customer=True)
    external_id: Mapped[str | None] = text(P_("field", "External ID"))
    unit: Mapped[str | None] = text(P_("field", "Unit"), customer=True)
    kind: Mapped[KpiKind | None] = choice(
        KpiKind, P_("field", "Kind"), customer=True, default=KpiKind.COUNT
    )
    direction: Mapped[Direction | None] = choice(
        Direction, P_("field", "Direction"), customer=True, default=Direction.HIGHER
    )
    frequency: Mapped[Frequency | None] = choice(
        Frequency, P_("field", "Frequency"), customer=True, default=Frequency.MONTHLY
    )
    category: Mapped[KpiCategory | None] = choice(
        KpiCategory, P_("field", "Category"), customer=True, default=KpiCategory.OUTCOME
    )
    formula: Mapped[str | None] = text(P_("field", "Formula"), default="manual")
    stale_after_days: Mapped[int | None] = whole(P_("field", "Stale after (days)"))
    description: Mapped[str | None] = text(P_("field", "Description"), customer=True)
    position: Mapped[str | None] = text(P_("field", "Position"), customer=True)


class KpiValue(Record):
    """One number for one account, KPI and period; the id is made of those three."""

    __tablename__ = "kpi_value"
    __table_args__ = {"sqlite_with_rowid": False}
    key_fields = ("account_id", "kpi_id", "period")

    account_id: Mapped[str] = reference("account", P_("field", "Account"), customer=True)
    kpi_id: Mapped[str] = reference("kpi", P_("field", "KPI"), customer=True)
    period: Mapped[dt.date] = day(P_("field", "Period"), customer=True)
    value: Mapped[Decimal | None] = exact(P_("field", "Value"), customer=True)
    is_estimate: Mapped[bool | None] = flag(P_("field", "Estimate"), customer=True)
    note: Mapped[str | None] = text(P_("field", "Note"))
    source: Mapped[str | None] = text(P_("field", "Data source"))


class SurveyResponse(Record):
    """One answer to a satisfaction survey."""

    __tablename__ = "survey_response"

    account_id: Mapped[str] = reference("account", P_("field", "Account"), index=True)
    contact_id: Mapped[str | None] = reference("contact", P_("field", "Contact"))
    external_id: Mapped[str | None] = text(P_("field", "External ID"))
    kind: Mapped[SurveyKind | None] = choice(SurveyKind, P_("field", "Survey"))
    score: Mapped[int | None] = whole(P_("field", "Score"))
    comment: Mapped[str | None] = text(P_("field", "Comment"))
    answered_on: Mapped[dt.date | None] = day(P_("field", "Answered on"))


class HealthMeasure(Record):
    """What one KPI counts towards the health score."""

    __tablename__ = "health_measure"

    kpi_id: Mapped[str] = reference("kpi", P_("field", "KPI"))
    segment_id: Mapped[str | None] = reference("segment", P_("field", "Segment"))
    weight: Mapped[int | None] = whole(P_("field", "Weight"))
    best: Mapped[Decimal | None] = exact(P_("field", "Best value"))
    worst: Mapped[Decimal | None] = exact(P_("field", "Worst value"))
    fresh_days: Mapped[int | None] = whole(P_("field", "Fresh for (days)"))
