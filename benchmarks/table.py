"""Writes results as a table for people and as JSON for machines."""

from __future__ import annotations

import json
import platform
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measure import COUNT, Result

HEADINGS = ("what", "size", "median", "p95", "yardstick", "", "ratio", "target", "met")


def as_text(results: Sequence[Result]) -> str:
    """Lay the results out in columns."""
    rows = [HEADINGS, *(cells(result) for result in results)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = ["  ".join(text.ljust(width) for text, width in zip(row, widths)) for row in rows]  # noqa: B905
    lines.insert(1, "  ".join("─" * width for width in widths))
    return "\n".join(line.rstrip() for line in lines)


def cells(result: Result) -> tuple[str, ...]:
    """Write one result as the cells of its row."""
    return (
        result.what,
        result.size,
        amount(result.median, result.unit),
        amount(result.p95, result.unit),
        "–" if result.yardstick_median is None else amount(result.yardstick_median, result.unit),
        result.yardstick_name,
        "–" if result.ratio is None else f"{result.ratio:.2f}",
        target(result),
        "yes" if result.met else "NO",
    )


def target(result: Result) -> str:
    """Write what was asked for: a ratio, an absolute limit, or both."""
    parts = []
    if result.target.ratio is not None:
        parts.append(f"≤ {result.target.ratio:g}")
    if result.target.limit is not None:
        parts.append(f"≤ {amount(result.target.limit, result.unit)}")
    return ", ".join(parts) or "–"


def amount(value: float, unit: str) -> str:
    """Write a time, a size or a number with three figures in a unit a person would choose."""
    if unit == COUNT:
        return f"{value:,.0f}"
    if unit == "B":
        return _size(value)
    if value < 1e-3:
        return f"{value * 1e6:.3g} µs"
    return f"{value * 1e3:.3g} ms" if value < 1 else f"{value:.3g} s"


def _size(value: float) -> str:
    for unit, factor in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        # Never "1e+03 kB": from 1,000 on, the next unit.
        if value >= factor:
            return f"{value / factor:.3g} {unit}"
    return f"{value:.0f} B"


def write_json(results: Sequence[Result], path: Path) -> None:
    """Write every single value to `path`, with the machine they were measured on."""
    document = {
        "machine": {
            "system": platform.platform(),
            "processor": platform.machine(),
            "python": platform.python_version(),
        },
        "results": [
            {
                "what": result.what,
                "size": result.size,
                "unit": result.unit,
                "median": result.median,
                "p95": result.p95,
                "yardstick": result.yardstick_name,
                "ratio": result.ratio,
                "target_ratio": result.target.ratio,
                "target_limit": result.target.limit,
                "met": result.met,
                "ours": result.ours,
                "yardstick_values": result.yardstick,
            }
            for result in results
        ],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
