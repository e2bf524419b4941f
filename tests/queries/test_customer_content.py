"""What a version keeps comes back whole, and nothing hostile in it does any harm."""

from __future__ import annotations

import base64
import dataclasses
import datetime as dt
import json
import time
import types
import zlib
from decimal import Decimal
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csdesk.errors import UserError
from csdesk.model.vocabulary import GoalStatus, ProgressRag, Side, Term
from csdesk.queries.customer_content import (
    BrandingNames,
    Content,
    freeze,
    is_same,
    thaw,
    unpacked,
)
from csdesk.queries.customer_rows import CustomerPlan, GoalRow, Person
from tests.report.sample_plans import TODAY, empty_plan, poor_plan, rich_plan

# One name for each type; lists stay short, for a plan nests them four deep.
_TEXTS = st.text(max_size=6) | st.sampled_from(["z1:", "{", "𠮷", "か゚", "\x00\u2028"])
_NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=3) | st.decimals(
    min_value=-1, max_value=1, allow_nan=False
)


@cache
def _strategy(hint: Any) -> st.SearchStrategy[Any]:
    if get_origin(hint) in (Union, types.UnionType):
        return st.one_of(*map(_strategy, get_args(hint)))
    if get_origin(hint) is tuple:
        return st.lists(_strategy(get_args(hint)[0]), max_size=2).map(tuple)
    if dataclasses.is_dataclass(hint):
        fields = {name: _strategy(kind) for name, kind in get_type_hints(hint).items()}
        return st.builds(hint, **fields)
    if isinstance(hint, type) and issubclass(hint, Term):
        return st.sampled_from(list(hint))
    return {
        str: _TEXTS,
        int: st.integers(1, 10**6),
        bool: st.booleans(),
        Decimal: _NUMBERS,
        dt.date: st.dates(),
        type(None): st.none(),
    }[hint]


@given(_strategy(Content))
@settings(max_examples=60)
def test_what_was_frozen_thaws_as_it_was(content: Content) -> None:
    text = freeze(content)
    back = thaw(text, number=content.plan.version)
    assert back == content
    assert freeze(back) == text


@given(_strategy(CustomerPlan), st.integers(1, 10**6))
@settings(max_examples=20)
def test_the_number_of_a_version_is_no_part_of_its_content(plan: CustomerPlan, number: int) -> None:
    other = dataclasses.replace(plan, version=number)
    assert freeze(Content(other)) == freeze(Content(plan))


@given(st.text() | st.text().map(lambda text: "z1:" + text) | st.binary().map(repr))
@settings(max_examples=200)
def test_any_text_thaws_or_is_refused_in_plain_words(text: str) -> None:
    with pytest.raises(UserError):
        thaw(text)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["plan", "goals", "kpi", "today", "x"]), inner)
    ),
)


@given(st.dictionaries(st.sampled_from(["plan", "branding", "format", "later"]), _JSON))
@settings(max_examples=200)
def test_json_of_any_shape_thaws_or_is_refused_in_plain_words(values: dict[str, Any]) -> None:
    try:
        content = thaw(json.dumps(values))
    except UserError:
        return
    assert isinstance(content.plan, CustomerPlan)


@pytest.mark.parametrize("plan", [rich_plan("ja"), rich_plan("en"), poor_plan(), empty_plan()])
def test_plans_of_all_sizes_come_back(plan: CustomerPlan) -> None:
    content = Content(plan, BrandingNames("#1F6FEB", "ab" * 32))
    assert thaw(freeze(content), number=plan.version) == content


def test_a_long_plan_is_kept_in_a_quarter_of_its_length() -> None:
    text = freeze(Content(rich_plan("ja")))
    assert text.startswith("z1:")
    assert len(text) * 4 < len(unpacked(text))


def test_a_short_plan_is_kept_as_json_that_anybody_can_read() -> None:
    plan = CustomerPlan("株式会社アクメ", dt.date(2026, 3, 2), title="導入計画")
    assert json.loads(freeze(Content(plan))) == {
        "format": 1,
        "plan": {"account_name": "株式会社アクメ", "today": "2026-03-02", "title": "導入計画"},
    }


def test_terms_come_back_as_terms_so_that_they_have_their_labels() -> None:
    goal = GoalRow("Goal", status=GoalStatus.NOT_STARTED, rag=ProgressRag.AT_RISK)
    plan = CustomerPlan("Acme", TODAY, goals=(goal,))
    (back,) = thaw(freeze(Content(plan))).plan.goals
    assert back.status.label() == "Not started"  # type: ignore[union-attr]
    assert back.rag is ProgressRag.AT_RISK


def test_a_term_of_a_newer_version_stays_the_text_it_is() -> None:
    goal = GoalRow("Goal", status="celebrated")
    (back,) = thaw(freeze(Content(CustomerPlan("Acme", TODAY, goals=(goal,))))).plan.goals
    assert back.status == "celebrated"


def test_fields_of_a_newer_version_are_passed_over_and_missing_ones_have_their_defaults() -> None:
    values = {
        "format": 1,
        "mood": "sunny",
        "plan": {
            "account_name": "Acme",
            "today": "2026-03-02",
            "weather": {"sun": 1},
            "goals": [{"title": "Goal", "colour": "red"}],
        },
    }
    expected = CustomerPlan("Acme", dt.date(2026, 3, 2), goals=(GoalRow("Goal"),), version=7)
    assert thaw(json.dumps(values), number=7) == Content(expected)


def test_a_content_of_a_newer_format_asks_for_a_newer_program() -> None:
    with pytest.raises(UserError, match="newer CSDesk"):
        thaw('{"format": 2, "plan": {}}')


def _plan(**fields: Any) -> str:
    return json.dumps({"plan": {"account_name": "Acme", "today": "2026-03-02"} | fields})


def _zipped(data: bytes) -> str:
    return "z1:" + base64.b85encode(data).decode()


_HOSTILE = {
    "nothing": None,
    "an empty text": "",
    "no JSON": "{",
    "a list": "[]",
    "no plan": "{}",
    "a plan that is a list": '{"plan": []}',
    "no day": '{"plan": {"account_name": "Acme"}}',
    "a name that is a number": _plan(account_name=5),
    "goals that are one": _plan(goals={}),
    "a goal that is a text": _plan(goals=["x"]),
    "a goal without a title": _plan(goals=[{}]),
    "a day that is none": _plan(today="2026-02-30"),
    "an endless number": _plan(progress="1E+999999999"),
    "a number that is none": _plan(progress="sNaN"),
    "an infinite number": _plan(progress="Infinity"),
    "a fraction": '{"plan": {"progress": 0.5}}',
    "JSON's NaN": '{"plan": NaN}',
    "a long whole number": '{"plan": {"version": ' + "9" * 5000 + "}}",
    "a version that is yes": _plan(version=True),
    "lists in lists without end": '{"plan":' + "[" * 100_000 + "]" * 100_000 + "}",
    "objects in objects without end": '{"plan":' * 50_000 + "1" + "}" * 50_000,
    "a bomb": _zipped(zlib.compress(b" " * 100_000_000, 9)),
    "half of a stream": _zipped(zlib.compress(b"{}" * 10_000)[:-20]),
    "no stream": _zipped(b"hello"),
    "no base 85": "z1:ééé",
    "broken UTF-8": _zipped(zlib.compress(b'"\xff"')),
    "a million risks": _plan(risks=["x"] * 1_000_000),
    "Python": "__import__('os').system('true')",
    "a pickle": "cos\nsystem\n(S'true'\ntR.",
}


@pytest.mark.parametrize("name", _HOSTILE)
def test_hostile_content_is_refused_soon_and_in_plain_words(name: str) -> None:
    began = time.process_time()
    with pytest.raises(UserError) as refusal:
        thaw(_HOSTILE[name])
    assert refusal.value.message.endswith(".")
    assert refusal.value.advice
    assert time.process_time() - began < 3


def test_a_plan_too_large_for_a_file_is_refused_when_it_is_kept() -> None:
    with pytest.raises(UserError, match="too large"):
        freeze(Content(CustomerPlan("Acme", TODAY, background="長" * 7_000_000)))
    with pytest.raises(UserError, match="too large"):
        freeze(Content(CustomerPlan("Acme", TODAY, risks=("x",) * 400_000)))


def test_contents_are_compared_by_what_they_say_and_not_by_how_they_were_compressed() -> None:
    text = freeze(Content(rich_plan("ja")))
    plain = unpacked(text)
    assert is_same(_zipped(zlib.compress(plain.encode(), 1)), text)
    assert is_same(plain, text)
    assert not is_same(freeze(Content(rich_plan("en"))), text)
    assert not is_same("z1:damaged", text)
    assert not is_same(None, text)


def test_half_a_character_does_not_keep_a_plan_from_being_kept() -> None:
    plan = CustomerPlan("Acme \ud83d", TODAY, our_people=(Person("Yui"),))
    assert thaw(freeze(Content(plan))).plan.account_name == "Acme �"


def test_a_side_is_a_term_wherever_it_stands() -> None:
    plan = rich_plan("ja")
    back = thaw(freeze(Content(plan))).plan
    assert {type(action.side) for action in back.actions} == {Side}
