"""Whatever befell the folder: after a round it has everything that this computer knows."""

from __future__ import annotations

import contextlib
import random
from pathlib import Path

import pytest

from csdesk.store import local
from csdesk.store.versions import Versions, contains, versions
from csdesk.team.contents import content_of, covered_by
from csdesk.team.guard import Refused, admit
from csdesk.workspace.workspace import Workspace
from tests.store.desk import add_account, names
from tests.team.sharing_desk import Member, exchange_folder, outboxes, team


@pytest.fixture
def members(tmp_path: Path) -> list[Member]:
    """Return three people on one folder; each has an outbox in it."""
    three = team(tmp_path, "Aiko", "Ben", "Chloé")
    with three[0].create() as workspace:
        workspace.write("Add", add_account, "North")
        workspace.team.share()
    for member in three:
        with member.open() as workspace:
            workspace.write("Add", add_account, member.name)
    return three


def in_folder(document: Path, scratch: Path) -> Versions:
    """Read what the document and the outboxes have together, by other means than a hub."""
    contents = []
    for path in (document, *outboxes(document)):
        if path.exists():
            with contextlib.suppress(Refused):
                contents.append(content_of(admit(path, scratch), scratch))
            scratch.unlink(missing_ok=True)
    return covered_by(contents)


def known(workspace: Workspace) -> Versions:
    with contextlib.closing(local.connect_with(workspace.replica)) as connection:
        return versions(connection)


def befall(path: Path, earlier: dict[Path, bytes], chance: random.Random) -> None:
    """Let a file be deleted, put back, cut off, spoiled, emptied, or left alone."""
    content = path.read_bytes() if path.exists() else b""
    if len(content) < 200:
        return
    match chance.randrange(6):
        case 0:
            path.unlink()
        case 1:
            path.write_bytes(earlier.get(path, content))
        case 2:
            path.write_bytes(content[: chance.randrange(len(content))])
        case 3:
            place = chance.randrange(len(content) - 100)
            path.write_bytes(content[:place] + b"spoiled" + content[place + 7 :])
        case 4:
            path.write_bytes(b"")


@pytest.mark.parametrize("seed", range(4))
def test_whatever_befell_it_a_round_makes_the_folder_whole_again(
    members: list[Member], tmp_path: Path, seed: int, soaking: bool
) -> None:
    chance = random.Random(seed)
    document = members[0].document
    with members[0].open() as hers:
        hers.team.sync()
        earlier = {path: path.read_bytes() for path in (document, *outboxes(document))}
        for turn in range(60 if soaking else 4):
            hers.write("Add", add_account, f"Turn {turn}")
            hers.team.sync()
            for path in (document, *outboxes(document)):
                befall(path, earlier, chance)
            members[0].clock.pass_by(minutes=chance.choice([1, 5, 70, 1500]))
            hers.team.sync()
            members[0].clock.pass_by(minutes=11)
            report = hers.team.sync()
            assert contains(in_folder(document, tmp_path / "scratch.db"), known(hers))
            assert all("not a CSDesk file" not in notice for notice in report.notices)
        expected = hers.read(names)
        for _turn in range(2):
            members[0].clock.pass_by(minutes=70)
            hers.team.sync()
    with members[1].open() as his:
        his.team.sync()
        assert his.read(names) == expected
    late = Member("Late", type(members[0].home).at(tmp_path / "late"), document)
    with late.open() as newcomer:
        newcomer.team.sync()
        assert newcomer.read(names) == expected


def test_the_folder_gets_each_row_once_where_nothing_befalls_it(members: list[Member]) -> None:
    """Rows of others are given on only where the folder lacks them."""
    document = members[0].document
    with members[0].open() as hers, members[1].open() as his:
        for turn in range(3):
            hers.write("Add", add_account, f"Hers {turn}")
            hers.team.sync()
            his.team.sync()
    writers: dict[int, list[str]] = {}
    for path in outboxes(document):
        target = path.with_suffix(".db")
        for writer in content_of(admit(path, target), target).last:
            writers.setdefault(writer, []).append(path.name)
        target.unlink()
    assert {len(holders) for holders in writers.values()} == {1}
    assert exchange_folder(document).is_dir()
