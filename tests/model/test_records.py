"""All tables exist from the first format on, and say what a customer may see."""

from __future__ import annotations

import pytest

from csdesk.i18n import Translator
from csdesk.model.base import columns_of, entity_records
from csdesk.store.journal import journalled_fields

ENTITIES = [
    "account",
    "account_tag",
    "contact",
    "member",
    "segment",
    "contract",
    "plan",
    "goal",
    "measure",
    "milestone",
    "milestone_dependency",
    "action",
    "kpi",
    "kpi_value",
    "survey_response",
    "health_measure",
    "touchpoint",
    "touchpoint_attendee",
    "enquiry",
    "risk",
    "opportunity",
    "feedback",
    "churn_event",
    "template",
    "playbook",
    "playbook_step",
    "schedule_shift",
    "plan_revision",
    "export_receipt",
    "document_options",
    "sign_off",
    "saved_view",
    "holiday",
    "settlement",
    "workspace_setting",
]

INTERNAL = [
    "account.csm_view",
    "account.csm_view_reason",
    "account.org_notes",
    "account.fit",
    "account.touch_model",
    "contact.influence",
    "contact.sentiment",
    "contact.internal_note",
    "contact.role",
    "contract.mrr",
    "plan.internal_note",
    "goal.internal_note",
    "milestone.internal_note",
    "action.internal_note",
    "touchpoint.private_note",
    "touchpoint.reaction",
    "touchpoint.summary",
    "survey_response.comment",
    "risk.title",
    "risk.reason",
    "risk.mitigation",
    "risk.probability",
    "opportunity.amount",
    "opportunity.product",
    "feedback.text",
    "churn_event.reason",
    "kpi_value.note",
    "saved_view.content",
]


def test_every_entity_of_the_data_model_has_a_table() -> None:
    assert sorted(entity_records()) == sorted(ENTITIES)


@pytest.mark.parametrize("name", INTERNAL)
def test_what_is_internal_is_never_marked_for_the_customer(name: str) -> None:
    entity, field = name.split(".")
    column = next(column for column in columns_of(entity) if column.name == field)
    assert not column.info.get("customer")


@pytest.mark.parametrize("entity", ["opportunity", "churn_event", "enquiry", "saved_view"])
def test_whole_entities_are_internal(entity: str) -> None:
    assert not any(column.info.get("customer") for column in columns_of(entity))


def test_only_the_customer_wording_of_a_risk_may_be_printed() -> None:
    shown = [column.name for column in columns_of("risk") if column.info.get("customer")]
    assert shown == ["customer_wording"]


def test_only_what_is_worded_for_the_customer_of_their_feedback_may_be_printed() -> None:
    shown = [column.name for column in columns_of("feedback") if column.info.get("customer")]
    assert shown == ["customer_wording", "customer_answer"]


def test_every_column_has_a_label_in_both_languages() -> None:
    japanese = Translator("ja")
    for entity in ENTITIES:
        for column in columns_of(entity):
            label = column.info["label"]
            assert label, (entity, column.name)
            if column.name not in ("id", "deleted_at"):
                translated = japanese.context("field", label)
                assert translated != label or translated.isupper(), (entity, label)


def test_every_field_but_the_id_may_be_empty() -> None:
    """A copy of the file may learn of a row before it learns of all of its fields."""
    for entity in ENTITIES:
        key = {"id"}
        assert {column.name for column in columns_of(entity) if not column.nullable} == key


def test_every_field_is_journalled_or_told_by_the_id() -> None:
    for entity, record in entity_records().items():
        names = {column.name for column in columns_of(entity)} - {"id"}
        assert names == {*journalled_fields(entity), *record.key_fields}
