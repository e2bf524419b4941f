"""People at work for some hours on every service: nothing lost, one state, no copies of outboxes.

`make soak` lets five people work for eight hours; here a few work for part of one.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.simulation.services import (
    ICLOUD,
    ONEDRIVE,
    SERVICES,
    Service,
)
from benchmarks.simulation.team import Day, Team
from tests.rounds import some
from tests.store.laws import broken_laws

SHORT = Day(people=3, hours=0.15, edits_per_hour=100, closes=6, crashes=4)


def check_promises(team: Team) -> None:
    """Bring all together and check what the design promises."""
    assert team.settle() < 60, [person.told[-3:] for person in team.people]
    assert team.acknowledged()
    assert team.lost() == []
    assert len(team.states()) == 1
    for person in team.people:
        assert broken_laws(person.workspace.replica.database) == []


def outboxes(team: Team) -> list[str]:
    return [path for path in team.cloud.files() if path.endswith(".csdx")]


@pytest.mark.parametrize("service", some(SERVICES, every=4), ids=lambda service: service.name)
def test_a_team_at_work_loses_nothing_and_ends_in_one_state(
    service: Service, tmp_path: Path
) -> None:
    team = Team(service, SHORT, 11, tmp_path / "team")
    team.work()
    check_promises(team)
    assert team.cloud.tally.conflicts_of(".csdx") == 0, "each outbox has one owner"
    assert len(outboxes(team)) == len(team.people)
    instead = sum(person.would_have_uploaded for person in team.people)
    assert 0 < team.cloud.tally.uploaded < instead, "less than the document each time"
    team.close()


def test_torn_files_and_placeholders_were_met_on_the_way(tmp_path: Path) -> None:
    """Else the other tests would hold for nothing."""
    often = replace(ICLOUD, tears=0.5)
    team = Team(often, SHORT, 5, tmp_path / "team")
    team.work()
    check_promises(team)
    assert team.cloud.tally.troubles["torn"] > 3
    assert team.cloud.tally.troubles["only named"] > 3
    team.close()


def test_files_lost_and_put_back_cost_no_edit(tmp_path: Path) -> None:
    day = replace(SHORT, accidents=40, restored=True)
    team = Team(ONEDRIVE, day, 3, tmp_path / "team")
    team.work()
    check_promises(team)
    assert team.cloud.tally.troubles["dropped"] + team.cloud.tally.troubles["put back"] > 3
    team.close()


@pytest.mark.soak
@pytest.mark.parametrize(
    "service", some(SERVICES, every=len(SERVICES), first=1), ids=lambda service: service.name
)
def test_a_whole_day_of_five_people(service: Service, tmp_path: Path, soaking: bool) -> None:
    """In the quick size two people for six minutes, with everything that can happen."""
    day = (
        Day(accidents=2, restored=True)
        if soaking
        else Day(people=2, hours=0.1, closes=8, crashes=4, accidents=40, restored=True)
    )
    team = Team(service, day, 23, tmp_path / "team")
    team.work()
    check_promises(team)
    team.close()
