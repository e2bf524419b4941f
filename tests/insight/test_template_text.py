"""The content of a template is read from text, whoever wrote it, and written back the same."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdesk.errors import UserError
from csdesk.insight.plan_template import CSM, PlanTemplate, TemplateItem, TemplateMeasure
from csdesk.insight.template_text import read_template, read_toml, write_template
from csdesk.model.items import ItemKind
from csdesk.model.vocabulary import (
    ContactRole,
    Direction,
    KpiKind,
    Priority,
    Side,
    TargetMode,
    Visibility,
)

words = st.text(
    st.characters(exclude_categories=["C", "Z"]) | st.sampled_from("目標 ab"), min_size=1
).map(lambda text: " ".join(text.split()) or "x")
days = st.none() | st.integers(-400, 900)
numbers = st.none() | st.decimals(-(10**9), 10**9, allow_nan=False, places=3)


@st.composite
def spans(draw: st.DrawFn) -> dict[str, int | None]:
    """Draw a start and what is due not before it."""
    start = draw(days)
    due = draw(st.none() | st.integers(start or 0, 1000))
    return {"start": start, "due": due}


measures = st.builds(
    TemplateMeasure,
    kpi=words,
    unit=words | st.just(""),
    kind=st.none() | st.sampled_from(KpiKind),
    direction=st.none() | st.sampled_from(Direction),
    target_mode=st.none() | st.sampled_from(TargetMode),
    target=numbers,
    due=days,
)


def items(kind: ItemKind) -> st.SearchStrategy[TemplateItem]:
    """Draw items of a kind with what may stand below them."""
    below: st.SearchStrategy[list[TemplateItem]] = st.just([])
    if kind is ItemKind.GOAL:
        below = st.lists(items(ItemKind.MILESTONE) | items(ItemKind.ACTION), max_size=3)
    elif kind is ItemKind.MILESTONE:
        below = st.lists(items(ItemKind.ACTION), max_size=3)
    action = kind is ItemKind.ACTION
    built = st.builds(
        TemplateItem,
        kind=st.just(kind),
        title=words,
        text=st.just("") if action else words,
        owner=st.sampled_from(["", CSM, "sales"]),
        customer_owner=st.sampled_from(["", *map(str, ContactRole)]),
        side=st.sampled_from(Side) if action else st.none(),
        priority=(st.none() | st.sampled_from(Priority)) if action else st.none(),
        weight=st.integers(0, 9) if kind is ItemKind.MILESTONE else st.none(),
        visibility=st.none() | st.sampled_from(Visibility),
        internal_note=words | st.just(""),
        measures=st.lists(measures, max_size=2).map(tuple)
        if kind is ItemKind.GOAL
        else st.just(()),
        children=below.map(tuple),
    )
    return st.tuples(built, spans()).map(lambda both: _dated(*both))


def _dated(item: TemplateItem, span: dict[str, int | None]) -> TemplateItem:
    fields = {name: getattr(item, name) for name in TemplateItem.__slots__}
    return TemplateItem(**{**fields, **span})


templates = st.builds(
    PlanTemplate,
    title=words,
    to_be=words | st.just(""),
    owner=st.sampled_from(["", CSM]),
    days=st.none() | st.integers(0, 900),
    items=st.lists(items(ItemKind.GOAL) | items(ItemKind.ACTION), max_size=3).map(tuple),
)


@given(templates)
def test_what_is_written_is_read_back_the_same(template: PlanTemplate) -> None:
    assert read_template(write_template(template)) == template


@pytest.mark.parametrize("text", [None, "", "  \n"])
def test_no_text_is_a_template_without_items(text: str | None) -> None:
    assert read_template(text) == PlanTemplate()


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        "3",
        "null",
        '"text"',
        '{"items": {}}',
        '{"items": [3]}',
        '{"format": 2}',
        {"items": [{"kind": "chapter", "title": "x"}]},
        {"items": [{"kind": "milestone", "title": "not below a goal"}]},
        {"items": [{"kind": "action", "title": "a", "items": [{"kind": "action", "title": "b"}]}]},
        {"items": [{"kind": "goal", "title": "  "}]},
        {"items": [{"kind": "goal"}]},
        {"items": [{"kind": "goal", "title": 3}]},
        {"items": [{"kind": "goal", "title": "x", "due": "soon"}]},
        {"items": [{"kind": "goal", "title": "x", "due": True}]},
        {"items": [{"kind": "goal", "title": "x", "due": 10**9}]},
        {"items": [{"kind": "goal", "title": "x", "start": 9, "due": 3}]},
        {"items": [{"kind": "goal", "title": "x", "measures": [{"target": 3}]}]},
        {"items": [{"kind": "goal", "title": "x", "measures": [{"kpi": "k", "target": "much"}]}]},
        '{"items": [{"kind": "goal", "title": "x", "measures": [{"kpi": "k", "target": NaN}]}]}',
        '{"items": [{"kind": "goal", "title": "x", "measures": [{"kpi": "k", "target": 1e999}]}]}',
        '{"a":' * 20_000,
        '{"days": 1e99999999999999999999}',
        '{"days": ' + "9" * 5_000 + "}",
    ],
)
def test_what_is_no_template_is_refused_in_words(content: Any) -> None:
    with pytest.raises(UserError):
        read_template(content if isinstance(content, str) else json.dumps(content))


def test_what_a_newer_version_says_besides_is_passed_over() -> None:
    text = '{"mood": "good", "items": [{"kind": "goal", "title": "G", "colour": [1, 2]}]}'
    (goal,) = read_template(text).items
    assert goal.title == "G"


def test_a_term_only_a_newer_version_knows_is_kept() -> None:
    text = '{"items": [{"kind": "action", "title": "A", "priority": "cosmic"}]}'
    template = read_template(text)
    assert template.items[0].priority == "cosmic"
    assert read_template(write_template(template)) == template


def test_a_file_may_name_the_usual_people_by_saying_nothing() -> None:
    _head, template = read_toml(
        """
        [plan]
        [[plan.goals]]
        title = "G"
        actions = [
          { title = "ours" },
          { title = "theirs", side = "customer" },
          { title = "together", side = "joint" },
          { title = "nobody's", side = "us", owner = "" },
        ]
        """
    )
    people = [(one.owner, one.customer_owner) for one in template.items[0].children]
    assert people == [
        (CSM, ""),
        ("", ContactRole.CHAMPION),
        (CSM, ContactRole.CHAMPION),
        ("", ""),
    ]


def test_a_baseline_never_leaves_with_a_template() -> None:
    measure = TemplateMeasure("Users", baseline=Decimal(80), baseline_day=0, target=Decimal(120))
    goal = TemplateItem(ItemKind.GOAL, "G", measures=(measure,))
    read = read_template(write_template(PlanTemplate(items=(goal,))))
    (kept,) = read.measures()
    assert (kept.baseline, kept.baseline_day, kept.target) == (None, None, Decimal(120))
