"""Days that nobody planned for: each tells one story, and ends with nothing lost."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest

from benchmarks.simulation.person import Person, all_rows
from benchmarks.simulation.services import DROPBOX, Copied
from benchmarks.simulation.team import DOCUMENT, Day, Team
from csdesk.settings import Home
from csdesk.store.replica import path_hash
from csdesk.team.place import outbox_name
from csdesk.workspace.workspace import Workspace
from tests.rounds import some
from tests.store.desk import add_account
from tests.store.laws import broken_laws

FOLDER = DOCUMENT.removesuffix(".csdesk") + ".csdesk-sync"


@pytest.fixture
def team(tmp_path: Path) -> Team:
    """Return three people who know the same; nothing tears and nobody is offline."""
    calm = replace(DROPBOX, tears=0.0)
    team = Team(calm, Day(people=3), 1, tmp_path / "team")
    for person in team.people:
        edit(person)
    team.settle()
    team.remember()
    return team


def edit(person: Person, times: int = 3) -> None:
    """Do some steps that all make sense."""
    done = len(person.acknowledged)
    while len(person.acknowledged) < done + times:
        person.edit()


def carry(team: Team) -> None:
    """Let the service carry until all is carried."""
    for _round in range(4):
        for person in team.people:
            person.folder.sync()


def share(team: Team, *people: Person) -> None:
    """Let people do a round each, and the service carry what they wrote."""
    for person in people or team.people:
        carry(team)
        person.publish()
        carry(team)
        team.agenda.pass_by(minutes=1)


def outbox(team: Team, person: Person) -> str:
    """Name the outbox of a person, as the server knows it."""
    name = f"{FOLDER}/{outbox_name(person.workspace.device)}"
    assert name in team.cloud.files()
    return name


def gone_for_good(team: Team, person: Person) -> None:
    """Let a computer be stolen: its steps must live on with the others."""
    person.folder.online = False
    person.close()
    team.people.remove(person)


def check(team: Team, *lost_computers: Person) -> None:
    """All that is left say the same, and have every edit, those of lost computers too."""
    assert team.settle() < 60, [person.told[-2:] for person in team.people]
    wanted = team.acknowledged()
    for person in lost_computers:
        wanted |= person.acknowledged
    for person in team.people:
        known = person.journal()
        assert [key for key, row in wanted.items() if known.get(key) != row] == [], person.name
        assert broken_laws(person.workspace.replica.database) == []
    assert len(team.states()) == 1
    team.close()


def test_an_outbox_is_put_back_while_its_owner_is_gone_for_good(team: Team) -> None:
    aiko, ben, _chloe = team.people
    name = outbox(team, ben)
    edit(ben)
    share(team, ben, aiko)
    gone_for_good(team, ben)
    team.put_back(name)
    share(team)
    newcomer = team.join()
    assert newcomer.open()
    check(team, ben)


@pytest.mark.long
def test_an_outbox_vanishes_while_its_owner_is_gone_for_good(team: Team) -> None:
    aiko, ben, _chloe = team.people
    name = outbox(team, ben)
    edit(ben)
    share(team, ben, aiko)
    gone_for_good(team, ben)
    team.cloud.drop(name)
    share(team)
    team.join()
    check(team, ben)


def test_what_only_one_of_the_others_knew_of_a_lost_computer_reaches_all(team: Team) -> None:
    """The others were closed when the outbox came and went."""
    aiko, ben, chloe = team.people
    name = outbox(team, ben)
    chloe.close()
    edit(ben)
    share(team, ben, aiko)
    aiko.close()
    gone_for_good(team, ben)
    team.cloud.drop(name)
    carry(team)
    assert chloe.open()
    check(team, ben)


def test_the_whole_folder_is_put_back_to_yesterday(team: Team) -> None:
    for _day in range(3):
        for person in team.people:
            edit(person)
        share(team)
        team.agenda.pass_by(hours=20)
    team.put_back()
    check(team)


@pytest.mark.long
def test_the_whole_folder_is_put_back_while_two_of_three_are_gone(team: Team) -> None:
    aiko, ben, chloe = team.people
    for person in team.people:
        edit(person)
    share(team)
    share(team)
    gone_for_good(team, ben)
    gone_for_good(team, chloe)
    team.put_back()
    share(team, aiko)
    team.join()
    check(team, ben, chloe)


def test_the_document_is_deleted_while_the_outboxes_stay(team: Team) -> None:
    for person in team.people:
        edit(person)
    share(team)
    team.cloud.drop(DOCUMENT)
    check(team)
    assert DOCUMENT in team.cloud.files()


@pytest.mark.long
def test_the_document_is_deleted_while_all_programs_are_closed(team: Team) -> None:
    for person in team.people:
        edit(person)
        person.close()
    carry(team)
    team.cloud.drop(DOCUMENT)
    check(team)


def test_the_outboxes_are_deleted_while_the_document_stays_old(team: Team) -> None:
    for person in team.people:
        edit(person)
    share(team)
    share(team)
    for path in team.cloud.files():
        if path.endswith(".csdx"):
            team.cloud.drop(path)
    check(team)


@pytest.mark.long
def test_everything_in_the_folder_is_deleted(team: Team) -> None:
    for person in team.people:
        edit(person)
    share(team)
    edit(team.people[0])
    for path in team.cloud.files():
        team.cloud.drop(path)
    check(team)


@pytest.mark.parametrize("ending", [".csdx", ".csdesk"])
def test_a_file_is_spoiled_while_its_seal_stays_as_it_was(team: Team, ending: str) -> None:
    """Such a file must not count as holding what it held, nor stay spoiled for ever."""
    aiko, ben, chloe = team.people
    chloe.folder.online = False
    for person in (ben, aiko):
        edit(person, 40)
    share(team, ben, aiko)
    path = outbox(team, ben) if ending == ".csdx" else DOCUMENT
    content = bytearray(team.cloud.files()[path])
    content[5000:5900] = bytes(900)
    team.cloud.put(path, bytes(content))
    team.agenda.pass_by(hours=3)
    share(team, aiko, ben)
    check(team)


@pytest.mark.parametrize("kept", some([0, 5_000, None], every=2))
def test_the_program_starts_while_the_document_is_only_half_here(
    team: Team, kept: int | None
) -> None:
    """A service may just be bringing it; whoever had it open before goes on working."""
    ben = team.people[1]
    ben.close()
    whole = ben.document.read_bytes()
    ben.document.unlink()
    if kept is not None:
        ben.document.write_bytes(whole[:kept])
    assert ben.open(), ben.told
    edit(ben)
    ben.close()
    assert ben.told == []
    ben.document.write_bytes(whole)
    check(team)


def test_two_homes_were_cloned_from_one(team: Team, tmp_path: Path) -> None:
    """Both write as the same computer, to the same outbox, and neither knows of the other."""
    ben = team.people[1]
    edit(ben)
    share(team)
    ben.close()
    clone(ben, team.people[2])
    for person in team.people:
        edit(person)
    share(team)
    for person in team.people[1:]:
        edit(person)
    share(team)
    check(team)


def clone(original: Person, copy: Person) -> None:
    """Make one home a copy of another, replica and device id included."""
    copy.close()
    home = copy.home.data.parent
    shutil.rmtree(home)
    shutil.copytree(original.home.data.parent, home)
    copy.home = Home.at(home)
    for folder in copy.home.replicas.iterdir():
        workspace = folder.name.partition("-")[0]
        (folder / "document.txt").write_text(str(copy.document), encoding="utf-8")
        folder.rename(folder.with_name(f"{workspace}-{path_hash(copy.document)}"))


def test_a_computer_is_set_back_and_works_on(team: Team, tmp_path: Path) -> None:
    """What it had published since lies in its own outbox, which it must not overwrite unread."""
    ben = team.people[1]
    copy = tmp_path / "copy"
    edit(ben)
    ben.back_up_computer(copy)
    edit(ben)
    share(team, ben)
    ben.restore_computer(copy)
    edit(ben)
    share(team, ben)
    check(team)


@pytest.mark.long
def test_a_computer_is_set_back_and_its_outbox_vanished_meanwhile(
    team: Team, tmp_path: Path
) -> None:
    aiko, ben, _chloe = team.people
    name = outbox(team, ben)
    copy = tmp_path / "copy"
    ben.back_up_computer(copy)
    edit(ben)
    share(team, ben, aiko)
    ben.restore_computer(copy)
    team.cloud.drop(name)
    edit(ben)
    check(team)


@pytest.mark.parametrize("years", some([30, -30], every=2))
def test_a_clock_is_years_off_and_put_right_later(team: Team, years: int) -> None:
    ben = team.people[1]
    ben.clock.off = dt.timedelta(days=365 * years)
    for person in team.people:
        edit(person)
    share(team)
    for person in team.people:
        edit(person)
    ben.clock.off = dt.timedelta()
    edit(ben)
    share(team)
    check(team)


@pytest.mark.long
def test_weeks_pass_and_the_folder_stays_small(team: Team) -> None:
    """Copies are cleared away, outboxes begin anew on what the document has."""
    sizes = []
    for _day in range(9):
        for person in team.people:
            edit(person, 12)
        share(team)
        path = outbox(team, team.people[0])
        copy = path.removesuffix(".csdx") + " (Ben's conflicted copy 2026-11-23).csdx"
        team.cloud.put(copy, team.cloud.files()[path])
        share(team)
        team.agenda.pass_by(hours=24)
        sizes.append(sum(map(len, team.cloud.files().values())))
    share(team)
    assert len(team.cloud.files()) <= len(team.people) + 3
    outboxes = [len(content) for path, content in team.cloud.files().items() if "csdx" in path]
    assert sum(outboxes) < 1_500_000
    assert max(sizes[5:]) < 1.5 * max(sizes[:5]), sizes
    check(team)


@pytest.mark.parametrize(
    "content",
    some([lambda _old: b"", lambda old: old[:5000], lambda _old: b"not ours" * 500], every=3),
)
def test_the_document_is_replaced_by_rubbish_for_good(
    team: Team, content: Callable[[bytes], bytes]
) -> None:
    for person in team.people:
        edit(person)
    share(team)
    team.cloud.put(DOCUMENT, content(team.cloud.files()[DOCUMENT]))
    for _hour in range(4):
        share(team)
        team.agenda.pass_by(hours=1)
    check(team)


@pytest.mark.long
def test_a_copy_that_was_mailed_comes_back_in_the_documents_place(
    team: Team, tmp_path: Path
) -> None:
    """It knows what nobody else does, and lacks what all others know."""
    aiko, ben, _chloe = team.people
    mailed = tmp_path / "mailed" / DOCUMENT
    mailed.parent.mkdir()
    mailed.write_bytes(team.cloud.files()[DOCUMENT])
    with Workspace.open(mailed, home=Home.at(tmp_path / "mailed home"), author="Dora") as guest:
        change = guest.write("Add", add_account, "By Dora").change
        aiko.acknowledged |= guest.read(all_rows) if change else {}
    for person in team.people:
        edit(person)
    share(team)
    yesterday = team.cloud.files()
    team.cloud.put(DOCUMENT, mailed.read_bytes())
    share(team, ben)
    team.cloud.put_back(yesterday, DOCUMENT)
    check(team)


def test_one_person_renames_the_document(team: Team) -> None:
    """For the others it is gone and another one is there."""
    ben = team.people[1]
    for person in team.people:
        edit(person)
    share(team)
    ben.close()
    renamed = ben.document.with_name("Renamed.csdesk")
    ben.document.rename(renamed)
    ben.document = renamed
    assert ben.open(), ben.told
    edit(ben)
    share(team)
    for person in team.people:
        edit(person)
    share(team)
    check(team)


@pytest.mark.long
def test_many_copies_are_cleared_away_in_time(team: Team) -> None:
    aiko, ben, _chloe = team.people
    edit(ben, 30)
    share(team, ben)
    path = outbox(team, ben)
    for number in range(1, 501):
        copied = Copied(PurePosixPath(path), "Ben", "laguna", team.agenda.now, number)
        name = f"{FOLDER}/{DROPBOX.name_copy(copied)}"
        team.cloud.put(name, team.cloud.files()[path])
    share(team, aiko)
    team.agenda.pass_by(hours=26)
    share(team)
    team.agenda.pass_by(hours=26)
    share(team)
    share(team)
    assert len(team.cloud.files()) <= len(team.people) + 3
    check(team)
