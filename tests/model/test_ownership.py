"""Which account a row belongs to."""

from __future__ import annotations

import pytest

from csdesk.model.base import columns_of, entity_records
from csdesk.model.ownership import (
    account_sql,
    children_of,
    parent_entity,
    parent_field,
    references_to,
)

OF_NOBODY = {
    "health_measure",
    "holiday",
    "kpi",
    "member",
    "playbook",
    "playbook_step",
    "saved_view",
    "segment",
    "settlement",
    "template",
    "workspace_setting",
}


@pytest.mark.parametrize(
    ("entity", "parent"),
    [
        ("account", None),
        ("contact", "account"),
        ("plan", "account"),
        ("goal", "plan"),
        ("measure", "goal"),
        ("milestone", "goal"),
        ("milestone_dependency", "milestone"),
        ("action", "plan"),
        ("kpi_value", "account"),
        ("touchpoint_attendee", "touchpoint"),
        ("plan_revision", "plan"),
        ("sign_off", "plan_revision"),
        ("member", None),
    ],
)
def test_rows_belong_to_what_they_stand_in(entity: str, parent: str | None) -> None:
    assert parent_entity(entity) == parent
    assert (parent_field(entity) is None) == (parent is None)


def test_every_entity_leads_to_an_account_or_belongs_to_nobody() -> None:
    assert {name for name in entity_records() if account_sql(name) is None} == OF_NOBODY


def test_children_refer_to_their_parents() -> None:
    assert ("goal", "plan_id") in children_of("plan")
    assert ("action", "goal_id") in children_of("goal")
    assert ("account", "owner_id") not in children_of("member")
    assert ("account", "owner_id") in references_to("member")


def test_every_reference_names_an_entity() -> None:
    for entity in entity_records():
        for column in columns_of(entity):
            if column.name.endswith("_id") and column.name != "external_id":
                assert column.info["entity"] in entity_records(), (entity, column.name)
                assert (entity, column.name) in references_to(column.info["entity"])
