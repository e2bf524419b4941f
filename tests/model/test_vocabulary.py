"""The terms of the field, in English and Japanese."""

from __future__ import annotations

import pytest

from csdesk.i18n import Translator, use_language
from csdesk.model.vocabulary import ActionStatus, ChurnReason, ContactRole, Phase, Term, label_of


def vocabularies() -> list[type[Term]]:
    return Term.__subclasses__()


@pytest.mark.parametrize("vocabulary", vocabularies(), ids=lambda one: one.__name__)
def test_each_term_has_a_code_and_labels_of_its_own(vocabulary: type[Term]) -> None:
    for translator in (Translator("en"), Translator("ja")):
        labels = [term.label(translator) for term in vocabulary]
        assert all(labels)
        assert len(set(labels)) == len(labels)
    assert all(term.value == term.value.lower() for term in vocabulary)


@pytest.mark.parametrize(
    ("term", "japanese"),
    [
        (Phase.ONBOARDING, "オンボーディング"),
        (Phase.RENEWAL, "更新"),
        (ContactRole.CHAMPION, "推進者"),
        (ActionStatus.WAITING_CUSTOMER, "お客様回答待ち"),
        (ChurnReason.ADOPTION, "定着不全"),
    ],
)
def test_terms_are_those_of_the_field(term: Term, japanese: str) -> None:
    assert term.label(Translator("ja")) == japanese


def test_a_label_speaks_the_interfaces_language_unless_told_another() -> None:
    use_language("ja")
    assert Phase.ADOPTION.label() == "アダプション"
    assert Phase.ADOPTION.label(Translator("en")) == "Adoption"


def test_an_unknown_code_is_its_own_label() -> None:
    assert label_of("levitation") == "levitation"
    assert label_of(None) == ""
    assert label_of(Phase.ADOPTION, Translator("en")) == "Adoption"
