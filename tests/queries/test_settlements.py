"""Only the latest round of decisions counts, and what is not ours to read is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from csdesk.actions.settling import settle
from csdesk.queries.review_items import ReviewKind
from csdesk.queries.settlements import (
    UNSETTLED,
    Matters,
    Ruling,
    Settled,
    next_ruling,
    settled_matters,
    value_choice,
)
from csdesk.workspace.workspace import Workspace
from csdesk.workspace.writing import raw_connection

EDIT = ReviewKind.EDIT
KEY = (EDIT, "1:2")


def matters(session: Session) -> Matters:
    return settled_matters(raw_connection(session.connection()))


def write(workspace: Workspace, *rulings: Ruling) -> None:
    for ruling in rulings:
        workspace.write("Settle", settle, ruling.kind.value, ruling.subject)


def test_two_choices_of_one_round_are_a_dispute_and_the_next_round_ends_it(
    workspace: Workspace,
) -> None:
    write(workspace, Ruling(EDIT, "1:2", 1, "a"), Ruling(EDIT, "1:2", 1, "b"))
    known = workspace.read(matters)
    assert known[KEY].is_disputed
    ruling = next_ruling(known, EDIT, "1:2", "b")
    assert ruling.round == 2
    write(workspace, ruling)
    assert workspace.read(matters)[KEY] == Settled(2, frozenset("b"))
    workspace.undo()
    assert workspace.read(matters)[KEY].is_disputed


def test_the_same_choice_again_is_the_same_row(workspace: Workspace) -> None:
    ruling = Ruling(EDIT, "1:2", 1, "a")
    write(workspace, ruling)
    assert next_ruling(workspace.read(matters), EDIT, "1:2", "a") == ruling
    assert next_ruling(workspace.read(matters), EDIT, "1:2", "b").round == 2
    assert next_ruling({}, EDIT, "1:2", "a").round == 1


@pytest.mark.parametrize("subject", ["1:2", "1:2|x|a", "", "|", "a|b"])
def test_a_subject_of_another_shape_is_left_to_who_wrote_it(
    workspace: Workspace, subject: str
) -> None:
    workspace.write("Settle", settle, "edit", subject)
    assert workspace.read(matters).get(KEY, UNSETTLED) is UNSETTLED


VALUES = st.none() | st.integers() | st.text(max_size=5)


@given(one=VALUES, other=VALUES)
def test_choices_of_values_are_alike_just_where_the_values_are(one: object, other: object) -> None:
    alike = one == other and type(one) is type(other)
    assert (value_choice(one) == value_choice(other)) is alike
    assert "|" not in value_choice(one)
