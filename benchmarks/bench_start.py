"""How long the program takes to start on a large file, and how much memory it holds then."""

from __future__ import annotations

import os
import subprocess
import sys
import time

from benchmarks.bench_portfolio import keep
from benchmarks.measure import Result, Target, in_turns
from benchmarks.workspaces import ROOT, Bench
from csdesk.actions.editing import today


def measure(bench: Bench) -> list[Result]:
    """Start ours and an empty window in turns, each in a new process."""
    memory: dict[str, list[float]] = {"ours": [], "empty": []}
    document = [str(bench.document), str(bench.size.accounts)]
    with bench.open() as workspace:
        keep(workspace, today())

    def ours() -> float:
        seconds, held = start(bench, "benchmarks.started_window", *document)
        memory["ours"].append(held)
        return seconds

    def empty() -> float:
        seconds, held = start(bench, "benchmarks.empty_window")
        memory["empty"].append(held)
        return seconds

    times, empty_times = in_turns(ours, empty, runs=bench.runs)
    size, target = bench.size.name, Target(ratio=2.0)
    name = "empty PySide6 window"
    results = [Result("start", size, "s", times, empty_times, name, target)]
    if all(memory["ours"]):
        held, empty_held = (tuple(values[1:]) for values in memory.values())
        results.append(Result("memory", size, "B", held, empty_held, name, target))
    return results


def start(bench: Bench, module: str, *arguments: str) -> tuple[float, float]:
    """Start a program and wait until it says it is ready; return seconds and bytes of memory."""
    platform = os.environ.get("QT_QPA_PLATFORM")
    if platform is None and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        platform = "offscreen"
    environment = {
        **os.environ,
        "CSDESK_HOME": str(bench.folder / "home"),
        **({"QT_QPA_PLATFORM": platform} if platform else {}),
    }
    begin = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("ready"):
                taken = time.perf_counter() - begin
                return taken, float(line.split()[1])
    raise RuntimeError(f"{module} ended before it was ready")
