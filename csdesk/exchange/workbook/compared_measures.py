"""Compares the values and comments of a returned workbook with the KPIs of the account."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.actions.customer_answers import is_noted
from csdesk.actions.kpis import period_start
from csdesk.exchange.tables import shorten
from csdesk.exchange.workbook.comments import entries
from csdesk.exchange.workbook.differences import CommentAnswer, Difference, ValueAnswer
from csdesk.exchange.workbook.layout import PeriodColumn
from csdesk.exchange.workbook.returned import ReturnedComment, ReturnedValue, ReturnedWorkbook
from csdesk.exchange.workbook.sent import Sent
from csdesk.i18n import P_, _, current
from csdesk.model.identity import kpi_value_id
from csdesk.model.records import Account, Goal, Kpi, KpiValue, Measure, Plan
from csdesk.report.words import Words

_VALUE, _COMMENT = P_("field", "Value"), P_("workbook", "Comment")


class MeasureComparison:
    """Compares measures; what cannot be decided about is told in `notices`."""

    def __init__(
        self,
        session: Session,
        account: Account,
        plan: Plan | None,
        sent: Sent | None,
        returned: ReturnedWorkbook,
    ) -> None:
        self._session = session
        self._account = account
        self._plan = plan
        self._sent = sent
        self._sent_measures = {one.id: one for one in sent.measures} if sent else {}
        self._returned = returned
        self._words = Words(current())
        self.notices: list[str] = []

    def differences(self) -> list[Difference]:
        """Return the values and comments that are new, in the order of the workbook."""
        found: list[Difference] = []
        by_place: dict[str, list[ReturnedValue]] = defaultdict(list)
        kpis: dict[str, Kpi | None] = {}
        for value in self._returned.values:
            kpi = kpis.setdefault(value.measure_id, self._kpi(value.measure_id))
            if kpi is None:
                self._tell(value, _("this measure does not exist any more; the value was {value}."))
            elif period_start(value.first, kpi.frequency) != value.first:
                self._tell(value, _("the KPI has other periods now; the value was {value}."))
            else:
                by_place[kpi_value_id(self._account.id, kpi.id, value.first)].append(value)
        for row_id, values in by_place.items():
            kpi = kpis[values[0].measure_id]
            assert kpi is not None
            found += self._value(row_id, kpi, values)
        for comment in self._returned.comments:
            found += self._comment(comment)
        return found

    def _value(self, row_id: str, kpi: Kpi, values: Sequence[ReturnedValue]) -> list[Difference]:
        """Compare one value; two measures of one KPI may give it twice."""
        changed = [one for one in values if one.value != self._was(one)] or list(values[:1])
        if len({one.value for one in changed}) > 1:
            for one in changed:
                self._tell(one, _("another row says something else; the value was {value}."))
            return []
        theirs = changed[0]
        row = self._session.get(KpiValue, row_id)
        is_there = row is not None and row.deleted_at is None and row.value is not None
        now = row.value if row is not None and is_there else None
        is_estimate = row is not None and is_there and bool(row.is_estimate)
        was = self._was(theirs)
        if theirs.value in (was, None if is_estimate else now):
            return []
        period = PeriodColumn(theirs.frequency, theirs.first).title(current())
        shown = self._shown(now, kpi)
        return [
            Difference(
                key=theirs.key,
                place=theirs.place,
                entity="kpi_value",
                id=row_id,
                title=f"{kpi.name} · {period}",
                field="value",
                label=current().context("field", _VALUE),
                was=self._shown(was, kpi),
                theirs=self._shown(theirs.value, kpi),
                now=_("{value} (estimate)").format(value=shown) if is_estimate else shown,
                is_conflict=not is_estimate and now != was,
                answer=ValueAnswer(
                    account_id=self._account.id,
                    kpi_id=kpi.id,
                    first=theirs.first,
                    value=theirs.value,
                    expected=(now, is_estimate),
                ),
            )
        ]

    def _comment(self, comment: ReturnedComment) -> list[Difference]:
        """Offer a comment for the note of the goal it measures, else of the plan."""
        noted: Goal | Plan | None = self._goal(comment.measure_id) or self._plan
        if noted is None:
            self.notices.append(
                _("{place}: the customer says about {measure}: “{text}”").format(
                    place=comment.place, measure=comment.name, text=shorten(comment.text, 400)
                )
            )
            return []
        known = entries(self._sent, comment.text, about=comment.name)
        if any(is_noted(noted.internal_note, entry) for entry in known.values()):
            return []
        return [
            Difference(
                key=comment.key,
                place=comment.place,
                entity=noted.__tablename__,
                id=noted.id,
                title=comment.name,
                field="comment",
                label=current().context("workbook", _COMMENT),
                was="",
                theirs=comment.text,
                now="",
                is_conflict=False,
                answer=CommentAnswer(known[current().language]),
            )
        ]

    def _kpi(self, measure_id: str) -> Kpi | None:
        """Find the KPI of a measure of this plan, or one that stood in for a measure."""
        sent = self._sent_measures.get(measure_id)
        measure = self._session.get(Measure, measure_id)
        if measure is not None:
            if self._goal(measure_id) is None:
                return None
            kpi_id = measure.kpi_id
        else:
            kpi_id = sent.kpi_id if sent is not None else measure_id
        kpi = self._session.get(Kpi, kpi_id) if kpi_id else None
        return kpi if kpi is not None and kpi.deleted_at is None else None

    def _goal(self, measure_id: str) -> Goal | None:
        if self._plan is None:
            return None
        return self._session.scalars(
            select(Goal)
            .join(Measure, Measure.goal_id == Goal.id)
            .where(
                Measure.id == measure_id,
                Measure.deleted_at.is_(None),
                Goal.plan_id == self._plan.id,
                Goal.deleted_at.is_(None),
            )
        ).one_or_none()

    def _was(self, theirs: ReturnedValue) -> Decimal | None:
        sent = self._sent_measures.get(theirs.measure_id)
        return sent.value(theirs.first) if sent is not None else None

    def _shown(self, value: Decimal | None, kpi: Kpi) -> str:
        if value is None:
            return ""
        return self._words.with_unit(current().number(value), kpi.unit or "")

    def _tell(self, theirs: ReturnedValue, sentence: str) -> None:
        period = PeriodColumn(theirs.frequency, theirs.first).title(current())
        self.notices.append(
            _("{place}, {measure}, {period}: {reason}").format(
                place=theirs.place,
                measure=shorten(theirs.name),
                period=period,
                reason=sentence.format(value=current().number(theirs.value)),
            )
        )
