"""What the entities of the data model are called, in the words of the field."""

from __future__ import annotations

from csdesk import i18n
from csdesk.i18n import P_, Translator

_LABELS = {
    "account": P_("entity", "Account"),
    "account_tag": P_("entity", "Account tag"),
    "action": P_("entity", "Action item"),
    "churn_event": P_("entity", "Churn"),
    "contact": P_("entity", "Contact"),
    "contract": P_("entity", "Contract"),
    "document_options": P_("entity", "Document options"),
    "enquiry": P_("entity", "Enquiry"),
    "export_receipt": P_("entity", "Export receipt"),
    "feedback": P_("entity", "Feedback"),
    "goal": P_("entity", "Goal"),
    "health_measure": P_("entity", "Health measure"),
    "holiday": P_("entity", "Holiday"),
    "kpi": P_("entity", "KPI"),
    "kpi_value": P_("entity", "KPI value"),
    "measure": P_("entity", "Success measure"),
    "member": P_("entity", "Team member"),
    "milestone": P_("entity", "Milestone"),
    "milestone_dependency": P_("entity", "Milestone dependency"),
    "opportunity": P_("entity", "Opportunity"),
    "plan": P_("entity", "Success plan"),
    "plan_revision": P_("entity", "Plan revision"),
    "playbook": P_("entity", "Playbook"),
    "playbook_step": P_("entity", "Playbook step"),
    "risk": P_("entity", "Risk"),
    "saved_view": P_("entity", "Saved view"),
    "schedule_shift": P_("entity", "Schedule shift"),
    "segment": P_("entity", "Segment"),
    "settlement": P_("entity", "Settlement"),
    "sign_off": P_("entity", "Sign-off"),
    "survey_response": P_("entity", "Survey response"),
    "template": P_("entity", "Plan template"),
    "touchpoint": P_("entity", "Touchpoint"),
    "touchpoint_attendee": P_("entity", "Attendee"),
    "workspace_setting": P_("entity", "Workspace setting"),
}


def entity_label(entity: str, translator: Translator | None = None) -> str:
    """Name an entity in the interface's language, or in `translator`'s.

    An entity that a newer version brought keeps its code.
    """
    english = _LABELS.get(entity)
    return entity if english is None else (translator or i18n.current()).context("entity", english)
