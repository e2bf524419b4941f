"""What can be imported, and the headers that name it."""

from __future__ import annotations

import pytest

from csdesk.exchange.fields import Kind, kind_fields
from csdesk.exchange.tables import header_key
from csdesk.i18n import LANGUAGES, Translator

# Labels that two fields of one table share; they name neither, and other headers do.
SHARED = {"Definition of success"}


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_is_recognised_by_its_label_in_both_languages(
    kind: Kind, language: str
) -> None:
    known = kind_fields(kind)
    translator = Translator(language)
    labels = [translator.context("field", one.label) for one in known.fields.values()]

    for name, one in known.fields.items():
        label = translator.context("field", one.label)
        if labels.count(label) == 1 and one.label not in SHARED:
            assert known.keys.get(header_key(label)) == name, (label, name)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_field_is_recognised_by_its_own_name(kind: Kind) -> None:
    known = kind_fields(kind)
    assert {known.keys[header_key(name)] for name in known.fields} == set(known.fields)


@pytest.mark.parametrize("kind", list(Kind))
def test_what_every_row_needs_is_a_field(kind: Kind) -> None:
    known = kind_fields(kind)
    assert set(known.required) <= set(known.fields)
