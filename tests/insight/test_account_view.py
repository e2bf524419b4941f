"""Views of the accounts table survive being written and read, and what a newer version adds."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdesk.insight.account_view import (
    FACETS,
    GROUPINGS,
    AccountFilter,
    AccountView,
    is_understood,
    view_content,
    view_of,
)

words = st.text(max_size=8)
filters = st.builds(
    AccountFilter,
    st.dictionaries(
        st.sampled_from(FACETS), st.lists(words, min_size=1, max_size=3, unique=True), max_size=3
    ).map(lambda chosen: tuple((facet, tuple(values)) for facet, values in chosen.items())),
    words,
)
views = st.builds(
    AccountView,
    filters,
    st.sampled_from(("", *GROUPINGS)),
    st.lists(words, max_size=4, unique=True).map(tuple),
    words.filter(bool),
    st.booleans(),
    st.dictionaries(words, st.integers(1, 9_999), max_size=3).map(
        lambda widths: tuple(widths.items())
    ),
)


@given(views)
def test_a_view_that_is_written_and_read_is_the_same(view: AccountView) -> None:
    again = view_of(view_content(view))
    assert again == view
    assert again.widths == view.widths


@given(
    st.one_of(
        st.none(),
        st.text(max_size=30),
        st.recursive(
            st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=4)),
            lambda inner: st.one_of(
                st.lists(inner, max_size=3),
                st.dictionaries(
                    st.sampled_from(
                        ("filter", "text", "group", "columns", "sort", "widths", "owner", "x")
                    ),
                    inner,
                    max_size=4,
                ),
            ),
            max_leaves=12,
        ).map(json.dumps),
    )
)
def test_whatever_stands_in_a_view_it_can_be_read(content: str | None) -> None:
    view = view_of(content)
    assert view.group in ("", *GROUPINGS)
    assert view.sort
    assert all(values for _facet, values in view.filter.chosen)
    assert is_understood(content, ()) in (True, False)


@given(views)
def test_all_that_this_version_writes_it_understands(view: AccountView) -> None:
    assert is_understood(view_content(view), (*view.columns, view.sort))


@pytest.mark.parametrize(
    "content",
    [
        "{", "[]", "NaN", "[" * 100_000, '{"filter": 5}', '{"filter": {"owner": 5}}',
        '{"filter": {"mood": ["x"]}}', '{"filter": {"owner": [1]}}', '{"columns": ["gone"]}',
        '{"columns": "arr"}', '{"sort": []}', '{"group": {}}', '{"group": "mood"}',
    ],
)  # fmt: skip
def test_what_is_not_understood_is_told(content: str) -> None:
    assert not is_understood(content, ("name", "arr"))


def test_half_a_sign_is_written_as_one_that_can_be_stored() -> None:
    damaged = '{"text": "\\ud800a", "filter": {"tags": ["\\udfff"]}, "map": "\\ud83d"}'
    view = view_of(damaged)
    assert view.filter == AccountFilter((("tags", ("?",)),), "?a")
    view_content(view, damaged).encode("utf-8")


def test_what_a_newer_version_wrote_is_kept_when_the_view_is_written_again() -> None:
    newer = json.dumps({"filter": {"mood": ["sunny"], "phase": ["adoption"]}, "map": {"zoom": 3}})
    view = view_of(newer)
    assert view.filter.chosen == (("phase", ("adoption",)),)
    written = json.loads(view_content(AccountView(group="owner"), newer))
    assert written["filter"] == {"mood": ["sunny"]}
    assert written["map"] == {"zoom": 3}
    assert written["group"] == "owner"


@pytest.mark.parametrize(
    ("values", "left"),
    [(("a", "b", "a"), ("a", "b")), ((), ()), (("",), ("",))],
)
def test_choosing_values_replaces_those_of_the_facet_alone(
    values: tuple[str, ...], left: tuple[str, ...]
) -> None:
    before = AccountFilter((("phase", ("adoption",)), ("owner", ("x",))), "word")
    after = before.choosing("owner", values)
    assert after.values("owner") == left
    assert after.values("phase") == ("adoption",)
    assert after.text == "word"


def test_a_filter_of_blanks_asks_for_nothing() -> None:
    assert AccountFilter((), "  ").is_empty
    assert not AccountFilter((), " a").is_empty
    assert not AccountFilter((("owner", ("me",)),)).is_empty
