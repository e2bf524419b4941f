"""A simulated day in figures: what a benchmark shows beside rewriting the one document."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.simulation.services import DROPBOX, Service
from benchmarks.simulation.team import Day, Team


@dataclass(frozen=True, slots=True)
class Measured:
    """What a day came to; sizes are in bytes."""

    edits: int
    """Journal rows that were acknowledged."""
    lost: int
    states: int
    outbox_conflicts: int
    """How often two versions of an outbox met: never, for each has one owner."""
    document_conflicts: int
    published: int
    uploaded: int
    one_document: int
    """What would have been uploaded had the document been rewritten each time instead: less than
    in truth, for the conflict copies that this makes are not counted."""
    files: int
    """How many files lie in the folder at the end."""


def measured_day(service: Service = DROPBOX, day: Day | None = None, seed: int = 1) -> Measured:
    """Let a team work for a day (five people, eight hours where none is given) and count."""
    with tempfile.TemporaryDirectory() as folder:
        team = Team(service, day or Day(), seed, Path(folder) / "team")
        team.work()
        team.settle()
        try:
            tally = team.cloud.tally
            return Measured(
                edits=len(team.acknowledged()),
                lost=len(team.lost()),
                states=len(team.states()),
                outbox_conflicts=tally.conflicts_of(".csdx"),
                document_conflicts=tally.conflicts_of(".csdesk"),
                published=sum(person.published for person in team.people),
                uploaded=tally.uploaded,
                one_document=sum(person.would_have_uploaded for person in team.people),
                files=len(team.cloud.files()),
            )
        finally:
            team.close()
