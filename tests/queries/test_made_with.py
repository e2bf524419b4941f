"""How a file was made comes back from its receipt; what cannot be read is a plain document."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdesk.model.document_setup import PLAIN_SETUP, Setup
from csdesk.model.vocabulary import DocumentSection, PageSize
from csdesk.queries.made_with import MadeWith, made_with, made_with_text

_SETUPS = st.builds(
    Setup,
    page_size=st.sampled_from(PageSize),
    has_cover=st.booleans(),
    left_out=st.frozensets(st.sampled_from(DocumentSection)),
    marks_unagreed=st.booleans(),
    is_archival=st.booleans(),
)
_MADE = st.builds(
    MadeWith,
    setup=_SETUPS,
    since_id=st.text(),
    since_shown=st.none() | st.frozensets(st.sampled_from(DocumentSection)),
    agreed_id=st.text(),
    signed_on=st.none() | st.dates(),
    signed_by=st.text(),
    is_protected=st.booleans(),
    pages=st.integers(0, 10_000),
    unshown=st.integers(0, 10_000),
)


@given(_MADE)
def test_what_was_written_reads_as_it_was(made: MadeWith) -> None:
    assert made_with(made_with_text(made)) == made


@pytest.mark.parametrize(
    "text",
    [None, "", "{", "[]", "null", "5", '"x"', "[" * 100_000, "x" * 200_000, '{"pages": NaN}'],
)
def test_what_cannot_be_read_is_a_plain_document(text: str | None) -> None:
    assert made_with(text) == MadeWith()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("page_size", "scroll"),
        ("page_size", ["a4"]),
        ("has_cover", "no"),
        ("left_out", "risks"),
        ("left_out", [["risks"], 5, "hologram"]),
        ("since", 5),
        ("since_shown", "goals"),
        ("signed_on", "2026-02-30"),
        ("signed_on", "yesterday"),
        ("is_protected", 1),
        ("pages", -1),
        ("pages", 10**30),
        ("unshown", "many"),
        ("later", {"any": "thing"}),
    ],
)
def test_a_field_that_says_something_strange_has_its_plain_value(field: str, value: Any) -> None:
    values = json.loads(made_with_text(MadeWith())) | {field: value}
    assert made_with(json.dumps(values)) == MadeWith()


def test_a_section_of_a_newer_version_is_passed_over() -> None:
    made = made_with('{"left_out": ["risks", "hologram"]}')
    assert made.setup == Setup(left_out=frozenset({DocumentSection.RISKS}))
    assert made.setup.page_size == PLAIN_SETUP.page_size
    assert made.signed_on is None


def test_a_receipt_names_no_path_and_no_password() -> None:
    values = json.loads(made_with_text(MadeWith(signed_on=dt.date(2026, 3, 4))))
    assert set(values) == {
        "page_size",
        "has_cover",
        "left_out",
        "marks_unagreed",
        "is_archival",
        "since",
        "since_shown",
        "agreed",
        "signed_on",
        "signed_by",
        "is_protected",
        "pages",
        "unshown",
    }
