"""The harness takes enough turns, keeps ours and the yardstick apart, and judges by the target."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import table
from benchmarks.measure import FEWEST_RUNS, Result, Target, in_turns, percentile
from benchmarks.sample_rows import Rows, Size


def result(
    ours: tuple[float, ...], yardstick: tuple[float, ...], target: Target, unit: str = "s"
) -> Result:
    return Result("start", "team", unit, ours, yardstick, "empty window", target)


def test_takers_warm_up_once_and_then_alternate() -> None:
    turns: list[str] = []

    def taker(name: str) -> float:
        turns.append(name)
        return float(len(turns))

    ours, yardstick = in_turns(lambda: taker("ours"), lambda: taker("bare"), runs=1)
    assert turns == ["ours", "bare"] * (1 + FEWEST_RUNS)
    assert ours == (3.0, 5.0, 7.0, 9.0, 11.0)
    assert yardstick == (4.0, 6.0, 8.0, 10.0, 12.0)


@pytest.mark.parametrize(
    ("target", "met"),
    [
        (Target(), True),
        (Target(ratio=2.0), True),
        (Target(ratio=1.9), False),
        (Target(ratio=2.0, limit=0.5), False),
        (Target(limit=1.0), True),
    ],
)
def test_a_target_is_met_when_ratio_and_limit_are(target: Target, met: bool) -> None:
    assert result((0.9, 1.0, 9.0), (0.5, 0.4, 0.6), target).met is met


def test_what_nothing_compares_with_has_no_ratio_and_is_judged_by_its_limit() -> None:
    lost = result((0.0, 0.0, 1.0), (), Target(limit=0.0), unit="n")
    assert lost.ratio is None
    assert lost.met
    assert not result((1.0,), (), Target(limit=0.0), unit="n").met
    line = table.cells(lost)
    assert line[2:4] == ("0", "1")
    assert line[6] == "–"


def test_one_slow_run_changes_neither_median_nor_ratio() -> None:
    calm = result((1.0,) * 5, (0.5,) * 5, Target(ratio=2.0))
    noisy = result((1.0,) * 4 + (60.0,), (0.5,) * 4 + (30.0,), Target(ratio=2.0))
    assert (noisy.median, noisy.ratio, noisy.met) == (calm.median, calm.ratio, True)
    assert noisy.p95 > calm.p95


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0, 100), st.floats(0, 100))
def test_percentiles_lie_within_the_values_and_grow(
    values: list[float], percent: float, other: float
) -> None:
    low, high = sorted((percent, other))
    assert min(values) <= percentile(values, low) <= max(values) + 1e-6
    assert percentile(values, low) <= percentile(values, high) + 1e-6
    assert percentile(values, 100) == max(values)


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (0.00012, "s", "120 µs"),
        (0.0456, "s", "45.6 ms"),
        (1.5, "s", "1.5 s"),
        (576, "B", "576 B"),
        (4_560, "B", "4.56 kB"),
        (653_262_896, "B", "653 MB"),
        (1_234, "n", "1,234"),
        (2_500_000_000, "B", "2.5 GB"),
    ],
)
def test_amounts_are_written_as_people_say_them(value: float, unit: str, written: str) -> None:
    assert table.amount(value, unit) == written


def test_the_table_names_what_was_missed_and_the_json_keeps_every_value(tmp_path: Path) -> None:
    results = [
        result((1.0, 1.1, 0.9), (0.5, 0.5, 0.5), Target(ratio=1.5)),
        result((30e6,), (20e6,), Target(ratio=3.0), unit="B"),
    ]
    lines = table.as_text(results).splitlines()
    assert len(lines) == 4
    assert lines[2].endswith("NO")
    assert lines[3].endswith("yes")
    path = tmp_path / "cache" / "results.json"
    table.write_json(results, path)
    kept = json.loads(path.read_text(encoding="utf-8"))["results"]
    assert kept[0]["ours"] == [1.0, 1.1, 0.9]
    assert [entry["met"] for entry in kept] == [False, True]


def test_the_sample_is_the_same_each_time_and_as_large_as_it_says() -> None:
    size = Size("tiny", accounts=6, plans=4, touchpoints_each=3)
    once, again = Rows(size), Rows(size)
    assert list(once.tables()) == list(again.tables())
    counts = {entity: len(rows) for entity, rows in once.tables()}
    assert counts["account"] == 6
    assert counts["touchpoint"] == 18
    items = ("goal", "measure", "milestone", "action")
    assert sum(counts[entity] for entity in items) == 30 * size.plans
    assert sum(len(values) for _month, values in once.kpi_values()) == size.kpi_values
