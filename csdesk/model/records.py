"""All records in one place; importing this module declares every table of the format."""

from __future__ import annotations

from csdesk.model.accounts import Account, AccountTag, Contact, Contract, Member, Segment
from csdesk.model.desk import Holiday, SavedView, Settlement, WorkspaceSetting
from csdesk.model.documents import DocumentOptions, ExportReceipt, PlanRevision, SignOff
from csdesk.model.kpis import HealthMeasure, Kpi, KpiValue, SurveyResponse
from csdesk.model.plans import (
    Action,
    Goal,
    Measure,
    Milestone,
    MilestoneDependency,
    Plan,
    Playbook,
    PlaybookStep,
    ScheduleShift,
    Template,
)
from csdesk.model.relations import (
    ChurnEvent,
    Enquiry,
    Feedback,
    Opportunity,
    Risk,
    Touchpoint,
    TouchpointAttendee,
)

__all__ = [
    "Account",
    "AccountTag",
    "Action",
    "ChurnEvent",
    "Contact",
    "Contract",
    "DocumentOptions",
    "Enquiry",
    "ExportReceipt",
    "Feedback",
    "Goal",
    "HealthMeasure",
    "Holiday",
    "Kpi",
    "KpiValue",
    "Measure",
    "Member",
    "Milestone",
    "MilestoneDependency",
    "Opportunity",
    "Plan",
    "PlanRevision",
    "Playbook",
    "PlaybookStep",
    "Risk",
    "SavedView",
    "ScheduleShift",
    "Segment",
    "Settlement",
    "SignOff",
    "SurveyResponse",
    "Template",
    "Touchpoint",
    "TouchpointAttendee",
    "WorkspaceSetting",
]
