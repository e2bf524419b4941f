"""What five people on one folder come to in eight hours: what is lost, copied and uploaded.

Simulated time, real workspaces and files; each run is a day of its own seed.
"""

from __future__ import annotations

from benchmarks.measure import COUNT, Result, Target
from benchmarks.simulation.measured import Measured, measured_day
from benchmarks.workspaces import Bench

SIZE = "5 people × 8 h"
DAYS = 3
"""Nothing is timed here, so that no more are needed for a calm median; a day takes minutes."""


def measure(bench: Bench) -> list[Result]:
    """Let a team work on a Dropbox folder, and count."""
    days = [measured_day(seed=seed) for seed in range(1, DAYS + 1)]
    return [
        counted("lost edits", [day.lost for day in days], 0),
        counted("states at the end", [day.states for day in days], 1),
        counted("conflict copies", [copies_of(day) for day in days], 0),
        Result(
            "uploaded",
            SIZE,
            "B",
            tuple(float(day.uploaded) for day in days),
            tuple(float(day.one_document) for day in days),
            "one file rewritten each time",
            Target(ratio=1.0),
        ),
    ]


def copies_of(day: Measured) -> int:
    """Count the copies the service made, of outboxes and of the document."""
    return day.outbox_conflicts + day.document_conflicts


def counted(what: str, values: list[int], most: int) -> Result:
    """Make a line of something that is counted: of the worst day, for a median would hide it."""
    said = f"{what}, worst of {len(values)} days"
    return Result(said, SIZE, COUNT, (float(max(values)),), (), "", Target(limit=most))
