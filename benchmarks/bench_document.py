"""How long a success plan takes as PDF and how large it is, beside other makers of documents.

All set the same content in the same run: 8 goals, 6 charts, 30 milestones, 80 action items, in
Japanese. A maker that is not installed is left out of the table, and that is said.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from benchmarks.documents.bare_canvas import bare_canvas, lines_of
from benchmarks.documents.content import Content, contents, documents
from benchmarks.documents.html_makers import LibreOfficeMaker, WeasyPrintMaker
from benchmarks.documents.typst_maker import TypstMaker
from benchmarks.measure import Result, Target, in_turns, seconds
from benchmarks.workspaces import ROOT, Bench
from csdesk.progress import SILENT
from csdesk.report.customer_document import customer_document_bytes

FONTS = ROOT / "resources" / "fonts"
TYPST_SHARE = 0.75
FIRST, BATCH, GAP = 1.2, 25.0, 0.05
MEMORY, SIZE = 150_000_000.0, 200_000.0


class Maker(Protocol):
    """Somebody else's way to the same document."""

    name: str

    def make(self, content: Content) -> bytes:
        """Return the PDF."""


def measure(bench: Bench) -> list[Result]:
    """Make the plan in turns with every other maker, then alone, in a batch, and under a window."""
    ours = documents()
    data = customer_document_bytes(next(ours), SILENT).data
    pages = lines_of(data)
    results = []
    makers = [maker for kind in _MAKERS if (maker := _made(kind, bench.folder)) is not None]
    times, bare, *others = in_turns(
        lambda: seconds(partial(customer_document_bytes, next(ours), SILENT)),
        lambda: seconds(lambda: bare_canvas(pages)),
        *(_taker(maker) for maker in makers),
        runs=bench.runs,
    )
    what = f"success plan PDF, {len(pages)} pages"
    for maker, theirs in zip(makers, others, strict=True):
        target = Target(ratio=TYPST_SHARE) if isinstance(maker, TypstMaker) else Target()
        results.append(Result(what, "plan", "s", times, theirs, maker.name, target))
    name = "its lines on a bare canvas, no charts"
    results.append(Result(what, "plan", "s", times, bare, name, Target()))
    size, bare_size = (float(len(data)),), (float(len(bare_canvas(pages))),)
    results.append(Result("its size", "plan", "B", size, bare_size, name, Target(limit=SIZE)))
    return results + _alone(bench)


def _alone(bench: Bench) -> list[Result]:
    first = tuple(_told("first")[0] for _ in range(bench.runs))
    gaps = tuple(_told("window")[0] for _ in range(bench.runs))
    taken, held = _told("batch")
    memory = Result("memory of 100 plans", "plan", "B", (held,), (), "", Target(limit=MEMORY))
    return [
        Result("first PDF of a process", "plan", "s", first, (), "", Target(limit=FIRST)),
        Result("longest gap of a window meanwhile", "plan", "s", gaps, (), "", Target(limit=GAP)),
        Result("100 plans", "plan", "s", (taken,), (), "", Target(limit=BATCH)),
        *([memory] if held else []),
    ]


def _told(what: str) -> list[float]:
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    command = [sys.executable, "-m", "benchmarks.documents.alone", what]
    told = subprocess.run(
        command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    return [float(number) for number in told.stdout.split()]


def _taker(maker: Maker) -> Callable[[], float]:
    theirs = contents()
    return lambda: seconds(partial(maker.make, next(theirs)))


_MAKERS: tuple[Callable[[Path], Maker], ...] = (
    lambda folder: TypstMaker(folder, FONTS),
    lambda folder: WeasyPrintMaker(FONTS),
    LibreOfficeMaker,
)


def _made(kind: Callable[[Path], Maker], folder: Path) -> Maker | None:
    try:
        return kind(folder)
    except (ImportError, OSError) as missing:
        print(f"left out: {missing}", file=sys.stderr)
        return None
