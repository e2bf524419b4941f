"""Terms by code and by label, yes and no."""

from __future__ import annotations

import pytest

from csdesk.errors import UserError
from csdesk.exchange.tables import Cell
from csdesk.exchange.terms import read_flag, read_term
from csdesk.i18n import Translator
from csdesk.model.vocabulary import ActionStatus, Phase, Term, TouchModel


@pytest.mark.parametrize("vocabulary", [Phase, TouchModel, ActionStatus])
def test_every_term_reads_back_from_its_code_and_both_labels(vocabulary: type[Term]) -> None:
    for term in vocabulary:
        for text in (term.value, term.label(Translator("en")), term.label(Translator("ja"))):
            assert read_term(text, vocabulary) is term
            assert read_term(f" {text.upper()} ", vocabulary) is term


def test_an_unknown_term_is_refused_with_the_list_of_known_ones() -> None:
    with pytest.raises(UserError) as caught:
        read_term("medium touch", TouchModel)
    assert "High touch" in caught.value.advice


@pytest.mark.parametrize(
    ("cell", "flag"),
    [
        ("yes", True),
        ("TRUE", True),
        ("はい", True),
        ("1", True),
        (True, True),
        ("○", True),
        ("no", False),
        ("False", False),
        ("いいえ", False),
        ("0", False),
        (False, False),
        ("", None),
        (None, None),
    ],
)
def test_yes_and_no_are_read_in_both_languages(cell: Cell, flag: bool | None) -> None:
    assert read_flag(cell) is flag


def test_neither_yes_nor_no_is_refused() -> None:
    with pytest.raises(UserError, match="perhaps"):
        read_flag("perhaps")
