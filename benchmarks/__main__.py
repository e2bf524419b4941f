"""Runs the benchmarks: `python -m benchmarks [--size stress] [--runs 9] [start search …]`."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
import tempfile
from pathlib import Path

import benchmarks
from benchmarks import table
from benchmarks.measure import FEWEST_RUNS, Result
from benchmarks.sample_rows import SIZES
from benchmarks.workspaces import Bench, cache_folder


def main() -> int:
    """Measure what was asked for, print the table, write the JSON. Always 0: it is no test."""
    names = [
        module.name.removeprefix("bench_")
        for module in pkgutil.iter_modules(benchmarks.__path__)
        if module.name.startswith("bench_")
    ]
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", nargs="*", choices=[[], *names], help="all when none is named")
    parser.add_argument("--size", choices=sorted(SIZES), default="team")
    parser.add_argument("--runs", type=int, default=FEWEST_RUNS)
    parser.add_argument("--json", type=Path, default=cache_folder() / "results.json")
    options = parser.parse_args()
    results: list[Result] = []
    with tempfile.TemporaryDirectory(prefix="csdesk-bench-") as folder:
        bench = Bench(SIZES[options.size], options.runs, Path(folder))
        for name in options.name or names:
            print(f"measuring {name} …", file=sys.stderr, flush=True)
            module = importlib.import_module(f"benchmarks.bench_{name}")
            results.extend(module.measure(bench))
    print(table.as_text(results))
    table.write_json(results, options.json)
    print(f"\nevery value: {options.json}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
