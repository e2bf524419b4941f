"""Ids that copies of a file which never met do not make twice."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdesk.model.identity import kpi_value_id, kpi_value_parts, natural_id, new_id


def test_new_ids_differ_and_rise_with_time() -> None:
    made = [new_id() for _turn in range(5000)]
    assert len(set(made)) == 5000
    assert {uuid.UUID(one).version for one in made} == {7}
    assert [one[:13] for one in made] == sorted(one[:13] for one in made)


@given(st.uuids(), st.uuids(), st.dates())
def test_a_kpi_value_says_in_its_id_what_it_is_of(
    account: uuid.UUID, kpi: uuid.UUID, period: dt.date
) -> None:
    row_id = kpi_value_id(str(account), str(kpi), period)
    assert kpi_value_parts(row_id) == (str(account), str(kpi), period)


@pytest.mark.parametrize("text", ["", "a:b", "a:b:c", "a:b:2026-01-01:d", "a:b:2026-13-01"])
def test_other_texts_are_no_ids_of_kpi_values(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        kpi_value_parts(text)


@given(st.lists(st.text(), min_size=1, max_size=3), st.lists(st.text(), min_size=1, max_size=3))
def test_the_same_parts_make_the_same_id_and_others_another(
    parts: list[str], others: list[str]
) -> None:
    assert natural_id("account_tag", *parts) == natural_id("account_tag", *parts)
    assert natural_id("account_tag", *parts) != natural_id("touchpoint_attendee", *parts)
    if "\x1f".join(parts) != "\x1f".join(others):
        assert natural_id("account_tag", *parts) != natural_id("account_tag", *others)
