"""What the model's metadata says of every field of every entity."""

from __future__ import annotations

import pytest

from csdesk.i18n import Translator
from csdesk.model.base import columns_of, entity_records
from csdesk.model.vocabulary import Phase
from csdesk.queries.entity_words import entity_label
from csdesk.queries.fields import FieldKind, field_of, fields_of, key_fields, naming_field


@pytest.mark.parametrize("entity", sorted(entity_records()))
def test_every_entity_and_field_has_a_name_in_both_languages(entity: str) -> None:
    english, japanese = Translator("en"), Translator("ja")
    assert entity_label(entity, english) != entity
    # Some words are the same in both languages, such as KPI.
    assert entity_label(entity, japanese)
    for field in fields_of(entity):
        assert field.label(english)
        assert field.label(japanese)


@pytest.mark.parametrize("entity", sorted(entity_records()))
def test_the_fields_of_an_entity_are_its_columns(entity: str) -> None:
    assert [field.name for field in fields_of(entity)] == [
        column.name for column in columns_of(entity)
    ]
    assert [field.name for field in fields_of(entity) if not field.is_editable] == [
        "id",
        "deleted_at",
    ]


@pytest.mark.parametrize(
    ("entity", "name", "kind"),
    [
        ("account", "name", FieldKind.TEXT),
        ("account", "phase", FieldKind.CHOICE),
        ("account", "owner_id", FieldKind.REFERENCE),
        ("account", "employees", FieldKind.WHOLE),
        ("account", "go_live_on", FieldKind.DATE),
        ("contract", "mrr", FieldKind.MONEY),
        ("contract", "auto_renew", FieldKind.FLAG),
        ("opportunity", "amount", FieldKind.MONEY),
        ("churn_event", "lost_mrr", FieldKind.MONEY),
        ("measure", "target", FieldKind.EXACT),
        ("touchpoint", "held_at", FieldKind.INSTANT),
        ("kpi_value", "value", FieldKind.EXACT),
    ],
)
def test_the_kind_of_a_field_follows_its_column(entity: str, name: str, kind: FieldKind) -> None:
    assert field_of(entity, name).kind is kind


def test_references_and_choices_say_what_they_refer_to() -> None:
    assert field_of("account", "owner_id").entity == "member"
    assert field_of("account", "phase").vocabulary is Phase


def test_what_a_row_cannot_do_without_is_known() -> None:
    required = {
        entity: [field.name for field in fields_of(entity) if field.is_required]
        for entity in ("account", "milestone", "kpi_value", "opportunity", "member")
    }
    assert required == {
        "account": ["name"],
        "milestone": ["goal_id", "title"],
        "kpi_value": ["account_id", "kpi_id", "period"],
        "opportunity": ["account_id"],
        "member": ["name"],
    }
    assert naming_field("enquiry") == "subject"
    assert naming_field("measure") is None
    assert key_fields("account_tag") == ("account_id", "tag")


def test_an_unknown_field_is_a_bug() -> None:
    with pytest.raises(KeyError):
        field_of("account", "colour")


def test_an_entity_of_a_newer_version_keeps_its_code() -> None:
    assert entity_label("mood") == "mood"
