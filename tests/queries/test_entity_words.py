"""What entities are called: one word each, in the words of the field."""

from __future__ import annotations

import pytest

from csdesk.i18n import Translator, use_language
from csdesk.model.base import entity_records
from csdesk.queries.entity_words import entity_label


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_entity_has_a_word_that_is_no_code(language: str) -> None:
    words = [entity_label(entity, Translator(language)) for entity in entity_records()]
    assert all(words)
    assert not any("_" in word for word in words)


@pytest.mark.parametrize(
    ("entity", "in_english", "in_japanese"),
    [
        ("account", "Account", "顧客"),
        ("contact", "Contact", "顧客担当者"),
        ("member", "Team member", "当社担当者"),
        ("contract", "Contract", "契約"),
        ("plan", "Success plan", "サクセスプラン"),
        ("goal", "Goal", "目標"),
        ("measure", "Success measure", "成功指標"),
        ("milestone", "Milestone", "マイルストーン"),
        ("action", "Action item", "アクション"),
        ("kpi_value", "KPI value", "実績値"),
        ("touchpoint", "Touchpoint", "コミュニケーション"),
        ("plan_revision", "Plan revision", "版"),
        ("export_receipt", "Export receipt", "出力履歴"),
        ("sign_off", "Sign-off", "合意"),
    ],
)
def test_entities_go_by_the_words_of_the_field(
    entity: str, in_english: str, in_japanese: str
) -> None:
    assert entity_label(entity) == in_english
    use_language("ja")
    assert entity_label(entity) == in_japanese
    assert entity_label(entity, Translator("en")) == in_english


def test_an_entity_that_a_newer_version_brought_keeps_its_code() -> None:
    assert entity_label("mood_ring") == "mood_ring"
