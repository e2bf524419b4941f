"""Laws of every import: a dry run tells the truth, and a second import changes nothing."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csdesk.exchange.fields import Field, Form, Kind, kind_fields
from csdesk.exchange.importer import apply_import, open_source, plan_import
from csdesk.exchange.mapping import parse_mapping
from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace

ODD = (
    "\x07",
    "A" * 501,
    "03/04/2026",
    "2026年度",
    "1,23",
    "¥5",
    "5%",
    "=1",
    "𠮷",
    "-",
    "9" * 30,
    "\n",
)
BY_NAME = {
    "account": ("Acme", "Beta", "Gamma", ""),
    "plan": ("P", "Q", ""),
    "goal": ("G", "H", "", ""),
    "milestone": ("M", "N", "", ""),
    "action": ("A", "B", "", ""),
    "title": ("A", "B", ""),
    "item_type": ("goal", "milestone", "action", "", ""),
    "kpi": ("U", "V", ""),
}
BY_FORM = {
    Form.NAME: ("Acme", "Beta", "Mia"),
    Form.TEXT: ("text", "other", ""),
    Form.DATE: ("2026-01-01", "2026/2/1", "令和8年3月1日", ""),
    Form.PERIOD: ("2026-01", "2026-02", "2026-01-15"),
    Form.WHOLE: ("1", "4", "５", ""),
    Form.EXACT: ("1", "2.50", "△3", ""),
    Form.MONEY: ("1", "400", ""),
    Form.CURRENCY: ("JPY", "USD", ""),
    Form.FLAG: ("yes", "いいえ", ""),
    Form.REFERENCE: ("Ken", "Mia", ""),
    Form.TAGS: ("vip", "vip;west", ""),
}
MAPPING = """
create = ["accounts", "kpis", "members", "segments", "contacts"]
combine = "latest"
"""


def texts(kind: Kind, one: Field) -> tuple[str, ...]:
    """Give cells that fit a field, most of them acceptable."""
    if one.name == "status" and kind is Kind.PLANS:
        return ("done", "open", "in_progress", "")
    if one.form is Form.TERM:
        assert one.vocabulary is not None
        return (*(term.value for term in one.vocabulary), "")
    return BY_NAME.get(one.name) or BY_FORM[one.form]


@st.composite
def tables(draw: st.DrawFn) -> tuple[Kind, str]:
    """Make a table of any kind, with a few cells that make no sense."""
    kind = draw(st.sampled_from(list(Kind)))
    fields = kind_fields(kind).fields
    needed = {
        Kind.KPI_VALUES: ("account", "kpi", "period", "value"),
        Kind.PLANS: ("account", "plan", "goal", "milestone", "action"),
    }.get(kind, kind_fields(kind).required)
    # The external id of a row follows from its name: tables that contradict themselves about
    # who is who have no right answer.
    others = sorted(set(fields) - {*needed, "external_id", "account_external_id"})
    chosen = draw(st.lists(st.sampled_from(others), max_size=6, unique=True))
    columns = draw(st.permutations([*needed, *chosen]))
    cells = [
        st.one_of(*itertools.repeat(st.sampled_from(texts(kind, fields[name])), 12),
                  st.sampled_from(ODD))
        for name in columns
    ]  # fmt: skip
    rows = draw(st.lists(st.tuples(*cells), min_size=1, max_size=8))
    stream = io.StringIO()
    csv.writer(stream).writerows([columns, *rows])
    return kind, stream.getvalue()


@pytest.fixture
def fresh(tmp_path: Path, home: Home) -> Callable[[], Workspace]:
    numbers = itertools.count()
    return lambda: Workspace.create(
        tmp_path / f"law{next(numbers)}.csdesk", home=home, author="Yui"
    )


@settings(max_examples=25)
@given(st.lists(tables(), min_size=1, max_size=3))
def test_a_dry_run_tells_the_truth_and_a_second_import_changes_nothing(
    fresh: Callable[[], Workspace], tmp_path: Path, drawn: list[tuple[Kind, str]]
) -> None:
    path = tmp_path / "table.csv"
    with fresh() as workspace:
        for kind, text in drawn:
            path.write_text(text, "utf-8", newline="")
            source = open_source(path, kind=kind, mapping=parse_mapping(MAPPING, "map.toml"))

            planned = workspace.read(plan_import, [source])
            first = workspace.write("Import", apply_import, [source])
            again = workspace.write("Again", apply_import, [source])

            assert first.result == planned
            assert (first.change is not None) == bool(planned.changed)
            assert again.change is None
            assert not again.result.changed


@settings(max_examples=15)
@given(tables())
def test_the_undo_of_an_import_leaves_nothing_of_it(
    fresh: Callable[[], Workspace], tmp_path: Path, drawn: tuple[Kind, str]
) -> None:
    kind, text = drawn
    path = tmp_path / "table.csv"
    path.write_text(text, "utf-8", newline="")
    source = open_source(path, kind=kind, mapping=parse_mapping(MAPPING, "map.toml"))
    with fresh() as workspace:
        before = workspace.read(plan_import, [source])
        workspace.write("Import", apply_import, [source])
        if workspace.undo_label is not None:
            workspace.undo()

        assert workspace.read(plan_import, [source]) == before
